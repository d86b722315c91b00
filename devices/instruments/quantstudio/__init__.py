"""Applied Biosystems QuantStudio and ViiA 7: the export of a qPCR run as text or workbook.

Lines ``* Key = Value``, then sections in brackets; the threshold cycles stand in ``[Results]``. ``Undetermined`` stays
that. Source: device-protocols.md section 5.2; a file of allotropy (MIT).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from devices.files.given import GivenFile
from devices.instruments.dates import order_of, own_time
from devices.instruments.headed import NOTHING_KNOWN, Form, Known, ValueColumn, heading_row, structured
from devices.instruments.rows import Columns, Row, Rows, folded, rows_of
from devices.measured import Analyte, InstrumentRun, Measured, RefusedRun, Role, RunRefusal

INSTRUMENT, DIALECT = "QuantStudio", "QuantStudio export"
_KEY = re.compile(r"\*\s*(.+?)\s*=\s*(.*?)\s*", re.DOTALL)
_SIGNS = ("block type", "experiment type", "instrument type", "experiment file name")
_CYRILLIC_TE = "\u0442"
_FORM = Form(
    values=(ValueColumn(Analyte.CT, ("ct", f"c{_CYRILLIC_TE}", "cq")),),
    sample=("sample name",),
    well=("well position",),
    assay=("target name",),
    flags=("omit",),
    lines_apart=False,
)


def runs_in(file: GivenFile, known: Known = NOTHING_KNOWN) -> Sequence[InstrumentRun | RefusedRun]:
    """The run in a QuantStudio's file; nothing for any other file."""
    pages = rows_of(file, ("\t", ",", ";"))
    keys = {key: value for rows in pages for key, value in _keys(rows).items()}
    if sum(sign in keys for sign in _SIGNS) < 3:
        return []
    for rows in pages:
        if (results := _results(rows)) is not None:
            return [_run(keys, *results, rows.ends_open, known)]
    return [RefusedRun(INSTRUMENT, DIALECT, RunRefusal.CUT, "no results")]


def _keys(rows: Rows) -> dict[str, str]:
    """The lines before the first section; in a workbook the key and its value stand in two cells."""
    told: dict[str, str] = {}
    for row in rows.rows[:80]:
        joined = row.cell(0) if row.cell(0).lstrip().startswith("*") else f"* {row.cell(0)} = {row.cell(1)}"
        if row.cell(0).strip().startswith("["):
            break
        if found := _KEY.fullmatch(joined.strip()):
            told.setdefault(found[1].casefold(), found[2])
    return told


def _results(rows: Rows) -> tuple[tuple[str, ...], list[Row]] | None:
    start = next((n for n, row in enumerate(rows.rows) if row.cell(0).strip() == "[Results]"), -1)
    head = start + 1 if start >= 0 else heading_row(rows, "well position", "sample name", "reporter", "ct")
    if head < 0 or head >= len(rows.rows):
        return None
    body: list[Row] = []
    for row in rows.rows[head + 1 :]:
        if row.is_blank or row.cell(0).strip().startswith("["):
            break
        body.append(row)
    return rows.rows[head].cells, body


def _run(
    keys: dict[str, str], headings: tuple[str, ...], body: list[Row], ends_open: bool, known: Known
) -> InstrumentRun:
    table = structured(headings, body, _FORM, known, ends_open=ends_open)
    tasks = Columns(headings).take("task")
    measured = tuple(_with_task(each, row.cell(tasks)) for each, row in zip(table.measured, body, strict=True))
    ended = keys.get("experiment run end time", "")
    return InstrumentRun(
        instrument=INSTRUMENT,
        dialect=DIALECT,
        measured=measured,
        unread=tuple(each for each in table.unread if folded(each) != "task"),
        findings=table.findings,
        model=keys.get("instrument type", ""),
        serial=keys.get("instrument serial number", ""),
        operator=keys.get("experiment user name", ""),
        run_id=keys.get("experiment name", ""),
        assay=keys.get("experiment type", ""),
        at=own_time(ended, order_of([ended], (), known.date_order)),
    )


_TASKS = {"ntc": Role.BLANK, "standard": Role.STANDARD, "ipc": Role.CONTROL, "positive control": Role.CONTROL}
OMITTED = "omitted in the instrument's software"


def _with_task(measured: Measured, task: str) -> Measured:
    """A well's task tells what it is; a well that was omitted there is marked, and stays."""
    flags = (OMITTED,) if measured.flags == ("true",) else ()
    return replace(measured, role=_TASKS.get(task.strip().casefold(), measured.role), flags=flags)
