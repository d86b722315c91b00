"""What waits today: at this bench, in the laboratory, and what is expected. Urgent work leads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gms_desktop import review_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.instrument_folder import NOTHING_SEEN, Looked
from gms_desktop.journal.database import Database
from gms_desktop.register import decision_look_up, look_up, today_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_list, decisions_today, limits_today, risks, risks_today
from gms_desktop.services.label_queue_view import state_words
from gms_desktop.services.people_words import name
from gms_desktop.services.situation import Situation, open_situation
from gms_desktop.services.today_items import MOST, mark, of_specimen
from gms_desktop.services.views import TodayView, WorkItem, WorkList

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

REVIEW = "In dispute"


def view(ledger: Ledger, time_zone: str, looked: Looked = NOTHING_SEEN, desk: Desk | None = None) -> TodayView:
    """The Today screen.

    Args:
        ledger: the bench's ledger.
        time_zone: the laboratory's.
        looked: what lay in the instruments' folders when they were looked at last.
        desk: the bench's, with its files; None where only the register is asked.
    """
    from gms_desktop.services import (
        afterwards,
        delivery_view,
        families,
        measure_today,
        people_today,
        send_today,
        shared_requests,
        storage_today,
        tissue_today,
    )
    from gms_desktop.services.extract_view import today as extract_today

    db, bench = ledger.db, ledger.head.writer
    lists = (
        decisions_today.head(ledger, time_zone),
        _at_this_bench(db, bench),
        _in_review(db),
        *people_today.lists(ledger, time_zone),
        *delivery_view.lists(db, time_zone),
        *families.lists(ledger),
        *afterwards.lists(ledger),
        shared_requests.worklist(db),
        *storage_today.lists(ledger),
        *send_today.lists(ledger, desk),
        *measure_today.lists(ledger, looked),
        *tissue_today.lists(ledger, time_zone),
        limits_today.worklist(ledger, time_zone),
        risks_today.worklist(db),
        extract_today(db),
        _labels(db, bench),
        _undecided(db),
        decisions_today.held(ledger, time_zone),
        decisions_today.not_to_proceed(db),
        _urgent(db),
        _waiting_rows(db),
    )
    waiting = sum(work.total for work in lists)
    start = _start_of_day(ledger, time_zone)
    counts = (
        ("Received today", look_up.count_received_since(db, start)),
        ("Expected", look_up.count_expected(db)),
        ("On hold", decision_look_up.count_holds(db)),
        ("Rejected", look_up.count_by_outcome(db, "rejected")),
    )
    heading = (
        f"{waiting:,} things wait for you" if waiting > 1 else "1 thing waits for you" if waiting else "Nothing waits"
    )
    return TodayView(heading, lists, tuple((what, f"{count:,}") for what, count in counts))


def _start_of_day(ledger: Ledger, time_zone: str) -> str:
    local = dates.to_local(ledger.clock.now(), time_zone)
    midnight = datetime(local.year, local.month, local.day)  # noqa: DTZ001  (the laboratory's wall clock)
    utc = dates.to_utc(midnight, time_zone).utc or ledger.clock.now()
    return utc.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _at_this_bench(db: Database, bench: str) -> WorkList:
    here = open_situation(db, bench)
    items: tuple[WorkItem, ...] = ()
    if here and (here.in_hand or here.awaited or here.put_aside):
        who = here.people[here.request["patient"]].name
        items = (WorkItem(f"{here.name}  {who}", _step(here), VerdictKind.MATCHES, "receive"),)
    return WorkList("Open at this bench", items, "Scan a tube or its request to open one.", len(items))


def _step(here: Situation) -> str:
    waiting = here.in_hand or next(iter(here.put_aside if not here.awaited else ()), None)
    return f"label of tube {waiting.number} waits" if waiting else words.awaited(len(here.awaited))


def _in_review(db: Database) -> WorkList:
    cases, tasks = case_list.open_cases(db), look_up.case_tasks(db)
    items = [
        WorkItem(case.title, "both stories wait for a reviewer", VerdictKind.REFUSED, "review", case.root)
        for case in cases[:MOST]
    ]
    if tasks:
        items.append(
            WorkItem(review_words.cases_wait(0, len(tasks)), "of settled cases", VerdictKind.ATTENTION, "review")
        )
    empty = "Nothing is in dispute. What two benches recorded that does not go together stands here."
    return WorkList(REVIEW, tuple(items), empty, len(cases) + bool(tasks))


def waiting_for_review(view: TodayView) -> int:
    """How many things wait on the Review screen."""
    return next((work.total for work in view.lists if work.title == REVIEW), 0)


def _labels(db: Database, bench: str) -> WorkList:
    rows, total = today_look_up.labels_at_bench(db, bench, MOST)
    items = tuple(
        WorkItem(
            "  ".join(filter(None, (f"{mark(row)}{row['accession']}", risks.word(db, row["specimen"])))),
            f"label {state_words(row)}",
            VerdictKind.ATTENTION,
            "find",
            row["accession"],
        )
        for row in rows
    )
    return WorkList("Labels not on their tubes", items, "Every label printed here is on its tube.", total)


def _undecided(db: Database) -> WorkList:
    rows, total = today_look_up.undecided(db, MOST)
    items = tuple(of_specimen(db, row, "received, not decided") for row in rows)
    return WorkList("Received, not decided", items, "Every specimen received has its outcome.", total)


def _urgent(db: Database) -> WorkList:
    rows, total = today_look_up.urgent_expected(db, MOST)
    items = tuple(
        WorkItem(
            f"{row['test'] or 'Test not stated'}  {name(db, row['patient'])}",
            f"expected from {row['sender'] or 'a sender not stated'}",
            VerdictKind.ATTENTION,
            "find",
            row["referral"] or "",
        )
        for row in rows
    )
    return WorkList("Urgent, not here yet", items, "No urgent request is expected.", total)


def _waiting_rows(db: Database) -> WorkList:
    count = look_up.count_fix_it(db)
    items: tuple[WorkItem, ...] = ()
    if count:
        items = (
            WorkItem(
                f"{count} {'row' if count == 1 else 'rows'} of imported files",
                "to be put right",
                VerdictKind.ATTENTION,
                "expected",
            ),
        )
    return WorkList("Fix-it list", items, "Every imported row landed. Import a file on the Expected screen.", count)
