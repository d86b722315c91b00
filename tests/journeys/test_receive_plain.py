"""The plain case: one specimen from its scan to its verified label, and each outcome it can have."""

from __future__ import annotations

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.expected_drafts import ToldPatient, ToldRequest, expected
from gms_desktop.services.views import Mark

TRIO, PROBAND, MOTHER, FATHER = "r30000000001", "Q26-118834-1", "Q26-118835-1", "Q26-118836-1"
SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"


def test_the_referral_on_the_form_opens_the_whole_family_and_receives_nothing(bench: BenchTop) -> None:
    assert bench.scans(TRIO).kind is VerdictKind.FOUND
    assert bench.heading == "Scan the proband's tube: OYELARAN, Baby of Temi"
    assert bench.view.tubes_title == "Referral r30000000001, 3 people"
    assert bench.states() == {1: "awaited", 2: "awaited", 3: "awaited"}


def test_a_request_number_opens_its_request_and_the_heading_asks_for_its_tube(bench: BenchTop) -> None:
    assert bench.scans("Q26-118901").title == "Found"
    assert (bench.heading, bench.states()) == ("Scan tube 1, the proband's", {1: "awaited"})


def test_a_tube_opens_its_request_and_is_received_with_the_same_scan(bench: BenchTop) -> None:
    assert bench.scans(SINGLE).title == "Matches"
    assert bench.heading == "Compare, label tube 1, scan the label"
    assert bench.view.banner is not None
    assert bench.view.banner.name == "KOWALCZYK-ŻÓŁĆ, Małgorzata"


