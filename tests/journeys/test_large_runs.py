"""A very large run at Measure: saved in slices between which scans go first, as one act, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import WAIT_S, BenchTop
from measure_work import FIRST, line, opens, qubit_file, scans, tube, view
from rack_work import RACK, rack_open

from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database
from gms_desktop.register.ledger import Ledger

MANY = 240


def large(bench: BenchTop, tmp_path: Path) -> None:
    """A file with far more positions than one slice takes is open; one of them is a tube here."""
    tube(bench)
    opens(bench, qubit_file(tmp_path, line(FIRST, "12"), *(line(f"sample {one}", "5") for one in range(MANY - 1))))
    assert bench.bench.desk.measure.is_large


def test_a_scan_is_answered_before_a_large_run_that_is_being_saved_which_is_one_act(
    bench: BenchTop, tmp_path: Path
) -> None:
    large(bench, tmp_path)
    ended: list[str] = []
    saving = bench.bench.command(Command.SAVE_RUN)
    saving.add_done_callback(lambda _done: ended.append("saved"))
    assert scans(bench, FIRST).title == "Tube"
    assert ended == []
    assert saving.result(WAIT_S).verdict.title == "Saved"
    assert bench.count("reading.recorded") == MANY
    assert len(bench.rows("SELECT id FROM reading WHERE state = 'waiting'")) == MANY - 1
    assert not view(bench).file
    assert bench.asks_for(Command.UNDO).title == "Undone"
    assert bench.rows("SELECT id FROM reading") == []


def test_what_ends_in_the_middle_of_a_large_run_leaves_nothing_of_it_and_the_file_is_saved_whole_then(
    bench: BenchTop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(bench, tmp_path)
    whole = Ledger.append_in_steps

    def broken(self, *given):  # type: ignore[no-untyped-def]
        for lot, _ in enumerate(whole(self, *given)):
            if lot == 2:
                raise OSError("the disk went away")
            yield

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "append_in_steps", broken)
        fault = bench.bench.command(Command.SAVE_RUN).exception(WAIT_S)
    assert isinstance(fault, OSError)
    assert bench.count("run.imported") == bench.count("reading.recorded") == 0
    assert view(bench).file == "run.csv"
    assert bench.asks_for(Command.SAVE_RUN).title == "Saved"
    assert bench.count("reading.recorded") == MANY


def test_a_large_run_that_may_not_be_saved_is_refused_in_the_same_words_as_a_small_one(
    bench: BenchTop, tmp_path: Path
) -> None:
    large(bench, tmp_path)
    path = tmp_path / "run.csv"
    bench.asks_for(Command.SAVE_RUN)
    assert opens(bench, path).title == "Taken in before"


def test_a_rack_is_scanned_for_a_large_run_with_few_questions_and_as_many_as_for_a_small_one(
    bench: BenchTop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rack_open(bench)
    tube(bench)
    asked: list[str] = []
    for question in ("all", "one", "value", "tuples"):
        whole = getattr(Database, question)

        def heard(self, statement, *given, whole=whole):  # type: ignore[no-untyped-def]
            asked.append(str(statement))
            return whole(self, statement, *given)

        monkeypatch.setattr(Database, question, heard)

    def asks(positions: int) -> int:
        names = [FIRST] * (positions // 2) + [f"sample {one}" for one in range(positions // 2)]
        opens(bench, qubit_file(tmp_path, *(line(name, "12") for name in names)))
        asked.clear()
        assert scans(bench, RACK).title == "By order"
        many = len(asked)
        bench.asks_for(Command.RUN_ASIDE)
        return many

    # What the bench does beside this asks a few as well.
    assert asks(480) - asks(8) < 30
