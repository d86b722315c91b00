"""A program that listens on a TCP port and talks with each client in turn or with several at once, faults included."""

from __future__ import annotations

import select
import socket
import struct
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import Self

from devices.simulators.ports import listen

_LINGER_NOT = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class Gone(Exception):
    """The client, or the simulator itself, has ended the conversation."""


class Client:
    """One client's connection.

    Args:
        connection: the socket.
        closing: set when the simulator is put away.
    """

    def __init__(self, connection: socket.socket, closing: threading.Event) -> None:
        self._socket = connection
        self._closing = closing

    def hear(self) -> bytes:
        """What the client sent; raises ``Gone`` when it has left."""
        while not self._closing.is_set():
            if select.select([self._socket], [], [], 0.02)[0]:
                data = self._socket.recv(65536)
                if data:
                    return data
                raise Gone
        raise Gone

    def say(self, data: bytes) -> None:
        """Send bytes."""
        self._socket.sendall(data)

    def say_in_pieces(self, data: bytes, cuts: Iterable[int]) -> None:
        """Send bytes so that they arrive in pieces, cut at these places."""
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        at = 0
        for cut in (*sorted(cuts), len(data)):
            if cut > at:
                self._socket.sendall(data[at:cut])
                self._closing.wait(0.005)  # two writes that meet in the buffer would arrive as one
                at = cut

    def wait(self, seconds: float) -> None:
        """Take so long; raises ``Gone`` when put away meanwhile."""
        if self._closing.wait(seconds):
            raise Gone

    def stay_silent(self) -> None:
        """Keep the connection and say nothing more, until it ends."""
        while True:
            self.hear()

    def hang_up(self) -> None:
        """End the connection as a program does that ends."""
        self._socket.shutdown(socket.SHUT_RDWR)
        raise Gone

    def break_off(self) -> None:
        """End it as a cable does that is pulled out."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self._socket.close()
        raise Gone

    def close(self) -> None:
        """Let go of the connection."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


class LineServer:
    """Listens from the moment it is made until closed; a subclass says what it answers in ``serve``.

    Args:
        port: 0 for any free one.
        one_only: a second client's connection ends the first one's.
    """

    host = "127.0.0.1"

    def __init__(self, port: int = 0, *, one_only: bool = False) -> None:
        self._listener = listen(port)
        self._listener.settimeout(0.02)
        self.port: int = self._listener.getsockname()[1]
        self._one_only = one_only
        self.commands: list[str] = []
        self._heard = threading.Condition()
        self._closing = threading.Event()
        self._clients: list[Client] = []
        self._threads: list[threading.Thread] = []
        self._thread = threading.Thread(target=self._accept, name=f"simulated reader {self.port}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def note(self, command: str) -> None:
        """Keep a command that came."""
        with self._heard:
            self.commands.append(command)
            self._heard.notify_all()

    def wait_for(self, command: str, timeout_s: float) -> bool:
        """Wait until a command has come; false when it has not within the time."""
        with self._heard:
            return self._heard.wait_for(lambda: command in self.commands, timeout_s)

    def serve(self, client: Client) -> None:
        """Talk with one client until either leaves."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop listening and end every conversation."""
        self._closing.set()
        self._thread.join()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection = self._listener.accept()[0]
            except TimeoutError:
                continue
            except OSError:
                return
            connection.settimeout(10)
            self._begin(Client(connection, self._closing))

    def _begin(self, client: Client) -> None:
        if self._one_only:
            for other in self._clients:
                other.close()
        self._clients.append(client)
        thread = threading.Thread(target=self._run, args=(client,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self, client: Client) -> None:
        # Closed by the other side, by a later client, or by the test: the conversation is over in each case.
        with suppress(Gone, OSError, ValueError):
            self.serve(client)
        client.close()
