"""Arrival at a closed door: weekends, bank holidays, the cut-off, and days that no calendar answers for."""

from dataclasses import replace
from datetime import date, time, timedelta
from datetime import datetime as wall

from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.calendars import Calendar
from gms_desktop.domain.consignments.arrival import Door, arrival, door_on
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.standing import LEFT, State, Step, after, steps

HOURS = (time(9), time(17))
WEEK = dict.fromkeys(range(5), HOURS)
LABORATORY = Destination(
    "a", "A", "", (), "", True, False, frozenset({"tube"}), cut_off=time(16), transit_days=1, receiving=WEEK
)
CALENDAR = Calendar(
    "1", date(2026, 1, 1), date(2026, 12, 31), frozenset(range(5)), (date(2026, 12, 25), date(2026, 12, 28))
)


def test_what_leaves_on_a_friday_stands_before_a_closed_door_until_monday() -> None:
    found = arrival(LABORATORY, wall.fromisoformat("2026-11-27 10:00"), CALENDAR)
    assert (found.arrives, found.door, found.next_open) == (date(2026, 11, 28), Door.CLOSED_DAY, date(2026, 11, 30))


def test_after_the_cut_off_it_leaves_a_day_later() -> None:
    found = arrival(LABORATORY, wall.fromisoformat("2026-11-25 16:01"), CALENDAR)
    assert (found.after_cut_off, found.leaves, found.arrives) == (True, date(2026, 11, 26), date(2026, 11, 27))
    assert found.door is Door.OPEN


def test_christmas_shuts_the_door_and_the_substitute_day_too() -> None:
    found = arrival(LABORATORY, wall.fromisoformat("2026-12-24 10:00"), CALENDAR)
    assert (found.door, found.next_open) == (Door.HOLIDAY, date(2026, 12, 29))
    assert door_on(replace(LABORATORY, closed_on_bank_holidays=False), date(2026, 12, 25), CALENDAR) is Door.OPEN


def test_beyond_the_loaded_calendar_nothing_is_promised() -> None:
    found = arrival(LABORATORY, wall.fromisoformat("2026-12-31 10:00"), CALENDAR)
    assert (found.door, found.next_open) == (Door.NOT_LOADED, None)
    assert (
        arrival(replace(LABORATORY, receiving={}), wall.fromisoformat("2026-12-01 10:00"), CALENDAR).door
        is Door.NOT_SAID
    )


@given(st.datetimes(wall.fromisoformat("2026-01-01 00:00"), wall.fromisoformat("2026-11-01 00:00")), st.integers(0, 5))
def test_the_next_open_day_is_open_and_no_day_before_it_is(now: wall, transit: int) -> None:
    destination = replace(LABORATORY, transit_days=transit)
    found = arrival(destination, now, CALENDAR)
    assert found.next_open is not None
    assert door_on(destination, found.next_open, CALENDAR) is Door.OPEN
    between = (found.next_open - found.arrives).days
    days = [found.arrives + timedelta(days=ahead) for ahead in range(between)]
    assert all(door_on(destination, day, CALENDAR) is not Door.OPEN for day in days)
    assert found.arrives >= now.date()


def test_a_consignment_is_taken_back_only_before_it_left_and_never_ends_unanswered() -> None:
    assert after(State.PACKED, Step.REOPEN) is State.OPEN
    assert all(after(state, Step.REOPEN) is None for state in LEFT)
    assert steps(State.OPEN) == (Step.CLOSE,)
    assert steps(State.ENDED) == ()
    assert after(State.HANDED_OVER, Step.END) is None
