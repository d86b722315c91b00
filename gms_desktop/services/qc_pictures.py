"""The pictures of a QC report: the plate well by well, and what its positions looked like to the instrument."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from devices.measured import Quantity
from gms_desktop import measure_words
from gms_desktop.documents.qc_report import PlatePlot, QcReport, TracePicture
from gms_desktop.domain.readings.judging import FAILS, Word
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.services import control_charts, item_readings, measured_runs, plate_plots
from gms_desktop.services.receive import Desk


def with_pictures(db: Database, desk: Desk, made: QcReport, run: Row) -> QcReport:
    """The report of a run with its plate, its controls, and electropherograms where its file has them."""
    plot = plate_plot(db, run)
    made = replace(made, plots=(plot,) if plot is not None else (), controls=control_charts.charts(db, run))
    return with_traces(db, desk, made, run, None)


def plate_plot(db: Database, run: Row) -> PlatePlot | None:
    """One quantity of a run well by well; None for a run without wells."""
    rows = {row["well"]: row for row in reading_look_up.readings_of_run(db, run["id"]) if row["well"]}

    def fails(well: str, cell: Quantity) -> bool:
        said = item_readings.newest(tuple(reading_look_up.judgements(db, rows[well]["id"])))
        return any(Word(one["word"]) in FAILS for one in said if item_readings.is_about(one, cell))

    return plate_plots.plot({well: measured_runs.read_back(row["quantities"]) for well, row in rows.items()}, fails)


def with_traces(db: Database, desk: Desk, made: QcReport, run: Row, readings: Collection[str] | None) -> QcReport:
    """The report with the electropherograms of some readings of a run, all where none is named."""
    from devices.instruments.prosize import EITHER, FEMTO_PULSE, FRAGMENT_ANALYZER

    if run["instrument"] not in {EITHER, FRAGMENT_ANALYZER, FEMTO_PULSE} or desk.files is None:
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
