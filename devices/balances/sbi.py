"""Sartorius: SBI.

Lines of 14 characters, or of 20 with a code of six before them; a weight without its unit has not come to rest. Digits
that are not verified stand in brackets in the maker's other modes, never in SBI: a bracket is a damaged digit here.

Sources: device-protocols.md section 6; the Entris II, Master and Cubis manuals on data output of 16 and 22 characters.
Nothing of this was tried on a real balance.
"""

from __future__ import annotations

import re

from devices.balances.speech import Speech, weight
from devices.values import Weighing, Weight

_PLAIN, _CODE = 14, 6
_STATES = {
    "high": Weighing.OVERLOAD,
    "err 55": Weighing.OVERLOAD,
    "low": Weighing.UNDERLOAD,
    "err 54": Weighing.UNDERLOAD,
}
_ERRORS = {
    "APP.ERR": "the weight on the pan cannot be used: too low, negative, or none",
    "DIS.ERR": "the display cannot show it",
    "PRT.ERR": "its interface is set to xBPI",
    "COMM.ERR": "no weight comes from the weigh cell",
    "SYS.ERR": "its own data are damaged",
}


def weight_of(line: str) -> Weight:
    """What a line says of the weight. A line of another length is a piece of one, and says nothing."""
    if (told := _told(line)) is not None:
        return told
    body = line[_CODE:] if len(line) == _PLAIN + _CODE else line
    if len(body) != _PLAIN or body[10] != " ":
        return Weight(Weighing.NOT_UNDERSTOOD, line)
    return weight(body[:10], body[11:], line, at_rest=True)


def _told(line: str) -> Weight | None:
    """What a line says that begins with ``Stat``, or has nothing but a word."""
    said = " ".join(line.removeprefix("Stat").split())
    if said.casefold() in _STATES:
        return Weight(_STATES[said.casefold()], line)
    if said.casefold().startswith("cal"):
        return Weight(Weighing.BUSY, line, detail=said)
    if re.search(r"\bERR\b", said):
        return Weight(Weighing.ERROR, line, detail=f"{said}, {_ERRORS[said]}" if said in _ERRORS else said)
    return Weight(Weighing.NOT_UNDERSTOOD, line) if line.startswith("Stat") else None


def serial_of(line: str) -> str | None:
    """The serial number that the line tells: all of it, since the manual gives it no form."""
    return line.strip() or None


SBI = Speech(
    "sbi",
    b"\x1bP\r\n",
    weight_of,
    b"\x1bx2_\r\n",
    serial_of,
    baud=9600,
    data_bits=8,
    parity="O",
    tare=b"\x1bT\r\n",
    tared=None,
)
