"""A file that a measuring instrument wrote, read as its runs. The window reads it aside, never on its own thread."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from devices.files.given import GivenFile, file_at
from devices.instruments.cells import Mark
from devices.measured import Analyte, DateOrder, InstrumentRun, RefusedRun, RunDefect, Says
from gms_desktop import file_words, instrument_words, measure_words
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.instrument_folder import MOST_MB

if TYPE_CHECKING:
    from devices.instruments.run_files import Instrument


MARKS = {"decimal point": Mark.POINT, "decimal comma": Mark.COMMA}
ORDERS = {one.value: one for one in DateOrder if one is not DateOrder.UNDECIDED}
UNITS = {"unit ng/uL": "ng/uL", "unit ng/mL": "ng/mL", "unit pg/uL": "pg/uL"}
"""Units of a concentration that a heading may leave out, by how an answer names them."""


@dataclass(frozen=True)
class Written:
    """What a person said of how an instrument writes, where its files leave it open; none or empty where nobody did.

    Attributes:
        order: the order of its dates.
        mark: its decimal sign.
        unit: the unit of a concentration whose heading has none.
    """

    order: DateOrder | None = None
    mark: Mark | None = None
    unit: str = ""


NOTHING_SAID = Written()


def written(*answers: str) -> Written:
    """What these answers say of an instrument; of two of a sort the later counts, and what means nothing is nothing."""
    last = {sort: one for one in answers for sort, of in _SORTS.items() if one in of}
    order, mark, unit = (last.get(sort, "") for sort in _SORTS)
    return Written(ORDERS.get(order), MARKS.get(mark), UNITS.get(unit, ""))


def sort_of(answer: str) -> str:
    """What an answer is about: dates, numbers or units; empty for none of them."""
    return next((sort for sort, of in _SORTS.items() if answer in of), "")


_SORTS: Mapping[str, Collection[str]] = {"dates": ORDERS, "numbers": MARKS, "units": UNITS}


@dataclass(frozen=True)
class RunFile:
    """A file with the runs in it.

    Attributes:
        instrument: what wrote it, as its reader calls it.
    """

    name: str
    content: bytes
    sha256: str
    instrument: str
    runs: tuple[InstrumentRun, ...]


def read_run_file(
    path: Path,
    said: Mapping[str, Written] | None = None,
    tables: Sequence[tuple[str, str]] = (),
) -> RunFile:
    """Read a file.

    Args:
        path: where it is.
        said: how each instrument writes, as this bench was told.
        tables: the laboratory's own approved tables, each as its text and version.

    Raises:
        Refused: when it is no run, or its reader does not take it.
        Unavailable: when it cannot be read from its disk.
    """
    try:
        if path.stat().st_size > MOST_MB * 1_000_000:
            raise Refused(measure_words.too_large(path.name, MOST_MB))
        given = file_at(path)
    except OSError as fault:
        raise Unavailable(file_words.not_read(path, fault)) from fault
    return read_given(given, said, tables)


def read_given(
    given: GivenFile, said: Mapping[str, Written] | None = None, tables: Sequence[tuple[str, str]] = ()
) -> RunFile:
    """Read the bytes of a file; raises as :func:`read_run_file`."""
    from devices.instruments.run_files import runs_in
    from gms_desktop.instrument_tables import readers_of

    own = readers_of(tables)
    found = runs_in(given, own)
    if not found:
        raise Refused(measure_words.not_a_run(given.name))
    for one in found:
        if isinstance(one, RefusedRun):
            raise Refused(instrument_words.refused_run(given.name, one))
    runs = tuple(one for one in found if isinstance(one, InstrumentRun))
    instruments = list(dict.fromkeys(one.instrument for one in runs))
    if len(instruments) > 1:
        raise Refused(measure_words.several(given.name, ", ".join(instruments)))
    claims = list(dict.fromkeys(one.dialect for one in runs))
    if len(claims) > 1 and set(claims) <= {one.name for one in own}:
        # Two tables of the laboratory's own would give each reading twice.
        raise Refused(measure_words.several(given.name, ", ".join(claims)))
    so = (said or {}).get(instruments[0], NOTHING_SAID)
    asked = {found.defect for one in runs for found in one.findings}
    of_time = so.order and RunDefect.DATE_UNDECIDED in asked
    of_numbers = so.mark and RunDefect.DECIMALS_UNDECIDED in asked
    if of_time or of_numbers or (so.unit and without_unit(runs)):
        runs = _read_so(given, so, without_unit(runs), own)
    return RunFile(given.name, given.content, sha256(given.content).hexdigest(), instruments[0], runs)


def without_unit(runs: Iterable[InstrumentRun]) -> tuple[str, ...]:
    """The headings of concentrations that name no unit, as they are written: their cells are not readable."""
    cells = (cell for run in runs for one in run.measured for cell in one.quantities)
    of = (cell for cell in cells if cell.analyte is Analyte.CONCENTRATION and cell.says is Says.NOT_READABLE)
    return tuple(dict.fromkeys(cell.column for cell in of if not cell.raw_unit and cell.column))


def _read_so(
    given: GivenFile, said: Written, headings: Sequence[str], own: Sequence[Instrument]
) -> tuple[InstrumentRun, ...]:
    """The file by what was said of how it is written; it was read before, so that one reader takes it."""
    from devices.instruments.headed import Known
    from devices.instruments.run_files import INSTRUMENTS

    units = tuple((heading.casefold(), said.unit) for heading in headings if said.unit)
    known = Known(said.order, said.mark, units)
    for readers in (INSTRUMENTS, own):
        found = [run for one in readers for run in one.runs_in(given, known)]
        if found:
            break
    return tuple(run for run in found if isinstance(run, InstrumentRun))
