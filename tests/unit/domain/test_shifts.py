"""When the next shift begins, by the laboratory's own roster."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.shifts import Shifts, StaffedHours, next_staffed, on_duty, read_shifts, shifts_of

EXAMPLE = read_shifts(files("resources").joinpath("rules", "shifts.toml").read_text("utf-8"))
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
HOURS = st.builds(StaffedHours, st.just("a shift"), st.integers(0, 6), TIMES, TIMES)
ROSTERS = st.builds(
    lambda hours, closed: Shifts(tuple(hours), frozenset(closed)),
    st.lists(HOURS, min_size=1, max_size=6),
    st.sets(st.dates(date(2026, 11, 1), date(2026, 12, 31)), max_size=9),
)
MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 31))  # noqa: DTZ001


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_after_friday_evening_comes_saturday_morning_and_then_monday() -> None:
    friday, saturday = next_staffed(EXAMPLE, at("2026-11-20T19:00")), next_staffed(EXAMPLE, at("2026-11-21T13:00"))
    assert friday is not None
    assert saturday is not None
    assert (friday.begins, friday.words) == (at("2026-11-21T08:30"), "Saturday morning")
    assert saturday.begins == at("2026-11-23T08:00")


def test_a_shift_that_begins_at_this_minute_is_not_the_next_one() -> None:
    found = next_staffed(EXAMPLE, at("2026-11-23T08:00"))
    assert found is not None
    assert found.begins == at("2026-11-24T08:00")


def test_no_shift_begins_on_a_closed_day() -> None:
    found = next_staffed(EXAMPLE, at("2026-12-24T18:00"))
    assert found is not None
    assert found.begins == at("2026-12-26T08:30")
    assert shifts_of(EXAMPLE, date(2026, 12, 25)) == ()


def test_a_night_shift_goes_on_after_midnight() -> None:
    night = Shifts((StaffedHours("Night", 4, time(22), time(6)),))
    found = on_duty(night, at("2026-11-21T05:59"))
    assert found is not None
    assert (found.begins, found.ends) == (at("2026-11-20T22:00"), at("2026-11-21T06:00"))
    assert on_duty(night, at("2026-11-21T06:00")) is None


def test_a_roster_that_is_closed_for_ever_has_no_next_shift() -> None:
    every = frozenset(date(2026, 11, 22) + timedelta(days=ahead) for ahead in range(500))
    assert next_staffed(Shifts(EXAMPLE.hours, every), at("2026-11-22T12:00")) is None


@given(ROSTERS, MOMENTS)
def test_the_next_shift_is_after_now_on_an_open_day_and_none_lies_between(roster: Shifts, now: datetime) -> None:
    found = next_staffed(roster, now)
    if found is None:
        return
    assert found.begins > now
    assert found.begins.date() not in roster.closed
    assert found.begins < found.ends <= found.begins + timedelta(days=1)
    days = (found.begins.date() - now.date()).days
    between = [one for ahead in range(days + 1) for one in shifts_of(roster, now.date() + timedelta(days=ahead))]
    assert not [one for one in between if now < one.begins < found.begins]


@given(ROSTERS, MOMENTS)
def test_whoever_is_on_duty_has_begun_and_not_ended(roster: Shifts, now: datetime) -> None:
    found = on_duty(roster, now)
    assert found is None or found.begins <= now < found.ends


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", KeyError),
        ("shift = []", ValueError),
        ('[[shift]]\nwords="x"\ndays=["Noday"]\nbegins="08:00"\nends="18:00"', ValueError),
        ('[[shift]]\nwords="x"\ndays=["Monday"]\nbegins="8"\nends="18:00"', ValueError),
        ('[[shift]]\nwords="x"\ndays=["Monday"]\nbegins="24:00"\nends="18:00"', ValueError),
        ('[[shift]]\nwords="x"\ndays=["Monday"]\nbegins=8\nends="18:00"', TypeError),
        ('closed=["2026-13-01"]\n[[shift]]\nwords="x"\ndays=["Monday"]\nbegins="08:00"\nends="18:00"', ValueError),
    ],
)
def test_a_roster_that_cannot_be_read_is_said_to_be_none(text: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        read_shifts(text)


def test_a_time_with_a_zone_is_no_time_on_the_wall() -> None:
    with pytest.raises(ValueError, match="wall"):
        next_staffed(EXAMPLE, datetime(2026, 11, 22, tzinfo=UTC))
