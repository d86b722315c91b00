"""Labels: each copy from intended through sent to verified, spoiled or put off."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, MetaData, Table, Text, bindparam

from gms_desktop.journal.database import Database, Statement, insert_new, text_statement
from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

# Only what still waits for its label is ever asked for by bench and state; a label put off waits too.
UNSETTLED = "l.state NOT IN ('verified', 'spoiled')"
table("label", "label", "sort subject specimen accession copy# state reason printer layout bench intended_at at detail")

# Copies that may still be unsettled, by bench, since each asks for its own only: written when one is intended, and
# tidied up now and then. An index by state would be one more page to write when a label is scanned back, which is what
# a bench does most.
waiting = MetaData()
label_waiting = Table(
    "label_waiting",
    waiting,
    Column("bench", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    sqlite_with_rowid=False,
)
_wait = insert_new(label_waiting)
_settle = Statement(
    label_waiting.delete().where(label_waiting.c.bench == bindparam("bench"), label_waiting.c.id == bindparam("id"))
)
_OVER_OR_GONE = (
    "NOT EXISTS (SELECT 1 FROM label l WHERE l.id = label_waiting.id "  # noqa: S608
    f"AND l.bench = label_waiting.bench AND {UNSETTLED})"
)
_tidy = text_statement(f"DELETE FROM label_waiting WHERE {_OVER_OR_GONE}")  # noqa: S608
_tidy_bench = text_statement(f"DELETE FROM label_waiting WHERE bench = :bench AND {_OVER_OR_GONE}")  # noqa: S608

# Once a copy is on its tube or spoiled, a late word from the printer changes nothing.
_OVER = frozenset({"verified", "spoiled"})
_SETTLED = frozenset({"verified", "spoiled", "put off"})
_STATES = {"label.verified": "verified", "label.spoiled": "spoiled", "label.put_off": "put off"}
# What is said of the way to the printer: it changes nothing of a copy that is settled. A copy that the printer did not
# take waits again as it did before.
_ON_ITS_WAY = frozenset({"label.sending", "label.sent", "label.printed", "label.dropped"})
WAITS = "waits"


def note_waiting(
    db: Database, changed_rows: Iterable[tuple[RowKey, Row | None, Row | None]], *, notes_end: bool = False
) -> None:
    """Note which copies may now be unsettled, given each changed row as it was and as it is.

    Args:
        db: the database, inside a transaction.
        changed_rows: each changed row.
        notes_end: drop the notes of copies that are settled now or gone: worth it where many rows change at once.
    """
    changes = [(_note(before), _note(after)) for key, before, after in changed_rows if key[0] == "label"]
    db.run_many(_wait, [now for was, now in changes if now is not None and now != was])
    if notes_end:
        db.run_many(_settle, [was for was, now in changes if was is not None and now != was])


def _note(row: Row | None) -> Row | None:
    """What is noted of a copy as it stands; None where nothing is: it is settled, or of no bench that is known."""
    if row is None or row["state"] in _OVER or row["bench"] is None:
        return None
    return {"bench": row["bench"], "id": row["id"]}


def tidy_waiting(db: Database, bench: str | None = None) -> None:
    """Drop the notes of copies that are settled or gone, of one bench or of all, inside the caller's transaction."""
    if bench is None:
        db.run(_tidy)
    else:
        db.run(_tidy_bench, {"bench": bench})


def reads(entry: Entry) -> list[RowKey]:
    """The copy's own row."""
    return [("label", entry.body["label"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what happened to one copy of a label into its row."""
    body, key = entry.body, ("label", entry.body["label"])
    if entry.kind == "label.intended":
        same = ("sort", "subject", "specimen", "accession", "copy", "reason", "printer", "layout", "bench")
        row = new_row("label", body["label"], state="intended", intended_at=entry.occurred_at, at=entry.occurred_at)
        return {key: row | {name: body[name] for name in same}}
    known = rows.get(key) or new_row("label", body["label"], state="unknown", at=entry.occurred_at)
    if entry.kind in _ON_ITS_WAY:
        state, detail = _on_its_way(entry)
        state = known["state"] if known["state"] in _SETTLED else state
        return {key: changed(known, state=state, detail=detail, at=entry.occurred_at)}
    row = changed(known, state=_STATES[entry.kind], at=entry.occurred_at)
    return {key: changed(row, detail=body["reason"]) if "reason" in body else row}


def _on_its_way(entry: Entry) -> tuple[str, str | None]:
    body = entry.body
    match entry.kind:
        case "label.sending":
            return "sending", None
        case "label.printed":
            return "printed", body["said_by"]
        case "label.dropped":
            return "not sent", "dropped"
    return "intended" if body["outcome"] == WAITS else body["outcome"], body["detail"]


GROUP = Group(frozenset({"label.intended", *_ON_ITS_WAY, *_STATES}), reads, fold)
