"""The folder that a printer's own program watches: files appear in it whole, and go when the printer takes them."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

from devices.folder_reasons import of_folder
from devices.values import PrinterCondition

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def condition_of(why: OSError) -> PrinterCondition:
    """What an error of the file system means for the printer."""
    if why.errno in _NO_ROOM:
        return PrinterCondition.NO_ROOM
    # Some folders that take no file, such as the system's own, say that the file is not there.
    stands = why.errno == errno.ENOENT and why.filename and Path(why.filename).parent.is_dir()
    return PrinterCondition.READ_ONLY if stands or why.errno in _READ_ONLY else PrinterCondition.UNREACHABLE


def reason_of(why: OSError) -> str:
    """The same in words."""
    gone = why.errno == errno.ENOENT and condition_of(why) is PrinterCondition.READ_ONLY
    return "it takes no file" if gone else of_folder(why)


class DropFolder:
    """One folder. Every method but ``holds`` raises ``OSError`` in the system's own words.

    Args:
        path: where it is; a folder on this computer or a network share.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, name: str, data: bytes) -> None:
        """Make a file appear whole under a name that is free.

        Raises:
            FileExistsError: when a file of that name lies there; it is left as it is.
        """
        part = self.path / f".{secrets.token_hex(8)}.part"
        try:
            self.write_through(part, data)
            self._appear(part, self.path / name)
        finally:
            self._forget(part)

    def _appear(self, part: Path, target: Path) -> None:
        """Rename without ever overwriting.

        A link does that in one step where the folder has links; Windows' rename does it by itself.
        """
        try:
            os.link(part, target)
        except FileExistsError:
            raise
        except OSError:
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
            part.rename(target)

    def write_through(self, path: Path, data: bytes) -> None:
        """Write a file and wait until the disk has it."""
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def holds(self, name: str) -> bool:
        """Whether a file of that name lies there; false too when the folder is gone."""
        return os.path.lexists(self.path / name)

    def is_there(self) -> bool:
        """Whether the folder itself can be seen."""
        return self.path.is_dir()

    def age_s(self, name: str, now: float) -> float:
        """Seconds since a file appeared."""
        return now - (self.path / name).stat().st_mtime

    def take_back(self, name: str) -> None:
        """Take a file away in one step, so that the printer's program finds it whole or not at all.

        Raises:
            FileNotFoundError: when it was taken meanwhile.
        """
        aside = self.path / f".{secrets.token_hex(8)}.back"
        (self.path / name).rename(aside)
        self._forget(aside)

    def try_out(self) -> None:
        """Write and remove a small file of a name that no printer looks for: permissions alone tell too little."""
        part = self.path / f".{secrets.token_hex(8)}.part"
        try:
            self.write_through(part, b"gms_desktop\n")
        finally:
            self._forget(part)

    @staticmethod
    def _forget(path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return  # the folder itself is gone
