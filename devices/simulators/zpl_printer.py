"""A ZPL label printer on a TCP port: answers, keeps each label, one client at a time, with its faults."""

from __future__ import annotations

import select
import socket
import struct
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from devices.simulators.ports import listen
from devices.simulators.zpl_mind import Faults, ZplEar, ZplMind

_LINGER_NOT = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class SimulatedZplPrinter:
    """Listens from the moment it is made until closed.

    Args:
        port: 0 for any free one; ``port`` tells which, and stays the same through refusing.
        faults: what is wrong at first.
    """

    def __init__(self, port: int = 0, faults: Faults | None = None) -> None:
        self.host = "127.0.0.1"
        self.mind = ZplMind(faults or Faults())
        self._listening = threading.Lock()
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
        return self.mind.labels

    @property
    def faults(self) -> Faults:
        """What is wrong now."""
        return self.mind.faults

    def wait_for_labels(self, count: int, timeout_s: float) -> bool:
        """Wait until at least ``count`` labels have come; false when they have not within the time."""
        return self.mind.wait_for_labels(count, timeout_s)

    def suffer(self, **faults: Any) -> None:
        """Change what is wrong, by the names of ``Faults``. Done when the call returns, for connections not yet made.

        Raises:
            TypeError: for a fault that does not exist.
        """
        self.mind.suffer(**faults)
        with self._listening:
            self._follow_refusal()
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
        if self.faults.refuses and self._listener is not None:
            with suppress(OSError):  # Windows knows no shutdown of a listener; elsewhere it ends listening at once
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        elif not self.faults.refuses and self._listener is None:
            self._listener = listen(self.port)

    def _run(self) -> None:
        while not self._closing:
            client = self._accepted()
            if client is not None:
                with client:
                    _Session(self, client).serve()

    def _accepted(self) -> socket.socket | None:
        with self._listening:
            listener = self._listener
        if not self._wait_for(listener) or listener is None:
            return None
        try:
            return listener.accept()[0]
        except OSError:
            return None  # the port began to refuse, or the client thought better of it

    def _wait_for(self, source: socket.socket | None, timeout_s: float | None = None) -> bool:
        """Wait until ``source`` has something; false when woken instead, or the time is over."""
        try:
            ready = select.select([self._woken, *([source] if source else [])], [], [], timeout_s)[0]
        except (OSError, ValueError):
            return False  # closed while waited on
        if self._woken in ready:
            self._woken.recv(64)
            return False
        return bool(ready)

    def wait_for_bytes(self, client: socket.socket) -> bool:
        """Wait until the client has sent something that the printer will read; false when it is being put away."""
        while not self._closing:
            if self._wait_for(None if self.faults.stalled else client):
                return True
        return False

    def linger(self) -> None:
        """Be as slow as it is; not at all when woken."""
        if self.faults.slow_s:
            self._wait_for(None, self.faults.slow_s)

    def answer(self) -> bytes:
        """The answer to ``~HS`` as things stand; empty while mute."""
        return self.mind.answer()


class _Session:
    """One client's connection, served to its end."""

    def __init__(self, printer: SimulatedZplPrinter, client: socket.socket) -> None:
        self._printer = printer
        self._client = client
        self._ear = ZplEar(printer.mind)
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
                if self._take(data) and self._printer.faults.resets_after_label:
                    self._reset()
                    return
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

    def _take(self, data: bytes) -> bool:
        """Answer what asks; whether a label became whole."""
        said, labels = self._ear.hear(data)
        if said:
            self._printer.linger()
            self._client.sendall(said)
        return labels > 0
