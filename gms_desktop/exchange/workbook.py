"""A spreadsheet file as sheets of text cells, or the sentence that says why it cannot be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from gms_desktop.exchange.cells import clean
from gms_desktop.exchange.decoding import MAX_BYTES

if TYPE_CHECKING:
    import python_calamine

MAX_UNPACKED = 400_000_000
"""Largest content of a packed workbook, in bytes: some hundred times that of a published Test Directory."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = "The workbook is protected by a password. Open it, save a copy without the password, and give that file."
_DAMAGED = "The workbook is damaged or was not loaded whole. Download or export it again, then give that file."


class NotReadable(Exception):
    """A file that cannot be read as a workbook; the text is the sentence for whoever gave it."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and its rows of trimmed text, the first being row 1 of the spreadsheet."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def is_workbook(content: bytes) -> bool:
    """Whether bytes begin as a packed or an old spreadsheet file does."""
    return content.startswith((_ZIP, _OLE))


def sheets(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of a workbook in order, hidden ones too.

    Raises:
        NotReadable: when it is no workbook, protected by a password, damaged, or far too large.
    """
    _fit(content)
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = python_calamine.SheetTypeEnum.WorkSheet
        return tuple(_sheet(book, sheet.name) for sheet in book.sheets_metadata if sheet.typ == cells)
    except python_calamine.PasswordError as fault:
        raise NotReadable(_LOCKED) from fault
    except (python_calamine.CalamineError, OSError, ValueError, zipfile.BadZipFile) as fault:
        raise NotReadable(_DAMAGED) from fault
    except BaseException as fault:
        # What the reader's own code cannot make of a damaged file reaches Python as this, which is no Exception.
        if type(fault).__name__ == "PanicException":
            raise NotReadable(_DAMAGED) from fault
        raise


def _fit(content: bytes) -> None:
    if not is_workbook(content):
        raise NotReadable("This is no workbook. Give the spreadsheet (.xlsx) as it was published.")
    if len(content) > MAX_BYTES:
        raise NotReadable(f"The workbook has {len(content) / 1e6:.0f} MB, the limit is {MAX_BYTES / 1e6:.0f} MB.")
    # A spreadsheet under a password is a compound file that holds the encrypted package under this name (MS-OFFCRYPTO).
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise NotReadable(_LOCKED)
    if content.startswith(_ZIP):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                unpacked = sum(part.file_size for part in packed.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
            raise NotReadable(_DAMAGED) from fault
        if unpacked > MAX_UNPACKED:
            raise NotReadable(f"The workbook unpacks to {unpacked / 1e6:.0f} MB, which no directory needs.")


def _sheet(book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    rows: Sequence[Sequence[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return Sheet(name, tuple(tuple(_text(cell) for cell in row) for row in rows))


def _text(cell: object) -> str:
    match cell:
        case str():
            return clean(cell)
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return cell.isoformat()
    return str(cell)
