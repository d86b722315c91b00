"""Keeps a bench's folder to its own account: folders 700, files 600. On Windows the installer's rights do that."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077


def keep(folder: Path) -> None:
    """Take the rights of every other account away from a folder and all that lies in it.

    What belongs to another account stays as it is: the doctor names it.
    """
    for path in _below(folder):
        with suppress(OSError):
            status = path.lstat()
            if _is_open(status):
                path.chmod(FOLDER if stat.S_ISDIR(status.st_mode) else FILE)


def open_to_others(folder: Path) -> list[str]:
    """What of a bench's folder other accounts may read, write or enter, named from it on; the folder itself is ``.``.

    Nothing in a folder that is closed to them can be reached.
    """
    found: list[str] = []
    with suppress(OSError):
        if not _is_open(folder.lstat()):
            return found
    for path in _below(folder):
        with suppress(OSError):
            if _is_open(path.lstat()):
                found.append(path.relative_to(folder).as_posix())
    return sorted(found)


def _is_open(status: os.stat_result) -> bool:
    return not stat.S_ISLNK(status.st_mode) and bool(status.st_mode & _OTHERS)


def _below(folder: Path) -> Iterator[Path]:
    if os.name == "nt":
        return
    yield folder
    for place, folders, files in os.walk(folder, followlinks=False):
        yield from (Path(place) / name for name in (*folders, *files))
