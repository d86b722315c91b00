"""The form that takes a limit out: which one, from when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gms_desktop import limit_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.limits import QcLimits
from gms_desktop.services import control_form
from gms_desktop.services.limit_form import key
from gms_desktop.services.views import Answer, Choice, Question

_LONGEST = 120


def choices(limits: QcLimits, in_force: QcLimits, today: date) -> Mapping[str, str]:
    """Each limit that may be taken out, in words by its key: none of a version that a later one took the place of."""
    found = dict[str, str]()
    for rule in limits.not_passed(in_force, today):
        named = limit_words.of_rule(rule.name, rule.version)
        found |= {key(rule, place): f"{limit_words.line(one)}, {named}" for place, one in enumerate(rule.limits)}
    for one in limits.controls:
        if not one.taken_out and (one in limits.controls_on(today) or (one.effective or today) > today):
            named = limit_words.control(one.name, one.lot)
            found[control_form.key(limits, one)] = f"{limit_words.line(one.limit)}, {named}"
    return found


def question(
    known: Mapping[str, str], answer: Answer | None, problems: tuple[str, ...], first: tuple[str, date]
) -> Question:
    """Ask which limit is taken out; ``first``: the limit that is chosen at first, and the first day at first."""
    chosen, day = first
    return Question(
        Command.TAKE_LIMIT_OUT,
        limit_words.WHICH_OUT,
        tuple(Choice(one, words) for one, words in known.items()),
        many=False,
        fields=limit_words.OUT_FIELDS,
        confirm="Look whom it changes",
        problems=problems,
        values=answer.fields if answer else (("effective", dates.display(day)),),
        chosen=answer.choices if answer else ((chosen,) if chosen in known else ()),
    )


def read(answer: Answer, out: object | None, first: date) -> tuple[tuple[date, str] | None, tuple[str, ...]]:
    """From when and why, or what is missing."""
    said = {name: " ".join(value.split())[:_LONGEST] for name, value in answer.fields}
    day, why = dates.read_day(said.get("effective", "")), said.get("why", "")
    problems = [] if out else [limit_words.NEEDS_LIMIT]
    if day is None or day < first:
        problems.append(limit_words.first_day(said.get("effective", ""), first))
    if not why:
        problems.append(limit_words.NEEDS_WHY)
    return (None if problems or day is None else (day, why)), tuple(problems)
