"""The folders that instruments export to: what comes is offered once, what is no whole run is said and left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bench_top import WAIT_S, BenchTop
from measure_work import FIRST, RULE, approves, line, opens, qubit_file, tube, view

from gms_desktop.domain.commands import Command
from gms_desktop.folder_words import FOLDERS
from gms_desktop.instrument_folder import Looked
from gms_desktop.measure_desk import MeasureDesk
from gms_desktop.settings import InstrumentSettings, NamedFolder


class Watched:
    """Two folders of a bench; a look is one round of the window's."""

    def __init__(self, bench: BenchTop, tmp_path: Path) -> None:
        self.qubit, self.nanodrop = tmp_path / "qubit", tmp_path / "nanodrop"
        for folder in (self.qubit, self.nanodrop):
            folder.mkdir()
        folders = (NamedFolder("Qubit 2", str(self.qubit)), NamedFolder("NanoDrop", str(self.nanodrop)))
        bench.bench.settings = replace(bench.bench.settings, instruments=InstrumentSettings(folders))
        self._desk = MeasureDesk(bench.bench)

    def looks(self, times: int = 2) -> Looked:
        return [self._desk.came() for _ in range(times)][-1]

    def offered(self, times: int = 2) -> list[tuple[str, str]]:
        return [(one.folder, one.path.name) for one in self.looks(times).came]


@pytest.fixture
def watched(bench: BenchTop, tmp_path: Path) -> Watched:
    return Watched(bench, tmp_path)


def test_what_comes_in_each_folder_is_offered_with_its_name_once_it_lies_still(watched: Watched) -> None:
    qubit_file(watched.qubit, line("a", "5"), name="one.csv")
    assert watched.offered(1) == []
    qubit_file(watched.nanodrop, line("b", "6"), name="two.csv")
    assert watched.offered(1) == [("Qubit 2", "one.csv")]
    assert watched.offered(1) == [("Qubit 2", "one.csv"), ("NanoDrop", "two.csv")]


def test_a_file_still_being_written_is_waited_for(watched: Watched) -> None:
    path = qubit_file(watched.qubit, line("a", "5"))
    watched.looks(1)
    with path.open("a", encoding="utf-8") as more:
        more.write(line("b", "6") + "\n")
    assert watched.offered(1) == []
    assert watched.offered(1) == [("Qubit 2", "run.csv")]


def test_what_was_taken_in_is_never_offered_again_whatever_it_is_called_or_where_it_lies(
    bench: BenchTop, watched: Watched
) -> None:
    tube(bench)
    opens(bench, qubit_file(watched.qubit, line(FIRST, "50.2")))
    bench.asks_for(Command.SAVE_RUN)
    qubit_file(watched.nanodrop, line(FIRST, "50.2"), name="copy.csv")
    qubit_file(watched.nanodrop, line(FIRST, "50.3"), name="again.csv")
    qubit_file(watched.qubit, line(FIRST, "50.3"), name="again too.csv")
    assert len(watched.offered()) == 1


def test_a_wrong_file_and_half_a_file_are_said_in_words_and_left_as_they_are(watched: Watched) -> None:
    letter = watched.qubit / "letter.csv"
    letter.write_text("Dear colleague\n", encoding="utf-8")
    half = qubit_file(watched.nanodrop, line("a", "5"), line("b", "6"), name="half.csv")
    half.write_text(half.read_text(encoding="utf-8").rstrip()[:-40], encoding="utf-8")
    before = letter.read_bytes(), half.read_bytes()
    looked = watched.looks()
    assert looked.came == ()
    said = sorted(looked.left)
    assert said[0].startswith("NanoDrop: half.csv is cut off before its end. Export it again")
    assert said[1].startswith("Qubit 2: Nothing here reads letter.csv as a run.")
    assert said[1].endswith("It is left where it is.")
    assert (letter.read_bytes(), half.read_bytes()) == before
    # Put right under its own name it is offered.
    qubit_file(watched.nanodrop, line("a", "5"), line("b", "6"), name="half.csv")
    assert watched.offered() == [("NanoDrop", "half.csv")]


