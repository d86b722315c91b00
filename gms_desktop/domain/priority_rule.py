"""Which requests are urgent by the site's list, and which step of theirs is due when. Pure rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

STARTS = ("received", "collected")
URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Due:
    """A step and its clock: so many calendar days from the day of ``start``, which is day 0."""

    step: str
    days: int
    start: str

    def on(self, began: date | None) -> date | None:
        """The day by which it is due; None where it is not known when the clock began."""
        return began + timedelta(days=self.days) if began else None


@dataclass(frozen=True, slots=True)
class Urgent:
    """One line of the site's list.

    Attributes:
        words: as it is shown.
        tests: clinical indications or tests that are urgent.
        types: specimen types that are urgent, in lower case.
        due: the step that is due; None where none is laid down.
    """

    words: str
    tests: tuple[str, ...]
    types: frozenset[str]
    due: Due | None


@dataclass(frozen=True, slots=True)
class PriorityRule:
    """The site's list, in its order."""

    urgent: tuple[Urgent, ...]

    def line(self, test: str | None, types: Iterable[str | None]) -> Urgent | None:
        """The first line that a request is of; None for one that is on no line."""
        wanted = (test or "").strip().upper()
        kinds = {kind.casefold() for kind in types if kind}
        return next((one for one in self.urgent if _is_of(one, wanted) or one.types & kinds), None)


def _is_of(one: Urgent, test: str) -> bool:
    return any(test == code or test.startswith(f"{code}.") for code in one.tests)


def read_priorities(text: str) -> PriorityRule:
    """The list from its TOML text.

    Raises:
        ValueError: for a clock of less than no days, or one that starts with nothing known.
        KeyError, TypeError: when a part is missing or of the wrong sort.
    """
    return PriorityRule(tuple(_urgent(one) for one in tomllib.loads(text)["urgent"]))


def _urgent(said: Mapping[str, Any]) -> Urgent:
    tests = tuple(str(code).strip().upper() for code in said.get("tests", ()))
    types = frozenset(str(kind).casefold() for kind in said.get("types", ()))
    return Urgent(str(said["words"]), tests, types, _due(said["due"]) if "due" in said else None)


def _due(said: Mapping[str, Any]) -> Due:
    due = Due(str(said["step"]), int(said["days"]), str(said["from"]))
    if due.days < 0 or due.start not in STARTS:
        raise ValueError("a clock has days from 0 and starts when received or collected")
    return due
