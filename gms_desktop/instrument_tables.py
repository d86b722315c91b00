"""The laboratory's own tables as readers of files, and a file that a person points at. Reads whole files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from devices.files.given import GivenFile, file_at
from devices.files.table import carries_macros
from devices.instruments.mapped import runs_by
from devices.instruments.mapped.pointing import first_rows
from devices.instruments.mapped.profile import Profile, read_profile
from devices.instruments.rows import Rows
from devices.instruments.run_files import Instrument, runs_in
from devices.measured import InstrumentRun, RefusedRun, RunRefusal
from gms_desktop import file_words, instrument_words, measure_words, table_words
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.instrument_folder import MOST_MB

OwnTable = tuple[str, str]
"""The text of an approved table, and its version."""


@dataclass(frozen=True)
class TableFile:
    """A file that a person points at: its name, and the first rows of it or of each of its sheets.

    Attributes:
        read_as: the own table that reads it already, with its version; empty where none does.
    """

    name: str
    sheets: tuple[Rows, ...]
    read_as: str = ""


def readers_of(tables: Iterable[OwnTable]) -> tuple[Instrument, ...]:
    """The readers of approved tables; a run names the version that it was read by."""
    return tuple(one for one in map(_reader, tables) if one is not None)


@lru_cache(maxsize=64)
def _reader(table: OwnTable) -> Instrument | None:
    text, version = table
    profile = read_profile(text)
    if not isinstance(profile, Profile) or profile.withdrawn:
        # Of a later version of the application: what this one cannot read it leaves alone.
        return None
    named = replace(profile, name=f"{profile.name} v{version}")
    return Instrument(named.name, partial(runs_by, named))


def read_table(path: Path, tables: Iterable[OwnTable]) -> TableFile:
    """Read a file to point at.

    Raises:
        Refused: when it holds no table, or is read by what ships with the product.
        Unavailable: when it cannot be read from its disk.
    """
    try:
        if path.stat().st_size > MOST_MB * 1_000_000:
            raise Refused(measure_words.too_large(path.name, MOST_MB))
        given = file_at(path)
    except OSError as fault:
        raise Unavailable(file_words.not_read(path, fault)) from fault
    return table_of(given, tables)


def table_of(given: GivenFile, tables: Iterable[OwnTable]) -> TableFile:
    """A file's bytes as something to point at; raises as :func:`read_table`."""
    if carries_macros(given.content):
        raise Refused(instrument_words.refused_run(given.name, RefusedRun("", "", RunRefusal.MACROS)))
    found = runs_in(given, readers_of(tables))
    own = {one.name for one in readers_of(tables)}
    for one in found:
        if isinstance(one, RefusedRun) and one.why is not RunRefusal.HEADING_TWICE:
            raise Refused(instrument_words.refused_run(given.name, one))
        if isinstance(one, InstrumentRun) and one.dialect not in own:
            raise Refused(table_words.known_already(given.name, one.dialect))
    sheets = tuple(rows for rows in first_rows(given) if any(not row.is_blank for row in rows))
    if not sheets:
        raise Refused(table_words.no_table(given.name))
    return TableFile(given.name, sheets, next((one.dialect for one in found), ""))
