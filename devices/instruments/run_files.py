"""The table of the instruments whose files are read here: a file is put to each, and one that knows it takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devices.files.given import GivenFile
from devices.instruments import bioanalyzer, bmg, prosize, quantstudio, qubit, softmax, tapestation
from devices.instruments.headed import NOTHING_KNOWN, Known
from devices.measured import InstrumentRun, RefusedRun

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
    Instrument("Fragment Analyzer", prosize.runs_in),
    Instrument("SoftMax Pro", softmax.runs_in),
    Instrument("BMG", bmg.runs_in),
    Instrument("QuantStudio", quantstudio.runs_in),
)


def runs_in(file: GivenFile) -> tuple[Told, ...]:
    """What each instrument's reader understands in a file, or knows and refuses. None claims another's file."""
    return tuple(run for instrument in INSTRUMENTS for run in instrument.runs_in(file, NOTHING_KNOWN))
