"""The laboratory's own tables as the Measure screen shows them: a file that is pointed at, else all that were kept."""

from __future__ import annotations

from collections.abc import Iterator

from devices.instruments.cells import Mark
from devices.instruments.mapped.pointing import Pointed
from devices.instruments.mapped.profile import COLUMNS
from devices.instruments.units import unit_in
from devices.measured import InstrumentRun, Measured
from gms_desktop import instrument_words, table_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import site_tables, table_commands
from gms_desktop.services.at_measure import AtTable
from gms_desktop.services.measure_views import FirstRows, MeasureView, ReadingLine
from gms_desktop.services.people import name_of
from gms_desktop.services.receive import Desk
from gms_desktop.services.site_tables import SiteTable
from gms_desktop.services.views import Offer

_CELLS, _READ = 3, 8


def view(ledger: Ledger, desk: Desk, at: AtTable, verdict: Verdict | None) -> MeasureView:
    """The screen as it stands."""
    if at.pointed is not None:
        return _pointing(desk, at, at.pointed, verdict)
    db = ledger.db
    waits, approved = site_tables.proposals(db), site_tables.in_force(db)
    seen = next((one for one in waits if one.row["sha256"] == at.seen), None)
    lines = [line for one in waits for line in _of_table(one, _state(one))]
    lines += [line for one in approved for line in _of_table(one, "")]
    return MeasureView(
        heading=table_words.DECIDE if seen else table_words.HEADING,
        verdict=verdict,
        lines=tuple(lines),
        lines_title=table_words.IN_FORCE,
        lines_empty=table_words.NO_TABLES,
        columns=table_words.COLUMNS,
        opens=Command.SHOW_TABLES,
        notes=tuple(
            table_words.waits(one.profile.name, one.version, name_of(db, one.row["proposer"])) for one in waits
        ),
        offers=tuple(_offers(seen, some=bool(approved))),
        question=desk.question,
        takes_table=True,
    )


def _state(one: SiteTable) -> str:
    return table_words.TO_BE_WITHDRAWN if one.profile.withdrawn else table_words.PROPOSED


def _offers(seen: SiteTable | None, *, some: bool) -> Iterator[Offer]:
    if seen is not None:
        label = f"Withdraw {seen.profile.name}" if seen.profile.withdrawn else f"Approve {seen.words}"
        yield Offer(Command.APPROVE_TABLE, label, usual=True, argument=seen.row["sha256"])
    if some:
        yield Offer(Command.WITHDRAW_TABLE, "Read a table no longer")
    yield Offer(Command.RUN_ASIDE, "Back to measurements")


def _of_table(one: SiteTable, state: str) -> Iterator[ReadingLine]:
    form, known = one.profile.form, one.profile.known
    reads = table_words.in_short(known.date_order, _comma(known.mark), form.lines_apart)
    said = ", ".join(part for part in (one.words, state) if part)
    kind = VerdictKind.ATTENTION if state else VerdictKind.MATCHES
    meant = [(heading, table_words.PLACES[name], "") for name in COLUMNS for heading in getattr(form, name)]
    for value in form.values:
        unit = table_words.unit_from(unit_in(value.headings[0]) or value.unit, "".join(value.unit_column))
        meant.append((value.headings[0], f"{value.analyte.value} {value.part}".strip(), unit))
    for heading, what, unit in meant:
        how = ", ".join(part for part in (one.profile.instrument, reads) if part)
        yield ReadingLine(key="", sample=heading, tube=what, how=unit, values=how, said=said, kind=kind)


def _comma(mark: Mark | None) -> bool | None:
    return None if mark is None else mark is Mark.COMMA


def _pointing(desk: Desk, at: AtTable, pointed: Pointed, verdict: Verdict | None) -> MeasureView:
    shown, (runs, problems) = table_commands.preview_of(at), table_commands.read_so(at)
    rows = shown.rows if shown else ()
    measured = [one for run in runs for one in run.measured]
    notes = [table_words.problem(one) for one in problems] or list(_notes(runs))
    return MeasureView(
        heading=table_words.POINT,
        verdict=verdict,
        lines=tuple(_column(pointed, column, rows) for column in range(len(pointed.headings))),
        lines_title=at.file,
        columns=table_words.POINT_COLUMNS,
        opens=Command.TABLE_COLUMN,
        notes=tuple(notes),
        runs=tuple(_read(one) for one in measured[:_READ]),
        side_title=table_words.READ_SO,
        offers=tuple(_pointing_offers(at, pointed, ready=bool(measured))),
        question=desk.question,
        takes_table=True,
        first_rows=_first_rows(at, pointed, rows),
    )


def _pointing_offers(at: AtTable, pointed: Pointed, *, ready: bool) -> Iterator[Offer]:
    left = any(one not in at.asked and not pointed.meaning(one) for one in range(len(pointed.headings)))
    yield Offer(Command.TABLE_COLUMN, "Say what this column is", usual=left)
    if ready:
        yield Offer(Command.PROPOSE_TABLE, "Propose this table", usual=not left)
    yield Offer(Command.TABLE_HEADINGS, "Headings elsewhere")
    yield Offer(Command.TABLE_READS, "Numbers and dates")
    yield Offer(Command.RUN_ASIDE, "Put aside")


def _first_rows(at: AtTable, pointed: Pointed, rows: tuple[tuple[str, ...], ...]) -> FirstRows:
    columns = range(len(pointed.headings))
    meant = tuple(table_words.in_few_words(pointed.meaning(one), _unit(pointed, one)) for one in columns)
    left = (one for one in columns if one not in at.asked and not pointed.meaning(one))
    return FirstRows(pointed.headings, meant, rows, next(left, 0))


def _unit(pointed: Pointed, column: int) -> str:
    """Where the unit of a value is from; empty for what is none, or needs none."""
    said, unit = pointed.meaning(column), pointed.unit_column(column)
    own = (unit_in(pointed.headings[column]) or said.unit) if said and said.analyte else ""
    return table_words.unit_from(own, pointed.headings[unit].strip() if unit >= 0 else "")


def _column(pointed: Pointed, column: int, rows: tuple[tuple[str, ...], ...]) -> ReadingLine:
    said, heading = pointed.meaning(column), pointed.headings[column].strip()
    cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
    return ReadingLine(
        key=str(column),
        sample=heading or f"column {column + 1}, without a heading",
        tube=table_words.meaning(said),
        how="",
        values=" | ".join(cells[:_CELLS]),
        said=_unit(pointed, column),
        kind=VerdictKind.MATCHES if said else None,
    )


def _read(one: Measured) -> ReadingLine:
    name = " / ".join(part for part in (one.sample, one.sample_id) if part)
    return ReadingLine(
        key="",
        sample=f"{one.well or one.raw_well}  {name}".strip() or "no name",
        tube="; ".join(table_words.read(cell) for cell in one.quantities),
        how=table_words.moment(one.at),
        values="",
        said="; ".join(one.flags),
    )


def _notes(runs: tuple[InstrumentRun, ...]) -> Iterator[str]:
    if not any(run.measured for run in runs):
        yield table_words.NOT_MEASURED
    for run in runs:
        yield from (instrument_words.finding(found) for found in run.findings)
    for unread in dict.fromkeys(run.unread for run in runs):
        if unread:
            yield f"Not read: {', '.join(unread)}."
