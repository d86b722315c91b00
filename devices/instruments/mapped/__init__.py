"""A file whose form a laboratory has said itself, by pointing at its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from devices.files.given import GivenFile
from devices.instruments.headed import NOTHING_KNOWN, Known, Structured, structured, tables_in
from devices.instruments.mapped.pointing import headings_twice
from devices.instruments.mapped.profile import Profile
from devices.instruments.rows import Row, Rows, folded, rows_of
from devices.measured import InstrumentRun, RefusedRun, RunRefusal

_WITHIN, _SHOWN = 60, 8


@dataclass(frozen=True)
class Preview:
    """What a person points at: a table's headings, and the rows that follow them.

    Attributes:
        line: where the headings stand, counted from one.
        headings: as written; several may be alike.
        rows: the first ones, blank ones left out.
        above: what stands above the headings.
    """

    line: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[tuple[str, ...], ...]


def previews(file: GivenFile, line: int = 0) -> tuple[Preview, ...]:
    """A file's table, or each sheet's, with the headings that stand in a line; 0 where they are to be looked for."""
    return tuple(found for rows in rows_of(file) if (found := preview(rows, line)) is not None)


def preview(rows: Rows, line: int = 0) -> Preview | None:
    """One table, as :func:`previews`; none where nothing stands in it, or in that line."""
    filled = [row for row in rows if not row.is_blank]
    asked = [row for row in filled if row.line == line] if line else filled[:_WITHIN]
    if not asked:
        return None
    head = max(asked, key=_words)
    return Preview(
        head.line,
        head.cells,
        tuple(row.cells for row in filled if row.line > head.line)[:_SHOWN],
        tuple(row.cells for row in filled if row.line < head.line)[:_SHOWN],
    )


def _words(row: Row) -> int:
    """How much a row looks like headings: cells with letters count for it, and those that are numbers against it."""
    return sum(1 if any(map(str.isalpha, cell)) else -1 for cell in row.cells if cell.strip())


def runs_by(profile: Profile, file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun | RefusedRun]:
    """The runs in a file of a profile's form; nothing for a file without all of its headings."""
    return runs_in_rows(profile, rows_of(file), known)


def runs_in_rows(
    profile: Profile, tables: Sequence[Rows], known: Known = NOTHING_KNOWN
) -> Sequence[InstrumentRun | RefusedRun]:
    """The runs in the rows of a file, as :func:`runs_by`."""
    said = Known(known.date_order or profile.known.date_order, known.mark or profile.known.mark, known.units)
    return [run for rows in tables for run in _runs(rows, profile, said)]


def _runs(rows: Rows, profile: Profile, known: Known) -> Iterator[InstrumentRun | RefusedRun]:
    after = 0
    for heading, body, ends_open in tables_in(rows, *profile.needs):
        twice = headings_twice(heading.cells, profile.needs)
        if twice:
            # Taking the first of them would be a guess: which one was pointed at is known by its heading alone.
            yield RefusedRun(profile.instrument, profile.name, RunRefusal.HEADING_TWICE, ", ".join(twice))
            return
        above = _above([row for row in rows if after < row.line < heading.line], profile)
        whole = structured(heading.cells, body, profile.form, known, ends_open=ends_open)
        yield from (_run(profile, table, above) for table in whole.by_run())
        after = heading.line


def _above(rows: Sequence[Row], profile: Profile) -> dict[str, str]:
    told = {folded(row.cell(0)).rstrip(":").strip(): _beside(row) for row in rows}
    return {place: told.get(folded(words).rstrip(":").strip(), "") for place, words in profile.above}


def _beside(row: Row) -> str:
    return next((cell.strip() for cell in row.cells[1:] if cell.strip()), "")


def _run(profile: Profile, table: Structured, above: dict[str, str]) -> InstrumentRun:
    plate = above.get("plate", "")
    return InstrumentRun(
        instrument=profile.instrument,
        dialect=profile.name,
        measured=tuple(replace(each, plate=each.plate or plate) for each in table.measured),
        unread=table.unread,
        findings=table.findings,
        serial=above.get("serial", "") or table.firsts["serial"],
        operator=above.get("operator", "") or table.firsts["operator"],
        run_id=above.get("run_id", "") or table.firsts["run_id"],
        assay=above.get("assay", "") or table.firsts["assay"],
    )
