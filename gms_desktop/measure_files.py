"""A file that a measuring instrument wrote, read as its runs. The window reads it aside, never on its own thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from devices.files.given import GivenFile, file_at
from devices.instruments.cells import Mark
from devices.measured import DateOrder, InstrumentRun, RefusedRun, RunDefect
from gms_desktop import instrument_words, measure_words
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.instrument_folder import MOST_MB

if TYPE_CHECKING:
    from devices.instruments.run_files import Instrument


MARKS = {"decimal point": Mark.POINT, "decimal comma": Mark.COMMA}


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
    orders: Mapping[str, DateOrder] | None = None,
    tables: Sequence[tuple[str, str]] = (),
    marks: Mapping[str, Mark] | None = None,
) -> RunFile:
    """Read a file.

    Args:
        path: where it is.
        orders: the order of dates by instrument, as this bench was told.
        tables: the laboratory's own approved tables, each as its text and version.
        marks: the decimal sign by instrument, as this bench was told.

    Raises:
        Refused: when it is no run, or its reader does not take it.
        Unavailable: when it cannot be read from its disk.
    """
    try:
        if path.stat().st_size > MOST_MB * 1_000_000:
            raise Refused(measure_words.too_large(path.name, MOST_MB))
        given = file_at(path)
    except OSError as fault:
        raise Unavailable(f"{path.name} cannot be read ({fault.strerror}).") from fault
    return read_given(given, orders, tables, marks)


def read_given(
    given: GivenFile,
    orders: Mapping[str, DateOrder] | None = None,
    tables: Sequence[tuple[str, str]] = (),
    marks: Mapping[str, Mark] | None = None,
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
    order, mark = (orders or {}).get(instruments[0]), (marks or {}).get(instruments[0])
    asked = {found.defect for one in runs for found in one.findings}
    if (order and RunDefect.DATE_UNDECIDED in asked) or (mark and RunDefect.DECIMALS_UNDECIDED in asked):
        runs = _read_so(given, order, mark, own)
    return RunFile(given.name, given.content, sha256(given.content).hexdigest(), instruments[0], runs)


def _read_so(
    given: GivenFile, order: DateOrder | None, mark: Mark | None, own: Sequence[Instrument]
) -> tuple[InstrumentRun, ...]:
    """The file by what was said of its dates and decimals; it was read before, so that one reader takes it."""
    from devices.instruments.headed import Known
    from devices.instruments.run_files import INSTRUMENTS

    for readers in (INSTRUMENTS, own):
        found = [run for one in readers for run in one.runs_in(given, Known(order, mark))]
        if found:
            break
    return tuple(run for run in found if isinstance(run, InstrumentRun))
