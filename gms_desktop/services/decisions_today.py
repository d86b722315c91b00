"""What waits today of urgent specimens, holds and requests that may not proceed: at every bench, urgent work first."""

from __future__ import annotations

import json

from gms_desktop import consent_words, hold_words, urgent_words
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import decision_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import decision_offers, priorities, rights, stops, urgent_commands
from gms_desktop.services.people_words import person
from gms_desktop.services.proceed_commands import request_name
from gms_desktop.services.situation import situation
from gms_desktop.services.views import Banner, WorkItem, WorkList

_MOST = 50


def head(ledger: Ledger, time_zone: str) -> WorkList:
    """Urgent specimens until the next step has them: those of which nobody was told first."""
    rows = decision_look_up.urgents(ledger.db)
    items = tuple(_urgent(ledger.db, row, time_zone) for row in rows[:_MOST])
    return WorkList(urgent_words.HEAD, items, urgent_words.NOTHING, len(rows))


def _urgent(db: Database, row: Row, time_zone: str) -> WorkItem:
    title = f"{row['accession']}  {person(db, row['patient']).name}"
    said = [urgent_words.waits(row["state"], urgent_commands.told_whom(db, row)), _due(db, row, time_zone)]
    kind = VerdictKind.REFUSED if row["state"] == "nobody told" else VerdictKind.ATTENTION
    return WorkItem(title, "; ".join(part for part in said if part), kind, "find", row["accession"])


def _due(db: Database, row: Row, time_zone: str) -> str:
    from gms_desktop.services.hold_terms import request_of

    request = request_of(db, row["id"])
    said = priorities.with_priority(db, Banner("", "", "", "", ""), request, row | {"collected": None}, time_zone)
    return f"{said.due_label}: {said.due}" if said.due else ""


def held(ledger: Ledger, time_zone: str) -> WorkList:
    """What is on hold: what that stops, whom to chase and by when; the overdue first, urgent ones before all."""
    db, today = ledger.db, rights.today(ledger, time_zone).isoformat()
    rows = decision_look_up.holds(db, _MOST)
    items = tuple(_held(db, row, today) for row in rows)
    return WorkList("On hold", items, "No specimen is held.", decision_look_up.count_holds(db))


def _held(db: Database, row: Row, today: str) -> WorkItem:
    overdue = row["state"] == "open" and bool(row["chase_by"]) and row["chase_by"] < today
    whom = store.private_values(db, [f"specimen:{row['specimen']}"]).get(row["whom_private"] or "") or ""
    by = decision_offers.day(row["chase_by"]) if row["chase_by"] else ""
    stopped = hold_words.stopped(tuple(json.loads(row["stops"] or "[]")))
    asked = hold_words.answered() if row["state"] == "answered" else hold_words.chase(whom, by, overdue=overdue)
    detail = f"{stops.hold_reasons(db, row)}; {stopped}; {asked}"
    kind = VerdictKind.REFUSED if overdue else VerdictKind.ATTENTION
    urgent = "URGENT  " if row["priority"] == "urgent" else ""
    title = f"{urgent}{row['accession']}  {person(db, row['patient']).name}"
    return WorkItem(title, detail, kind, "find", row["accession"])


def not_to_proceed(db: Database) -> WorkList:
    """Requests of which something is absent that must come with them; urgent ones first."""
    rows = decision_look_up.not_to_proceed(db, 4 * _MOST)
    rows.sort(key=lambda row: row["priority"] != "urgent")
    items = tuple(_request(db, row) for row in rows[:_MOST])
    return WorkList("Requests not to proceed", items, "Nothing is known to be absent from a request.", len(rows))


def _request(db: Database, row: Row) -> WorkItem:
    here = situation(db, row["id"])
    urgent = "URGENT  " if row["priority"] == "urgent" else ""
    title = f"{urgent}{request_name(db, row['id'])}  {person(db, row['patient']).name}"
    detail = f"{consent_words.lacking(stops.absent(row))}; no testing, no leaving"
    code = str((here.request["referral"] or here.request.get("code") or "") if here else "")
    return WorkItem(title, detail, VerdictKind.ATTENTION, "find", code)
