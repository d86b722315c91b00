"""The rows and cells of a file that a device left: delimited text in any encoding, or a spreadsheet.

Nothing in a text file is read as a number; a spreadsheet's own numbers are marked, since their leading zeros are gone.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_BYTES = 20_000_000
_MAX_UNPACKED = 200_000_000
ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEAD, _PIECE = 30, 1_000_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CARRIED = re.compile(r"vbaProject|externalLinks/|macrosheets/|(?:^|/)(?:Basic|Scripts)/", re.IGNORECASE)
_OLE_PROGRAMS = ("_VBA_PROJECT", "_VBA_PROJECT_CUR")
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
        numbers: which row of its sheet each one is, counted from one.
    """

    rows: tuple[tuple[str, ...], ...]
    ends_open: bool = False
    is_sheet: bool = False
    name: str = ""
    numbers: tuple[int, ...] = ()


def tables_of(content: bytes) -> tuple[Table, ...]:
    """A text file's one table, or those of a spreadsheet that hold anything; none for what is neither."""
    if not content.strip() or len(content) > MAX_BYTES:
        return ()
    if content.startswith((ZIP, _OLE)):
        return _sheets(content)
    text = text_of(content)
    if not text.strip():
        return ()
    return (_text_table(text),)


def text_of(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with or without its mark, else of Windows or old Mac; empty when it is none.

    Lines that end in a bare CR are an old Mac's, whose letters beyond ASCII are others than those of Windows.
    """
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\0" in content:
        guess = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _decoded(content, guess)
    is_mac = b"\r" in content and b"\n" not in content
    eight_bit = ("mac_roman",) if is_mac else ("cp1252", "mac_roman")
    return next(filter(None, (_decoded(content, encoding) for encoding in ("utf-8", *eight_bit))), "")


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
    if content.startswith(ZIP) and not unpacks_small(content):
        return ()
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        worksheets = [one.name for one in book.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
        formulas = formulas_in(content)
        found = [_sheet(book.get_sheet_by_name(name), formulas.get(name, {})) for name in worksheets]
    except (python_calamine.CalamineError, OSError, ValueError, zipfile.BadZipFile):
        return ()
    except BaseException as fault:
        # What the reader's own code cannot make of a damaged file reaches Python as this, which is no Exception.
        if type(fault).__name__ == "PanicException":
            return ()
        raise
    return tuple(table for table in found if table.rows)


def unpacks_small(content: bytes) -> bool | None:
    """Whether a packed file's parts stay within what is read here; None for a damaged file.

    They are unpacked to see: what such a file says of its own size may be a lie.
    """
    left = _MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > left:
                return False
            for part in packed.infolist():
                left -= _unpacked_size(content, part, left)
                if left < 0:
                    return False
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error):
        return None
    return True


def _unpacked_size(content: bytes, part: zipfile.ZipInfo, limit: int) -> int:
    """What a part comes to when it is unpacked; counted no further than just over the limit."""
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(f"packed in way {part.compress_type}, as no workbook is")
    at = part.header_offset
    name, extra = (int.from_bytes(content[at + place : at + place + 2], "little") for place in (26, 28))
    start = at + _LOCAL_HEAD + name + extra
    unpacking, packed, size = zlib.decompressobj(-zlib.MAX_WBITS), content[start : start + part.compress_size], 0
    while packed and not unpacking.eof and size <= limit:
        size += len(unpacking.decompress(packed, _PIECE))
        packed = unpacking.unconsumed_tail
    return size


def carries_macros(content: bytes) -> bool:
    """Whether a workbook carries a program, or links to other files."""
    if content.startswith(_OLE):
        return any(name.encode("utf-16-le") in content for name in _OLE_PROGRAMS)
    if not content.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return any(_CARRIED.search(name) for name in packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _sheet(sheet: CalamineSheet, formulas: Mapping[tuple[int, int], str]) -> Table:
    """A sheet's rows with what they are counted as there: rows and columns before the first cell are left out."""
    cells = [tuple(_cell(cell) for cell in row) for row in _with(sheet, formulas)]
    before = 0 if formulas or sheet.start is None else sheet.start[0]
    numbered = [(before + at, row) for at, row in enumerate(cells, 1) if any(cell.strip() for cell in row)]
    rows, numbers = tuple(row for _, row in numbered), tuple(number for number, _ in numbered)
    return Table(rows, is_sheet=True, name=sheet.name, numbers=numbers)


def _with(sheet: CalamineSheet, formulas: Mapping[tuple[int, int], str]) -> list[list[Any]]:
    """A sheet's cells; one with a formula holds its text: what it came to when it was saved may be of other cells."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=not formulas)
    for (row, column), text in formulas.items():
        rows.extend([] for _ in range(row - len(rows) + 1))
        rows[row].extend([""] * (column - len(rows[row]) + 1))
        rows[row][column] = text
    return rows


def formulas_in(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas of a workbook's sheets by row and column, counted from nought.

    Raises:
        ValueError: when there are some that cannot be told apart from what they came to.
    """
    if not content.startswith(ZIP) or not _has_formulas(content):
        return {}
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        return {sheet.title: dict(_formulas(sheet.iter_rows())) for sheet in book.worksheets}
    except Exception as fault:
        # Its reader's faults are of many sorts; a formula that is taken for a value would be worse than no file.
        raise ValueError("the formulas of this workbook cannot be read") from fault


def _formulas(rows: Iterable[Iterable[Any]]) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in (cell for row in rows for cell in row):
        if cell.value is not None and cell.data_type == "f":
            value = cell.value
            text = value if isinstance(value, str) else f"={getattr(value, 'text', None) or ''}".replace("==", "=")
            yield (cell.row - 1, cell.column - 1), text


def _has_formulas(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
            return any(_FORMULA.search(packed.read(name)) for name in sheets)
    except (zipfile.BadZipFile, OSError, NotImplementedError, zlib.error):
        return False


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
