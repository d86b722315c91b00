"""The report of unacceptable specimens: read from the register, counted, and put into words."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from gms_desktop.domain import dates
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.reports.unacceptable import UNACCEPTABLE, Received, RequestorCount, count
from gms_desktop.services import qc_rates, seen_problems, site_rules
from gms_desktop.services.views import ReportRow, ReportView
from gms_desktop.words import NOT_STATED


def report(ledger: Ledger, start: str, end: str, time_zone: str) -> ReportView:
    """The report from the day ``start`` to the day ``end``, both included (ISO dates; empty: this month so far)."""
    today = dates.to_local(ledger.clock.now(), time_zone).date()
    first, last, problems = _period(start, end, today)
    rule = site_rules.error_rate(ledger.db)
    whose = "approved" if rule.approved else "an EXAMPLE: the laboratory has approved none"
    share = f"{rule.percent} % of at least {rule.at_least} specimens"
    threshold = f"A high error rate is above {share} (version {rule.version}, {whose})"
    if problems or first is None or last is None:
        return ReportView("Choose the period", start, end, threshold, problems=problems)
    received = look_up.received_between(ledger.db, _utc(first, time_zone), _utc(last + timedelta(days=1), time_zone))
    seen = [_one(ledger.db, row) for row in received]
    counts = count(seen)
    asked = zip(received, (one.requestor for one in seen), strict=True)
    reasons = site_rules.reason_words(ledger.db) | seen_problems.words_of(ledger.db)
    rows = [
        _row(requestor, location, made, reasons, high=made.is_high(rule.percent, rule.at_least))
        for (requestor, location), made in counts.rows.items()
    ]
    rows.sort(key=lambda row: (not row.high, -row.unacceptable, row.requestor, row.location))
    return ReportView(
        heading=f"{counts.unacceptable} of {counts.received} specimens were not acceptable as they came",
        start=first.isoformat(),
        end=last.isoformat(),
        threshold=threshold,
        rows=tuple(rows),
        total_received=counts.received,
        total_unacceptable=counts.unacceptable,
        outside=tuple(sorted(counts.outside.items())),
        qc=qc_rates.rates(ledger.db, asked),
    )


def _row(requestor: str, location: str, made: RequestorCount, words: dict[str, str], *, high: bool) -> ReportRow:
    reasons = tuple((words.get(code, code), number) for code, number in made.reasons.most_common())
    return ReportRow(requestor, location, made.received, made.unacceptable, f"{made.percent} %", reasons, high)


def _period(start: str, end: str, today: date) -> tuple[date | None, date | None, tuple[str, ...]]:
    if not start and not end:
        return today.replace(day=1), today, ()
    first = dates.birth_date(start, date.max).on if start else None
    last = dates.birth_date(end, date.max).on if end else None
    problems = []
    if first is None:
        problems.append("Enter the first day as day, month in letters, year: 01-Nov-2026.")
    if last is None:
        problems.append("Enter the last day as day, month in letters, year: 30-Nov-2026.")
    if first and last and first > last:
        problems.append("The first day is after the last. Exchange them.")
    return first, last, tuple(problems)


def _utc(day: date, time_zone: str) -> str:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (the laboratory's wall clock)
    moment = dates.to_utc(midnight, time_zone).utc or datetime(day.year, day.month, day.day, tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _one(db: Database, row: Row) -> Received:
    request = next(iter(look_up.requests_of_specimen(db, row["id"])), None)
    known = store.private_values(db, [f"patient:{row['patient']}"]) if request else {}
    requestor = known.get(request["requestor_private"]) if request else None
    reasons = json.loads(row["reasons"] or "[]")
    return Received(
        requestor=requestor or NOT_STATED,
        location=(known.get(request["location_private"]) or request["sender"] if request else None) or NOT_STATED,
        category=row["category"] or "clinical",
        unacceptable=row["outcome"] in UNACCEPTABLE and bool(reasons or row["outcome"] == "rejected"),
        reasons=(*reasons, *seen_problems.of(db, row["id"], reasons)),
    )
