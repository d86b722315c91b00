"""The form of a control's range: what stands in it at first, and what somebody entered, read and checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gms_desktop import limit_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.limits import ControlRange, Limit, QcLimits
from gms_desktop.domain.readings.limits_text import UNITS
from gms_desktop.journal.database import Database
from gms_desktop.services import limit_form
from gms_desktop.services.views import Answer, Choice, Question

_KEY = "control"


def is_key(key: str) -> bool:
    """Whether a line of the screen is a control's."""
    return key.partition("|")[0] == _KEY


def key(limits: QcLimits, control: ControlRange) -> str:
    """Names a range on the screen."""
    return f"{_KEY}|{limits.controls.index(control)}|{control.name}"


def control_of(limits: QcLimits, named: str) -> ControlRange | None:
    """The range that a key names; none where it is not there any more."""
    return next((one for one in limits.controls if named and key(limits, one) == named), None)


def question(
    limits: QcLimits, instead: ControlRange | None, answer: Answer | None, problems: tuple[str, ...], day: date
) -> Question:
    """Ask for a range, with what stands now."""
    return Question(
        Command.CHANGE_CONTROL,
        limit_words.asks_control(instead.name if instead else ""),
        tuple(Choice(of.value, f"{of.value} {unit}".strip()) for of, unit in UNITS.items()),
        many=False,
        # A control keeps its name: its chart and what runs were held for are found by it.
        fields=limit_words.CONTROL_FIELDS[1:] if instead else limit_words.CONTROL_FIELDS,
        confirm="Look at the change",
        problems=problems,
        subject=key(limits, instead) if instead else "",
        values=answer.fields if answer else tuple(_values(instead, day).items()),
        chosen=answer.choices if answer else ((instead.limit.of.value,) if instead else ()),
    )


def _values(instead: ControlRange | None, day: date) -> dict[str, str]:
    found = {"effective": dates.display(max(day, instead.effective) if instead and instead.effective else day)}
    if instead is None:
        return found
    limit = instead.limit
    numbers = {"min": limit.minimum, "max": limit.maximum, "mean": instead.mean, "sd": instead.sd}
    found |= {name: format(edge, "f") for name, edge in numbers.items() if edge is not None}
    found |= {"name": instead.name, "lot": instead.lot, "unit": limit.unit, "method": limit.method}
    return found | {"part": limit.part, "source": instead.source}


def read(
    db: Database, answer: Answer, instead: ControlRange | None, today: date, approved: tuple[ControlRange, ...]
) -> tuple[ControlRange | None, tuple[str, ...]]:
    """What was entered as a control's range, or why it is none."""
    form = limit_form.form_of(db, answer)
    limit, said = limit_form.limit_in(form, answer), form.said
    name, lot = instead.name if instead else said.get("name", ""), said.get("lot", "")
    mean, sd = limit_form.number(form, "mean", "mean"), limit_form.number(form, "sd", "standard deviation")
    if not name:
        form.problems.append(limit_words.NEEDS_CONTROL)
    if not lot:
        form.problems.append(limit_words.NEEDS_LOT)
    if bool(said.get("mean")) is not bool(said.get("sd")) or sd == 0:
        form.problems.append(limit_words.NEEDS_BOTH)
    if not said.get("source"):
        form.problems.append(limit_words.NEEDS_SOURCE)
    made = _dated(form, _range(name, lot, limit, mean, sd), today, approved)
    return (None, tuple(form.problems)) if form.problems else (made, ())


def _range(name: str, lot: str, limit: Limit | None, mean: Decimal | None, sd: Decimal | None) -> ControlRange | None:
    return ControlRange(name, lot, limit, mean, sd) if limit is not None else None


def _dated(
    form: limit_form.Form, made: ControlRange | None, today: date, approved: tuple[ControlRange, ...]
) -> ControlRange | None:
    """With its first day: before that of a range that was approved, that one would come back."""
    if made is None:
        return None
    first, day = first_day(made, today, approved), dates.read_day(form.said.get("effective", ""))
    if day is None or day < first:
        form.problems.append(limit_words.first_day(form.said.get("effective", ""), first))
    return replace(made, effective=day, source=form.said.get("source", ""))


def first_day(control: ControlRange, today: date, approved: tuple[ControlRange, ...]) -> date:
    """The first day that a change of a control's range may have."""
    return max([today, *(one.effective for one in approved if one.of == control.of and one.effective)])
