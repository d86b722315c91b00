"""How long is left from collection: on Receive, as a list of Today, and as a reason that is offered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.site_rules import approval
from gms_desktop.services.views import Mark, WorkList

CML = "M84.2"


@pytest.fixture
def monday(empty_bench: BenchTop) -> BenchTop:
    """Monday, 23 November 2026, nine o'clock."""
    empty_bench.clock.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return empty_bench


def blood(name: str, collected: str, test: str = CML) -> Person:
    return Person(name, f"O-{name}", f"O-{name}-1", test=test, collected=collected)


def arrives(bench: BenchTop, *people: Person) -> None:
    bench.expects(*people, name=f"{people[0].surname}.csv")
    for person in people:
        bench.receives(person.tube)


def work(bench: BenchTop) -> WorkList:
    return next(one for one in bench.bench.today().result(15).lists if one.title == "Time left from collection")


def test_the_limit_and_the_time_left_stand_beside_the_tube_and_its_end_beside_the_name(monday: BenchTop) -> None:
    monday.expects(blood("Cole", "22/11/2026 10:00"))
    monday.scans("O-Cole-1")
    monday.label()
    view = monday.view
    line = next(line for line in view.checks if line.label == "Time left: stabilise RNA")
    assert line.value == "2 d 0 h left, until 25-Nov-2026 10:00 (72 h from collection, EXAMPLE)"
    assert view.banner is not None
    assert view.banner.due == "25-Nov-2026 10:00"


def test_a_collection_that_is_not_stated_reads_unknown_and_never_in_time(monday: BenchTop) -> None:
    monday.expects(blood("Unsaid", ""))
    monday.scans("O-Unsaid-1")
    monday.label()
    line = next(line for line in monday.view.checks if line.label == "Time left: stabilise RNA")
    assert (line.mark, line.value) == (
        Mark.ATTENTION,
        "unknown: collection not stated (72 h from collection, EXAMPLE)",
    )
    assert monday.view.banner is not None
    assert monday.view.banner.due == "unknown"


def test_a_test_without_a_limit_shows_none(monday: BenchTop) -> None:
    arrives(monday, blood("Plain", "22/11/2026 10:00", test="R208.1"))
    assert work(monday).items == ()
    assert "Limits are the laboratory's own" in work(monday).empty


def test_today_lists_what_is_past_then_the_unknown_then_the_oldest_deadline(monday: BenchTop) -> None:
    arrives(
        monday,
        blood("Later", "22/11/2026 10:00"),
        blood("Soon", "21/11/2026 10:00"),
        blood("Unsaid", ""),
        blood("Past", "19/11/2026 10:00"),
    )
    shown = work(monday)
    names = [item.title.split()[1].strip(",") for item in shown.items]
    assert list(dict.fromkeys(names)) == ["PAST", "UNSAID", "SOON", "LATER"]
    assert [item.kind for item in shown.items[::2]] == [
        VerdictKind.ATTENTION,
        VerdictKind.ATTENTION,
        VerdictKind.MATCHES,
        VerdictKind.MATCHES,
    ]


def test_a_step_that_is_done_stands_on_the_list_no_more(monday: BenchTop) -> None:
    arrives(monday, blood("Cole", "22/11/2026 10:00"))
    assert work(monday).total == 2
    specimen = monday.rows("SELECT id FROM specimen")[0]["id"]
    assert "Choose the step" in monday.asks_for(Command.STEP_DONE, specimen).sentence
    monday.says(Command.STEP_DONE, "stabilise RNA", argument=specimen)
    assert [item.detail.partition(":")[0] for item in work(monday).items] == ["extract"]
    monday.says(Command.STEP_DONE, "extract", argument=specimen)
    assert work(monday).total == 0
    assert monday.asks_for(Command.STEP_DONE, specimen).title == "No limit runs"


def test_past_its_limit_a_tube_is_not_rejected_the_reason_is_offered_first(monday: BenchTop) -> None:
    monday.expects(blood("Late", "19/11/2026 10:00"))
    assert monday.scans("O-Late-1").title == "Matches"
    monday.label()
    monday.asks_for(Command.REJECT)
    question = monday.view.question
    assert question is not None
    assert question.choices[0].code == "too-old"
    assert "past since 22-Nov-2026 10:00" in question.choices[0].label
    monday.asks_for(Command.CANCEL)
    assert monday.scans(monday.in_hand.accession).title == "Accepted"


def test_in_time_the_reasons_stand_in_the_laboratorys_own_order(monday: BenchTop) -> None:
    monday.expects(blood("Cole", "22/11/2026 10:00"))
    monday.scans("O-Cole-1")
    monday.label()
    monday.asks_for(Command.REJECT)
    assert monday.view.question is not None
    assert monday.view.question.choices[0].code != "too-old"


def test_of_a_rejected_specimen_nothing_is_awaited(monday: BenchTop) -> None:
    monday.expects(blood("Late", "19/11/2026 10:00"))
    monday.scans("O-Late-1")
    number = monday.label()
    monday.says(Command.REJECT, "too-old")
    monday.scans(number)
    assert work(monday).total == 0


def test_a_laboratorys_own_limits_replace_the_examples_and_are_not_marked_as_such(monday: BenchTop) -> None:
    text = 'name = "time-limits"\nversion = "1"\neffective = "2026-11-23"\nreason = "too-old"\n'
    text += '[[limit]]\nstep = "extract"\ntypes = ["edta-blood"]\nhours = "48"\nsource = "SOP-12"\n'
    administrator = monday.rows("SELECT operator FROM operator_role WHERE role = 'administrator'")[0]["operator"]
    monday.write(lambda ledger: ledger.append([approval(text, "time-limits", administrator)], administrator))
    arrives(monday, blood("Cole", "22/11/2026 10:00", test="R208.1"))
    [item] = work(monday).items
    assert item.detail == "extract: 24 h 59 min left, until 24-Nov-2026 10:00 (48 h from collection)"


def test_the_type_as_found_has_its_own_limits(monday: BenchTop) -> None:
    monday.expects(blood("Cole", "22/11/2026 10:00"))
    monday.scans("O-Cole-1")
    monday.label()
    monday.says(Command.EXAMINE, argument=monday.in_hand.key, type="Saliva")
    assert not [line for line in monday.view.checks if line.label.startswith("Time left")]
