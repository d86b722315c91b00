"""Every problem and finding about NIPT has its sentence, and says what to do."""

from __future__ import annotations

import re

import pytest

from gms_desktop import nipt_words
from gms_desktop.domain.findings import Severity
from gms_desktop.domain.nipt import findings, form, judgement, result, samples
from gms_desktop.domain.nipt.findings import Found

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
