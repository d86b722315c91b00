"""Cassette and slide printers whose own program watches a folder: a file that disappears was accepted.

That is all such a printer ever says. A file that still lies there after its time may have been read all the same, so
it is taken back, lest it come out much later, and its label is ``unknown``.
"""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from devices.clock import Clock, Deadline, utc_now
from devices.printers.drop_folder import DropFolder, condition_of, reason_of
from devices.values import PrinterCondition, PrinterStatus, Sent

_UNTAKEN = "the last label was not taken within {:g} s"


@dataclass(frozen=True)
class DropProfile:
    """How a printer's program wants its files.

    Attributes:
        file_name: the one name that it looks for; when empty, each label has a name of its own.
        suffix: how such names end.
        accept_s: seconds within which it takes a file that it sees; its program commonly looks each second.
        look_s: seconds between two looks whether the file is gone.
    """

    file_name: str = ""
    suffix: str = ".txt"
    accept_s: float = 20.0
    look_s: float = 0.1


class FileDropPrinter:
    """One printer; its labels take turns. Threads may share it.

    Args:
        name: the printer's name at this bench.
        folder: the folder that its program watches; it must exist.
        profile: how the program wants its files.
        clock: the time of day.
    """

    def __init__(
        self, name: str, folder: Path | DropFolder, profile: DropProfile | None = None, clock: Clock = utc_now
    ) -> None:
        self._name = name
        self._folder = folder if isinstance(folder, DropFolder) else DropFolder(folder)
        self._profile = profile or DropProfile()
        self._clock = clock
        self._count = itertools.count(1)
        self._left: set[str] = set()
        self._detail = ""
        self._turn = threading.Lock()
        self._pause = threading.Event()

    @property
    def name(self) -> str:
        """The printer's name at this bench."""
        return self._name

    def status(self) -> PrinterStatus:
        """Ready when a file can be written there and none lies there untaken; the printer itself says nothing."""
        with self._turn:
            condition, detail = self._condition()
        return PrinterStatus(condition, b"", self._clock(), detail=detail)

    def _condition(self) -> tuple[PrinterCondition, str]:
        try:
            self._folder.try_out()
        except OSError as why:
            return condition_of(why), reason_of(why)
        self._left = {name for name in self._left if self._folder.holds(name)}
        if self._left or self._stale():
            return PrinterCondition.NOT_TAKEN, self._detail
        return PrinterCondition.READY, self._detail

    def _stale(self) -> bool:
        """Whether another program's file has lain under the one name for too long."""
        name = self._profile.file_name
        try:
            return bool(name) and self._folder.age_s(name, time.time()) > self._profile.accept_s
        except OSError:
            return False  # it has just been taken, or there is none

    def send(self, label: bytes) -> Sent:
        """Put the label into the folder and wait until it is taken.

        Returns:
            ``sent`` when it disappeared within its time; ``not sent`` when it never appeared there; else ``unknown``.
        """
        with self._turn:
            deadline = Deadline(self._profile.accept_s)
            name = self._put(label, deadline)
            return Sent.NOT_SENT if name is None else self._followed(name, deadline)

    def _put(self, label: bytes, deadline: Deadline) -> str | None:
        """The name under which the label lies there; none when it could not be put."""
        name = self._profile.file_name or self._new_name()
        while True:
            try:
                self._folder.put(name, label)
            except FileExistsError:
                if deadline.passed():
                    self._detail = f"{name} lies there untaken"
                    return None
                self._pause.wait(min(self._profile.look_s, deadline.left()))
            except OSError as why:
                self._detail = reason_of(why)
                return None
            else:
                return name

    def _new_name(self) -> str:
        """A name that sorts in the order of printing, and holds nothing of a patient."""
        return f"label-{self._clock():%Y%m%dT%H%M%S%f}-{next(self._count):04d}{self._profile.suffix}"

    def _followed(self, name: str, deadline: Deadline) -> Sent:
        while self._folder.holds(name):
            if deadline.passed():
                return self._taken_back(name)
            self._pause.wait(min(self._profile.look_s, deadline.left()))
        return self._gone()

    def _gone(self) -> Sent:
        """A file that cannot be seen was taken only if the folder can be."""
        there = self._folder.is_there()
        self._detail = "" if there else "the folder went away while a label lay in it"
        return Sent.SENT if there else Sent.UNKNOWN

    def _taken_back(self, name: str) -> Sent:
        self._detail = _UNTAKEN.format(self._profile.accept_s)
        try:
            self._folder.take_back(name)
        except FileNotFoundError:
            return self._gone()  # taken at the last moment
        except OSError:
            self._left.add(name)  # it lies there still, and may come out at any time
        return Sent.UNKNOWN
