"""Backups while the bench is at work: when one is due, where it goes, which are kept, and what a person is told.

Beside them, more often, a signed checkpoint of how far the journal has come (see ``checkpoints``).

A backup is made on a thread and a connection of its own, in slices between which the thread waits: no scan waits for
it. One that comes to nothing is a notice, and tried again; it never stops the bench.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gms_desktop import backup_words as say
from gms_desktop import checkpoint_note, settings
from gms_desktop.backup_rotation import kept, name_at, time_of
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files import tables
from gms_desktop.files.copying import follow
from gms_desktop.files.opening import open_or_set_aside
from gms_desktop.files.store import FileStore
from gms_desktop.journal import backup, ballast, sqlite_file
from gms_desktop.journal.backup import Between
from gms_desktop.logs import Event, log
from gms_desktop.settings import BackupSettings

STATE = "backups.json"
OWN_FOLDER = "backups"
# The disk of the bench's own file keeps so much free: a backup must never be what fills it.
LEFT_BESIDE_THE_BENCH = 512 * 1024**2
LEFT_ELSEWHERE = 16 * 1024**2
FIRST_AFTER_S = 60.0
AGAIN_AFTER = timedelta(minutes=10)
_LOOK_EVERY_S = 60.0
_WAIT_BETWEEN_SLICES_S = 0.01
_HALF_MADE_FOR_S = 3600.0
CHECKPOINT_EVERY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class State:
    """How backups stand.

    Attributes:
        newest: when the newest good one was begun, aware UTC; None when there is none.
        file: that backup.
        tried: when one was last tried.
        trouble: why that one came to nothing, ``""`` when it did not.
    """

    newest: datetime | None = None
    file: str = ""
    tried: datetime | None = None
    trouble: str = ""


def state(data: Path) -> State:
    """How backups of a bench stand, as they were left written down."""
    try:
        said = json.loads((data / STATE).read_text("utf-8"))
        return State(_time(said["newest"]), str(said["file"]), _time(said["tried"]), str(said["trouble"]))
    except (OSError, ValueError, LookupError, TypeError):
        return State()


def _time(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _keep_state(data: Path, now: State) -> None:
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(now).items()}
    fresh = (data / STATE).with_suffix(".new")
    # It can be worked out again from the folder: a disk without room for it stops nothing.
    with suppress(OSError):
        fresh.write_text(json.dumps(said), "utf-8")
        fresh.replace(data / STATE)


def folder_of(data: Path, wanted: BackupSettings) -> Path:
    """The folder that backups go to.

    Raises:
        Unavailable: when it is not there or may not be written.
    """
    folder = Path(wanted.folder) if wanted.folder else data / OWN_FOLDER
    if not wanted.folder:
        with suppress(OSError):
            folder.mkdir(mode=0o700, exist_ok=True)
    if not folder.is_dir():
        raise Unavailable(say.folder_away(str(folder)), still_works=say.STILL_WORKS)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Unavailable(say.folder_not_writable(str(folder)), still_works=say.STILL_WORKS)
    return folder


def on_the_same_disk(data: Path, folder: Path) -> bool:
    """Whether a broken disk would take the bench's file and its backups together."""
    return data.stat().st_dev == folder.stat().st_dev


def make(
    data: Path, source: Path, key: bytes, wanted: BackupSettings, at: datetime, between: Between = lambda: None
) -> Path:
    """Make one backup, check it, and take those away that are kept no longer.

    Args:
        data: the bench's data folder.
        source: its file, in use or not.
        key: the file's key.
        wanted: the settings.
        at: now, aware UTC.
        between: called between slices; what it raises ends the backup and is raised again.

    Returns:
        The backup.

    Raises:
        Refused, Unavailable: why there is none; it is written down for the doctor as well.
    """
    before = state(data)
    try:
        made = _made(data, source, key, wanted, at, between)
    except (Refused, Unavailable) as told:
        words = told.sentence if isinstance(told, Unavailable) else str(told)
        _keep_state(data, State(before.newest, before.file, at, words))
        raise
    _keep_state(data, State(at, str(made), at))
    return made


def _made(data: Path, source: Path, key: bytes, wanted: BackupSettings, at: datetime, between: Between) -> Path:
    folder = folder_of(data, wanted)
    _sweep(folder)
    _rotate(folder, wanted)
    _check_room(data, source, folder)
    db = sqlite_file.open_for_reading(source, key)
    try:
        while (folder / name_at(at)).exists():
            # Two in one second: the name of the second one says the next.
            at += timedelta(seconds=1)
        made = backup.back_up(db, folder / name_at(at), key, between)
    finally:
        db.close()
    _rotate(folder, wanted)
    back_up_files(source.with_name(tables.NAME), folder / tables.NAME, key, between)
    return made


def back_up_files(source: Path, target: Path, key: bytes, between: Between = lambda: None) -> None:
    """Bring the one copy of the bench's files, which lies beside all its backups, level with them.

    After the bench's own file: whatever that cites was there before it.

    Args:
        source: the bench's ``files.db``; a bench that never kept a file has none.
        target: the copy.
        key: the key of both.
        between: called between chunks.

    Raises:
        Refused: when the copy is of a newer version.
        Unavailable: when the disk is full or away, or either is damaged; a damaged copy is set aside first.
    """
    if not source.exists():
        return
    with closing(FileStore(source, key, read_only=True)) as files:
        copy, _ = open_or_set_aside(target, key, datetime.now(UTC))
        try:
            follow(files, copy, between)
        finally:
            # One file without a log beside it: it can be read from a disk that is not to be written.
            copy.close(alone=True)


