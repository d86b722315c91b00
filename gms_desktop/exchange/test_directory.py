"""Reads a published Test Directory. The spreadsheets will be replaced by a digital service, so the source is a port.

Nothing is dropped without a word: every row and sheet of which nothing was taken is listed with its number and why.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gms_desktop.domain.test_directory import SECTIONS, Directory, Edition, Indication, Section, Test
from gms_desktop.exchange.directory_sheet import Header, SheetRow, UnreadRow, header_of, rows_of, sought
from gms_desktop.exchange.workbook import NotReadable, Sheet, is_workbook, sheets


@dataclass(frozen=True)
class DirectoryReading:
    """One source, read whole.

    Attributes:
        name: the file's name as given, or the service's.
        sha256: of the bytes, in hexadecimal.
        size: of the bytes.
        directory: what it says; None when nothing could be read.
        refused: why nothing could be read, in a sentence; empty when something was.
        unread: rows and sheets of which nothing was taken.
        notes: what is odd about rows that were read, in sentences.
        rows: how many rows hold something, under the headings of all sheets.
    """

    name: str = field(repr=False)
    sha256: str
    size: int
    directory: Directory | None = None
    refused: str = ""
    unread: tuple[UnreadRow, ...] = ()
    notes: tuple[str, ...] = ()
    rows: int = 0

    @property
    def indications(self) -> int:
        """How many indications were read."""
        return len(self.directory.indications) if self.directory else 0

    @property
    def tests(self) -> int:
        """How many tests were read."""
        return len(self.directory.tests) if self.directory else 0

    @property
    def unread_rows(self) -> int:
        """How many single rows were not read; sheets that hold no list are not counted."""
        return sum(1 for one in self.unread if one.row)


class DirectorySource(Protocol):
    """Where a Test Directory comes from: a published file today, a digital service later.

    What stands behind it says the whole edition at once, with the bytes that prove what it said.
    """

    @property
    def content(self) -> bytes:
        """The bytes as they came: they are kept, and their SHA-256 names the edition."""

    def read(self) -> DirectoryReading:
        """The edition. Nothing in the source raises: what cannot be read is said in the reading."""


@dataclass(frozen=True)
class WorkbookSource:
    """A published spreadsheet."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)

    def read(self) -> DirectoryReading:
        """Every test of every sheet with headings of a directory."""
        blank = DirectoryReading(self.name, hashlib.sha256(self.content).hexdigest(), len(self.content))
        try:
            return _read(blank, sheets(self.content))
        except NotReadable as fault:
            return _refused(blank, str(fault))


def source_of(name: str, content: bytes) -> DirectorySource | None:
    """The source that a given file is, or None for a file that is no Test Directory at all: it may be of requests."""
    return WorkbookSource(name, content) if is_workbook(content) else None


def _refused(blank: DirectoryReading, why: str, unread: Sequence[UnreadRow] = ()) -> DirectoryReading:
    return DirectoryReading(blank.name, blank.sha256, blank.size, refused=why, unread=tuple(unread))


def _read(blank: DirectoryReading, every: Sequence[Sheet]) -> DirectoryReading:
    found: list[tuple[Sheet, Header]] = []
    unread: list[UnreadRow] = []
    for sheet in every:
        header = header_of(sheet)
        if header is None:
            unread.append(UnreadRow(sheet.name, 0, "no headings of a Test Directory stand in it"))
        elif header.lacks or header.twice:
            return _refused(blank, _misses(sheet, header))
        else:
            found.append((sheet, header))
    if not found:
        return _refused(blank, _no_list(every), unread)
    outcomes = [one for sheet, header in found for one in rows_of(sheet, header)]
    unread += [one for one in outcomes if isinstance(one, UnreadRow)]
    kept, repeated = _once([one for one in outcomes if isinstance(one, SheetRow)])
    if not kept:
        return _refused(blank, "Headings of a Test Directory were found, and no test under them.", unread)
    indications, notes = _indications(kept)
    edition = _edition(blank.name, every, found, kept)
    directory = Directory(edition, indications)
    return DirectoryReading(
        blank.name, blank.sha256, blank.size, directory, "", (*unread, *repeated), tuple(notes), len(outcomes)
    )


