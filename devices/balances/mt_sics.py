"""Mettler Toledo: MT-SICS.

``SI`` is asked and never ``S``, which keeps its answer back until the pan is at rest: an answer that comes late would
be taken for the next one. ``TI`` and never ``T`` likewise.

Sources: device-protocols.md section 6; the MT-SICS reference manual cited there.
"""

from __future__ import annotations

import re

from devices.balances.speech import Speech, weight
from devices.values import Weighing, Weight

_WEIGHT = re.compile(r"S ([SD]) +([+-]? *[\d.]+)(?: +(\S+))? *", re.ASCII)
_SERIAL = re.compile(r'I4 A +"([^"]*)" *', re.ASCII)
_STATES = {
    "S I": Weighing.BUSY,
    "S +": Weighing.OVERLOAD,
    "S -": Weighing.UNDERLOAD,
}
_ERRORS = {"ES": "syntax error", "ET": "transmission error", "EL": "logical error", "S L": "command not carried out"}


def weight_of(line: str) -> Weight:
    """What a line says of the weight."""
    return _read(line, line)


def _read(line: str, said: str) -> Weight:
    """What is said in a line that came."""
    if found := _WEIGHT.fullmatch(said):
        return weight(found[2], found[3] or "", line, at_rest=found[1] == "S")
    said = said.strip()
    if said in _STATES:
        return Weight(_STATES[said], line)
    if said in _ERRORS:
        return Weight(Weighing.ERROR, line, detail=f"{said}, {_ERRORS[said]}")
    return Weight(Weighing.NOT_UNDERSTOOD, line)


def tared(line: str) -> Weight:
    """What a line says of the tare: it stands where the pan was at rest."""
    said = line.strip()
    if said == "TI L":
        return Weight(Weighing.ERROR, line, detail="TI L, command not carried out")
    if said.startswith("TI "):
        return _read(line, "S" + said.removeprefix("TI"))
    return Weight(Weighing.NOT_UNDERSTOOD, line) if said.startswith("S ") else weight_of(line)


def serial_of(line: str) -> str | None:
    """The serial number that the line tells."""
    found = _SERIAL.fullmatch(line)
    return found[1] if found else None


MT_SICS = Speech(
    "mt-sics",
    b"SI\r\n",
    weight_of,
    b"I4\r\n",
    serial_of,
    baud=9600,
    data_bits=8,
    parity="N",
    tare=b"TI\r\n",
    tared=tared,
)
