"""Questions to the register about consignments and what is in them."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge.keys import turn

_holder = text_statement("SELECT holder FROM key_holder WHERE key = :key")
_consignment = text_statement("SELECT * FROM consignment WHERE id = :id")
_following = text_statement("SELECT * FROM consignment WHERE follows = :id ORDER BY at, id")
_standing = text_statement("SELECT * FROM consignment WHERE state <> 'ended' ORDER BY at DESC, id LIMIT :most")
_in_state = text_statement(
    "SELECT * FROM consignment WHERE state <> 'ended' AND state = :state ORDER BY at, id LIMIT :most"
)
_many_in_state = text_statement("SELECT count(*) FROM consignment WHERE state <> 'ended' AND state = :state")
_corrected = text_statement(
    "SELECT * FROM consignment WHERE state <> 'ended' AND state = 'arrived' AND corrected > 0 "
    "ORDER BY at, id LIMIT :most"
)
_due = text_statement(
    "SELECT * FROM consignment WHERE return_by IS NOT NULL AND state <> 'ended' AND return_by < :day "
    "ORDER BY return_by, id LIMIT :most"
)
_item = text_statement("SELECT * FROM consignment_item WHERE id = :id")
_items = text_statement(
    "SELECT * FROM consignment_item WHERE consignment = :id AND state = 'packed' ORDER BY at, id LIMIT :most"
)
_newest = text_statement(
    "SELECT * FROM consignment_item WHERE consignment = :id AND state = 'packed' ORDER BY at DESC, id DESC LIMIT :most"
)
_count = text_statement("SELECT count(*) FROM consignment_item WHERE consignment = :id AND state = 'packed'")
_of_item = text_statement(
    "SELECT i.*, c.number AS consignment_number, c.name, c.state AS consignment_state, c.handed_at, c.arrived_at "
    "FROM consignment_item i JOIN consignment c ON c.id = i.consignment WHERE i.item = :item ORDER BY i.at, i.id"
)


def consignment(db: Database, consignment: str) -> Row | None:
    """A consignment, by its identity."""
    return db.one(_consignment, {"id": consignment}) if consignment else None


def by_number(db: Database, number: str) -> Row | None:
    """The consignment that has a number of ours."""
    sort, _, held = str(db.value(_holder, {"key": turn(f"accession:{number}")}) or "").partition(":")
    return consignment(db, held) if sort == "consignment" else None


def following(db: Database, consignment: str) -> list[Row]:
    """The consignments that take what one left behind, oldest first."""
    return db.all(_following, {"id": consignment})


def standing(db: Database, most: int) -> list[Row]:
    """Consignments that have not ended, the newest first."""
    return db.all(_standing, {"most": most})


def in_state(db: Database, state: str, most: int) -> tuple[list[Row], int]:
    """Consignments in a state that is not the last, the oldest first, and how many there are in all."""
    return db.all(_in_state, {"state": state, "most": most}), int(db.value(_many_in_state, {"state": state}) or 0)


def unsettled(db: Database, most: int) -> list[Row]:
    """Consignments of which something was put right that is not reconciled, the oldest first."""
    return db.all(_corrected, {"most": most})


def due_back(db: Database, day: str, most: int) -> list[Row]:
    """Consignments whose things should be back before a day (ISO text), the longest due first."""
    return db.all(_due, {"day": day, "most": most})


def packed_in(db: Database, sort: str, item: str) -> Row | None:
    """The consignment that holds a thing, on its way or here; None where none does."""
    holder = str(db.value(_holder, {"key": turn(f"packed:{sort}:{item}")}) or "")
    return consignment(db, holder.partition(":")[2])


def item(db: Database, consignment: str, item: str) -> Row | None:
    """A thing of a consignment."""
    return db.one(_item, {"id": f"{consignment}/{item}"})


def items(db: Database, consignment: str, most: int = 10_000) -> list[Row]:
    """What is packed in a consignment, in the order of packing."""
    return db.all(_items, {"id": consignment, "most": most})


def newest(db: Database, consignment: str, most: int) -> list[Row]:
    """What was packed last, the newest first."""
    return db.all(_newest, {"id": consignment, "most": most})


def count(db: Database, consignment: str) -> int:
    """How many things are packed in a consignment."""
    return int(db.value(_count, {"id": consignment}) or 0)


def of_item(db: Database, item: str) -> list[Row]:
    """Every consignment that a thing was ever packed in, oldest first, with that consignment's number and state."""
    return db.all(_of_item, {"item": item})
