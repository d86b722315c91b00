"""Priority by the site's list or as stated, and what is due by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gms_desktop import urgent_words
from gms_desktop.domain import dates
from gms_desktop.domain.priority_rule import URGENT, Due, PriorityRule, Urgent, read_priorities
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.services import deliveries
from gms_desktop.services.site_rules import rule_text
from gms_desktop.services.views import Banner

_parsed: dict[str, PriorityRule] = {}


def rule(db: Database) -> PriorityRule:
    """The site's list."""
    text = rule_text(db, "priorities")
    if text.sha256 not in _parsed:
        _parsed.clear()
        _parsed[text.sha256] = read_priorities(text.text)
    return _parsed[text.sha256]


def effective(db: Database, stated: str, test: str | None, types: Iterable[str | None]) -> str:
    """The priority that counts: urgent by the site's list, else as stated."""
    return URGENT if rule(db).line(test, types) else stated


def line_of(db: Database, request: Row, types: Iterable[str | None]) -> Urgent | None:
    """The line of the site's list that a request is of."""
    return rule(db).line(request["test"], types)


def with_priority(db: Database, banner: Banner, request: Row | None, specimen: Row | None, time_zone: str) -> Banner:
    """A banner with what is urgent and why, and which step is due by when."""
    if request is None:
        return banner
    line = line_of(db, request, _types(db, request, specimen))
    priority = specimen["priority"] if specimen else request["priority"]
    if priority != URGENT and request["priority"] != URGENT and line is None:
        return banner
    due = _due_of(db, line, request, specimen, time_zone)
    label, text = (due.label, due.words) if due else ("", "")
    return replace(banner, urgent=urgent_words.tag(line.words if line else request["test"]), due_label=label, due=text)


@dataclass(frozen=True)
class DueDay:
    """The step that is due, with its clock, and the day; None where it is not known when the clock began."""

    label: str
    on: date | None
    words: str


def due_of(db: Database, request: Row | None, specimen: Row, time_zone: str) -> DueDay | None:
    """Which step of an urgent specimen is due when, by the site's list; None where none is laid down."""
    if request is None:
        return None
    return _due_of(db, line_of(db, request, (specimen["type"],)), request, specimen, time_zone)


def _due_of(db: Database, line: Urgent | None, request: Row, specimen: Row | None, time_zone: str) -> DueDay | None:
    due = line.due if line else None
    if due is None:
        return None
    on = due.on(_began(db, due, request, specimen, time_zone))
    label = urgent_words.due_label(due.step, due.days, due.start)
    return DueDay(label, on, urgent_words.due(dates.display(on) if on else "", due.start))


def _types(db: Database, request: Row, specimen: Row | None) -> list[str | None]:
    return [specimen["type"]] if specimen else [tube["type"] for tube in look_up.tubes_of_request(db, request["id"])]


def _began(db: Database, due: Due, request: Row, specimen: Row | None, time_zone: str) -> date | None:
    if due.start == "collected":
        said = (specimen or request)["collected"]
        # Whether it lies ahead is told elsewhere.
        return dates.collection_time(str(said), date.max).on if said else None
    return deliveries.received_day(db, specimen, time_zone) if specimen else None
