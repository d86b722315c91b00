"""The morning van: what it brought, bag by bag, what leaked, what was not for us, and whether the count agrees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.entry import Body
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.repeat_requests import letter
from gms_desktop.services.views import WorkList

ONE, TWO = "TUBE-0001", "TUBE-0002"
OYELARAN, BRANDT = Person("OYELARAN", "Q26-1", ONE), Person("BRANDT", "Q26-2", TWO)


@pytest.fixture
def van(empty_bench: BenchTop) -> BenchTop:
    """A bench that expects two tubes, one each of two people, and knows of no delivery."""
    empty_bench.expects(OYELARAN, BRANDT)
    return empty_bench


def enters(bench: BenchTop, condition: str = "in-order", **fields: str) -> Verdict:
    said = {"carrier": "DX van", "bags": "BAG-7 BAG-8", "arrived": "23/11/2026 07:40", "stated": "2"} | fields
    return bench.says(Command.NEW_DELIVERY, condition, **said)


def asked_and_says(bench: BenchTop, given: Command, *choices: str, comment: str = "", **fields: str) -> Verdict:
    bench.asks_for(given)
    return bench.says(given, *choices, comment=comment, **fields)


def today(bench: BenchTop, title: str) -> WorkList:
    return next(work for work in bench.bench.today().result(15).lists if work.title == title)


def test_a_delivery_is_entered_once_and_every_tube_booked_from_it_has_its_time_of_receipt(van: BenchTop) -> None:
    assert enters(van).title == "Delivery"
    van.receives(ONE)
    [row] = van.rows("SELECT s.bag, d.arrived, d.carrier FROM specimen s JOIN delivery d ON d.id = s.delivery")
    assert row == {"bag": "BAG-7", "arrived": "2026-11-23T07:40:00.000000Z", "carrier": "DX van"}
    assert van.view.delivery is not None
    assert van.view.delivery.detail == "Bag BAG-7, 1 of 2 booked in"


def test_find_shows_physical_receipt_apart_from_booking_in(van: BenchTop) -> None:
    enters(van)
    number = van.receives(ONE)
    facts = dict(van.bench.find(number).result(15).facts)
    assert facts["Physically received"] == "DX van 23-Nov-2026 07:40"
    assert facts["Booked in"].startswith("23-Nov-2026 09:0")


def test_a_good_tube_of_a_delivery_takes_two_scans_and_no_touch(van: BenchTop) -> None:
    enters(van)
    before = len(van.rows("SELECT id FROM scan"))
    van.receives(ONE)
    assert len(van.rows("SELECT id FROM scan")) - before == 2


def test_what_came_by_hand_belongs_to_no_delivery(van: BenchTop) -> None:
    enters(van)
    asked_and_says(van, Command.TAKE_UP_DELIVERY, "")
    number = van.receives(ONE)
    assert dict(van.bench.find(number).result(15).facts)["Physically received"] == "not stated"


def test_urgent_bags_lead_and_opening_another_first_says_so(van: BenchTop) -> None:
    enters(van, bags="BAG-7 BAG-8", urgent="BAG-8")
    assert van.view.delivery is not None
    assert van.view.delivery.detail.startswith("Bag BAG-8")
    asked_and_says(van, Command.TAKE_UP_DELIVERY, van.rows("SELECT id FROM delivery")[0]["id"])
    enters(van, bags="BAG-1 BAG-2", urgent="BAG-9")
    said = van.scans("BAG-2")
    assert (said.title, said.kind) == ("Bag", VerdictKind.FOUND)
    assert van.view.delivery is not None
    assert "BAG-2" in van.view.delivery.detail


def test_another_bag_opened_while_an_urgent_one_waits_is_told(van: BenchTop) -> None:
    enters(van, bags="BAG-7", urgent="")
    asked_and_says(van, Command.NEXT_BAG, code="BAG-U", urgent="yes")
    asked_and_says(van, Command.NEXT_BAG, code="BAG-V", urgent="yes")
    assert {row["code"]: row["urgent"] for row in van.rows("SELECT code, urgent FROM bag")} == {
        "BAG-7": None,
        "BAG-U": "yes",
        "BAG-V": "yes",
    }


def test_an_urgent_bag_that_nobody_opened_heads_today_and_the_strip(van: BenchTop) -> None:
    enters(van, bags="BAG-7", urgent="BAG-8 BAG-9")
    work = today(van, "Deliveries open")
    assert work.items[0].detail == "URGENT, not opened: BAG-9"
    assert van.scans("BAG-7").title == "Urgent first"


def test_scanning_a_bag_books_from_it(van: BenchTop) -> None:
    enters(van)
    assert van.scans("BAG-8").sentence == "Bag BAG-8 is open. Scan its first tube."
    van.receives(TWO)
    assert van.rows("SELECT bag FROM specimen") == [{"bag": "BAG-8"}]


def test_a_leak_marks_all_that_came_in_its_bag_and_all_that_still_comes(van: BenchTop) -> None:
    enters(van)
    first = van.receives(ONE)
    said = asked_and_says(van, Command.BAG_LEAKS, "BAG-7", comment="Broken tube at the bottom")
    assert (said.kind, first in said.sentence) == (VerdictKind.ATTENTION, True)
    van.receives(TWO)
    assert [tube.seen for tube in van.view.tubes] == ["leak in bag BAG-7"]
    assert dict(van.bench.find(first).result(15).facts)["In its bag"] == "leak in bag BAG-7"
    assert not any(b"Broken tube" in content for content in van.entries())


def test_a_delivery_that_agrees_closes_at_once(van: BenchTop) -> None:
    enters(van)
    van.receives(ONE)
    van.receives(TWO)
    assert van.asks_for(Command.CLOSE_DELIVERY).title == "Closed"
    assert van.rows("SELECT state, stated, found, reason FROM delivery") == [
        {"state": "closed", "stated": 2, "found": 2, "reason": None}
    ]
    assert today(van, "Deliveries open").items == ()


def test_a_delivery_stays_open_until_the_difference_is_explained(van: BenchTop) -> None:
    enters(van)
    van.receives(ONE)
    assert van.asks_for(Command.CLOSE_DELIVERY).title == "Count differs"
    assert van.rows("SELECT state FROM delivery") == [{"state": "open"}]
    assert van.says(Command.CLOSE_DELIVERY).title == "There is a problem"
    assert "comment" in van.says(Command.CLOSE_DELIVERY, "missing").sentence
    assert van.says(Command.CLOSE_DELIVERY, "missing", comment="DX rang, looks for it").title == "Closed"
    assert van.rows("SELECT state, stated, found, reason FROM delivery") == [
        {"state": "closed", "stated": 2, "found": 1, "reason": "missing"}
    ]


def test_what_is_not_for_us_is_passed_on_unopened_and_counts(van: BenchTop) -> None:
    enters(van)
    van.receives(ONE)
    asked_and_says(van, Command.NOT_FOR_US, "other-laboratory", what="Pot marked histology", to="Histology, level 2")
    assert van.verdict is not None
    assert van.verdict.sentence == "Recorded as passed on unopened to Histology, level 2."
    assert van.asks_for(Command.CLOSE_DELIVERY).title == "Closed"


def test_to_whom_it_was_passed_on_must_be_said(van: BenchTop) -> None:
    enters(van)
    said = asked_and_says(van, Command.NOT_FOR_US, "other-laboratory", what="Pot", to="")
    assert said.sentence == "Enter to whom it was passed on."
    assert van.rows("SELECT id FROM delivery_item") == []


def test_a_form_without_its_specimen_waits_on_today_until_the_specimen_is_here(van: BenchTop) -> None:
    enters(van)
    van.scans("Q26-1")
    assert asked_and_says(van, Command.FORM_ALONE, "no-specimen").title == "Form alone"
    assert [item.title for item in today(van, "Forms without their specimen").items] == ["Form Q26-1"]
    van.receives(ONE)
    assert today(van, "Forms without their specimen").items == ()


def test_a_form_is_answered_with_who_said_what(van: BenchTop) -> None:
    enters(van)
    asked_and_says(van, Command.FORM_ALONE, "no-specimen", what="Green form of ward 4")
    [item] = van.rows("SELECT id FROM delivery_item")
    assert asked_and_says(van, Command.FORM_ANSWERED, item["id"]).title == "There is a problem"
    assert van.says(Command.FORM_ANSWERED, item["id"], comment="Ward 4: never bled").title == "Answered"


def test_a_drop_box_gives_a_window_and_the_clocks_use_the_end_that_the_site_chose(van: BenchTop) -> None:
    assert enters(van, arrived="22/11/2026 18:00", until="23/11/2026 07:30").title == "Delivery"
    number = van.receives(ONE)
    said = dict(van.bench.find(number).result(15).facts)["Physically received"]
    assert said == "DX van 22-Nov-2026 18:00 to 23-Nov-2026 07:30; the clocks use 22-Nov-2026 18:00"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"arrived": "24/11/2026 07:40"}, "in the future"),
        ({"arrived": "07:40 or so"}, "The date is not understood"),
        ({"temperature": "lukewarm"}, "lukewarm"),
        ({"stated": "a dozen"}, "a dozen"),
        ({"until": "22/11/2026 07:00"}, "two times to the minute"),
    ],
)
def test_what_cannot_be_of_a_delivery_is_told_and_nothing_is_lost(
    van: BenchTop, fields: dict[str, str], said: str
) -> None:
    assert enters(van, **fields).title == "There is a problem"
    question = van.view.question
    assert question is not None
    assert dict(question.values)["carrier"] == "DX van"
    assert said in " ".join(question.problems)
    assert van.rows("SELECT id FROM delivery") == []


def test_a_time_alone_is_of_today_and_an_unknown_time_stays_unknown(van: BenchTop) -> None:
    enters(van, arrived="07:40")
    enters(van, arrived="unknown")
    rows = van.rows("SELECT arrived, precision FROM delivery ORDER BY id")
    assert rows == [
        {"arrived": "2026-11-23T07:40:00.000000Z", "precision": "minute"},
        {"arrived": None, "precision": "unknown"},
    ]


def test_octobers_repeated_hour_is_asked(empty_bench: BenchTop) -> None:
    empty_bench.clock.at = datetime(2027, 10, 31, 9, 0, tzinfo=UTC)
    enters(empty_bench, arrived="31/10/2027 01:30")
    question = empty_bench.view.question
    assert question is not None
    assert "hour" in dict(question.fields)
    enters(empty_bench, arrived="31/10/2027 01:30", hour="after")
    assert empty_bench.rows("SELECT arrived FROM delivery") == [{"arrived": "2027-10-31T01:30:00.000000Z"}]


def test_a_bag_that_is_on_no_list_is_added(van: BenchTop) -> None:
    enters(van)
    van.scans("BAG-99")
    van.asks_for(Command.NEXT_BAG)
    question = van.view.question
    assert question is not None
    assert dict(question.values) == {"code": "BAG-99"}
    assert van.says(Command.NEXT_BAG, code="BAG-99").title == "Further bag"


def test_a_closed_delivery_is_opened_again_and_counted_anew(van: BenchTop) -> None:
    enters(van, stated="1")
    van.receives(ONE)
    van.asks_for(Command.CLOSE_DELIVERY)
    delivery = van.rows("SELECT id FROM delivery")[0]["id"]
    assert asked_and_says(van, Command.TAKE_UP_DELIVERY, delivery).title == "Open again"
    van.receives(TWO)
    assert van.asks_for(Command.CLOSE_DELIVERY).title == "Count differs"


def test_a_delivery_cannot_be_closed_while_a_label_waits(van: BenchTop) -> None:
    enters(van)
    van.scans(ONE)
    van.label()
    assert van.asks_for(Command.CLOSE_DELIVERY).kind is VerdictKind.REFUSED


def test_undo_takes_back_the_delivery_that_was_entered_last(van: BenchTop) -> None:
    enters(van)
    van.undoes()
    assert van.rows("SELECT id FROM delivery") == []
    assert van.rows("SELECT delivery FROM booking") in ([], [{"delivery": None}])


def test_a_bench_that_is_started_again_books_from_where_it_was(van: BenchTop) -> None:
    enters(van)
    van.restart()
    van.signs_in()
    van.receives(ONE)
    assert van.rows("SELECT bag FROM specimen") == [{"bag": "BAG-7"}]


def test_twenty_specimens_of_one_delivery_are_counted(empty_bench: BenchTop) -> None:
    people = [Person(f"PERSON{n:03}", f"Q27-{n}", f"MANY-{n:04}") for n in range(20)]
    empty_bench.expects(*people)
    enters(empty_bench, stated="20")
    start = empty_bench.clock.at
    for person in people:
        empty_bench.receives(person.tube)
    assert empty_bench.clock.at - start < timedelta(seconds=20 * 11)
    assert empty_bench.asks_for(Command.CLOSE_DELIVERY).title == "Closed"


@pytest.mark.parametrize("stated", ["²", "12 tubes"])
def test_a_count_that_is_no_number_is_asked_again_when_it_is_entered_and_when_it_is_closed(
    empty_bench: BenchTop, stated: str
) -> None:
    assert "count of specimens as a whole number" in enters(empty_bench, stated=stated).sentence
    assert enters(empty_bench, stated="").title == "Delivery"
    said = asked_and_says(empty_bench, Command.CLOSE_DELIVERY, "not-stated", stated=stated)
    assert "count of specimens as a whole number" in said.sentence
    assert empty_bench.count("delivery.closed") == 0


def test_a_further_bag_is_urgent_or_not_and_no_other_word_makes_it_routine(van: BenchTop) -> None:
    enters(van)
    assert "“yes”" in asked_and_says(van, Command.NEXT_BAG, code="BAG-9", urgent="URGENT").sentence
    assert van.count("delivery.bag_found") == 0
    assert van.says(Command.NEXT_BAG, code="BAG-9", urgent="yes").title == "Further bag"
    assert van.rows("SELECT urgent FROM bag WHERE code = 'BAG-9'") == [{"urgent": "yes"}]


def test_a_bag_of_the_list_that_turns_out_to_be_urgent_is_so_from_then_on(van: BenchTop) -> None:
    enters(van, bags="BAG-7 BAG-8", urgent="")
    assert asked_and_says(van, Command.NEXT_BAG, "BAG-8", urgent="yes").title == "Bag"
    assert van.rows("SELECT code FROM bag WHERE urgent = 'yes'") == [{"code": "BAG-8"}]
    assert "“yes”" in asked_and_says(van, Command.NEXT_BAG, "BAG-7", urgent="soon").sentence
    assert van.says(Command.NEXT_BAG, "BAG-7").title == "Bag"
    assert van.count("delivery.bag_found") == 1


def test_a_patients_number_is_no_bags_code_and_stands_in_no_entry(van: BenchTop) -> None:
    assert "NHS number" in enters(van, bags="BAG-7 9434765919").sentence
    assert "NHS number" in enters(van, carrier="9434765919").sentence
    assert enters(van).title == "Delivery"
    assert "NHS number" in asked_and_says(van, Command.NEXT_BAG, code="9434765919").sentence
    assert not any(b"9434765919" in content for content in van.entries())


def test_of_many_forms_without_their_specimens_the_one_is_answered_whose_specimen_comes(van: BenchTop) -> None:
    wanted = van.rows("SELECT request FROM request_code WHERE code = 'Q26-2'")[0]["request"]
    body: Body = {"delivery": None, "bag": None, "reason": "none", "comment": None, "bench": "B", "what": None}

    def came_alone(ledger: Ledger, *requests: str | None) -> None:
        bodies = [body | {"item": ledger.identity(), "request": one} for one in requests]
        ledger.append([Draft("item.form_found", one) for one in bodies], None)

    van.write(lambda ledger: came_alone(ledger, *[None] * 200))
    van.clock.forward(1)
    van.write(lambda ledger: came_alone(ledger, wanted))
    van.receives(TWO)
    assert van.rows("SELECT state FROM delivery_item WHERE request IS NOT NULL") == [{"state": "done"}]


def test_the_letter_about_a_rejected_specimen_tells_when_it_came_apart_from_when_it_was_booked_in(
    van: BenchTop,
) -> None:
    enters(van)
    van.scans(ONE)
    number = van.label()
    van.says(Command.REJECT, "leaking")
    van.scans(number)
    [row] = van.rows("SELECT * FROM specimen")
    said = dict(van.read(lambda ledger: letter(ledger, row, None)).specimen)
    assert said["Physically received"] == "DX van 23-Nov-2026 07:40"
    assert said["Booked in"].startswith("23-Nov-2026 09:0")
