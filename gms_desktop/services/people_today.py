"""What waits today about people: to confirm or review, the overdue first; and competences that end soon."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gms_desktop import people_words
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.domain.rights import Alone
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Row
from gms_desktop.register import look_up, people_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_words, lapsing, people, rights, second_person
from gms_desktop.services.today_items import MOST
from gms_desktop.services.views import WorkItem, WorkList

SOON = timedelta(days=30)


def lists(ledger: Ledger, time_zone: str) -> tuple[WorkList, ...]:
    """The lists of Today that are about people; competences only for whoever may assess them."""
    # With no session here nobody sees Today; with no right to assess, what ends soon is somebody else's work.
    actor = rights.actor(ledger.db, ledger.head.writer)
    if not rights.offered(ledger, actor, "competences", time_zone):
        return (to_confirm(ledger, time_zone),)
    return to_confirm(ledger, time_zone), _ending(ledger, time_zone)


def to_confirm(ledger: Ledger, time_zone: str) -> WorkList:
    """What waits for a second person or a review: the overdue first, then the oldest."""
    now = instant(ledger.clock.now())
    asked = lapsing.waiting(ledger, time_zone)
    late = [row for row in asked if second_person.is_overdue(row, now)]
    rest = [row for row in asked if row not in late]
    items = [_second(ledger, row, time_zone, overdue=True) for row in late]
    items += [_second(ledger, row, time_zone, overdue=False) for row in rest]
    items += [
        WorkItem(
            people_words.session_of(people.name_of(ledger.db, row["operator"])),
            "to review",
            VerdictKind.ATTENTION,
            "confirm",
            row["id"],
        )
        for row in people_look_up.break_glass_to_review(ledger.db)
    ]
    items += [_lapsed(ledger, row, why, time_zone) for row, why in _own_lapsed(ledger, time_zone)]
    return WorkList(people_words.TO_CONFIRM, tuple(items[:MOST]), people_words.NOTHING_TO_CONFIRM, len(items))


def waiting(ledger: Ledger, time_zone: str) -> int:
    """How much waits for a second person or a review."""
    return len(lapsing.waiting(ledger, time_zone)) + len(people_look_up.break_glass_to_review(ledger.db))


def due_words(row: Row, time_zone: str) -> str:
    """Until when something waits for a second person."""
    if row["due"] is None:
        return "asked at another bench"
    when = dates.display_minute(dates.to_local(datetime.fromisoformat(row["due"]), time_zone))
    if row["alone"] == Alone.COUNTERSIGN:
        return f"countersign by {when}"
    return f"asked at another bench, lapses at {when}"


def _own_lapsed(ledger: Ledger, time_zone: str) -> list[tuple[Row, lapsing.Lapse]]:
    """What was asked at this bench and lapsed: whoever asked is told where they did."""
    return [(row, why) for row, why in lapsing.lately(ledger, time_zone) if row["bench"] == ledger.head.writer]


def _lapsed(ledger: Ledger, row: Row, why: lapsing.Lapse, time_zone: str) -> WorkItem:
    asker = people.name_of(ledger.db, row["by"])
    detail = f"{asker}; {why.in_words(time_zone)}"
    return WorkItem(_title(ledger, row), detail, VerdictKind.ATTENTION, "confirm", row["id"])


def _title(ledger: Ledger, row: Row) -> str:
    table = rights.table(ledger.db)
    job = table[row["job"]].words if row["job"] in table else row["job"]
    return f"{job}: {case_words.subject_name(ledger.db, row['subject'])}" if row["subject"] else job


def _second(ledger: Ledger, row: Row, time_zone: str, *, overdue: bool) -> WorkItem:
    due = due_words(row, time_zone)
    asker = people.name_of(ledger.db, row["by"])
    detail = f"{asker}; {due}{': overdue' if overdue else ''}"
    kind = VerdictKind.REFUSED if overdue else VerdictKind.ATTENTION
    return WorkItem(_title(ledger, row), detail, kind, "confirm", row["id"])


def _ending(ledger: Ledger, time_zone: str) -> WorkList:
    day, table = rights.today(ledger, time_zone), rights.table(ledger.db)
    rows = [
        row
        for row in people_look_up.competences_ending(ledger.db, (day + SOON + timedelta(days=1)).isoformat(), MOST)
        if look_up.roles(ledger.db, row["operator"])
    ]
    items = tuple(
        WorkItem(
            f"{people.name_of(ledger.db, row['operator'])}: "
            f"{table[row['job']].words if row['job'] in table else row['job']}",
            _ends(date.fromisoformat(row["until"]), day),
            VerdictKind.ATTENTION,
            "people",
            row["operator"],
        )
        for row in rows
    )
    return WorkList(people_words.COMPETENCES_ENDING, items, people_words.NO_COMPETENCE_ENDS, len(items))


def _ends(until: date, day: date) -> str:
    return f"{'ended' if until < day else 'last day'} {dates.display(until)}"
