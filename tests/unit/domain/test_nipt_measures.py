"""S02, S03 and S06 against figures worked out by hand, on both clocks of receipt, and refused beyond the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.calendars import CalendarNotLoaded, read_calendar
from gms_desktop.domain.nipt import metrics, periods
from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Pathway
from gms_desktop.domain.nipt.metric_rules import MetricRule, read_metrics, rule_for
from gms_desktop.domain.nipt.metrics import Clock, Listed, Measure, NiptSample, QfPcrSample, Why
from gms_desktop.domain.nipt.periods import Period

TEXT = files("resources").joinpath("rules", "nipt-metrics.toml").read_text("utf-8")
RULES = read_metrics(TEXT)
CALENDAR = read_calendar(files("resources").joinpath("reference", "bank-holidays.toml").read_text("utf-8"))
OCTOBER, QUARTER = periods.month("2026-10"), periods.quarter("2026-27 Q3")
TODAY = date(2026, 11, 22)


def rule(name: str, period: Period = OCTOBER) -> MetricRule:
    found = rule_for(RULES, name, period)
    assert found is not None
    return found


def october(day: int) -> date:
    return date(2026, 10, day)


# Monday 5, Friday 2, Saturday 31; Friday 30 is the one working day between Thursday 29 and Saturday 31.
DRAWN = [
    NiptSample("A", october(7), sampled=october(5)),  # two working days
    NiptSample("B", october(6), sampled=october(2)),  # Monday and Tuesday: two
    NiptSample("C", october(7), sampled=october(2)),  # three
    NiptSample("D", october(7)),  # nobody stated when it was drawn
    NiptSample("E", october(7), sampled=october(1), pathway=Pathway.R445),  # kept apart
    NiptSample("F", date(2026, 11, 2), physical=october(31), sampled=october(29)),  # one, or two in November
    NiptSample("G", october(5), sampled=october(6)),  # drawn after it came
]


def test_s02_of_october_by_hand_on_both_clocks() -> None:
    physical, booked = metrics.on_both_clocks(lambda clock: metrics.s02(DRAWN, rule("S02"), OCTOBER, clock, CALENDAR))
    assert (physical.numerator, physical.denominator, physical.shown) == (3, 6, "50.0")
    assert (booked.numerator, booked.denominator, booked.shown) == (2, 5, "40.0")
    listed = (Listed("C", Why.LATE), Listed("D", Why.NOT_SAMPLED), Listed("G", Why.BEFORE_DRAW))
    assert physical.not_in_time == booked.not_in_time == listed
    assert physical.level == "below acceptable"


def test_a_sample_in_working_time_by_one_clock_is_late_by_the_other() -> None:
    friday_to_tuesday = NiptSample("H", booked=october(7), physical=october(6), sampled=october(2))
    first, second = metrics.on_both_clocks(
        lambda clock: metrics.s02([friday_to_tuesday], rule("S02"), OCTOBER, clock, CALENDAR)
    )
    assert (first.clock, first.shown, first.level) == (Clock.PHYSICAL, "100.0", "achievable")
    assert (second.clock, second.shown, second.level) == (Clock.BOOKED, "0.0", "below acceptable")


def test_one_figure_is_shown_where_the_clocks_agree() -> None:
    assert len(metrics.on_both_clocks(lambda c: metrics.s02(DRAWN[:2], rule("S02"), OCTOBER, c, CALENDAR))) == 1


@pytest.mark.parametrize("month", ["2023-12", "2028-01", "2035-06"])
def test_s02_of_a_month_beyond_the_calendar_is_refused_never_wrong(month: str) -> None:
    with pytest.raises(CalendarNotLoaded):
        metrics.s02([], replace(rule("S02"), since=date.min), periods.month(month), Clock.BOOKED, CALENDAR)


def test_s02_of_a_sample_drawn_before_the_calendar_begins_is_refused() -> None:
    old = NiptSample("A", date(2024, 1, 2), sampled=date(2023, 12, 29))
    with pytest.raises(CalendarNotLoaded):
        metrics.s02([old], rule("S02"), periods.month("2024-01"), Clock.BOOKED, CALENDAR)


def reported(name: str, day: int | None, outcome: Outcome | None = Outcome.RESULT, **more: object) -> NiptSample:
    sample = NiptSample(name, october(5), sampled=october(2), acceptance=Acceptance.ACCEPTED, outcome=outcome)
    return replace(sample, reported=october(day) if day else None, **more)  # type: ignore[arg-type]


TURNED_ROUND = [
    reported("A", 10),  # day 5: in time
    reported("B", 11),  # day 6
    reported("C", 10, Outcome.NO_RESULT),  # "no result" counts in both
    reported("D", 6, Outcome.NOT_TESTED, acceptance=Acceptance.REJECTED, repeat_asked=True),  # left out
    reported("E", 6, Outcome.NOT_TESTED, acceptance=Acceptance.REJECTED),  # rejected, no repeat: counts, no result
    reported("F", 8, missing=True),  # left out, whatever became of it
    reported("G", 6, Outcome.NOT_TESTED, acceptance=Acceptance.INELIGIBLE),  # by the letter: counts, no result
    reported("H", None, None),  # never reported
    reported("I", 9, pathway=Pathway.R445),  # kept apart
    reported("J", 4),  # reported before it came
]


def test_s03_of_october_by_hand() -> None:
    made = metrics.s03(TURNED_ROUND, rule("S03"), OCTOBER, Clock.BOOKED, TODAY)
    assert (made.numerator, made.denominator) == (2, 7)
    assert made.percent == Fraction(200, 7)
    assert made.shown == "28.5"
    assert made.left_out == (Listed("D", Why.REJECTED), Listed("F", Why.INFORMATION))
    assert made.not_in_time == (
        Listed("B", Why.LATE),
        Listed("E", Why.NO_RESULT_DUE),
        Listed("G", Why.NOT_ELIGIBLE),
        Listed("H", Why.OVERDUE),
        Listed("J", Why.BEFORE_RECEIPT),
    )


def test_a_laboratory_may_leave_ineligible_samples_out_by_its_own_rule() -> None:
    own = replace(rule("S03"), leaves_out=rule("S03").leaves_out | {"ineligible"})
    made = metrics.s03(TURNED_ROUND, own, OCTOBER, Clock.BOOKED, TODAY)
    assert made.denominator == 6
    assert Listed("G", Why.NOT_ELIGIBLE) in made.left_out


def test_a_figure_is_not_final_while_a_report_may_still_be_in_time() -> None:
    waits = reported("A", None, None)
    assert not metrics.s03([waits], rule("S03"), OCTOBER, Clock.BOOKED, october(10)).final
    assert metrics.s03([waits], rule("S03"), OCTOBER, Clock.BOOKED, october(11)).final


def test_s03_needs_no_calendar_of_holidays() -> None:
    far = replace(reported("A", 10), booked=date(2031, 5, 1), reported=date(2031, 5, 6))
    assert metrics.s03([far], rule("S03"), periods.month("2031-05"), Clock.BOOKED, TODAY).shown == "100.0"


def test_s06_of_a_quarter_by_hand_on_both_clocks() -> None:
    samples = [
        QfPcrSample("A", booked=october(5), reported=october(8)),  # day 3
        QfPcrSample("B", booked=october(5), reported=october(9)),  # day 4
        QfPcrSample("C", booked=october(6), physical=october(5), reported=october(9)),  # day 4, or 3
        QfPcrSample("D", booked=date(2026, 12, 31), reported=date(2027, 1, 3)),  # the last day of the quarter
        QfPcrSample("E", booked=date(2027, 1, 1), reported=date(2027, 1, 2)),  # the next quarter
        QfPcrSample("F", booked=date(2026, 11, 3)),  # never reported
    ]
    physical, booked = metrics.on_both_clocks(lambda c: metrics.s06(samples, rule("S06"), QUARTER, c, TODAY))
    assert (physical.numerator, physical.denominator, physical.shown) == (2, 5, "40.0")
    assert (booked.numerator, booked.denominator, booked.shown) == (3, 5, "60.0")
    assert physical.not_in_time == (Listed("B", Why.LATE), Listed("C", Why.LATE), Listed("F", Why.OVERDUE))


@pytest.mark.parametrize(
    ("numerator", "denominator", "level", "shown"),
    [
        (9, 10, "acceptable", "90.0"),
        (899, 1000, "below acceptable", "89.9"),
        # 89.96 % shown as 90.0 would look like what it is not.
        (2249, 2500, "below acceptable", "89.9"),
        (19, 20, "achievable", "95.0"),
        (94999, 100000, "acceptable", "94.9"),
        (0, 0, "", ""),
    ],
)
def test_a_percentage_meets_a_threshold_exactly_or_not_at_all(
    numerator: int, denominator: int, level: str, shown: str
) -> None:
    made = Measure(rule("S02"), OCTOBER, Clock.BOOKED, numerator, denominator)
    assert (made.level, made.shown) == (level, shown)


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_what_is_shown_never_reaches_a_threshold_that_the_figure_does_not(some: int, of: int) -> None:
    made = Measure(rule("S02"), OCTOBER, Clock.BOOKED, min(some, of), of)
    assert made.percent is not None
    assert (Fraction(made.shown) >= made.rule.acceptable) == (made.percent >= made.rule.acceptable)


@given(
    st.lists(
        st.builds(
            NiptSample,
            id=st.uuids().map(str),
            booked=st.dates(date(2026, 9, 25), date(2026, 11, 5)),
            sampled=st.none() | st.dates(date(2026, 9, 20), date(2026, 11, 5)),
            acceptance=st.none() | st.sampled_from(Acceptance),
            repeat_asked=st.booleans(),
            missing=st.booleans(),
            outcome=st.none() | st.sampled_from(Outcome),
            reported=st.none() | st.dates(date(2026, 9, 25), date(2026, 11, 20)),
        ),
        max_size=20,
    )
)
def test_every_sample_of_a_month_is_in_time_or_listed_or_left_out(samples: list[NiptSample]) -> None:
    came = [one for one in samples if OCTOBER.holds(one.booked)]
    for made in (
        metrics.s02(samples, rule("S02"), OCTOBER, Clock.BOOKED, CALENDAR),
        metrics.s03(samples, rule("S03"), OCTOBER, Clock.BOOKED, TODAY),
    ):
        assert made.denominator == made.numerator + len(made.not_in_time)
        assert made.denominator + len(made.left_out) == len(came)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-27 Q1", "2026-04-01", "2026-06-30"),
        ("2026/27 q2", "2026-07-01", "2026-09-30"),
        ("2026-27Q3", "2026-10-01", "2026-12-31"),
        ("2026-27-Q4", "2027-01-01", "2027-03-31"),
        ("1999-00 Q4", "2000-01-01", "2000-03-31"),
    ],
)
def test_quarters_are_those_of_the_nhs_year(text: str, first: str, last: str) -> None:
    made = periods.quarter(text)
    assert (made.first.isoformat(), made.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["2026-Q3", "2026-28 Q3", "2026-27 Q5", "Q3", "", "0000-01 Q1"])
def test_a_quarter_written_in_another_way_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="2026-27 Q3"):
        periods.quarter(text)


@pytest.mark.parametrize("text", ["2026-13", "Oct 2026", "2026", "26-10", "0000-10", ""])
def test_a_month_written_in_another_way_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="2026-10"):
        periods.month(text)


@given(st.dates(date(2, 1, 1), date(9990, 1, 1)))
def test_every_day_is_in_one_month_and_one_quarter_and_months_follow_each_other(day: date) -> None:
    assert periods.quarter_of(day).holds(day)
    before = periods.month_before(day)
    assert periods.step(before, 1).holds(day)
    assert before.last + timedelta(1) == periods.step(before, 1).first


@pytest.mark.parametrize(
    ("quarter", "due"),
    [
        ("2026-27 Q1", "2026-09-30"),
        ("2026-27 Q2", "2026-12-31"),
        ("2026-27 Q3", "2027-03-31"),
        ("2026-27 Q4", "2027-06-30"),
    ],
)
def test_the_deadlines_of_s06_are_those_of_the_specification(quarter: str, due: str) -> None:
    period = periods.quarter(quarter)
    assert rule("S06", period).submission(period) == (date.fromisoformat(due), date.fromisoformat(due))


def test_a_month_is_submitted_in_the_third_week_of_the_month_after() -> None:
    december = periods.month("2026-12")
    assert rule("S02", december).submission(december) == (date(2027, 1, 15), date(2027, 1, 21))
    assert rule("S03").submission(OCTOBER) == (date(2026, 11, 15), date(2026, 11, 21))


def test_the_thresholds_are_those_of_the_specification() -> None:
    said = {one.name: (one.within, one.days, float(one.acceptable), float(one.achievable)) for one in RULES}
    assert said == {
        "S02": (2, "working", 90.0, 95.0),
        "S03": (5, "calendar", 85.0, 95.0),
        "S06": (3, "calendar", 90.0, 95.0),
    }


def test_thresholds_hold_from_their_day_on() -> None:
    later = replace(rule("S02"), since=date(2026, 10, 2), acceptable=Fraction(92))
    assert rule_for([*RULES, later], "S02", OCTOBER) == rule("S02")
    assert rule_for([later, *RULES], "S02", periods.month("2026-11")) == later
    assert rule_for(RULES, "S02", periods.month("2024-09")) is None


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('acceptable = "85.0"', 'acceptable = "96.0"'),
        ('achievable = "95.0"', 'achievable = "100.1"'),
        ('period = "quarter"', 'period = "month"'),
        ('days = "working"', 'days = "calendar"'),
        ('name = "S06"', 'name = "S07"'),
        ('"information missing"]', '"whatever"]'),
        ("submission_days = [15, 21]", "submission_days = [21, 15]"),
        ('"06-30"]', '"06-31"]'),
        (', "06-30"]', "]"),
        ('name = "S03"', 'name = "S02"\ndays = "working"\n#'),
    ],
)
def test_measures_that_contradict_themselves_are_not_taken(was: str, becomes: str) -> None:
    assert was in TEXT
    with pytest.raises(ValueError):
        read_metrics(TEXT.replace(was, becomes, 1))


def test_a_day_is_in_a_period_or_it_is_not() -> None:
    days = [OCTOBER.first - timedelta(1), OCTOBER.first, OCTOBER.last, OCTOBER.last + timedelta(1), None]
    assert [OCTOBER.holds(day) for day in days] == [False, True, True, False, False]
