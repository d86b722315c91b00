"""Files of measuring instruments as tests make and ask them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from devices.files.given import GivenFile, file_at
from devices.measured import Analyte, InstrumentRun, Measured, Quantity, RunDefect

DATA = Path(__file__).parents[1] / "data" / "instruments"
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def sample(name: str) -> GivenFile:
    """A real file."""
    return file_at(DATA / name)


def made(text: str | bytes, name: str = "run.csv") -> GivenFile:
    """A file with this text."""
    return GivenFile(name, text.encode() if isinstance(text, str) else text, WRITTEN)


def cell(measured: Measured, analyte: Analyte = Analyte.CONCENTRATION) -> Quantity:
    """What a position says of an analyte."""
    return next(each for each in measured.quantities if each.analyte is analyte)


def said(measured: Measured, analyte: Analyte = Analyte.CONCENTRATION) -> tuple[str, str, str]:
    """The raw cell, its raw unit, and the value that was read."""
    read = cell(measured, analyte)
    return read.raw, read.raw_unit, "" if read.value is None else str(read.value)


def defects(run: InstrumentRun) -> list[RunDefect]:
    """What is odd about a run."""
    return [found.defect for found in run.findings]
