"""The folder of the instruments: what lies still comes once, whatever it is called, and what was taken in never."""

from __future__ import annotations

import os
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

import pytest

from gms_desktop.instrument_folder import InstrumentFolder


def nothing(_hashes: Collection[str]) -> set[str]:
    return set()


def names(folder: InstrumentFolder, path: Path) -> list[str]:
    return [one.name for one in folder.look(path, nothing)]


def test_a_file_counts_once_it_has_lain_still_between_two_looks(tmp_path: Path) -> None:
    watched, run = InstrumentFolder(), tmp_path / "run.csv"
    run.write_text("half")
    assert names(watched, tmp_path) == []
    run.write_text("half and whole")
    assert names(watched, tmp_path) == []
    assert names(watched, tmp_path) == ["run.csv"]


def test_a_copy_under_another_name_and_what_was_taken_in_before_do_not_come(tmp_path: Path) -> None:
    watched = InstrumentFolder()
    for place, (name, content) in enumerate((("a.csv", "one"), ("b.csv", "one"), ("c.csv", "two"))):
        (tmp_path / name).write_text(content)
        os.utime(tmp_path / name, (1_000 + place, 1_000 + place))
    watched.look(tmp_path, nothing)
    assert names(watched, tmp_path) == ["a.csv", "c.csv"]
    known = {sha256(b"two").hexdigest()}
    assert [one.name for one in watched.look(tmp_path, lambda _: known)] == ["a.csv"]


def test_what_an_instrument_is_still_writing_or_hides_is_left(tmp_path: Path) -> None:
    watched = InstrumentFolder()
    for name in (".lock", "~run.csv", "empty.csv"):
        (tmp_path / name).write_text("" if name == "empty.csv" else "x")
    (tmp_path / "older").mkdir()
    watched.look(tmp_path, nothing)
    assert names(watched, tmp_path) == []


def test_a_folder_that_is_away_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        InstrumentFolder().look(tmp_path / "gone", nothing)


def test_what_is_no_run_is_not_offered_again_until_it_changes(tmp_path: Path) -> None:
    watched, letter = InstrumentFolder(), tmp_path / "letter.csv"
    letter.write_text("Dear colleague")
    watched.look(tmp_path, nothing)
    assert names(watched, tmp_path) == ["letter.csv"]
    watched.pass_over(letter)
    assert names(watched, tmp_path) == []
    letter.write_text("A run after all")
    watched.look(tmp_path, nothing)
    assert names(watched, tmp_path) == ["letter.csv"]
