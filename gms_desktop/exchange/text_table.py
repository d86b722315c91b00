"""A delimited text file as rows of text cells. Nothing is ever read as a number.

The quoting rules are those of RFC 4180, with comma, semicolon or tab between cells and any kind of line end. Rows are
numbered as a spreadsheet shows them: a quoted cell with line breaks is one row, blank rows count, and the ``sep=``
line does not, because spreadsheets hide it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from gms_desktop.exchange.decoding import MAX_BYTES, decode
from gms_desktop.exchange.expected import FileProblem

DELIMITERS = (",", ";", "\t")

_MOST_BROKEN_ROWS = 200


@dataclass(frozen=True)
class TableRow:
    """One row: its number, its cells exactly as written, and why it could not be split (empty when it could)."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""

    @property
    def blank(self) -> bool:
        """True when no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class TextTable:
    """A whole file.

    Attributes:
        header: the headings, outer spaces removed, trailing empty headings left out.
        rows: the rows below it that hold anything; they may be shorter or longer than the header.
        delimiter: what stands between cells.
        encoding: how the bytes were decoded.
        problems: what is wrong with the file as a whole.
    """

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    delimiter: str
    encoding: str
    problems: tuple[FileProblem, ...] = ()

    @property
    def readable(self) -> bool:
        """False when a problem kept the file from being read."""
        return not any(problem.blocks for problem in self.problems)


def _lines(text: str) -> list[str]:
    # str.splitlines would also break at form feeds and U+2028, which may stand inside a cell.
    return list(io.StringIO(text, newline=""))


def _records(lines: list[str], delimiter: str) -> Iterator[TableRow]:
    """Split lines into rows; a row with broken quotes is given whole, and reading goes on at the next line."""
    at = number = broken = 0
    while at < len(lines) and broken < _MOST_BROKEN_ROWS:
        reader = csv.reader(lines[at:], delimiter=delimiter, strict=True)
        used = 0
        try:
            for cells in reader:
                number, used = number + 1, reader.line_num
                yield TableRow(number, tuple(cells))
            return
        except csv.Error as error:
            number, broken = number + 1, broken + 1
            fault = "cell-too-long" if "field larger" in str(error) else "quotes-broken"
            yield TableRow(number, (lines[at + used].rstrip("\r\n"),), fault)
            at += used + 1
    if at < len(lines):
        yield TableRow(number + 1, ("",), "rows-unread")


def _width(lines: list[str], delimiter: str) -> int:
    first = next(_records(lines, delimiter))
    return 0 if first.fault else len(first.cells)


def _likely_delimiter(lines: list[str]) -> str:
    """What splits the first line with words in it into most cells; lines of bare separators say nothing."""
    worded = next((at for at, line in enumerate(lines) if line.strip(' \r\n",;\t')), 0)
    return max(DELIMITERS, key=lambda each: _width(lines[worded:], each))


def _stated_delimiter(line: str) -> str | None:
    """The delimiter of an Excel ``sep=`` line; None when the line is not one; empty when it is not one we read."""
    stripped = line.strip("\r\n").strip(' "')
    if not stripped.lower().startswith("sep="):
        return None
    stated = stripped[4:]
    return stated if stated in DELIMITERS else ""


def _header(cells: tuple[str, ...]) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _repeated(header: tuple[str, ...]) -> list[str]:
    folded = [name.casefold() for name in header if name]
    return sorted({name for name in header if name and folded.count(name.casefold()) > 1})


def _split(text: str) -> tuple[str, list[str]]:
    lines = _lines(text)
    stated = _stated_delimiter(lines[0])
    if stated is None:
        return _likely_delimiter(lines), lines
    return stated, lines[1:]


def _unread(problem: FileProblem, encoding: str) -> TextTable:
    return TextTable((), (), "", encoding, (problem,))


def read_table(content: bytes, limit: int = MAX_BYTES) -> TextTable:
    """Read a delimited text file.

    Args:
        content: the file's bytes.
        limit: the largest size read, in bytes.

    Returns:
        Header and rows. Problems that keep the file from being read are among ``problems``, never raised.
    """
    decoded = decode(content, limit)
    if any(problem.blocks for problem in decoded.problems):
        return TextTable((), (), "", decoded.encoding, decoded.problems)
    delimiter, lines = _split(decoded.text)
    if not delimiter:
        return _unread(FileProblem("separator-unknown"), decoded.encoding)
    records = _records(lines, delimiter)
    first = next((row for row in records if row.fault or not row.blank), None)
    if first is None:
        return _unread(FileProblem("file-empty"), decoded.encoding)
    if first.fault:
        return _unread(FileProblem("header-broken"), decoded.encoding)
    return _table(
        first,
        tuple(row for row in records if row.fault or not row.blank),
        delimiter,
        decoded.encoding,
        decoded.problems,
    )


def _table(
    first: TableRow, rows: tuple[TableRow, ...], delimiter: str, encoding: str, problems: tuple[FileProblem, ...]
) -> TextTable:
    header = _header(first.cells)
    found = list(problems)
    if repeated := _repeated(header):
        found.append(FileProblem("column-repeated", ", ".join(repeated)))
    if rows and rows[-1].fault == "rows-unread":
        found.append(FileProblem("rows-unread", f"row {rows[-1].number}", blocks=False, rows=(rows[-1].number,)))
        rows = rows[:-1]
    if not rows:
        found.append(FileProblem("no-rows"))
    return TextTable(header, rows, delimiter, encoding, tuple(found))