def test_nothing_is_ticked_that_no_code_ticked_until_the_label_says_that_a_person_compared(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    marks = {line.field: line.mark for line in bench.view.checks}
    assert marks.pop("request number") is Mark.CODE
    assert set(marks.values()) == {Mark.UNTICKED}
    bench.scans(bench.label())
    compared = bench.rows("SELECT compared FROM specimen")[0]["compared"]
    assert '["surname", "agrees", "compared by eye"]' in compared
    assert '["request number", "agrees", "read from a code"]' in compared


def test_scanning_the_label_on_its_tube_accepts_a_good_tube_with_no_further_key(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    assert bench.verdict is not None
    assert bench.verdict.kind is VerdictKind.ACCEPTED
    assert number in bench.verdict.sentence
    assert bench.states() == {1: "accepted"}
    assert bench.heading == "Scan a tube or its request"


def test_the_label_has_the_number_and_the_patient_and_is_printed_once(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    assert len(bench.printer.labels) == 1
    assert bench.rows("SELECT id, state FROM label") == [{"id": f"{number}.1", "state": "verified"}]


def test_a_trio_is_received_tube_by_tube_each_under_its_own_person(bench: BenchTop) -> None:
    bench.scans(TRIO)
    numbers = [bench.receives(code) for code in (PROBAND, MOTHER, FATHER)]
    assert len(set(numbers)) == 3
    assert [tube.accession for tube in bench.view.tubes] == numbers
    assert [tube.who.split()[0] for tube in bench.view.tubes] == ["Proband", "Mother", "Father"]
    people = bench.rows("SELECT count(DISTINCT patient) AS people FROM specimen")
    assert people == [{"people": 3}]


def test_the_next_tube_is_refused_until_the_label_in_hand_is_on_its_tube(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    number = bench.label()
    said = bench.scans(MOTHER)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Label first")
    assert number in said.sentence
    assert bench.states()[2] == "awaited"
    assert bench.scans(number).title == "Accepted"
    assert bench.scans(MOTHER).title == "Matches"


def test_the_next_patient_is_refused_too_while_a_label_is_awaited(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    bench.label()
    assert bench.scans(SINGLE).title == "Label first"
    assert bench.view.tubes_title.startswith("Referral r30000000001")


def test_a_label_of_another_tube_is_refused_and_the_right_one_still_awaited(bench: BenchTop) -> None:
    first = bench.receives(PROBAND)
    bench.scans(MOTHER)
    second = bench.label()
    said = bench.scans(first)
    assert said.title == "Wrong label"
    assert first in said.sentence
    assert second in said.sentence
    assert bench.in_hand.number == 2


@pytest.mark.parametrize(
    ("given", "reasons", "comment", "outcome", "title"),
    [
        (Command.HOLD, ("missing-paperwork",), "", "on hold", "On hold"),
        (Command.REJECT, ("haemolysed", "insufficient"), "", "rejected", "Rejected"),
        (Command.ACCEPT_AT_DISCRETION, ("wrong-tube",), "", "accepted at discretion", "Accepted"),
        (Command.ACCEPT_WITH_COMMENT, (), "Half full", "accepted with comment", "Accepted"),
    ],
)
def test_every_outcome_has_its_reasons_a_number_and_a_label(
    bench: BenchTop, given: Command, reasons: tuple[str, ...], comment: str, outcome: str, title: str
) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    bench.asks_for(given)
    assert bench.view.question is not None
    assert bench.heading == bench.view.question.title
    assert bench.says(given, *reasons, comment=comment).title == title
    assert bench.heading == "Label tube 1, scan the label"
    assert bench.scans(number).title == "Label verified"
    assert bench.states() == {1: outcome}
    (kept,) = bench.rows("SELECT accession, outcome, reasons FROM specimen")
    assert (kept["accession"], kept["outcome"]) == (number, outcome)
    assert all(reason in kept["reasons"] for reason in reasons)
    assert len(bench.printer.labels) == 1


def test_a_hold_says_what_it_stops(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    bench.label()
    bench.says(Command.HOLD, "missing-paperwork")
    assert bench.rows("SELECT stops FROM specimen") == [{"stops": '["testing", "leaving"]'}]


def test_an_outcome_without_a_reason_is_asked_for_again_and_nothing_is_saved(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    bench.label()
    bench.says(Command.REJECT)
    assert bench.view.question is not None
    assert bench.view.question.problems == ("Choose at least one reason.",)
    bench.says(Command.REJECT, "other")
    assert bench.view.question is not None
    assert bench.view.question.problems == ("Enter a comment for “Other: say what”.",)
    assert bench.rows("SELECT outcome FROM specimen") == [{"outcome": None}]


def test_a_scan_while_a_question_is_open_answers_nothing(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    bench.asks_for(Command.HOLD)
    assert bench.scans(number).title == "Answer first"
    assert bench.rows("SELECT outcome FROM specimen") == [{"outcome": None}]
    bench.asks_for(Command.CANCEL)
    assert bench.scans(number).title == "Accepted"


def test_what_differs_blocks_acceptance_until_a_person_decides(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    assert bench.says(Command.SOMETHING_DIFFERS, "surname").title == "Differs"
    said = bench.scans(number)
    assert said.title == "Decide first"
    assert "surname differs from the request" in said.sentence
    bench.says(Command.REJECT, "identifiers-differ")
    assert bench.scans(number).title == "Label verified"
    assert '["surname", "differs", "compared by eye"]' in bench.rows("SELECT compared FROM specimen")[0]["compared"]


def test_what_differs_is_not_forgotten_when_the_label_is_put_off_and_other_tubes_come_between(bench: BenchTop) -> None:
    bench.scans(PROBAND)
    bench.label()
    bench.says(Command.SOMETHING_DIFFERS, "surname")
    bench.says(Command.PUT_LABEL_OFF, "tube-frozen")
    bench.receives(MOTHER)
    bench.says(Command.TAKE_UP_LABEL, "taken-up")
    number = bench.label()
    assert bench.scans(number).title == "Decide first"
    assert bench.states()[1] == "label awaited"


def test_marks_taken_back_let_the_tube_be_accepted(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    bench.says(Command.SOMETHING_DIFFERS, "surname")
    assert bench.says(Command.SOMETHING_DIFFERS).title == "Agrees again"
    assert bench.scans(bench.label()).title == "Accepted"


def test_no_code_on_the_only_tube_is_one_action(bench: BenchTop) -> None:
    bench.scans("Q26-118950")
    assert bench.asks_for(Command.NO_CODE).title == "Matches"
    number = bench.label()
    assert bench.scans(number).title == "Accepted"
    assert bench.rows("SELECT matched, sender_code FROM specimen") == [{"matched": "eye", "sender_code": None}]


def test_no_code_among_several_tubes_asks_which_is_in_the_hand(bench: BenchTop) -> None:
    bench.scans(TRIO)
    bench.asks_for(Command.NO_CODE)
    question = bench.view.question
    assert question is not None
    assert len(question.choices) == 3
    mother = next(choice for choice in question.choices if "Temi" in choice.label and "Baby" not in choice.label)
    assert bench.says(Command.NO_CODE, mother.code).title == "Matches"
    assert bench.in_hand.number == 2
    request_number = next(line for line in bench.view.checks if line.field == "request number")
    assert request_number.mark is Mark.UNTICKED


def test_an_unannounced_arrival_is_received_labelled_and_held_from_what_its_tube_says(bench: BenchTop) -> None:
    bench.asks_for(Command.UNANNOUNCED)
    assert bench.view.question is not None
    said = bench.says(Command.UNANNOUNCED, "person", surname="Dubois", type="EDTA blood", code="X-1", sender="RR8")
    assert said.title == "Booked from the tube"
    number = bench.label()
    assert bench.scans(number).title == "Label verified"
    assert bench.states() == {1: "on hold"}
    assert bench.scans("X-1").title == "Another tube?"


@pytest.mark.parametrize("person", ["unknown", "temporary", "withheld"])
def test_an_arrival_without_a_name_is_complete_as_it_is(bench: BenchTop, person: str) -> None:
    bench.asks_for(Command.UNANNOUNCED)
    assert bench.says(Command.UNANNOUNCED, person, type="EDTA blood").title == "Booked from the tube"
    assert bench.scans(bench.label()).title == "Label verified"
    assert bench.view.banner is not None
    assert bench.view.banner.name == f"{person} person, name not stated"


@pytest.mark.parametrize(
    ("person", "forename"), [("newborn", "Baby of Ruth"), ("twin", "Twin 2 of Ruth"), ("fetal", "Fetus of Ruth")]
)
def test_a_child_without_a_name_of_its_own_is_named_by_its_mother(bench: BenchTop, person: str, forename: str) -> None:
    bench.asks_for(Command.UNANNOUNCED)
    assert bench.view.question is not None
    assert person in {choice.code for choice in bench.view.question.choices}
    bench.says(Command.UNANNOUNCED, person, type="Cord blood")
    assert bench.view.question is not None
    assert "Enter the surname" in bench.view.question.problems[0]
    bench.says(Command.UNANNOUNCED, person, surname="Bell", forename=forename, type="Cord blood")
    assert bench.view.banner is not None
    assert bench.view.banner.name == f"BELL, {forename}"
    assert bench.rows("SELECT person FROM patient WHERE person = :person", person=person)


def test_a_newborn_is_booked_as_baby_of(bench: BenchTop) -> None:
    bench.says(Command.UNANNOUNCED, "newborn", surname="Bell", forename="Baby of Ruth", type="Cord blood")
    assert bench.view.banner is not None
    assert bench.view.banner.name == "BELL, Baby of Ruth"


def test_an_arrival_without_what_must_be_known_says_what_is_missing_and_books_nothing(bench: BenchTop) -> None:
    bench.says(Command.UNANNOUNCED, "person")
    assert bench.view.question is not None
    assert bench.view.question.problems == (
        "Enter the specimen type.",
        "Enter the surname, or choose “Unknown patient”.",
    )
    assert bench.rows("SELECT id FROM specimen") == []


def test_one_code_on_every_tube_of_a_request_asks_whether_it_is_another_tube(bench: BenchTop) -> None:
    bench.scans("Q26-118950")
    first = bench.receives("Q26-118950")
    assert bench.scans("Q26-118950").title == "Another tube?"
    assert bench.says(Command.ANOTHER_TUBE, "same").title == "Same tube"
    assert bench.scans("Q26-118950").title == "Another tube?"
    assert bench.says(Command.ANOTHER_TUBE, "another").title == "Matches"
    second = bench.label()
    assert bench.scans(second).title == "Accepted"
    assert first != second
    assert len(bench.rows("SELECT id FROM specimen")) == 2


def test_another_tube_has_a_key_that_says_all(bench: BenchTop) -> None:
    bench.scans("Q26-118950")
    bench.receives("Q26-118950")
    bench.scans("Q26-118950")
    assert bench.says(Command.ANOTHER_TUBE, "same").title == "Same tube"
    assert bench.asks_for(Command.ANOTHER_TUBE).title == "No tube in hand"
    bench.scans("Q26-118950")
    assert bench.says(Command.ANOTHER_TUBE).title == "Another tube?"
    assert bench.asks_for(Command.ANOTHER_TUBE).title == "Matches"


def test_a_hold_with_nothing_in_hand_is_of_the_tube_that_came_last_not_of_the_last_in_the_list(
    bench: BenchTop,
) -> None:
    bench.receives(FATHER)
    bench.receives(PROBAND)
    bench.asks_for(Command.HOLD)
    assert bench.view.question is not None
    assert bench.view.question.title == "Why is tube 1 held?"


def test_the_scanners_own_repeat_counts_once(bench: BenchTop) -> None:
    bench.scans("Q26-118950")
    assert bench.scans("Q26-118950").title == "Matches"
    assert bench.scans_at_once("Q26-118950").title == "Same scan"
    assert len(bench.rows("SELECT id FROM specimen")) == 1


def test_a_referral_scanned_again_never_makes_a_second_tube_of_the_wrong_person(bench: BenchTop) -> None:
    bench.scans(TRIO)
    bench.receives(PROBAND)
    said = bench.scans(TRIO)
    assert said.title == "Open already"
    assert bench.view.question is None
    assert bench.states()[2] == bench.states()[3] == "awaited"


def test_a_nhs_number_on_two_requests_asks_which_and_opens_the_one_chosen(empty_bench: BenchTop) -> None:
    twice = {"surname": "OKORO", "forename": "Ada", "nhs": "9990000018"}
    empty_bench.expects(
        Person(order="A-1", tube="A-1-1", test="R208.1", **twice),
        Person(order="A-2", tube="A-2-1", test="R134.1", **twice),
    )
    assert empty_bench.scans("9990000018").title == "More than one"
    question = empty_bench.view.question
    assert question is not None
    assert question.title == "Which request is this?"
    wanted = next(choice for choice in question.choices if "R134.1" in choice.label)
    assert empty_bench.says(Command.OPEN_REQUEST, wanted.code).title == "Found"
    assert empty_bench.scans("A-2-1").title == "Matches"


def test_a_nhs_number_that_two_people_carry_shows_both_and_guesses_neither(empty_bench: BenchTop) -> None:
    empty_bench.expects(
        Person("OKORO", "A-1", "A-1-1", forename="Ada", nhs="9990000018"),
        Person("BELL", "A-2", "A-2-1", forename="Ruth", nhs="9990000018"),
    )
    assert empty_bench.scans("9990000018").title == "More than one"
    question = empty_bench.view.question
    assert question is not None
    assert {choice.label.split(",")[0] for choice in question.choices} == {"OKORO", "BELL"}


def test_a_form_or_a_nhs_number_scanned_twice_receives_no_tube_that_has_a_code_of_its_own(
    empty_bench: BenchTop,
) -> None:
    empty_bench.expects(Person("OKORO", "A-1", "A-1-1", nhs="9990000018"))
    empty_bench.scans("9990000018")
    assert empty_bench.scans("999 000 0018").title == "Open already"
    assert empty_bench.scans("A-1").title == "Open already"
    assert empty_bench.rows("SELECT id FROM specimen") == []


def test_a_tube_without_a_code_of_its_own_is_no_more_received_by_the_nhs_number_than_any_other(
    empty_bench: BenchTop,
) -> None:
    empty_bench.expects(Person("OKORO", "A-1", "", nhs="9990000018"))
    empty_bench.scans("9990000018")
    assert empty_bench.scans("999 000 0018").title == "Open already"
    assert empty_bench.rows("SELECT id FROM specimen") == []
    assert empty_bench.asks_for(Command.NO_CODE).title == "Matches"
    assert empty_bench.rows("SELECT sender_code FROM specimen") == [{"sender_code": None}]


def test_the_forms_request_number_receives_no_tube_that_has_a_code_of_its_own(bench: BenchTop) -> None:
    bench.scans("Q26-118901")
    assert bench.scans("Q26-118901").title == "Open already"
    assert bench.states() == {1: "awaited"}
    assert bench.scans(SINGLE).title == "Matches"


def test_a_label_scanned_again_later_says_that_it_is_received_already(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.receives(ANOTHER)
    said = bench.scans(number)
    assert (said.title, said.kind) == ("Already received", VerdictKind.ALREADY)
    assert "accepted" in said.sentence


def test_a_request_may_be_closed_with_tubes_still_to_come_and_says_how_many(bench: BenchTop) -> None:
    bench.scans(TRIO)
    bench.receives(PROBAND)
    said = bench.asks_for(Command.FINISH)
    assert "2 of its tubes have not arrived" in said.sentence
    assert bench.heading == "Scan a tube or its request"
    bench.scans(MOTHER)
    assert bench.in_hand.number == 2


def test_a_typed_code_is_marked_as_typed(bench: BenchTop) -> None:
    assert bench.types(SINGLE).title == "Matches"
    assert bench.view.scans[0].typed
    assert bench.view.scans[0].code == SINGLE


def test_the_last_ten_scans_are_shown_with_their_raw_code_and_all_are_kept(bench: BenchTop) -> None:
    for number in range(12):
        bench.scans(f"JUNK-{number}")
    assert [line.code for line in bench.view.scans] == [f"JUNK-{number}" for number in range(11, 1, -1)]
    # Twelve, and the badge.
    assert bench.count("scan.judged") == 13


def test_urgent_risk_and_collection_stand_where_they_are_looked_for(bench: BenchTop) -> None:
    bench.scans("Q26-118950")
    assert bench.view.banner is not None
    assert bench.view.banner.hazard == "HAZARD"
    bench.scans(PROBAND)
    view = bench.view
    assert view.banner is not None
    assert view.banner.urgent == "URGENT  R14 acutely unwell child"
    collected = next(line for line in view.checks if line.field == "collected")
    assert collected.mark is Mark.ATTENTION
    assert collected.value == "not stated: unknown"


def test_an_unannounced_arrival_begins_with_the_code_that_nobody_expected(bench: BenchTop) -> None:
    bench.scans("H7-22190")
    bench.asks_for(Command.UNANNOUNCED)
    assert bench.view.question is not None
    assert bench.view.question.values == (("code", "H7-22190"),)


def test_a_hold_ticks_nothing_that_nobody_looked_at(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    bench.label()
    bench.says(Command.HOLD, "identifiers-missing")
    marks = {line.field: line.mark for line in bench.view.checks}
    assert marks["surname"] is Mark.UNTICKED
    assert marks["request number"] is Mark.CODE


def test_another_tube_with_the_forms_code_is_never_the_one_that_is_awaited_under_a_code_of_its_own(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    two = ToldRequest(codes=(("Q26-1", "RR8"),), sender="RR8", tubes=(("EDTA blood", ""), ("EDTA blood", "TUBE-2")))
    whose = ToldPatient(person="person", surname="BRANDT", forename="Anna", born="1978-06-07")
    bench.write(lambda ledger: ledger.append([expected(ledger, whose, two, None, None, None)], None))
    bench.scans("Q26-1")
    bench.receives("Q26-1")
    awaited = [row for row in bench.rows("SELECT * FROM expected_tube") if row["specimen"] is None]
    assert [row["code"] for row in awaited] == ["TUBE-2"]
    bench.scans("Q26-1")
    bench.says(Command.ANOTHER_TUBE, "another")
    still = [row["code"] for row in bench.rows("SELECT * FROM expected_tube") if row["specimen"] is None]
    assert still == ["TUBE-2"]
