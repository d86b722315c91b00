"""Ziath readers over HTTP: DP5 on port 8777, DataPaq 3 on port 9998."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from devices.clock import Clock, Deadline, utc_now
from devices.rack_readers import ziath_answer
from devices.rack_readers.assembling import Source
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.conversation import Conversation, Ended, Turns
from devices.rack_readers.ziath_answer import NotUnderstood, ZiathScan
from devices.transports.http import HttpAnswer, HungUp, NotHttp, TooLate, answer_from, request
from devices.transports.line import Line
from devices.transports.tcp import TcpLine
from devices.values import DeviceReport, RackReaderState, RackReading, RackScan

DP5_PORT, DATAPAQ3_PORT = 8777, 9998
_DP5, _DATAPAQ3 = "/dp5/remote/v1", "/datapaq"
_OK = 200
_MEANS = {
    453: RackReaderState.NO_SUCH_PROFILE,
    456: RackReaderState.REFUSED,
    461: RackReaderState.SCANNER_AWAY,
    468: RackReaderState.BUSY,
    478: RackReaderState.SCANNER_AWAY,
}
"""The maker's own numbers: no such container, another type of scanner, not connected, not ready, no such scanner."""


@dataclass(frozen=True)
class ZiathTimes:
    """How long each step may take, in seconds.

    Attributes:
        connect_s: to connect.
        answer_s: to answer a question.
        scan_s: to scan.
        clocks_s: by which the clocks of reader and bench may differ before its scan counts as an old one.
    """

    connect_s: float = 5.0
    answer_s: float = 10.0
    scan_s: float = 90.0
    clocks_s: float = 300.0


@dataclass(frozen=True)
class ZiathProfile:
    """How one reader is set up.

    Attributes:
        container: the container's ``uid``, which says which racks it reads.
        rack: what its words mean.
        reads_rack: whether DataPaq 3 has a linear reader for the rack, which is asked by itself.
    """

    container: str
    rack: RackProfile = field(default_factory=RackProfile)
    reads_rack: bool = False


class _Http:
    """Questions over one conversation."""

    def __init__(self, call: Conversation, host: str) -> None:
        self._call = call
        self._host = host

    def ask(self, method: str, path: str, seconds: float) -> HttpAnswer:
        """Put a question; raises ``Ended`` when no whole answer comes."""
        begun = len(self._call.raw)
        self._call.say(request(method, path, self._host))
        deadline = Deadline(seconds)
        try:
            return answer_from(lambda: self._call.hear(deadline.left()), method)
        except TooLate as late:
            began = len(self._call.raw) > begun
            raise Ended(RackReaderState.STOPPED_HALF_WAY if began else RackReaderState.SILENT, str(late)) from late
        except HungUp as cut:
            raise Ended(RackReaderState.HUNG_UP, str(cut)) from cut
        except NotHttp as other:
            raise Ended(RackReaderState.GARBLED, str(other)) from other

    def said(self, method: str, path: str, seconds: float) -> bytes:
        """The body of a good answer; raises ``Ended`` for a refusal in the reader's own words."""
        answer = self.ask(method, path, seconds)
        if answer.status != _OK:
            state = _MEANS.get(answer.status, RackReaderState.FAULT)
            raise Ended(state, f"{answer.status} {_message(answer.body)}".strip())
        return answer.body


class ZiathReader:
    """One reader; make it with ``dp5_reader`` or ``datapaq3_reader``."""

    def __init__(
        self,
        name: str,
        talk: Callable[[_Http], tuple[ZiathScan, tuple[str, ...]]],
        root: str,
        host: str,
        profile: ZiathProfile,
        dialect: str,
        clock: Clock,
        times: ZiathTimes,
        open_line: Callable[[], Line],
    ) -> None:
        self._name = name
        self._ask = talk
        self._root = root
        self._host = host
        self._profile = profile
        self._dialect = dialect
        self._clock = clock
        self._times = times
        self._open_line = open_line
        self._turns = Turns(name, clock)
        self._last = ("", 0)

    @property
    def name(self) -> str:
        """Its name at this bench."""
        return self._name

    def read(self) -> RackReading:
        """Scan the rack."""
        return self._turns.over(self._open_line, self._talk)

    def cancel(self) -> None:
        """End the reading under way."""
        self._turns.cancel()

    def status(self) -> DeviceReport:
        """What it says of itself."""
        return self._turns.asked(self._open_line, self._state)

    def _state(self, call: Conversation) -> str:
        return _status(_Http(call, self._host), self._root, self._times.answer_s)

    def _talk(self, call: Conversation) -> RackScan:
        asked = self._clock()
        try:
            scan, linear = self._ask(_Http(call, self._host))
        except NotUnderstood as why:
            raise Ended(RackReaderState.GARBLED, str(why)) from why
        self._refuse_old(scan, asked)
        own = _instant(scan.scanned_ms)
        source = Source(self._name, self._dialect, self._clock(), call.raw, True, own.isoformat() if own else "")
        return ziath_answer.rack_in(scan, source, self._profile.rack, linear)

    def _refuse_old(self, scan: ZiathScan, asked: datetime) -> None:
        """A scan that was told before, or was made before it was asked for, is of another rack perhaps."""
        now = (scan.scan_id, scan.scanned_ms)
        again = now == self._last or (scan.scan_id and scan.scan_id == self._last[0])
        went_back = bool(scan.scanned_ms) and scan.scanned_ms < self._last[1]
        own = _instant(scan.scanned_ms)
        early = own is not None and own < asked - timedelta(seconds=self._times.clocks_s)
        if any(now) and (again or went_back or early):
            raise Ended(RackReaderState.OLD_SCAN, own.isoformat() if own else scan.scan_id)
        self._last = now


