"""Signed checkpoints beside the backups: a file that was written anew, chain and all, contradicts them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from shift import KEY, Shift

from gms_desktop import backups, checkpoint_note, checkpoints
from gms_desktop.checkpoints import NAME, Checked, Made
from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import open_for_reading, open_for_writing
from gms_desktop.register import verify, versions
from gms_desktop.settings import BackupSettings

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRET, ANOTHERS = bytes(range(32)), bytes(range(1, 33))
PUBLIC = Ed25519PrivateKey.from_private_bytes(SECRET).public_key().public_bytes_raw()


@pytest.fixture
def worked(bench_file: Database) -> Shift:
    return Shift(bench_file, 4).begin().work(20)


@pytest.fixture
def reader(worked: Shift, path: Path) -> Iterator[Database]:
    with closing(open_for_reading(path, KEY)) as db:
        yield db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "beside"
    made.mkdir()
    return made


def checked(folder: Path, db: Database, *, whole: bool = True) -> Checked:
    return checkpoints.check(folder, db, whole=whole, made=Made(key=PUBLIC))


def lines(folder: Path) -> list[bytes]:
    return (folder / NAME).read_bytes().splitlines()


def worked_on(worked: Shift, reader: Database, folder: Path, times: int = 3) -> None:
    for turn in range(times):
        assert checkpoints.keep(folder, reader, SECRET, AT + timedelta(minutes=15 * turn))
        worked.work(3)


def test_what_is_only_ever_added_to_holds_and_a_bench_at_rest_signs_once(
    worked: Shift, reader: Database, folder: Path
) -> None:
    worked_on(worked, reader, folder)
    assert checkpoints.keep(folder, reader, SECRET, AT + timedelta(hours=1))
    assert not checkpoints.keep(folder, reader, SECRET, AT + timedelta(hours=2))
    found = checked(folder, reader)
    assert (found.count, found.findings, found.notes) == (4, [], [])
    assert (found.newest, found.keys) == ("2026-03-02T10:00:00+00:00", [PUBLIC])


def written_anew(worked: Shift, path: Path) -> Database:
    """The same writer from the same first entries on, with another history: every hash of it computed anew."""
    other = open_for_writing(path, KEY)
    versions.bring_up(other)
    again = Shift(other, 4).begin()
    again.random.seed(99)
    again.work(40)
    assert again.ledger.head.writer == worked.ledger.head.writer
    return other


def test_a_history_that_was_written_anew_proves_itself_and_is_contradicted_by_its_checkpoints(
    worked: Shift, reader: Database, folder: Path, tmp_path: Path
) -> None:
    worked_on(worked, reader, folder)
    with closing(written_anew(worked, tmp_path / "anew.db")) as other:
        with closing(verify.scratch_database()) as scratch:
            assert verify.verify(other, scratch).clean
        assert "the history was written anew" in checked(folder, other).findings[0]


def test_a_file_that_was_put_back_to_an_older_state_is_told_with_how_much_is_missing(
    worked: Shift, path: Path, reader: Database, folder: Path, tmp_path: Path
) -> None:
    before = backups.make(tmp_path, path, KEY, BackupSettings(folder=str(folder)), AT)
    last = worked.ledger.head.last_seq
    worked_on(worked, reader, folder)
    with closing(open_for_reading(before, KEY)) as older:
        [finding] = checked(folder, older).findings
        assert f"the file has {last}: it was put back" in finding
        found = checked(folder, older, whole=False)
        assert (found.findings, len(found.notes)) == ([], 1)
    with closing(open_for_writing(before, KEY)) as older:
        bench = Shift(older, 5)
        with older.write():
            bench.ledger.begin_writer("lab1", "K7Q3ZE", "restored backup", "Bench 1")
        found = checked(folder, older)
    assert found.findings == []
    assert f"entries {last + 1} to" in found.notes[0]
    assert "restored backup" in found.notes[0]


@pytest.mark.parametrize("what", ["signed by another", "words changed", "taken away", "no line of ours"])
def test_checkpoints_that_were_tampered_with_are_told(worked: Shift, reader: Database, folder: Path, what: str) -> None:
    worked_on(worked, reader, folder)
    one, two, three = lines(folder)
    said = json.loads(two)
    changed = {
        "signed by another": [one, json.dumps({**said, "public": "00" * 32}).encode(), three],
        "words changed": [one, two.replace(b"2026-03-02", b"2026-03-01"), three],
        "taken away": [one, three],
        "no line of ours": [one, b"{}", three],
    }[what]
    (folder / NAME).write_bytes(b"".join(line + b"\n" for line in changed))
    assert checked(folder, reader).findings


def test_that_checkpoints_were_taken_away_or_cut_off_is_told_and_the_next_one_says_so_under_its_signature(
    worked: Shift, reader: Database, folder: Path, tmp_path: Path
) -> None:
    data = tmp_path
    for turn in range(3):
        assert checkpoint_note.keep(data, folder, reader, SECRET, AT + timedelta(minutes=15 * turn))
        worked.work(3)
    made = checkpoint_note.newest(data)
    known = Made(made.sha256, made.at, PUBLIC)

    def told() -> Checked:
        return checkpoints.check(folder, reader, whole=True, made=known)

    assert (told().findings, told().notes) == ([], [])
    (folder / NAME).write_bytes(lines(folder)[0] + b"\n")
    assert [made.at in one for one in told().findings] == [True]
    assert checkpoint_note.keep(data, folder, reader, SECRET, AT + timedelta(hours=1))
    assert "follows another one" in told().findings[0]
    (folder / NAME).unlink()
    known = Made(checkpoint_note.newest(data).sha256, "later", PUBLIC)
    assert "taken away" in told().findings[0]
    assert checkpoint_note.keep(data, folder, reader, SECRET, AT + timedelta(hours=2))
    found = told()
    assert found.findings == []
    assert "are not in this folder" in found.notes[0]


def test_checkpoints_made_anew_with_another_key_are_told_unless_the_file_says_that_it_came_from_elsewhere(
    worked: Shift, reader: Database, folder: Path
) -> None:
    worked_on(worked, reader, folder, 1)
    [finding] = checkpoints.check(folder, reader, whole=True, made=Made(key=bytes(32))).findings
    assert "another key than this bench's" in finding
    assert checkpoints.check(folder, reader, whole=True, made=Made(key=PUBLIC)).findings == []
    nobodys = checkpoints.check(folder, reader, whole=True, made=Made())
    assert (nobodys.findings, len(nobodys.notes)) == ([], 1)
    with worked.db.write():
        worked.ledger.begin_writer("lab1", "K7Q3ZE", "other machine", "Bench 1")
    moved = checkpoints.check(folder, reader, whole=True, made=Made(key=bytes(32)))
    assert (moved.findings, len(moved.notes)) == ([], 1)


def test_a_line_that_the_power_failed_in_is_no_checkpoint_and_the_next_one_follows_the_last_whole_one(
    worked: Shift, reader: Database, folder: Path
) -> None:
    worked_on(worked, reader, folder)
    with (folder / NAME).open("ab") as file:
        file.write(lines(folder)[-1][:40])
    assert checked(folder, reader).findings == []
    assert checkpoints.keep(folder, reader, SECRET, AT + timedelta(hours=1))
    found = checked(folder, reader)
    assert (found.count, found.findings) == (4, [])


def test_whoever_lacks_the_key_cannot_go_on_unseen(worked: Shift, reader: Database, folder: Path) -> None:
    worked_on(worked, reader, folder, 1)
    checkpoints.keep(folder, reader, ANOTHERS, AT + timedelta(hours=1))
    assert len(checked(folder, reader).keys) == 2


def test_a_bench_at_work_signs_by_itself_and_once_more_when_it_closes(worked: Shift, path: Path) -> None:
    schedule = backups.Schedule(path.parent, path, KEY, [], first_after_s=600.0, signing_key=lambda: SECRET)
    schedule.close()
    with closing(open_for_reading(path, KEY)) as db:
        assert checked(path.parent / backups.OWN_FOLDER, db).count == 1
    assert checkpoint_note.newest(path.parent).sha256
