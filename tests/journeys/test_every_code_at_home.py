"""Every sort of code that there is, scanned on the home screen, opens what it stands on, or is told what it is."""

from __future__ import annotations

import json

from bench_top import OKAFOR, WAIT_S, BenchTop
from extract_work import ended, labelled
from extract_work import scans as at_extract
from lot_work import KIT
from rack_work import FIRST, RACK
from send_work import opens as sends
from storage_at_work import laboratory
from test_index_plates import INDEXES, PLATE, POOL, pooled
from tissue_work import cuts, in_a_case, numbers
from tissue_work import scans as at_tissue

from devices.values import Scan
from gms_desktop.documents.downtime_pack import PackProof
from gms_desktop.domain.commands import Command
from gms_desktop.exchange.consignments import series
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import downtime_issue
from gms_desktop.services.answers import Answered

EXTRACTED, BLOCK, WAITS, OTHER = "Q26-118834-1", "Q26-118835-1", "Q26-118836-1", "Q26-118901-1"


def scans_at_home(bench: BenchTop, code: str, symbology: str | None = None) -> Answered:
    bench.clock.forward(5)
    said = Scan(code.encode(), code, symbology, bench.clock.now(), "Scanner")
    return bench.bench.scan(said, "today").result(WAIT_S)


def opened(bench: BenchTop, code: str) -> str:
    """The sort of what a code opened, and its name; the verdict of one that opened no history."""
    answered = scans_at_home(bench, code, "]d2" if code == KIT else None)
    found = answered.find
    if found is None:
        return f"{answered.place}: {answered.verdict.title}"
    return f"{found.chosen.partition(':')[0]}: {found.heading}"


def label_is_out(bench: BenchTop, number: str) -> None:
    """The printer has the label of a number."""
    states = "SELECT state FROM label WHERE accession = :number"
    bench.wait_until(lambda: bench.rows(states, number=number)[0]["state"] == "sent", f"the label of {number}")


def number_in(bench: BenchTop, table: str) -> str:
    [row] = bench.rows(f"SELECT number FROM {table}")
    return str(row["number"])


def downtime_number(bench: BenchTop) -> str:
    """A number of a pack that was printed."""
    bench.says(Command.DOWNTIME_RANGE, name="Reception winter", size="50")

    def issue(ledger: Ledger) -> str:
        planned = downtime_issue.plan(ledger, 3)
        ledger.append(downtime_issue.issued(ledger, planned, PackProof(b"%PDF", 3, 3)), None)
        return planned.numbers[0]

    return bench.write(issue)


def paper_about(bench: BenchTop, number: str) -> str:
    """A history is put on paper; the code at its top."""
    found = bench.looks_up(number).find
    assert found is not None
    offer = next(one for one in found.offers if one.command is Command.HISTORY_PAPER)
    assert bench.asks_for(Command.HISTORY_PAPER, offer.argument).title == "History made"
    *_, issued = (json.loads(one) for one in bench.entries() if b'"document.issued"' in one)
    return str(issued["body"]["document"])


def test_every_sort_of_code_opens_what_it_stands_on(bench: BenchTop) -> None:
    pooled(bench)
    places = laboratory(bench)
    extracted = bench.receives(EXTRACTED)
    batch = ended(bench, extracted)
    eluate = labelled(bench, extracted)
    label_is_out(bench, eluate)
    # A label that is awaited is scanned back where it is worked on; from then on its number opens its history.
    assert opened(bench, eluate) == "extract: On its tube"
    block = in_a_case(bench, bench.receives(BLOCK))
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide", pieces="1")
    [slide] = numbers(bench)
    label_is_out(bench, slide)
    assert opened(bench, slide) == "tissue: Label on"
    consignment = sends(bench, "blocks")
    paper = paper_about(bench, block)
    case = number_in(bench, "tissue_case")
    wanted = {
        extracted: f"specimen: {extracted}",
        block: f"specimen: {block}",
        slide: f"piece: {slide}",
        case: f"tissue_case: Case {case}",
        eluate: f"eluate: Eluate {eluate}",
        batch: f"extraction: Batch {batch}",
        FIRST: f"tube: Tube {FIRST}",
        RACK: f"rack: Rack {RACK}",
        PLATE: f"plate: Plate {PLATE}",
        f"{PLATE}_A01": f"library: Library {PLATE}_A01",
        INDEXES: f"index_plate: Index plate {INDEXES}",
        POOL: f"pool: Pool {POOL}",
        places["room"]: "place: Room 4",
        places["box"]: "place: Box 12",
        consignment: f"consignment: Consignment {consignment}",
        f"{consignment}-BOX-01": f"consignment: Consignment {consignment}",
        paper: "document: History and chain of custody (PDF)",
        KIT: "lot: Lot 12AB, Extraction kit",
    }
    assert {code: opened(bench, code) for code in wanted} == wanted


def test_what_waits_goes_on_where_it_is_worked_on(bench: BenchTop) -> None:
    assert opened(bench, series.split(b"a signed file of another laboratory" * 20)[0]) == "send_away: 1 of 3 codes"
    assert opened(bench, WAITS) == ": Matches"
    assert opened(bench, bench.label()) == ": Accepted"
    assert opened(bench, "!GMS!HOLD!") == ": Not a specimen"
    assert opened(bench, "NOBODYS-1") == ": Not expected"
    assert opened(bench, downtime_number(bench)) == "downtime: Downtime number"
    bench.asks_for(Command.CANCEL)
    answered = scans_at_home(bench, OKAFOR.badge)
    # A badge of whoever is signed in signs out.
    assert (answered.find, answered.verdict.title) == (None, "Locked")
    assert all(OKAFOR.badge.encode() not in entry for entry in bench.entries())


def test_reception_says_what_a_code_stands_on_that_it_cannot_use(bench: BenchTop) -> None:
    pooled(bench)
    place = laboratory(bench)["box"]
    consignment = sends(bench, "blocks")
    said = {
        PLATE: "a plate",
        INDEXES: "an index plate",
        POOL: "a pool",
        RACK: "a rack",
        FIRST: "a FluidX tube in use here",
        place: "a place in storage",
        consignment: "a consignment",
    }
    for code, what in said.items():
        verdict = bench.scans(code)
        assert (verdict.title, verdict.sentence.partition(". ")[0]) == ("Not a specimen", f"{code} is {what}")


def test_reception_and_extract_tell_nobody_to_destroy_the_label_of_a_slide(bench: BenchTop) -> None:
    in_a_case(bench, bench.receives(OTHER))
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide", pieces="1")
    [slide] = numbers(bench)
    label_is_out(bench, slide)
    assert at_tissue(bench, slide).title == "Label on"
    said = bench.scans(slide)
    assert (said.title, said.sentence.partition(". ")[0]) == ("Not a specimen", f"{slide} is a piece of tissue")
    said = at_extract(bench, slide)
    assert (said.title, said.sentence.partition(". ")[0]) == ("Not in a tube", f"{slide} is a slide")
