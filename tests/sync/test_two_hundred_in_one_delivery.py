"""A van with two hundred specimens that two benches book at once: two scans a tube, no touch, and the count agrees."""

from __future__ import annotations

from test_deliveries_at_two_benches import count, level, van
from two_benches import AtBench, Laboratory

from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import text_statement

HOW_MANY = 200


def numbers(bench: AtBench) -> dict[str, str]:
    rows = bench.db.all(text_statement("SELECT sender_code, accession FROM specimen"))
    return {row["sender_code"]: row["accession"] for row in rows}


def test_two_hundred_specimens_of_one_delivery_are_counted_each_once() -> None:
    laboratory = Laboratory()
    delivery = van(laboratory, HOW_MANY)
    for n in range(1, HOW_MANY + 1):
        bench = laboratory.one if n % 2 else laboratory.two
        assert bench.scans(f"Q26-{n}-1").title == "Matches"
        assert bench.scans(numbers(bench)[f"Q26-{n}-1"]).title == "Accepted"
    level(laboratory)
    scans = laboratory.one.db.value(text_statement("SELECT count(*) FROM scan WHERE text NOT LIKE 'BAG%'"))
    assert scans == 2 * HOW_MANY
    assert len(set(numbers(laboratory.one).values())) == HOW_MANY
    assert laboratory.one.gives(Command.CLOSE_DELIVERY).verdict.title == "Closed"
    level(laboratory)
    assert count(laboratory.two, delivery) == (HOW_MANY, HOW_MANY, "closed", HOW_MANY)
