"""Today's lists of send-aways: whom to tell, what waits for a courier or an answer, what is due back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from gms_desktop import answer_correct_words, answer_words, chase_words, send_words
from gms_desktop.domain import dates
from gms_desktop.domain.consignments.standing import State
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Row
from gms_desktop.register import consignment_look_up, look_up
from gms_desktop.register.consignment_look_up import count
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import incoming, outdated_answers, rights, send_correcting, send_recalls
from gms_desktop.services.today_items import MOST
from gms_desktop.services.views import WorkItem, WorkList

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

# So many are looked at, the oldest first: a laboratory closes a few dozen a day, and most end within days.
_MOST_STANDING = 500


def lists(ledger: Ledger, desk: Desk | None = None) -> tuple[WorkList, ...]:
    """What waits; without a desk nobody looks whether what we answered is so still."""
    db, today = ledger.db, rights.laboratory_day(ledger)
    packed = consignment_look_up.in_state(db, State.PACKED, _MOST_STANDING)
    awaiting = consignment_look_up.in_state(db, State.HANDED_OVER, _MOST_STANDING)
    unsettled = consignment_look_up.unsettled(db, _MOST_STANDING)
    due = consignment_look_up.due_back(db, today.isoformat(), _MOST_STANDING)
    return (
        _recalls(ledger),
        _list(send_words.NOT_HANDED_OVER, *packed, send_words.NONE_NOT_HANDED_OVER, _priority),
        _list(
            send_words.AWAITING,
            *awaiting,
            send_words.NONE_AWAITING,
            lambda row: _waits(ledger, row, today),
        ),
        _list(send_words.DUE_BACK, due, len(due), send_words.NONE_DUE_BACK, lambda row: _due(ledger, row)),
        _list(
            answer_correct_words.UNSETTLED,
            unsettled,
            len(unsettled),
            answer_correct_words.NONE_UNSETTLED,
            lambda row: answer_correct_words.unsettled(send_correcting.reason(db, row)),
        ),
        _to_write(ledger, desk),
    )


def _due(ledger: Ledger, row: Row) -> str:
    return _with_chase(ledger, row, chase_words.overdue(_day(row["return_by"]), count(ledger.db, row["id"])))


def _waits(ledger: Ledger, row: Row, today: date) -> str:
    return _with_chase(ledger, row, _expected(row, today))


def _with_chase(ledger: Ledger, row: Row, said: str) -> str:
    """What is overdue, and when somebody was asked last."""
    if not row["chased_at"]:
        return f"{said}, not chased" if said.startswith("OVERDUE") else said
    laboratory = look_up.laboratory(ledger.db)
    at = datetime.fromisoformat(row["chased_at"])
    local = dates.to_local(at, laboratory["time_zone"] if laboratory else "Europe/London")
    return f"{said}, {chase_words.chased(dates.display(local.date()), 1)}"


def _to_write(ledger: Ledger, desk: Desk | None) -> WorkList:
    """Signed consignments that nobody answered, or not as it is now; by the name of their file, which is at hand."""
    every = incoming.last_answers(ledger.db, _MOST_STANDING)
    waiting = [(row, answer_words.no_answer(row["landed"])) for row, answer in every if answer is None]
    if desk is not None:
        outdated = outdated_answers.outdated(ledger.db, desk, every[: incoming.FAR_BACK])
        waiting += [(one.row, answer_words.outdated(one.consignment, one.numbers)) for one in outdated]
    known = store.private_values(ledger.db, [f"import:{row['id']}" for row, _ in waiting])
    items = tuple(
        WorkItem(
            known.get(row["file_private"] or "") or answer_words.NOT_HERE, said, VerdictKind.ATTENTION, "send_away"
        )
        for row, said in waiting[:MOST]
    )
    return WorkList(answer_words.NOT_WRITTEN, items, answer_words.NONE_TO_WRITE, len(waiting))


def _recalls(ledger: Ledger) -> WorkList:
    found = tuple(send_recalls.words_of(ledger.db, send_recalls.open_recalls(ledger.db)))
    items = tuple(
        WorkItem(name, said, VerdictKind.REFUSED, "find", str(one.item["number"])) for one, name, said in found[:MOST]
    )
    return WorkList(send_words.RECALLS, items, send_words.NO_RECALLS, len(found))


def _list(title: str, rows: list[Row], many: int, empty: str, detail: Callable[[Row], str]) -> WorkList:
    urgent_first = sorted(rows, key=lambda row: row["priority"] != "urgent")
    items = tuple(
        WorkItem(f"{row['number']}  {row['name']}", detail(row), VerdictKind.ATTENTION, "find", str(row["number"]))
        for row in urgent_first[:MOST]
    )
    return WorkList(title, items, empty, many)


def _priority(row: Row) -> str:
    return f"{row['priority']}, {row['items']} in it: hand it to the courier"


def _expected(row: Row, today: date) -> str:
    overdue = date.fromisoformat(row["expected"]) < today
    return f"{'OVERDUE: ' if overdue else ''}expected there {_day(row['expected'])}, ask whether it arrived"


def _day(text: str) -> str:
    return dates.display(date.fromisoformat(text))
