"""A folder that a device's program leaves its files in.

A file is taken when it is new since a mark, has lain still for a while, and can be opened. It stays where it is until
whoever read it has committed what was in it, and is only then moved away.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from devices.clock import Deadline
from devices.files.given import GivenFile, instant


@dataclass(frozen=True)
class FolderTimes:
    """How long to wait, in seconds.

    Attributes:
        look_s: between two looks.
        still_s: for which a file must not change before it is read.
        locked_s: for which a file that another program holds is tried again.
        early_s: by which a file may seem older than the mark: file systems keep time to 2 s, and a share has a clock
            of its own.
    """

    look_s: float = 0.2
    still_s: float = 0.6
    locked_s: float = 4.0
    early_s: float = 2.0


class FileInUse(Exception):
    """A file that another program does not let go of; the text is its name."""


@dataclass(frozen=True)
class Mark:
    """What lay in the folder at a moment, so that it is never taken for what comes later."""

    lay_there: dict[str, tuple[int, int]]
    at: float


@dataclass
class _Seen:
    """A new file as it was when last looked at, and since when it has been so."""

    print: tuple[int, int]
    since: float
    locked: Deadline | None = None


@dataclass
class WatchedFolder:
    """One folder.

    Attributes:
        path: where it is; a folder on this computer or a network share.
        patterns: the names looked for.
        times: how long to wait.
        done: the folder within it that files are moved to.
    """

    path: Path
    patterns: tuple[str, ...] = ("*.csv", "*.txt", "*.xls", "*.xlsx")
    times: FolderTimes = field(default_factory=FolderTimes)
    done: str = "processed"

    def mark(self) -> Mark:
        """What lies there now; raises ``OSError``."""
        return Mark({path.name: _print(path) for path in self._there()}, time.time())

    def wait_for_new(self, since: Mark, seconds: float, stopped: threading.Event) -> tuple[GivenFile, ...]:
        """The files that have come since a mark, as soon as all of them lie still; none when the time is over.

        Raises:
            FileInUse: when one lies still and cannot be opened.
            OSError: when the folder cannot be seen.
        """
        deadline = Deadline(seconds)
        seen: dict[str, _Seen] = {}
        while True:
            found = self._look(since, seen)
            if found or deadline.passed() or stopped.is_set():
                return found
            stopped.wait(min(self.times.look_s, deadline.left()))

    def _look(self, since: Mark, seen: dict[str, _Seen]) -> tuple[GivenFile, ...]:
        new = [path for path in self._there() if self._is_new(path, since)]
        still = [path for path in new if self._lies_still(path, seen)]
        if len(still) < len(new):
            return ()  # which of several is the rack's is not known before all of them are there
        read = [self._read(path, seen[path.name]) for path in still]
        return tuple(file for file in read if file is not None)

    def _there(self) -> list[Path]:
        if not self.path.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.path))
        return sorted(path for path in self.path.iterdir() if self._is_looked_for(path.name) and path.is_file())

    def _is_looked_for(self, name: str) -> bool:
        known = any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in self.patterns)
        return known and not name.startswith((".", "~"))

    def _is_new(self, path: Path, since: Mark) -> bool:
        try:
            now = _print(path)
        except OSError:
            return False  # gone again
        is_other = since.lay_there.get(path.name) != now
        return is_other and now[1] > 0 and now[0] / 1e9 >= since.at - self.times.early_s

    def _lies_still(self, path: Path, seen: dict[str, _Seen]) -> bool:
        try:
            now = _print(path)
        except OSError:
            return False
        before = seen.get(path.name)
        if before is None or before.print != now:
            seen[path.name] = _Seen(now, time.monotonic())
            return False
        return time.monotonic() - before.since >= self.times.still_s

    def _read(self, path: Path, seen: _Seen) -> GivenFile | None:
        """The file, if it was the same before and after; None while it is held or has changed."""
        try:
            content = self.content_of(path)
            after = _print(path)
        except FileNotFoundError:
            return None
        except OSError as why:
            seen.locked = seen.locked or Deadline(self.times.locked_s)
            if seen.locked.passed():
                raise FileInUse(path.name) from why
            return None
        if after != seen.print or len(content) != after[1]:
            seen.print, seen.since = after, time.monotonic()
            return None
        return GivenFile(path.name, content, instant(after[0]))

    def content_of(self, path: Path) -> bytes:
        """A file's bytes; raises ``OSError`` while another program holds it."""
        return path.read_bytes()

    def move_away(self, file: GivenFile) -> bool:
        """Put a file whose content has been committed out of the way, never over another.

        Returns:
            False when the file is gone, or holds something else by now; it is left as it is.

        Raises:
            OSError: when it cannot be moved.
        """
        source = self.path / file.name
        try:
            if self.content_of(source) != file.content:
                return False
        except FileNotFoundError:
            return False
        (self.path / self.done).mkdir(exist_ok=True)
        _renamed(source, lambda number: self.path / self.done / _numbered(file.name, number))
        return True


def _print(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def _numbered(name: str, number: int) -> str:
    path = Path(name)
    return name if not number else f"{path.stem}-{number}{path.suffix}"


def _renamed(source: Path, name: Callable[[int], Path]) -> None:
    number = 0
    while True:
        try:
            os.link(source, name(number))
        except FileExistsError:
            number += 1
        except OSError:
            if os.path.lexists(name(number)):
                number += 1
                continue
            source.rename(name(number))  # a file system without links, whose own rename is all there is
            return
        else:
            source.unlink()
            return
