"""Turnaround past acceptance: extracted, measured and sent as they really were, whatever it was that left."""

from __future__ import annotations

from pathlib import Path

from bench_top import BenchTop
from extract_work import ended, labelled
from measure_work import line, opens, qubit_file
from send_work import FIRST, MOTHER, PROBAND, closes, hands_over, tube_of, with_participants
from send_work import opens as consigns
from send_work import scans as packs
from tissue_work import cuts, in_a_case, numbers

from gms_desktop.domain.commands import Command
from gms_desktop.period_desk import PeriodDesk

DAY = 24 * 60 * 60


def stages(bench: BenchTop) -> dict[object, tuple[object, ...]]:
    """Of each stage: how many reached it, the median and the longest, in calendar days."""
    told = PeriodDesk(bench.bench).view("turnaround", "2026-11-01", "2026-11-30")
    return {row[0]: row[1:4] for row in told.tables[0].rows}


def leaves(bench: BenchTop, destination: str, *things: str) -> None:
    consigns(bench, destination)
    for thing in things:
        assert packs(bench, thing).title == "Packed", bench.verdict
    closes(bench)
    hands_over(bench)


def test_a_specimen_has_left_with_whatever_was_made_of_it(bench: BenchTop) -> None:
    in_a_case(bench)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide")
    assert stages(bench)["Sent away"] == (0, "–", "–")
    bench.clock.forward(DAY)
    [first, second, *_] = numbers(bench)
    leaves(bench, "blocks", first)
    assert stages(bench)["Sent away"] == (1, 1, 1)
    # What leaves later does not make it later: the first that left counts.
    bench.clock.forward(DAY)
    leaves(bench, "blocks", second)
    assert stages(bench)["Sent away"] == (1, 1, 1)


def test_each_stage_is_counted_from_the_receipt_to_the_day_on_which_it_was_reached(
    empty_bench: BenchTop, tmp_path: Path
) -> None:
    bench = empty_bench
    with_participants(bench)
    tube_of(bench, PROBAND, FIRST)
    other = bench.receives(MOTHER)
    bench.clock.forward(DAY)
    ended(bench, other)
    labelled(bench, other)
    bench.clock.forward(DAY)
    opens(bench, qubit_file(tmp_path, line(FIRST, "50.2")))
    assert bench.asks_for(Command.SAVE_RUN).title != "Not saved"
    bench.clock.forward(DAY)
    leaves(bench, "wgs", FIRST)
    found = stages(bench)
    assert found["Accepted"] == (2, 0, 0)
    assert found["Extracted"] == (1, 1, 1)
    assert found["Measured"] == (1, 2, 2)
    assert found["Sent away"] == (1, 3, 3)
