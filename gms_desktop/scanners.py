"""The scanners of a bench: how each is, and what the one that scanned is told of its scan."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from typing import Protocol

from devices.values import DeviceReport, DeviceState, Judged, Scan
from gms_desktop import words
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.answers import Answered
from gms_desktop.services.scan_checks import put_right, separated

_log = logging.getLogger(__name__)

_JUDGED = {
    VerdictKind.FOUND: Judged.RIGHT,
    VerdictKind.MATCHES: Judged.RIGHT,
    VerdictKind.ACCEPTED: Judged.RIGHT,
    VerdictKind.FINISHED: Judged.RIGHT,
    VerdictKind.ATTENTION: Judged.QUESTION,
    VerdictKind.ALREADY: Judged.QUESTION,
    VerdictKind.REFUSED: Judged.WRONG,
}


def judged(verdict: Verdict) -> Judged:
    """What a scanner is told of a verdict: its good beep says "right tube, right place" and nothing less."""
    return _JUDGED[verdict.kind]


class Listening(Protocol):
    """A scanner that can be told what became of a scan."""

    name: str

    def tell(self, scan: Scan, judged: Judged) -> None:
        """Say it; from any thread, and without waiting."""
        ...


class Scanners:
    """The scanners of one bench, by name.

    Attributes:
        newest: the last that a scanner said of itself.
    """

    def __init__(self) -> None:
        self.newest: DeviceReport | None = None
        self._listening: dict[str, Listening] = {}

    def add(self, scanner: Listening) -> None:
        """Tell this scanner of the scans that come from it, in place of the one of its name."""
        self._listening[scanner.name], self.newest = scanner, None

    def report(self, report: DeviceReport) -> None:
        """A scanner came, went or said who it is: each change once, also in the log."""
        self.newest = report
        level = logging.INFO if report.state is DeviceState.READY else logging.WARNING
        _log.log(level, "scanner %s", report.state.value, extra={"facts": {"scanner": report.name}})

    def put_right(self, said: Scan, notices: list[str], separator: str = "") -> Scan:
        """The scan as its scanner read it, where a keyboard changed it and that is certain; a notice says so once.

        Args:
            said: the scan.
            notices: what waits to be read.
            separator: what this bench's scanner sends for the group separator of GS1, where it is known.
        """
        right = put_right(said)
        told = words.keyboard_put_right(right.repaired) if right.repaired else ""
        if told and told not in notices:
            notices.append(told)
        return separated(right, separator)

    def tell(self, said: Scan, verdict: Judged) -> None:
        """Tell the scanner that sent a scan."""
        scanner = self._listening.get(said.source)
        if scanner is not None:
            scanner.tell(said, verdict)

    def answered(self, said: Scan, answer: Future[Answered]) -> Future[Answered]:
        """Tell the scanner as soon as the answer is on disk; what could not be saved is wrong."""
        if said.source in self._listening:
            answer.add_done_callback(lambda done: self.tell(said, _of(done)))
        return answer


def _of(done: Future[Answered]) -> Judged:
    return Judged.WRONG if done.exception() is not None else judged(done.result().verdict)
