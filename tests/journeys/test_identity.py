"""Identity at the bench: what agrees, is absent, is illegible or differs, and patients taken for others."""

from __future__ import annotations

import json

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Mark

ADA = Person("OYELARAN", "T-1", "T-1-1", forename="Ada", nhs="9990000018", born="19/11/2026")
AYO = Person("Oyelaran", "T-2", "T-2-1", forename="Ayo", nhs="9990000026", born="19/11/2026")
NAMELESS = Person("Oyelaran", "T-3", "T-3-1", forename="Ada", born="19/11/2026")
PLAIN = Person("BELL", "B-1", "B-1-1", forename="Ruth", nhs="9990000034", hospital="H4471920")


def identity_of(bench: BenchTop) -> dict[str, str]:
    (row,) = bench.rows("SELECT identity FROM specimen")
    return dict(json.loads(row["identity"]))


def states(bench: BenchTop) -> dict[str, list[str]]:
    (row,) = bench.rows("SELECT compared FROM specimen")
    return {name: [state, how] for name, state, how in json.loads(row["compared"])}


def test_the_plain_good_tube_is_two_scans_and_its_decision_names_the_rule_and_every_identifier(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    bench.expects(PLAIN)
    bench.receives("B-1-1")
    rule = identity_of(bench)
    assert (rule["rule"], rule["version"], rule["finding"], rule["alike"]) == ("identity", "EXAMPLE-1", "met", None)
    assert len(rule["sha256"]) == 64
    assert states(bench)["forename"] == ["agrees", "compared by eye"]
    assert states(bench)["request number"] == ["agrees", "read from a code"]
    assert states(bench)["collected"] == ["not compared", ""]


def test_surname_and_forename_are_lines_of_their_own(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(PLAIN)
    bench.scans("B-1-1")
    shown = {line.label: line.value for line in bench.view.checks}
    assert (shown["Surname"], shown["Forename"]) == ("BELL", "Ruth")
    assert shown["Ward or clinic"] == "Breast clinic"


def test_one_number_absent_from_the_tube_is_marked_and_the_tube_accepted_when_enough_agree(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    bench.expects(PLAIN)
    bench.scans("B-1-1")
    assert bench.says(Command.SOMETHING_DIFFERS, "hospital number", "=absent").title == "Marked"
    marks = {line.field: line.mark for line in bench.view.checks}
    assert marks["hospital number"] is Mark.ABSENT
    assert bench.scans(bench.label()).title == "Accepted"
    assert states(bench)["hospital number"] == ["absent", "compared by eye"]


@pytest.mark.parametrize("state", ["=absent", "=illegible"])
def test_with_too_few_that_agree_the_label_accepts_nothing_and_says_what_is_short(
    empty_bench: BenchTop, state: str
) -> None:
    bench = empty_bench
    bench.expects(PLAIN)
    bench.scans("B-1-1")
    bench.says(Command.SOMETHING_DIFFERS, "forename", state)
    said = bench.scans(bench.label())
    assert said.title == "Decide first"
    assert "full name not. The rule asks for 3 of 3" in said.sentence
    assert bench.says(Command.ACCEPT_WITH_COMMENT, comment="No forename").title == "Not with a comment"
    assert bench.says(Command.ACCEPT_AT_DISCRETION, "identifiers-missing").title == "Accepted"
    assert identity_of(bench)["finding"] == "not met"


def test_a_number_from_another_hospital_is_never_outvoted(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(PLAIN)
    bench.scans("B-1-1")
    assert bench.says(Command.SOMETHING_DIFFERS, "hospital number").title == "Differs"
    assert bench.heading == "Tube 1 differs: hold, reject or accept at discretion"
    said = bench.scans(bench.label())
    assert "never outvoted" in said.sentence
    assert bench.says(Command.ACCEPT_WITH_COMMENT, comment="Old number").title == "Not with a comment"
    bench.says(Command.HOLD, "identifiers-differ")
    assert identity_of(bench)["finding"] == "differs"
    assert states(bench)["surname"] == ["not compared", ""]


def test_a_ward_that_differs_is_accepted_only_with_a_comment(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(PLAIN)
    bench.scans("B-1-1")
    bench.says(Command.SOMETHING_DIFFERS, "ward")
    said = bench.scans(bench.label())
    assert "accept it with a comment" in said.sentence
    assert bench.says(Command.ACCEPT_WITH_COMMENT, comment="Moved to ward 4").title == "Accepted"


def test_marks_outlive_a_crash_and_the_undo_of_the_decision(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(PLAIN)
    bench.scans("B-1-1")
    bench.label()
    bench.says(Command.SOMETHING_DIFFERS, "birth date")
    bench.restart()
    assert bench.signs_in()
    bench.says(Command.HOLD, "identifiers-differ")
    assert bench.undoes().title == "Undone"
    marks = {line.field: line.mark for line in bench.view.checks}
    assert marks["birth date"] is Mark.DIFFERS
    assert bench.scans(bench.in_hand.accession).title == "Decide first"
    assert bench.undoes().title == "Undone"
    assert bench.scans(bench.in_hand.accession).title == "Accepted"


def test_where_twins_are_open_the_label_asks_what_tells_them_apart_and_names_neither(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(ADA, AYO)
    bench.scans("T-1-1")
    assert "same surname and date of birth" in bench.view.checks_note
    number = bench.label()
    said = bench.scans(number)
    assert said.title == "Tell them apart"
    question = bench.view.question
    assert question is not None
    # A number stays whole on its line.
    assert [choice.label.replace("\u00a0", " ") for choice in question.choices] == [
        "Forename agrees: Ada",
        "NHS number agrees: 999 000 0018",
        "None of these can be read on the tube",
    ]
    assert "Ayo" not in str(question)
    bench.says(Command.SOMETHING_DIFFERS, "apart:nhs number")
    assert bench.scans(number).title == "Accepted"
    assert identity_of(bench)["alike"] == "told apart"
    assert states(bench)["nhs number"] == ["agrees", "told apart"]


def test_a_twin_whom_nothing_on_the_tube_tells_apart_is_not_accepted_by_a_scan(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(ADA, AYO)
    bench.scans("T-1-1")
    number = bench.label()
    bench.scans(number)
    bench.says(Command.SOMETHING_DIFFERS, "apart:nothing")
    assert bench.scans(number).title == "Decide first"
    assert bench.says(Command.HOLD, "identifiers-missing").title == "On hold"


def test_two_records_of_one_name_and_birth_date_without_anything_to_tell_them_by_go_to_a_person(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    bench.expects(NAMELESS, Person("OYELARAN", "T-4", "T-4-1", forename="ADA", born="19/11/2026"))
    bench.scans("T-3-1")
    said = bench.scans(bench.label())
    assert said.title == "Decide first"
    assert "nothing here tells them apart" in said.sentence


def test_a_tube_held_for_its_form_is_compared_when_its_label_goes_on(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(PLAIN)
    bench.scans("B-1-1")
    number = bench.label()
    bench.says(Command.HOLD, "missing-paperwork")
    assert states(bench)["surname"] == ["not compared", ""]
    assert bench.scans(number).title == "Label verified"
    assert states(bench)["surname"] == ["agrees", "compared by eye"]


def test_where_too_little_is_left_the_heading_orders_a_decision_and_the_tube_in_hand_is_known_again(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    bench.expects(ADA)
    bench.scans("T-1-1")
    bench.label()
    said = bench.says(Command.SOMETHING_DIFFERS, "=absent", "surname", "birth date")
    assert "Too little is left" in said.sentence
    assert bench.heading == "Too little agrees on tube 1: hold, reject or accept at discretion"
    assert bench.scans("T-1-1").title == "This tube"


@pytest.mark.parametrize("other", ["", "A", "A."])
def test_a_forename_tells_nobody_from_one_whose_forename_is_unknown_or_its_initial(
    empty_bench: BenchTop, other: str
) -> None:
    bench = empty_bench
    bench.expects(
        Person("OYELARAN", "T-4", "T-4-1", forename="Ada", born="19/11/2026"),
        Person("OYELARAN", "T-3", "T-3-1", forename=other, born="19/11/2026"),
    )
    bench.scans("T-4-1")
    said = bench.scans(bench.label())
    assert said.title == "Decide first"
    assert "nothing here tells them apart" in said.sentence
