"""A line that records what passes over it, and a twin that plays such a recording back.

The file is JSON lines. The first line is ``{"format": 1, "address": …, "began": ISO time}``; each later one is
``{"ms": milliseconds since began, "way": "in" | "out", "hex": bytes}`` or ``{"ms": …, "way": "away", "detail": …}``.
A lab can send such a file in; a test plays it back.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from devices.clock import Clock, Deadline, utc_now
from devices.faults import DeviceAway
from devices.transports.line import Line
from devices.values import Sent

FORMAT = 1
Way = Literal["in", "out", "away"]


@dataclass(frozen=True)
class Moment:
    """One line of a recording: when (ms since it began), which way, and the bytes or the reason."""

    ms: int
    way: Way
    data: bytes = b""
    detail: str = ""

    def said(self) -> dict[str, Any]:
        """The moment as it stands in the file."""
        what = {"detail": self.detail} if self.way == "away" else {"hex": self.data.hex()}
        return {"ms": self.ms, "way": self.way, **what}


class RecordingLine:
    """Passes everything to the line within and writes it down as it goes, a line flushed at a time.

    Args:
        line: the real line.
        path: the file, written anew; recordings hold what was scanned, so keep them where patient data may be.
        clock: the time of day.
    """

    def __init__(self, line: Line, path: Path, clock: Clock = utc_now) -> None:
        self._line = line
        self._clock = clock
        self._began = clock()
        self._lock = threading.Lock()
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._write_down({"format": FORMAT, "address": line.address, "began": self._began.isoformat()})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def address(self) -> str:
        """The address of the line within."""
        return self._line.address

    def read(self, timeout_s: float) -> bytes:
        """As the line within; raises ``DeviceAway`` likewise, and writes that down."""
        try:
            data = self._line.read(timeout_s)
        except DeviceAway as away:
            self._note("away", detail=away.detail)
            raise
        if data:
            self._note("in", data)
        return data

    def write(self, data: bytes) -> None:
        """As the line within; raises ``DeviceAway`` likewise. Written down before it is tried."""
        self._note("out", data)
        self._line.write(data)

    def finish(self, timeout_s: float) -> bool:
        """As the line within; raises ``DeviceAway`` likewise."""
        return self._line.finish(timeout_s)

    def close(self) -> None:
        """Let go of the line and the file."""
        self._line.close()
        self._file.close()

    def _note(self, way: Way, data: bytes = b"", detail: str = "") -> None:
        ms = int((self._clock() - self._began).total_seconds() * 1000)
        self._write_down(Moment(ms, way, data, detail).said())

    def _write_down(self, said: dict[str, Any]) -> None:
        with self._lock:
            self._file.write(json.dumps(said, ensure_ascii=False) + "\n")
            self._file.flush()


def read_recording(path: Path) -> tuple[str, tuple[Moment, ...]]:
    """The address and the moments of a recording. A last line cut short by a crash is left out.

    Raises:
        ValueError: when the file is not a recording of a known format.
    """
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    head = json.loads(lines[0]) if lines else {}
    if head.get("format") != FORMAT:
        raise ValueError(f"{path.name} is not a recording of format {FORMAT}")
    whole = [line for line in lines[1:] if line.endswith("\n")]
    return str(head["address"]), tuple(_moment(json.loads(line)) for line in whole)


def _moment(said: dict[str, Any]) -> Moment:
    return Moment(int(said["ms"]), said["way"], bytes.fromhex(said.get("hex", "")), str(said.get("detail", "")))


class ReplayingLine:
    """Plays a recording back: what came in comes in again, in its order with what goes out.

    Bytes that came in after others had gone out wait until those have been written again. What is written must be what
    was written then.

    Args:
        path: the recording.
        pace: 0 plays at once, 1 with the gaps of the day, 2 with twice those.
    """

    def __init__(self, path: Path, pace: float = 0.0) -> None:
        self._address, moments = read_recording(path)
        self._left = deque(moments)
        self._pace = pace
        self._last_ms = 0
        self._changed = threading.Condition()
        self._closed = threading.Event()

    @property
    def address(self) -> str:
        """The address recorded."""
        return self._address

    @property
    def ended(self) -> bool:
        """Whether everything recorded has passed."""
        with self._changed:
            return not self._left

    def read(self, timeout_s: float) -> bytes:
        """The next bytes that came in, or none while it is the caller's turn or the recording has ended.

        Raises:
            DeviceAway: where the recorded line was lost.
        """
        deadline = Deadline(timeout_s)
        with self._changed:
            if not self._changed.wait_for(self._someone_speaks, deadline.left()):
                return b""
            moment = self._left[0]
            wait_s = (moment.ms - self._last_ms) / 1000 * self._pace
            if wait_s > timeout_s:
                self._last_ms += int(timeout_s * 1000 / self._pace)
        if wait_s > timeout_s:
            self._closed.wait(timeout_s)
            return b""
        self._closed.wait(wait_s)
        return self._take(moment)

    def _someone_speaks(self) -> bool:
        return bool(self._left) and self._left[0].way != "out"

    def _take(self, moment: Moment) -> bytes:
        with self._changed:
            self._left.popleft()
            self._last_ms = moment.ms
            self._changed.notify_all()
        if moment.way == "away":
            raise DeviceAway(self._address, moment.detail, Sent.UNKNOWN)
        return moment.data

    def write(self, data: bytes) -> None:
        """Take what the recording says was written here.

        Raises:
            ValueError: when something else was written then, or it was not the caller's turn.
        """
        with self._changed:
            then = self._left[0] if self._left else None
            if then is None or then.way != "out" or then.data != data:
                raise ValueError(f"{self._address}: wrote {data!r}, the recording has {then}")
            self._left.popleft()
            self._last_ms = then.ms
            self._changed.notify_all()

    def finish(self, timeout_s: float) -> bool:  # noqa: ARG002  (a recording takes everything)
        """True: a recording takes everything."""
        return True

    def close(self) -> None:
        """End any wait."""
        self._closed.set()
