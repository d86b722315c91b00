"""Any code scanned on the home screen opens the right thing; what leads nowhere is told what it looks like."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bench_top import WAIT_S, BenchTop, Person

from devices.values import Scan
from gms_desktop.documents.downtime_pack import PackProof
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import downtime_issue
from gms_desktop.services.answers import Answered

SINGLE = "Q26-118901-1"
GTIN = "09506000134352"
KIT = f"01{GTIN}17271231" + "1012AB\x1d21XYZ"
PATIENT = Person("FEATHERSTONEHAUGH", "A-1", "FD20024619", nhs="9990000018", referral="r30000000077")


def scans_at_home(bench: BenchTop, code: str, symbology: str | None = None) -> Answered:
    bench.clock.forward(5)
    said = Scan(code.encode(), code, symbology, bench.clock.now(), "Scanner")
    return bench.bench.scan(said, "today").result(WAIT_S)


def chosen(answered: Answered) -> str:
    """The sort of thing whose history is shown."""
    assert answered.find is not None, answered.verdict
    return answered.find.chosen.partition(":")[0]


def test_what_waits_at_reception_goes_on_at_reception(bench: BenchTop) -> None:
    tube = scans_at_home(bench, SINGLE)
    assert (tube.verdict.title, tube.find) == ("Matches", None)
    number = bench.label()
    # A label waits for its tube: every scan is judged against it, wherever it was scanned.
    other = scans_at_home(bench, "Q26-118902-1")
    assert (other.verdict.title, other.find) == ("Label first", None)
    on_its_tube = scans_at_home(bench, number)
    assert (on_its_tube.verdict.title, on_its_tube.find) == ("Accepted", None)


def test_our_number_of_a_tube_that_is_done_opens_its_history(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    for code in (number, number.lower(), SINGLE):
        answered = scans_at_home(bench, code)
        assert (answered.place, answered.find is not None) == ("find", True)
        assert answered.find is not None
        assert any(hit.title == number for hit in answered.find.hits)
    assert chosen(scans_at_home(bench, number)) == "specimen"


def test_a_request_opens_at_reception_until_all_of_it_is_here(empty_bench: BenchTop) -> None:
    empty_bench.expects(PATIENT)
    assert scans_at_home(empty_bench, "r30000000077").verdict.title == "Found"
    empty_bench.receives("FD20024619")
    done = scans_at_home(empty_bench, "r30000000077")
    assert done.find is not None
    assert any(hit.kind == "request" for hit in done.find.hits)


def test_an_nhs_number_opens_its_patient_and_is_written_among_the_private_values_alone(
    empty_bench: BenchTop,
) -> None:
    empty_bench.expects(PATIENT)
    empty_bench.receives("FD20024619")
    answered = scans_at_home(empty_bench, "9990000018")
    assert answered.find is not None
    assert any(hit.kind == "patient" for hit in answered.find.hits)
    assert all(b"9990000018" not in entry for entry in empty_bench.entries())
    assert empty_bench.rows("SELECT text FROM scan ORDER BY seq DESC LIMIT 1") == [{"text": None}]


def test_a_kit_is_entered_and_its_lot_is_shown(empty_bench: BenchTop) -> None:
    first = scans_at_home(empty_bench, KIT, "]d2")
    assert (first.verdict.title, chosen(first), first.place) == ("Lot entered", "lot", "find")
    assert first.find is not None
    assert ("Use by", "31-Dec-2027") in first.find.facts
    assert first.find.verdict == first.verdict
    again = scans_at_home(empty_bench, KIT, "]d2")
    assert (again.verdict.title, chosen(again)) == ("Lot known", "lot")
    assert empty_bench.count("lot.entered") == 1
    expired = scans_at_home(empty_bench, f"01{GTIN}17261031" + "1099ZZ", "]d2")
    assert (expired.verdict.title, expired.find) == ("Lot expired", None)


def test_a_kit_whose_scanner_types_another_sign_for_the_separator_is_read_whole(empty_bench: BenchTop) -> None:
    settings = empty_bench.bench.settings
    empty_bench.bench.settings = replace(settings, scanner=replace(settings.scanner, separator="|"))
    answered = scans_at_home(empty_bench, f"01{GTIN}1012AB|17271231", "]d2")
    assert answered.verdict.title == "Lot entered"
    assert empty_bench.rows("SELECT number, expiry FROM lot") == [{"number": "12AB", "expiry": "2027-12-31"}]
    # What does not become whole GS1 by it is left as it came.
    assert scans_at_home(empty_bench, "A|B-12").verdict.sentence.startswith("A|B-12 belongs to no expected request")


def test_a_bag_of_an_open_delivery_is_found_with_its_count(bench: BenchTop) -> None:
    said = {"carrier": "DX van", "bags": "BAG-7 BAG-8", "arrived": "23/11/2026 07:40", "stated": "2"}
    assert bench.says(Command.NEW_DELIVERY, "in-order", **said).title == "Delivery"
    found = bench.looks_up("BAG-8").find
    assert found is not None
    assert [hit.kind for hit in found.hits] == ["delivery"]
    assert ("Bags", "BAG-7, BAG-8") in found.facts
    assert found.timeline
    # On the home screen the bag is opened: what is booked now comes from it.
    opened = scans_at_home(bench, "BAG-8")
    assert (opened.find, opened.verdict.kind) == (None, VerdictKind.FOUND)


def test_a_downtime_number_is_found_with_its_state_and_opens_its_form_at_home(bench: BenchTop) -> None:
    assert bench.says(Command.DOWNTIME_RANGE, name="Reception winter", size="50").title == "Set aside"

    def issue(ledger: Ledger) -> str:
        planned = downtime_issue.plan(ledger, 3)
        ledger.append(downtime_issue.issued(ledger, planned, PackProof(b"%PDF", 3, 3)), None)
        return planned.numbers[0]

    number = bench.write(issue)
    found = bench.looks_up(number).find
    assert found is not None
    assert (found.heading, found.hits[0].kind) == (number, "downtime number")
    assert ("State", "not accounted for") in found.facts
    assert ("Place in its pack", "1 of 3") in found.facts
    opened = scans_at_home(bench, number)
    assert (opened.place, opened.find) == ("downtime", None)


@pytest.mark.parametrize(
    ("code", "looks"),
    [
        ("FD20024619", "the code of a FluidX tube or rack"),
        ("9434765919", "the code of a FluidX tube or rack or a laboratory sample number of NGIS or an NHS number"),
        ("r99999999999", "a referral of NGIS"),
        ("UZK7Q3ZD0018", ""),
        ("5012345678900", "a product code of a kit or consumable"),
        ("RR8", "an organisation code"),
        (KIT, "the code of a kit or consumable"),
        ("!GMS!HOLD!", "a command card"),
        ("Jones", ""),
    ],
)
def test_a_code_that_leads_nowhere_is_told_what_it_looks_like(bench: BenchTop, code: str, looks: str) -> None:
    found = bench.looks_up(code).find
    assert found is not None
    assert found.verdict is not None
    assert found.verdict.kind is VerdictKind.REFUSED
    assert (f"It looks like {looks}." in found.verdict.sentence) == bool(looks)


def test_reception_says_so_too(bench: BenchTop) -> None:
    said = scans_at_home(bench, "FD20029999")
    assert (said.verdict.title, said.find) == ("Not expected", None)
    assert "It looks like the code of a FluidX tube or rack." in said.verdict.sentence


def test_a_command_card_is_nothing_that_can_be_received(bench: BenchTop) -> None:
    said = bench.scans("!GMS!CONFIRM!")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not a specimen")
    assert "the code of a command card" in said.sentence
    said = bench.says(Command.UNANNOUNCED, "unknown", type="EDTA blood", code="!GMS!CONFIRM!")
    assert "letters, digits and - / . only" in said.sentence


def test_a_spoiled_label_is_told_to_be_destroyed_wherever_it_is_scanned(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    bench.says(Command.LABEL_SPOILED, "damaged")
    said = scans_at_home(bench, number)
    assert (said.verdict.title, said.find) == ("Spoiled label", None)


def test_a_fluidx_tube_that_is_bound_opens_where_it_stands_and_what_it_holds(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)

    def at_the_rack(code: str) -> None:
        bench.clock.forward(5)
        bench.bench.scan(Scan(code.encode(), code, None, bench.clock.now(), "Scanner"), "racks").result(WAIT_S)

    at_the_rack("SA00000017")
    bench.asks_for(Command.REGISTER_RACK, "SA00000017")
    at_the_rack(number)
    at_the_rack("FD20024619")
    tube = scans_at_home(bench, "FD20024619")
    assert chosen(tube) == "tube"
    rack = scans_at_home(bench, "SA00000017")
    assert chosen(rack) == "rack"
