"""What ``lp`` and ``lpstat`` of CUPS 2.4 say in the C locale: queues, jobs and their alerts (RFC 8011 keywords)."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

from devices.values import PrinterCondition, PrinterWarning

REFUSED = (
    "The printer or class does not exist",
    "is not accepting jobs",
    "Connection refused",
    "No such file or directory",
    "Name or service not known",
)
"""What ``lp`` says when it made no job; after anything else there may be one."""


def not_asked(why: Exception) -> str:
    """Why the print system could not be asked."""
    if isinstance(why, FileNotFoundError):
        return "no print system is installed on this computer: its program lpstat is not there"
    if isinstance(why, subprocess.TimeoutExpired):
        return f"the print system did not answer within {why.timeout:g} s"
    return str(why)


_REQUEST = re.compile(r"^request id is (\S+-\d+) \(", re.MULTILINE)
_QUEUE = re.compile(r"^printer \S+ (is idle|now printing|disabled)", re.MULTILINE)
_ALERTS = re.compile(r"^\tAlerts:(.*)$", re.MULTILINE)
_SEVERITY = re.compile(r"-(report|warning|error)$")
_AWAY = "may not exist or is unavailable"
_ENDED_BADLY = re.compile(r"\b(job-canceled|aborted|job-data-insufficient|document-format|job-held|unsupported)")

_CONDITIONS = {
    "cover-open": PrinterCondition.HEAD_OPEN,
    "door-open": PrinterCondition.HEAD_OPEN,
    "interlock-open": PrinterCondition.HEAD_OPEN,
    "media-empty": PrinterCondition.PAPER_OUT,
    "media-needed": PrinterCondition.PAPER_OUT,
    "marker-supply-empty": PrinterCondition.RIBBON_OUT,
    "media-jam": PrinterCondition.JAM,
    "spool-area-full": PrinterCondition.BUFFER_FULL,
    "offline": PrinterCondition.UNREACHABLE,
    "connecting-to-device": PrinterCondition.UNREACHABLE,
    "shutdown": PrinterCondition.UNREACHABLE,
    "timed-out": PrinterCondition.UNREACHABLE,
    "paused": PrinterCondition.REFUSING,
    "moving-to-paused": PrinterCondition.REFUSING,
}
_WARNINGS = {"media-low": PrinterWarning.PAPER_LOW, "marker-supply-low": PrinterWarning.RIBBON_LOW}


@dataclass(frozen=True)
class Queue:
    """How a queue stands.

    Attributes:
        conditions: what is wrong, in the order told.
        warnings: what will be wrong soon.
    """

    conditions: tuple[PrinterCondition, ...]
    warnings: tuple[PrinterWarning, ...]


def job_made(said: str) -> str | None:
    """The job's id from what ``lp`` said."""
    found = _REQUEST.search(said)
    return found[1] if found else None


def queue_from(said: str) -> Queue | None:
    """The queue from ``lpstat -l -p QUEUE -a QUEUE``; none when it says nothing of it."""
    standing = _QUEUE.search(said)
    if standing is None:
        return None
    alerts = _alerts(said)
    wrong = [_condition(alert) for alert in alerts]
    away = PrinterCondition.UNREACHABLE if _AWAY in said else None
    stopped = standing[1] == "disabled" or " not accepting requests " in said
    found = dict.fromkeys([*wrong, away, PrinterCondition.REFUSING if stopped else None])
    soon = (_WARNINGS.get(_SEVERITY.sub("", alert)) for alert in alerts)
    return Queue(
        tuple(condition for condition in found if condition is not None),
        tuple(dict.fromkeys(warning for warning in soon if warning is not None)),
    )


def _alerts(said: str) -> list[str]:
    return [word for line in _ALERTS.findall(said) for word in re.split(r"[\s,]+", line) if word not in {"", "none"}]


def _condition(alert: str) -> PrinterCondition | None:
    """What an alert means; a report or a warning stops nothing, and an error without a name here is a fault."""
    word, severity = _SEVERITY.sub("", alert), _SEVERITY.search(alert)
    if severity and severity[1] != "error":
        return None
    return _CONDITIONS.get(word) or (PrinterCondition.FAULT if severity else None)


def waits(said: str, job: str) -> bool:
    """Whether a job stands in a list of jobs."""
    return any(line.split(maxsplit=1)[:1] == [job] for line in said.splitlines() if not line.startswith("\t"))


def ended_badly(said: str, job: str) -> bool:
    """Whether ``lpstat -l -W completed`` says that a job was cancelled or given up.

    CUPS 2.4.2 gives a job taken out of a stopped queue the same words as a printed one: that cannot be told here.
    """
    lines = said.splitlines()
    at = next((place for place, line in enumerate(lines) if line.split(maxsplit=1)[:1] == [job]), None)
    if at is None:
        return False
    about = [line for line in lines[at + 1 : at + 4] if line.startswith("\tAlerts:")]
    return bool(about and _ENDED_BADLY.search(about[0]))
