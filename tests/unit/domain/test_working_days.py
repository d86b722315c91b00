"""Working days: Monday to Friday less the bank holidays of England and Wales, and no answer beyond the list."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.calendars import CalendarNotLoaded, read_calendar

TEXT = files("resources").joinpath("reference", "bank-holidays.toml").read_text("utf-8")
CALENDAR = read_calendar(TEXT)
DAYS = st.dates(CALENDAR.since, CALENDAR.until)


@pytest.mark.parametrize(
    ("sampled", "received", "days"),
    [
        ("2026-10-05", "2026-10-05", 0),  # Monday, the same day: day 0
        ("2026-10-05", "2026-10-07", 2),  # Monday to Wednesday
        ("2026-10-02", "2026-10-03", 0),  # Friday to Saturday
        ("2026-10-02", "2026-10-05", 1),  # Friday to Monday
        ("2026-10-02", "2026-10-06", 2),  # Friday to Tuesday
        ("2026-10-03", "2026-10-05", 1),  # Saturday to Monday
        ("2026-12-24", "2026-12-29", 1),  # Christmas Eve to Tuesday: Friday 25 and Monday 28 are closed
        ("2026-12-24", "2026-12-30", 2),
        ("2026-04-02", "2026-04-08", 2),  # over Easter
        ("2026-12-31", "2027-01-05", 2),  # over the year's end
    ],
)
def test_working_days_counted_by_hand(sampled: str, received: str, days: int) -> None:
    assert CALENDAR.working_days_after(date.fromisoformat(sampled), date.fromisoformat(received)) == days


@given(DAYS, DAYS)
def test_the_count_is_that_of_the_working_days_one_by_one(one: date, other: date) -> None:
    start, end = sorted((one, other))
    assert CALENDAR.working_days_after(start, end) == len(list(CALENDAR.working_days(start + timedelta(1), end)))


@given(DAYS, DAYS, DAYS)
def test_a_way_in_two_parts_takes_as_many_working_days_as_the_whole(a: date, b: date, c: date) -> None:
    first, second, third = sorted((a, b, c))
    parts = CALENDAR.working_days_after(first, second) + CALENDAR.working_days_after(second, third)
    assert parts == CALENDAR.working_days_after(first, third)


@given(DAYS)
def test_no_weekend_and_no_bank_holiday_is_worked(day: date) -> None:
    assert CALENDAR.is_working_day(day) == (day.weekday() < 5 and day not in CALENDAR.holidays)


@given(st.dates(date(1900, 1, 1), CALENDAR.since - timedelta(1)) | st.dates(CALENDAR.until + timedelta(1)))
def test_a_day_beyond_the_list_is_not_loaded_rather_than_guessed(day: date) -> None:
    with pytest.raises(CalendarNotLoaded, match="calendar not loaded") as told:
        CALENDAR.is_working_day(day)
    assert (told.value.day, told.value.until) == (day, CALENDAR.until)
    with pytest.raises(CalendarNotLoaded):
        CALENDAR.working_days_after(*sorted((day, CALENDAR.since)))


def test_the_list_is_dated_names_its_source_and_has_the_eight_days_of_each_year() -> None:
    assert "Banking and Financial Dealings Act 1971" in CALENDAR.source
    for year in range(CALENDAR.since.year, CALENDAR.until.year + 1):
        assert len([day for day in CALENDAR.holidays if day.year == year]) == 8


def test_a_receipt_before_the_draw_is_not_counted() -> None:
    with pytest.raises(ValueError, match="day 0 is after"):
        CALENDAR.working_days_after(date(2026, 10, 6), date(2026, 10, 5))


def test_a_laboratory_that_works_on_saturdays_says_so_in_its_own_calendar() -> None:
    own = read_calendar(TEXT.replace('"Friday"]', '"Friday", "Saturday"]'))
    assert own.working_days_after(date(2026, 10, 2), date(2026, 10, 5)) == 2
    assert own.is_working_day(date(2026, 10, 3))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('until = "2027-12-31"', 'until = "2023-12-31"'),
        ('until = "2027-12-31"', 'until = "2027-12-01"'),
        ('worked = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]', "worked = []"),
        ('"Monday", "Tuesday"', '"Mon", "Tuesday"'),
        ('day = "2024-03-29"', 'day = "2024-01-01"'),
        ('day = "2024-03-29"', 'day = "29 March"'),
    ],
)
def test_a_calendar_that_contradicts_itself_is_not_taken(was: str, becomes: str) -> None:
    assert was in TEXT
    with pytest.raises(ValueError, match=r"calendar|holiday|not in|isoformat"):
        read_calendar(TEXT.replace(was, becomes))
