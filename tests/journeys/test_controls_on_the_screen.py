"""Ranges of controls at Measure: entered by form, proposed by one person, approved by another, from a first day on."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import OKAFOR, WAIT_S, BenchTop
from measure_work import FIRST, approves, line, opens, qubit_file, tube, view
from people_at_work import NOVAK, added, works
from test_limits_on_the_screen import approves_on_screen

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Answer

FORM = {
    "name": "QC1",
    "lot": "L78",
    "min": "19",
    "max": "21",
    "mean": "20.1",
    "sd": "0.4",
    "unit": "ng/µL",
    "method": "Qubit",
    "effective": "2026-11-23",
    "source": "EXAMPLE certificate",
}
DAY_S = 24 * 3600


def says_range(bench: BenchTop, key: str = "", **changed: str) -> Verdict:
    """Enter the form of one control."""
    bench.asks_for(Command.CHANGE_LIMIT if key else Command.CHANGE_CONTROL, key)
    answer = Answer(("concentration",), "", tuple((FORM | changed).items()), key)
    return bench.bench.command(Command.CHANGE_CONTROL, answer, key).result(WAIT_S).verdict


def controls(bench: BenchTop) -> list[tuple[str, str]]:
    return [(one.sample, one.said) for one in view(bench).lines if one.tube == "control of runs"]


def opened(bench: BenchTop, tmp_path: Path, value: str, name: str) -> str:
    """A run with the control is opened; what is said of the file."""
    bench.asks_for(Command.RUN_ASIDE)
    bench.asks_for(Command.RUN_ASIDE)
    return opens(bench, qubit_file(tmp_path, line("QC1", value), line(FIRST, "50"), name=name)).title


@pytest.fixture
def people(bench: BenchTop) -> BenchTop:
    """A biomedical scientist works beside the administrator, who is signed in."""
    works(bench, OKAFOR)
    added(bench, NOVAK)
    return bench


def test_a_controls_range_is_entered_proposed_by_one_and_approved_by_another(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    tube(bench)
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    said = says_range(bench)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Not proposed yet")
    [(range_, rule)] = controls(bench)
    assert range_ == "concentration 19 to 21 ng/µL, mean 20.1, SD 0.4"
    assert rule == "control QC1, lot L78, from 23-Nov-2026, not proposed yet"
    assert bench.asks_for(Command.PROPOSE_LIMITS).title == "Proposed"
    assert approves_on_screen(bench).title == "Another person"
    works(bench, OKAFOR)
    assert approves_on_screen(bench).title == "Approved"
    assert opened(bench, tmp_path, "12", "low.csv") == "Control out of range"
    assert opened(bench, tmp_path, "20", "good.csv") != "Control out of range"


def test_the_next_lot_counts_from_its_first_day_on(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    approves(bench)
    tube(bench)
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    [now] = [one for one in view(bench).lines if one.tube == "control of runs"]
    assert now.said == "control QC1, lot L77, from its approval"
    said = says_range(bench, now.key, effective="2026-12-01", method="")
    assert said.title == "Not proposed yet", said
    bench.asks_for(Command.PROPOSE_LIMITS)
    works(bench, OKAFOR)
    approves_on_screen(bench)
    assert [rule for _, rule in controls(bench)] == [
        "control QC1, lot L77, from its approval",
        "control QC1, lot L78, from 01-Dec-2026",
    ]
    assert opened(bench, tmp_path, "10", "before.csv") != "Control out of range"
    bench.clock.forward(9 * DAY_S)
    works(bench, NOVAK)
    assert opened(bench, tmp_path, "10", "before.csv") == "Control out of range"
    assert opened(bench, tmp_path, "20", "after.csv") != "Control out of range"
    bench.asks_for(Command.RUN_ASIDE)
    bench.asks_for(Command.SHOW_LIMITS)
    assert [rule for _, rule in controls(bench)] == ["control QC1, lot L78, from 01-Dec-2026"]


def test_a_change_says_which_controls_of_late_it_would_have_judged_otherwise(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    approves(bench)
    tube(bench)
    for name, value in (("a", "9.5"), ("b", "10.4")):
        opens(
            bench, qubit_file(tmp_path, line("QC1", value, run=name), line(FIRST, "50", run=name), name=f"{name}.csv")
        )
        assert bench.asks_for(Command.SAVE_RUN).title == "Saved"
    bench.asks_for(Command.SHOW_LIMITS)
    said = says_range(bench, "control|0|QC1", min="10", max="11", method="")
    assert said.sentence.startswith("1 reading of a control in the last 30 days would be judged otherwise.")
    [shown] = view(bench).runs
    assert (shown.sample, shown.said) == (
        "control QC1, lot L78",
        "now as expected; then concentration below minimum",
    )


def test_a_control_is_taken_out_from_a_day_on_with_a_reason(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    approves(bench)
    tube(bench)
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    [now] = [one for one in view(bench).lines if one.tube == "control of runs"]
    bench.asks_for(Command.TAKE_LIMIT_OUT)
    said = bench.says(Command.TAKE_LIMIT_OUT, now.key, effective="2026-11-23", why="No longer made")
    assert said.title == "Not proposed yet", said
    bench.asks_for(Command.PROPOSE_LIMITS)
    works(bench, OKAFOR)
    approves_on_screen(bench)
    assert opened(bench, tmp_path, "2", "low.csv") != "Control out of range"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"name": ""}, "Name the control as the instrument's files name the sample."),
        ({"lot": ""}, "Enter the lot."),
        ({"mean": ""}, "Enter a mean and a standard deviation above 0, or neither."),
        ({"sd": "0"}, "Enter a mean and a standard deviation above 0, or neither."),
        ({"min": "", "max": ""}, "Enter a minimum or a maximum, or both."),
        ({"source": ""}, "Say where the number is from."),
        ({"effective": "2026-11-22"}, "The first day is 23-Nov-2026 or later, written so. “2026-11-22” is not."),
    ],
)
def test_a_range_that_would_hold_nothing_or_anything_is_asked_again(
    bench: BenchTop, changed: dict[str, str], problem: str
) -> None:
    bench.asks_for(Command.SHOW_LIMITS)
    says_range(bench, **changed)
    question = view(bench).question
    assert question is not None
    assert problem in question.problems
    assert controls(bench) == []
