"""A queue of the computer's print system (CUPS), by its own programs ``lp``, ``lpstat`` and ``cancel``.

The queue turns a PDF into the printer's language, or hands ZPL on as it is. A job that the printer does not take in
time is cancelled, lest its label come out hours later; how much of it was printed by then is ``unknown``.

``sent`` is the queue's word, and weaker than a printer's own: the socket backend of CUPS 2.4.2 calls a job done even
when the printer reset the connection after a few bytes. A ZPL printer is better reached without a queue.
"""

from __future__ import annotations

import os
import subprocess
import threading
from dataclasses import dataclass

from devices.clock import Clock, Deadline, utc_now
from devices.printers.cups_words import REFUSED, ended_badly, job_made, not_asked, queue_from, waits
from devices.values import PrinterCondition, PrinterStatus, Sent

_TITLE = "label"
"""Nothing of a patient: titles stand in the queue's own log."""
_DEFAULT = "system default destination: "


@dataclass(frozen=True)
class QueueTimes:
    """How long each step may take, in seconds.

    Attributes:
        command_s: each of the print system's programs.
        done_s: the job, from being handed over until the queue is done with it.
        look_s: between two looks at the job.
    """

    command_s: float = 10.0
    done_s: float = 20.0
    look_s: float = 0.2


def default_queue(server: str = "", command_s: float = 10.0) -> str:
    """The queue that the print system prints on when none is named; empty where it has none, or there is no system."""
    asked = ["lpstat", *(["-h", server] if server else []), "-d"]
    try:
        said = subprocess.run(
            asked, capture_output=True, check=False, timeout=command_s, env=os.environ | {"LC_ALL": "C"}
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = said.stdout.decode("utf-8", "replace").splitlines()
    return next((line.removeprefix(_DEFAULT).strip() for line in lines if line.startswith(_DEFAULT)), "")


class SystemQueue:
    """One queue; its labels take turns. Threads may share it.

    Args:
        name: the printer's name at this bench.
        queue: the queue's name in the print system.
        raw: whether the bytes are in the printer's own language, and the queue shall not change them.
        server: the print server as ``host:port`` or its socket; this computer's own when empty.
        times: how long each step may take.
        clock: the time of day.
        title: of each job, which stands in the queue's own log: nothing of a patient.
    """

    def __init__(
        self,
        name: str,
        queue: str,
        *,
        raw: bool = False,
        server: str = "",
        times: QueueTimes | None = None,
        clock: Clock = utc_now,
        title: str = _TITLE,
    ) -> None:
        self._title = title
        self._name = name
        self._queue = queue
        self._options = ["-o", "raw"] if raw else []
        self._server = ["-h", server] if server else []
        self._times = times or QueueTimes()
        self._clock = clock
        self._turn = threading.Lock()
        self._pause = threading.Event()

    @property
    def name(self) -> str:
        """The printer's name at this bench."""
        return self._name

    def status(self) -> PrinterStatus:
        """How the queue stands; what the printer itself says only as far as its queue passes that on."""
        with self._turn:
            try:
                done = self._call("lpstat", "-l", "-p", self._queue, "-a", self._queue)
            except (OSError, subprocess.TimeoutExpired) as why:
                return PrinterStatus(PrinterCondition.UNREACHABLE, b"", self._clock(), detail=not_asked(why))
        said = done.stdout.decode("utf-8", "replace")
        queue = queue_from(said)
        if queue is None:
            detail = done.stderr.decode("utf-8", "replace").strip()
            return PrinterStatus(PrinterCondition.NO_QUEUE, done.stdout, self._clock(), detail=detail)
        first, *also = queue.conditions or (PrinterCondition.READY,)
        return PrinterStatus(first, done.stdout, self._clock(), also=tuple(also), warnings=queue.warnings)

    def send(self, label: bytes) -> Sent:
        """Hand the label to the queue and wait until the queue is done with it.

        Returns:
            ``sent`` when the queue says that it handed everything on; ``not sent`` when it made no job of it; else
            ``unknown``.
        """
        with self._turn:
            deadline = Deadline(self._times.done_s)
            try:
                done = self._call("lp", "-d", self._queue, "-t", self._title, *self._options, given=label)
            except OSError:
                return Sent.NOT_SENT  # there is no lp
            except subprocess.TimeoutExpired:
                return Sent.UNKNOWN
            job = job_made(done.stdout.decode("utf-8", "replace"))
            if done.returncode or job is None:
                refused = any(words in done.stderr.decode("utf-8", "replace") for words in REFUSED)
                return Sent.NOT_SENT if refused and job is None else Sent.UNKNOWN
            return self._followed(job, deadline)

    def _followed(self, job: str, deadline: Deadline) -> Sent:
        try:
            while waits(self._jobs("not-completed"), job):
                if deadline.passed():
                    self._call("cancel", job)
                    return Sent.UNKNOWN
                self._pause.wait(self._times.look_s)
            return Sent.UNKNOWN if ended_badly(self._jobs("completed"), job) else Sent.SENT
        except (OSError, subprocess.SubprocessError):
            return Sent.UNKNOWN

    def _jobs(self, which: str) -> str:
        """The list of jobs.

        Raises:
            subprocess.CalledProcessError: when the print system does not give it.
        """
        done = self._call("lpstat", "-l", "-W", which, "-o", self._queue)
        done.check_returncode()
        return done.stdout.decode("utf-8", "replace")

    def _call(self, program: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [program, *self._server, *arguments],
            input=given,
            capture_output=True,
            check=False,
            timeout=self._times.command_s,
            env=os.environ | {"LC_ALL": "C", "LANGUAGE": "C"},
        )
