"""The pictures of a QC report: the plate well by well, and what its positions looked like to the instrument."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from devices.measured import Analyte, Quantity, Says
from gms_desktop import measure_words
from gms_desktop.documents.qc_report import PlatePlot, PlottedWell, QcReport, TracePicture
from gms_desktop.domain.readings.judging import FAILS, Word
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.services import item_readings, measured_runs
from gms_desktop.services.receive import Desk

_PLATES = ((8, 12), (16, 24))
_SHARE_OF_WELLS = 2
_WITH_TRACES = "Fragment Analyzer"
_FIRST = (Analyte.CONCENTRATION, Analyte.GQN, Analyte.DIN, Analyte.RIN, Analyte.VOLUME, Analyte.FLUORESCENCE)


def with_pictures(db: Database, desk: Desk, made: QcReport, run: Row) -> QcReport:
    """The report of a run with the plot of its plate and its electropherograms, where its file has them."""
    plot = plate_plot(db, run)
    made = replace(made, plots=(plot,)) if plot is not None else made
    return with_traces(db, desk, made, run, None)


def plate_plot(db: Database, run: Row) -> PlatePlot | None:
    """One quantity of a run well by well: concentration where it has one; None for a run without wells."""
    rows = {row["well"]: row for row in reading_look_up.readings_of_run(db, run["id"]) if row["well"]}
    cells = {well: measured_runs.read_back(row["quantities"]) for well, row in rows.items()}
    plotted = _plotted([cell for found in cells.values() for cell in found])
    shape = next((one for one in _PLATES if all(_is_on(well, *one) for well in rows)), None)
    if plotted is None or shape is None or len(rows) < _SHARE_OF_WELLS:
        return None
    picked = {well: _cell(found, plotted) for well, found in cells.items()}
    numbers = [one.value for one in picked.values() if one is not None and one.value is not None]
    wells = tuple((well, _well(db, rows[well], cell, numbers)) for well, cell in picked.items() if cell is not None)
    unit = next((one.unit for one in picked.values() if one is not None), "")
    return PlatePlot(f"{plotted[0].value} {plotted[1]}".strip() + (f", {unit}" if unit else ""), *shape, wells)


def _plotted(cells: list[Quantity]) -> tuple[Analyte, str] | None:
    """The quantity that the plot shows: the first that a laboratory asks for, else the one that most wells have."""
    found = Counter((one.analyte, one.part) for one in cells if one.value is not None)
    wanted = ((analyte, "") for analyte in _FIRST)
    most = found.most_common(1)
    return next((one for one in wanted if one in found), most[0][0] if most else None)


def _cell(cells: tuple[Quantity, ...], plotted: tuple[Analyte, str]) -> Quantity | None:
    return next((one for one in cells if (one.analyte, one.part) == plotted), None)


def _is_on(well: str, rows: int, columns: int) -> bool:
    return ord(well[0]) - ord("A") < rows and well[1:].isdigit() and int(well[1:]) <= columns


def _well(db: Database, row: Row, cell: Quantity, numbers: list[Decimal]) -> PlottedWell:
    if cell.says is not Says.NUMBER or cell.value is None:
        sign = {Says.BELOW: "<", Says.ABOVE: ">"}.get(cell.says, "")
        return PlottedWell(f"{sign}{_short(cell.value)}" if cell.value is not None else "", None, "?")
    low, high = min(numbers), max(numbers)
    level = float((cell.value - low) / (high - low)) if high > low else 0.0
    said = item_readings.newest(tuple(reading_look_up.judgements(db, row["id"])))
    fails = any(Word(one["word"]) in FAILS for one in said if item_readings.is_about(one, cell))
    return PlottedWell(_short(cell.value), level, "!" if fails else "")


def _short(value: Decimal) -> str:
    return measure_words.short(value)


def with_traces(db: Database, desk: Desk, made: QcReport, run: Row, readings: Collection[str] | None) -> QcReport:
    """The report with the electropherograms of some readings of a run, all where none is named."""
    if run["instrument"] != _WITH_TRACES or desk.files is None:
        return made
    from devices.instruments.prosize.electropherogram import thinned, traces

    try:
        content = b"".join(desk.files().content(run["sha256"]))
    except (Refused, Unavailable):
        return replace(made, notes=(*made.notes, measure_words.NO_TRACES_HERE))
    rows = reading_look_up.readings_of_run(db, run["id"])
    names = {row["well"]: measured_runs.sample_of(db, row) for row in rows if readings is None or row["id"] in readings}
    drawn = tuple(
        TracePicture(measure_words.trace(one.well, names[one.well]), one.across, thinned(one.points))
        for one in traces(content)
        if one.well in names
    )
    return replace(made, traces=(*made.traces, *drawn))
