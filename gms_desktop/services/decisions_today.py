"""What waits today of urgent specimens, holds and requests that may not proceed: at every bench, urgent work first."""

from __future__ import annotations

import json

from gms_desktop import consent_words, hold_words, urgent_words
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import decision_look_up, look_up, today_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import decision_offers, hold_terms, priorities, rights, stops, urgent_commands
from gms_desktop.services.people_words import name
from gms_desktop.services.today_items import MOST, mark, of_specimen, title
from gms_desktop.services.views import WorkItem, WorkList

# Urgent work is little; of more than this the longest here are put in the order of what is due.
_MOST_URGENT = 100
_NO_DAY = "9999"


def head(ledger: Ledger, time_zone: str) -> WorkList:
    """Urgent specimens until the next step has them: those of which nobody was told first, then what is due first."""
    items: list[WorkItem] = []
    total = 0
    for state in ("nobody told", "told"):
        rows, waiting = today_look_up.urgents(ledger.db, state, _MOST_URGENT)
        total += waiting
        if len(items) < MOST:
            due = sorted((_due(ledger.db, row, time_zone), place) for place, row in enumerate(rows))
            items += [_urgent(ledger.db, rows[place], words) for (_, words), place in due[: MOST - len(items)]]
    return WorkList(urgent_words.HEAD, tuple(items), urgent_words.NOTHING, total)


def _urgent(db: Database, row: Row, due: str) -> WorkItem:
    # The list is of urgent work alone: the word before each line would say it again.
    said = [urgent_words.waits(row["state"], urgent_commands.told_whom(db, row)), due]
    kind = VerdictKind.REFUSED if row["state"] == "nobody told" else VerdictKind.ATTENTION
    return WorkItem(title(db, row), "; ".join(part for part in said if part), kind, "find", row["accession"])


def _due(db: Database, row: Row, time_zone: str) -> tuple[str, str]:
    """The day on which its step is due, ISO, and that in words; what has none comes last."""
    due = priorities.due_of(db, hold_terms.request_of(db, row["id"]), row, time_zone)
    return (due.on.isoformat() if due.on else _NO_DAY, f"{due.label}: {due.words}") if due else (_NO_DAY, "")


def held(ledger: Ledger, time_zone: str) -> WorkList:
    """What is on hold: what that stops, whom to chase and by when; the overdue first, urgent ones before all."""
    db, today = ledger.db, rights.today(ledger, time_zone).isoformat()
    items = tuple(_held(db, row, today) for row in decision_look_up.holds(db, MOST))
    return WorkList("On hold", items, "No specimen is held.", decision_look_up.count_holds(db))


def _held(db: Database, row: Row, today: str) -> WorkItem:
    overdue = row["state"] == "open" and bool(row["chase_by"]) and row["chase_by"] < today
    whom = store.private_values(db, [f"specimen:{row['specimen']}"]).get(row["whom_private"] or "") or ""
    by = decision_offers.day(row["chase_by"]) if row["chase_by"] else ""
    stopped = hold_words.stopped(tuple(json.loads(row["stops"] or "[]")))
    asked = hold_words.answered() if row["state"] == "answered" else hold_words.chase(whom, by, overdue=overdue)
    detail = f"{stops.hold_reasons(db, row)}; {stopped}; {asked}"
    return of_specimen(db, row, detail, VerdictKind.REFUSED if overdue else VerdictKind.ATTENTION)


def not_to_proceed(db: Database) -> WorkList:
    """Requests of which something is absent that must come with them; urgent ones first."""
    rows, total = today_look_up.not_to_proceed(db, MOST)
    items = tuple(_request(db, row) for row in rows)
    return WorkList("Requests not to proceed", items, "Nothing is known to be absent from a request.", total)


def _request(db: Database, row: Row) -> WorkItem:
    codes = look_up.codes_of_request(db, row["id"])
    code = str(row["referral"] or (codes[0]["code"] if codes else ""))
    whose = f"{mark(row)}{code or 'without a number'}  {name(db, row['patient'])}"
    detail = f"{consent_words.lacking(stops.absent(row))}; no testing, no leaving"
    return WorkItem(whose, detail, VerdictKind.ATTENTION, "find", code)
