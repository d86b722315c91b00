"""The cable between a program and a server: while it is plugged in it loses nothing of itself."""

from __future__ import annotations

import contextlib
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

from devices.simulators.cable import Cable

PIECES = 400
CONNECTIONS = 80


def talk(one: socket.socket) -> int:
    """Say many small things while the other end does; how much was heard of it."""
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def say() -> None:
        with contextlib.suppress(OSError):
            for _ in range(PIECES):
                one.sendall(b"x")

    saying, heard = threading.Thread(target=say), 0
    saying.start()
    with contextlib.suppress(OSError):
        while heard < PIECES and (piece := one.recv(1000)):
            heard += len(piece)
    saying.join()
    return heard


def test_a_cable_that_is_plugged_in_loses_no_connection_while_both_ends_talk_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, Cable("127.0.0.1", server.getsockname()[1]) as cable:

        def one_call(_number: int) -> tuple[int, int]:
            with socket.create_connection((cable.host, cable.port)) as near:
                far, _ = server.accept()
                with far, ThreadPoolExecutor(1) as other:
                    there = other.submit(talk, far)
                    return talk(near), there.result()

        heard = [one_call(number) for number in range(CONNECTIONS)]
    assert heard == [(PIECES, PIECES)] * CONNECTIONS


def test_a_cable_taken_away_while_somebody_comes_leaves_no_thread() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        for _ in range(60):
            cable = Cable("127.0.0.1", server.getsockname()[1])
            with socket.create_connection((cable.host, cable.port)):
                cable.close()
            assert [thread.name for thread in threading.enumerate() if thread.name.startswith("cable")] == []
