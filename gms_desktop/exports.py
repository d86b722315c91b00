"""Exported files of one bench: saved in one folder, listed, and taken away when their time is over.

What is exported is a copy: it can be made again from the bench as long as the bench has it. Each is written down before
it is there. A file that somebody changed since, or put into the folder by hand, is named and never touched.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from gms_desktop import own_rights
from gms_desktop.domain.exports import Export, Place, Standing
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.backup import write_through
from gms_desktop.recorder import Recorder
from gms_desktop.services import exported
from gms_desktop.settings import ExportSettings

FOLDER, LABELS = "exports", "labels"
_DAY_S = 24 * 3600.0
EXPIRED, NOT_SAVED, GONE = "expired", "not saved", "not there"
_EVERY_S = 3600.0
_PART = ".part"


@dataclass(frozen=True, slots=True)
class Listed:
    """An export and how it stands with it."""

    export: Export
    standing: Standing


def folder_of(data: Path, wanted: ExportSettings) -> Path:
    """The folder that exports go to."""
    return Path(wanted.folder) if wanted.folder else data / FOLDER


def placed(path: Path, folder: Path) -> tuple[str, Place]:
    """A file's name below the exports folder, or its whole path elsewhere."""
    whole, ours = path.absolute(), folder.absolute()
    if whole.is_relative_to(ours):
        return whole.relative_to(ours).as_posix(), Place.OURS
    return str(whole), Place.ELSEWHERE


class Exports:
    """The exports of an open bench. Each method waits for the disk: never on the main thread."""

    def __init__(self, recorder: Recorder, data: Path, wanted: ExportSettings, who: Callable[[], str | None]) -> None:
        """Do nothing yet.

        Args:
            recorder: entries are read and written through it.
            data: the bench's data folder.
            wanted: the settings.
            who: the person who is signed in.
        """
        self._recorder, self._data, self._wanted, self._who = recorder, data, wanted, who
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def folder(self) -> Path:
        """The folder that exports go to; made, for this account alone, where it is the bench's own."""
        folder = folder_of(self._data, self._wanted)
        if not self._wanted.folder:
            with suppress(OSError):
                folder.mkdir(mode=own_rights.FOLDER, exist_ok=True)
        return folder

    def begin(self) -> None:
        """Take away what is due, now and every hour, and what a save that was cut short left."""
        self._thread = threading.Thread(target=self._expire_for_ever, name="exports", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more away."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def save(self, path: Path, content: bytes, sort: str) -> Path:
        """Save a file, and note who saved what, where and until when, before it is there.

        Raises:
            OSError: it cannot be written there; that it came to nothing is noted too.
        """
        said = self.note(path, len(content), sha256(content).hexdigest(), sort)
        try:
            self._write(path, content)
        except OSError:
            self._recorder.write(lambda ledger: exported.note_removed(ledger, *said, NOT_SAVED, self._who())).result()
            raise
        return path

    def note(self, path: Path, size: int, digest: str, sort: str) -> tuple[str, str]:
        """Note a file that is saved by somebody else; its identity and month."""
        name, place = self._placed(path)
        said, days, by = (size, digest), self._wanted.days, self._who()
        return self._recorder.write(
            lambda ledger: exported.note_saved(ledger, name, place, sort, said, days, by)
        ).result()

    def lines(self) -> tuple[Listed, ...]:
        """Every export of a year, the newest first."""
        return standing(self._recorder.read(exported.listed).result(), self.folder)

    def expire(self) -> int:
        """Take away what is due, and note it.

        Returns:
            How many files were taken away.
        """
        now, every = self._recorder.read(lambda ledger: (ledger.clock.now(), exported.listed(ledger))).result()
        gone = 0
        for one in standing(every, self.folder):
            if one.export.own and one.export.is_due(now) and one.standing in _OVER:
                gone += self._take_away(one)
        return gone

    def _take_away(self, one: Listed) -> bool:
        there = one.standing is Standing.HERE
        if there:
            try:
                (self.folder / one.export.name).unlink()
            except OSError:
                return False  # open in another program: the next hour tries again
        why = EXPIRED if there else GONE
        self._recorder.write(
            lambda ledger: exported.note_removed(ledger, one.export.id, one.export.month, why, None)
        ).result()
        return there

    def _placed(self, path: Path) -> tuple[str, Place]:
        return placed(path, self.folder)

    def _write(self, path: Path, content: bytes) -> None:
        if self._placed(path)[1] is Place.ELSEWHERE:
            path.write_bytes(content)
            return
        part = path.with_name(f".{path.name}{_PART}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, own_rights.FILE)
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(content)
            write_through(part)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise

    def _expire_for_ever(self) -> None:
        sweep(self.folder)
        while True:
            # A disk that is away, a bench that closes: the next hour, or the next start, tries again.
            with suppress(Refused, Unavailable, OSError, RuntimeError):
                self.expire()
            expire_labels(self._data / LABELS, time.time(), self._wanted.days)
            if self._ended.wait(_EVERY_S):
                return


_OVER = frozenset({Standing.HERE, Standing.GONE, Standing.REPLACED})


def standing(every: tuple[Export, ...], folder: Path) -> tuple[Listed, ...]:
    """How it stands with each export of a bench whose folder this is; the newest must come first."""
    names: set[str] = set()
    found = []
    for one in every:
        found.append(Listed(one, _standing(one, folder, replaced=one.name in names)))
        if one.own and one.place is Place.OURS:
            names.add(one.name)
    return tuple(found)


def _standing(one: Export, folder: Path, *, replaced: bool) -> Standing:
    if one.removed:
        return Standing.REMOVED
    if one.place is Place.ELSEWHERE or not one.own:
        return Standing.ELSEWHERE
    if replaced:
        return Standing.REPLACED
    path = folder / one.name
    # A name that leads out of the folder is none of ours.
    if not one.name or not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return Standing.GONE
    try:
        same = path.stat().st_size == one.size and sha256(path.read_bytes()).hexdigest() == one.sha256
    except OSError:
        return Standing.CHANGED
    return Standing.HERE if same else Standing.CHANGED


def strangers(every: tuple[Listed, ...], folder: Path) -> tuple[str, ...]:
    """Files of the exports folder that the bench did not save, or that somebody changed since."""
    known = {one.export.name for one in every if one.standing is Standing.HERE}
    return tuple(sorted(name for name in _names(folder) if name not in known))


def _names(folder: Path) -> list[str]:
    with suppress(OSError):
        return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return []


def expire_labels(folder: Path, now: float, days: int) -> int:
    """Take labels away that a bench without a printer wrote into its own folder: each can be printed again.

    Args:
        folder: the bench's own folder of labels.
        now: the time, in seconds since 1970.
        days: how long one may lie there.

    Returns:
        How many were taken away.
    """
    gone = 0
    for path in folder.glob("label-*.zpl"):
        with suppress(OSError):
            if now - path.stat().st_mtime > days * _DAY_S:
                path.unlink()
                gone += 1
    return gone


def sweep(folder: Path) -> None:
    """Take away what a save that was cut short left half written."""
    with suppress(OSError):
        for part in folder.rglob(f".*{_PART}"):
            part.unlink(missing_ok=True)
