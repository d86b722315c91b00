"""Controls of a run: what one is expected to measure by its lot, and whether the run is held for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from devices.measured import InstrumentRun, Measured, Quantity, Role
from gms_desktop.domain.readings.judging import Word, judge
from gms_desktop.domain.readings.limits import ControlRange, QcLimits


@dataclass(frozen=True)
class ControlRead:
    """A control as it was measured beside the range of its lot."""

    line: int
    control: ControlRange
    word: Word
    cell: Quantity | None

    @property
    def failed(self) -> bool:
        """Whether it holds the run: what was not measured or cannot be read shows nothing either."""
        return self.word is not Word.MEETS


def with_controls(run: InstrumentRun, limits: QcLimits) -> InstrumentRun:
    """The run with each sample that the laboratory names as a control marked as one."""
    return replace(run, measured=tuple(_marked(one, limits) for one in run.measured))


def controls_read(run: InstrumentRun, limits: QcLimits) -> tuple[ControlRead, ...]:
    """Each control of a run beside the ranges that are expected of it by this method."""
    return tuple(
        control_read(one, control)
        for one in run.measured
        for control in limits.controls_named(one.sample)
        if control.limit.meant_by(run.instrument, run.assay, one.assay)
    )


def _marked(one: Measured, limits: QcLimits) -> Measured:
    return replace(one, role=Role.CONTROL) if limits.controls_named(one.sample) else one


def control_read(one: Measured, control: ControlRange) -> ControlRead:
    """A position beside one range of the control that it is."""
    limit = control.limit
    cells = [each for each in one.quantities if each.analyte is limit.of and each.part == limit.part]
    cell = cells[0] if cells else None
    return ControlRead(one.line, control, judge(limit, cell), cell)
