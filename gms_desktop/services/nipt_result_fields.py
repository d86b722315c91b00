"""What is typed and chosen about the outcome of a NIPT sample, read into a result; no unit and no year is assumed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from gms_desktop import nipt_words
from gms_desktop.domain import dates
from gms_desktop.domain.nipt import codes
from gms_desktop.domain.nipt import table_one as t
from gms_desktop.domain.nipt.codes import Acceptance, Outcome
from gms_desktop.domain.nipt.result import Result, Then
from gms_desktop.services.nipt_fields import Reading
from gms_desktop.services.views import Answer

Fields = tuple[tuple[str, str], ...]
THEN = {"1": Then.REPEAT_ASKED.value, "2": Then.AFTER_TWO.value}
_RESULT, _REPORTED, _AUTHORISED, _RUNS, _FRACTION = "result", "reported", "authorised", "runs", "fraction"
_THEN, _REPEAT = "then", "repeat"
_SCORES = (t.Z_SCORE, t.LIKELIHOOD, t.POSTERIOR)
_SCORE_WORDS = ("Z score", "likelihood ratio", "posterior risk")
_FETAL_FRACTION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(%|of 1)", re.IGNORECASE)
_DAYS = ((_REPORTED, "Reported to the maternity service on"), (_AUTHORISED, "Result authorised on"))
_OF_TEST = ((_RUNS, "Runs completed"), (_FRACTION, "Fetal fraction, with its unit"))


def fields(outcome: Outcome, acceptance: Acceptance, trisomies: Sequence[str]) -> Fields:
    """What is asked for with an outcome, each with its label: results of those trisomies only that were tested for."""
    match outcome:
        case Outcome.RESULT:
            asked = tuple((f"{_RESULT} {one}", f"{one}: {_listed(codes.RESULTS)}") for one in trisomies)
            return (*asked, *_DAYS, *_OF_TEST, *_score_fields(trisomies))
        case Outcome.NO_RESULT:
            return ((_THEN, f"What was asked or told with it: {_listed(THEN)}"), *_DAYS, *_OF_TEST)
    repeat = ((_REPEAT, "Repeat blood asked for with it: yes or no"),) if acceptance is Acceptance.REJECTED else ()
    return (*_DAYS[:1], *repeat)


def _listed(table: dict[str, str] | codes.Codes) -> str:
    return ", ".join(f"{code} {said[:1].lower()}{said[1:]}" for code, said in table.items())


def _score_fields(trisomies: Sequence[str]) -> Fields:
    return tuple(
        (table[one], f"{one} {said}, where available")
        for table, said in zip(_SCORES, _SCORE_WORDS, strict=True)
        for one in trisomies
    )


def read(outcome: Outcome, trisomies: Sequence[str], answer: Answer, today: date) -> tuple[Result, tuple[str, ...]]:
    """A result, with the problems of what could not be read, a stable code for each.

    Args:
        outcome: what testing came to.
        trisomies: that were tested for.
        answer: the fields as typed, and the reason for no result as it was chosen.
        today: no day after it is taken.
    """
    reading = Reading(dict(answer.fields))
    chosen = next((code for code in codes.NO_RESULT_REASONS if code in answer.choices), "")
    fraction, unit = _fraction(reading)
    result = Result(
        outcome=outcome,
        no_result=chosen if outcome is Outcome.NO_RESULT else "",
        results=_results(reading, trisomies),
        scores={column: reading.text(column) for table in _SCORES for column in table.values() if reading.text(column)},
        fetal_fraction=fraction,
        fraction_unit=unit,
        runs=reading.whole(_RUNS, nipt_words.RUNS_UNREADABLE),
        authorised=reading.day(_AUTHORISED),
        reported=reading.day(_REPORTED),
        then=_then(reading),
    )
    if any(day > today for day in (result.authorised, result.reported) if day):
        reading.problems.append(nipt_words.REPORTED_IN_FUTURE)
    return result, tuple(dict.fromkeys(reading.problems))


def _results(reading: Reading, trisomies: Sequence[str]) -> dict[str, str]:
    problem = nipt_words.RESULT_NOT_CHOSEN
    said = {one: reading.code(f"{_RESULT} {one}", codes.RESULTS, problem) for one in trisomies}
    return {one: code for one, code in said.items() if code}


def _then(reading: Reading) -> Then | None:
    if reading.one_of(_REPEAT, {"yes": True, "no": False}):
        return Then.REPEAT_ASKED
    code = reading.code(_THEN, THEN, nipt_words.RESULT_NOT_CHOSEN)
    return Then(THEN[code]) if code else None


def _fraction(reading: Reading) -> tuple[str, str]:
    text = reading.text(_FRACTION)
    match = _FETAL_FRACTION.fullmatch(text)
    if match is None:
        if text:
            reading.problems.append(nipt_words.FRACTION_UNREADABLE)
        return "", "%"
    return match[1], "%" if match[2] == "%" else "1"


def as_said(result: Result) -> Fields:
    """A result as it would be typed into the fields."""
    said = {
        **{f"{_RESULT} {one}": codes.RESULTS[code].lower() for one, code in result.results.items() if code},
        **result.scores,
        _REPORTED: dates.display(result.reported) if result.reported else "",
        _AUTHORISED: dates.display(result.authorised) if result.authorised else "",
        _RUNS: "" if result.runs is None else str(result.runs),
        _FRACTION: f"{result.fetal_fraction} {'%' if result.fraction_unit == '%' else 'of 1'}",
        _THEN: result.then.value if result.then else "",
        _REPEAT: "yes" if result.then is Then.REPEAT_ASKED else "",
    }
    if not result.fetal_fraction:
        del said[_FRACTION]
    return tuple((name, value) for name, value in said.items() if value)
