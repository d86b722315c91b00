"""When a consignment arrives, and whether its receiver's door is open then. Pure: the calendar is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gms_desktop.domain.calendars import Calendar, CalendarNotLoaded
from gms_desktop.domain.consignments.destinations import Destination

_ONE_DAY = timedelta(days=1)
# A receiver that opens on one day of the week, and a run of bank holidays: longer than that, nobody knows.
_LOOK_AHEAD = 60


class Door(StrEnum):
    """How the receiver's door is on the day of arrival."""

    OPEN = "open"
    CLOSED_DAY = "not a receiving day"
    HOLIDAY = "bank holiday"
    NOT_SAID = "no receiving days are laid down"
    NOT_LOADED = "bank holidays are not loaded for that day"


@dataclass(frozen=True, slots=True)
class Arrival:
    """When it leaves and arrives; ``next_open``: the first open day from then on, None where nobody can say."""

    leaves: date
    arrives: date
    door: Door
    next_open: date | None
    after_cut_off: bool


def arrival(destination: Destination, now: datetime, calendar: Calendar) -> Arrival:
    """The expected arrival of what is handed over now.

    Args:
        destination: the receiver.
        now: on the laboratory's wall clock (naive).
        calendar: bank holidays as they are loaded.
    """
    late = destination.cut_off is not None and now.time() > destination.cut_off
    leaves = now.date() + (_ONE_DAY if late else timedelta(0))
    arrives = leaves + timedelta(days=destination.transit_days)
    door = door_on(destination, arrives, calendar)
    return Arrival(leaves, arrives, door, _next_open(destination, arrives, calendar), late)


def door_on(destination: Destination, day: date, calendar: Calendar) -> Door:
    """How the door is on a day."""
    if not destination.receiving:
        return Door.NOT_SAID
    if day.weekday() not in destination.receiving:
        return Door.CLOSED_DAY
    if not destination.closed_on_bank_holidays:
        return Door.OPEN
    try:
        calendar.check(day)
    except CalendarNotLoaded:
        return Door.NOT_LOADED
    return Door.HOLIDAY if day in calendar.holidays else Door.OPEN


def _next_open(destination: Destination, start: date, calendar: Calendar) -> date | None:
    for ahead in range(_LOOK_AHEAD):
        day = start + _ONE_DAY * ahead
        match door_on(destination, day, calendar):
            case Door.OPEN:
                return day
            case Door.NOT_SAID | Door.NOT_LOADED:
                return None
    return None
