"""The rows and cells of a file that a device left: delimited text in any encoding, or a spreadsheet.

Nothing in a text file is read as a number; a spreadsheet's own numbers are marked, since their leading zeros are gone.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

MAX_BYTES = 20_000_000
_MAX_UNPACKED = 400_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = (",", ";", "\t")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Number(str):
    """A cell that a spreadsheet keeps as a number."""

    __slots__ = ()


@dataclass(frozen=True)
class Table:
    """Rows of cells, outer spaces kept, blank rows left out.

    Attributes:
        rows: the cells.
        ends_open: whether the last line has no end, so that it may be half of a longer one.
        is_sheet: whether it comes from a spreadsheet.
        name: the sheet's name.
    """

    rows: tuple[tuple[str, ...], ...]
    ends_open: bool = False
    is_sheet: bool = False
    name: str = ""


def tables_of(content: bytes) -> tuple[Table, ...]:
    """A text file's one table, or those of a spreadsheet that hold anything; none for what is neither."""
    if not content.strip() or len(content) > MAX_BYTES:
        return ()
    if content.startswith((_ZIP, _OLE)):
        return _sheets(content)
    text = text_of(content)
    if not text.strip():
        return ()
    return (_text_table(text),)


def text_of(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with or without its mark, else Windows-1252; empty when it is no text."""
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\0" in content:
        guess = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _decoded(content, guess)
    return _decoded(content, "utf-8") or _decoded(content, "cp1252")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text else text


def _text_table(text: str) -> Table:
    lines = [line for line in _LINE_END.split(text) if line.strip()]
    if lines and lines[0].strip('" ').casefold().startswith("sep="):
        lines = lines[1:]
    delimiter = max(_DELIMITERS, key=lambda each: sum(each in line for line in lines))
    return Table(tuple(_split(line, delimiter) for line in lines), ends_open=not text.endswith(("\r", "\n")))


def _split(line: str, delimiter: str) -> tuple[str, ...]:
    if '"' not in line:
        return tuple(line.split(delimiter))
    try:
        return tuple(next(csv.reader([line], delimiter=delimiter, skipinitialspace=True)))
    except (csv.Error, StopIteration):
        return tuple(line.split(delimiter))


def _sheets(content: bytes) -> tuple[Table, ...]:
    if content.startswith(_ZIP) and not _fits(content):
        return ()
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        worksheets = [one.name for one in book.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
        found = [_sheet(name, book.get_sheet_by_name(name).to_python()) for name in worksheets]
    except (python_calamine.CalamineError, OSError, ValueError, zipfile.BadZipFile):
        return ()
    except BaseException as fault:
        # What the reader's own code cannot make of a damaged file reaches Python as this, which is no Exception.
        if type(fault).__name__ == "PanicException":
            return ()
        raise
    return tuple(table for table in found if table.rows)


def _fits(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(part.file_size for part in packed.infolist()) <= _MAX_UNPACKED
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _sheet(name: str, rows: Sequence[Sequence[Any]]) -> Table:
    cells = [tuple(_cell(cell) for cell in row) for row in rows]
    return Table(tuple(row for row in cells if any(cell.strip() for cell in row)), is_sheet=True, name=name)


def _cell(cell: object) -> str:
    match cell:
        case str():
            return cell
        case None:
            return ""
        case bool():
            return str(cell)
        case float() if cell.is_integer():
            return Number(int(cell))
        case int() | float():
            return Number(cell)
        case datetime() | date():
            return cell.isoformat()
    return str(cell)
