"""The rule set ``qc-limits`` written as text again, and changed limit by limit. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from devices.measured import Analyte
from gms_desktop.domain.readings.limits import ControlRange, Limit, QcLimits, Rule

UNITS = {
    Analyte.CONCENTRATION: "ng/uL",
    Analyte.VOLUME: "uL",
    Analyte.MASS: "g",
    Analyte.TOTAL: "ng",
    Analyte.A260_280: "",
    Analyte.A260_230: "",
    Analyte.DIN: "",
    Analyte.RIN: "",
    Analyte.GQN: "",
    Analyte.PERCENT_OF_TOTAL: "%",
}
"""What may be limited, with the one unit that readers convert it to."""


@dataclass(frozen=True)
class LimitSaid:
    """One limit as somebody wants it, with what its rule is for, from when, and where the number is from."""

    rule: str
    limit: Limit
    types: tuple[str, ...]
    tests: tuple[str, ...]
    receiving: str
    effective: date
    source: str


def with_limit(
    limits: QcLimits, said: LimitSaid, instead: tuple[Rule, int] | None, approved: Collection[tuple[str, str]]
) -> QcLimits:
    """The rule set with one limit changed or added.

    A version that was approved is never changed: the rule gets a new one beside it. One that is only proposed changes.

    Args:
        limits: what the change is made to.
        said: the limit as it is wanted.
        instead: the rule whose limit it replaces and that limit's place; none to add it to the rule of its name.
        approved: name and version of every rule that was approved.
    """
    newest = next((one for one in reversed(limits.rules) if one.name == said.rule), None)
    before = instead[0] if instead else newest
    kept = list(before.limits) if before else []
    if instead:
        kept[instead[1]] = said.limit
    else:
        kept.append(said.limit)
    version = before.version if before and _open(before, approved) else _next_version(limits, said.rule)
    made = Rule(said.rule, version, tuple(kept), said.types, said.tests, said.receiving, said.effective, said.source)
    others = tuple(one for one in limits.rules if one is not before or not _open(one, approved))
    return replace(limits, rules=(*others, made))


def without_limit(
    limits: QcLimits, out: tuple[Rule, int], effective: date, why: str, approved: Collection[tuple[str, str]]
) -> QcLimits:
    """The rule set without one limit, from a day on; the last limit of a rule takes the rule out.

    Args:
        limits: what the change is made to.
        out: the rule, and the place of the limit in it.
        effective: the first day without it.
        why: in words.
        approved: name and version of every rule that was approved: what was never in force leaves nothing behind.
    """
    rule, place = out
    kept = (*rule.limits[:place], *rule.limits[place + 1 :])
    others = tuple(one for one in limits.rules if one is not rule or not _open(one, approved))
    if not kept and not any(name == rule.name for name, _ in approved):
        return replace(limits, rules=others)
    version = rule.version if _open(rule, approved) else _next_version(limits, rule.name)
    source = "; ".join(one for one in (rule.source, why) if one) if kept else why
    made = replace(rule, version=version, limits=kept, effective=effective, source=source)
    return replace(limits, rules=(*others, made))


def with_control(
    limits: QcLimits, made: ControlRange, instead: ControlRange | None, approved: Collection[ControlRange]
) -> QcLimits:
    """The rule set with a control's range changed or added.

    One that was approved stays beside it and counts until the new one's first day; of one day the new one counts.

    Args:
        limits: what the change is made to.
        made: the range as it is wanted.
        instead: the one that was changed; none where a new one was entered.
        approved: every range that was approved.
    """
    dropped = {instead} if instead is not None and instead not in approved else set()
    kept = (
        one for one in limits.controls if one not in dropped and (one.of, one.effective) != (made.of, made.effective)
    )
    return replace(limits, controls=(*kept, made))


def without_control(
    limits: QcLimits, out: ControlRange, effective: date, why: str, approved: Collection[ControlRange]
) -> QcLimits:
    """The rule set in which nothing is expected of a control from a day on; a draft leaves nothing behind."""
    if out not in approved:
        return replace(limits, controls=tuple(one for one in limits.controls if one is not out))
    limit = replace(out.limit, minimum=None, maximum=None)
    gone = ControlRange(out.name, out.lot, limit, effective=effective, source=why, taken_out=True)
    return with_control(limits, gone, None, approved)


def _open(rule: Rule, approved: Collection[tuple[str, str]]) -> bool:
    return (rule.name, rule.version) not in approved


def _next_version(limits: QcLimits, name: str) -> str:
    versions = {one.version for one in limits.rules if one.name == name}
    highest = max((int(one) for one in versions if one.isdecimal()), default=0)
    return str(max(highest, len(versions) if highest == 0 else 0) + 1)


def limits_text(limits: QcLimits, effective: str) -> str:
    """The rule set as the text that :func:`read_qc_limits` reads."""
    return "\n".join(_lines(limits, effective)) + "\n"


def _lines(limits: QcLimits, effective: str) -> Iterator[str]:
    yield 'name = "qc-limits"'
    yield f"version = {_quoted(limits.version)}"
    yield f"effective = {_quoted(effective)}"
    yield f"keeps_off_plates = {'true' if limits.keeps_off_plates else 'false'}"
    for rule in limits.rules:
        yield from _rule(rule)
    for control in limits.controls:
        yield from _control(control)


def _rule(rule: Rule) -> Iterator[str]:
    yield "\n[[rule]]"
    yield f"name = {_quoted(rule.name)}"
    yield f"version = {_quoted(rule.version)}"
    yield f"types = {_list(rule.types)}"
    yield f"tests = {_list(rule.tests)}"
    yield f"receiving = {_quoted(rule.receiving)}"
    if rule.effective is not None:
        yield f"effective = {_quoted(rule.effective.isoformat())}"
    yield f"source = {_quoted(rule.source)}"
    if not rule.limits:
        yield "taken_out = true"
    for limit in rule.limits:
        yield "[[rule.limit]]"
        yield from _limit(limit)


def _control(control: ControlRange) -> Iterator[str]:
    yield "\n[[control]]"
    yield f"name = {_quoted(control.name)}"
    yield f"lot = {_quoted(control.lot)}"
    if control.effective is not None:
        yield f"effective = {_quoted(control.effective.isoformat())}"
    if control.source:
        yield f"source = {_quoted(control.source)}"
    if control.taken_out:
        yield "taken_out = true"
    yield from _limit(control.limit)
    for name, number in (("mean", control.mean), ("sd", control.sd)):
        if number is not None:
            yield f"{name} = {_quoted(format(number, 'f'))}"


def _limit(limit: Limit) -> Iterator[str]:
    yield f"of = {_quoted(limit.of.value)}"
    for name, number in (("min", limit.minimum), ("max", limit.maximum)):
        if number is not None:
            yield f"{name} = {_quoted(format(number, 'f'))}"
    for name, text in (("unit", limit.unit), ("method", limit.method), ("part", limit.part)):
        if text:
            yield f"{name} = {_quoted(text)}"


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(_quoted(one) for one in texts)}]"


def _quoted(text: str) -> str:
    """A TOML basic string: its escapes are those of JSON, save that DEL is escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
