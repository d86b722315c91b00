"""The folder that the programs of this bench's instruments export to: what came in it and was not taken in yet.

It is looked at again and again, which works on shares that tell nobody of new files. A file counts once it has lain
still between two looks; what it holds is known by its content's hash, so that a copy under another name comes once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

_MOST = 60_000_000
_MOST_FILES = 2_000


@dataclass
class _Seen:
    print: tuple[int, int]
    sha256: str = ""
    no_run: bool = False


@dataclass
class InstrumentFolder:
    """What was seen at former looks, so that no file is read twice."""

    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def pass_over(self, path: Path) -> None:
        """A file that is no run is not offered again until it changes: those after it are not kept waiting by it."""
        with self._turn:
            if path in self._seen:
                self._seen[path].no_run = True

    def look(self, folder: Path, taken: Callable[[Collection[str]], set[str]]) -> tuple[Path, ...]:
        """The files that lie still and were not taken in, oldest first.

        Args:
            folder: where they are exported to.
            taken: which of some hashes were taken in before.

        Raises:
            OSError: when the folder cannot be seen.
        """
        with self._turn:
            still = [path for path in sorted(_files(folder)) if self._lies_still(path)]
            by_hash: dict[str, Path] = {}
            for path in sorted(
                (one for one in still if not self._seen[one].no_run), key=lambda one: self._seen[one].print
            ):
                by_hash.setdefault(self._seen[path].sha256, path)
            before = taken(list(by_hash))
            return tuple(path for digest, path in by_hash.items() if digest not in before)

    def _lies_still(self, path: Path) -> bool:
        try:
            stat = path.stat()
            now = stat.st_mtime_ns, stat.st_size
            known = self._seen.get(path)
            if known is None or known.print != now or not 0 < now[1] <= _MOST:
                self._seen[path] = _Seen(now)
                return False
            if not known.sha256:
                known.sha256 = sha256(path.read_bytes()).hexdigest()
        except OSError:
            # Another program holds it, or it is gone: the next look sees.
            return False
        return True


def _files(folder: Path) -> list[Path]:
    found = [path for path in folder.iterdir() if not path.name.startswith((".", "~")) and path.is_file()]
    return found[:_MOST_FILES]
