"""Answers of ours that say a thing never came, and it came since: its sender waits for the truth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gms_desktop.exchange.consignments.contents import Acknowledgement, Manifest
from gms_desktop.exchange.consignments.contents import Outcome as Came
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.services import incoming

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk


@dataclass(frozen=True)
class Outdated:
    """An answer that is not so any more.

    Attributes:
        row: the import of the consignment.
        consignment: its sender's number.
        numbers: the sender's, of the things that we said never came and that are booked in now.
    """

    row: Row
    consignment: str
    numbers: tuple[str, ...]


def outdated(db: Database, desk: Desk, answered: Iterable[tuple[Row, Entry | None]]) -> tuple[Outdated, ...]:
    """Those of some consignments, of each the answer that counts; what is not at this bench is left out."""
    every = ((row, _told_missing(desk, row["sha256"], entry.body["sha256"])) for row, entry in answered if entry)
    found = ((row, missing, _come(db, desk, missing)) for row, missing in every if missing is not None)
    return tuple(Outdated(row, missing.consignment, numbers) for row, missing, numbers in found if numbers)


def _told_missing(desk: Desk, manifest: str, answer: str) -> Manifest | None:
    """The manifest with those things alone that the answer says are missing; a kept file never changes: read once."""
    known = desk.told_missing.get(answer)
    if known is not None:
        return known
    listed, said = incoming.contents(desk, manifest), incoming.contents(desk, answer)
    if not isinstance(listed, Manifest) or not isinstance(said, Acknowledgement):
        return None
    missing = {one.number for one in said.items if one.outcome is Came.MISSING}
    items = tuple(one for one in listed.items if one.number in missing)
    return desk.told_missing.setdefault(answer, replace(listed, items=items))


def _come(db: Database, desk: Desk, missing: Manifest) -> tuple[str, ...]:
    if not any(incoming.has_come(db, missing.sender.ods, one) for one in missing.items):
        return ()
    # What came in a later consignment was not in this one: the answer stands.
    return tuple(one.item.number for one in incoming.how_far(db, desk, missing) if one.number)
