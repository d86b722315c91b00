"""What a change of controls' ranges would have said of the controls measured of late. Nothing is recorded."""

from __future__ import annotations

from datetime import date

from gms_desktop import limit_words, measure_words
from gms_desktop.domain import dates
from gms_desktop.domain.readings.controls import control_read
from gms_desktop.domain.readings.limits import ControlRange, QcLimits
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.services import measured_runs
from gms_desktop.services.at_measure import Affected


def affected(db: Database, now: QcLimits, drafted: QcLimits, today: date, since: str) -> tuple[Affected, ...]:
    """The readings of controls that the change would judge otherwise, the newest first.

    Args:
        db: the register.
        now: the limits in force.
        drafted: those of the change, as they stand once all of it counts.
        today: the laboratory's day.
        since: from when on readings are looked at (UTC text).
    """
    days = [one.effective for one in drafted.controls if one.effective]
    sets = now.controls_on(today), drafted.controls_on(max([today, *days]))
    if sets[0] == sets[1]:
        return ()
    every = (_affected(db, row, *sets) for row in reading_look_up.controls(db, since))
    return tuple(one for one in every if one is not None)


def _affected(db: Database, row: Row, now: tuple[ControlRange, ...], then: tuple[ControlRange, ...]) -> Affected | None:
    sample = measured_runs.sample_of(db, row).partition(" / ")[0]
    words = _word(row, sample, now), _word(row, sample, then)
    if words[0] == words[1]:
        return None
    lots = ", ".join(dict.fromkeys(one.lot for one in then if one.name.casefold() == sample.strip().casefold()))
    cells = [cell for cell in measured_runs.read_back(row["quantities"]) if cell.value is not None and not cell.part]
    values = ", ".join(measure_words.cell(cell) for cell in cells)
    day = dates.display(date.fromisoformat(str(row["at"])[:10]))
    return Affected(limit_words.control(sample, lots), row["instrument"], day, values, *words)


def _word(row: Row, sample: str, controls: tuple[ControlRange, ...]) -> str:
    """What the ranges of a control say of a reading of it, the quantities named that are not as expected."""
    one, wanted = measured_runs.as_measured(row), sample.strip().casefold()
    of = [each for each in controls if each.name.casefold() == wanted]
    read = [control_read(one, each) for each in of if each.limit.meant_by(row["instrument"], row["assay"] or "")]
    if not read:
        return limit_words.NOTHING_EXPECTED
    failed = [f"{each.control.limit.of.value} {each.word.value}" for each in read if each.failed]
    return ", ".join(dict.fromkeys(failed)) or limit_words.AS_EXPECTED
