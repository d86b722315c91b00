"""Levey-Jennings of each control in a run: its values by instrument and lot, and Westgard's rules they break."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from devices.measured import InstrumentRun, Says
from gms_desktop import measure_words
from gms_desktop.documents.qc_report import ControlPicture, ControlPoint
from gms_desktop.domain import dates
from gms_desktop.domain.control_chart import Expected, Point, chart
from gms_desktop.domain.readings.controls import ControlRead
from gms_desktop.domain.readings.limits import ControlRange, QcLimits, read_qc_limits
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.services import measured_runs, site_rules

_SHOWN = 30
_Value = tuple[datetime, Decimal, str]


def charts(db: Database, run: Row) -> tuple[ControlPicture, ...]:
    """The chart of each control that a run measured."""
    limits = site_rules.qc_limits(db).at(datetime.fromisoformat(run["at"]).date())
    rows = [row for row in reading_look_up.readings_of_run(db, run["id"]) if row["role"] == "control"]
    named = dict.fromkeys(one for row in rows for one in limits.controls_named(_name(db, row)))
    meant = [one for one in named if one.limit.meant_by(run["instrument"], run["assay"] or "")]
    made = (_picture(run["instrument"], one, list(_values(db, run["instrument"], one))) for one in meant)
    return tuple(one for one in made if one is not None)


def open_charts(db: Database, run: InstrumentRun, read: tuple[ControlRead, ...]) -> tuple[ControlPicture, ...]:
    """The charts of a file that is open: what was recorded of each control, and what the file says of it."""
    at = {one.line: one.at or run.at for one in run.measured}
    by_control: dict[ControlRange, list[_Value]] = {}
    for one in read:
        found = by_control.setdefault(one.control, list(_values(db, run.instrument, one.control)))
        when, cell = at[one.line], one.cell
        if when is None or when.local is None or cell is None or cell.unit != one.control.limit.unit:
            continue
        if cell.says is Says.NUMBER and cell.value is not None:
            found.append((when.local.replace(tzinfo=UTC), cell.value, ""))
    made = (_picture(run.instrument, control, values) for control, values in by_control.items())
    return tuple(one for one in made if one is not None)


def _picture(instrument: str, control: ControlRange, values: list[_Value]) -> ControlPicture | None:
    if not values:
        return None
    limit, unit = control.limit, control.limit.unit
    title = measure_words.control_chart(control.name, control.lot, instrument, limit.of, unit)
    expected = measure_words.expected(limit)
    if control.mean is None or control.sd is None:
        shown = tuple(ControlPoint(_day(at), float(value), "") for at, value, _ in sorted(values)[-_SHOWN:])
        return ControlPicture(title, measure_words.no_mean(expected), None, None, shown)
    points = chart(values, Expected(control.mean, control.sd, unit, "qc-limits"))[-_SHOWN:]
    shown = tuple(ControlPoint(_day(one.at), float(one.value), _broken(one)) for one in points)
    how = measure_words.control_against(str(control.mean), str(control.sd), unit, expected)
    breaks = "; ".join(f"{one.day}, {one.value:g}: {one.broken}" for one in shown if one.broken)
    how = f"{how} {measure_words.breaks(breaks)}"
    return ControlPicture(title, how, float(control.mean), float(control.sd), shown)


def _broken(point: Point) -> str:
    return ", ".join(rule.value for rule in point.broken)


def _day(at: datetime) -> str:
    return dates.display(at.date())


def _values(db: Database, instrument: str, control: ControlRange) -> Iterator[_Value]:
    """What a control measured on an instrument since its lot is in use, by the instrument's clock where it has one."""
    limit = control.limit
    for row in reading_look_up.controls(db, _in_use_since(db, control)):
        if row["instrument"] != instrument or _name(db, row).strip().casefold() != control.name.casefold():
            continue
        for cell in measured_runs.read_back(row["quantities"]):
            same = (cell.analyte, cell.part, cell.unit) == (limit.of, limit.part, limit.unit)
            if same and cell.says is Says.NUMBER and cell.value is not None:
                yield _when(row), cell.value, row["run"]


def _when(row: Row) -> datetime:
    local = (json.loads(row["taken"] or "null") or {}).get("local")
    return datetime.fromisoformat(local or row["at"]).replace(tzinfo=UTC)


def _name(db: Database, row: Row) -> str:
    return measured_runs.sample_of(db, row).partition(" / ")[0]


def _in_use_since(db: Database, control: ControlRange) -> str:
    """Since when the lot stands in the laboratory's limits without a break: no file says which lot was measured."""
    since = found = ""
    for moment, limits in _changes(db, control):
        day = datetime.fromisoformat(moment).date()
        now = any((one.of, one.lot) == (control.of, control.lot) for one in limits.controls_on(day))
        since = (since or moment) if now else ""
        found = since or found
    return found


def _changes(db: Database, control: ControlRange) -> Iterator[tuple[str, QcLimits]]:
    """Each moment from which another lot may be in use: an approval, or a first day that an approved text names."""
    entries = [stored.entry for stored in store.of_subject(db, "site_data:qc-limits")]
    texts = [(one.occurred_at, one.body["text"]) for one in entries if one.kind == "site_data.approved"]
    for (at, text), (until, _) in zip(texts, [*texts[1:], ("9999-12-31", "")], strict=True):
        limits = read_qc_limits(text)
        days = {one.effective.isoformat() for one in limits.controls if one.of == control.of and one.effective}
        yield at, limits
        yield from ((day, limits) for day in sorted(days) if at < day < until)
