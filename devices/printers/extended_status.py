"""A printer's answer to ``~HQES``: its errors and warnings as bits (ZPL II Programming Guide, ``~HQ``).

``STX``, ``PRINTER STATUS``, ``ERRORS:`` and ``WARNINGS:`` each with a flag and two groups of eight hexadecimal digits,
``ETX``. The bits are those of group 1, the last eight digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from devices.values import PrinterCondition, PrinterWarning

ASK = b"~HQES"

_FRAME = re.compile(rb"\x02([^\x02\x03]*PRINTER STATUS[^\x02\x03]*)\x03")
_WORDS = rb"%s:\s*([01])\s+([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{8})(?![0-9A-Fa-f])"
_ERRORS, _WARNINGS = re.compile(_WORDS % b"ERRORS"), re.compile(_WORDS % b"WARNINGS")

_CONDITIONS = {
    0x1: PrinterCondition.PAPER_OUT,
    0x2: PrinterCondition.RIBBON_OUT,
    0x4: PrinterCondition.HEAD_OPEN,
    0x8: PrinterCondition.CUTTER,
    0x10: PrinterCondition.TOO_HOT,
    0x20: PrinterCondition.TOO_HOT,
    0x40: PrinterCondition.PRINT_HEAD,
    0x80: PrinterCondition.PRINT_HEAD,
    0x100: PrinterCondition.CORRUPT_RAM,
    0x200: PrinterCondition.PRINT_HEAD,
    0x1000: PrinterCondition.JAM,
    0x4000: PrinterCondition.JAM,
    0x8000: PrinterCondition.JAM,
    0x10000: PrinterCondition.PAUSED,
}
_TO_SEE_TO = {
    0x1: PrinterWarning.CALIBRATE,
    0x2: PrinterWarning.CLEAN_HEAD,
    0x4: PrinterWarning.REPLACE_HEAD,
    0x8: PrinterWarning.PAPER_LOW,
}


@dataclass(frozen=True)
class ExtendedStatus:
    """The two words of bits, each as the printer gave it.

    Attributes:
        errors: group 1 of the errors.
        warnings: group 1 of the warnings, which are other bits than those of the errors.
        unread: group 2 of the errors, whose bits the guide does not name, or an error flag without a bit.
    """

    errors: int
    warnings: int
    unread: bool

    @property
    def conditions(self) -> tuple[PrinterCondition, ...]:
        """All that is wrong; a bit without a name of its own is a fault, never nothing."""
        known = [condition for bit, condition in _CONDITIONS.items() if self.errors & bit]
        rest = self.errors & ~sum(_CONDITIONS)
        return tuple(dict.fromkeys([*known, *([PrinterCondition.FAULT] if rest or self.unread else [])]))

    @property
    def to_see_to(self) -> tuple[PrinterWarning, ...]:
        """The warnings that have a name."""
        return tuple(warning for bit, warning in _TO_SEE_TO.items() if self.warnings & bit)


def is_whole(raw: bytes) -> bool:
    """Whether the answer's frame has ended."""
    return _FRAME.search(raw) is not None


def parse_extended_status(raw: bytes) -> ExtendedStatus | None:
    """The answer read; none when there is not exactly one, or it is not as documented."""
    frames = _FRAME.findall(raw)
    errors, warnings = (_ERRORS.findall(frames[0]), _WARNINGS.findall(frames[0])) if len(frames) == 1 else ([], [])
    if len(errors) != 1 or len(warnings) != 1:
        return None
    (flag, group_2, group_1), seen = errors[0], int(warnings[0][2], 16)
    bits, others = int(group_1, 16), int(group_2, 16)
    return ExtendedStatus(bits, seen, bool(others) or (flag == b"1" and not bits))
