"""The rows of an instrument's file with the numbers of their lines, and its columns by their headings.

Unlike a rack's file, blank lines part blocks, cells in quotes run over several lines, and a heading may stand twice.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from typing import overload

from devices.files.given import GivenFile
from devices.files.table import MAX_BYTES, tables_of, text_of

_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b")
_DELIMITERS = ("\t", ",", ";")
_WELL = re.compile(r"\s*([A-Pa-p])\s?[:_/-]?\s?0?([1-9]|1\d|2[0-4])\s*", re.ASCII)
_END = "\x00end\n"
_ENDED = ("\x00end",)


@dataclass(frozen=True)
class Row:
    """A row's cells as they stand, and the number of its first line, counted from one."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)

    def cell(self, index: int) -> str:
        """A cell as it stands; empty where the row is shorter."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""


@dataclass(frozen=True)
class Rows:
    """All rows of a text, or of one sheet of a workbook, blank ones of a text among them.

    Attributes:
        rows: the rows.
        delimiter: what parts the cells; empty for a sheet.
        ends_open: whether the last line has no end, so that it may be half of a longer one.
    """

    rows: Sequence[Row]
    delimiter: str = ""
    ends_open: bool = False

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


def is_packed(file: GivenFile) -> bool:
    """Whether a file is a workbook or an archive."""
    return file.content.startswith(_PACKED)


def text_rows(file: GivenFile, delimiters: Sequence[str] = _DELIMITERS) -> Rows | None:
    """The rows of a text file; None for what is no text, is packed, or is too large."""
    if is_packed(file) or len(file.content) > MAX_BYTES:
        return None
    return _rows(file.content, tuple(delimiters))


@lru_cache(maxsize=1)
def _rows(content: bytes, delimiters: tuple[str, ...]) -> Rows | None:
    """One file is put to every reader: it is decoded once, and split no further than any of them looks."""
    text = text_of(content)
    return rows_of_text(text, delimiters) if text.strip() else None


def rows_of_text(text: str, delimiters: Sequence[str] = _DELIMITERS) -> Rows:
    """The rows of a text, its lines ended by LF, CRLF or a bare CR. A first line ``sep=,`` names the delimiter."""
    named = re.match(r'"?sep=([,;|:\t])"?[ ]*(?:\r\n|\r|\n)', text)
    head = text[:20_000]
    delimiter = named[1] if named else max(delimiters, key=head.count)
    ends_open = not text.endswith(("\r", "\n"))
    rows = _split(text + "\n" if ends_open else text, delimiter)
    return Rows(SplitRows(islice(rows, 1, None) if named else rows), delimiter, ends_open)


class SplitRows(Sequence[Row]):
    """Rows that are split when they are looked at: whoever knows nothing of a file looks at its first lines only."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows, self._split = rows, list[Row]()

    @property
    def looked_at(self) -> int:
        """How many have been split."""
        return len(self._split)

    def __len__(self) -> int:
        self._split.extend(self._rows)
        return len(self._split)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        end = index.stop if isinstance(index, slice) else index + 1
        if end is None or end <= 0:
            self._split.extend(self._rows)
        else:
            self._split.extend(islice(self._rows, max(0, end - len(self._split))))
        return self._split[index]


def _with_long_cells(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """A cell may be as long as a file here; the limit is the whole process's, and others stand on theirs."""
    while True:
        before = csv.field_size_limit(MAX_BYTES)
        try:
            cells = next(reader, None)
        finally:
            csv.field_size_limit(before)
        if cells is None:
            return
        yield cells


def _split(text: str, delimiter: str, before: int = 0) -> Iterator[Row]:
    """The rows. A quotation mark that nothing closes is a letter: it must not swallow the rows that follow it."""
    reader = csv.reader(chain(io.StringIO(text, newline=""), (_END,)), delimiter=delimiter)
    at, last = 0, -1
    kept: tuple[str, ...] = ()
    for cells in _with_long_cells(reader):
        if last >= 0:
            yield Row(before + last + 1, kept)
        last, kept = at, tuple(cells)
        at = reader.line_num
    if kept == _ENDED:
        return
    lines = list(io.StringIO(text, newline=""))
    yield Row(before + last + 1, tuple(lines[last].rstrip("\r\n").split(delimiter)))
    yield from _split("".join(lines[last + 1 :]), delimiter, before + last + 1)


def sheets(file: GivenFile) -> tuple[Rows, ...]:
    """The sheets of a workbook that hold anything; none for what is no workbook. Blank rows are left out."""
    if not is_packed(file):
        return ()
    return tuple(
        Rows(tuple(Row(number, cells) for number, cells in zip(table.numbers, table.rows, strict=True)))
        for table in tables_of(file.content)
        if table.is_sheet
    )


def rows_of(file: GivenFile, delimiters: Sequence[str] = _DELIMITERS) -> tuple[Rows, ...]:
    """A text file's rows, or each sheet's."""
    text = text_rows(file, delimiters)
    return (text,) if text is not None else sheets(file)


@lru_cache(maxsize=4096)
def folded(heading: str) -> str:
    """A heading without what differs between versions of a software: capitals, spaces, trade marks, micro signs."""
    return " ".join(re.sub(r"[®™©*]|Â®", "", folded_micro(heading)).split()).casefold()


def folded_micro(text: str) -> str:
    """A text with its micro signs written ``u``, however they were corrupted."""
    return text if text.isascii() else re.sub("Âµ|Î¼|¬µ|[µμ\ufffd]", "u", text)


@dataclass
class Columns:
    """The columns of a table by their headings; those that nobody took are told as unread.

    A heading that stands twice is found by its place: each ``take`` gives the next one that is still free.
    """

    headings: tuple[str, ...]
    _taken: set[int] = field(default_factory=set)

    def take(self, *names: str, after: int = -1, before: int | None = None, shared: bool = False) -> int:
        """The first free column with one of these headings, between two others; -1 where there is none.

        One that may be shared is taken although another has it too.
        """
        for name in map(folded, names):
            for index, heading in enumerate(self.headings[:before]):
                if index > after and (shared or index not in self._taken) and folded(heading) == name:
                    self._taken.add(index)
                    return index
        return -1

    def take_like(self, pattern: str) -> int:
        """The first free column whose folded heading matches a pattern from end to end; -1 where there is none."""
        for index, heading in enumerate(self.headings):
            if index not in self._taken and re.fullmatch(pattern, folded(heading)):
                self._taken.add(index)
                return index
        return -1

    def has(self, *names: str) -> bool:
        """Whether all these headings are there."""
        return set(map(folded, names)) <= set(map(folded, self.headings))

    @property
    def unread(self) -> tuple[str, ...]:
        """The headings that nothing was read from, as written."""
        return tuple(
            heading.strip()
            for index, heading in enumerate(self.headings)
            if index not in self._taken and heading.strip()
        )


def well_of(text: str) -> str:
    """``A01`` for A1, a1, A01, A:1; empty for anything else."""
    found = _WELL.fullmatch(text)
    return f"{found[1].upper()}{int(found[2]):02d}" if found else ""


def column_cells(rows: Iterable[Row], columns: Iterable[int]) -> tuple[str, ...]:
    """All cells of some columns, one after the other: what a file's decimal mark or order of dates is told by."""
    wanted = tuple(index for index in columns if index >= 0)
    return tuple(row.cell(index) for row in rows for index in wanted)
