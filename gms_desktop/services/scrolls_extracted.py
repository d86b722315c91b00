"""Scrolls or curls that go into extraction under their own number: which tube may, and what came out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gms_desktop import extract_words
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up, look_up, tissue_look_up
from gms_desktop.services import tissue_pieces, tissue_scans, tissue_stops


def source(db: Database, number: str) -> tuple[Row, Row] | Verdict | None:
    """The tube of scrolls that has a number, with its specimen, or why it is not extracted.

    None where the number is of nothing that was cut: a block has the number of its specimen.
    """
    row = tissue_look_up.piece_by_number(db, number)
    if row is None or row["specimen"]:
        return None
    if row["sort"] != Sort.SCROLLS:
        return extract_words.not_in_a_tube(number, str(row["sort"]))
    if not tissue_pieces.piece_of(row).state.may_be_used:
        return extract_words.not_to_be_tested(number, f"it is recorded as {row['state']}")
    if why := tissue_stops.in_the_way(db, row):
        return extract_words.stopped_scrolls(number, why)
    if tissue_scans.awaits_label(db, row):
        return extract_words.label_first(number)
    name = tissue_pieces.root_specimen(db, row)
    specimen = look_up.row(db, "specimen", name) if name else None
    return (row, specimen) if specimen is not None else None


def not_as_it_is(db: Database, specimen: Row) -> Verdict | None:
    """Why a specimen that is a piece of tissue is not extracted; None where it is none, or may be.

    Of a block its scrolls are extracted: fresh tissue and cytology go in as they came.
    """
    row = tissue_look_up.piece_of_specimen(db, specimen["id"])
    if row is None:
        return None
    number, state = str(specimen["accession"]), tissue_pieces.piece_of(row).state
    if row["sort"] == Sort.BLOCK:
        return extract_words.block_itself(number)
    if row["sort"] == Sort.SLIDE:
        return extract_words.not_in_a_tube(number, str(row["sort"]))
    return None if state.may_be_used else extract_words.not_to_be_tested(number, f"it is recorded as {state}")


def eluates_of(db: Database, piece: str) -> Iterator[str]:
    """What was extracted from a tube of scrolls."""
    row = tissue_look_up.piece(db, piece)
    specimen = tissue_pieces.root_specimen(db, row) if row is not None else None
    for eluate in extraction_look_up.eluates_of(db, specimen) if specimen else ():
        if any(
            (one["sort"], one["parent"]) == ("piece", piece) for one in extraction_look_up.parents(db, eluate["id"])
        ):
            yield eluate["id"]


def batches_of(db: Database, pieces: Sequence[Row]) -> list[Row]:
    """The extraction batches in which tubes of these pieces stand, each once; not those that were dropped."""
    names = {one["id"] for one in pieces}
    specimens = {one["specimen"] for one in pieces if one["specimen"]}
    stood = [row for name in sorted(specimens) for row in extraction_look_up.positions_of_specimen(db, name)]
    of_these = [row["batch"] for row in stood if row["source"] in names and row["state"] != "failed"]
    found = (extraction_look_up.batch(db, one) for one in dict.fromkeys(of_these))
    return [one for one in found if one is not None and one["state"] != "dropped"]
