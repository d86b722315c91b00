"""What a file layout is: its columns, what they mean, which are needed, and what to check across its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gms_desktop.exchange.birth_dates import DateOrder
from gms_desktop.exchange.coded_words import CATEGORIES, INFECTION_RISKS, ROLES
from gms_desktop.exchange.expected import Category, ExpectedRow, Field, FileProblem, InfectionRisk, Role, RowProblem
from gms_desktop.exchange.text_table import TableRow


@lru_cache(maxsize=4096)
def folded(heading: str) -> str:
    """A heading as headings are compared: case and repeated spaces ignored."""
    return " ".join(heading.split()).casefold()


@dataclass(frozen=True)
class Cells:
    """One row seen through its headings; a column that the file lacks reads as empty."""

    number: int
    headings: Mapping[str, str]
    raw_cells: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, header: Sequence[str], row: TableRow) -> Cells:
        """Pair a row's cells with the header; cells that the row lacks are empty."""
        padded = (*row.cells, *[""] * (len(header) - len(row.cells)))
        keys = [folded(name) for name in header]
        return cls(row.number, dict(zip(keys, header, strict=True)), dict(zip(keys, padded, strict=False)))

    def heading(self, column: str) -> str:
        """The column's heading as the file writes it, or the layout's own when the file lacks it."""
        return self.headings.get(folded(column), column)

    def raw(self, column: str) -> str:
        """The cell exactly as written."""
        return self.raw_cells.get(folded(column), "")


@dataclass(frozen=True)
class Anchor:
    """A late column with coded values: when it holds one of them, no cell before it has slipped sideways.

    Excel leaves out the separators of empty last cells in some rows of a CSV file; such a row is short and sound.
    """

    column: str
    values: frozenset[str]


RowCheck = Callable[[Cells, ExpectedRow], Iterable[RowProblem]]
FileCheck = Callable[[Sequence[ExpectedRow]], Iterable[FileProblem]]
CrossCheck = Callable[[Sequence[ExpectedRow]], Iterable[RowProblem]]


@dataclass(frozen=True)
class Layout:
    """One way of writing expected requests.

    Attributes:
        name: in the words people use for it.
        known: every column of the layout, in its published order.
        must_columns: a file without one of them is not of this layout.
        must_cells: columns in which every row must hold something.
        columns: which columns carry a field; several only for specimen codes, the tube's own code first.
        optional: columns whose absence is not worth a word.
        constants: fields that are the same for the whole file and stand in no column.
        roles: the file's words for the place in the family, folded.
        categories: the file's words for the category, folded.
        infection_risks: the file's words for infection risk, folded.
        date_order: which number comes first in a birth date such as ``03/04/1978``.
        anchor: proves that a short row has not slipped.
        lab_sample_columns: columns with laboratory sample ids, the ten digits of a FluidX tube.
        local_codes: columns whose codes follow no rule of ours (laboratory short codes in place of ODS codes).
        row_checks: within one row.
        file_checks: across rows, as warnings about the file.
        cross_checks: across rows, as problems of single rows.
    """

    name: str
    known: tuple[str, ...]
    must_columns: tuple[str, ...]
    must_cells: tuple[str, ...]
    columns: Mapping[Field, tuple[str, ...]]
    optional: tuple[str, ...] = ()
    constants: Mapping[Field, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=lambda: ROLES)
    categories: Mapping[str, Category] = field(default_factory=lambda: CATEGORIES)
    infection_risks: Mapping[str, InfectionRisk] = field(default_factory=lambda: INFECTION_RISKS)
    date_order: DateOrder = DateOrder.UNSTATED
    anchor: Anchor | None = None
    lab_sample_columns: tuple[str, ...] = ()
    local_codes: tuple[str, ...] = ()
    row_checks: tuple[RowCheck, ...] = ()
    file_checks: tuple[FileCheck, ...] = ()
    cross_checks: tuple[CrossCheck, ...] = ()

    def lacks(self, header: Sequence[str]) -> tuple[str, ...]:
        """The needed columns that a header does not have; none means that the file is of this layout."""
        found = {folded(name) for name in header}
        return tuple(column for column in self.must_columns if folded(column) not in found)

    def absent(self, header: Sequence[str]) -> tuple[str, ...]:
        """The columns of the layout that a header does not have, though it can be read without them."""
        found = {folded(name) for name in (*header, *self.optional)}
        return tuple(column for column in self.known if folded(column) not in found)

    def unread(self, header: Sequence[str]) -> tuple[str, ...]:
        """The headings that the layout does not know."""
        known = {folded(column) for column in self.known}
        named = ((name, name or f"column {at} (no heading)") for at, name in enumerate(header, 1))
        return tuple(shown for name, shown in named if folded(name) not in known)
