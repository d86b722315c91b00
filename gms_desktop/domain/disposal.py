"""What may be proposed for disposal: a list for people, from which nothing is ever discarded by itself. Pure.

How long a kind of material is kept is the laboratory's own table, with its source. It ships blank, and of what is blank
nothing is proposed.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SPAN = re.compile(r"([1-9][0-9]{0,3}) (day|week|month|year)s?")


class Route(StrEnum):
    """How material leaves for good."""

    CLINICAL_WASTE = "clinical waste"
    SENSITIVE_INCINERATION = "sensitive incineration"
    CREMATION = "cremation"
    RETURN = "return to patient"


class Kept(StrEnum):
    """Why something is not proposed."""

    NOT_LAID_DOWN = "how long it is kept is not laid down"
    NOT_DUE = "not due"
    HELD = "held"
    IN_DISPUTE = "in dispute"
    RESERVED = "reserved"
    LAST_OF_KIND = "the last of its kind"
    NOT_EMPTIED = "nobody said that it is empty"
    AWAY = "packed or sent"
    AT_WORK = "in a batch or a plan"


@dataclass(frozen=True, slots=True)
class Span:
    """How long, in one unit."""

    figure: int
    unit: str

    def after(self, day: date) -> date:
        """The day so long after another; from a month's end to the month's end where the day does not exist."""
        if self.unit in ("day", "week"):
            return day + timedelta(days=self.figure * (7 if self.unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + self.figure * (12 if self.unit == "year" else 1)
        first = date(months // 12, months % 12 + 1, 1)
        next_first = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
        return min(first + timedelta(days=day.day - 1), next_first - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Retention:
    """How long one kind is kept; ``span`` is None while the laboratory has not laid it down."""

    kind: str
    words: str
    span: Span | None
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something stored.

    Attributes:
        code: its own.
        kind: as the retention table names it.
        subject: whose it is: items of one subject and kind stand for each other.
        since: from when its time runs.
        held: whether it is held.
        in_dispute: whether it is part of an open case.
        reserved: whether somebody keeps it for something.
        empty: whether a person said that it is empty: it stands for no other.
        sort: what sort of thing it is.
        when_empty: whether it goes only once it is empty, as an eluate does.
        away: whether a consignment holds it: it stands for nothing that is here.
        at_work: whether it stands in a batch that has not ended, or in the plan of a plate.
    """

    code: str
    kind: str
    subject: str
    since: date
    held: bool = False
    in_dispute: bool = False
    reserved: bool = False
    empty: bool = False
    when_empty: bool = False
    away: bool = False
    at_work: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may go, the oldest first, and why each other item stays."""

    due: tuple[Item, ...]
    stays: Mapping[str, tuple[Kept, ...]]


def read_retention(text: str) -> tuple[Retention, ...]:
    """The laboratory's table.

    Args:
        text: TOML as in ``resources/rules/retention.toml``.

    Raises:
        ValueError: when a kind stands twice, a time is not written as ``10 weeks``, or one names no source.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    rows = tuple(_row(one) for one in tomllib.loads(text)["material"])
    if len({one.kind for one in rows}) < len(rows):
        raise ValueError("each kind stands once")
    return rows


def propose(items: Iterable[Item], table: Iterable[Retention], today: date) -> Proposal:
    """What may be proposed today.

    Args:
        items: all that is stored, not only what may be due: the last of a kind is known by the others.
        table: how long each kind is kept.
        today: the laboratory's local day.
    """
    spans = {one.kind: one.span for one in table}
    stays: dict[str, tuple[Kept, ...]] = {}
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if not item.away:
            groups[item.subject, item.kind].append(item)
        reasons = _reasons(item, spans.get(item.kind), today)
        if reasons:
            stays[item.code] = reasons
    due: list[Item] = []
    for group in groups.values():
        free = sorted((one for one in group if one.code not in stays), key=lambda one: (one.since, one.code))
        last = _last(group, free)
        if last is not None:
            stays[last.code] = (Kept.LAST_OF_KIND,)
        due += (one for one in free if one is not last)
    return Proposal(tuple(sorted(due, key=lambda one: (one.since, one.code))), stays)


def _last(group: list[Item], free: list[Item]) -> Item | None:
    """The one that is kept because nothing else of its kind would be left; None where another is.

    What is empty stands for nothing that is not: as long as there is any, the last of those stays.
    """
    # What goes only once it is empty may be empty by now, with nobody having said so: no other rests on it.
    full = [one for one in group if not one.empty and not one.when_empty]
    at_stake = full or group
    going = [one for one in free if one in at_stake]
    return going[-1] if going and len(going) == len(at_stake) else None


class Stays(StrEnum):
    """Why an item that is scanned out is not discarded."""

    NOT_PROPOSED = "not on the list"
    NO_REASON = "no reason given"
    NO_SECOND = "a second person is needed"


def refusal(proposal: Proposal, code: str, reason: str, second: str | None, *, two_people: bool) -> Stays | None:
    """Why an item is not discarded now; None where it may be, by the route that a person chose.

    Args:
        proposal: the list, worked out when the item was scanned and not before.
        code: the item, as it was scanned.
        reason: why it goes, in words.
        second: who looked on; None where nobody did.
        two_people: whether the laboratory wants a second person.
    """
    if code not in {one.code for one in proposal.due}:
        return Stays.NOT_PROPOSED
    if not reason.strip():
        return Stays.NO_REASON
    return Stays.NO_SECOND if two_people and not second else None


def _reasons(item: Item, span: Span | None, today: date) -> tuple[Kept, ...]:
    found = []
    if span is None:
        found.append(Kept.NOT_LAID_DOWN)
    elif span.after(item.since) > today:
        found.append(Kept.NOT_DUE)
    waits = item.when_empty and not item.empty
    said = (
        (waits, Kept.NOT_EMPTIED),
        (item.held, Kept.HELD),
        (item.in_dispute, Kept.IN_DISPUTE),
        (item.reserved, Kept.RESERVED),
        (item.away, Kept.AWAY),
        (item.at_work, Kept.AT_WORK),
    )
    return (*found, *(reason for so, reason in said if so))


def _row(said: Mapping[str, object]) -> Retention:
    kept, source = str(said["kept"]), str(said["source"])
    span = _SPAN.fullmatch(kept)
    if kept and span is None:
        raise ValueError(f"“{kept}” is no time such as 10 weeks or 5 years")
    if kept and not source:
        raise ValueError(f"{said['kind']} names no source")
    return Retention(str(said["kind"]), str(said["words"]), Span(int(span[1]), span[2]) if span else None, source)
