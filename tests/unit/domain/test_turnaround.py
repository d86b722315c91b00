"""Days from receipt to a stage, by three calendars; nothing is counted over days that no calendar answers for."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.calendars import CalendarNotLoaded, read_calendar
from gms_desktop.domain.shifts import read_shifts
from gms_desktop.domain.turnaround import Counted, by_stage, category_of, days_of, read_turnaround

FOLDER = files("resources")
DAYS = days_of(
    read_calendar(FOLDER.joinpath("reference", "bank-holidays.toml").read_text("utf-8")),
    read_shifts(FOLDER.joinpath("rules", "shifts.toml").read_text("utf-8")),
)
RULES = FOLDER.joinpath("rules", "turnaround.toml").read_text("utf-8")
ROW = '[[category]]\nwords = "Rapid"\ndays = {days}\ncounted = "{counted}"\neffective = "{since}"\nsource = "us"\n'
LOADED = st.dates(DAYS.opening.since, DAYS.opening.until)


def row(days: object = 14, counted: str = "calendar days", since: str = "2026-01-01", tests: str = "") -> str:
    return ROW.format(days=days, counted=counted, since=since) + tests


def test_christmas_is_counted_by_each_calendar_as_the_wall_calendar_shows_it() -> None:
    # Thursday to Tuesday: Friday is Christmas Day, Monday the substitute of Boxing Day, Saturday is covered.
    thursday, tuesday = date(2026, 12, 24), date(2026, 12, 29)
    took = {counted: DAYS.between(counted, thursday, tuesday) for counted in Counted}
    assert took == {Counted.CALENDAR: 5, Counted.OPENING: 1, Counted.COVER: 2}


@given(LOADED, LOADED)
def test_weekend_cover_is_never_less_than_opening_days_nor_more_than_calendar_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    opening, cover, every = (
        DAYS.between(way, first, last) for way in (Counted.OPENING, Counted.COVER, Counted.CALENDAR)
    )
    assert 0 <= opening <= cover <= every


@given(LOADED, LOADED, LOADED, st.sampled_from(Counted))
def test_days_to_a_stage_add_up(one: date, other: date, third: date, counted: Counted) -> None:
    a, b, c = sorted((one, other, third))
    assert DAYS.between(counted, a, b) + DAYS.between(counted, b, c) == DAYS.between(counted, a, c)


@pytest.mark.parametrize("counted", [Counted.OPENING, Counted.COVER])
def test_nothing_is_counted_beyond_the_loaded_calendar(counted: Counted) -> None:
    last = DAYS.opening.until
    with pytest.raises(CalendarNotLoaded, match="calendar not loaded for 2028-01-01"):
        DAYS.between(counted, last, last + timedelta(days=1))


@given(st.lists(st.integers(0, 200)), st.lists(st.integers(1, 100), unique=True).map(sorted))
def test_figures_of_a_stage_are_those_of_a_hand_count(days: list[int], limits: list[int]) -> None:
    took = next(one for one in by_stage({"sent": days}, limits) if one.stage == "sent")
    assert took.reached == len(days)
    assert took.within == tuple(len([one for one in days if one <= limit]) for limit in limits)
    assert took.longest == max(days, default=None)
    if took.median is not None:
        assert sum(one <= took.median for one in days) * 2 >= len(days)
        assert sum(one < took.median for one in days) * 2 <= len(days)


def test_the_shipped_categories_are_marked_example_and_name_no_test() -> None:
    found = read_turnaround(RULES)
    assert [one.days for one in found] == [3, 5, 7, 14, 21, 42, 84]
    assert all(one.source.startswith("EXAMPLE") and not one.tests for one in found)


def test_of_two_rows_that_are_in_effect_the_later_counts_from_its_day_on() -> None:
    text = row(14, tests='tests = ["M84"]\n') + row(10, since="2026-06-01", tests='tests = ["M84"]\n')
    found = read_turnaround(text)
    told = [category_of(found, "M84.1", day) for day in (date(2025, 1, 1), date(2026, 5, 31), date(2026, 6, 1))]
    assert [one.days if one else None for one in told] == [None, 14, 10]
    assert category_of(found, "M840.1", date(2026, 6, 1)) is None


@pytest.mark.parametrize(
    "text", [row(0), row(401), row("true"), row('"3"'), row(counted="moons"), row(since="soon"), row() + row()]
)
def test_a_row_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_turnaround(text)
