"""A Zebra printer's answer to ``~HS``: three lines, each from STX to ETX (ZPL II Programming Guide, ``~HS``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from devices.values import PrinterCondition

ASK = b"~HS"
LINES = 3

_LINE = re.compile(rb"\x02([^\x02\x03]*)\x03")
_FIELDS = (12, 11, 2)
_LONGEST_FIELD = 8
_EXTENDED = b"PRINTER STATUS"
"""The heading of the answer to ``~HQES``, which may stand in the same bytes when this one came late."""


@dataclass(frozen=True)
class HostStatus:
    """What the printer says of itself. Letters are those of the guide.

    Attributes:
        paper_out: line 1 b.
        paused: line 1 c.
        label_length_dots: line 1 d.
        formats_waiting: line 1 e, formats in the receive buffer.
        buffer_full: line 1 f.
        diagnostics: line 1 g, what is sent is printed as numbers.
        partial_format: line 1 h, a format was begun and not ended.
        corrupt_ram: line 1 j, the printer has lost its configuration.
        too_cold: line 1 k.
        too_hot: line 1 l.
        head_open: line 2 o.
        ribbon_out: line 2 p.
        label_waiting: line 2 t, a label waits to be peeled.
        labels_remaining: line 2 u, still to print of the batch.
    """

    paper_out: bool
    paused: bool
    label_length_dots: int
    formats_waiting: int
    buffer_full: bool
    diagnostics: bool
    partial_format: bool
    corrupt_ram: bool
    too_cold: bool
    too_hot: bool
    head_open: bool
    ribbon_out: bool
    label_waiting: bool
    labels_remaining: int

    @property
    def conditions(self) -> tuple[PrinterCondition, ...]:
        """All that is wrong, in no order; empty when nothing is."""
        said = (
            (self.paper_out, PrinterCondition.PAPER_OUT),
            (self.paused, PrinterCondition.PAUSED),
            (self.buffer_full, PrinterCondition.BUFFER_FULL),
            (self.diagnostics, PrinterCondition.DIAGNOSTIC),
            (self.corrupt_ram, PrinterCondition.CORRUPT_RAM),
            (self.too_cold, PrinterCondition.TOO_COLD),
            (self.too_hot, PrinterCondition.TOO_HOT),
            (self.head_open, PrinterCondition.HEAD_OPEN),
            (self.ribbon_out, PrinterCondition.RIBBON_OUT),
        )
        return tuple(condition for is_so, condition in said if is_so)


def is_whole(raw: bytes) -> bool:
    """Whether the third ETX has come: the answer has no length and no other end."""
    return raw.count(b"\x03") >= LINES


def parse_host_status(raw: bytes) -> HostStatus | None:
    """The answer read; none when it is not three lines of the documented fields."""
    lines = [line.split(b",") for line in _LINE.findall(raw) if _EXTENDED not in line]
    if len(lines) != LINES or any(len(line) < count for line, count in zip(lines, _FIELDS, strict=True)):
        return None
    if not all(_is_number(field) for line in lines[:2] for field in line):
        return None
    first, second = ([int(field) for field in line] for line in lines[:2])
    return HostStatus(
        paper_out=bool(first[1]),
        paused=bool(first[2]),
        label_length_dots=first[3],
        formats_waiting=first[4],
        buffer_full=bool(first[5]),
        diagnostics=bool(first[6]),
        partial_format=bool(first[7]),
        corrupt_ram=bool(first[9]),
        too_cold=bool(first[10]),
        too_hot=bool(first[11]),
        head_open=bool(second[2]),
        ribbon_out=bool(second[3]),
        label_waiting=bool(second[7]),
        labels_remaining=second[8],
    )


def _is_number(field: bytes) -> bool:
    return len(field) <= _LONGEST_FIELD and field.strip().isdigit()
