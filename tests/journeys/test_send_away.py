"""Send away: a consignment from the first scan to the last answer, at a real bench."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from bench_top import WAIT_S, BenchClock, BenchTop, Person, opened
from rack_work import RACK, rack_open, reads
from rack_work import scans as at_the_rack
from rack_work import view as view_of_rack
from send_work import (
    ANOTHER,
    FIRST,
    PROBAND,
    SECOND,
    SINGLE,
    approves,
    arrives,
    closes,
    find,
    hands_over,
    in_dispute,
    opens,
    own,
    says,
    scans,
    today,
    tube_of,
    view,
    with_participants,
)

from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.values import Entered
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.send_desk import SendDesk


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
    assert closes(empty_bench).title.startswith("Closed")
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


def test_what_came_on_hold_after_closing_is_not_handed_over_and_what_had_gone_by_then_is_recorded(
    bench: BenchTop,
) -> None:
    number = bench.receives(SINGLE)
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    opens(bench, "blocks")
    scans(bench, number)
    closes(bench)
    bench.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@phone", argument=row["id"], said_by="Ruth Bell")
    bench.asks_for(Command.SEND_SHOW, bench.rows("SELECT id FROM consignment")[0]["id"])
    said = hands_over(bench)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not handed over")
    assert number in said.sentence
    assert "enter when it was taken" in said.sentence
    [taken] = bench.rows("SELECT state FROM consignment")
    assert taken["state"] == "packed"
    taken_at = dates.to_local(bench.clock.now(), "Europe/London").strftime("%d/%m/%Y %H:%M")
    said = hands_over(bench, at=taken_at)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Handed over, look here")
    assert "telephone the receiver" in said.sentence


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
    assert bench.count("document.recalled") == 4
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


def test_what_is_in_dispute_after_it_left_is_recalled_and_its_case_waits_until_the_receiver_knows(
    bench: BenchTop,
) -> None:
    tube_of(bench, SINGLE, FIRST)
    consignment = opens(bench, "tissue")
    scans(bench, FIRST)
    closes(bench)
    hands_over(bench)
    root = in_dispute(bench, FIRST)
    [waits] = today(bench, "Tell the receiver")
    assert waits.detail.startswith(f"Tube {FIRST} is in dispute and is at EXAMPLE genomic laboratory, tumour sections")
    assert "ring 01632 960003" in waits.detail
    assert bench.asks_for(Command.KEEP_LEFT, root).title == "Not yours to settle" or settles(bench, root)
    scans(bench, FIRST)
    said = says(bench, Command.SEND_RECALL_TOLD, who="", at="")
    assert said.sentence == "Enter who was told."
    said = says(bench, Command.SEND_RECALL_TOLD, who="Dr A. Receiver", at="")
    assert said.title == "Told", said
    assert today(bench, "Tell the receiver") == ()
    assert dict(find(bench, FIRST))["Sent"].startswith(f"left in {consignment}")
    assert not any(b"Dr A. Receiver" in entry for entry in bench.entries())


def settles(bench: BenchTop, root: str) -> bool:
    """Whoever may settle a case is told whom to ring first."""
    said = bench.says(Command.KEEP_LEFT, "other", comment="Looked at both", argument=root)
    return said.title == "Tell the receiver"


def test_nothing_in_an_open_case_is_packed_or_leaves(bench: BenchTop) -> None:
    tube_of(bench, SINGLE, FIRST)
    opens(bench, "tissue")
    scans(bench, FIRST)
    closes(bench)
    in_dispute(bench, FIRST)
    said = hands_over(bench)
    assert said.title == "Not handed over"
    assert "enter when it was taken" not in said.sentence
    tube_of(bench, ANOTHER, SECOND)
    in_dispute(bench, SECOND)
    opens(bench, "tissue")
    assert scans(bench, SECOND).title == "In dispute"


def test_while_the_hub_is_away_only_an_urgent_consignment_is_closed_and_says_so(bench: BenchTop) -> None:
    number, other = bench.receives(SINGLE), bench.receives(ANOTHER)
    bench.bench.desk.hub = lambda: (True, "2026-11-23T03:10:00.000000Z")
    opens(bench, "blocks")
    scans(bench, number)
    said = closes(bench)
    assert said.title == "Hub away"
    assert "last agreed with it 23-Nov-2026 03:10" in said.sentence
    opens(bench, "blocks", "+urgent")
    scans(bench, other)
    said = closes(bench)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Closed, look here")
    assert "last agreed with it 23-Nov-2026 03:10" in said.sentence


def test_a_whole_rack_goes_by_its_last_reading_for_dispatch_and_only_whole(bench: BenchTop) -> None:
    tube_of(bench, SINGLE, FIRST)
    tube_of(bench, ANOTHER, SECOND)
    rack_open(bench)
    for code in (FIRST, SECOND):
        at_the_rack(bench, code)
    opens(bench, "tissue")
    assert scans(bench, RACK).title == "Read the rack first"
    bench.asks_for(Command.SEND_ASIDE)
    at_the_rack(bench, RACK)
    reads(bench, {"A01": FIRST, "B01": SECOND})
    bench.says(Command.RACK_PURPOSE, "dispatch")
    assert view_of_rack(bench).purpose.startswith("dispatch")
    bench.asks_for(Command.WELLS_EMPTY)
    bench.asks_for(Command.CORNER_SEEN)
    assert bench.asks_for(Command.SAVE_RACK).kind is VerdictKind.FINISHED
    opens(bench, "tissue")
    said = scans(bench, RACK)
    assert (said.title, said.kind) == ("Rack packed", VerdictKind.MATCHES), said
    assert view(bench).items_title == "2 things in it, the last first"
    assert {one.detail for one in view(bench).items} == {f"RACK {RACK}"}
    at_the_rack(bench, FIRST)


def test_blood_for_whole_genome_goes_only_with_its_papers(empty_bench: BenchTop) -> None:
    leukaemia = Person("NOVAK", "C-1", "C-1-1", nhs="9990000018", test="M80.1", type="EDTA blood")
    empty_bench.expects(leukaemia)
    number = empty_bench.receives("C-1-1")
    opens(empty_bench, "haemonc")
    said = scans(empty_bench, number)
    assert said.title == "Paper missing"
    assert "Test order form is not here" in said.sentence
    assert "Record of discussion is not here" in said.sentence
    [row] = empty_bench.rows("SELECT id FROM specimen")
    empty_bench.says(
        Command.WGS_CHECK, "Test order form", "Record of discussion", "not-stated", argument=row["id"], cells=""
    )
    assert scans(empty_bench, number).title == "Packed"


def test_high_risk_material_goes_only_where_it_is_taken(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    bench.says(Command.STATE_RISK, "yes", argument=row["id"], comment="The ward rang")
    opens(bench, "haemonc")
    said = scans(bench, number)
    assert "high risk, and EXAMPLE sequencing laboratory, fresh blood cancer samples takes none" in said.sentence
    opens(bench, "blocks")
    assert scans(bench, number).title == "Packed"


def test_the_label_of_a_box_has_its_address_and_one_too_long_is_refused_with_words(bench: BenchTop) -> None:
    with pytest.raises(Refused, match="Open the consignment"):
        SendDesk(bench.bench).label().result(WAIT_S)
    consignment = opens(bench, "haemonc")
    label = SendDesk(bench.bench).label().result(WAIT_S)
    codes = {text for _, text in decode(next(rasters(label, 300)))}
    assert codes == {f"{consignment}-BOX-01"}
    long = "A very long address that goes on and on " * 12
    approves(bench, "destinations", own("destinations", ('"Haemato-oncology Reception"', f'"{long}"')))
    with pytest.raises(Refused, match="does not fit the label"):
        SendDesk(bench.bench).label().result(WAIT_S)


def test_the_papers_are_saved_as_they_were_kept(bench: BenchTop, tmp_path: Path) -> None:
    number = bench.receives(SINGLE)
    consignment = opens(bench, "blocks")
    scans(bench, number)
    with pytest.raises(Refused, match="no papers"):
        SendDesk(bench.bench).save_papers(tmp_path)
    closes(bench)
    saved = {path.name: path.read_bytes() for path in SendDesk(bench.bench).save_papers(tmp_path)}
    papers = ("letter.pdf", "packing-list.pdf", "packing-list.csv", "manifest.gmsc")
    assert set(saved) == {f"{consignment}-{name}" for name in papers}
    table = saved[f"{consignment}-packing-list.csv"].decode("utf-8-sig").splitlines()
    assert table[1].split(",")[:3] == ["1", "specimen", number]
    [row] = bench.rows("SELECT manifest FROM consignment")
    assert sha256(saved[f"{consignment}-packing-list.csv"]).hexdigest() == row["manifest"]


def test_the_signed_file_is_taken_in_at_the_second_laboratory_which_expects_what_was_packed(
    bench: BenchTop, tmp_path: Path, made_benches: dict[str, Path]
) -> None:
    number = tube_of(bench, SINGLE, FIRST)
    consignment = opens(bench, "tissue")
    scans(bench, FIRST)
    closes(bench)
    [path] = [one for one in SendDesk(bench.bench).save_papers(tmp_path) if one.suffix == ".gmsc"]
    content = path.read_bytes()
    assert path.name == f"{consignment}-manifest.gmsc"
    there = tmp_path / "second"
    there.mkdir()
    with SimulatedScanner(there) as scanner, SimulatedZplPrinter() as printer:
        second = opened(BenchTop(there / "bench", scanner, printer, BenchClock()), made_benches["empty"])
        try:
            made = second.takes_in(path.name, content)
            assert (len(made.landed), made.waiting) == (1, [])
            assert second.scans(FIRST).title == "Matches"
        finally:
            second.close()
    assert number not in path.name
