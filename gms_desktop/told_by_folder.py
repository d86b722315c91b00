"""Which of two instruments wrote a file that does not say so: told by the folder that it came in, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from devices.instruments.prosize import EITHER, FEMTO_PULSE, FRAGMENT_ANALYZER
from devices.measured import InstrumentRun
from gms_desktop.measure_files import RunFile
from gms_desktop.settings import NamedFolder

_BY_FOLDER = "instrument told by the folder {name}"


def named(file: RunFile, path: Path, folders: Iterable[NamedFolder]) -> RunFile:
    """The file with its instrument, where it came in a folder that a person named for one of them.

    Args:
        file: as it was read.
        path: where it lies.
        folders: the watched folders of the bench.
    """
    if all(run.instrument != EITHER for run in file.runs):
        return file
    name = next((one.name for one in folders if path.parent == Path(one.path)), "")
    meant = [one for one in (FRAGMENT_ANALYZER, FEMTO_PULSE) if one.casefold() in name.casefold()]
    if len(meant) != 1:
        return file
    return replace(file, runs=tuple(_so(run, meant[0], name) for run in file.runs))


def _so(run: InstrumentRun, instrument: str, folder: str) -> InstrumentRun:
    if run.instrument != EITHER:
        return run
    return replace(run, instrument=instrument, dialect=f"{run.dialect}, {_BY_FOLDER.format(name=folder)}")
