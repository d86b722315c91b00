"""S02, S03 and S06 computed exactly, each on one of the two clocks of receipt (lines 2033-2180, 1705-1707).

Day 0 is the day of sampling (S02) or of receipt (S03, S06). A time that is not stated is never in time: the sample
stays in the denominator and is listed. Percentages are fractions; only what is shown is cut to a decimal place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from gms_desktop.domain.calendars import Calendar
from gms_desktop.domain.nipt.codes import Acceptance, Outcome, Pathway
from gms_desktop.domain.nipt.metric_rules import INELIGIBLE, MISSING, REPEAT_ASKED, MetricRule
from gms_desktop.domain.nipt.periods import Period


class Clock(StrEnum):
    """Which receipt is meant."""

    PHYSICAL = "physically received"
    BOOKED = "booked in"


class Why(StrEnum):
    """Why a sample is listed."""

    LATE = "later than the limit"
    NOT_SAMPLED = "date of the draw not stated"
    BEFORE_DRAW = "received before it was drawn"
    WAITING = "not reported yet, limit not passed"
    OVERDUE = "not reported, limit passed"
    NO_RESULT_DUE = "not tested"
    NOT_ELIGIBLE = "ineligible"
    REJECTED = "not fit for analysis, repeat requested"
    INFORMATION = "information for the result was missing"
    BEFORE_RECEIPT = "reported before it was received"


@dataclass(frozen=True, slots=True)
class NiptSample:
    """One NIPT sample that came.

    Attributes:
        id: our number.
        pathway: the measures count the screening pathway only; None where no form came.
        sampled: the day of the draw.
        physical: the day on which it was physically received; None where only the booking is known.
        booked: the day on which it was booked in.
        acceptance: as judged; None before that.
        repeat_asked: whether repeat bloods were requested.
        missing: whether information for calculating the result was missing when it came.
        outcome: of testing; None before that.
        reported: the day of the report.
    """

    id: str
    booked: date
    physical: date | None = None
    pathway: Pathway | None = Pathway.FASP
    sampled: date | None = None
    acceptance: Acceptance | None = None
    repeat_asked: bool = False
    missing: bool = False
    outcome: Outcome | None = None
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class QfPcrSample:
    """One prenatal diagnostic sample that came with an NIPT result as the indication for QF-PCR."""

    id: str
    booked: date
    physical: date | None = None
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A sample with the reason why it is listed."""

    id: str
    why: Why


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of one period on one clock.

    Attributes:
        rule: its thresholds and what it counts.
        period: the period.
        clock: which receipt decides on the period and begins the count.
        numerator: samples in time.
        denominator: samples that count.
        not_in_time: samples of the denominator that do not stand in the numerator, each with its reason.
        left_out: samples that came in the period and do not count, each with its reason.
    """

    rule: MetricRule
    period: Period
    clock: Clock
    numerator: int
    denominator: int
    not_in_time: tuple[Listed, ...] = ()
    left_out: tuple[Listed, ...] = ()

    @property
    def percent(self) -> Fraction | None:
        """The percentage, exactly; None without a denominator."""
        return Fraction(100 * self.numerator, self.denominator) if self.denominator else None

    @property
    def shown(self) -> str:
        """The percentage to one decimal place, cut off: it never shows a threshold that was not reached."""
        if self.percent is None:
            return ""
        tenths = int(self.percent * 10)
        return f"{tenths // 10}.{tenths % 10}"

    @property
    def level(self) -> str:
        """``achievable``, ``acceptable``, ``below acceptable``, or nothing without a denominator."""
        if self.percent is None:
            return ""
        if self.percent >= self.rule.achievable:
            return "achievable"
        return "acceptable" if self.percent >= self.rule.acceptable else "below acceptable"

    @property
    def final(self) -> bool:
        """Whether the figure can change no more by a report that is still in time."""
        return all(one.why is not Why.WAITING for one in self.not_in_time)


def received(sample: NiptSample | QfPcrSample, clock: Clock) -> date:
    """The day of receipt by a clock; where nobody stated the physical receipt, the booking is all that is known."""
    return sample.physical if clock is Clock.PHYSICAL and sample.physical is not None else sample.booked


def s02(samples: Iterable[NiptSample], rule: MetricRule, period: Period, clock: Clock, calendar: Calendar) -> Measure:
    """The share of samples that were received within so many working days of the draw.

    Raises:
        CalendarNotLoaded: when a day of the period, or of a sample's way, is beyond the calendar.
    """
    calendar.check(period.first)
    calendar.check(period.last)
    came = _came(samples, period, clock)
    late = [(one, _journey(one, rule, clock, calendar)) for one in came if one.pathway is not Pathway.R445]
    return _measure(rule, period, clock, late)


def s03(samples: Iterable[NiptSample], rule: MetricRule, period: Period, clock: Clock, today: date) -> Measure:
    """The share of screening results that were reported within so many calendar days of receipt."""
    came = [one for one in _came(samples, period, clock) if one.pathway is not Pathway.R445]
    left_out = [(one, why) for one in came if (why := _left_out(one, rule)) is not None]
    gone = {one.id for one, _ in left_out}
    counted = [(one, _turnaround(one, rule, clock, today)) for one in came if one.id not in gone]
    return _measure(rule, period, clock, counted, left_out)


def s06(samples: Iterable[QfPcrSample], rule: MetricRule, period: Period, clock: Clock, today: date) -> Measure:
    """The share of QF-PCR results, asked for because of NIPT, reported within so many calendar days of receipt."""
    came = [one for one in samples if period.holds(received(one, clock))]
    counted = [(one, _reported(one.reported, received(one, clock), rule.within, today)) for one in came]
    return _measure(rule, period, clock, counted)


def on_both_clocks(compute: Callable[[Clock], Measure]) -> tuple[Measure, ...]:
    """The measure on the physical receipt, and on the booking too where it is another."""
    physical, booked = compute(Clock.PHYSICAL), compute(Clock.BOOKED)
    facts = [(one.numerator, one.denominator, one.not_in_time, one.left_out) for one in (physical, booked)]
    return (physical,) if facts[0] == facts[1] else (physical, booked)


def _came(samples: Iterable[NiptSample], period: Period, clock: Clock) -> list[NiptSample]:
    return [one for one in samples if period.holds(received(one, clock))]


def _measure(
    rule: MetricRule,
    period: Period,
    clock: Clock,
    counted: Sequence[tuple[NiptSample | QfPcrSample, Why | None]],
    left_out: Sequence[tuple[NiptSample | QfPcrSample, Why]] = (),
) -> Measure:
    late = tuple(Listed(one.id, why) for one, why in counted if why is not None)
    gone = tuple(Listed(one.id, why) for one, why in left_out)
    return Measure(rule, period, clock, len(counted) - len(late), len(counted), late, gone)


def _journey(sample: NiptSample, rule: MetricRule, clock: Clock, calendar: Calendar) -> Why | None:
    day = received(sample, clock)
    if sample.sampled is None:
        return Why.NOT_SAMPLED
    if day < sample.sampled:
        return Why.BEFORE_DRAW
    return None if calendar.working_days_after(sample.sampled, day) <= rule.within else Why.LATE


def _left_out(sample: NiptSample, rule: MetricRule) -> Why | None:
    rejected = sample.acceptance is Acceptance.REJECTED and sample.repeat_asked
    reasons = (
        (rejected, REPEAT_ASKED, Why.REJECTED),
        (sample.missing, MISSING, Why.INFORMATION),
        (sample.acceptance is Acceptance.INELIGIBLE, INELIGIBLE, Why.NOT_ELIGIBLE),
    )
    return next((why for holds, name, why in reasons if holds and name in rule.leaves_out), None)


def _turnaround(sample: NiptSample, rule: MetricRule, clock: Clock, today: date) -> Why | None:
    """A result is one that was reported as a result or as "no result"; a rejection that is reported is none."""
    if sample.acceptance in {Acceptance.INELIGIBLE, Acceptance.REJECTED} or sample.outcome is Outcome.NOT_TESTED:
        return Why.NOT_ELIGIBLE if sample.acceptance is Acceptance.INELIGIBLE else Why.NO_RESULT_DUE
    reported = sample.reported if sample.outcome in {Outcome.RESULT, Outcome.NO_RESULT} else None
    return _reported(reported, received(sample, clock), rule.within, today)


def _reported(reported: date | None, day: date, within: int, today: date) -> Why | None:
    limit = day + timedelta(days=within)
    if reported is None:
        return Why.WAITING if today <= limit else Why.OVERDUE
    if reported < day:
        return Why.BEFORE_RECEIPT
    return None if reported <= limit else Why.LATE
