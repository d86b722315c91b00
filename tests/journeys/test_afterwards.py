"""What becomes of requests: cancelled, wanted again, amended, shared, a test added on; surplus and concessions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import site_rules
from gms_desktop.services.views import FindView
from ui.taking_in import take_in

RARE = Path(__file__).parents[1] / "data" / "test-directory" / "rare-and-inherited-disease-v5.1.xlsx"

ANNA = Person("BRANDT", "Q26-1", "TUBE-1", forename="Anna")
ASKED = {"asked_by": "Dr Sidhu", "reason": "ordered twice"}


@pytest.fixture
def top(empty_bench: BenchTop) -> BenchTop:
    """A bench that expects one request of one tube."""
    empty_bench.expects(ANNA)
    return empty_bench


def request_of(top: BenchTop, code: str = "Q26-1") -> str:
    return str(top.rows("SELECT request FROM request_code WHERE code = :code", code=code)[0]["request"])


def specimen_of(top: BenchTop, number: str) -> str:
    return str(top.rows("SELECT id FROM specimen WHERE accession = :number", number=number)[0]["id"])


def says(top: BenchTop, given: Command, request: str, *choices: str, **fields: str) -> str:
    said = top.says(given, "telephone", *choices, argument=request, **(ASKED | fields))
    return f"{said.title}: {said.sentence}"


def cancels(top: BenchTop, code: str = "Q26-1") -> str:
    return says(top, Command.CANCEL_REQUEST, request_of(top, code))


def found(top: BenchTop, query: str, chosen: str = "") -> FindView:
    return top.bench.find(query, chosen).result(15)


def facts(top: BenchTop, query: str, chosen: str = "") -> dict[str, str]:
    return dict(found(top, query, chosen).facts)


def offered(top: BenchTop, query: str) -> list[Command]:
    return [offer.command for offer in found(top, query).offers]


def expected(top: BenchTop) -> str:
    return dict(top.bench.today().result(15).counts)["Expected"]


CANCELLED_HERE, NO_MATERIAL = "Of cancelled requests, still here", "Added on, no material kept"


def waiting(top: BenchTop, title: str = CANCELLED_HERE) -> list[str]:
    return [item.title for work in top.bench.today().result(15).lists if work.title == title for item in work.items]


def state(top: BenchTop, code: str = "Q26-1") -> str:
    return str(top.rows("SELECT state FROM request WHERE id = :id", id=request_of(top, code))[0]["state"])


# Cancelled


def test_who_cancels_is_shown_first_what_is_done_and_where_the_material_is(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    said = top.asks_for(Command.CANCEL_REQUEST, argument=request_of(top))
    assert f"{number} EDTA blood, accepted, label verified, last at " in said.sentence
    assert state(top) == "arriving"


@pytest.mark.parametrize(
    ("choices", "fields", "said"),
    [
        ((), {}, "Choose how it was asked."),
        (("telephone",), {"asked_by": " "}, "Enter who asked for it."),
        (("telephone",), {"reason": ""}, "Enter why."),
    ],
)
def test_what_is_missing_of_a_cancellation_is_told(
    top: BenchTop, choices: tuple[str, ...], fields: dict[str, str], said: str
) -> None:
    verdict = top.says(Command.CANCEL_REQUEST, *choices, argument=request_of(top), **(ASKED | fields))
    assert said in verdict.sentence
    assert state(top) == "expected"


def test_a_cancelled_request_is_expected_no_more_and_keeps_who_asked_how_and_why(top: BenchTop) -> None:
    assert expected(top) == "1"
    assert cancels(top) == "Request cancelled: Q26-1 R208.1 is cancelled. Nothing of it has arrived."
    assert expected(top) == "0"
    assert "asked by Dr Sidhu by telephone: ordered twice" in facts(top, "Q26-1")["Cancelled"]
    assert "Cancel Q26-1 R208.1, asked by Dr Sidhu by telephone" in found(top, "Q26-1").timeline[0].words
    assert not any(b"Sidhu" in content or b"ordered twice" in content for content in top.entries())


def test_an_urgent_request_that_is_cancelled_leaves_the_urgent_list(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("BRANDT", "Q26-1", "TUBE-1", priority="Urgent"))
    cancels(empty_bench)
    lists = {work.title: work.total for work in empty_bench.bench.today().result(15).lists}
    assert lists["Urgent, not here yet"] == 0


def test_a_tube_of_a_cancelled_request_is_received_and_says_so_and_is_stored_as_surplus(top: BenchTop) -> None:
    cancels(top)
    said = top.scans("TUBE-1")
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Request cancelled")
    assert "asked by Dr Sidhu by telephone: ordered twice" in said.sentence
    assert "Hold it, or store it as surplus." in said.sentence
    number = top.label()
    assert top.heading == "Tube 1: its request is cancelled. Hold it, or store it as surplus"
    refused = top.scans(number)
    assert (refused.kind, refused.title) == (VerdictKind.REFUSED, "Decide first")
    assert Command.SURPLUS in top.offered()
    assert top.says(Command.SURPLUS, "request-cancelled").title == "Surplus"
    assert top.scans(number).title == "Label verified"
    assert top.rows("SELECT outcome FROM specimen")[0]["outcome"] == "surplus"
    assert state(top) == "cancelled, here"
    assert waiting(top) == []


def test_a_tube_of_a_cancelled_request_may_be_held_as_well(top: BenchTop) -> None:
    cancels(top)
    top.scans("TUBE-1")
    number = top.label()
    top.says(Command.HOLD, "request-cancelled")
    assert top.scans(number).title == "Label verified"


def test_a_cancelled_request_that_is_opened_says_so_and_what_to_do_with_a_tube_that_came(top: BenchTop) -> None:
    cancels(top)
    said = top.scans("Q26-1")
    assert said.title == "Request cancelled"
    assert "No tube of it is expected. If one came, scan it, or choose “No code”" in said.sentence
    assert top.states() == {1: "request cancelled"}
    assert top.heading == "Request cancelled: scan its tube if it came, or scan the next request"


@pytest.mark.parametrize(("given", "reason"), [(Command.SURPLUS, "request-cancelled"), (Command.HOLD, "leaking")])
def test_a_tube_without_a_code_of_a_cancelled_request_is_taken_by_eye_and_stored_or_held(
    empty_bench: BenchTop, given: Command, reason: str
) -> None:
    empty_bench.expects(Person("BRANDT", "Q26-1"))
    cancels(empty_bench)
    empty_bench.scans("Q26-1")
    assert Command.NO_CODE in empty_bench.offered()
    said = empty_bench.asks_for(Command.NO_CODE)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Request cancelled")
    assert "Hold it, or store it as surplus." in said.sentence
    number = empty_bench.label()
    assert empty_bench.scans(number).title == "Decide first"
    assert {Command.SURPLUS, Command.HOLD, Command.REJECT} <= set(empty_bench.offered())
    empty_bench.says(given, reason)
    assert empty_bench.scans(number).title == "Label verified"
    assert (state(empty_bench), waiting(empty_bench)) == ("cancelled, here", [])


def test_of_a_family_a_tube_without_a_code_may_be_the_cancelled_members(bench: BenchTop) -> None:
    cancels(bench, "Q26-118835")
    bench.receives("Q26-118834-1")
    bench.asks_for(Command.NO_CODE)
    question = bench.view.question
    assert question is not None
    cancelled = [choice for choice in question.choices if choice.label.endswith("(request cancelled)")]
    assert (len(question.choices), len(cancelled)) == (2, 1)
    assert bench.says(Command.NO_CODE, cancelled[0].code).title == "Request cancelled"


def test_a_request_cancelled_while_its_tube_is_in_hand_is_told_at_once_and_nothing_is_lost(top: BenchTop) -> None:
    top.scans("TUBE-1")
    number = top.label()
    cancels(top)
    view = top.view
    assert view.verdict is not None
    assert (view.verdict.kind, view.verdict.title) == (VerdictKind.ATTENTION, "Request cancelled")
    assert number in view.verdict.sentence
    assert view.heading.startswith("Tube 1: its request is cancelled")
    assert top.scans(number).title == "Decide first"
    assert waiting(top) == [f"{number}  BRANDT, Anna"]


def test_accepted_material_of_a_cancelled_request_waits_on_today_until_it_is_stored(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    assert Command.SURPLUS not in offered(top, number)
    assert f"Request cancelled: Q26-1 R208.1 is cancelled. It is here: {number} EDTA blood, accepted" in cancels(top)
    assert waiting(top) == [f"{number}  BRANDT, Anna"]
    said = top.scans(number)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Request cancelled")
    top.asks_for(Command.FINISH)
    assert {Command.SURPLUS, Command.HOLD} <= set(offered(top, number))
    assert top.says(Command.SURPLUS, "request-cancelled", argument=specimen_of(top, number)).title == "Surplus"
    assert waiting(top) == []


def test_a_cancellation_is_taken_back_and_the_request_is_what_it_was(top: BenchTop) -> None:
    cancels(top)
    assert cancels(top).startswith("Request cancelled: Q26-1 R208.1 is cancelled. Take")
    assert Command.CANCEL_REQUEST not in offered(top, "Q26-1")
    said = says(top, Command.REVIVE_REQUEST, request_of(top), asked_by="Ward 4")
    assert said.startswith("Wanted again: Q26-1 R208.1 is wanted again.")
    assert (state(top), expected(top)) == ("expected", "1")
    assert "Cancelled" not in facts(top, "Q26-1")
    top.receives("TUBE-1")
    cancels(top)
    says(top, Command.REVIVE_REQUEST, request_of(top))
    assert state(top) == "arriving"
    assert says(top, Command.REVIVE_REQUEST, request_of(top)).startswith("Not cancelled")


def test_of_a_family_the_cancelled_members_tube_is_not_awaited(bench: BenchTop) -> None:
    cancels(bench, "Q26-118835")
    bench.receives("Q26-118834-1")
    assert bench.heading == "Scan the father's tube: OYELARAN, Ade"
    assert bench.scans("Q26-118835-1").title == "Request cancelled"


# Amended


def test_an_amendment_keeps_the_former_and_says_what_was_done_under_it(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    said = says(top, Command.AMEND_REQUEST, request_of(top), test="R210.1", details="sister affected too")
    assert said.startswith("Amended: Q26-1 R208.1: test and clinical details amended")
    assert f"Done under the former: {number} EDTA blood, accepted, label verified" in said
    known = facts(top, number)
    assert known["Test amended"].startswith("R210.1 (was R208.1), 23-Nov-2026 ")
    assert f"asked by Dr Sidhu by telephone: ordered twice. Done under the former: {number}" in known["Test amended"]
    assert known["Clinical details"] == "sister affected too"
    assert known["Requests"] == "Q26-1  R210.1"
    assert not any(b"sister" in content for content in top.entries())


def test_an_amendment_before_anything_came_was_made_in_time_and_stands_on_receive(top: BenchTop) -> None:
    says(top, Command.AMEND_REQUEST, request_of(top), requestor="Dr Lind", priority="urgent")
    assert "Nothing was done under the former." in facts(top, "Q26-1")["Requestor amended"]
    top.scans("TUBE-1")
    top.label()
    assert top.view.tubes_title.endswith(", amended")
    shown = {line.label: line.value for line in top.view.checks}
    assert shown["Requestor, amended"] == "Dr Lind (was Dr S. Whitfield)"
    assert shown["Priority, amended"] == "urgent (was routine)"
    assert top.view.banner is not None
    assert top.view.banner.urgent.startswith("URGENT")


def has_a_directory(top: BenchTop) -> None:
    assert take_in(top.bench, RARE).title == "Test Directory in force"


def test_an_amended_test_is_checked_against_the_directory_in_force_as_a_new_one_is(top: BenchTop) -> None:
    # The request came before there was a directory, and was not checked.
    has_a_directory(top)
    said = says(top, Command.AMEND_REQUEST, request_of(top), test=" r208.99 ")
    assert said.startswith("Amended: Q26-1 R208.1: test amended")
    assert "R208.99 is not in the directory of June 2023." in said
    assert found(top, "Q26-1").hits[0].title == "Q26-1  R208.99"
    banner = found(top, "Q26-1").banner
    assert banner is not None
    assert banner.test_odd.startswith("R208.99 is not in the directory of June 2023.")
    assert says(top, Command.AMEND_REQUEST, request_of(top), test="R14.1").startswith("Amended: Q26-1 R208.99")
    banner = found(top, "Q26-1").banner
    assert banner is not None
    assert (banner.test_odd, banner.test.startswith("R14.1 Acutely unwell")) == ("", True)


def test_where_the_laboratory_takes_no_unknown_test_an_amendment_and_an_add_on_take_none_either(top: BenchTop) -> None:
    has_a_directory(top)
    top.receives("TUBE-1")

    def approve(ledger: Ledger) -> None:
        held = ledger.db.all(text_statement("SELECT id FROM operator_role WHERE role = 'administrator'"))
        who = held[0]["id"].partition("/")[0]
        text = site_rules.rule_text(ledger.db, "identifiers").text
        strict = re.sub(r'(test-not-in-directory.*?severity = )"warn"', r'\1"block"', text, flags=re.DOTALL)
        assert strict != text
        ledger.append([site_rules.approval(strict, "identifiers", who)], who)

    top.write(approve)
    told = "There is a problem: R208.99 is not in the directory of June 2023."
    assert says(top, Command.AMEND_REQUEST, request_of(top), test="R208.99").startswith(told)
    assert adds(top, test="R208.99").startswith(told)
    assert (top.count("request.amended"), top.count("request.added_on")) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Change at least one field"),
        ({"test": ""}, "Enter the test."),
        ({"priority": "soon"}, "Enter the priority as routine or urgent."),
    ],
)
def test_what_is_missing_of_an_amendment_is_told(top: BenchTop, fields: dict[str, str], said: str) -> None:
    assert said in says(top, Command.AMEND_REQUEST, request_of(top), **fields)
    assert top.count("request.amended") == 0


def test_the_second_amendment_shows_what_the_first_had_made_of_it(top: BenchTop) -> None:
    for details in ("first", "second"):
        says(top, Command.AMEND_REQUEST, request_of(top), details=details)
    said = [value for name, value in found(top, "Q26-1").facts if name == "Clinical details amended"]
    assert [one.partition(",")[0] for one in said] == ["first (was not stated)", "second (was first)"]


# Shared


def test_a_request_is_shared_with_another_laboratory_and_says_who_asked_and_how(top: BenchTop) -> None:
    assert says(top, Command.SHARE_REQUEST, request_of(top)).startswith(
        "There is a problem: Enter the other laboratory"
    )
    said = says(top, Command.SHARE_REQUEST, request_of(top), to="West GLH", ods="rth")
    assert said == "Shared: Q26-1 R208.1 is shared with West GLH."
    assert facts(top, "Q26-1")["Shared with"].startswith("West GLH RTH, 23-Nov-2026")


# Added on


def adds(top: BenchTop, *choices: str, **fields: str) -> str:
    return says(top, Command.ADD_ON, request_of(top), *choices, **({"test": "R207.1", "priority": "routine"} | fields))


def test_material_that_is_kept_is_no_surplus(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    adds(top, code="Q26-ADD")
    top.asks_for(Command.FINISH)
    said = top.says(Command.SURPLUS, "not-needed", argument=specimen_of(top, number))
    assert (said.title, "Q26-ADD" in said.sentence) == ("Kept", True)


def test_material_of_a_cancelled_request_that_serves_an_add_on_is_not_left_over(top: BenchTop) -> None:
    top.receives("TUBE-1")
    adds(top, code="Q26-ADD")
    assert cancels(top).endswith("Nothing of it is left over.")
    assert waiting(top) == []


# Surplus and concessions


def test_a_tube_too_many_is_stored_as_surplus(top: BenchTop) -> None:
    top.scans("TUBE-1")
    number = top.label()
    assert top.says(Command.SURPLUS, "not-needed").title == "Surplus"
    assert top.scans(number).sentence == f"Tube 1 is {number}: surplus, stored."
    assert facts(top, number)["Outcome"] == "surplus, stored"
    assert "Nothing can be added on" in adds(top)
