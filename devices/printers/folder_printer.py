"""A printer that is a folder: for a bench without one, and for programs that print what appears in a folder."""

from __future__ import annotations

import itertools
import secrets
from pathlib import Path

from devices.clock import Clock, utc_now
from devices.printers.drop_folder import DropFolder, condition_of, reason_of
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
        self._folder = DropFolder(folder)
        self._clock = clock
        self._count = itertools.count(1)

    @property
    def name(self) -> str:
        """The printer's name at this bench."""
        return self._name

    def status(self) -> PrinterStatus:
        """Ready when the folder is there and can be written to."""
        try:
            self._folder.try_out()
        except OSError as why:
            return PrinterStatus(condition_of(why), b"", self._clock(), detail=reason_of(why))
        return PrinterStatus(PrinterCondition.READY, b"", self._clock())

    def send(self, label: bytes) -> Sent:
        """Write the label under a name no reader looks for, then rename it: ``sent`` once it has its name."""
        stamp = f"{self._clock():%Y%m%dT%H%M%S}-{next(self._count):04d}-{secrets.token_hex(4)}"
        try:
            self._folder.put(f"label-{stamp}.zpl", label)
        except OSError:
            return Sent.NOT_SENT
        return Sent.SENT
