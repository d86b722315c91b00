"""Every way a run or a weight can be odd has a sentence of its own that says what to do."""

import re

import pytest

from devices.instruments.mapped.profile import ProfileDefect, ProfileProblem
from devices.measured import RefusedRun, RunDefect, RunFinding, RunRefusal
from devices.values import Weighing
from gms_desktop import balance_words, instrument_words

NEVER_SAID = re.compile(r"\b(invalid|error|please|sorry|failed|illegal|oops|unfortunately)\b", re.IGNORECASE)


def sentences() -> list[str]:
    return [
        *(instrument_words.finding(RunFinding(each, (4,), "A1")) for each in RunDefect),
        *(instrument_words.refused_run("r.csv", RefusedRun("Qubit", "Qubit 4", each)) for each in RunRefusal),
        *(instrument_words.refused_run("r.csv", RefusedRun("", "", each)) for each in RunRefusal),
        *(instrument_words.profile_problem(ProfileProblem(each, "name", "x", ("y",))) for each in ProfileDefect),
        *balance_words._STATES.values(),
    ]


def test_every_state_of_a_balance_has_a_sentence_of_its_own() -> None:
    assert set(balance_words._STATES) == set(Weighing)
    assert len(set(balance_words._STATES.values())) == len(Weighing)


@pytest.mark.parametrize("said", sentences())
def test_no_sentence_blames_begs_or_stops_short(said: str) -> None:
    assert not NEVER_SAID.search(said)
    assert said.endswith(".")
    assert ".." not in said
