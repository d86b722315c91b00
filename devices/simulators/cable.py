"""A network cable between a program and a server: it can be pulled, go silent, be slow or lose its connections."""

from __future__ import annotations

import contextlib
import random
import selectors
import socket
import threading
from enum import StrEnum
from typing import Self

_LOOK_S = 0.05
_CHUNK = 65_536


class State(StrEnum):
    """``PLUGGED`` carries, ``PULLED`` ends every connection, ``SILENT`` keeps them all and carries nothing."""

    PLUGGED = "plugged"
    PULLED = "pulled"
    SILENT = "silent"


class Cable:
    """A TCP proxy on loopback. Whoever calls :attr:`host` and :attr:`port` reaches the target, while it is plugged in.

    Attributes:
        delay: seconds that each piece takes longer.
        loss: the share of pieces, 0 to 1, with which the connection is lost: TCP itself hides all lesser loss.
        carried: bytes carried both ways.
    """

    def __init__(self, host: str, port: int, seed: int = 1) -> None:
        self._target = (host, port)
        self._chance = random.Random(seed)  # noqa: S311  (which piece is lost, no secret)
        self.delay = 0.0
        self.loss = 0.0
        self.carried = 0
        self.state = State.PLUGGED
        self._closed = threading.Event()
        self._gate = threading.Condition()
        self._ends: set[socket.socket] = set()
        self._threads: set[threading.Thread] = set()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(_LOOK_S)
        self.host, self.port = self._server.getsockname()[:2]
        self._accepting = self._start(self._accept, "cable")

    def plug(self) -> None:
        """Carry again; what a silent cable held back is carried now."""
        self._turn(State.PLUGGED)

    def pull(self) -> None:
        """End every connection and take no new one."""
        self._turn(State.PULLED)
        self._drop_all()

    def silence(self) -> None:
        """Carry nothing and say nothing: half-open connections, as a firewall or a dead switch leaves them."""
        self._turn(State.SILENT)

    def lead_to(self, host: str, port: int) -> None:
        """Lead to another server from now on: connections to the former one end."""
        self._target = (host, port)
        self._drop_all()

    def close(self) -> None:
        """Take the cable away."""
        self._closed.set()
        with self._gate:
            self._gate.notify_all()
        self._server.close()
        # Only then: until it has ended, it may still begin to carry.
        self._accepting.join()
        self._drop_all()
        for thread in list(self._threads):
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _turn(self, state: State) -> None:
        with self._gate:
            self.state = state
            self._gate.notify_all()

    def _start(self, run: object, name: str, *arguments: object) -> threading.Thread:
        thread = threading.Thread(target=run, args=arguments, name=name, daemon=True)  # type: ignore[arg-type]
        self._threads.add(thread)
        thread.start()
        return thread

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                near, _ = self._server.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            if self.state is State.PULLED or not self._join(near):
                _end(near)

    def _join(self, near: socket.socket) -> bool:
        if not self._may_carry():
            return False
        try:
            far = socket.create_connection(self._target, timeout=5)
        except OSError:
            return False
        for one in (near, far):
            one.settimeout(None)
        self._ends |= {near, far}
        self._start(self._carry, "cable out", near, far)
        self._start(self._carry, "cable in", far, near)
        return True

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            # One thread reads a socket that another writes: a time-out of the one would end what the other does.
            with selectors.DefaultSelector() as looking:
                looking.register(source, selectors.EVENT_READ)
                self._carry_pieces(looking, source, sink)
        except (OSError, ValueError):
            pass
        finally:
            for one in (source, sink):
                self._ends.discard(one)
                _end(one)
            self._threads.discard(threading.current_thread())

    def _carry_pieces(self, looking: selectors.BaseSelector, source: socket.socket, sink: socket.socket) -> None:
        while not self._closed.is_set() and source.fileno() >= 0:
            if looking.select(_LOOK_S):
                piece = source.recv(_CHUNK)
                if not piece or not self._may_carry() or self._chance.random() < self.loss:
                    return
                if self.delay:
                    self._closed.wait(self.delay)
                sink.sendall(piece)
                self.carried += len(piece)

    def _may_carry(self) -> bool:
        with self._gate:
            self._gate.wait_for(lambda: self.state is not State.SILENT or self._closed.is_set())
            return self.state is State.PLUGGED and not self._closed.is_set()

    def _drop_all(self) -> None:
        for one in list(self._ends):
            _end(one)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
