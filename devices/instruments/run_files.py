"""The table of the instruments whose files are read here: a file is put to each, and one that knows it takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devices.files.given import GivenFile
from devices.files.table import MAX_BYTES, ZIP, carries_macros, unpacks_small
from devices.instruments import (
    bioanalyzer,
    bmg,
    lunatic,
    nanodrop,
    prosize,
    quantstudio,
    qubit,
    softmax,
    tapestation,
    tube_volumes,
)
from devices.instruments.headed import NOTHING_KNOWN, Known
from devices.measured import InstrumentRun, RefusedRun, RunRefusal

Told = InstrumentRun | RefusedRun


@dataclass(frozen=True)
class Instrument:
    """One instrument: its name, and the reader of its files."""

    name: str
    runs_in: Callable[[GivenFile, Known], Sequence[Told]]


INSTRUMENTS: tuple[Instrument, ...] = (
    Instrument("Qubit", qubit.runs_in),
    Instrument("TapeStation", tapestation.runs_in),
    Instrument("Bioanalyzer", bioanalyzer.runs_in),
    Instrument(prosize.EITHER, prosize.runs_in),
    Instrument("SoftMax Pro", softmax.runs_in),
    Instrument("BMG", bmg.runs_in),
    Instrument("QuantStudio", quantstudio.runs_in),
    Instrument("NanoDrop", nanodrop.runs_in),
    Instrument("Lunatic", lunatic.runs_in),
    Instrument("Tube volume scanner", tube_volumes.runs_in),
)


def runs_in(file: GivenFile, mapped: Sequence[Instrument] = ()) -> tuple[Told, ...]:
    """What each instrument's reader understands in a file, or knows and refuses. None claims another's file.

    Args:
        file: the file.
        mapped: the laboratory's own forms, asked only about a file that no instrument's reader knows.
    """
    if len(file.content) > MAX_BYTES:
        return (RefusedRun("", "", RunRefusal.TOO_LARGE),)
    if file.content.startswith(ZIP) and unpacks_small(file.content) is False:
        return (RefusedRun("", "", RunRefusal.TOO_LARGE, "when it is unpacked"),)
    found = _read_by(INSTRUMENTS, file) or _read_by(mapped, file)
    if found and carries_macros(file.content):
        return (RefusedRun(found[0].instrument, found[0].dialect, RunRefusal.MACROS),)
    if found and not any(_says_anything(run) for run in found):
        return (RefusedRun(found[0].instrument, found[0].dialect, RunRefusal.NOTHING_MEASURED),)
    return found


def _says_anything(run: Told) -> bool:
    return isinstance(run, RefusedRun) or bool(run.measured or run.findings)


def _read_by(instruments: Sequence[Instrument], file: GivenFile) -> tuple[Told, ...]:
    return tuple(run for instrument in instruments for run in instrument.runs_in(file, NOTHING_KNOWN))
