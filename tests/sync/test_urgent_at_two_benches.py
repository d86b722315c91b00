"""Urgent work heads Today at every bench of a laboratory until the next step, at whichever bench, takes it up."""

from __future__ import annotations

from two_benches import ZONE, AtBench, Laboratory

from gms_desktop.domain.commands import Command
from gms_desktop.register import look_up
from gms_desktop.services import decisions_today
from gms_desktop.services.views import Answer, WorkList


def head(bench: AtBench) -> WorkList:
    return decisions_today.head(bench.ledger, ZONE)


def says(bench: AtBench, given: Command, *choices: str, subject: str, **fields: str) -> str:
    return bench.gives(given, Answer(choices, fields=tuple(fields.items()), subject=subject), subject).verdict.title


def test_who_was_told_at_one_bench_and_who_took_it_up_at_the_other_is_seen_at_both() -> None:
    laboratory = Laboratory()
    one, two = laboratory.one, laboratory.two
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    one.scans("Q26-1-1")
    number = one.number(request)
    one.scans(number)
    laboratory.meets()
    for bench in (one, two):
        [item] = head(bench).items
        assert item.title.partition(" ")[0] == number
        assert item.detail.startswith("nobody is told yet; Preliminary result due, 14 days from receipt: ")
    [specimen] = [row["id"] for row in look_up.specimens_of_request(one.db, request)]
    assert says(one, Command.URGENT, "phone", subject=specimen, whom="Priya at extraction") == "Told"
    laboratory.meets()
    for bench in (one, two):
        [item] = head(bench).items
        assert item.detail.startswith("told: Priya at extraction; waits for the next step")
    assert says(two, Command.URGENT, "step:extraction", subject=specimen) == "Taken up"
    laboratory.meets()
    assert [head(bench).total for bench in (one, two)] == [0, 0]
