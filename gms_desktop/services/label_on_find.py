"""Labels of plates, racks, places and eluates as Find shows them: how each stands, and what happened to it."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up, label_look_up, look_up
from gms_desktop.services import thing_labels
from gms_desktop.services.label_queue_view import state_words


def facts(db: Database, sort: str, name: str) -> tuple[tuple[str, str], ...]:
    """How the label of a thing stands, and how often it was printed."""
    copies = _copies(db, sort, name)
    if not copies:
        return ()
    newest = copies[0]
    state = state_words(newest)
    return (("Label", f"{state}, copy {newest['copy']}" if newest["copy"] > 1 else state),)


def related(db: Database, sort: str, name: str) -> list[str]:
    """The labels of a thing, which are subjects of their own."""
    return [f"label:{row['id']}" for row in _copies(db, sort, name)]


def _copies(db: Database, sort: str, name: str) -> list[Row]:
    if sort == "eluate":
        row = extraction_look_up.eluate(db, name)
        return look_up.labels_of_number(db, row["accession"]) if row and row["accession"] else []
    return label_look_up.of_subject(db, f"{sort}:{name}") if thing_labels.sort_of(f"{sort}:{name}") else []
