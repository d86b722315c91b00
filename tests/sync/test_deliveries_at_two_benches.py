"""One van, two benches: both book from it, bag by bag, and what each counts agrees in the end."""

from __future__ import annotations

import pytest
from two_benches import ZONE, AtBench, Laboratory, same_case

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Row, text_statement
from gms_desktop.register import delivery_look_up
from gms_desktop.register.digests import Digests
from gms_desktop.services import delivery_view
from gms_desktop.services.deliveries import described
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, DeliveryLine, WorkItem

VAN = (("carrier", "DX van"), ("bags", "BAG-7 BAG-8"), ("arrived", "23/11/2026 07:40"))


@pytest.fixture
def laboratory() -> Laboratory:
    return Laboratory()


def says(bench: AtBench, given: Command, *choices: str, comment: str = "", **fields: str) -> Outcome:
    """Give a command and answer its question."""
    asked = bench.gives(given)
    subject = asked.question.subject if asked.question else ""
    return bench.gives(given, Answer(choices, comment, tuple(fields.items()), subject))


def van(laboratory: Laboratory, tubes: int, stated: int | None = None) -> str:
    """A van with two bags and these tubes, entered at Bench 1 and taken up by both; its delivery."""
    for n in range(1, tubes + 1):
        # No two of one birth date: who shares name and birth date must be told apart first.
        laboratory.expects(f"Q26-{n}", born=f"{1930 + n % 90}-{1 + n // 90:02}-01")
    entered = Answer(("in-order",), fields=(*VAN, ("stated", str(stated or tubes))))
    assert laboratory.one.gives(Command.NEW_DELIVERY, entered).verdict.title == "Delivery"
    laboratory.meets()
    [row] = delivery_look_up.open_deliveries(laboratory.two.db, 9)
    assert laboratory.two.scans("BAG-8").title == "Bag"
    return str(row["id"])


def books(bench: AtBench, n: int) -> str:
    """A tube of the van is received, labelled and accepted; its number."""
    assert bench.scans(f"Q26-{n}-1").kind is VerdictKind.MATCHES
    [number] = [tube["accession"] for tube in specimens(bench) if tube["sender_code"] == f"Q26-{n}-1"]
    assert bench.scans(number).title == "Accepted"
    assert bench.gives(Command.FINISH).drafts
    return str(number)


def specimens(bench: AtBench) -> list[Row]:
    return bench.db.all(text_statement("SELECT * FROM specimen ORDER BY accession"))


def count(bench: AtBench, delivery: str) -> tuple[int | None, int, str, int | None]:
    """What is stated, what is booked, the state, and what was found when it was counted."""
    here = described(bench.db, delivery, ZONE)
    assert here is not None
    return here.row["stated"], here.count.booked, here.row["state"], here.row["found"]


def strip(bench: AtBench) -> DeliveryLine:
    line = delivery_view.line(bench.db, bench.desk, None, ZONE)
    assert line is not None
    return line


def today(bench: AtBench) -> tuple[WorkItem, ...]:
    return delivery_view.lists(bench.db, ZONE)[0].items


def level(laboratory: Laboratory) -> None:
    laboratory.meets()
    assert Digests(laboratory.one.db).as_text() == Digests(laboratory.two.db).as_text()


def test_two_benches_book_one_van_bag_by_bag_and_either_closes_it(laboratory: Laboratory) -> None:
    delivery = van(laboratory, 4)
    for n in (1, 2):
        books(laboratory.one, n)
        books(laboratory.two, n + 2)
    assert count(laboratory.one, delivery) == (4, 2, "open", None), "neither knows of the other's yet"
    assert laboratory.one.gives(Command.CLOSE_DELIVERY).verdict.title == "Count differs"
    laboratory.one.gives(Command.CANCEL)
    level(laboratory)
    assert {(row["bag"], row["bench"]) for row in specimens(laboratory.one)} == {
        ("BAG-7", laboratory.one.ledger.head.writer),
        ("BAG-8", laboratory.two.ledger.head.writer),
    }
    assert laboratory.two.gives(Command.CLOSE_DELIVERY).verdict.title == "Closed"
    level(laboratory)
    for bench in (laboratory.one, laboratory.two):
        assert count(bench, delivery) == (4, 4, "closed", 4)
        assert today(bench) == ()
    assert same_case(laboratory).cases == ()


