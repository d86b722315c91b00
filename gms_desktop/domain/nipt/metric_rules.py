"""Thresholds and countings of the measures as data: several versions of one measure stand side by side, by date."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from gms_desktop.domain.nipt.periods import Period

REPEAT_ASKED, MISSING, INELIGIBLE = "rejected and repeat requested", "information missing", "ineligible"
LEFT_OUT: Final = frozenset({REPEAT_ASKED, MISSING, INELIGIBLE})
PERIODS: Final = {"S02": "month", "S03": "month", "S06": "quarter"}
DAYS: Final = {"S02": "working", "S03": "calendar", "S06": "calendar"}


@dataclass(frozen=True, slots=True)
class MetricRule:
    """One measure from a day on.

    Attributes:
        name: S02, S03 or S06.
        words: what it is.
        since: the first day of the first period that it holds for.
        within: days after day 0 that are in time.
        days: ``working`` or ``calendar``.
        acceptable: percent, exactly.
        achievable: percent, exactly.
        leaves_out: what of the period does not count.
        submitted: when it is submitted, in the words of the source.
        window: first and last day of the month after, for a monthly measure.
        deadlines: month and day for quarter 1 to 4, for a quarterly one.
        lines: of the specification.
    """

    name: str
    words: str
    since: date
    within: int
    days: str
    acceptable: Fraction
    achievable: Fraction
    leaves_out: frozenset[str]
    submitted: str
    window: tuple[int, int] | None
    deadlines: tuple[tuple[int, int], ...]
    lines: str

    def submission(self, period: Period) -> tuple[date, date]:
        """The first and the last day on which the figures of a period are submitted; the same where one is given."""
        if self.window is not None:
            year, month = divmod(12 * period.last.year + period.last.month, 12)
            return date(year, month + 1, self.window[0]), date(year, month + 1, self.window[1])
        month, day = self.deadlines[period.number - 1]
        passed = (month, day) > (period.last.month, period.last.day)
        due = date(period.last.year + (not passed), month, day)
        return due, due


def rule_for(rules: Sequence[MetricRule], name: str, period: Period) -> MetricRule | None:
    """The measure as it holds for a period; None where none was in force on its first day."""
    held = [rule for rule in rules if rule.name == name and rule.since <= period.first]
    return max(held, key=lambda rule: rule.since, default=None)


def read_metrics(text: str) -> tuple[MetricRule, ...]:
    """The measures.

    Args:
        text: TOML as in ``resources/rules/nipt-metrics.toml``.

    Raises:
        ValueError: when a measure is none of the three, stands twice from one day on, or says what cannot be.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    rules = tuple(_rule(said) for said in tomllib.loads(text)["measure"])
    if len({(rule.name, rule.since) for rule in rules}) != len(rules):
        raise ValueError("a measure stands once from one day on")
    return rules


def _rule(said: Mapping[str, Any]) -> MetricRule:
    name, days = str(said["name"]), str(said["days"])
    if said["period"] != PERIODS.get(name) or days != DAYS.get(name):
        raise ValueError(f"{name}: S02 counts working days of a month, S03 calendar days of a month, S06 of a quarter")
    acceptable, achievable = Fraction(str(said["acceptable"])), Fraction(str(said["achievable"]))
    within, leaves_out = int(said["within"]), frozenset(str(one) for one in said["leaves_out"])
    if not 0 <= acceptable <= achievable <= 100 or within < 0 or not leaves_out <= LEFT_OUT:
        raise ValueError(f"{name}: thresholds, days or what is left out cannot be so")
    window = _window(said) if PERIODS[name] == "month" else None
    deadlines = _deadlines(said) if window is None else ()
    return MetricRule(
        name=name,
        words=str(said["words"]),
        since=date.fromisoformat(str(said["since"])),
        within=within,
        days=days,
        acceptable=acceptable,
        achievable=achievable,
        leaves_out=leaves_out,
        submitted=str(said["submitted"]),
        window=window,
        deadlines=deadlines,
        lines=str(said["lines"]),
    )


def _window(said: Mapping[str, Any]) -> tuple[int, int]:
    first, last = (int(day) for day in said["submission_days"])
    if not 1 <= first <= last <= 28:
        raise ValueError("days of submission go from 1 to 28")
    return first, last


def _deadlines(said: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    days = [date.fromisoformat(f"2024-{one}") for one in said["deadlines"]]
    if len(days) != 4:
        raise ValueError("there is a deadline for each of the four quarters")
    return tuple((day.month, day.day) for day in days)
