"""Lots of reagents that a step may cite: the article, its lot, its last day of use, and whether it is released."""

from __future__ import annotations

from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.database import Row as Found
from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table(
    "lot",
    "lot",
    "gtin number expiry other_expiry words state note_private at bench operator last_at",
    "gtin",
    "expiry",
    "number",
    "state,last_at",
)

_lot = text_statement("SELECT * FROM lot WHERE id = :id")
_numbered = text_statement("SELECT * FROM lot WHERE number = :number ORDER BY id LIMIT 20")
_in_state = text_statement("SELECT * FROM lot WHERE state = :state ORDER BY last_at DESC LIMIT :most")
_named = text_statement("SELECT words FROM lot WHERE gtin = :gtin AND words IS NOT NULL ORDER BY last_at DESC LIMIT 1")
_batches = text_statement("SELECT count(*) AS many FROM extraction_lot WHERE lot = :lot")
_plates = text_statement("SELECT count(DISTINCT plate) AS many FROM plate_well WHERE lot_id = :lot")


def reads(entry: Entry) -> list[RowKey]:
    """The lot itself."""
    return [("lot", entry.body["lot"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Enter the lot, release it, or end its use."""
    body, key = entry.body, ("lot", entry.body["lot"])
    known = rows.get(key)
    if entry.kind == "lot.entered":
        return _entered(entry, rows)
    known = known or new_row("lot", key[1], gtin="", number=key[1], state="received", at=entry.occurred_at)
    said = {"state": body["how"]} if entry.kind == "lot.ended" else {"state": "released", "words": body["words"]}
    return {key: changed(known, **said, note_private=body["note"], last_at=entry.occurred_at)}


def _entered(entry: Entry, rows: Rows) -> Changes:
    """Enter the lot; of a further kit only that it came, and a date that differs: then the earlier one counts."""
    body, key = entry.body, ("lot", entry.body["lot"])
    known = rows.get(key)
    if known is None:
        row = new_row("lot", key[1], state="received", at=entry.occurred_at, operator=entry.operator)
        row |= {name: body[name] for name in ("gtin", "number", "expiry", "words", "bench")}
        return {key: row | {"last_at": entry.occurred_at}}
    dates = sorted({date for date in (known["expiry"], known["other_expiry"], body["expiry"]) if date is not None})
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    other = last if last != first else None
    return {key: changed(known, expiry=first, other_expiry=other, last_at=entry.occurred_at)}


def lot(db: Database, lot: str) -> Found | None:
    """A lot, by its identity."""
    return db.one(_lot, {"id": lot})


def numbered(db: Database, number: str) -> list[Found]:
    """The lots of a number: two makers may have used the same."""
    return db.all(_numbered, {"number": number})


def in_state(db: Database, state: str, most: int = 100) -> list[Found]:
    """Lots that stand so, the newest first."""
    return db.all(_in_state, {"state": state, "most": most})


def words_of_article(db: Database, gtin: str) -> str:
    """What the article was called when a lot of it was released last; empty where none was."""
    row = db.one(_named, {"gtin": gtin})
    return str(row["words"]) if row else ""


def cited(db: Database, lot: str) -> tuple[int, int]:
    """In how many extraction batches and plates a lot was used."""
    batches, plates = db.one(_batches, {"lot": lot}), db.one(_plates, {"lot": lot})
    return (batches or {"many": 0})["many"], (plates or {"many": 0})["many"]


GROUP = Group(frozenset({"lot.entered", "lot.released", "lot.ended"}), reads, fold)
