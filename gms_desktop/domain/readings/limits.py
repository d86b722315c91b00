"""The laboratory's limits for what is measured, and the expected ranges of its controls (rule set ``qc-limits``)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from devices.measured import Analyte


@dataclass(frozen=True)
class Limit:
    """What one quantity must reach and must not exceed.

    Attributes:
        of: the quantity.
        minimum, maximum: in ``unit``; none where that side is open.
        unit: the one unit that the quantity has here; empty for a ratio or a grade.
        method: the instrument or assay by which it must be measured, as the run's file names it; empty for any.
        part: the peak or region it is about, as the file names it; empty for the whole sample.
    """

    of: Analyte
    minimum: Decimal | None
    maximum: Decimal | None
    unit: str = ""
    method: str = ""
    part: str = ""

    def meant_by(self, *names: str) -> bool:
        """Whether a run by this instrument or assay is measured by the limit's method."""
        wanted = self.method.casefold()
        return not wanted or any(name.casefold().startswith(wanted) for name in names)


@dataclass(frozen=True)
class Rule:
    """Limits that belong together, under a name and a version of their own.

    Attributes:
        types: the specimen types it is for; ``tests`` likewise. An empty list is for every one.
        receiving: the laboratory that asks for it, in words; empty where it is our own.
        effective: its first day; none where it stands from its approval on.
        source: where the numbers are from, in words; of one that is taken out, why.

    A version without a limit takes the rule out, from its first day on.
    """

    name: str
    version: str
    limits: tuple[Limit, ...]
    types: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    receiving: str = ""
    effective: date | None = None
    source: str = ""

    def is_for(self, kind: str, tests: Collection[str]) -> bool:
        """Whether it is for a specimen of a type, tested for these."""
        return (not self.types or kind in self.types) and (not self.tests or not set(self.tests).isdisjoint(tests))


@dataclass(frozen=True)
class ControlRange:
    """What a control of one lot is expected to measure. ``name`` is the sample's name on the instrument.

    Attributes:
        mean, sd: what a person set for this lot from enough of its values; none where nobody did.
        effective: its first day; none where it stands from its approval on.
        source: where the numbers are from, in words; of one that is taken out, why.
        taken_out: from its first day on nothing is expected of this control; its limit has no edges.
    """

    name: str
    lot: str
    limit: Limit
    mean: Decimal | None = None
    sd: Decimal | None = None
    effective: date | None = None
    source: str = ""
    taken_out: bool = False

    @property
    def of(self) -> tuple[str, Analyte, str, str]:
        """What it is the range of: of these one counts on a day, whatever its lot. No file says which was measured."""
        return self.name.casefold(), self.limit.of, self.limit.part, self.limit.method


@dataclass(frozen=True)
class QcLimits:
    """The rule set.

    Attributes:
        keeps_off_plates: whether a tube that fails a rule, and that nobody conceded, is left out of plates.
    """

    version: str
    rules: tuple[Rule, ...]
    controls: tuple[ControlRange, ...]
    keeps_off_plates: bool = False

    def on(self, day: date) -> tuple[Rule, ...]:
        """The rules of a day: of the versions of one rule that whose day came last, of one day the one written last."""
        found: dict[str, Rule] = {}
        for one in self.rules:
            since, before = one.effective or date.min, found.get(one.name)
            if since <= day and (before is None or since >= (before.effective or date.min)):
                found[one.name] = one
        return tuple(one for one in found.values() if one.limits)

    def at(self, day: date) -> QcLimits:
        """The rules and the ranges of controls that count on a day."""
        return replace(self, rules=self.on(day), controls=self.controls_on(day))

    def controls_on(self, day: date) -> tuple[ControlRange, ...]:
        """The ranges of a day: of those of one control by one method that whose day came last."""
        found: dict[object, ControlRange] = {}
        for one in self.controls:
            since, before = one.effective or date.min, found.get(one.of)
            if since <= day and (before is None or since >= (before.effective or date.min)):
                found[one.of] = one
        return tuple(one for one in found.values() if not one.taken_out)

    def not_passed(self, in_force: QcLimits, day: date) -> tuple[Rule, ...]:
        """Its rules, save for those whose place a later version took by a day: only old judgements name them."""
        approved = {(one.name, one.version) for one in in_force.rules}
        now = {(one.name, one.version) for one in in_force.on(day)}
        passed = {name for name in approved - now if (of := in_force.rule(*name)) and (of.effective or day) <= day}
        return tuple(one for one in self.rules if (one.name, one.version) not in passed)

    def rule(self, name: str, version: str) -> Rule | None:
        """The rule of that name and version."""
        return next((one for one in self.rules if (one.name, one.version) == (name, version)), None)

    def controls_named(self, sample: str) -> tuple[ControlRange, ...]:
        """The ranges of the control that a sample's name says it is."""
        wanted = sample.strip().casefold()
        return tuple(one for one in self.controls if one.name.casefold() == wanted)


