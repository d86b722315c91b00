"""What the two answers of a ZPL printer, or their absence, come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from devices.printers.extended_status import parse_extended_status
from devices.printers.host_status import parse_host_status
from devices.values import PrinterCondition, PrinterStatus

_FIRST = (
    PrinterCondition.HEAD_OPEN,
    PrinterCondition.PAPER_OUT,
    PrinterCondition.RIBBON_OUT,
    PrinterCondition.JAM,
    PrinterCondition.CUTTER,
    PrinterCondition.TOO_HOT,
    PrinterCondition.TOO_COLD,
    PrinterCondition.PRINT_HEAD,
    PrinterCondition.CORRUPT_RAM,
    PrinterCondition.DIAGNOSTIC,
    PrinterCondition.FAULT,
    PrinterCondition.PAUSED,
    PrinterCondition.BUFFER_FULL,
)
"""What to see to first. Paper out, ribbon out and head open also pause a printer, so they come before paused."""
_STX = b"\x02"
_SPOKEN = frozenset(b"\x02\x03\r\n" + bytes(range(0x20, 0x7F)))


@dataclass(frozen=True)
class Heard:
    """What came in answer to one question.

    Attributes:
        raw: the bytes, empty for silence.
        lost: whether the line was lost while waiting.
    """

    raw: bytes = b""
    lost: bool = False


def in_order(conditions: set[PrinterCondition]) -> tuple[PrinterCondition, ...]:
    """What is wrong, the first to see to first."""
    return tuple(condition for condition in _FIRST if condition in conditions)


def judged(host: Heard, extended: Heard, at: datetime) -> PrinterStatus:
    """The printer's status from its answers to ``~HS`` and ``~HQES``.

    Only a whole answer to ``~HS`` makes a printer ready: one that leaves it unanswered commonly stands still (ZPL II
    Programming Guide), and ``~HQES`` may say why.
    """
    raw = host.raw + extended.raw
    said, more = parse_host_status(raw), parse_extended_status(raw)
    wrong = {*(said.conditions if said else ()), *(more.conditions if more else ())}
    ordered = in_order(wrong) or ((PrinterCondition.READY,) if said else (_unread(host, raw),))
    return PrinterStatus(
        ordered[0],
        raw,
        at,
        also=ordered[1:],
        warnings=more.to_see_to if more else (),
        remaining=said.labels_remaining if said else None,
        formats=said.formats_waiting if said else None,
    )


def _unread(host: Heard, raw: bytes) -> PrinterCondition:
    if not host.raw:
        return PrinterCondition.UNREACHABLE if host.lost and not raw else PrinterCondition.SILENT
    begun = host.raw.startswith(_STX) and _SPOKEN.issuperset(host.raw)
    return PrinterCondition.HALF_REPLY if begun else PrinterCondition.GARBLED
