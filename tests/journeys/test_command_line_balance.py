"""Balances on the command line: what lies on the pan, and a simulated one whose pan is laid upon by typing."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from queue import Queue

import pytest
from command_line import Typed

from devices.simulators.balance import SimulatedBalance
from gms_desktop.cli.device_balance import Asked, probe
from gms_desktop.errors import Refused
from gms_desktop.rehearsal import balance_console
from ui import command


def gms(*arguments: str) -> int:
    return command.main(["device", *arguments])


@pytest.mark.parametrize("protocol", ["mt-sics", "sbi"])
def test_a_probe_tells_who_stands_there_and_what_lies_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], protocol: str
) -> None:
    with SimulatedBalance(tmp_path, protocol, over="socket") as balance:  # type: ignore[arg-type]
        balance.lay("12.3456")
        assert gms("probe", "balance", "--port", balance.url, "--protocol", protocol) == 0
    said = capsys.readouterr().out
    assert "Serial        B021002593\n" in said
    assert "Weight        12.3456 g, at rest.\n" in said


def test_a_probe_of_a_pan_that_moves_ends_with_one(tmp_path: Path) -> None:
    said: list[str] = []
    with SimulatedBalance(tmp_path, over="socket") as balance:
        balance.suffer(moving=True)
        assert probe(Asked(balance.url, seconds=0.1), said.append) == 1
    assert said[-1].startswith("Weight        The pan has not come to rest (S D")


def test_an_unknown_protocol_or_parity_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert gms("probe", "balance", "--port", "COM3", "--protocol", "morse") == 2
    assert "mt-sics, sbi" in capsys.readouterr().err
    assert gms("probe", "balance", "--port", "COM3", "--parity", "X") == 2
    assert "N (none), E (even), O (odd)" in capsys.readouterr().err


def test_a_simulated_balance_weighs_what_is_typed_and_has_faults() -> None:
    typed, told = Typed(), Queue[str]()
    console = threading.Thread(target=balance_console.run, args=("mt-sics", "socket", typed, told.put))
    console.start()
    url = told.get(timeout=10).partition(" at ")[2].partition(". ")[0]
    said: list[str] = []
    for words, ends in (
        ("7.5", 0),
        ("!overload", 1),
        ("!unplug", 1),
        ("!replug", 1),
        ("!wink", 1),
        ("3", 0),
        ("+0.25", 0),
    ):
        typed.lines.put(words)
        told.get(timeout=10)
        assert probe(Asked(url, seconds=0), said.append) == ends, words
    typed.lines.put("!end")
    typed.lines.put("")
    console.join()
    weights = [line.removeprefix("Weight").strip() for line in said if line.startswith("Weight")]
    assert (weights[0], weights[-1]) == ("7.5 g, at rest.", "3.25 g, at rest.")
    assert weights[1].startswith("Too much lies on the pan.")
    assert weights[2].startswith("The balance is not there: ")


def test_a_balance_that_nobody_makes_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="mt-sics, sbi"):
        balance_console.run("morse", "socket", sys.stdin, print)
