"""What a person says of a table by pointing at its columns, and the profile that this comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from devices.files.given import GivenFile
from devices.instruments.cells import Mark
from devices.instruments.headed import Form, Known, ValueColumn
from devices.instruments.mapped.profile import (
    Profile,
    ProfileDefect,
    ProfileProblem,
    profile_text,
    read_profile,
)
from devices.instruments.rows import Rows, folded, rows_of
from devices.instruments.units import needs_unit, unit_in
from devices.measured import Analyte, DateOrder

UNIT = "unit"
"""A column with the units of the values beside it."""

_LOOKED_AT = 400


@dataclass(frozen=True)
class Meaning:
    """What a column is: a place of a profile's table of columns, or a quantity with the unit that was said of it."""

    place: str = ""
    analyte: Analyte | None = None
    unit: str = ""
    part: str = ""


@dataclass(frozen=True)
class Pointed:
    """A table as a person says what it is.

    Attributes:
        headings: of the table, as written.
        meanings: what each column is, by its place; the others are not read.
        dates: the order of its dates, where its files leave it open.
        mark: its decimal mark, where they leave it open.
        lines_apart: whether one well stands in it once.
    """

    headings: tuple[str, ...]
    meanings: tuple[tuple[int, Meaning], ...] = ()
    dates: DateOrder | None = None
    mark: Mark | None = None
    lines_apart: bool = True

    def means(self, column: int, meaning: Meaning | None) -> Pointed:
        """The same, one column said otherwise; none: it is not read."""
        kept = {at: said for at, said in self.meanings if at != column}
        if meaning is not None:
            kept[column] = meaning
        return replace(self, meanings=tuple(sorted(kept.items())))

    def meaning(self, column: int) -> Meaning | None:
        """What was said of a column."""
        return dict(self.meanings).get(column)

    def unit_column(self, value: int) -> int:
        """The column that has the units of a value: the next one to its right, else to its left; -1 where none has."""
        own = self.meaning(value)
        if own is None or own.unit or own.analyte is None or not needs_unit(own.analyte):
            return -1
        units = [at for at, said in self.meanings if said.place == UNIT]
        right = [at for at in units if at > value]
        if unit_in(self.headings[value]):
            return -1
        return right[0] if right else max(units, default=-1)


def first_rows(file: GivenFile) -> tuple[Rows, ...]:
    """The first rows of a text file, or of each sheet: what a person looks at."""
    return tuple(Rows(tuple(rows.rows[:_LOOKED_AT]), rows.delimiter) for rows in rows_of(file))


def profile_of(pointed: Pointed, name: str, instrument: str) -> Profile | tuple[ProfileProblem, ...]:
    """The profile of a table, or everything that is missing or wrong in what was said of it."""
    problems = tuple(_problems(pointed))
    made = read_profile(profile_text(_profile(pointed, name, instrument)))
    if isinstance(made, Profile):
        return problems or made
    return problems + tuple(one for one in made if one.defect is not ProfileDefect.HEADING_TWICE)


def _profile(pointed: Pointed, name: str, instrument: str) -> Profile:
    columns = {said.place: (pointed.headings[at],) for at, said in pointed.meanings if said.place not in {"", UNIT}}
    values = tuple(_value(pointed, at, said.analyte) for at, said in pointed.meanings if said.analyte is not None)
    form = Form(values, **columns, lines_apart=pointed.lines_apart)
    return Profile(name, instrument, form, (), Known(pointed.dates, pointed.mark))


def _value(pointed: Pointed, at: int, analyte: Analyte) -> ValueColumn:
    said, unit = dict(pointed.meanings)[at], pointed.unit_column(at)
    beside = (pointed.headings[unit],) if unit >= 0 else ()
    return ValueColumn(analyte, (pointed.headings[at],), said.unit, beside, part=said.part, unit_anywhere=True)


def _problems(pointed: Pointed) -> Iterator[ProfileProblem]:
    """What a profile by headings cannot say: columns without one, two of one name, two that are the same."""
    alike = Counter(folded(heading) for heading in pointed.headings if heading.strip())
    places = Counter(said.place for _, said in pointed.meanings if said.place not in {"", UNIT})
    for at, _ in pointed.meanings:
        heading = pointed.headings[at]
        if not heading.strip():
            yield ProfileProblem(ProfileDefect.NO_HEADING, f"column {at + 1}")
        elif alike[folded(heading)] > 1:
            yield ProfileProblem(ProfileDefect.HEADING_TWICE, "columns", heading)
    for place, many in places.items():
        if many > 1:
            yield ProfileProblem(ProfileDefect.PLACE_TWICE, place)


def headings_twice(headings: Sequence[str], needed: Sequence[str]) -> tuple[str, ...]:
    """Headings that a profile reads by and a file has more than once: nobody knows which of the columns is meant."""
    alike = Counter(folded(heading) for heading in headings)
    return tuple(heading for heading in needed if alike[folded(heading)] > 1)