def dp5_reader(
    name: str,
    host: str,
    profile: ZiathProfile,
    port: int = DP5_PORT,
    clock: Clock = utc_now,
    times: ZiathTimes | None = None,
    open_line: Callable[[], Line] | None = None,
) -> ZiathReader:
    """A reader under Ziath DP5.

    Args:
        name: its name at this bench.
        host: host name or address.
        profile: how it is set up.
        port: 8777 unless set otherwise.
        clock: the time of day.
        times: how long each step may take.
        open_line: opens the line instead of a TCP connection, for a recording or a replay.
    """
    patience = times or ZiathTimes()

    def talk(http: _Http) -> tuple[ZiathScan, tuple[str, ...]]:
        status = _status(http, f"{_DP5}/system", patience.answer_s)
        if status.upper() != "IDLE":
            raise Ended(RackReaderState.BUSY, status)
        wanted = f"container_uid={quote(profile.container, safe='')}"
        path = f"{_DP5}/scan?{wanted}&raw_image=false&annotated_image=false&linear_image=false"
        return ziath_answer.scan_in(http.said("POST", path, patience.scan_s), profile.rack), ()

    opening = open_line or (lambda: TcpLine.connect(host, port, patience.connect_s))
    return ZiathReader(name, talk, f"{_DP5}/system", f"{host}:{port}", profile, "ziath dp5", clock, patience, opening)


def datapaq3_reader(
    name: str,
    host: str,
    profile: ZiathProfile,
    port: int = DATAPAQ3_PORT,
    clock: Clock = utc_now,
    times: ZiathTimes | None = None,
    open_line: Callable[[], Line] | None = None,
) -> ZiathReader:
    """A reader under Ziath DataPaq 3.

    What its ``scanAsJson`` answers is not published. It is read in the form of DP5, its successor; an answer of any
    other form is ``garbled``, and its bytes are kept, so that a laboratory can send them in.

    Args:
        name: its name at this bench.
        host: host name or address.
        profile: how it is set up.
        port: 9998 unless set otherwise.
        clock: the time of day.
        times: how long each step may take.
        open_line: opens the line instead of a TCP connection, for a recording or a replay.
    """
    patience = times or ZiathTimes()

    def talk(http: _Http) -> tuple[ZiathScan, tuple[str, ...]]:
        linear = _linear(http, patience) if profile.reads_rack else ()
        body = http.said("GET", f"{_DATAPAQ3}/scanAsJson?uid={quote(profile.container, safe='')}", patience.scan_s)
        found = ziath_answer.object_in(body)
        if found.get("error") is not None:
            raise Ended(RackReaderState.REFUSED, _message(body))
        return ziath_answer.scan_in(body, profile.rack), linear

    opening = open_line or (lambda: TcpLine.connect(host, port, patience.connect_s))
    return ZiathReader(name, talk, _DATAPAQ3, f"{host}:{port}", profile, "ziath datapaq 3", clock, patience, opening)


def _status(http: _Http, root: str, seconds: float) -> str:
    try:
        return str(ziath_answer.object_in(http.said("GET", f"{root}/status", seconds)).get("status", ""))
    except NotUnderstood as why:
        raise Ended(RackReaderState.GARBLED, str(why)) from why


def _linear(http: _Http, patience: ZiathTimes) -> tuple[str, ...]:
    found = ziath_answer.object_in(http.said("GET", f"{_DATAPAQ3}/scanLinearBarcode", patience.scan_s))
    word = found.get("LinearBarcode")
    return (word,) if isinstance(word, str) and word else ("NO READ",)


def _message(body: bytes) -> str:
    """The reader's own words in an answer that refuses."""
    try:
        found: Mapping[str, Any] = ziath_answer.object_in(body)
    except NotUnderstood:
        return body.decode("utf-8", "replace")[:200].strip()
    return str(found.get("message") or found.get("error") or "")


def _instant(milliseconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds else None
    except (OverflowError, OSError, ValueError):
        return None
