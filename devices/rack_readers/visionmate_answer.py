"""The answers of a Thermo VisionMate: ``[prefix] OK`` + the command + data + ``[suffix]``.

Source: the public client of it, and that client's stand-in for the server (miso-lims/visionmate-client).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from devices.rack_readers.assembling import Said
from devices.rack_readers.cells import RackProfile, cell_of
from devices.values import RackShape

DIALECT = "visionmate"
ETX = "\x03"
_PRODUCT = re.compile(r"[AMNO](\d\d)(\d\d)", re.ASCII)


@dataclass(frozen=True)
class VisionMateProfile:
    """How the administrator has set the reader up; every one of these can be set there.

    Attributes:
        suffix: what ends an answer. None is set when it leaves the factory, and then no answer has an end.
        prefix: what begins one.
        acknowledge: what every answer begins with, behind the prefix.
        delimiter: what stands behind each code.
        by_row: whether the codes go along the rows; by the factory's setting they go down the columns.
        rack: what its words mean.
        status, product, reset, data, error: the letters of its commands.
    """

    suffix: str = ETX
    prefix: str = ""
    acknowledge: str = "OK"
    delimiter: str = ","
    by_row: bool = False
    rack: RackProfile = field(default_factory=RackProfile)
    status: str = "L"
    product: str = "C"
    reset: str = "Q"
    data: str = "D"
    error: str = "E"


@dataclass(frozen=True)
class Status:
    """The bits of its status."""

    bits: int

    @property
    def initialised(self) -> bool:
        """It has started."""
        return bool(self.bits & 1)

    @property
    def scanning(self) -> bool:
        """It is at work."""
        return bool(self.bits & 2)

    @property
    def data_ready(self) -> bool:
        """A scan is finished, and its data are ready. They may be those of long ago."""
        return self.bits & 12 == 12

    @property
    def data_sent(self) -> bool:
        """Data were asked for already, whether there were any or not."""
        return bool(self.bits & 16)

    @property
    def error(self) -> bool:
        """Something is wrong."""
        return bool(self.bits & 128)


class NotUnderstood(ValueError):
    """An answer that is not one to the command; the text is the answer."""


def data_of(answer: str, command: str, profile: VisionMateProfile) -> str:
    """What an answer says, without what stands around it.

    Raises:
        NotUnderstood: when it answers something else, or says that the command is not known.
    """
    text = answer.strip("\r\n")
    start = profile.prefix + profile.acknowledge + command
    if not text.startswith(start):
        raise NotUnderstood(text)
    return text[len(start) :]


def looks_without_suffix(heard: str, command: str, profile: VisionMateProfile) -> bool:
    """Whether something came that would be the answer, if only it ended."""
    return bool(heard) and profile.acknowledge + command in heard


def status_of(data: str) -> Status:
    """The status in an answer to ``L``; raises ``NotUnderstood``."""
    if not data.isascii() or not data.isdecimal() or int(data) > 255:
        raise NotUnderstood(data)
    return Status(int(data))


def shape_of(product: str) -> RackShape:
    """The rack's size in an answer to ``C``: ``M0812`` has 8 rows and 12 columns; raises ``NotUnderstood``."""
    found = _PRODUCT.fullmatch(product)
    if found is None or not 0 < int(found[1]) <= 26 or not int(found[2]):
        raise NotUnderstood(product)
    return RackShape(int(found[1]), int(found[2]))


def wells_of(data: str, shape: RackShape, profile: VisionMateProfile) -> tuple[Said, ...]:
    """Each well in an answer to ``D``, which names none: their number must be that of the rack's wells.

    Raises:
        NotUnderstood: when it is another.
    """
    words = data.removesuffix(profile.delimiter).split(profile.delimiter)
    positions = shape.positions if profile.by_row else shape.positions_by_column
    if len(words) != len(positions):
        raise NotUnderstood(f"{len(words)} codes for {len(positions)} wells")
    return tuple(
        Said(position, word, cell_of(word, profile.rack)) for position, word in zip(positions, words, strict=True)
    )
