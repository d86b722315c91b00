"""A ZPL label printer on a serial line, which is a pty: with its own speed, its plug and its faults."""

from __future__ import annotations

import os
import select
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from devices.simulators.baud import as_heard
from devices.simulators.zpl_mind import Faults, ZplEar, ZplMind

_CHUNK = 65_536
_SLOWEST = 50


class SimulatedSerialZplPrinter:
    """Plugged in from the moment it is made until closed.

    Args:
        folder: where the port's stable name is put, as ``/dev/serial/by-id`` would.
        baud: the speed that the printer itself is set to.
        faults: what is wrong at first; those of a network port (refuses, drops_after) mean nothing here, and
            one that stalls does so until it is plugged in again.
    """

    def __init__(self, folder: Path, baud: int = 9600, faults: Faults | None = None) -> None:
        self.mind = ZplMind(faults or Faults())
        self._baud = baud
        self._link = folder / "printer"
        self._wake, self._woken = socket.socketpair()
        self._ends: tuple[int, int] | None = None
        self._thread: threading.Thread | None = None
        self.replug()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The name of its port, the same after each replugging."""
        return str(self._link)

    def suffer(self, **faults: Any) -> None:
        """Change what is wrong, by the names of ``Faults``."""
        self.mind.suffer(**faults)

    def replug(self) -> None:
        """Put the cable in; nothing happens when it is in already."""
        if sys.platform == "win32":
            raise OSError("Windows has no pty: simulate over TCP")
        import pty
        import tty

        if self._thread is not None and self._thread.is_alive():
            return
        self._ends = pty.openpty()
        tty.setraw(self._ends[1])
        self._link.symlink_to(os.ttyname(self._ends[1]))
        self._thread = threading.Thread(target=self._serve, args=self._ends, name="simulated printer", daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable out."""
        if self._thread is not None:
            self._wake.send(b"!")
            self._thread.join()
            self._thread = None

    def close(self) -> None:
        """Put the printer away; more than once does no harm."""
        self.unplug()
        self._wake.close()
        self._woken.close()

    def _serve(self, own: int, bench: int) -> None:
        ear = ZplEar(self.mind)
        try:
            while not self._pulled(own):
                if self.mind.faults.stalled:
                    self._pulled(None)
                    break
                heard = as_heard(os.read(own, _CHUNK), self._line_speed(bench), self._baud)
                said, labels = ear.hear(heard)
                if labels and self.mind.faults.resets_after_label:
                    break
                if said and not self._pulled(None, self.mind.faults.slow_s):
                    os.write(own, as_heard(said, self._baud, self._line_speed(bench)))
        finally:
            self._link.unlink(missing_ok=True)
            for end in (own, bench):
                with suppress(OSError):
                    os.close(end)

    def _pulled(self, own: int | None, timeout_s: float | None = None) -> bool:
        """Wait for bytes, or for so long; whether the cable was pulled meanwhile."""
        waited: list[socket.socket | int] = [self._woken] if own is None else [self._woken, own]
        ready = select.select(waited, [], [], timeout_s)[0]
        if self._woken not in ready:
            return False
        self._woken.recv(64)
        return True

    @staticmethod
    def _line_speed(bench: int) -> int:
        """What the bench has set its end to; the slowest for a speed without a name: nothing is understood."""
        if sys.platform == "win32":
            raise OSError("Windows has no pty")
        import termios

        code = termios.tcgetattr(bench)[5]
        named = (
            int(name[1:])
            for name, value in vars(termios).items()
            if name[1:].isdigit() and name[0] == "B" and value == code
        )
        return max(next(named, _SLOWEST), _SLOWEST)
