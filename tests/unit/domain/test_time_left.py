"""How long is left from collection: as exactly as it is stated, never more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.specimen_types import read_types
from gms_desktop.domain.time_limits import (
    Collected,
    Standing,
    collected,
    is_of,
    limits_of,
    read_limits,
    time_left,
)

TYPES = read_types(files("resources").joinpath("reference", "specimen-types.toml").read_text("utf-8"))
EXAMPLE = files("resources").joinpath("rules", "time-limits.toml").read_text("utf-8")
LIMITS = read_limits(EXAMPLE)
THREE_DAYS = timedelta(hours=72)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
BLOOD = TYPES.find("EDTA blood")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def standing(words: str, now: str, limit: timedelta = THREE_DAYS) -> Standing:
    return time_left(collected(words, "Europe/London"), limit, at(now)).standing


def test_a_minute_that_is_stated_counts_to_the_minute() -> None:
    left = time_left(collected("20/11/2026 11:02", "Europe/London"), THREE_DAYS, at("2026-11-22T11:02:00+00:00"))
    assert left.standing is Standing.IN_TIME
    assert left.left == timedelta(hours=24)
    assert left.deadline == at("2026-11-23T11:02:00+00:00")


def test_the_minute_of_the_limit_is_in_time_and_the_next_is_past() -> None:
    assert standing("20/11/2026 11:02", "2026-11-23T11:02:00+00:00") is Standing.IN_TIME
    assert standing("20/11/2026 11:02", "2026-11-23T11:03:00+00:00") is Standing.PAST


@pytest.mark.parametrize("words", ["", "unknown", "not stated", "11/20/2026", "last week", "20/11/26"])
def test_a_collection_that_is_not_stated_or_not_read_is_unknown_and_never_in_time(words: str) -> None:
    assert standing(words, "2026-11-20T12:00:00+00:00") is Standing.UNKNOWN


def test_a_day_without_its_hour_is_in_time_only_while_its_first_minute_is() -> None:
    assert standing("20/11/2026", "2026-11-22T23:59:00+00:00") is Standing.IN_TIME
    assert standing("20/11/2026", "2026-11-23T00:01:00+00:00") is Standing.MAY_BE_PAST
    assert standing("20/11/2026", "2026-11-23T23:58:00+00:00") is Standing.MAY_BE_PAST
    assert standing("20/11/2026", "2026-11-24T00:00:00+00:00") is Standing.PAST


def test_a_collection_stated_to_lie_ahead_is_a_mistake_and_not_in_time() -> None:
    assert standing("25/11/2026 09:00", "2026-11-23T09:00:00+00:00") is Standing.UNKNOWN


def test_of_the_hour_that_october_repeats_the_earlier_one_counts_until_the_later_is_past() -> None:
    assert standing("25/10/2026 01:30", "2026-10-28T00:30:00+00:00") is Standing.IN_TIME
    assert standing("25/10/2026 01:30", "2026-10-28T00:31:00+00:00") is Standing.MAY_BE_PAST
    assert standing("25/10/2026 01:30", "2026-10-28T01:31:00+00:00") is Standing.PAST


def test_the_hour_that_march_leaves_out_is_unknown() -> None:
    assert standing("29/03/2026 01:30", "2026-03-29T12:00:00+00:00") is Standing.UNKNOWN


@given(st.tuples(MOMENTS, MOMENTS).map(sorted), st.integers(1, 24 * 30), MOMENTS)
def test_what_is_said_to_be_in_time_is_so_whenever_in_that_span_it_was_collected(
    span: list[datetime], hours: int, now: datetime
) -> None:
    limit = timedelta(hours=hours)
    left = time_left(Collected(span[0], span[1]), limit, now)
    for moment in span:
        if moment > now:
            continue
        if left.standing is Standing.IN_TIME:
            assert now <= moment + limit
        if left.standing is Standing.PAST:
            assert now > moment + limit
    assert (left.standing is Standing.UNKNOWN) == (span[0] > now)


@given(st.text(max_size=30))
def test_whatever_stands_on_a_form_is_a_time_or_unknown(words: str) -> None:
    taken = collected(words, "Europe/London")
    assert (taken.earliest is None) == (taken.latest is None)
    assert taken.earliest is None or taken.latest is None or taken.earliest <= taken.latest


def test_a_published_figure_is_an_example_and_has_its_source() -> None:
    laid_down = [limit for limit in LIMITS if limit.hours is not None]
    assert laid_down
    assert all(limit.example and limit.source for limit in laid_down)


def test_rna_of_blood_has_72_hours_as_published_and_dna_of_the_same_tube_none() -> None:
    steps = {limit.step: limit.hours for limit in limits_of(LIMITS, BLOOD, ["M84.2"])}
    assert steps == {"stabilise RNA": Decimal(72), "extract": Decimal(72)}
    assert limits_of(LIMITS, BLOOD, ["R208.1"]) == ()


def test_a_step_without_hours_has_no_limit() -> None:
    assert limits_of(LIMITS, TYPES.find("Blood in NIPT tube"), ["R445.1"]) == ()


def test_of_two_limits_for_one_step_the_shorter_counts() -> None:
    text = "\n".join(
        f'[[limit]]\nstep = "extract"\ntypes = ["edta-blood"]\nhours = "{hours}"\nsource = "SOP 7"'
        for hours in (48, 24)
    )
    [limit] = limits_of(read_limits(text), BLOOD, [])
    assert limit.hours == Decimal(24)


def test_a_limit_of_a_container_is_for_that_container() -> None:
    text = '[[limit]]\nstep = "extract"\ncontainers = ["EDTA tube"]\nhours = "24"\nsource = "SOP 7"'
    assert limits_of(read_limits(text), BLOOD, [])
    assert limits_of(read_limits(text), TYPES.find("Saliva"), []) == ()


def test_a_type_that_is_on_no_list_has_only_limits_for_every_type() -> None:
    text = '[[limit]]\nstep = "extract"\nhours = "24"\nsource = "SOP 7"\n'
    text += '[[limit]]\nstep = "separate plasma"\ntypes = ["edta-blood"]\nhours = "6"\nsource = "SOP 8"'
    assert [limit.step for limit in limits_of(read_limits(text), None, [])] == ["extract"]


@pytest.mark.parametrize(
    "text",
    [
        '[[limit]]\nstep = "boil"\nhours = ""',
        '[[limit]]\nstep = "extract"\nhours = "24"',
        '[[limit]]\nstep = "extract"\nhours = "0"\nsource = "SOP"',
        '[[limit]]\nstep = "extract"\nhours = "-4"\nsource = "SOP"',
    ],
)
def test_a_limit_that_nobody_can_keep_or_that_names_no_source_is_not_approved(text: str) -> None:
    with pytest.raises(ValueError, match=r"step|source|hours"):
        read_limits(text)


def test_a_test_is_of_its_indication_and_of_no_other_that_begins_like_it() -> None:
    assert is_of("M84.2", "M84")
    assert is_of("M84.2", "M84.2")
    assert not is_of("M841.2", "M84")
    assert not is_of("M84.23", "M84.2")
