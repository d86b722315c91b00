"""A run of a measuring instrument as JSON: every reading with its raw cell, and what decided its date."""

from __future__ import annotations

from typing import Any

from devices.measured import InstrumentRun, Measured, OwnTime, Quantity
from gms_desktop import instrument_words


def run_as_json(run: InstrumentRun) -> dict[str, Any]:
    """A run: what it says of itself, each reading, the columns not read, and a sentence for all that is odd."""
    return {
        "instrument": run.instrument,
        "dialect": run.dialect,
        "model": run.model,
        "serial": run.serial,
        "software": run.software,
        "operator": run.operator,
        "run_id": run.run_id,
        "assay": run.assay,
        "time": _time(run.at),
        "readings": [_reading(measured, cell) for measured in run.measured for cell in measured.quantities],
        "unread_columns": list(run.unread),
        "findings": [
            {
                "finding": found.defect.value,
                "lines": list(found.lines),
                "detail": found.detail,
                "sentence": instrument_words.finding(found),
            }
            for found in run.findings
        ],
    }


def _reading(measured: Measured, cell: Quantity) -> dict[str, Any]:
    return {
        "line": measured.line,
        "sample": measured.sample,
        "sample_id": measured.sample_id,
        "plate": measured.plate,
        "well": measured.well,
        "role": measured.role.value,
        "analyte": cell.analyte.value,
        "part": cell.part,
        "says": cell.says.value,
        "value": None if cell.value is None else format(cell.value, "f"),
        "unit": cell.unit,
        "raw": cell.raw,
        "raw_unit": cell.raw_unit,
        "column": cell.column,
        "assay": measured.assay,
        "flags": list(measured.flags),
        "time": _time(measured.at),
    }


def _time(at: OwnTime | None) -> dict[str, str | None] | None:
    if at is None:
        return None
    local = at.local.isoformat() if at.local else None
    return {"raw": at.raw, "local": local, "order": at.order.value, "decided_by": at.decided_by}
