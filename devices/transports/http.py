"""HTTP over a line of bytes, so that a session is recorded and played back as any other."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead, RemoteDisconnected
from typing import Any, cast

from devices.faults import DeviceAway


class NoAnswer(Exception):
    """An answer that did not come, or not whole; the text is why."""


class HungUp(NoAnswer):
    """The other side ended the connection before its answer was whole."""


class TooLate(NoAnswer):
    """The time was over before the answer was whole."""


class NotHttp(NoAnswer):
    """What came is no answer of HTTP."""


@dataclass(frozen=True)
class HttpAnswer:
    """A whole answer: its status and its body."""

    status: int
    body: bytes


def request(method: str, path: str, host: str) -> bytes:
    """The bytes of a request without a body."""
    head = (f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept: application/json", "Content-Length: 0", "", "")
    return "\r\n".join(head).encode("ascii")


def answer_from(hear: Callable[[], bytes], method: str) -> HttpAnswer:
    """One whole answer.

    Args:
        hear: the next bytes, waiting for them; empty when the time is over; raises ``DeviceAway`` when the line is
            lost.
        method: of the request that it answers.

    Raises:
        NoAnswer: when it is not whole.
    """
    source = _Heard(hear)
    response = HTTPResponse(cast("Any", source), method=method)
    try:
        response.begin()
        return HttpAnswer(response.status, response.read())
    except TimeoutError as late:
        raise TooLate("no whole answer in time") from late
    except (RemoteDisconnected, IncompleteRead) as cut:
        raise HungUp(source.lost or str(cut)) from cut
    except (HTTPException, ValueError) as other:
        raise NotHttp(str(other)) from other
    finally:
        response.close()


class _Heard(io.RawIOBase):
    """What is heard, as the socket's file that the standard library reads from."""

    def __init__(self, hear: Callable[[], bytes]) -> None:
        self._hear = hear
        self._left = b""
        self.lost = ""

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002  (the library asks for "rb")
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            try:
                self._left = self._hear()
            except DeviceAway as away:
                self.lost = away.detail
                return 0
            if not self._left:
                raise TimeoutError
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count
