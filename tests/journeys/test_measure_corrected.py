"""At Measure and Find: a reading of the wrong tube is taken back and given to the right one; a run is held by hand."""

from __future__ import annotations

from pathlib import Path

from bench_top import BenchTop
from measure_work import FIRST, SECOND, approves, line, opens, qubit_file, scans, tube, view
from people_at_work import BRIGHT
from rack_work import ANOTHER, bound
from test_measure import added_by, found, today

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind


def measured(bench: BenchTop, tmp_path: Path, concentration: str = "5") -> str:
    """Two tubes; the first is measured, which was a mix-up. The first tube as commands name it."""
    approves(bench)
    tube(bench)
    assert bound(bench, bench.receives(ANOTHER), SECOND).title == "Bound"
    opens(bench, qubit_file(tmp_path, line(FIRST, concentration)))
    assert bench.asks_for(Command.SAVE_RUN).title == "Saved"
    return str(bench.rows(f"SELECT id FROM fluidx_tube WHERE code = '{FIRST}'")[0]["id"])


def takes_back(bench: BenchTop, tube: str, why: str = "Two tubes were swapped at the Qubit") -> str:
    assert bench.asks_for(Command.TAKE_BACK_READING, tube).title == "Which reading?"
    return bench.says(Command.TAKE_BACK_READING, comment=why, argument=tube).title


def test_a_reading_is_taken_from_the_wrong_tube_and_given_to_the_right_one_by_its_scan(
    bench: BenchTop, tmp_path: Path
) -> None:
    wrong = measured(bench, tmp_path)
    added_by(bench, BRIGHT)
    assert takes_back(bench, wrong) == "Taken back"
    facts = found(bench, FIRST)
    assert "Measured" not in facts or all("not measured" in one for one in facts["Measured"])
    [kept] = facts["Taken back"]
    assert "not of this tube: Two tubes were swapped at the Qubit." in kept
    assert "Rested on this match, and counts no longer: below minimum 10" in kept
    [waits] = view(bench).lines
    assert waits.tube == f"taken back from {FIRST}: it waits for its tube"
    assert bench.asks_for(Command.NAME_READING, waits.key).title == "Scan its tube"
    assert scans(bench, SECOND).title == "Claimed"
    assert any("concentration 5" in one and "below minimum" in one for one in found(bench, SECOND)["Measured"])
    assert bench.count("reading.judged") == 2
    assert view(bench).lines == ()
    for code in (FIRST, SECOND):
        shown = bench.looks_up(code).find
        assert shown is not None
        history = " ".join(one.words for one in shown.timeline).casefold()
        assert ("taken back" if code == FIRST else "reading given to") in history


def test_a_concession_for_a_reading_that_was_taken_back_excuses_nothing_any_more(
    bench: BenchTop, tmp_path: Path
) -> None:
    wrong = measured(bench, tmp_path)
    added_by(bench, BRIGHT)
    bench.asks_for(Command.CONCEDE, wrong)
    rows = bench.rows("SELECT rule, version FROM judgement")
    bench.says(Command.CONCEDE, f"{rows[0]['rule']}|{rows[0]['version']}", comment="little left", argument=wrong)
    assert takes_back(bench, wrong) == "Taken back"
    opens(bench, qubit_file(tmp_path, line(FIRST, "6")))
    bench.asks_for(Command.SAVE_RUN)
    assert "Goes on" not in found(bench, FIRST)
    assert any("below minimum" in one for one in found(bench, FIRST)["Measured"])


def test_qc_reports_that_carry_the_value_are_recalled(bench: BenchTop, tmp_path: Path) -> None:
    wrong = measured(bench, tmp_path)
    assert bench.asks_for(Command.QC_REPORT, wrong).title == "Report made"
    added_by(bench, BRIGHT)
    bench.asks_for(Command.TAKE_BACK_READING, wrong)
    said = bench.says(Command.TAKE_BACK_READING, comment="swapped", argument=wrong)
    assert f"3 files of QC reports with {FIRST} are recalled" in said.sentence
    assert bench.count("document.recalled") == 3


def test_it_wants_a_reason_and_the_right_to_it_and_is_undone_as_a_whole(bench: BenchTop, tmp_path: Path) -> None:
    wrong = measured(bench, tmp_path)
    assert takes_back(bench, wrong, "") == "Which reading?"
    bench.asks_for(Command.CANCEL)
    added_by(bench, BRIGHT)
    assert takes_back(bench, wrong) == "Taken back"
    assert bench.asks_for(Command.UNDO).kind is VerdictKind.FINISHED
    assert "Taken back" not in found(bench, FIRST)
    assert any("below minimum" in one for one in found(bench, FIRST)["Measured"])


def test_the_same_tube_may_be_right_after_all_and_is_judged_anew(bench: BenchTop, tmp_path: Path) -> None:
    wrong = measured(bench, tmp_path)
    added_by(bench, BRIGHT)
    takes_back(bench, wrong)
    bench.asks_for(Command.NAME_READING, view(bench).lines[0].key)
    assert scans(bench, FIRST).title == "Claimed"
    assert bench.count("reading.judged") == 2
    assert len(bench.rows("SELECT id FROM judgement")) == 2
    assert "Taken back" in found(bench, FIRST)


def test_a_run_is_held_by_hand_with_a_reason_and_released_with_another(bench: BenchTop, tmp_path: Path) -> None:
    measured(bench, tmp_path, "50")
    bench.asks_for(Command.HOLD_RUN)
    assert bench.says(Command.HOLD_RUN).title == "Why may it not count?"
    assert bench.says(Command.HOLD_RUN, comment="Wrong assay kit").title == "Held"
    assert any("its run is held" in one or "held" in one for one in found(bench, FIRST)["Measured"])
    [item] = today(bench)["Runs that are held"]
    assert item.detail == "held by a person: Wrong assay kit"
    [shown] = [one for one in view(bench).runs if one.said.startswith("held")]
    assert shown.said == "held; held by a person: Wrong assay kit"
    assert bench.asks_for(Command.HOLD_RUN).title == "Nothing to hold"
    added_by(bench, BRIGHT)
    bench.asks_for(Command.RELEASE_RUN)
    assert bench.says(Command.RELEASE_RUN, comment="It was the right kit").title == "Released"
    assert any(one.startswith("concentration 50") for one in found(bench, FIRST)["Measured"])
    # What somebody wrote stands in no entry.
    assert not any(b"right kit" in entry or b"Wrong assay" in entry for entry in bench.entries())