def _check_room(data: Path, source: Path, folder: Path) -> None:
    files = source.with_name(tables.NAME)
    more = max(0, _size(files) - _size(folder / tables.NAME))
    needed = (
        source.stat().st_size + more + (LEFT_BESIDE_THE_BENCH if on_the_same_disk(data, folder) else LEFT_ELSEWHERE)
    )
    free = ballast.room(folder)
    if free < needed:
        raise Unavailable(say.no_room(str(folder), needed, free), still_works=say.STILL_WORKS)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sweep(folder: Path) -> None:
    """Take away what a backup left that was killed; one that another program is making is written to all the time."""
    for left in folder.glob(f"bench-*.db{backup.PART}*"):
        with suppress(OSError):
            if datetime.now(UTC).timestamp() - left.stat().st_mtime > _HALF_MADE_FOR_S:
                left.unlink()


def _rotate(folder: Path, wanted: BackupSettings) -> None:
    there = {at: path for path in folder.iterdir() if (at := time_of(path.name)) is not None}
    for at in there.keys() - kept(there, wanted):
        # One that cannot be removed now, perhaps since it is being copied away, is removed another time.
        with suppress(OSError):
            there[at].unlink()


def due_at(now: State, wanted: BackupSettings, at: datetime) -> datetime:
    """When the next backup is due. A clock that was put back makes none wait longer than usual."""
    pause = timedelta(hours=wanted.every_hours)
    due = at if now.newest is None or now.newest > at else now.newest + pause
    if now.trouble and now.tried is not None and now.tried <= at:
        due = max(due, now.tried + min(pause, AGAIN_AFTER))
    return due


def is_late(now: State, wanted: BackupSettings, at: datetime) -> bool:
    """Whether the newest backup is older than twice the time from one to the next."""
    return now.newest is None or at - now.newest > 2 * timedelta(hours=wanted.every_hours)


class _Ended(Exception):
    """The application closes: the backup that was being made is thrown away."""


class Schedule:
    """Makes backups on a thread of its own, from the start of the application to its end."""

    def __init__(
        self,
        data: Path,
        source: Path,
        key: bytes,
        notices: list[str],
        changed: Callable[[], None] = lambda: None,
        first_after_s: float = FIRST_AFTER_S,
        wait_s: float = _WAIT_BETWEEN_SLICES_S,
        signing_key: Callable[[], bytes] | None = None,
    ) -> None:
        """Start the thread.

        Args:
            data: the bench's data folder; its settings are read anew for each backup.
            source: the bench's file.
            key: the file's key.
            notices: what a person must be told; a notice that no longer holds is taken away again.
            changed: told when the notices changed.
            first_after_s: no backup is made so soon after the start.
            wait_s: the pause between slices.
            signing_key: the bench's Ed25519 key, which signs checkpoints; None: none are made.
        """
        self._data, self._source, self._key = data, source, key
        self._notices, self._changed, self._told = notices, changed, ""
        self._first_after_s, self._wait_s = first_after_s, wait_s
        self._signing_key, self._signed = signing_key, datetime.min.replace(tzinfo=UTC)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backups", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; a backup that is being made is thrown away."""
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        if not self._end.wait(self._first_after_s):
            while not self._end.wait(self._turn()):
                pass
        # What was recorded until the end is signed before the file is closed.
        self._checkpoint()

    def _turn(self) -> float:
        """Make a backup when one is due. The seconds until the next look."""
        try:
            wanted = (settings.read(self._data) or settings.Settings()).backup
        except Refused as told:
            self._tell(say.not_made(str(told), state(self._data).newest))
            return _LOOK_EVERY_S
        now = datetime.now(UTC)
        if not timedelta(0) <= now - self._signed < CHECKPOINT_EVERY:
            self._checkpoint()
        due = (due_at(state(self._data), wanted, now) - now).total_seconds()
        if due > 0:
            return min(due, _LOOK_EVERY_S)
        self._make(wanted, now)
        return _LOOK_EVERY_S if state(self._data).trouble else 0.0

    def _checkpoint(self) -> None:
        """Sign how far the journal has come. A folder that is away is told with the backups that go there."""
        if self._signing_key is None:
            return
        self._signed = datetime.now(UTC)
        try:
            folder = folder_of(self._data, (settings.read(self._data) or settings.Settings()).backup)
            with closing(sqlite_file.open_for_reading(self._source, self._key)) as db:
                checkpoint_note.keep(self._data, folder, db, self._signing_key(), self._signed)
        except (OSError, Refused, Unavailable, sqlite_file.DriverError) as told:
            log(Event.NOT_SIGNED, fault=type(told).__name__)

    def _make(self, wanted: BackupSettings, now: datetime) -> None:
        try:
            made = make(self._data, self._source, self._key, wanted, now, self._between)
        except _Ended:
            return
        except (Refused, Unavailable) as told:
            why = told.sentence if isinstance(told, Unavailable) else str(told)
            self._tell(say.not_made(why, state(self._data).newest))
        except Exception as fault:
            # A fault of ours must not end the backups of the day, nor the bench.
            why = f"The application met a fault ({type(fault).__name__})."
            _keep_state(self._data, State(state(self._data).newest, state(self._data).file, now, why))
            self._tell(say.not_made(why, state(self._data).newest))
        else:
            self._tell(say.SAME_DISK if on_the_same_disk(self._data, made.parent) else "")

    def _between(self) -> None:
        if self._end.wait(self._wait_s):
            raise _Ended

    def _tell(self, words: str) -> None:
        if words == self._told:
            return
        with suppress(ValueError):
            self._notices.remove(self._told)
        self._told = words
        if words:
            self._notices.append(words)
        self._changed()
