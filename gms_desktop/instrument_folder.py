"""The folders that the programs of this bench's instruments export to: what came in them and was not taken in yet.

They are looked at again and again, which works on shares that tell nobody of new files. A file counts once it has lain
still between two looks; what it holds is known by its content's hash, so that a copy under another name, or in another
folder, comes once. Nothing is moved or changed there: what is no run is said in words, and left.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from devices.folder_reasons import of_folder
from gms_desktop import folder_words
from gms_desktop.errors import Unavailable
from gms_desktop.settings import NamedFolder

MOST_MB = 60
"""The largest export seen (the raw reads of a plate) has 20."""
_MOST_FILES = 2_000
# What is read in one look at least, and for how long it is read on: a folder of a thousand files answers at once and
# goes on with the next look.
_READ_A_LOOK, _READ_FOR_S = 20, 0.5
_HELD_LOOKS = 3

Taken = Callable[[Collection[str]], set[str]]
Odd = Callable[[Path], str]


@dataclass(frozen=True)
class CameFile:
    """A file that may be opened, and the name of the folder it lies in."""

    folder: str
    path: Path


@dataclass(frozen=True)
class Looked:
    """What one look at the folders came to.

    Attributes:
        came: files that may be opened, the oldest first.
        left: files that are left as they are, each with its reason in words.
        away: folders that cannot be seen, each in words.
        more: whether files were not read yet: they come with the next looks.
    """

    came: tuple[CameFile, ...] = ()
    left: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    more: bool = False


NOTHING_SEEN = Looked()


@dataclass
class _Seen:
    print: tuple[int, int]
    sha256: str = ""
    odd: str | None = None
    held: int = 0


@dataclass
class InstrumentFolders:
    """What was seen at former looks, so that no file is read twice."""

    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _now: Callable[[], float] = time.monotonic

    def look(self, folders: Iterable[NamedFolder], taken: Taken, odd: Odd) -> Looked:
        """The files that lie still and were not taken in.

        Args:
            folders: where they are exported to.
            taken: which of some hashes were taken in before.
            odd: why a file is no whole run; empty for one that may be opened. Raises ``Unavailable`` while another
                program holds it.
        """
        with self._turn:
            found: dict[Path, str] = {}
            away = []
            for folder in folders:
                try:
                    found |= dict.fromkeys(self._changed(Path(folder.path)), folder.name)
                except OSError as fault:
                    away.append(folder_words.away(folder.name, folder.path, of_folder(fault)))
            still = sorted((path for path in found if self._lies_still(path)), key=lambda one: self._seen[one].print)
            new = self._not_taken(still, taken)
            self._judge(new, odd)
            came = tuple(CameFile(found[path], path) for path in new if self._seen[path].odd == "")
            more = any(self._seen[path].odd is None and self._seen[path].sha256 for path in new)
            return Looked(came, tuple(self._left(found, new)), tuple(away), more)

    def read_again(self) -> None:
        """What was no run may be one now: files are read by other tables."""
        with self._turn:
            for seen in self._seen.values():
                seen.odd = None

    def _changed(self, folder: Path) -> Iterator[Path]:
        """Every file there, its size and time compared with the look before."""
        for path, now in _files(folder):
            known = self._seen.get(path)
            if known is None or known.print != now:
                self._seen[path] = _Seen(now)
            else:
                known.held += 1
                yield path

    def _lies_still(self, path: Path) -> bool:
        seen = self._seen[path]
        if not 0 < seen.print[1] <= MOST_MB * 1_000_000:
            return False
        try:
            seen.sha256 = seen.sha256 or sha256(path.read_bytes()).hexdigest()
        except OSError:
            return False
        return True

    def _not_taken(self, still: list[Path], taken: Taken) -> list[Path]:
        by_hash: dict[str, Path] = {}
        for path in still:
            by_hash.setdefault(self._seen[path].sha256, path)
        before = taken(list(by_hash))
        return [path for digest, path in by_hash.items() if digest not in before]

    def _judge(self, new: Iterable[Path], odd: Odd) -> None:
        """Read what was not read before, for a while in one look."""
        end = self._now() + _READ_FOR_S
        for number, path in enumerate([one for one in new if self._seen[one].odd is None]):
            if number >= _READ_A_LOOK and self._now() > end:
                return
            try:
                self._seen[path].odd = odd(path)
            except Unavailable:
                self._seen[path].sha256 = ""

    def _left(self, found: dict[Path, str], new: list[Path]) -> Iterator[str]:
        """Each file that stays unread, in words: no whole run, too large to be one, or held by another program."""
        for path, folder in found.items():
            seen = self._seen[path]
            if seen.print[1] > MOST_MB * 1_000_000:
                yield folder_words.too_large(folder, path.name, MOST_MB)
            elif seen.print[1] and not seen.sha256 and seen.held >= _HELD_LOOKS:
                yield folder_words.held(folder, path.name)
        yield from (folder_words.left(found[path], why) for path in new if (why := self._seen[path].odd))


def _files(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Files by their path with time and size, from one listing: a slow share is asked as little as can be."""
    many = 0
    with os.scandir(folder) as listed:
        for one in listed:
            try:
                if one.name.startswith((".", "~")) or not one.is_file():
                    continue
                stat = one.stat()
            except OSError:
                continue  # gone again
            yield Path(one.path), (stat.st_mtime_ns, stat.st_size)
            many += 1
            if many == _MOST_FILES:
                return
