"""The bank holidays of England and Wales worked out by their rules, against the list that the product carries.

Rules: the Banking and Financial Dealings Act 1971, schedule 1 (Easter Monday, the last Monday in May and in August,
26 December if it is no Sunday, 27 December in a year in which Christmas Day is a Sunday), Good Friday and Christmas Day
by common law, New Year's Day and the first Monday in May by proclamation every year. What falls on a Saturday or Sunday
has a substitute: the next day of the week that is no bank holiday itself. Single days are proclaimed: those that were
are named here. Published at www.gov.uk/bank-holidays.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib.resources import files

import pytest

from gms_desktop.domain.calendars import read_calendar

TEXT = files("resources").joinpath("reference", "bank-holidays.toml").read_text("utf-8")
MONDAY = 0
SATURDAY = 5

MOVED = {
    # The Early May bank holiday of 2020 was moved to Friday 8 May, 75 years after VE Day.
    date(2020, 5, 4): date(2020, 5, 8),
    # The Spring bank holiday of 2022 was put off to Thursday 2 June for the Platinum Jubilee.
    date(2022, 5, 30): date(2022, 6, 2),
}
PROCLAIMED = {
    date(2022, 6, 3): "Platinum Jubilee bank holiday",
    date(2022, 9, 19): "State Funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}


def easter_sunday(year: int) -> date:
    """By the anonymous Gregorian computus (Nature, 20 April 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, left = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quarter, odd = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * quarter - epact - odd) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((MONDAY - first.weekday()) % 7)


def last_monday(year: int, month: int) -> date:
    last = date(year, month + 1, 1) - timedelta(1)
    return last - timedelta((last.weekday() - MONDAY) % 7)


def with_substitutes(fixed: list[date]) -> set[date]:
    """Each day, or the next weekday that is not taken where it falls on a Saturday or Sunday; weekdays keep theirs."""
    taken = {day for day in fixed if day.weekday() < SATURDAY}
    for day in sorted(set(fixed) - taken):
        other = day
        while other.weekday() >= SATURDAY or other in taken:
            other += timedelta(1)
        taken.add(other)
    return taken


def by_rule(year: int) -> list[date]:
    """The bank holidays of a year."""
    easter = easter_sunday(year)
    moving = {easter - timedelta(2), easter + timedelta(1), first_monday(year, 5)}
    moving |= {last_monday(year, 5), last_monday(year, 8)}
    fixed = with_substitutes([date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)])
    usual = {MOVED.get(day, day) for day in moving | fixed}
    return sorted(usual | {day for day in PROCLAIMED if day.year == year})


@pytest.mark.parametrize(
    ("year", "published"),
    [
        # As published for these years: substitutes on both sides of Christmas, moved days, and three single ones.
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
    ],
)
def test_the_rules_give_the_days_that_were_published(year: int, published: str) -> None:
    assert [day.isoformat()[5:] for day in by_rule(year)] == published.split()


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2008, "03-23"),
        (2011, "04-24"),
        (2019, "04-21"),
        (2024, "03-31"),
        (2025, "04-20"),
        (2026, "04-05"),
        (2038, "04-25"),
    ],
)
def test_easter_falls_where_it_is_known_to(year: int, day: str) -> None:
    assert easter_sunday(year).isoformat() == f"{year}-{day}"


def test_the_list_holds_every_bank_holiday_of_its_years_and_no_other_day() -> None:
    calendar = read_calendar(TEXT)
    assert (calendar.since, calendar.until) == (date(calendar.since.year, 1, 1), date(calendar.until.year, 12, 31))
    years = range(calendar.since.year, calendar.until.year + 1)
    assert list(calendar.holidays) == [day for year in years for day in by_rule(year)]


def test_every_day_of_the_list_has_the_name_that_its_rule_gives() -> None:
    for one in tomllib.loads(TEXT)["holiday"]:
        day, words = date.fromisoformat(one["day"]), one["words"]
        easter = easter_sunday(day.year)
        usual = {
            "New Year's Day": date(day.year, 1, 1),
            "Good Friday": easter - timedelta(2),
            "Easter Monday": easter + timedelta(1),
            "Early May bank holiday": first_monday(day.year, 5),
            "Spring bank holiday": last_monday(day.year, 5),
            "Summer bank holiday": last_monday(day.year, 8),
            "Christmas Day": date(day.year, 12, 25),
            "Boxing Day": date(day.year, 12, 26),
        }
        name, _, substitute = words.partition(" (")
        assert (usual[name] != day) == bool(substitute), words


def test_the_list_names_where_its_days_are_published() -> None:
    assert "gov.uk/bank-holidays" in tomllib.loads(TEXT)["source"]
