"""One bench, one file, one application; and a file that is not the one that last ran here is told from it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.lease import Lease, difference, file_identity, machine_identity, read, write
from gms_desktop.journal.lock import BenchLock

HOLDS_THE_LOCK = """
import sys
from pathlib import Path
from gms_desktop.journal.lock import BenchLock
lock = BenchLock(Path(sys.argv[1]), sys.argv[2])
print("held", flush=True)
sys.stdin.read()
lock.release()
"""


@pytest.fixture
def other_window(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDS_THE_LOCK, str(tmp_path), "Ada Okafor, since 08:02"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        yield child
        child.kill()


def test_a_second_window_is_told_who_has_the_file(other_window: subprocess.Popen[str], tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"open already: Ada Okafor, since 08:02\. Use that window"):
        BenchLock(tmp_path, "someone else")
    assert (tmp_path / "in-use-by.txt").read_text() == "Ada Okafor, since 08:02"


def test_the_file_is_free_again_when_its_window_was_killed(other_window: subprocess.Popen[str], tmp_path: Path) -> None:
    other_window.kill()
    other_window.wait()
    BenchLock(tmp_path, "someone else").release()


def test_the_file_is_free_again_when_its_window_was_closed(other_window: subprocess.Popen[str], tmp_path: Path) -> None:
    assert other_window.stdin is not None
    other_window.stdin.close()
    assert other_window.wait() == 0
    assert not (tmp_path / "in-use-by.txt").exists()
    BenchLock(tmp_path, "someone else").release()


def test_a_window_that_holds_the_file_but_left_no_name_is_told_of_all_the_same(
    other_window: subprocess.Popen[str], tmp_path: Path
) -> None:
    (tmp_path / "in-use-by.txt").unlink()
    with pytest.raises(Refused, match="another window"):
        BenchLock(tmp_path, "someone else")


def test_a_folder_that_is_away_is_told_of_in_words(tmp_path: Path) -> None:
    with pytest.raises((Refused, Unavailable), match="cannot be"):
        BenchLock(tmp_path / "away", "someone")


OWN = Lease("t2", "t1", "this machine", "8:1", "w1", 40)
START = {"token": "t2", "machine": "this machine", "file": "8:1", "writer": "w1", "seq": 40}


def compared(lease: Lease | None, **changed: object) -> str | None:
    return difference(lease, **(START | changed))  # type: ignore[arg-type]


def test_the_file_that_last_ran_here_is_known() -> None:
    assert compared(OWN) is None


def test_a_start_that_was_cut_off_between_lease_and_file_is_no_difference() -> None:
    assert compared(OWN, token="t1") is None


def test_entries_written_since_the_lease_was_renewed_are_no_difference() -> None:
    assert compared(OWN, seq=41) is None


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"token": "t0"}, "restored backup"),
        ({"token": None}, "restored backup"),
        ({"seq": 39}, "restored backup"),
        ({"writer": "w0"}, "restored backup"),
        ({"machine": "its twin"}, "other machine"),
        ({"file": "8:2"}, "copied file"),
    ],
)
def test_a_file_that_did_not_last_run_here_is_told_from_it(changed: dict[str, object], cause: str) -> None:
    assert compared(OWN, **changed) == cause


def test_a_file_without_a_lease_is_new_here() -> None:
    assert compared(None) == "no lease"


@given(st.sampled_from(sorted(START)), st.text(max_size=5))
def test_no_single_difference_passes_unseen(name: str, value: str) -> None:
    if name != "seq" and value not in {"t1", START[name]}:
        assert compared(OWN, **{name: value}) is not None


def test_the_lease_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "lease.json"
    write(path, OWN)
    write(path, replace(OWN, seq=41))
    assert read(path) == replace(OWN, seq=41)
    assert [one.name for one in tmp_path.iterdir()] == ["lease.json"]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"{", b'{"token":"t"}', b"\xff\xfe", b"null", b"7"])
def test_a_lease_that_cannot_be_read_is_no_lease(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "lease.json").write_bytes(content)
    assert read(tmp_path / "lease.json") is None
    assert read(tmp_path / "away.json") is None


def test_a_copy_put_in_the_place_of_a_file_has_another_identity(tmp_path: Path) -> None:
    path = tmp_path / "bench.db"
    path.write_bytes(b"content")
    before = file_identity(path)
    shutil.copy(path, tmp_path / "copy.db")
    (tmp_path / "copy.db").replace(path)
    assert file_identity(path) != before
    assert machine_identity() == machine_identity() != ""
