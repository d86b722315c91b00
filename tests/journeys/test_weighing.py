"""A tube is scanned, laid on the bench's balance and weighed: only a weight at rest, with its unit, is recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bench_top import WAIT_S, BenchTop
from measure_work import FIRST, RULE, SECOND, approves, scans, tube, view
from rack_work import ANOTHER

from devices.balances import balance as balances
from devices.balances.balance import Patience
from devices.simulators.balance import SimulatedBalance
from gms_desktop import balances as at_the_bench
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.measure_desk import MeasureDesk
from gms_desktop.settings import BalanceSettings

MASS = RULE.replace("[[control]]", '[[rule.limit]]\nof = "mass"\nmin = "0.010"\nmax = "0.025"\nunit = "g"\n[[control]]')


@pytest.fixture(params=["mt-sics", "sbi"])
def balance(request: pytest.FixtureRequest, bench: BenchTop, tmp_path: Path) -> Iterator[SimulatedBalance]:
    with SimulatedBalance(tmp_path, request.param) as made:
        # A pty knows no parity.
        at = BalanceSettings(request.param, made.url, parity="N")
        bench.bench.settings = replace(bench.bench.settings, balance=at)
        yield made


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balances.Balance.__init__, "__defaults__", (Patience(0.3, 0.02, 0.02),))
    monkeypatch.setattr(at_the_bench, "REST_S", 0.4)


def weighs(bench: BenchTop, before_it_is_said: str = "") -> Verdict:
    """The person presses Weigh; another tube may be scanned while the pan comes to rest."""
    desk = MeasureDesk(bench.bench)
    of, asked = desk.ask_balance()
    if before_it_is_said:
        scans(bench, before_it_is_said)
    return desk.weigh(of, asked).result(WAIT_S).verdict


def recorded(bench: BenchTop) -> list[dict[str, Any]]:
    return [json.loads(row["quantities"])[0] for row in bench.rows("SELECT quantities FROM reading")]


def measured(bench: BenchTop, code: str) -> list[str]:
    shown = bench.looks_up(code).find
    assert shown is not None
    return [said for label, said in shown.facts if label == "Measured"]


def test_a_weight_at_rest_is_recorded_for_the_tube_that_was_scanned_with_the_balances_own_line(
    bench: BenchTop, balance: SimulatedBalance
) -> None:
    tube(bench)
    balance.lay("0.0213")
    assert scans(bench, FIRST).title == "Tube"
    assert view(bench).heading == f"Lay {FIRST} on the balance, and weigh"
    said = weighs(bench)
    assert (said.kind, said.title, said.sentence) == (
        VerdictKind.FINISHED,
        "Weighed",
        f"{FIRST}: 0.0213 g. No rule.",
    )
    [cell] = recorded(bench)
    assert (cell["analyte"], cell["value"], cell["unit"], cell["raw_unit"]) == ("mass", "0.0213", "g", "g")
    assert cell["raw"] in {"S S     0.0213 g", "+   0.0213 g  "}
    assert measured(bench, FIRST) == ["mass 0.0213 g, no rule, Balance, serial B021002593"]
    assert view(bench).runs == ()
    # One scan, one weight: for the next the tube is scanned again.
    assert weighs(bench).title == "Scan it first"
    assert bench.asks_for(Command.UNDO).title == "Undone"
    assert measured(bench, FIRST) == []


def test_a_specimen_is_weighed_as_a_tube_is(bench: BenchTop, balance: SimulatedBalance) -> None:
    number = tube(bench)
    balance.lay("12.5")
    scans(bench, number)
    assert weighs(bench).sentence.startswith(f"{number}: 12.5 g.")


def test_a_weight_is_judged_by_the_laboratorys_rules(bench: BenchTop, balance: SimulatedBalance) -> None:
    approves(bench, MASS)
    tube(bench)
    for grams, title, words in (
        ("0.0213", "Weighed", "Meets rule eluate v3."),
        ("0.0313", "Outside its limits", "Above maximum 0.025 g of rule eluate v3."),
    ):
        balance.lay(grams)
        scans(bench, FIRST)
        said = weighs(bench)
        assert (said.title, said.sentence) == (title, f"{FIRST}: {grams} g. {words}")
    assert bench.count("reading.judged") == 2


def tares(bench: BenchTop) -> Verdict:
    """The person presses Tare with the empty container on the pan."""
    desk = MeasureDesk(bench.bench)
    return desk.tare(*desk.ask_tare()).result(WAIT_S).verdict


def test_what_is_put_into_a_tared_container_is_recorded_beside_what_the_container_weighs(
    bench: BenchTop, balance: SimulatedBalance
) -> None:
    approves(bench, MASS)
    tube(bench)
    assert tares(bench).title == "Scan it first"
    scans(bench, FIRST)
    balance.lay("1.2345")
    said = tares(bench)
    assert (said.title, said.sentence) == (
        "Tared",
        f"By 1.2345 g; it shows 0.0000 g. Put into it what is weighed of {FIRST}, then weigh.",
    )
    assert bench.count("reading.weighed") == 0
    balance.fill("0.0213")
    said = weighs(bench)
    assert said.sentence == f"{FIRST}: 0.0213 g beside its container of 1.2345 g. Meets rule eluate v3."
    [cells] = [json.loads(row["quantities"]) for row in bench.rows("SELECT quantities FROM reading")]
    assert [(one["value"], one["part"]) for one in cells] == [("0.0213", ""), ("1.2345", "tare")]
    assert "1.2345" in cells[1]["raw"]
    assert "mass 0.0213 g, meets rule eluate v3, Balance, serial B021002593" in measured(bench, FIRST)


def test_a_tare_is_of_the_thing_that_was_scanned_alone(bench: BenchTop, balance: SimulatedBalance) -> None:
    tube(bench)
    tube(bench, SECOND, ANOTHER)
    scans(bench, FIRST)
    balance.lay("1.2345")
    tares(bench)
    scans(bench, SECOND)
    balance.lay("0.5000")
    weighs(bench)
    [cells] = [json.loads(row["quantities"]) for row in bench.rows("SELECT quantities FROM reading")]
    assert [one["part"] for one in cells] == [""]


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        ({"moving": True}, "The pan has not come to rest"),
        ({"silent": True}, "The balance does not answer"),
        ({"deaf": True}, "The balance is busy|It still weighs the container: 1.2345 g, at rest."),
    ],
)
def test_a_balance_that_did_not_tare_is_said_and_nothing_counts_from_it(
    bench: BenchTop, balance: SimulatedBalance, faults: dict[str, bool], words: str
) -> None:
    tube(bench)
    scans(bench, FIRST)
    balance.lay("1.2345")
    balance.suffer(**faults)
    said = tares(bench)
    assert said.title == "Not tared"
    assert said.sentence.startswith(tuple(words.split("|")))
    assert bench.bench.desk.measure.tare is None


def test_a_weight_is_judged_by_the_version_of_its_day_alone(bench: BenchTop, balance: SimulatedBalance) -> None:
    later = MASS[MASS.index("[[rule]]") : MASS.index("[[control]]")]
    later = later.replace('version = "3"', 'version = "4"\neffective = "2026-12-20"').replace("0.010", "0.024")
    approves(bench, MASS.replace("[[control]]", f"{later}[[control]]"))
    tube(bench)
    balance.lay("0.0213")
    scans(bench, FIRST)
    assert weighs(bench).sentence == f"{FIRST}: 0.0213 g. Meets rule eluate v3."


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        ({"moving": True}, "The pan has not come to rest"),
        ({"overload": True}, "Too much lies on the pan."),
        ({"underload": True}, "The pan is missing or lifted."),
        ({"silent": True}, "The balance does not answer."),
        ({"half": True}, "What the balance sent is no weight"),
        ({"unit": "ct"}, "The balance weighs in “ct”. Set it to grams"),
    ],
    ids=lambda one: one if isinstance(one, str) else next(iter(one)),
)
def test_what_is_no_weight_at_rest_is_said_with_what_to_do_and_nothing_is_recorded(
    bench: BenchTop, balance: SimulatedBalance, faults: dict[str, Any], words: str
) -> None:
    tube(bench)
    balance.lay("0.0213")
    balance.suffer(**faults)
    scans(bench, FIRST)
    said = weighs(bench)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not weighed")
    assert said.sentence.startswith(words)
    assert said.sentence.endswith("Nothing was recorded.")
    assert recorded(bench) == []
    # The tube is still the one on the pan: once it is well, it is weighed.
    balance.lay("0.0213")
    assert weighs(bench).title == "Weighed"


@pytest.mark.parametrize("grams", ["0.0000", "-0.0002"])
def test_an_empty_pan_is_no_weight(bench: BenchTop, balance: SimulatedBalance, grams: str) -> None:
    tube(bench)
    balance.lay(grams)
    scans(bench, FIRST)
    assert weighs(bench).title == "Nothing on the pan"
    assert recorded(bench) == []


def test_a_tube_scanned_while_the_pan_comes_to_rest_never_gets_the_weight_of_the_one_before(
    bench: BenchTop, balance: SimulatedBalance
) -> None:
    tube(bench)
    tube(bench, SECOND, ANOTHER)
    balance.lay("0.0213")
    scans(bench, FIRST)
    said = weighs(bench, before_it_is_said=SECOND)
    assert (said.title, recorded(bench)) == ("Weigh again", [])
    assert weighs(bench).sentence.startswith(f"{SECOND}: 0.0213 g.")


def test_how_the_balance_is_stands_on_its_line(bench: BenchTop, balance: SimulatedBalance) -> None:
    def line() -> tuple[str, bool]:
        return next((one.state, one.ready) for one in bench.bench.devices() if one.name == "Balance")

    assert line() == ("not asked yet", True)
    tube(bench)
    balance.unplug()
    scans(bench, FIRST)
    assert weighs(bench).sentence.startswith("The balance is not there:")
    assert line() == ("away", False)
    balance.replug()
    balance.lay("1")
    weighs(bench)
    assert line() == ("ready", True)
