"""Birth dates and collection times as forms and files carry them."""

# A wall clock shows no zone: these times are naive on purpose.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain import dates
from gms_desktop.domain.dates import Precision, Which, birth_date, collection_time, instant, to_local, to_utc

TODAY = date(2026, 11, 21)
LONDON = "Europe/London"


def codes(read: dates.WrittenDate | dates.Instant) -> list[str]:
    return [finding.code for finding in read.findings]


@pytest.mark.parametrize(
    "words",
    [
        "1971-03-05", "05/03/1971", "5/3/1971", "5.3.1971", "05-03-1971", "05-Mar-1971", "5 March 1971", "5-MAR-1971",
        " 05/03/1971 ", "1971-03-05 00:00:00", "1971-03-05T00:00:00",
    ],
)  # fmt: skip
def test_a_birth_date_is_read_day_first_or_by_the_name_of_its_month(words: str) -> None:
    read = birth_date(words, TODAY)
    assert (read.on, read.precision, read.words, read.findings) == (date(1971, 3, 5), Precision.DAY, words, ())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("03/14/1971", "date-month-first"), ("Mar 5, 1971", "date-month-first"), ("March 5 1971", "date-month-first"),
        ("05/03/71", "date-two-digit-year"), ("5-Mar-71", "date-two-digit-year"), ("26001", "date-spreadsheet-number"),
        ("26001.0", "date-spreadsheet-number"), ("1971", "date-incomplete"), ("1971-03", "date-incomplete"),
        ("03/1971", "date-incomplete"), ("Mar-1971", "date-incomplete"), ("30/02/1971", "date-no-such-day"),
        ("29-Feb-1971", "date-no-such-day"), ("31/13/1971", "date-no-such-day"), ("05-Mai-1971", "date-unreadable"),
        ("yesterday", "date-unreadable"), ("1971/03/05", "date-unreadable"), ("05/03-1971", "date-unreadable"),
    ],
)  # fmt: skip
def test_a_date_that_would_be_a_guess_is_refused_with_a_finding_and_keeps_its_words(words: str, code: str) -> None:
    read = birth_date(words, TODAY)
    assert (codes(read), read.on, read.words, read.precision) == ([code], None, words, Precision.UNKNOWN)


@pytest.mark.parametrize("words", ["", "  ", "unknown", "Not known", "not stated", "NK"])
def test_a_date_that_nobody_knows_is_no_finding(words: str) -> None:
    assert birth_date(words, TODAY) == dates.WrittenDate(words)


def test_a_day_after_today_is_kept_with_a_finding() -> None:
    read = birth_date("22/11/2026", TODAY)
    assert (read.on, codes(read)) == (date(2026, 11, 22), ["date-in-future"])
    assert codes(birth_date("21/11/2026", TODAY)) == []


@pytest.mark.parametrize("words", ["1971-03-04T23:00:00Z", "1971-03-05 09:30"])
def test_a_birth_date_with_a_time_of_day_is_reported(words: str) -> None:
    read = birth_date(words, TODAY)
    assert (codes(read), read.at, read.precision) == (["date-birth-time"], None, Precision.DAY)


@pytest.mark.parametrize(
    "words",
    ["2026-11-20T09:30", "20/11/2026 09:30", "20-Nov-2026 9:30", "20 November 2026, 09:30:00", "20.11.2026 09:30"],
)
def test_a_collection_time_is_read_to_the_minute(words: str) -> None:
    read = collection_time(words, TODAY)
    assert (read.on, read.at, read.precision, read.findings) == (date(2026, 11, 20), time(9, 30), Precision.MINUTE, ())


def test_a_collection_day_without_a_time_has_no_instant_and_no_midnight_is_made_up() -> None:
    read = collection_time("20/11/2026", TODAY)
    assert (read.at, read.precision) == (None, Precision.DAY)
    assert instant(read, LONDON) == dates.Instant(None)


@pytest.mark.parametrize(
    "words", ["20/11/2026 25:00", "20/11/2026 09:61", "2026-11-20T09:30+99:00", "2026-11-20T09:30+01:75"]
)
def test_a_time_that_no_clock_shows_is_reported_and_its_day_kept(words: str) -> None:
    read = collection_time(words, TODAY)
    assert (codes(read), read.on, read.precision) == (["time-no-such-time"], date(2026, 11, 20), Precision.DAY)


def test_a_time_with_its_own_offset_is_placed_by_it() -> None:
    for words, hour in (("2026-07-01T09:30Z", 9), ("2026-07-01T09:30+01:00", 8), ("2026-07-01T09:30:15-0230", 12)):
        placed = instant(collection_time(words, TODAY), LONDON).utc
        assert placed is not None
        assert placed.hour == hour
        assert placed.tzinfo is UTC


