"""Send away: a consignment from the first scan to the last answer, at a real bench."""

from __future__ import annotations

import pytest
from bench_top import BenchTop
from send_work import (
    ANOTHER,
    FIRST,
    PROBAND,
    SECOND,
    SINGLE,
    arrives,
    closes,
    find,
    hands_over,
    opens,
    scans,
    tube_of,
    view,
    with_participants,
)

from devices.values import Entered
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind


def test_a_specimen_is_sent_and_every_step_of_it_is_found_again(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    consignment = opens(bench, "blocks")
    said = scans(bench, number)
    assert (said.kind, said.title) == (VerdictKind.MATCHES, "Packed")
    assert said.sentence == f"{number} is number 1 of {consignment}."
    assert closes(bench).kind is VerdictKind.FINISHED
    said = hands_over(bench)
    assert said.title == "Handed over"
    assert "expected there on 24-Nov-2026" in said.sentence
    sent = dict(find(bench, number))["Sent"]
    assert sent.startswith(f"left in {consignment} for EXAMPLE pathology laboratory, blocks on loan, 23-Nov-2026 09:0")
    assert sent.endswith("handed over, no answer yet")
    assert arrives(bench).title == "Arrived"
    assert bench.asks_for(Command.SEND_RECONCILE).title == "Reconciled"
    said = bench.asks_for(Command.SEND_END)
    assert said.title == "Not ended"
    scans(bench, number)
    assert bench.asks_for(Command.SEND_CAME_BACK).title == "Back"
    assert bench.asks_for(Command.SEND_END).title == "Ended"
    assert dict(find(bench, number))["Sent"].startswith("returned: ")
    found = dict(find(bench, consignment))
    assert (found["State"], found["Signed by"]) == ("ended", "J. Rider")
    assert not any(b"J. Rider" in entry for entry in bench.entries())


def test_whole_genome_goes_only_with_its_three_identifiers(bench: BenchTop) -> None:
    tube_of(bench, SINGLE, FIRST)
    opens(bench, "wgs")
    said = scans(bench, FIRST)
    assert said.title == "Referral id missing"
    assert "has no participant id" in said.sentence
    assert bench.count("consignment.item_packed") == 0


def test_a_tube_with_all_three_is_packed_and_its_letter_names_them(empty_bench: BenchTop) -> None:
    with_participants(empty_bench)
    tube_of(empty_bench, PROBAND, FIRST)
    opens(empty_bench, "wgs")
    assert scans(empty_bench, FIRST).title == "Packed"
    assert closes(empty_bench).kind is VerdictKind.FINISHED
    assert view(empty_bench).has_papers


def test_nothing_is_packed_twice_by_typing_or_for_a_receiver_that_does_not_take_it(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    first = opens(bench, "blocks")
    assert scans(bench, number, Entered.TYPED).title == "Scan the code"
    scans(bench, number)
    said = scans(bench, number)
    assert (said.kind, said.title) == (VerdictKind.ALREADY, "Packed already")
    opens(bench, "blocks")
    said = scans(bench, number)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "In another consignment")
    assert first in said.sentence
    opens(bench, "wgs")
    assert scans(bench, other).title == "Wrong for this destination"
    assert scans(bench, "whatever").title == "Not for here"


def test_what_is_on_hold_from_leaving_stays_and_the_hold_is_named(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    opens(bench, "blocks")
    scans(bench, number)
    bench.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@phone", argument=row["id"], said_by="Ruth Bell")
    bench.asks_for(Command.SEND_SHOW, bench.rows("SELECT id FROM consignment")[0]["id"])
    said = closes(bench)
    assert said.title == "Not closed", said
    assert number in said.sentence
    scans(bench, number)
    assert bench.asks_for(Command.SEND_TAKE_OUT).title == "Taken out"
    said = scans(bench, number)
    assert said.kind is VerdictKind.REFUSED
    assert "may not leave: " in said.sentence


def test_a_straggler_goes_in_a_following_consignment_with_both_linked(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    first = opens(bench, "blocks")
    scans(bench, number)
    scans(bench, other)
    closes(bench)
    hands_over(bench)
    said = arrives(bench, missing=other)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Arrived, not as sent")
    assert bench.asks_for(Command.SEND_RECONCILE).title == "Not reconciled"
    assert scans(bench, other).title == "Packed"
    said = bench.asks_for(Command.SEND_LEFT_BEHIND)
    assert said.title == "Left behind"
    assert bench.asks_for(Command.SEND_RECONCILE).title == "Reconciled"
    assert bench.asks_for(Command.SEND_FOLLOW).title == "Consignment open"
    second = view(bench).heading.partition(" ")[0]
    assert scans(bench, other).title == "Packed"
    facts = [value for name, value in find(bench, other) if name == "Sent"]
    assert facts[0].startswith(f"left behind: {first}")
    assert facts[1].startswith(f"packed in {second}")
    assert dict(find(bench, first))["Followed by"] == second
    assert dict(find(bench, second))["Follows"] == first


def test_a_closed_consignment_is_taken_back_before_it_leaves_and_never_after(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    opens(bench, "blocks")
    assert closes(bench).title == "Nothing packed"
    scans(bench, number)
    closes(bench)
    assert scans(bench, bench.receives(ANOTHER)).title == "Consignment closed"
    assert bench.asks_for(Command.SEND_REOPEN).title == "Open again"
    assert bench.count("document.recalled") == 3
    closes(bench)
    hands_over(bench)
    assert bench.asks_for(Command.SEND_REOPEN).title == "Not now"


@pytest.mark.parametrize(("code", "title"), [("-BOX-02", "Now BOX-02"), ("", "Consignment ")])
def test_the_number_on_a_box_opens_its_consignment(bench: BenchTop, code: str, title: str) -> None:
    consignment = opens(bench, "blocks")
    bench.asks_for(Command.SEND_ASIDE)
    assert scans(bench, f"{consignment}{code}").title.startswith(title)
    assert view(bench).heading.startswith(consignment)
    number = bench.receives(SINGLE)
    scans(bench, number)
    assert view(bench).items[0].detail == ("BOX-02" if code else "")


def test_with_a_second_tube_of_another_patient_nothing_is_mixed(bench: BenchTop) -> None:
    tube_of(bench, SINGLE, FIRST)
    tube_of(bench, ANOTHER, SECOND)
    opens(bench, "tissue")
    assert [scans(bench, code).title for code in (FIRST, SECOND)] == ["Packed", "Packed"]
    assert view(bench).items_title == "2 things in it, the last first"
