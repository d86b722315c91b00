"""The report of unacceptable specimens, against figures worked out by hand."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from bench_top import SILVA, BenchTop, Person, with_rule

from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.register.ledger import PremiseFailed
from gms_desktop.services import site_rules
from gms_desktop.services.views import ReportView

WHITFIELD, LINDQVIST = "Dr S. Whitfield", "Dr P. Lindqvist"
EXAMPLE = files("resources").joinpath("rules", "error-rate.toml").read_text("utf-8")


def report(bench: BenchTop, start: str = "", end: str = "") -> ReportView:
    return bench.bench.report(start, end).result(15)


def arrivals(
    bench: BenchTop, prefix: str, requestor: str, good: int, rejected: int, location: str = "Breast clinic", **more: str
) -> None:
    """Specimens of one requestor, so many accepted and so many rejected as haemolysed."""
    people = [
        Person(f"{prefix}{n}", f"{prefix}-{n}", f"{prefix}-{n}-1", requestor=requestor, location=location, **more)
        for n in range(good + rejected)
    ]
    bench.expects(*people, name=f"{prefix}.csv")
    for n in range(good + rejected):
        bench.scans(f"{prefix}-{n}-1")
        number = bench.label()
        if n >= good:
            bench.says(Command.REJECT, "haemolysed")
        bench.scans(number)


def test_counts_rates_and_reasons_are_what_a_hand_count_gives(empty_bench: BenchTop) -> None:
    arrivals(empty_bench, "W", WHITFIELD, good=5, rejected=1)
    arrivals(empty_bench, "L", LINDQVIST, good=1, rejected=2, location="Cardiology")
    made = report(empty_bench)
    assert (made.total_received, made.total_unacceptable) == (9, 3)
    rows = {row.requestor: row for row in made.rows}
    whitfield, lindqvist = rows[WHITFIELD], rows[LINDQVIST]
    # 1 of 6 is 16.67 %, above 10 % of at least 5; 2 of 3 is 66.67 %, of too few to say.
    assert (whitfield.received, whitfield.unacceptable, whitfield.rate, whitfield.high) == (6, 1, "16.7 %", True)
    assert (lindqvist.received, lindqvist.unacceptable, lindqvist.rate, lindqvist.high) == (3, 2, "66.7 %", False)
    assert lindqvist.location == "Cardiology"
    assert lindqvist.reasons == (("Haemolysed", 2),)
    assert made.heading == "3 of 9 specimens were not acceptable as they came"


def test_a_hold_and_a_discretion_count_with_every_reason_and_a_comment_alone_does_not(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(*(Person(f"P{n}", f"P-{n}", f"P-{n}-1") for n in range(3)))
    answers = (
        (Command.HOLD, ("insufficient", "wrong-tube"), ""),
        (Command.ACCEPT_AT_DISCRETION, ("insufficient",), ""),
        (Command.ACCEPT_WITH_COMMENT, (), "Half full"),
    )
    for n, (given, reasons, comment) in enumerate(answers):
        bench.scans(f"P-{n}-1")
        number = bench.label()
        bench.says(given, *reasons, comment=comment)
        bench.scans(number)
    (row,) = report(bench).rows
    assert (row.received, row.unacceptable) == (3, 2)
    assert row.reasons == (("Not enough volume", 2), ("Wrong tube type", 1))


def test_a_receipt_that_was_undone_is_in_no_figure(empty_bench: BenchTop) -> None:
    arrivals(empty_bench, "W", WHITFIELD, good=1, rejected=1)
    empty_bench.undoes()
    assert report(empty_bench).total_unacceptable == 0
    empty_bench.undoes()
    assert report(empty_bench).total_received == 1


def test_material_that_is_no_patients_stands_outside_the_rates(empty_bench: BenchTop) -> None:
    arrivals(empty_bench, "W", WHITFIELD, good=1, rejected=0)
    for category, prefix in (("EQA", "E"), ("control", "C"), ("validation", "V"), ("research", "R")):
        arrivals(empty_bench, prefix, "External scheme", good=0, rejected=1, category=category)
    made = report(empty_bench)
    assert (made.total_received, made.total_unacceptable) == (1, 0)
    assert dict(made.outside) == {"EQA": 1, "control": 1, "validation": 1, "research": 1}


def test_a_requestor_who_is_not_known_is_counted_as_not_stated(empty_bench: BenchTop) -> None:
    empty_bench.says(Command.UNANNOUNCED, "unknown", type="EDTA blood")
    empty_bench.scans(empty_bench.label())
    (row,) = report(empty_bench).rows
    assert (row.requestor, row.location, row.unacceptable) == ("not stated", "not stated", 1)
    assert row.reasons == (("No request came with it", 1),)


def test_without_a_rule_of_its_own_the_threshold_is_marked_as_an_example(empty_bench: BenchTop) -> None:
    assert "an EXAMPLE: the laboratory has approved none" in report(empty_bench).threshold


def test_the_laboratorys_approved_threshold_is_used_in_place_of_the_example(empty_bench: BenchTop) -> None:
    arrivals(empty_bench, "W", WHITFIELD, good=5, rejected=1)
    text = with_rule(EXAMPLE, version='"GLH-7"', percent='"20"')
    operator = empty_bench.bench.session.operator
    assert operator is not None
    empty_bench.write(lambda ledger: ledger.append([site_rules.approval(text, "error-rate", operator.id)], operator.id))
    made = report(empty_bench)
    assert tomllib.loads(text)["percent"] == "20"
    assert "above 20 % of at least 5 specimens (version GLH-7, approved)" in made.threshold
    assert [row.high for row in made.rows] == [False]


@pytest.mark.parametrize("change", [{"percent": '"ten"'}, {"at_least": '"many"'}, {"percent": '"-1e9999999"'}])
def test_a_rule_text_that_cannot_be_read_is_refused_in_words(change: dict[str, str]) -> None:
    with pytest.raises(Refused, match="cannot be read as the rule set error-rate"):
        site_rules.approval(with_rule(EXAMPLE, **change), "error-rate", "somebody")


def test_only_an_administrator_approves_a_rule(empty_bench: BenchTop) -> None:
    assert empty_bench.signs_in(SILVA)
    operator = empty_bench.bench.session.operator
    assert operator is not None
    draft = site_rules.approval(EXAMPLE, "error-rate", operator.id)
    with pytest.raises(PremiseFailed):
        empty_bench.write(lambda ledger: ledger.append([draft], operator.id))
    assert "EXAMPLE" in report(empty_bench).threshold


@pytest.mark.parametrize(
    ("at", "on"),
    [
        # On 25 October 2026 the clocks go back at 02:00 BST: the day is 25 hours long, from 23:00 to 24:00 UTC.
        (datetime(2026, 10, 24, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 24, 23, 0, 1, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 26, 0, 0, 1, tzinfo=UTC), False),
    ],
)
def test_the_day_on_which_the_clocks_go_back_has_all_of_its_25_hours(
    closed_bench: BenchTop, at: datetime, on: bool
) -> None:
    closed_bench.clock.at = at
    closed_bench.open()
    closed_bench.clock.at = at
    operator_named = closed_bench.signs_in()
    assert operator_named
    closed_bench.says(Command.UNANNOUNCED, "unknown", type="EDTA blood")
    assert report(closed_bench, "2026-10-25", "2026-10-25").total_received == int(on)


@pytest.mark.parametrize(
    ("start", "end", "problem"),
    [
        ("next week", "2026-11-30", "Enter the first day"),
        ("2026-11-01", "soon", "Enter the last day"),
        ("2026-11-30", "2026-11-01", "The first day is after the last"),
    ],
)
def test_a_period_that_is_none_says_what_to_enter(empty_bench: BenchTop, start: str, end: str, problem: str) -> None:
    made = report(empty_bench, start, end)
    assert made.problems[0].startswith(problem)
    assert made.rows == ()


def test_any_period_may_be_asked_for_and_an_empty_one_is_no_fault(empty_bench: BenchTop) -> None:
    made = report(empty_bench, "01-Jan-2020", "31-Dec-2020")
    assert (made.problems, made.rows, made.total_received) == ((), (), 0)
