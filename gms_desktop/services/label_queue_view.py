"""The print queue in words: what waits at this bench and why, what lies printed, and what may be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.values import PrinterCondition
from gms_desktop import queue_words
from gms_desktop.domain import dates
from gms_desktop.domain import label_queue as rule
from gms_desktop.domain.commands import Command
from gms_desktop.domain.label_sorts import OF_TUBES, LabelSort
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import label_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import label_queue, people
from gms_desktop.services.label_lanes import Lanes
from gms_desktop.services.people_words import name
from gms_desktop.services.site_rules import label_rules, reason_words
from gms_desktop.services.views import Offer, Question

MOST = 100
"""Lines in view; the rest is counted."""
LABEL = "label:"
"""Stands before a label's id where a command, or the answer to a question, is about a copy of the queue."""
_NEEDS_SOMEBODY = frozenset({rule.UNKNOWN, rule.NOT_SENT, rule.PUT_OFF})


@dataclass(frozen=True)
class QueueLine:
    """One copy that is on no tube."""

    key: str
    title: str
    detail: str
    kind: VerdictKind


@dataclass(frozen=True)
class QueueView:
    """The queue of a bench.

    Attributes:
        heading: what it needs; empty where it needs nobody.
        lines: each copy, in the order in which it comes out.
        more: how many more there are, in words; empty where all are in view.
        chosen: the line whose offers these are.
        offers: what may be done.
        question: what must be said first.
        verdict: what the last act came to.
        prints_cards: whether a printer is named for command cards.
    """

    heading: str = ""
    lines: tuple[QueueLine, ...] = ()
    more: str = ""
    chosen: str = ""
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    verdict: Verdict | None = None
    prints_cards: bool = False


def view(
    ledger: Ledger,
    lanes: Lanes,
    time_zone: str,
    chosen: str = "",
    verdict: Verdict | None = None,
    question: Question | None = None,
) -> QueueView:
    """The queue as it stands.

    Args:
        ledger: the bench's; it is only read.
        lanes: which labels come out of which printer, and how each was when it was asked last.
        time_zone: the laboratory's.
        chosen: the copy that a person looks at; where it is gone, the first that needs somebody.
        verdict: what the last act came to.
        question: what it asks.
    """
    rows = label_look_up.queue(ledger.db, ledger.head.writer)
    whys = _whys(ledger.db, rows, lanes)
    first = next((sort for sort, said in whys.items() if said), "")
    why = _where(lanes, first, whys.get(first, ""))
    waiting = sum(row["state"] == rule.INTENDED and not row["aside"] for row in rows)
    unknown = sum(row["state"] == rule.UNKNOWN for row in rows)
    row = _chosen(rows, question.subject.removeprefix(LABEL) if question else chosen)
    reasons = reason_words(ledger.db)
    return QueueView(
        heading=queue_words.heading(waiting, why, unknown) if why or unknown else "",
        lines=tuple(
            _line(ledger, one, _stands(one, whys[one["sort"]], lanes), whys[one["sort"]], reasons, time_zone)
            for one in rows[:MOST]
        ),
        more=queue_words.more(len(rows) - MOST) if len(rows) > MOST else "",
        chosen=row["id"] if row else "",
        offers=offers(row, waiting) if row else (),
        question=question,
        verdict=verdict,
        prints_cards=bool(lanes.printers.get(LabelSort.CARD)),
    )


def _whys(db: Database, rows: Sequence[Row], lanes: Lanes) -> dict[str | None, str]:
    """Why each sort of labels in the queue does not come out now; empty for one that does."""
    return {sort: why_it_waits(db, rows, lanes, sort) for sort in dict.fromkeys(row["sort"] for row in rows)}


def _where(lanes: Lanes, sort: str | None, why: str) -> str:
    """Why labels wait, with the printer's name at a bench that has more than one."""
    printer = lanes.printers.get(sort or LabelSort.TUBE, "")
    return queue_words.at(printer, why) if why and printer and len(lanes.statuses) > 1 else why


def why_it_waits(db: Database, rows: Sequence[Row], lanes: Lanes, sort: str | None) -> str:
    """Why the copy whose turn it is at a sort's printer does not come out; empty where it does or none waits."""
    sorts, printer = lanes.beside(sort), lanes.status(sort)
    turn = label_queue.turn_of(rows, label_rules(db), sorts or {sort or LabelSort.TUBE}) if rows else None
    if turn is None:
        return ""
    if not sorts:
        return queue_words.NOT_NAMED
    if turn.behind:
        return queue_words.behind(turn.behind.partition(".")[0])
    ready = printer is None or printer.condition is PrinterCondition.READY
    return "" if ready or printer is None else queue_words.STANDS[printer.condition]


def why_here(db: Database, bench: str, lanes: Lanes, sort: str | None) -> str:
    """The same, asked at reception for the label of the tube in hand."""
    return why_it_waits(db, label_look_up.queue(db, bench), lanes, sort)


