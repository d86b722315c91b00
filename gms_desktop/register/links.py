"""Patients registered twice: possibly the same person, linked by two people, and parted again where that was wrong."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("patient_link", "patient", "patient other state reason by witness at", "state,at")

PROPOSED, LINKED, PARTED = "patient.link_proposed", "patient.linked", "patient.parted"
_STATES = {PROPOSED: "proposed", LINKED: "linked", PARTED: "parted"}


def reads(entry: Entry) -> list[RowKey]:
    """Nothing is needed to say how two patients stand to each other; the rows that say so are replaced."""
    return [("patient_link", f"{one}/{other}") for one, other in _both(entry)]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Say it of both: whichever of the two is looked at shows the other."""
    body, changes = entry.body, Changes()
    for one, other in _both(entry):
        row = new_row("patient_link", f"{one}/{other}", patient=one, other=other, state=_STATES[entry.kind])
        said = {"reason": body.get("reason"), "by": entry.operator, "witness": body.get("witness")}
        changes["patient_link", f"{one}/{other}"] = row | said | {"at": entry.occurred_at}
    return changes


def _both(entry: Entry) -> tuple[tuple[str, str], tuple[str, str]]:
    one, other = entry.body["patient"], entry.body["other"]
    return (one, other), (other, one)


GROUP = Group(frozenset(_STATES), reads, fold)
