"""A balance's weight is kept only when it is at rest and has its unit; every reason why not is told apart."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.balances.balance import Balance, Patience
from devices.balances.mt_sics import MT_SICS
from devices.balances.sbi import SBI
from devices.balances.speech import Speech
from devices.simulators.balance import SimulatedBalance, Speaks
from devices.transports.serial_line import SerialSettings, open_serial
from devices.values import Weighing, Weight
from gms_desktop.balance_words import weighed

needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
QUICK = Patience(answer_s=0.3, again_s=0.01, quiet_s=0.02)
SPEECHES: dict[Speaks, Speech] = {"mt-sics": MT_SICS, "sbi": SBI}


@pytest.fixture(params=["mt-sics", "sbi"])
def simulated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SimulatedBalance]:
    with SimulatedBalance(tmp_path, request.param) as balance:
        yield balance


@pytest.fixture
def balance(request: pytest.FixtureRequest, simulated: SimulatedBalance) -> Iterator[Balance]:
    speech = SPEECHES[request.node.callspec.params["simulated"]]
    settings = SerialSettings(simulated.url, speech.baud)  # a pty knows no parity
    with Balance(speech, lambda: open_serial(settings), QUICK) as asked:
        yield asked


@pytest.mark.parametrize(
    ("speech", "line", "state", "value"),
    [
        (MT_SICS, "S S     100.00 g", Weighing.AT_REST, "100.00"),
        (MT_SICS, "S S      -0.05 g", Weighing.AT_REST, "-0.05"),
        (MT_SICS, "S S    12500.0 mg", Weighing.AT_REST, "12.5000"),
        (MT_SICS, "S D     100.00 g", Weighing.MOVING, "100.00"),
        (MT_SICS, "S S     100.00", Weighing.MOVING, "100.00"),
        (MT_SICS, "S S        253 PCS", Weighing.UNIT_UNKNOWN, None),
        (MT_SICS, "S I", Weighing.BUSY, None),
        (MT_SICS, "S +", Weighing.OVERLOAD, None),
        (MT_SICS, "S -", Weighing.UNDERLOAD, None),
        (MT_SICS, "S L", Weighing.ERROR, None),
        (MT_SICS, "ES", Weighing.ERROR, None),
        (MT_SICS, "ET", Weighing.ERROR, None),
        (MT_SICS, "EL", Weighing.ERROR, None),
        (MT_SICS, "00.00 g", Weighing.NOT_UNDERSTOOD, None),
        (MT_SICS, "S S     1.2.3 g", Weighing.NOT_UNDERSTOOD, None),
        (MT_SICS, 'I4 A "B021002593"', Weighing.NOT_UNDERSTOOD, None),
        (SBI, "+   123.56 g  ", Weighing.AT_REST, "123.56"),
        (SBI, "N     +   123.56 g  ", Weighing.AT_REST, "123.56"),
        (SBI, "-     0.05 mg ", Weighing.AT_REST, "-0.00005"),
        (SBI, "+  123.[6] g  ", Weighing.NOT_UNDERSTOOD, None),
        (SBI, "+   123.56    ", Weighing.MOVING, "123.56"),
        (SBI, "+      253 pcs", Weighing.UNIT_UNKNOWN, None),
        (SBI, "Stat      High      ", Weighing.OVERLOAD, None),
        (SBI, "Stat      Low       ", Weighing.UNDERLOAD, None),
        (SBI, "Stat     ERR 54     ", Weighing.UNDERLOAD, None),
        (SBI, "Stat     APP.ERR    ", Weighing.ERROR, None),
        (SBI, "Stat     ERR 02     ", Weighing.ERROR, None),
        (SBI, "Stat   Cal. Ext.    ", Weighing.BUSY, None),
        (SBI, "Stat                ", Weighing.NOT_UNDERSTOOD, None),
        (SBI, "23.56 g  ", Weighing.NOT_UNDERSTOOD, None),
        (SBI, "+ 12 3.56  g  ", Weighing.NOT_UNDERSTOOD, None),
    ],
)
def test_each_line_of_a_balance_is_told_apart(speech: Speech, line: str, state: Weighing, value: str | None) -> None:
    weight = speech.weight_of(line)
    assert (weight.state, None if weight.value is None else str(weight.value), weight.raw) == (state, value, line)
    assert weighed(weight)


@needs_pty
def test_a_weight_at_rest_is_told_in_grams_with_its_line(balance: Balance, simulated: SimulatedBalance) -> None:
    simulated.lay("12.3456")
    weight = balance.weigh()
    assert (weight.value, weight.unit, weight.raw_unit, weight.stable) == (Decimal("12.3456"), "g", "g", True)
    assert "12.3456" in weight.raw
    assert weighed(weight) == "12.3456 g, at rest."


@needs_pty
@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"moving": True}, Weighing.MOVING),
        ({"overload": True}, Weighing.OVERLOAD),
        ({"underload": True}, Weighing.UNDERLOAD),
        ({"busy": True}, Weighing.BUSY),
        ({"error": "ERR 02"}, Weighing.ERROR),
        ({"silent": True}, Weighing.SILENT),
        ({"half": True}, Weighing.NOT_UNDERSTOOD),
        ({"unit": ""}, Weighing.MOVING),
        ({"unit": "pcs"}, Weighing.UNIT_UNKNOWN),
    ],
)
def test_what_stands_in_the_way_of_a_weight_is_told(
    balance: Balance, simulated: SimulatedBalance, changes: dict[str, object], state: Weighing
) -> None:
    simulated.lay("5.0000")
    simulated.suffer(**changes if simulated.speaks == "sbi" or "error" not in changes else {"error": "EL"})
    weight = balance.weigh()
    assert (weight.state, weight.stable) == (state, False)
    simulated.lay("5.0000")
    assert balance.weigh().value == Decimal("5.0000"), "and all is well again"


@needs_pty
def test_a_pan_that_comes_to_rest_in_time_is_waited_for(balance: Balance, simulated: SimulatedBalance) -> None:
    simulated.lay("7.5000")
    simulated.suffer(moving=True, rests_after=3)
    assert balance.weigh(seconds=5).value == Decimal("7.5000")


@needs_pty
def test_what_was_printed_before_it_was_asked_is_not_its_answer(balance: Balance, simulated: SimulatedBalance) -> None:
    simulated.lay("1.0000")
    old = balance.weigh().raw
    simulated.print_unasked(old)
    simulated.lay("2.0000")
    assert balance.weigh().value == Decimal("2.0000")


@needs_pty
def test_a_balance_that_was_unplugged_is_away_and_comes_back(balance: Balance, simulated: SimulatedBalance) -> None:
    simulated.unplug()
    weight = balance.weigh()
    assert weight.state is Weighing.AWAY
    assert "not there" in weighed(weight)
    simulated.replug()
    simulated.lay("3.0000")
    assert balance.weigh().stable


@needs_pty
def test_a_balance_that_is_tared_tells_what_is_put_in_the_container(
    balance: Balance, simulated: SimulatedBalance
) -> None:
    simulated.lay("12.3456")
    tare = balance.tare()
    assert (tare.tared, tare.container.value) == (True, Decimal("12.3456"))
    assert "12.3456" in tare.container.raw
    assert tare.after is not None
    assert (tare.after.value, tare.after.stable) == (Decimal("0.0000"), True)
    simulated.fill("0.0213")
    assert balance.weigh().value == Decimal("0.0213")


@needs_pty
@pytest.mark.parametrize(
    "changes",
    [{"moving": True}, {"overload": True}, {"busy": True}, {"silent": True}, {"half": True}, {"deaf": True}],
    ids=["moving", "overload", "busy", "silent", "half a line", "does not tare"],
)
def test_a_balance_that_was_not_tared_is_never_said_to_be(
    balance: Balance, simulated: SimulatedBalance, changes: dict[str, object]
) -> None:
    simulated.lay("12.3456")
    simulated.suffer(**changes)
    assert not balance.tare().tared
    simulated.suffer(**dict.fromkeys(changes, False))
    assert balance.weigh().value == Decimal("12.3456"), "and nothing was tared"


@needs_pty
def test_a_pan_that_comes_to_rest_in_time_is_tared_then(balance: Balance, simulated: SimulatedBalance) -> None:
    simulated.lay("7.5000")
    simulated.suffer(moving=True, rests_after=3)
    assert balance.tare(seconds=5).tared


@needs_pty
def test_a_balance_that_is_unplugged_is_not_tared(balance: Balance, simulated: SimulatedBalance) -> None:
    simulated.unplug()
    assert balance.tare().container.state is Weighing.AWAY


@pytest.mark.parametrize(
    ("line", "state", "value"),
    [
        ("TI S     100.00 g", Weighing.AT_REST, "100.00"),
        ("TI D     100.00 g", Weighing.MOVING, "100.00"),
        ("TI I", Weighing.BUSY, None),
        ("TI +", Weighing.OVERLOAD, None),
        ("TI -", Weighing.UNDERLOAD, None),
        ("TI L", Weighing.ERROR, None),
        ("ES", Weighing.ERROR, None),
        ("S S     100.00 g", Weighing.NOT_UNDERSTOOD, None),
        ("TI", Weighing.NOT_UNDERSTOOD, None),
    ],
)
def test_each_answer_to_a_tare_is_told_apart(line: str, state: Weighing, value: str | None) -> None:
    assert MT_SICS.tared is not None
    weight = MT_SICS.tared(line)
    assert (weight.state, None if weight.value is None else str(weight.value), weight.raw) == (state, value, line)


@needs_pty
def test_a_balance_says_its_serial_number(balance: Balance) -> None:
    assert balance.serial() == "B021002593"


def test_a_weight_without_a_unit_can_not_be_made_one_at_rest() -> None:
    with pytest.raises(ValueError, match="unit"):
        Weight(Weighing.AT_REST, "x", Decimal(1))


@given(st.text(max_size=24), st.sampled_from([MT_SICS, SBI]))
def test_no_line_breaks_the_reading_of_a_weight(line: str, speech: Speech) -> None:
    weight = speech.weight_of(line)
    assert not weight.stable or (weight.value is not None and weight.unit == "g")


@given(st.decimals(min_value=-999, max_value=9999, places=4), st.integers(0, 13), st.characters(codec="latin-1"))
def test_a_damaged_character_never_makes_another_weight_out_of_words(number: Decimal, at: int, letter: str) -> None:
    """A digit may become another digit: the line has no check. Anything else makes it no weight, or leaves it."""
    line = f"{'-' if number < 0 else '+'}{abs(number):>9f} g  "
    damaged = line[:at] + letter + line[at + 1 :]
    weight = SBI.weight_of(damaged)
    if weight.value is not None and not letter.isdigit() and letter not in ".+- ":
        assert weight.value == number
