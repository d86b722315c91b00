"""One sheet of a published Test Directory: where its headings stand, and what each row under them says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gms_desktop.domain.test_directory import Test, indication_of, is_indication, is_test, normalised
from gms_desktop.exchange.workbook import Sheet


class Column(StrEnum):
    """What a column of the directory holds."""

    INDICATION = "clinical indication code"
    TEST = "test code"
    INDICATION_NAME = "clinical indication name"
    TEST_NAME = "test name"
    TARGET = "target genes"
    METHOD = "test method"
    SCOPE = "test scope"
    CATEGORY = "commissioning category"
    GROUP = "specialist test group"


SPELLINGS: Mapping[Column, tuple[str, ...]] = {
    Column.INDICATION: ("Clinical indication ID", "CI Code", "CI ID", "Clinical indication code", "Indication code"),
    Column.TEST: ("Test ID", "Test Code"),
    Column.INDICATION_NAME: ("Clinical Indication", "Clinical Indication Name", "CI Name", "Indication name"),
    Column.TEST_NAME: ("Test Name",),
    Column.TARGET: ("Target/Genes", "Target Gene(s)", "Target Genes", "Targets", "Target"),
    Column.METHOD: ("Test Method", "Technology", "Method"),
    Column.SCOPE: ("Test Scope", "Scope"),
    Column.CATEGORY: ("Commissioning category", "Commissioning"),
    Column.GROUP: ("Specialist test group", "Specialty", "Specialist group"),
}
"""How each column is headed in what was published, and in files made from it. Compared by letters and digits only."""

NEEDED = (Column.INDICATION, Column.TEST, Column.INDICATION_NAME)
SEARCHED_ROWS = 40
"""How far down a sheet its headings are looked for: a title and notes may stand above them."""
_ENOUGH = 3


@dataclass(frozen=True)
class UnreadRow:
    """A row, or (row 0) a whole sheet, of which nothing was taken; ``row`` is counted as the spreadsheet counts."""

    sheet: str
    row: int
    why: str


@dataclass(frozen=True)
class Header:
    """Where the headings of a sheet stand: the row, and for each column known its place."""

    row: int
    places: Mapping[Column, int]
    found: tuple[str, ...]
    twice: tuple[str, ...] = ()

    @property
    def lacks(self) -> tuple[Column, ...]:
        """The columns needed that are not there. A test is told from its neighbours by its name or by its method."""
        missing = tuple(column for column in NEEDED if column not in self.places)
        told = Column.TEST_NAME in self.places or Column.METHOD in self.places
        return missing if told else (*missing, Column.METHOD)


@dataclass(frozen=True)
class SheetRow:
    """One row read: its test, its indication's code, and the indication's name as this row, or one above, has it."""

    sheet: str
    row: int
    test: Test
    indication_name: str


def letters(text: str) -> str:
    """A heading as headings are compared: case, spaces and marks ignored."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


_KNOWN = {letters(one): column for column, ways in SPELLINGS.items() for one in ways}


def header_of(sheet: Sheet) -> Header | None:
    """The row that looks most like headings, or None for a sheet that holds no list."""
    best: Header | None = None
    for number, cells in enumerate(sheet.rows[:SEARCHED_ROWS], start=1):
        here = _header(number, cells)
        if best is None or len(here.places) > len(best.places):
            best = here
    return best if best is not None and len(best.places) >= _ENOUGH else None


def _header(number: int, cells: Sequence[str]) -> Header:
    places: dict[Column, int] = {}
    twice = []
    for place, cell in enumerate(cells):
        column = _KNOWN.get(letters(cell))
        if column in places:
            twice.append(cell)
        elif column is not None:
            places[column] = place
    return Header(number, places, tuple(cell for cell in cells if cell), tuple(twice))


def sought(column: Column) -> str:
    """A column in words: what it may be headed."""
    return f"{column.value} (headed {', '.join(f'“{one}”' for one in SPELLINGS[column])})"


def rows_of(sheet: Sheet, header: Header) -> Iterator[SheetRow | UnreadRow]:
    """Every row under the headings that holds something: a test, or why none was read.

    Merged cells hold their text in the first row only: an empty indication is filled from above where the test's own
    code says that it belongs there.
    """
    code, name = "", ""
    for number, cells in enumerate(sheet.rows[header.row :], start=header.row + 1):
        if not any(cells):
            continue
        row = _Row(sheet.name, number, cells, header)
        stated, own = row.code(Column.INDICATION), row.text(Column.INDICATION_NAME)
        if stated and stated != code:
            code, name = stated, own
        why = row.why_not(code)
        if why:
            yield UnreadRow(sheet.name, number, why)
            continue
        name = name or own
        yield SheetRow(sheet.name, number, row.test(code), own or name)


@dataclass(frozen=True)
class _Row:
    sheet: str
    number: int
    cells: Sequence[str]
    header: Header

    def text(self, column: Column) -> str:
        place = self.header.places.get(column)
        if place is None or place >= len(self.cells):
            return ""
        # A line break inside a cell is layout, as is a second space.
        return " ".join(self.cells[place].split())

    def code(self, column: Column) -> str:
        return normalised(self.text(column))

    def unplaced(self, above: str) -> str:
        code = self.code(Column.TEST)
        stands = f"above it stands {above}" if above else "none stands above it"
        return f"the indication of test {code} is not stated, and {stands}" if code else "no test code stands in it"

    def why_not(self, indication: str) -> str:
        """Why no test can be read from the row; empty when one can."""
        test = self.code(Column.TEST)
        if not test:
            return "no test code stands in it"
        if not is_test(test):
            return f"“{test[:40]}” is not a test code such as R14.1"
        if not self.code(Column.INDICATION) and indication_of(test) != indication:
            return self.unplaced(indication)
        if not is_indication(indication):
            return f"“{indication[:40]}” is not an indication code such as R14"
        if indication_of(test) != indication:
            return f"test {test} stands under indication {indication}"
        return ""

    def test(self, indication: str) -> Test:
        return Test(
            code=self.code(Column.TEST),
            indication=indication,
            name=self.text(Column.TEST_NAME),
            target=self.text(Column.TARGET),
            method=self.text(Column.METHOD),
            scope=self.text(Column.SCOPE),
            category=self.text(Column.CATEGORY),
            group=self.text(Column.GROUP),
        )
