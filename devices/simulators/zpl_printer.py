"""A ZPL label printer on a TCP port: answers ``~HS``, keeps each label, one client at a time, with its faults.

The states are those of the ZPL II Programming Guide. By that guide a printer with paper or ribbon out or its head open
does not answer ``~HS``; some firmware does. ``Faults.answers_when_out`` chooses.
"""

from __future__ import annotations

import select
import socket
import struct
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from devices.printers.host_status import ASK
from devices.simulators.ports import listen

_LINGER_NOT = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
START, END = b"^XA", b"^XZ"


@dataclass(frozen=True)
class Faults:
    """What is wrong with the printer now.

    Attributes:
        paper_out: no paper.
        ribbon_out: no ribbon.
        head_open: the head is open.
        paused: somebody pressed pause.
        buffer_full: the receive buffer is full.
        silent: never answers ``~HS``.
        answers_when_out: answers ``~HS`` even with paper or ribbon out or the head open.
        refuses: nothing listens at the port.
        stalled: takes the connection and reads nothing.
        drops_after: resets each connection after this many bytes.
        answers_short: sends only the first line of its answer.
    """

    paper_out: bool = False
    ribbon_out: bool = False
    head_open: bool = False
    paused: bool = False
    buffer_full: bool = False
    silent: bool = False
    answers_when_out: bool = True
    refuses: bool = False
    stalled: bool = False
    drops_after: int | None = None
    answers_short: bool = False

    @property
    def out(self) -> bool:
        """Whether it stands still for want of paper, ribbon or a closed head."""
        return self.paper_out or self.ribbon_out or self.head_open

    @property
    def mute(self) -> bool:
        """Whether it leaves ``~HS`` unanswered."""
        return self.silent or (self.out and not self.answers_when_out)


class SimulatedZplPrinter:
    """Listens from the moment it is made until closed.

    Args:
        port: 0 for any free one; ``port`` tells which, and stays the same through refusing.
        faults: what is wrong at first.
    """

    def __init__(self, port: int = 0, faults: Faults | None = None) -> None:
        self.host = "127.0.0.1"
        self._faults = faults or Faults()
        self._labels: list[bytes] = []
        self._waiting = 0
        self._changed = threading.Condition()
        self._wake, self._woken = socket.socketpair()
        self._closing = False
        first = listen(port)
        self.port: int = first.getsockname()[1]
        self._listener: socket.socket | None = first
        self._follow_refusal()
        self._thread = threading.Thread(target=self._run, name=f"simulated printer {self.port}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def labels(self) -> list[bytes]:
        """Each whole label received, from ``^XA`` to ``^XZ``, in order."""
        with self._changed:
            return list(self._labels)

    @property
    def faults(self) -> Faults:
        """What is wrong now."""
        with self._changed:
            return self._faults

    def wait_for_labels(self, count: int, timeout_s: float) -> bool:
        """Wait until at least ``count`` labels have come; false when they have not within the time."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._labels) >= count, timeout_s)

    def suffer(self, **faults: Any) -> None:
        """Change what is wrong, by the names of ``Faults``. Done when the call returns, for connections not yet made.

        Raises:
            TypeError: for a fault that does not exist.
        """
        with self._changed:
            self._faults = replace(self._faults, **faults)
            self._follow_refusal()
            if not self._stands():
                self._waiting = 0
        self._wake.send(b"!")

    def recover(self) -> None:
        """Put everything right; labels that were waiting are printed."""
        self.suffer(**vars(Faults()))

    def close(self) -> None:
        """Stop, and wait for the thread; more than once does no harm."""
        if self._closing:
            return
        self._closing = True
        self._wake.send(b"!")
        self._thread.join()
        for one in (self._listener, self._wake, self._woken):
            if one is not None:
                one.close()

    def _follow_refusal(self) -> None:
        if self._faults.refuses and self._listener is not None:
            with suppress(OSError):  # Windows knows no shutdown of a listener; elsewhere it ends listening at once
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        elif not self._faults.refuses and self._listener is None:
            self._listener = listen(self.port)

    def _stands(self) -> bool:
        return self._faults.out or self._faults.paused

    def _run(self) -> None:
        while not self._closing:
            client = self._accepted()
            if client is not None:
                with client:
                    _Session(self, client).serve()

    def _accepted(self) -> socket.socket | None:
        with self._changed:
            listener = self._listener
        if not self._wait_for(listener) or listener is None:
            return None
        try:
            return listener.accept()[0]
        except OSError:
            return None  # the port began to refuse, or the client thought better of it

    def _wait_for(self, source: socket.socket | None) -> bool:
        """Wait until ``source`` has something; false when woken instead."""
        try:
            ready = select.select([self._woken, *([source] if source else [])], [], [])[0]
        except (OSError, ValueError):
            return False  # closed while waited on
        if self._woken in ready:
            self._woken.recv(64)
            return False
        return True

    def keep(self, label: bytes) -> None:
        """One whole label has come."""
        with self._changed:
            self._labels.append(label)
            self._waiting += self._stands()
            self._changed.notify_all()

    def wait_for_bytes(self, client: socket.socket) -> bool:
        """Wait until the client has sent something that the printer will read; false when it is being put away."""
        while not self._closing:
            if self._wait_for(None if self.faults.stalled else client):
                return True
        return False

    def answer(self) -> bytes:
        """The answer to ``~HS`` as things stand; empty while mute. Field by field as in the guide."""
        with self._changed:
            faults, waiting = self._faults, self._waiting
        if faults.mute:
            return b""
        paused = int(self._stands())
        lines = (
            f"030,{faults.paper_out:d},{paused},0400,{waiting:03d},{faults.buffer_full:d},0,0,000,0,0,0",
            f"000,0,{faults.head_open:d},{faults.ribbon_out:d},1,2,4,0,{waiting:08d},1,000",
            "1234,0",
        )
        spoken = lines[:1] if faults.answers_short else lines
        return b"".join(b"\x02" + line.encode() + b"\x03\r\n" for line in spoken)


class _Session:
    """One client's connection, served to its end."""

    def __init__(self, printer: SimulatedZplPrinter, client: socket.socket) -> None:
        self._printer = printer
        self._client = client
        self._pending = b""
        self._left = printer.faults.drops_after

    def serve(self) -> None:
        if self._left == 0:
            self._reset()
            return
        try:
            while self._printer.wait_for_bytes(self._client):
                data = self._client.recv(65536 if self._left is None else self._left)
                if not data:
                    return
                self._take(data)
                if self._left is not None:
                    self._left -= len(data)
                    if self._left <= 0:
                        self._reset()
                        return
        except OSError:
            return  # the client broke off

    def _reset(self) -> None:
        """Lingering for no time makes the close a reset, as a cable pulled or a printer switched off."""
        self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self._client.close()

    def _take(self, data: bytes) -> None:
        self._pending += data
        while ASK in self._pending:
            before, _, after = self._pending.partition(ASK)  # a tilde command acts wherever it stands
            self._pending = before + after
            self._client.sendall(self._printer.answer())
        while END in self._pending:
            label, _, self._pending = self._pending.partition(END)
            self._printer.keep(label[max(0, label.find(START)) :] + END)
