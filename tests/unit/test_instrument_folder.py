"""The folders of the instruments: what lies still comes once, whatever it is called, and what was taken in never."""

from __future__ import annotations

import os
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from gms_desktop.instrument_folder import InstrumentFolders, Looked
from gms_desktop.settings import NamedFolder


def nothing(_hashes: Collection[str]) -> set[str]:
    return set()


def look(watched: InstrumentFolders, path: Path, known: Collection[str] = ()) -> Looked:
    return watched.look([NamedFolder("Qubit", str(path))], lambda _: set(known), lambda _: "")


def names(watched: InstrumentFolders, path: Path, known: Collection[str] = ()) -> list[str]:
    return [one.path.name for one in look(watched, path, known).came]


def test_a_file_counts_once_it_has_lain_still_between_two_looks(tmp_path: Path) -> None:
    watched, run = InstrumentFolders(), tmp_path / "run.csv"
    run.write_text("half")
    assert names(watched, tmp_path) == []
    run.write_text("half and whole")
    assert names(watched, tmp_path) == []
    assert names(watched, tmp_path) == ["run.csv"]


def test_a_copy_under_another_name_and_what_was_taken_in_before_do_not_come(tmp_path: Path) -> None:
    watched = InstrumentFolders()
    for place, (name, content) in enumerate((("a.csv", "one"), ("b.csv", "one"), ("c.csv", "two"))):
        (tmp_path / name).write_text(content)
        os.utime(tmp_path / name, (1_000 + place, 1_000 + place))
    look(watched, tmp_path)
    assert names(watched, tmp_path) == ["a.csv", "c.csv"]
    assert names(watched, tmp_path, {sha256(b"two").hexdigest()}) == ["a.csv"]


def test_what_an_instrument_is_still_writing_or_hides_is_left(tmp_path: Path) -> None:
    watched = InstrumentFolders()
    for name in (".lock", "~run.csv", "empty.csv"):
        (tmp_path / name).write_text("" if name == "empty.csv" else "x")
    (tmp_path / "older").mkdir()
    look(watched, tmp_path)
    assert names(watched, tmp_path) == []


def test_a_folder_that_is_away_is_said_by_its_name(tmp_path: Path) -> None:
    assert "Qubit" in look(InstrumentFolders(), tmp_path / "gone").away[0]


def test_what_is_no_run_is_not_offered_until_it_changes(tmp_path: Path) -> None:
    watched, letter = InstrumentFolders(), tmp_path / "letter.csv"

    def odd(path: Path) -> str:
        return "" if "run" in path.read_text() else "no run"

    def came() -> list[str]:
        found = watched.look([NamedFolder("Qubit", str(tmp_path))], nothing, odd)
        return [one.path.name for one in found.came]

    letter.write_text("Dear colleague")
    assert [came(), came()] == [[], []]
    letter.write_text("A run after all")
    assert [came(), came()] == [[], ["letter.csv"]]


def test_a_folder_of_a_thousand_files_comes_in_few_looks_and_a_slow_one_answers_all_the_same(tmp_path: Path) -> None:
    for number in range(1_000):
        (tmp_path / f"{number}.csv").write_text(str(number))
    quick = InstrumentFolders(_now=lambda: 0.0)
    look(quick, tmp_path)
    assert (len(look(quick, tmp_path).came), look(quick, tmp_path).more) == (1_000, False)
    slow = InstrumentFolders(_now=iter(range(1_000_000)).__next__)
    look(slow, tmp_path)
    first = look(slow, tmp_path)
    assert (len(first.came), first.more) == (20, True)
    assert len(look(slow, tmp_path).came) == 40