def test_a_file_of_200_mb_is_refused_by_its_size_without_being_read(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (watched.qubit / "raw.csv").open("wb") as large:
        large.truncate(200_000_000)
    read = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (read.append(path.name), read_bytes(path))[1])
    looked = watched.looks()
    assert (looked.came, read) == ((), [])
    assert looked.left == ("Qubit 2: raw.csv is larger than 60 MB, which no run is. It was not read, and is left.",)


def test_a_share_that_is_away_is_said_and_the_other_folders_go_on(watched: Watched) -> None:
    qubit_file(watched.nanodrop, line("b", "6"))
    watched.qubit.rmdir()
    looked = watched.looks()
    assert [one.folder for one in looked.came] == ["NanoDrop"]
    assert looked.away[0].startswith(f"Qubit 2: {watched.qubit} cannot be seen (it is not there).")
    watched.qubit.mkdir()
    assert watched.looks().away == ()


def test_a_file_that_another_program_holds_is_said_and_offered_once_it_is_let_go(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = qubit_file(watched.qubit, line("a", "5"))
    held = {path}
    read = Path.read_bytes

    def unless_held(one: Path) -> bytes:
        if one in held:
            raise PermissionError(13, "held", str(one))
        return read(one)

    monkeypatch.setattr(Path, "read_bytes", unless_held)
    assert watched.looks(2) == Looked()
    assert watched.looks(3).left[0].startswith("Qubit 2: run.csv is held by another program.")
    held.clear()
    assert watched.offered(1) == [("Qubit 2", "run.csv")]


def lies(bench: BenchTop) -> list[tuple[str, str]]:
    """What Today says of the instruments' folders."""
    shown = bench.bench.today().result(WAIT_S)
    return [(one.title, one.detail) for each in shown.lists if each.title == FOLDERS for one in each.items]


def test_today_says_what_lies_in_the_folders_what_is_left_and_which_is_away(bench: BenchTop, watched: Watched) -> None:
    assert lies(bench) == []
    qubit_file(watched.qubit, line("a", "5"), name="one.csv")
    (watched.qubit / "letter.csv").write_text("Dear colleague\n", encoding="utf-8")
    watched.nanodrop.rmdir()
    painted = []
    bench.bench.changed = lambda: painted.append(True)
    watched.looks()
    away, left, came = lies(bench)
    assert away[0] == "NanoDrop"
    assert "cannot be seen (it is not there)" in away[1]
    assert left[0] == "Qubit 2"
    assert left[1].startswith("Nothing here reads letter.csv as a run.")
    assert came == ("one.csv", "In the folder of Qubit 2. Open it on Measure.")
    assert painted, "Today is painted again where it is open"
    (watched.qubit / "letter.csv").unlink()
    (watched.qubit / "one.csv").unlink()
    watched.nanodrop.mkdir()
    watched.looks()
    assert lies(bench) == []


@pytest.mark.parametrize(
    ("folder", "instrument"),
    [
        ("Femto Pulse 1", "Femto Pulse"),
        ("Lab 3 fragment analyzer", "Fragment Analyzer"),
        ("ProSize", "ProSize: Fragment Analyzer or Femto Pulse"),
        ("Fragment Analyzer and Femto Pulse", "ProSize: Fragment Analyzer or Femto Pulse"),
    ],
)
def test_prosize_names_no_instrument_so_that_its_folder_says_which_or_nobody_does(
    bench: BenchTop, tmp_path: Path, folder: str, instrument: str
) -> None:
    folders = (NamedFolder(folder, str(tmp_path)),)
    bench.bench.settings = replace(bench.bench.settings, instruments=InstrumentSettings(folders))
    table = tmp_path / "2018 10 19 16H 30M Quality Table.csv"
    table.write_text(f"Well,Sample ID,GQN,Total conc. (ng/uL)\nA1,{FIRST},4.6,7.25\n")
    approves(bench, RULE.replace('method = "Qubit"', 'method = "Fragment Analyzer"'))
    tube(bench)
    opens(bench, table)
    assert [run.instrument for run in bench.bench.desk.measure.runs] == [instrument]
    judged = "concentration below minimum" if instrument == "Fragment Analyzer" else "no rule"
    assert view(bench).lines[0].said.startswith(judged)
