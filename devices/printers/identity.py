"""Who a printer is, in its own words: the answers to ``~HI`` and ``~HQSN`` (ZPL II Programming Guide).

``~HI`` tells model, firmware and dots per millimetre. Newer models answer ``~HQSN`` with the words SERIAL NUMBER and
the number on the line below; others say nothing, which is a state and no fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ASK, ASK_SERIAL = b"~HI", b"~HQSN"

_FRAME = re.compile(rb"\x02([^\x02\x03]*)\x03")
_DOTS = re.compile(r"[0-9]{1,2}")
_SERIAL = re.compile(rb"SERIAL NUMBER\s+([!-~]{3,40})\s")
_FIELDS = 4
_DPI = {8: 203, 12: 300, 24: 600}
"""Dots per inch as printers are sold by them, of dots per millimetre."""


@dataclass(frozen=True)
class PrinterIdentity:
    """What stands at an address.

    Attributes:
        model: as it names itself.
        firmware: its version.
        dots_per_mm: its resolution.
        serial: its serial number; empty where it does not tell it.
    """

    model: str
    firmware: str
    dots_per_mm: int
    serial: str = ""

    @property
    def dpi(self) -> int | None:
        """Its resolution as in the settings; none for one that no printer is sold by."""
        return _DPI.get(self.dots_per_mm)


def is_whole(raw: bytes) -> bool:
    """Whether the answer's one frame has ended."""
    return _FRAME.search(raw) is not None


def parse_identity(raw: bytes) -> PrinterIdentity | None:
    """The answer read; none when there is not exactly one, or it is not as documented."""
    frames = _FRAME.findall(raw)
    fields = [field.strip() for field in frames[0].decode("latin-1").split(",")] if len(frames) == 1 else []
    if len(fields) < _FIELDS or not fields[0] or not _DOTS.fullmatch(fields[2]):
        return None
    return PrinterIdentity(fields[0], fields[1], int(fields[2]))


def parse_serial(raw: bytes) -> str:
    """The serial number of an answer; empty when there is not exactly one whole answer, or it is not as documented."""
    frames = _FRAME.findall(raw)
    found = _SERIAL.search(frames[0] + b"\n") if len(frames) == 1 else None
    return found.group(1).decode("ascii") if found else ""