def test_a_time_at_the_edge_of_the_calendar_is_reported() -> None:
    assert codes(instant(collection_time("0001-01-01T00:00+05:00", TODAY), LONDON)) == ["time-out-of-range"]


def test_summer_and_winter_are_an_hour_apart_in_utc() -> None:
    assert to_utc(datetime(2026, 7, 1, 9, 30), LONDON).utc == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert to_utc(datetime(2026, 12, 1, 9, 30), LONDON).utc == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def test_octobers_repeated_hour_is_asked_and_either_answer_is_taken() -> None:
    wall = datetime(2026, 10, 25, 1, 30)
    asked = to_utc(wall, LONDON)
    assert (asked.utc, codes(asked)) == (None, ["time-repeated-hour"])
    assert to_utc(wall, LONDON, Which.BEFORE).utc == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert to_utc(wall, LONDON, Which.AFTER).utc == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("which", [None, Which.BEFORE, Which.AFTER])
def test_marchs_missing_hour_never_happened(which: Which | None) -> None:
    assert codes(to_utc(datetime(2026, 3, 29, 1, 30), LONDON, which)) == ["time-missing-hour"]


def test_the_hours_beside_a_change_of_the_clocks_are_plain() -> None:
    for wall in (
        datetime(2026, 3, 29, 0, 59),
        datetime(2026, 3, 29, 2),
        datetime(2026, 10, 25, 0, 59),
        datetime(2026, 10, 25, 2),
    ):
        assert to_utc(wall, LONDON).findings == ()


@pytest.mark.parametrize(
    "name", ["", "Europe/Nowhere", "../zoneinfo/Europe/London", "/etc/localtime", "Europe", "Europe//London"]
)
def test_a_zone_that_the_package_does_not_hold_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        dates.zone(name)


def test_an_aware_time_is_no_wall_time_and_a_naive_one_no_stored_time() -> None:
    with pytest.raises(ValueError, match="wall"):
        to_utc(datetime(2026, 7, 1, tzinfo=UTC), LONDON)
    with pytest.raises(ValueError, match="aware"):
        to_local(datetime(2026, 7, 1), LONDON)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_as_we_show_it_is_read_back_as_the_same_day(day: date) -> None:
    for words in (dates.display(day), day.isoformat(), f"{day:%d/%m/}{day.year:04}"):
        assert birth_date(words, date.max).on == day


def test_a_day_is_shown_with_the_name_of_its_month() -> None:
    assert dates.display(date(1971, 3, 5)) == "05-Mar-1971"
    assert dates.display_minute(datetime(1971, 3, 5, 14, 5)) == "05-Mar-1971 14:05"


@given(st.datetimes(datetime(1972, 1, 2), datetime(2036, 12, 30), timezones=st.just(UTC)))
def test_every_instant_comes_back_from_its_wall_time_when_the_question_is_answered(utc: datetime) -> None:
    local = to_local(utc, LONDON)
    wall = local.replace(tzinfo=None, fold=0)
    assert to_utc(wall, LONDON, Which.AFTER if local.fold else Which.BEFORE).utc == utc
    unanswered = to_utc(wall, LONDON)
    assert (unanswered.utc == utc) != (codes(unanswered) == ["time-repeated-hour"])


@given(st.datetimes(datetime(1972, 1, 2), datetime(2036, 12, 30)))
def test_a_wall_time_is_placed_or_it_says_why_not(wall: datetime) -> None:
    placed = to_utc(wall, LONDON)
    if placed.utc is None:
        assert len(placed.findings) == 1
    else:
        assert to_local(placed.utc, LONDON).replace(tzinfo=None, fold=0) == wall
        assert timedelta(0) <= wall.replace(tzinfo=UTC) - placed.utc <= timedelta(hours=1)


@given(
    st.text()
    | st.from_regex(r"[0-9]{1,4}[/ .-][0-9A-Za-z]{1,4}[/ .-][0-9]{1,4}([T ][0-9]{1,2}:[0-9]{2}(Z|[+-][0-9]{4})?)?")
)
def test_any_text_is_read_or_refused_with_known_codes(words: str) -> None:
    for read in (birth_date(words, TODAY), collection_time(words, TODAY)):
        assert set(codes(read)) <= dates.CODES
        assert read.words == words
        assert (read.on is None) == (read.precision is Precision.UNKNOWN)
        instant(read, LONDON, Which.BEFORE)
