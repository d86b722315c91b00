"""A file that a person gives and that cannot be read: what stands there, and what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gms_desktop import file_words
from gms_desktop.dropped_file import sort_of
from gms_desktop.errors import Unavailable
from gms_desktop.instrument_tables import read_table
from gms_desktop.measure_files import read_run_file
from gms_desktop.rack_files import read_rack_file


@pytest.mark.parametrize("reads", [sort_of, read_rack_file, read_run_file, lambda path: read_table(path, ())])
def test_a_folder_and_a_missing_file_say_what_to_do(reads: Callable[[Path], Any], tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(
        Unavailable, match=r"^folder\.csv is a folder, and one file was expected\. Choose a file in it\.$"
    ):
        reads(tmp_path / "folder.csv")
    with pytest.raises(
        Unavailable, match=r"^gone\.csv is not there\. Check its name and folder, then choose it again\.$"
    ):
        reads(tmp_path / "gone.csv")


def test_a_file_that_may_not_be_read_says_so_without_the_words_of_the_system(tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    path.write_bytes(b"")
    denied = file_words.not_read(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    assert denied.startswith("run.csv cannot be read: this account has no right to it. Copy it")
    away = file_words.not_read(path, OSError(errno.EIO, os.strerror(errno.EIO)))
    assert away == (
        "run.csv cannot be read: its disk does not answer as it should. Copy it to this computer, then choose it again."
    )
