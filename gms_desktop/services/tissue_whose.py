"""Whose tissue a case holds: nothing of another patient is taken into it."""

from __future__ import annotations

from gms_desktop import tissue_same_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, tissue_look_up


def another_patients(db: Database, case: Row, specimen: Row) -> Verdict | None:
    """What is said of a specimen that is of somebody else than what the case holds; None where it may join."""
    theirs = {name for row in tissue_look_up.pieces_of_case(db, case["id"]) if (name := _patient(db, row))}
    own = specimen["patient"]
    if not own or not theirs or theirs & {own, *look_up.linked_with(db, own)}:
        return None
    return tissue_same_words.another_patient(str(specimen["accession"]), str(case["number"]))


def _patient(db: Database, row: Row) -> str:
    specimen = look_up.row(db, "specimen", row["specimen"]) if row["specimen"] else None
    return str(specimen["patient"] or "") if specimen else ""
