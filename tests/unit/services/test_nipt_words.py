"""Every problem and finding about NIPT has its sentence, and says what to do."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gms_desktop import nipt_words
from gms_desktop.domain.findings import Severity
from gms_desktop.domain.nipt import findings, form, judgement, result, samples
from gms_desktop.domain.nipt.codes import Outcome
from gms_desktop.domain.nipt.findings import Found
from gms_desktop.domain.nipt.result import Result, Then

NEVER_SAID = re.compile(r"\b(invalid|please|sorry|oops)\b", re.IGNORECASE)
CODES = {
    value
    for module in (form, judgement, result, samples, nipt_words)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str) and value.startswith("nipt-")
}


def test_every_problem_has_its_sentence() -> None:
    assert nipt_words.PROBLEMS.keys() == CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_problem_is_told_without_blame_and_ends(code: str) -> None:
    said = nipt_words.problem(code)
    assert said[0].isupper() or said[0] == "“"
    assert said.endswith(".")
    assert NEVER_SAID.search(said) is None


@pytest.mark.parametrize("code", sorted(findings.CODES))
def test_a_finding_names_its_item_and_never_the_value(code: str) -> None:
    said = nipt_words.found(Found("SAMPLE DATE", code, Severity.WARN, "RECEIVED DATE"))
    assert said.startswith("SAMPLE DATE ")
    assert said.endswith(".")
    assert NEVER_SAID.search(said) is None
    assert "{" not in said


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2024, 1, 1), date(2027, 12, 31), "the years 2024 to 2027 (01-Jan-2024 to 31-Dec-2027)"),
        (date(2026, 4, 1), date(2027, 3, 31), "01-Apr-2026 to 31-Mar-2027"),
    ],
)
def test_a_calendar_says_what_it_covers_and_whole_years_only_where_they_are(
    since: date, until: date, said: str
) -> None:
    assert nipt_words.covered(since, until) == said


def test_an_outcome_is_read_back_whole() -> None:
    told = Result(Outcome.RESULT, results={"T21": "1", "T18": "2", "T13": "3"}, reported=date(2026, 10, 5))
    said = "Result, T21 higher chance, T18 lower chance, T13 no result, reported 05-Oct-2026"
    assert nipt_words.outcome_said(told) == said
    none = Result(Outcome.NO_RESULT, no_result="1", then=Then.AFTER_TWO)
    assert nipt_words.outcome_said(none) == "No result, DNA extraction, no result after two samples"
