"""Logs and crash reports in the data folder: what happened to the program, never anything about a patient.

A line is built from a list of what may stand in it, not from a list of what may not: an event of :class:`Event` and
the facts named in ``_FACTS``, each held to its own form. Whatever else is handed over, a message of a library or an
exception's own words included, is left out.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

BYTES_A_FILE = 5_000_000
FILES = 10
_HOUSE = "gms_desktop"
_MOST_FRAMES = 60


class Event(StrEnum):
    """Everything of ours that a log line may tell of."""

    STARTED = "started"
    ENDED = "ended"
    CRASHED = "crashed"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    TAKEN_IN = "file taken in"
    REBUILT = "register rebuilt"
    NOT_SIGNED = "checkpoint not made"
    DEVICE = "device"
    LIBRARY = "library"


_FACTS: dict[str, re.Pattern[str]] = {
    "version": re.compile(r"\d(\.(0|[1-9]\d{0,2})){1,2}([a-z.+-]{1,6}\d{0,3})?"),
    "command": re.compile(r"run|rehearse|verify|rebuild|backup|salvage|doctor|find|import"),
    "device": re.compile(r"scanner|printer|rack reader|balance|instrument"),
    "state": re.compile(r"ready|busy|away|fault|unknown|not sent|sent"),
    "fault": re.compile(r"[A-Z][A-Za-z]{2,60}"),
    "report": re.compile(r"crash-\d{8}T\d{6}Z-\d{1,7}(-\d{1,3})?\.json"),
    "logger": re.compile(r"[a-z][a-z_.]{0,80}"),
    "place": re.compile(r"[a-z_]{1,60}:\d{1,5}"),
    "level": re.compile(r"debug|info|warning|error|critical"),
}
_COUNTS = frozenset({"entries", "rows", "waiting", "seconds", "code"})
# An NHS number has ten digits, a hospital number often seven: no count of ours in a log needs as many.
_LARGEST_COUNT = 999_999

Line = MutableMapping[str, Any]


def redact(_logger: object, _method: str, line: Line) -> Line:
    """Build the line that is written: known event, known facts, nothing else."""
    said = line.get("event")
    kept: Line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds")}
    kept["event"] = said.value if isinstance(said, Event) else Event.LIBRARY.value
    kept.update((name, line[name]) for name, form in _FACTS.items() if _fits(line.get(name), form))
    kept.update((name, line[name]) for name in sorted(_COUNTS) if _is_count(line.get(name)))
    return kept


def _fits(value: object, form: re.Pattern[str]) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST_COUNT


class _Lines(logging.Formatter):
    """One JSON object a line. The standard library's: structlog took 0.07 s of every start for the same line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line: Line = {**getattr(record, "facts", {}), "logger": record.name, "level": record.levelname.lower()}
        if record.name != _HOUSE:
            # Our own lines all come by way of `log`, whose place says nothing.
            line["place"] = f"{record.module}:{record.lineno}"
        return json.dumps(redact(None, "", line), sort_keys=True)


class _QuietFile(RotatingFileHandler):
    """A log that cannot be written (disk full, another window has it open on Windows) stops nobody's work."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (the standard library's own name)
        """Leave the line out."""


def _handler(folder: Path) -> logging.Handler:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_HOUSE}.jsonl"
    handler = _QuietFile(path, maxBytes=BYTES_A_FILE, backupCount=FILES - 1, encoding="utf-8", delay=True)
    handler.setFormatter(_Lines())
    return handler


def log(event: Event, **facts: object) -> None:
    """Write one line, where logs are kept; otherwise nothing happens.

    Args:
        event: what happened.
        facts: any of ``_FACTS`` and ``_COUNTS``; others are left out.
    """
    logging.getLogger(_HOUSE).info(event.value, extra={"facts": {**facts, "event": event}})


def _version() -> str:
    from importlib.metadata import version

    return version("gms-desktop")


def _to_stderr(sentence: str) -> None:
    # A program without a console has no stderr.
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")


@contextmanager
def kept(data: Path, tell: Callable[[str], object] = _to_stderr) -> Iterator[None]:
    """Keep logs and crash reports in a data folder while the body runs.

    Args:
        data: the bench's data folder; ``logs`` and ``crashes`` are made in it.
        tell: is told in a sentence, from any thread, of a fault that nothing caught.

    Raises:
        OSError: when the folders cannot be made.
    """
    handler, root = _handler(data / "logs"), logging.getLogger()
    house, level = logging.getLogger(_HOUSE), logging.getLogger(_HOUSE).level
    root.addHandler(handler)
    house.setLevel(logging.INFO)
    try:
        with (data / "logs" / "faults.txt").open("a", encoding="utf-8") as faults, _hooks(data / "crashes", tell):
            former = faulthandler.is_enabled()
            faulthandler.enable(faults)
            log(Event.STARTED, version=_version())
            try:
                yield
            finally:
                log(Event.ENDED)
                _give_back_faults(former)
    finally:
        house.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def _give_back_faults(former: bool) -> None:
    faulthandler.disable()
    if former and sys.__stderr__ is not None:
        faulthandler.enable(sys.__stderr__)


@contextmanager
def _hooks(crashes: Path, tell: Callable[[str], object]) -> Iterator[None]:
    former = sys.excepthook, threading.excepthook

    def crashed(kind: type[BaseException], fault: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            former[0](kind, fault, at)
            return
        tell(crash_sentence(leave_crash_report(crashes, fault)))

    def crashed_in_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            crashed(told.exc_type, told.exc_value, told.exc_traceback)

    sys.excepthook, threading.excepthook = crashed, crashed_in_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = former


def leave_crash_report(folder: Path, fault: BaseException) -> Path | None:
    """Write where the program failed: kinds of fault and lines of code, no words of the fault, no values.

    Args:
        folder: where crash reports are kept; it is made.
        fault: what was raised.

    Returns:
        The report, or None when it cannot be written.
    """
    import platform

    made_at = datetime.now(UTC)
    report = {
        "made_at": made_at.isoformat(timespec="seconds"),
        "version": _version(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "faults": [_fault(one) for one in _chain(fault)],
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"crash-{made_at:%Y%m%dT%H%M%SZ}-{threading.get_native_id()}.json"
        path.write_text(json.dumps(report, indent=1), "utf-8")
    except OSError:
        return None
    log(Event.CRASHED, fault=type(fault).__name__, report=path.name)
    return path


def crash_sentence(report: Path | None) -> str:
    """What a person is told of a crash."""
    where = f" The report {report} says where; it holds nothing about a patient." if report else ""
    return f"The program failed and stopped this step. What was saved before is still saved.{where}"


def _chain(fault: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = fault
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _fault(fault: BaseException) -> dict[str, Any]:
    frames, at = [], fault.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        frames.append(f"{'/'.join(Path(code.co_filename).parts[-3:])}:{at.tb_lineno} {code.co_name}")
        at = at.tb_next
    said: dict[str, Any] = {"kind": type(fault).__name__, "frames": frames[-_MOST_FRAMES:]}
    # The system's own number of what went wrong with a file or a port names nobody.
    return said | ({"errno": fault.errno} if isinstance(fault, OSError) else {})
