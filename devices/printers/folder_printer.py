"""A printer that is a folder: for a bench without one, and for programs that print what appears in a folder."""

from __future__ import annotations

import itertools
import os
import secrets
from pathlib import Path

from devices.clock import Clock, utc_now
from devices.values import PrinterCondition, PrinterStatus, Sent


class FolderPrinter:
    """Writes each label to a file of its own, whole or not at all. File names hold a time and nothing of a patient.

    Args:
        name: the printer's name at this bench.
        folder: where the labels go; it must exist.
        clock: the time of day.
    """

    def __init__(self, name: str, folder: Path, clock: Clock = utc_now) -> None:
        self._name = name
        self._folder = folder
        self._clock = clock
        self._count = itertools.count(1)

    @property
    def name(self) -> str:
        """The printer's name at this bench."""
        return self._name

    def status(self) -> PrinterStatus:
        """Ready when the folder is there and may be written to, else unreachable."""
        there = self._folder.is_dir() and os.access(self._folder, os.W_OK)
        return PrinterStatus(PrinterCondition.READY if there else PrinterCondition.UNREACHABLE, b"", self._clock())

    def send(self, label: bytes) -> Sent:
        """Write the label under a name no reader looks for, then rename it: ``sent`` once it has its name."""
        stamp = f"{self._clock():%Y%m%dT%H%M%S}-{next(self._count):04d}-{secrets.token_hex(4)}"
        part = self._folder / f".{stamp}.part"
        try:
            _write_through(part, label)
            part.rename(self._folder / f"label-{stamp}.zpl")
        except OSError:
            _forget(part)
            return Sent.NOT_SENT
        return Sent.SENT


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the folder itself is gone
