"""The form of one limit: what stands in it at first, and what somebody entered, read and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from devices.measured import Analyte
from gms_desktop import limit_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.limits import Limit, QcLimits, Rule
from gms_desktop.domain.readings.limits_text import UNITS, LimitSaid
from gms_desktop.journal.database import Database
from gms_desktop.services import specimen_lists, test_directory
from gms_desktop.services.views import Answer, Choice, Question

_LONGEST = 120


@dataclass
class Form:
    """What was entered, and what is missing or odd in it."""

    db: Database
    said: dict[str, str]
    problems: list[str] = field(default_factory=list)


def key(rule: Rule, place: int) -> str:
    """Names a limit on the screen."""
    return f"{place}|{rule.version}|{rule.name}"


def limit_of(limits: QcLimits, key: str) -> tuple[Rule, int] | None:
    """The limit that a key names; none where it is not there any more."""
    place, _, rest = key.partition("|")
    version, _, name = rest.partition("|")
    rule = limits.rule(name, version)
    return (rule, int(place)) if rule and place.isdecimal() and int(place) < len(rule.limits) else None


def question(instead: tuple[Rule, int] | None, answer: Answer | None, problems: tuple[str, ...], day: date) -> Question:
    """Ask for a limit, with what stands now."""
    rule, limit = (instead[0], instead[0].limits[instead[1]]) if instead else (None, None)
    return Question(
        Command.CHANGE_LIMIT,
        limit_words.asks(rule.name if rule else ""),
        tuple(Choice(of.value, f"{of.value} {unit}".strip()) for of, unit in UNITS.items()),
        many=False,
        # A rule keeps its name: old judgements and its versions are found by it.
        fields=limit_words.FIELDS[1:] if instead else limit_words.FIELDS,
        confirm="Look whom it changes",
        problems=problems,
        subject=key(*instead) if instead else "",
        values=answer.fields if answer else tuple(_values(rule, limit, day).items()),
        chosen=answer.choices if answer else ((limit.of.value,) if limit else ()),
    )


def _values(rule: Rule | None, limit: Limit | None, day: date) -> dict[str, str]:
    found = {"effective": dates.display(max(day, rule.effective) if rule and rule.effective else day)}
    if rule is not None:
        found |= {"rule": rule.name, "types": ", ".join(rule.types), "tests": ", ".join(rule.tests)}
        found |= {"receiving": rule.receiving, "source": rule.source}
    if limit is not None:
        edges = {"min": limit.minimum, "max": limit.maximum}
        found |= {name: format(edge, "f") for name, edge in edges.items() if edge is not None}
        found |= {"unit": limit.unit, "method": limit.method, "part": limit.part}
    return found


def rule_named(answer: Answer | None) -> str:
    """The rule that was named in the form; empty where none was."""
    return " ".join(dict(answer.fields).get("rule", "").split())[:_LONGEST] if answer else ""


def read(
    db: Database, answer: Answer, instead: tuple[Rule, int] | None, today: date
) -> tuple[LimitSaid | None, tuple[str, ...]]:
    """What was entered as a limit, or why it is none."""
    form = form_of(db, answer)
    limit, types, tests = limit_in(form, answer), _types(form), _tests(form)
    first = dates.read_day(form.said.get("effective", ""))
    if first is None or first < today:
        form.problems.append(limit_words.first_day(form.said.get("effective", ""), today))
    rule = instead[0].name if instead else form.said.get("rule", "")
    if not rule:
        form.problems.append(limit_words.NEEDS_RULE)
    if not form.said.get("source"):
        form.problems.append(limit_words.NEEDS_SOURCE)
    if form.problems or limit is None or first is None:
        return None, tuple(form.problems)
    receiving, source = form.said.get("receiving", ""), form.said["source"]
    return LimitSaid(rule, limit, types, tests, receiving, first, source), ()


def form_of(db: Database, answer: Answer) -> Form:
    """What was entered, each field in one line."""
    return Form(db, {name: " ".join(value.split())[:_LONGEST] for name, value in answer.fields})


def limit_in(form: Form, answer: Answer) -> Limit | None:
    """The limit in a form; what is odd of it is added to the form's problems."""
    of = next((one for one in UNITS if one.value in answer.choices), None)
    low, high = number(form, "min", "minimum"), number(form, "max", "maximum")
    if of is None:
        form.problems.append(limit_words.NEEDS_QUANTITY)
        return None
    if not form.said.get("min") and not form.said.get("max"):
        form.problems.append(limit_words.NEEDS_EDGE)
    if low is not None and high is not None and low > high:
        form.problems.append(limit_words.TURNED)
    return Limit(of, low, high, _unit(form, of), form.said.get("method", ""), form.said.get("part", ""))


def _unit(form: Form, of: Analyte) -> str:
    """The one unit that readers convert to: a limit in another would judge nothing."""
    said = form.said.get("unit", "").replace("µ", "u").replace("μ", "u")
    if said and said.casefold() != UNITS[of].casefold():
        form.problems.append(limit_words.not_the_unit(of.value, UNITS[of]))
    return UNITS[of]


def number(form: Form, name: str, words: str) -> Decimal | None:
    """The number in a field; none where it is empty, or is no number and so a problem."""
    text = form.said.get(name, "")
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0 or not text.isascii() or "_" in text:
        form.problems.append(limit_words.not_a_number(words, text))
        return None
    return found


def _types(form: Form) -> tuple[str, ...]:
    """Specimen types as the laboratory's list writes them: judgement compares them letter by letter."""
    known, found = specimen_lists.types(form.db), []
    for written in _each(form, "types"):
        one = known.find(written)
        if one is None:
            form.problems.append(limit_words.no_such_type(written))
        else:
            found.append(one.words)
    return tuple(dict.fromkeys(found))


def _tests(form: Form) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(_each(form, "tests")))
    for one in found:
        told = test_directory.told(form.db, one)
        if told is not None and told.finding is not None and told.unknown:
            form.problems.append(limit_words.no_such_test(one))
    return found


def _each(form: Form, name: str) -> Iterator[str]:
    return (part.strip() for part in form.said.get(name, "").split(",") if part.strip())