def read_qc_limits(text: str) -> QcLimits:
    """The rule set.

    Args:
        text: TOML as in ``resources/rules/qc-limits.toml``.

    Raises:
        ValueError: when a rule has no limit and is not taken out, or stands twice, or a limit has no number or two that
            contradict.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    rules = tuple(_rule(one) for one in said.get("rule", []))
    names = [(one.name, one.version) for one in rules]
    if len(set(names)) < len(names):
        raise ValueError("each rule stands once in each version")
    controls = tuple(_control(one) for one in said.get("control", []))
    ranges = [(one.of, one.effective) for one in controls]
    if len(set(ranges)) < len(ranges):
        # No file says which lot was measured: of two ranges one would always be the wrong one.
        raise ValueError("each control stands with the one lot that is in use")
    keeps = said.get("keeps_off_plates", False)
    if not isinstance(keeps, bool):
        raise TypeError("keeps_off_plates is true or false")
    return QcLimits(str(said["version"]), rules, controls, keeps)


def _rule(said: dict[str, Any]) -> Rule:
    out = said.get("taken_out", False)
    limits = tuple(_limit(one) for one in said.get("limit", []))
    if not isinstance(out, bool) or bool(limits) is out:
        # A rule whose limits were forgotten must not look like one that somebody took out.
        raise ValueError(f"the rule {said['name']} has limits, or taken_out = true")
    return Rule(
        name=_text(said, "name"),
        version=_text(said, "version"),
        limits=limits,
        types=tuple(str(one) for one in said.get("types", [])),
        tests=tuple(str(one) for one in said.get("tests", [])),
        receiving=str(said.get("receiving", "")),
        effective=date.fromisoformat(said["effective"]) if said.get("effective") else None,
        source=str(said.get("source", "")),
    )


def _control(said: dict[str, Any]) -> ControlRange:
    mean, sd = _number(said, "mean"), _number(said, "sd")
    if (mean is None) is not (sd is None) or (sd is not None and sd <= 0):
        raise ValueError(f"the control {said['name']} has a mean and a spread above 0, or neither")
    out, effective = said.get("taken_out", False), said.get("effective")
    if not isinstance(out, bool) or (out and any(said.get(name) is not None for name in ("min", "max", "mean"))):
        raise ValueError(f"the control {said['name']} has a range, or taken_out = true")
    return ControlRange(
        name=_text(said, "name"),
        lot=_text(said, "lot"),
        limit=_limit(said, edges=not out),
        mean=mean,
        sd=sd,
        effective=date.fromisoformat(effective) if effective else None,
        source=str(said.get("source", "")),
        taken_out=out,
    )


def _text(said: dict[str, Any], name: str) -> str:
    value = said[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} is text, and not empty")
    return value.strip()


def _limit(said: dict[str, Any], *, edges: bool = True) -> Limit:
    low, high = _number(said, "min"), _number(said, "max")
    if edges and low is None and high is None:
        raise ValueError(f"the limit of {said['of']} has neither min nor max")
    if low is not None and high is not None and low > high:
        raise ValueError(f"the limit of {said['of']} has a min above its max")
    named = {name: str(said.get(name, "")) for name in ("unit", "method", "part")}
    return Limit(Analyte(said["of"]), low, high, **named)


def _number(said: dict[str, Any], name: str) -> Decimal | None:
    """A number is written as text, so that no digit of it is lost."""
    value = said.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f'{name} is written in quotes: {name} = "1.80"')
    try:
        number = Decimal(value)
    except InvalidOperation as fault:
        raise ValueError(f"{name} is a number, not {value}") from fault
    if not number.is_finite():
        raise ValueError(f"{name} is a number, not {value}")
    return number