def _misses(sheet: Sheet, header: Header) -> str:
    if header.twice and not header.lacks:
        return (
            f"Sheet “{sheet.name}”, row {header.row}: a column is headed twice: {', '.join(header.twice)}. "
            "Remove or rename one, then read the file again."
        )
    looked = "; ".join(sought(column) for column in header.lacks)
    return (
        f"Sheet “{sheet.name}” lacks a column. Looked for: {looked}. "
        f"Found in row {header.row}: {', '.join(header.found)}. Nothing was read: put the heading right, or ask for "
        "this spelling to be added."
    )


def _no_list(every: Sequence[Sheet]) -> str:
    named = ", ".join(f"“{sheet.name}”" for sheet in every) or "none"
    return (
        f"No sheet holds a Test Directory. Looked for the headings of {sought_all()}. Sheets found: {named}. "
        "Check that it is the right file. If it holds requests, save it as “CSV UTF-8” and give that file."
    )


def sought_all() -> str:
    """The columns needed, in words."""
    from gms_desktop.exchange.directory_sheet import NEEDED

    return "; ".join(sought(column) for column in NEEDED)


def _once(rows: Sequence[SheetRow]) -> tuple[list[SheetRow], list[UnreadRow]]:
    """Each test once: the first row of a code stands, later ones are listed with what they say otherwise."""
    first: dict[str, SheetRow] = {}
    repeated = []
    for row in rows:
        known = first.setdefault(row.test.code, row)
        if known is not row:
            where = f"row {known.row}" if known.sheet == row.sheet else f"row {known.row} of sheet “{known.sheet}”"
            same = known.test == row.test and known.indication_name == row.indication_name
            how = "in the same words" if same else "in other words: that row was taken"
            repeated.append(UnreadRow(row.sheet, row.row, f"test {row.test.code} stands in {where} already, {how}"))
    return list(first.values()), repeated


def _indications(rows: Sequence[SheetRow]) -> tuple[tuple[Indication, ...], list[str]]:
    names: dict[str, str] = {}
    tests: dict[str, list[Test]] = {}
    notes = []
    for row in rows:
        code = row.test.indication
        known = names.get(code) or row.indication_name
        names[code] = known
        if row.indication_name and row.indication_name != known:
            notes.append(f"Row {row.row}: {row.test.code} calls {code} “{row.indication_name}”; “{known}” was taken.")
        tests.setdefault(code, []).append(row.test)
    notes += [f"{code} has no name." for code, name in names.items() if not name]
    return tuple(Indication(code, name, tuple(tests[code])) for code, name in names.items()), notes


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_VERSION = re.compile(r"\bv(?:ersion)?[ ._]?(\d{1,3}(?:[.]\d{1,3}){0,2})\b", re.IGNORECASE | re.ASCII)
_MONTH = re.compile(rf"\b({_MONTHS})\s+(20\d\d)\b", re.IGNORECASE | re.ASCII)
_YEARS = re.compile(r"\b(20\d\d)\s*[/-]\s*((?:20)?\d\d)\b", re.ASCII)
_DRAFT = re.compile(r"\bDRAFT\b", re.IGNORECASE)


def _edition(
    name: str, every: Sequence[Sheet], found: Sequence[tuple[Sheet, Header]], rows: Sequence[SheetRow]
) -> Edition:
    """What the file says of itself: above its headings, on sheets without any, and last in its name."""
    spoken = list(_spoken(every, found))
    title = next((text for text in spoken if "directory" in text.casefold()), "")
    said = [*([title] if title else []), *spoken, name.replace("_", " ")]
    month = next((match for text in said if (match := _MONTH.search(text))), None)
    letters = Counter(row.test.code[:1] for row in rows)
    return Edition(
        section=SECTIONS.get(letters.most_common(1)[0][0], Section.OTHER),
        title=title,
        version=_version(said),
        published=f"{month[1].capitalize()} {month[2]}" if month else "",
        draft=_DRAFT.search(title) is not None,
    )


def _spoken(every: Sequence[Sheet], found: Sequence[tuple[Sheet, Header]]) -> Iterable[str]:
    above = {sheet.name: header.row - 1 for sheet, header in found}
    for sheet in every:
        for row in sheet.rows[: above.get(sheet.name, 10)]:
            yield from (" ".join(cell.split()) for cell in row if cell and len(cell) <= 300)


def _version(said: Sequence[str]) -> str:
    numbered = next((match for text in said if (match := _VERSION.search(text))), None)
    if numbered:
        return f"v{numbered[1]}"
    years = next((match for text in said if (match := _YEARS.search(text))), None)
    return f"{years[1]}/{years[2]}" if years else ""