def test_one_closes_while_the_other_still_books_and_it_is_counted_again(laboratory: Laboratory) -> None:
    delivery = van(laboratory, 3)
    books(laboratory.one, 1)
    assert says(laboratory.one, Command.CLOSE_DELIVERY, "missing", comment="two not found").verdict.title == "Closed"
    books(laboratory.two, 2)
    level(laboratory)
    for bench in (laboratory.one, laboratory.two):
        assert count(bench, delivery) == (3, 2, "closed", 1)
        [item] = today(bench)
        assert item.detail == "closed with 1 found, now 2: take it up on Receive, count and close it again"
        assert item.kind is VerdictKind.ATTENTION
    shown = strip(laboratory.two)
    assert (shown.kind, "Closed and counted meanwhile" in shown.detail) == (VerdictKind.ATTENTION, True)
    number = books(laboratory.two, 3)
    assert dict(laboratory.two.finds(number).facts)["Physically received"] == "DX van 23-Nov-2026 07:40"
    assert laboratory.two.gives(Command.CLOSE_DELIVERY).verdict.title == "Closed"
    level(laboratory)
    assert count(laboratory.one, delivery) == (3, 3, "closed", 3)
    assert (today(laboratory.one), same_case(laboratory).cases) == ((), ())


def test_the_bench_that_closed_too_early_takes_it_up_again(laboratory: Laboratory) -> None:
    delivery = van(laboratory, 2)
    books(laboratory.one, 1)
    says(laboratory.one, Command.CLOSE_DELIVERY, "missing", comment="one not found")
    books(laboratory.two, 2)
    level(laboratory)
    assert says(laboratory.one, Command.TAKE_UP_DELIVERY, delivery).verdict.title == "Open again"
    assert laboratory.one.gives(Command.CLOSE_DELIVERY).verdict.title == "Closed"
    level(laboratory)
    assert count(laboratory.two, delivery) == (2, 2, "closed", 2)
    assert (today(laboratory.two), same_case(laboratory).cases) == ((), ())


def test_two_that_close_it_unbeknown_to_each_other_meet_on_review_and_nothing_is_lost(laboratory: Laboratory) -> None:
    delivery = van(laboratory, 2)
    books(laboratory.one, 1)
    books(laboratory.two, 2)
    for bench in (laboratory.one, laboratory.two):
        said = says(bench, Command.CLOSE_DELIVERY, "missing", comment="one not found")
        assert said.verdict.title == "Closed"
    level(laboratory)
    assert [flip.now for flip in laboratory.two.flips] == ["contested"]
    case = same_case(laboratory)
    assert len(case.cases) == 1
    assert case.right is not None
    assert "close DX van 23-Nov-2026 07:40: 2 stated, 1 found" in case.right.sentence
    laboratory.two.signs_in(laboratory.ada)
    assert laboratory.two.settles(Command.KEEP_LEFT).title == "Settled"
    level(laboratory)
    assert same_case(laboratory).cases == ()
    assert [item.detail for item in today(laboratory.one)] == [
        "closed with 1 found, now 2: take it up on Receive, count and close it again"
    ]
    assert says(laboratory.one, Command.TAKE_UP_DELIVERY, delivery).verdict.title == "Open again"
    assert laboratory.one.gives(Command.CLOSE_DELIVERY).verdict.title == "Closed"
    level(laboratory)
    assert count(laboratory.two, delivery) == (2, 2, "closed", 2)
    assert len(specimens(laboratory.two)) == 2


def test_a_bag_that_either_bench_found_to_be_urgent_is_urgent(laboratory: Laboratory) -> None:
    delivery = van(laboratory, 1)
    assert says(laboratory.one, Command.NEXT_BAG, code="BAG-9", urgent="yes").verdict.title == "Further bag"
    assert says(laboratory.two, Command.NEXT_BAG, code="BAG-9").verdict.title == "Further bag"
    level(laboratory)
    [bag] = [row for row in delivery_look_up.bags(laboratory.one.db, delivery) if row["code"] == "BAG-9"]
    assert (bag["urgent"], bag["state"]) == ("yes", "opened")


def test_a_leak_that_one_bench_marks_is_on_what_the_other_booked_from_that_bag(laboratory: Laboratory) -> None:
    van(laboratory, 1)
    number = books(laboratory.two, 1)
    assert says(laboratory.one, Command.BAG_LEAKS, "BAG-8").verdict.title == "Leak"
    level(laboratory)
    assert dict(laboratory.two.finds(number).facts)["In its bag"] == "leak in bag BAG-8"


def test_a_tube_that_both_benches_booked_counts_once_when_its_case_is_settled(laboratory: Laboratory) -> None:
    delivery = van(laboratory, 1)
    for bench in (laboratory.one, laboratory.two):
        books(bench, 1)
    level(laboratory)
    assert count(laboratory.one, delivery)[1] == 2
    assert len(same_case(laboratory).cases) == 1
    laboratory.two.signs_in(laboratory.ada)
    assert laboratory.two.settles(Command.KEEP_LEFT).title == "Settled"
    level(laboratory)
    assert count(laboratory.one, delivery)[1] == 1
    assert laboratory.one.gives(Command.CLOSE_DELIVERY).verdict.title == "Closed"
    level(laboratory)
    assert count(laboratory.two, delivery) == (1, 1, "closed", 1)
