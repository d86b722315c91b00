"""What comes wrong to reception: people alike in one bag, tubes and forms of others, numbers that two people have."""

from __future__ import annotations

from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind

TRIO, PROBAND = "r30000000001", "Q26-118834-1"
MARY = Person("JONES", "J-1", "J-1-1", forename="Mary", nhs="9990000018", born="01/02/1980")
OTHER_MARY = Person("JONES", "J-2", "J-2-1", forename="Mary", nhs="9990000026", born="01/02/1980")
BELL = Person("BELL", "B-1", "B-1-1", forename="Ruth", nhs="9990000034", hospital="H4471920")
AHMED = Person("AHMED", "A-1", "A-1-1", forename="Sara", nhs="9990000042", hospital="H4471920")


def van(bench: BenchTop, *people: Person) -> None:
    bench.expects(*people)
    fields = {"carrier": "DX van", "bags": "BAG-7", "arrived": "23/11/2026 07:40", "stated": str(len(people))}
    assert bench.says(Command.NEW_DELIVERY, "in-order", **fields).title == "Delivery"


def test_two_patients_of_one_name_and_birth_date_in_one_bag_are_told_apart_tube_by_tube(empty_bench: BenchTop) -> None:
    bench = empty_bench
    van(bench, MARY, OTHER_MARY)
    numbers = {}
    for one in (MARY, OTHER_MARY):
        assert bench.scans(one.tube).title == "Matches"
        assert "same surname and date of birth" in bench.view.checks_note
        numbers[one.tube] = bench.label()
        assert bench.scans(numbers[one.tube]).title == "Tell them apart"
        question = bench.view.question
        assert question is not None
        assert next(choice.label.partition(":")[0] for choice in question.choices) == "NHS number agrees"
        bench.says(Command.SOMETHING_DIFFERS, "apart:nhs number")
        assert bench.scans(numbers[one.tube]).title == "Accepted"
    rows = bench.rows("SELECT s.accession, s.bag, s.sender_code FROM specimen s ORDER BY s.accession")
    assert {row["sender_code"]: (row["accession"], row["bag"]) for row in rows} == {
        tube: (number, "BAG-7") for tube, number in numbers.items()
    }
    assert bench.asks_for(Command.CLOSE_DELIVERY).title == "Closed"


def test_the_label_of_one_of_two_alike_on_the_tube_of_the_other_is_refused(empty_bench: BenchTop) -> None:
    bench = empty_bench
    van(bench, MARY, OTHER_MARY)
    bench.scans(MARY.tube)
    first = bench.label()
    bench.scans(first)
    bench.says(Command.SOMETHING_DIFFERS, "apart:nhs number")
    bench.scans(first)
    bench.scans(OTHER_MARY.tube)
    bench.label()
    said = bench.scans(first)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Wrong label")


def test_a_tube_of_another_family_says_whose_it_is_and_whose_tubes_are_still_awaited(bench: BenchTop) -> None:
    bench.scans(TRIO)
    bench.receives(PROBAND)
    said = bench.scans("Q26-118901-1")
    assert said.title == "Matches"
    assert "Another family: r30000000001 still awaits OYELARAN, Temi and OYELARAN, Ade." in said.sentence
    assert "OYELARAN" not in said.sentence.partition("Another family")[0]
    assert bench.view.banner is not None
    assert "OYELARAN" not in bench.view.banner.name
    bench.scans(bench.label())
    assert bench.scans(TRIO).title == "Found"
    assert set(bench.states().values()) == {"accepted", "awaited"}


def test_a_form_for_someone_else_is_told_while_the_tube_is_in_hand_and_moves_nothing(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(BELL, AHMED)
    bench.scans(BELL.tube)
    number = bench.label()
    said = bench.scans(AHMED.order)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Someone else's")
    assert "A-1 is of AHMED, Sara. In hand is tube 1 of BELL, Ruth" in said.sentence
    assert "hold tube 1" in said.sentence
    assert bench.scans("B-1").title == "Label first", "its own form is nobody else's"
    assert bench.says(Command.HOLD, "identifiers-differ").title == "On hold"
    assert bench.scans(number).title == "Label verified"
    assert [row["outcome"] for row in bench.rows("SELECT outcome FROM specimen")] == ["on hold"]


def test_a_hospital_number_that_two_people_have_asks_who_is_meant(empty_bench: BenchTop) -> None:
    bench = empty_bench
    bench.expects(BELL, AHMED)
    said = bench.scans("H4471920")
    assert said.title == "More than one"
    question = bench.view.question
    assert question is not None
    assert {choice.label.partition("  ")[0] for choice in question.choices} == {"BELL, Ruth", "AHMED, Sara"}
    assert bench.rows("SELECT id FROM specimen") == []
