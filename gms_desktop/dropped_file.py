"""What a file is that somebody dropped somewhere on the window: told by its content alone, never by its name."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from gms_desktop import file_words, rack_reader_words
from gms_desktop.errors import Refused, Unavailable

_MOST_OF_A_RACK = 2_000_000


class Dropped(StrEnum):
    """Where a file belongs."""

    RACK = "a rack reader's file"
    RUN = "an instrument's file"


def sort_of(path: Path, tables: Sequence[tuple[str, str]] = ()) -> Dropped:
    """What wrote a file.

    Args:
        path: where it is.
        tables: the laboratory's own approved tables, each as its text and version.

    Raises:
        Refused: when nothing here reads it, or more than one thing does.
        Unavailable: when it cannot be read from its disk.
    """
    from devices.files.given import file_at
    from devices.instruments.run_files import runs_in
    from devices.rack_readers.rack_files import racks_in
    from gms_desktop.instrument_tables import readers_of

    try:
        if path.stat().st_size > _MOST_OF_A_RACK:
            # No rack is so large. Whoever reads runs says what is too large for a run.
            return Dropped.RUN
        given = file_at(path)
    except OSError as fault:
        raise Unavailable(file_words.not_read(path, fault)) from fault
    racks, runs = racks_in(given), runs_in(given) or runs_in(given, readers_of(tables))
    if racks and runs:
        raise Refused(rack_reader_words.known_twice(path.name, f"{Dropped.RACK}, {Dropped.RUN}"))
    if not racks and not runs:
        raise Refused(rack_reader_words.known_by_nothing(path.name))
    return Dropped.RACK if racks else Dropped.RUN
