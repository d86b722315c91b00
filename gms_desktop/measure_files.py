"""A file that a measuring instrument wrote, read as its runs. The window reads it aside, never on its own thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from devices.files.given import GivenFile, file_at
from devices.measured import DateOrder, InstrumentRun, RefusedRun
from gms_desktop import instrument_words, measure_words
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.instrument_folder import MOST_MB


@dataclass(frozen=True)
class RunFile:
    """A file with the runs in it.

    Attributes:
        instrument: the instrument whose reader took it, by its name in the table of instruments.
    """

    name: str
    content: bytes
    sha256: str
    instrument: str
    runs: tuple[InstrumentRun, ...]


def read_run_file(path: Path, orders: Mapping[str, DateOrder] | None = None) -> RunFile:
    """Read a file.

    Args:
        path: where it is.
        orders: the order of dates by instrument, as this bench was told.

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
    return read_given(given, orders)


def read_given(given: GivenFile, orders: Mapping[str, DateOrder] | None = None) -> RunFile:
    """Read the bytes of a file; raises as :func:`read_run_file`."""
    from devices.instruments.headed import Known
    from devices.instruments.run_files import INSTRUMENTS

    told = orders or {}
    found = {one.name: tuple(runs) for one in INSTRUMENTS if (runs := one.runs_in(given, Known(told.get(one.name))))}
    if not found:
        raise Refused(measure_words.not_a_run(given.name))
    if len(found) > 1:
        raise Refused(measure_words.several(given.name, ", ".join(found)))
    [(instrument, runs)] = found.items()
    for one in runs:
        if isinstance(one, RefusedRun):
            raise Refused(instrument_words.refused_run(given.name, one))
    made = tuple(one for one in runs if isinstance(one, InstrumentRun))
    return RunFile(given.name, given.content, sha256(given.content).hexdigest(), instrument, made)
