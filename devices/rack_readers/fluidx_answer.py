"""The lines of a FluidX reader: ``A1, FD20024619, 1d_rackid_1, SA00826894``.

Lines end with CR, LF or CRLF. The greeting, ``Reading...`` and ``OK`` may stand glued before a line. Nothing is told
from the order of the lines, and a line without its end counts only where it cannot be half of a longer one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from devices.rack_readers.assembling import Said, Source, fitting, places_in, rack_id_of, rack_scan
from devices.rack_readers.cells import NOT_A_CODE, RackProfile, bare, cell_of, place_of
from devices.values import RackDefect, RackFinding, RackId, RackScan, RackShape

DIALECT = "fluidx remote"
READING = "reading..."
_LINE_END = re.compile(r"\r\n|\r|\n")
_PLACE = r"[A-Za-z]\s?/?\s?\d{1,2}"
_DATA = re.compile(rf"\s*(?P<place>{_PLACE})\s*,(?P<rest>.*)", re.ASCII)
_GLUED = re.compile(
    rf"(?P<noise>[^,]*?(?:connected|\.\.\.|ok|finished))\s*(?P<data>{_PLACE}\s*,.*)", re.ASCII | re.IGNORECASE
)
SOURCE = re.compile(r"[12]d_rackid_\d+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class DataLine:
    """One well's line, split but not yet understood."""

    place: str
    fields: tuple[str, ...]

    @property
    def code(self) -> str:
        """The word for the tube."""
        return self.fields[0]

    @property
    def source(self) -> str:
        """Where the rack's code was read; empty when the line does not say."""
        return bare(self.fields[1]) if len(self.fields) > 1 and SOURCE.fullmatch(bare(self.fields[1])) else ""

    @property
    def understood(self) -> bool:
        """Whether the fields behind the tube's word are those of the grammar."""
        return bool(self.source) or not any(bare(field) for field in self.fields[1:])

    @property
    def racks(self) -> tuple[str, ...]:
        """The words for the rack: where the first was not read, a reader may give another behind it."""
        return tuple(text for field in self.fields[2:] if (text := bare(field))) if self.source else ()


@dataclass(frozen=True)
class Answer:
    """What has come so far.

    Attributes:
        lines: data lines that have their end.
        words: other lines and what stood glued before a data line, in order, in small letters.
        open_line: the data line that has no end yet.
        blank_after_data: whether an empty line stands behind the data.
        announced: whether ``Reading...`` came before the first data line.
    """

    lines: tuple[DataLine, ...]
    words: tuple[str, ...]
    open_line: DataLine | None
    blank_after_data: bool
    announced: bool


def parse(raw: bytes) -> Answer:
    """The lines in what has come so far, in whichever pieces it came."""
    *ended, rest = _LINE_END.split(raw.decode("latin-1"))
    lines: list[DataLine] = []
    words: list[str] = []
    blank = announced = False
    for text in ended:
        line = _data_line(text, words)
        announced = announced or (not lines and any(READING in word for word in words))
        if line is not None:
            lines.append(line)
        blank = bool(lines) and not text.strip()
    open_line = _data_line(rest, words)
    announced = announced or (not lines and any(READING in word for word in words))
    return Answer(tuple(lines), tuple(words), open_line, blank, announced)


def _data_line(text: str, words: list[str]) -> DataLine | None:
    glued = None if _DATA.fullmatch(text) else _GLUED.fullmatch(text)
    if glued is not None:
        words.append(glued["noise"].strip().casefold())
        text = glued["data"]
    found = _DATA.fullmatch(text)
    if found is None:
        if text.strip():
            words.append(text.strip().casefold())
        return None
    return DataLine(found["place"], tuple(found["rest"].split(",")))


def covers(lines: Sequence[DataLine], shape: RackShape | None) -> bool:
    """Whether every well of the rack has been named; of any known size where none is expected."""
    said = [Said(line.place, "", NOT_A_CODE) for line in lines]
    named = {place_of(line.place) for line in lines}
    size = shape or fitting(said, None)
    return named >= places_in(size)


def looks_whole(line: DataLine, others: Sequence[DataLine], profile: RackProfile) -> bool:
    """Whether a line that lacks its end cannot be half of a longer one: it ends as the others do."""
    if not others or len(line.fields) != len(others[-1].fields):
        return False
    if len(line.fields) > 1:
        return bare(line.fields[-1]) == bare(others[-1].fields[-1]) != ""
    if profile.label(bare(line.code)) is not None:
        return True
    codes = {len(bare(other.code)) for other in others if cell_of(other.code, profile).code}
    return len(codes) == 1 and len(bare(line.code)) in codes


def scan_of(lines: Sequence[DataLine], source: Source, profile: RackProfile) -> RackScan:
    """The rack that the lines tell of."""
    said = [_said(line, profile) for line in lines]
    odd = [line for line in lines if not line.understood]
    findings = [
        RackFinding(RackDefect.LINE_NOT_UNDERSTOOD, tuple(line.place for line in odd), "; ".join(map(_text, odd)))
    ]
    return rack_scan(said, _rack_id(lines, profile), source, profile, findings if odd else [])


def _said(line: DataLine, profile: RackProfile) -> Said:
    return Said(line.place, _text(line), cell_of(line.code, profile) if line.understood else NOT_A_CODE)


def _text(line: DataLine) -> str:
    return ",".join(line.fields).strip()


def _rack_id(lines: Sequence[DataLine], profile: RackProfile) -> RackId:
    given: list[str] = []
    for line in lines:
        read = [text for text in line.racks if profile.label(text) is None]
        given.extend(read or line.racks[:1])
    sources = dict.fromkeys(line.source for line in lines if line.source)
    return rack_id_of(given, ", ".join(sources), profile)
