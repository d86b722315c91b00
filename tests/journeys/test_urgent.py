"""Urgent work: the site's list, raised later, told to somebody, and taken up by the next step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bench_top import WAIT_S, BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import site_rules
from gms_desktop.services.views import WorkList

BABY = Person("OYELARAN", "T-1", "T-1-1", forename="Baby", nhs="9990000018", born="19/11/2026", test="R14.1")
CVS = Person("MOSS", "M-1", "M-1-1", forename="Mia", nhs="9990000026", type="Chorionic villus sample")
RUTH = Person("BELL", "B-1", "B-1-1", forename="Ruth", nhs="9990000034")


def today(bench: BenchTop, place: int) -> WorkList:
    return bench.bench.today().result(WAIT_S).lists[place]


def specimen(bench: BenchTop) -> str:
    return str(bench.rows("SELECT id FROM specimen")[0]["id"])


def test_a_test_on_the_sites_list_is_urgent_whatever_its_form_says(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(BABY, RUTH)
    waits = next(one for one in bench.bench.today().result(WAIT_S).lists if one.title == "Urgent, not here yet")
    assert [item.title for item in waits.items] == ["R14.1  OYELARAN, Baby"]
    bench.scans("T-1-1")
    assert bench.view.banner is not None
    assert bench.view.banner.urgent == "URGENT  R14 acutely unwell child"
    bench.label()
    assert b"URGENT" in bench.printer.labels[0]


def test_a_prenatal_specimen_is_urgent_by_its_type(empty_bench: BenchTop) -> None:
    empty_bench.expects(CVS)
    empty_bench.scans("M-1-1")
    assert empty_bench.rows("SELECT priority FROM specimen") == [{"priority": "urgent"}]


def test_due_names_the_step_and_its_clock(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(BABY)
    bench.scans("T-1")
    banner = bench.view.banner
    assert banner is not None
    assert (banner.due_label, banner.due) == ("Preliminary result due, 14 days from receipt", "not here yet")
    bench.scans("T-1-1")
    banner = bench.view.banner
    assert banner is not None
    assert banner.due == "07-Dec-2026"


def test_once_its_label_is_on_it_is_asked_who_was_told_and_today_is_headed_by_it_until_the_next_step_has_it(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    bench.expects(BABY)
    bench.scans("T-1-1")
    number = bench.label()
    assert bench.scans(number).title == "Accepted"
    assert bench.heading == f"Urgent {number}: who was told?"
    argument = bench.view.question.subject if bench.view.question else ""
    assert bench.says(Command.URGENT, "phone", argument=argument).title == "Urgent"
    assert bench.says(Command.URGENT, "phone", argument=argument, whom="Priya at extraction").title == "Told"
    head = today(bench, 0)
    assert head.title == "Urgent: tell somebody, or take it up"
    assert head.items[0].detail == (
        "told: Priya at extraction; waits for the next step; Preliminary result due, 14 days from receipt: 07-Dec-2026"
    )
    assert bench.says(Command.URGENT, "step:extraction", argument=specimen(bench)).title == "Taken up"
    assert today(bench, 0).items == ()
    assert bench.says(Command.URGENT, "step:culture", argument=specimen(bench)).title == "Nothing urgent"


def test_when_nobody_was_told_yet_it_heads_today_and_the_work_goes_on(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(BABY, RUTH)
    bench.receives("T-1-1")
    bench.says(Command.URGENT, "nobody-yet", argument=f"@{specimen(bench)}")
    assert bench.receives("B-1-1")
    assert today(bench, 0).items[0].detail.startswith("nobody is told yet")


def test_of_a_family_it_is_asked_once_when_the_last_tube_is_here_and_any_scan_goes_on_past_it(bench: BenchTop) -> None:
    for code in ("Q26-118834-1", "Q26-118835-1"):
        bench.receives(code)
        assert bench.view.question is None
    bench.receives("Q26-118836-1")
    question = bench.view.question
    assert question is not None
    bench.says(Command.URGENT, "in-person", argument=question.subject, whom="Priya")
    assert bench.rows("SELECT state FROM urgent") == [{"state": "told"}] * 3
    assert bench.receives("Q26-118901-1")


def test_a_crash_before_the_answer_forgets_nothing_urgent(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(BABY)
    bench.receives("T-1-1")
    bench.restart()
    assert bench.signs_in()
    assert today(bench, 0).total == 1


def test_a_request_is_raised_with_who_asked_and_its_specimens_with_it(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(RUTH)
    bench.receives("B-1-1")
    assert today(bench, 0).total == 0
    argument = f"@{bench.rows('SELECT id FROM request')[0]['id']}"
    assert bench.says(Command.RAISE_PRIORITY, "phone", argument=argument).title == "Raise priority"
    said = bench.says(Command.RAISE_PRIORITY, "phone", argument=argument, whom="Dr Whitfield", comment="Theatre Monday")
    assert said.title == "Goes first"
    assert bench.rows("SELECT priority FROM specimen UNION SELECT priority FROM request") == [{"priority": "urgent"}]
    assert today(bench, 0).total == 1
    assert b"Whitfield" not in b"".join(bench.entries())
    again = bench.says(Command.RAISE_PRIORITY, "phone", argument=argument, whom="Dr Whitfield")
    assert again.title == "Urgent already"
    assert bench.undoes().title == "Undone"
    assert bench.rows("SELECT priority FROM specimen UNION SELECT priority FROM request") == [{"priority": "routine"}]


def test_urgent_specimens_lead_the_lists_of_today(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(RUTH, BABY)
    for code in ("B-1-1", "T-1-1"):
        bench.scans(code)
        bench.label()
        bench.says(Command.HOLD, "missing-paperwork", chase_by="")
        bench.scans(bench.in_hand.accession)
        if bench.view.question:
            bench.asks_for(Command.CANCEL)
    held = next(one for one in bench.bench.today().result(WAIT_S).lists if one.title == "On hold")
    assert [item.title.split()[-2] for item in held.items] == ["OYELARAN,", "BELL,"]
    assert held.items[0].title.startswith("URGENT")


def amends(bench: BenchTop, **said: str) -> str:
    request = bench.rows("SELECT id FROM request")[0]["id"]
    asked = {"asked_by": "Dr Whitfield", "reason": "Worse since yesterday", **said}
    verdict = bench.says(Command.AMEND_REQUEST, "telephone", argument=request, **asked)
    return f"{verdict.title}. {verdict.sentence}"


@pytest.mark.parametrize("said", [{"priority": "urgent"}, {"test": "R14.1"}])
def test_a_request_amended_to_urgent_or_to_a_test_of_the_list_brings_its_specimens_with_it(
    empty_bench: BenchTop, said: dict[str, str]
) -> None:
    bench = empty_bench
    bench.expects(RUTH)
    bench.receives("B-1-1")
    assert "It goes first from now on" in amends(bench, **said)
    assert bench.rows("SELECT priority FROM specimen UNION SELECT priority FROM request") == [{"priority": "urgent"}]
    assert today(bench, 0).items[0].detail.startswith("nobody is told yet")
    assert bench.undoes().title == "Undone"
    assert bench.rows("SELECT priority FROM specimen") == [{"priority": "routine"}]
    assert today(bench, 0).total == 0


def test_of_urgent_specimens_nobody_was_told_of_that_stands_first_whose_step_is_due_first(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    bench.expects(BABY, CVS)
    for code in ("T-1-1", "M-1-1"):
        bench.receives(code)
    head = today(bench, 0)
    assert [item.detail.split("; ")[1].partition(",")[0] for item in head.items] == [
        "QF-PCR report due",
        "Preliminary result due",
    ]


@pytest.mark.parametrize("collected", ["21/11/2026", "21/11/2026 23:40"])
def test_a_clock_from_collection_begins_on_the_day_of_collection_with_an_hour_or_without(
    empty_bench: BenchTop, collected: str
) -> None:
    bench = empty_bench

    def approve(ledger: Ledger) -> None:
        who = ledger.db.all(text_statement("SELECT id FROM operator_role WHERE role = 'administrator'"))[0]["id"]
        text = site_rules.rule_text(ledger.db, "priorities").text.replace('from = "received"', 'from = "collected"')
        ledger.append([site_rules.approval(text, "priorities", who.partition("/")[0])], who.partition("/")[0])

    bench.write(approve)
    bench.expects(replace(BABY, collected=collected))
    bench.scans("T-1")
    assert bench.view.banner is not None
    assert bench.view.banner.due == "05-Dec-2026"
