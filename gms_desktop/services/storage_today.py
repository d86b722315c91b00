"""Today's list of what should be back in storage."""

from __future__ import annotations

from datetime import date

from gms_desktop import stored_words
from gms_desktop.domain import dates
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import storage_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_words, rights, storage_entry_words, stored_things
from gms_desktop.services.today_items import MOST
from gms_desktop.services.views import WorkItem, WorkList


def lists(ledger: Ledger) -> tuple[WorkList, ...]:
    """What was taken out of storage and is not back on its day, the longest due first."""
    rows, total = storage_look_up.overdue(ledger.db, rights.laboratory_day(ledger).isoformat(), MOST)
    items = tuple(_item(ledger.db, row) for row in rows)
    return (WorkList(stored_words.OVERDUE, items, stored_words.NOTHING_OVERDUE, total),)


def _item(db: Database, row: Row) -> WorkItem:
    name = stored_things.name_of(db, row["sort"], row["id"])
    due = dates.display(date.fromisoformat(row["due"]))
    who = case_words.operator_name(db, row["operator"])
    why = storage_entry_words.purpose_words(db, row["reason"])
    return WorkItem(name, f"due {due}, {who}: {why}", VerdictKind.ATTENTION, "find", name.removeprefix("Tube "))
