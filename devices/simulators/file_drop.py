"""The program of a cassette or slide printer: looks into its folder, reads what it finds there, deletes it, prints it.

As LabeLase Producer does it: a named file is looked for each second, read and deleted.
"""

from __future__ import annotations

import errno
import os
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from devices.printers.drop_folder import DropFolder


@dataclass(frozen=True)
class DropFaults:
    """What is wrong with it now.

    Attributes:
        never_reads: its program is not running.
        reads_half: it stops in the middle of a file, which stays where it is.
        keeps_files: prints and may not delete: it prints each file once.
    """

    never_reads: bool = False
    reads_half: bool = False
    keeps_files: bool = False


class SimulatedFileDrop:
    """Watches from the moment it is made until closed.

    Args:
        folder: the folder to watch.
        pattern: the names it looks for; ``labels.txt`` for a program of one name.
        every_s: seconds between two looks; 1 on the real ones.
    """

    def __init__(self, folder: Path, pattern: str = "*.txt", every_s: float = 1.0) -> None:
        self.folder = folder
        self._pattern = pattern
        self._every_s = every_s
        self._faults = DropFaults()
        self._printed: list[bytes] = []
        self._read: list[bytes] = []
        self._seen: set[Path] = set()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="simulated slide printer", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def printed(self) -> list[bytes]:
        """What it has printed, in order."""
        with self._changed:
            return list(self._printed)

    @property
    def half_read(self) -> list[bytes]:
        """What it stopped in the middle of."""
        with self._changed:
            return list(self._read)

    def suffer(self, **faults: Any) -> None:
        """Change what is wrong, by the names of ``DropFaults``."""
        with self._changed:
            self._faults = replace(self._faults, **faults)
            self._changed.notify_all()

    def close(self) -> None:
        """End the program."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        with self._changed:
            while not self._closing:
                if not self._faults.never_reads:
                    self._look()
                self._changed.wait(self._every_s)

    def _look(self) -> None:
        for path in sorted(self.folder.glob(self._pattern)):
            if path.name.startswith(".") or path in self._seen:
                continue
            try:
                self._take(path)
            except OSError:
                return  # the folder or the file went away

    def _take(self, path: Path) -> None:
        data = path.read_bytes()
        if self._faults.reads_half:
            self._read.append(data[: len(data) // 2])
            self._seen.add(path)
        elif self._faults.keeps_files:
            self._printed.append(data)
            self._seen.add(path)
        else:
            path.unlink()
            self._printed.append(data)


class FaultyFolder(DropFolder):
    """A folder whose file system refuses: a full disk, a read-only share, a share whose files cannot be removed.

    Attributes:
        write_error: the error number of each write, once half of the bytes are out; 0 for none.
        holds_fast: a file that lies there cannot be taken back.
    """

    write_error: int = 0
    holds_fast: bool = False

    def write_through(self, path: Path, data: bytes) -> None:
        """Write, or half of it and then the error."""
        if self.write_error:
            if self.write_error == errno.ENOSPC:
                path.write_bytes(data[: len(data) // 2])
            raise OSError(self.write_error, os.strerror(self.write_error), str(path))
        super().write_through(path, data)

    def take_back(self, name: str) -> None:
        """Take a file away, unless it is held fast."""
        if self.holds_fast:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)
        super().take_back(name)
