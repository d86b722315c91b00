"""A shift's scans, recorded at one bench and played into another: the same answers, or word of every other one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gms_desktop.cli.scan_recording import is_rehearsal
from gms_desktop.errors import Refused
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.replay import replay
from gms_desktop.rehearsal.shift import Shift, open_shift
from gms_desktop.services.scan_record import FORMAT, Line, Recorded, from_text, to_text
from ui import command


def work(shift: Shift) -> None:
    """A good tube with its label, odd scans, a torn code and a locked screen."""
    shift.scan("FD20024619", "A tube is scanned before anybody has signed in")
    shift.sign_in(made_up.PEOPLE[0])
    shift.scan("r30000000001", "The referral")
    shift.scan("Q26-118834-1", "The proband's tube")
    number = shift.wait_for_label(1)
    shift.scan("Q26-118835-1", "The mother's tube too early")
    shift.scan(number, "The label")
    shift.scan("5012345678900", "A reagent box")
    shift.garbage(b"\x00\xff\x01junk\r", "A torn code")
    shift.scan(number, "The label again")


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of a shift."""
    folder = tmp_path_factory.mktemp("recorded")
    data, out = folder / "bench", folder / "shift.jsonl"
    (data / "secrets").mkdir(parents=True)
    with open_shift(data, lambda _words: None) as shift:
        work(shift)
    assert command.main(["device", "record", "--out", str(out), "--data", str(data)]) == 0
    return out


def lines_of(path: Path) -> tuple[Recorded, ...]:
    return from_text(path.read_text("utf-8"))


def test_a_record_holds_what_was_scanned_and_answered_and_no_badge_or_person(recorded: Path) -> None:
    text = recorded.read_text("utf-8")
    assert json.loads(text.splitlines()[0])["format"] == FORMAT
    assert made_up.PEOPLE[0].badge not in text
    assert made_up.PEOPLE[0].name not in text
    lines = lines_of(recorded)
    assert [one.line for one in lines].count(Line.BADGE) == 1
    assert [one.who for one in lines if one.line is Line.SESSION] == [1, 0]
    label = next(place for place, one in enumerate(lines) if one.line is Line.LABEL)
    assert lines[label - 1].text == "Q26-118834-1"
    scans = [one for one in lines if one.line is Line.SCAN]
    assert {"Q26-118834-1", "5012345678900", lines[label].text} <= {one.text for one in scans}
    assert [one.title for one in lines if one.line is Line.PRIVATE] == ["Not readable"]
    assert from_text("".join(to_text(lines))) == lines


def test_what_was_scanned_before_the_bench_was_restored_is_in_its_record_too(recorded: Path, tmp_path: Path) -> None:
    data, out = tmp_path / "bench", tmp_path / "again.jsonl"
    shutil.copytree(recorded.parent / "bench", data)
    # Opened where it never ran, it goes on under a new number code, whoever is let in.
    assert command.main(["recovery-key", "--badge", "NOBODY", "--pin", "1", "--data", str(data)]) == 2
    assert command.main(["device", "record", "--out", str(out), "--data", str(data)]) == 0
    assert lines_of(out) == lines_of(recorded)


def test_a_record_played_into_another_bench_is_answered_as_then(recorded: Path, tmp_path: Path) -> None:
    said: list[str] = []
    scans = sum(one.line is Line.SCAN for one in lines_of(recorded))
    code = replay(recorded, tmp_path / "again", 0, said.append, is_rehearsal)
    assert said[0] == f"{scans} scans played: {scans} answered as then, 0 otherwise."
    assert "somebody made up signed in: 1; done by key or file: 2." in said[1]
    assert code == 0


def test_every_scan_that_is_answered_otherwise_is_told_with_both_answers(recorded: Path, tmp_path: Path) -> None:
    lines = [
        Recorded(**{**vars(one), "verdict": "accepted", "title": "Accepted"}) if one.text == "5012345678900" else one
        for one in lines_of(recorded)
    ]
    other = tmp_path / "other.jsonl"
    other.write_text("".join(to_text(lines)), "utf-8")
    said: list[str] = []
    assert replay(other, tmp_path / "again", 0, said.append, is_rehearsal) == 1
    assert "5012345678900: then accepted, Accepted; now " in said[0]
    assert said[1].endswith(", 1 otherwise.")


def test_nothing_is_played_into_a_real_bench_or_into_other_peoples_files(recorded: Path, tmp_path: Path) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "bench.db").touch()
    with pytest.raises(Refused, match="holds a real bench"):
        replay(recorded, tmp_path / "bench", 0, print, lambda _folder: False)
    with pytest.raises(Refused, match="holds other files"):
        replay(recorded, tmp_path, 0, print, is_rehearsal)
    with pytest.raises(Refused, match="A pace"):
        replay(recorded, tmp_path / "new", -1, print, is_rehearsal)


def test_what_is_no_record_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text, words in (
        ("", "no record of scans"),
        ("[1]\n", "no record of scans"),
        ('{"format": 99, "what": "scans"}\n', "another version"),
        ('{"format": 1, "what": "scans"}\n{"line": "scan", "nothing": 1}\n', "Line 2"),
        ('{"format": 1, "what": "scans"}\n{"line": "dance", "at": "x"}\n', "Line 2"),
    ):
        path = tmp_path / "record.jsonl"
        path.write_text(text, "utf-8")
        assert command.main(["device", "replay", str(path), "--data", str(tmp_path / "new")]) == 2
        assert words in capsys.readouterr().err


def test_a_day_on_which_nothing_was_scanned_makes_no_record(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = recorded.parent / "bench", tmp_path / "none.jsonl"
    assert command.main(["device", "record", "--out", str(out), "--day", "2020-01-01", "--data", str(data)]) == 1
    assert not out.exists()
    assert command.main(["device", "record", "--out", str(out), "--day", "tomorrow", "--data", str(data)]) == 2
    assert "Write it as 2026-11-22" in capsys.readouterr().err
    assert command.main(["device", "record", "--out", str(recorded), "--data", str(data)]) == 2
    assert "nothing is overwritten" in capsys.readouterr().err
