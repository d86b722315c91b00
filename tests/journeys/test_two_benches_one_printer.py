"""Two benches print on one printer: each gets its own labels once, in order, and counts none of the other's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench_top import BenchClock, BenchTop, opened
from test_print_queue import intends, is_out, states

from devices.simulators.scanner import SimulatedScanner
from gms_desktop.rehearsal.labels_read import number_on

SINGLE = "Q26-118901-1"


@pytest.fixture
def beside(bench: BenchTop, made_benches: dict[str, Path], tmp_path: Path) -> Iterator[BenchTop]:
    """Another bench, with its own file and scanner, at the same printer."""
    folder = tmp_path / "beside"
    folder.mkdir()
    with SimulatedScanner(folder) as scanner:
        top = opened(BenchTop(folder / "bench", scanner, bench.printer, BenchClock()), made_benches["rehearsal"])
        yield top
        top.close()


def numbers(bench: BenchTop) -> list[str]:
    return [number_on(label)[0] for label in bench.printer.labels]


def test_each_bench_gets_its_labels_once_while_the_other_prints_too(bench: BenchTop, beside: BenchTop) -> None:
    here, there = bench.receives(SINGLE), beside_receives(beside, bench)
    bench.printer.suffer(paper_out=True)
    ours = [intends(bench, here, copy) for copy in (2, 3, 4, 5)]
    theirs = [intends(beside, there, copy) for copy in (2, 3, 4, 5)]
    bench.printer.recover()
    bench.bench.press.look()
    beside.bench.press.look()
    is_out(bench, ours[-1])
    is_out(beside, theirs[-1])
    assert sorted(numbers(bench)) == sorted([here] * 5 + [there] * 5)
    assert set(states(bench)) == {f"{here}.1", *ours}
    assert set(states(beside)) == {f"{there}.1", *theirs}


def test_a_printer_that_is_set_right_at_one_bench_goes_on_for_the_other(bench: BenchTop, beside: BenchTop) -> None:
    here, there = bench.receives(SINGLE), beside_receives(beside, bench)
    bench.printer.suffer(errors=0x8)
    ours, theirs = intends(bench, here, 2), intends(beside, there, 2)
    for one in (bench, beside):
        one.bench.press.look()
        one.wait_until(lambda one=one: one.bench.devices()[1].state == "cutter fault", "the cutter")
    bench.printer.recover()
    bench.bench.press.look()
    is_out(bench, ours)
    assert states(beside)[theirs] == "intended"
    beside.bench.press.look()
    is_out(beside, theirs)


def beside_receives(beside: BenchTop, bench: BenchTop) -> str:
    """A tube received at the other bench; its label is the newest that came out of the printer of both."""
    before = len(bench.printer.labels)
    assert beside.scans("Q26-118902-1").title == "Matches"
    beside.wait_until(lambda: len(bench.printer.labels) == before + 1, "its label")
    number = numbers(bench)[-1]
    assert beside.scans(number).title == "Accepted"
    return number
