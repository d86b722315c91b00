"""Labels of plates, racks, places, tissue and eluates as Find shows them: how each stands, and what happened to it."""

from __future__ import annotations

from gms_desktop.domain.label_sorts import stuck_on
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up, label_look_up, look_up, tissue_look_up
from gms_desktop.services import parcel_labels, piece_labels, thing_labels
from gms_desktop.services.label_queue_view import state_words


def facts(db: Database, sort: str, name: str) -> tuple[tuple[str, str], ...]:
    """How the label of a thing stands, and how often it was printed."""
    if sort == parcel_labels.SUBJECT:
        newest = {stuck_on(row["id"], row["subject"]): row for row in reversed(_copies(db, sort, name))}
        return tuple((f"Label of {stuck.rpartition(':')[2]}", _stands(newest[stuck])) for stuck in sorted(newest))
    return tuple(("Label", _stands(row)) for row in _copies(db, sort, name)[:1])


def _stands(row: Row) -> str:
    state = state_words(row)
    return f"{state}, copy {row['copy']}" if row["copy"] > 1 else state


def related(db: Database, sort: str, name: str) -> list[str]:
    """The labels of a thing, which are subjects of their own."""
    return [f"label:{row['id']}" for row in _copies(db, sort, name)]


def _copies(db: Database, sort: str, name: str) -> list[Row]:
    if sort == parcel_labels.SUBJECT:
        return label_look_up.of_parts(db, f"{sort}:{name}")
    if sort == "eluate":
        row = extraction_look_up.eluate(db, name)
        return look_up.labels_of_number(db, row["accession"]) if row and row["accession"] else []
    if sort == piece_labels.SUBJECT:
        piece = tissue_look_up.piece(db, name)
        # A piece that arrived has the labels of its specimen.
        return look_up.labels_of_number(db, piece["number"]) if piece and piece["parent"] else []
    return label_look_up.of_subject(db, f"{sort}:{name}") if thing_labels.sort_of(db, f"{sort}:{name}") else []