def _chosen(rows: Sequence[Row], wanted: str) -> Row | None:
    by_label = {row["id"]: row for row in rows[:MOST]}
    return (
        by_label.get(wanted)
        or next((row for row in rows[:MOST] if row["state"] == rule.UNKNOWN), None)
        or (rows[0] if rows else None)
    )


def _stands(row: Row, why: str, lanes: Lanes) -> str:
    """How a copy stands; of one that was sent to a printer that never says more, that too."""
    state, printer = str(row["state"]), lanes.status(row["sort"])
    if state == rule.INTENDED and why:
        return f"waits: {why}"
    untold = printer is not None and printer.condition is PrinterCondition.READY and printer.holds is None
    if state == rule.SENT and untold and row["specimen"] is not None:
        return _of_its_sort(row, queue_words.SENT_UNTOLD)
    return state_words(row)


def state_words(row: Row) -> str:
    """How a copy stands."""
    state = str(row["state"])
    return _of_its_sort(row, queue_words.STATES.get(state) or queue_words.SETTLED[state])


def _of_its_sort(row: Row, said: str) -> str:
    """A plate, a rack, a place, a block and a slide are no tubes."""
    return said if row["sort"] in {None, *OF_TUBES} else queue_words.of_a_thing(said)


def _line(ledger: Ledger, row: Row, stands: str, why: str, reasons: dict[str, str], time_zone: str) -> QueueLine:
    copy = f", copy {row['copy']}" if row["copy"] > 1 else ""
    who = _whose(ledger.db, row)
    state = str(row["state"])
    since = row["intended_at"] if state == rule.INTENDED else row["at"]
    said = [f"{stands}, since {_clock(since, ledger.clock.now(), time_zone)}"]
    if row["detail"] and state in {rule.PUT_OFF, rule.NOT_SENT}:
        said.append(queue_words.DROPPED if row["detail"] == "dropped" else _in_words(reasons, row["detail"]))
    if row["reason"]:
        said.append(f"printed again: {_in_words(reasons, row['reason'])}")
    if row["aside"]:
        said.append("in dispute or under another number: not printed")
    waits = state in _NEEDS_SOMEBODY or (state == rule.INTENDED and bool(why))
    return QueueLine(
        key=row["id"],
        title=f"{row['accession']}{copy}  {who or ''}".strip(),
        detail="; ".join(said),
        kind=VerdictKind.ATTENTION if waits else VerdictKind.MATCHES,
    )


def _whose(db: Database, row: Row) -> str | None:
    """Whose label it is: a patient's, or the person's whose badge it is."""
    if row["sort"] == LabelSort.BADGE:
        return people.name_of(db, str(row["subject"]).partition(":")[2])
    return row["patient"] and name(db, row["patient"])


def _in_words(reasons: dict[str, str], code: str) -> str:
    return reasons.get(code, code)


def _clock(at: str, now: datetime, time_zone: str) -> str:
    """The time of today; of another day with its date."""
    local, today = dates.to_local(datetime.fromisoformat(at), time_zone), dates.to_local(now, time_zone).date()
    return f"{local:%H:%M}" if local.date() == today else dates.display_minute(local)


def offers(row: Row, waiting: int) -> tuple[Offer, ...]:
    """What may be done about a copy of the queue, and about all that wait."""
    state, number, key = row["state"], row["accession"], f"{LABEL}{row['id']}"
    made: list[Offer] = []
    if waiting:
        made.append(Offer(Command.RUN_QUEUE, "Try the printer now", usual=state == rule.INTENDED, argument=LABEL))
    if state == rule.UNKNOWN:
        made += asked_of_unknown(str(number), key)
    elif state in {rule.SENT, rule.PRINTED}:
        made.append(Offer(Command.LABEL_NOT_OUT, f"Label {number} did not come out", argument=key))
    if state not in rule.QUEUED:
        again = state in {rule.NOT_SENT, rule.PUT_OFF}
        made.append(Offer(Command.PRINT_AGAIN, f"Print label {number} again", usual=again, argument=key))
        made.append(Offer(Command.LABEL_SPOILED, f"Spoil label {number}", argument=key))
    if state != rule.PUT_OFF:
        made.append(Offer(Command.PUT_LABEL_OFF, f"Put label {number} off", argument=key))
    if state == rule.INTENDED:
        made.append(Offer(Command.DROP_LABEL, f"Do not print label {number}", argument=key))
    if waiting > 1:
        made.append(Offer(Command.DROP_QUEUE, f"Print none of the {waiting}", argument=LABEL))
    return tuple(made)


def asked_of_unknown(number: str, argument: str = "") -> tuple[Offer, ...]:
    """What is asked about a label of which nobody knows whether it came out."""
    return (
        Offer(Command.LABEL_CAME_OUT, f"Label {number} came out", argument=argument),
        Offer(Command.LABEL_NOT_OUT, f"Label {number} did not come out", argument=argument),
    )
