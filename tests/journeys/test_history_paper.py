"""The history of a specimen on paper: every act with who and where, undone ones too, and each hand that held it."""

from __future__ import annotations

import json

import pypdfium2
from bench_top import OKAFOR, BenchTop
from send_work import ANOTHER, FIRST, SINGLE, arrives, closes, hands_over, opens, scans, tube_of
from tissue_work import cuts, in_a_case

from gms_desktop.domain.commands import Command
from gms_desktop.journal import store
from gms_desktop.journal.store import Stored
from gms_desktop.register import files_cited
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import find, histories, inspections
from gms_desktop.services.erase import erasure
from gms_desktop.services.views import FindView

ZONE = "Europe/London"


def packed(text: str) -> str:
    """Without the spaces and line ends that a column breaks words with, nor a hyphen at the end of a line."""
    return "".join(text.split()).replace("\ufffe", "-").replace("\x02", "-")


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [packed(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def found(bench: BenchTop, query: str) -> FindView:
    view = bench.looks_up(query).find
    assert view is not None
    return view


def makes(bench: BenchTop, query: str) -> bytes:
    """Find shows it, and somebody presses the key: the paper as it is kept."""
    offer = next(one for one in found(bench, query).offers if one.command is Command.HISTORY_PAPER)
    said = bench.asks_for(Command.HISTORY_PAPER, offer.argument)
    assert said.title == "History made", said
    return newest_history(bench)


def newest_history(bench: BenchTop) -> bytes:
    *_, issued = (json.loads(one) for one in bench.entries() if b'"sort":"history"' in one)
    return b"".join(bench.bench.file.files.content(issued["body"]["sha256"]))


def entries_about(bench: BenchTop, *subjects: str) -> list[Stored]:
    return bench.read(lambda ledger: store.of_subjects(ledger.db, subjects))


def test_every_act_stands_on_the_paper_with_person_bench_code_and_what_was_undone(bench: BenchTop) -> None:
    number = tube_of(bench, SINGLE, FIRST)
    bench.looks_up(number)
    assert bench.undoes().title == "Undone"
    [row] = bench.rows("SELECT id, patient FROM specimen")
    acts = entries_about(bench, f"specimen:{row['id']}")
    lines = bench.read(lambda ledger: find.lines_of(ledger.db, acts, (f"specimen:{row['id']}",), ZONE))
    every = pages(makes(bench, number))
    said = "".join(every)
    for one, line in zip(acts, lines, strict=True):
        for part in (one.entry.id, line.at, inspections.told(line), f"{line.who}, {line.where}"):
            assert packed(part) in said, part
    assert any(line.undone for line in lines)
    assert "(undone)" in said
    for part in (
        number,
        SINGLE,
        OKAFOR.name,
        "History and chain of custody",
        f"Page 1 of {len(every)}",
        "gms_desktop ",
    ):
        assert packed(part) in said, part
    facts = [value for _, value in found(bench, number).facts]
    assert all(packed(value) in said for value in facts)


def test_the_chain_of_custody_follows_its_tube_to_the_courier_the_receiver_and_back(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    other = bench.receives(ANOTHER)
    consignment = opens(bench, "blocks")
    scans(bench, number)
    scans(bench, other)
    closes(bench)
    hands_over(bench)
    arrives(bench)
    scans(bench, number)
    assert bench.asks_for(Command.SEND_CAME_BACK).title == "Back"
    [row] = bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)
    told = bench.read(lambda ledger: histories.history(ledger, f"specimen:{row['id']}", ZONE))
    assert told is not None
    holders = [one.holder for one in told.custody]
    here = f"{OKAFOR.name} at "
    assert holders[0].startswith(here)
    assert holders[1:5] == [
        f"consignment {consignment} at {holders[0].removeprefix(here)}",
        f"consignment {consignment} at {holders[0].removeprefix(here)}",
        "courier EXAMPLE courier",
        "EXAMPLE pathology laboratory, blocks on loan",
    ]
    assert holders[5].startswith(here)
    said = "".join(pages(makes(bench, number)))
    assert all(packed(cell) in said for one in told.custody for cell in one.cells)
    # What else was in the box is somebody else's.
    assert packed(other) not in said


def test_of_a_block_that_stays_only_the_slide_that_left_is_with_the_courier(bench: BenchTop) -> None:
    block = bench.receives(SINGLE)
    in_a_case(bench, block)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide")
    [slide, *_] = (row["number"] for row in bench.rows("SELECT number FROM piece WHERE sort = 'slide' ORDER BY number"))
    opens(bench, "blocks")
    scans(bench, slide)
    closes(bench)
    hands_over(bench)
    [row] = bench.rows("SELECT id FROM specimen")
    told = bench.read(lambda ledger: histories.history(ledger, f"specimen:{row['id']}", ZONE))
    assert told is not None
    assert [one.thing for one in told.custody if one.holder.startswith(("courier", "consignment"))] == [slide] * 3
    assert block not in {one.number for one in told.made}
    # On the slide's own paper the block that went into the case is the block, not the slide that was to come of it.
    [piece] = bench.rows("SELECT id FROM piece WHERE number = :number", number=slide)
    own = bench.read(lambda ledger: histories.history(ledger, f"piece:{piece['id']}", ZONE))
    assert own is not None
    assert own.custody[0].thing == block


def test_what_was_made_of_it_stands_on_the_paper_and_the_paper_among_the_files_of_each(bench: BenchTop) -> None:
    number = tube_of(bench, SINGLE, FIRST)
    paper = makes(bench, number)
    assert packed(f"Tube {FIRST}") in "".join(pages(paper))
    for query in (number, FIRST):
        assert [one.file for one in found(bench, query).files][:1] == [f"History of {number}.pdf"]
    again = found(bench, number).files[0]
    assert b"".join(bench.bench.file.files.content(again.sha256)) == paper


def test_a_request_its_patient_and_a_slide_have_histories_too(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    in_a_case(bench, number)
    bench.asks_for(Command.TISSUE_BLADE)
    cuts(bench, "slide")
    [specimen] = bench.rows("SELECT id, patient FROM specimen")
    [asked] = bench.rows("SELECT request FROM specimen_request")
    [slide, *_] = bench.rows("SELECT id, number FROM piece WHERE parent IS NOT NULL ORDER BY number")
    for subject, makes_it in (
        (f"request:{asked['request']}", number),
        (f"patient:{specimen['patient']}", number),
        (f"piece:{slide['id']}", slide["number"]),
    ):
        told = bench.read(lambda ledger, one=subject: histories.history(ledger, one, ZONE))
        assert told is not None, subject
        assert any(makes_it in act.words or makes_it in act.recorded for act in told.acts), subject
        assert all(one.thing for one in told.custody), told.custody
        assert bench.asks_for(Command.HISTORY_PAPER, subject).title == "History made", subject
        assert packed(f"{told.name}. Page 1 of") in pages(newest_history(bench))[0]
    told = bench.read(lambda ledger: histories.history(ledger, f"specimen:{specimen['id']}", ZONE))
    assert told is not None
    assert slide["number"] in {made.number for made in told.made}


def test_a_history_goes_when_the_patient_is_erased(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    makes(bench, number)
    line = found(bench, number).files[0]
    [row] = bench.rows("SELECT patient FROM specimen")

    def erase(ledger: Ledger) -> None:
        name = ledger.pen().write("EXAMPLE, Anna", "operator:anna")
        role = {"operator": "anna", "role": "administrator", "granter": None, "laboratory": "EXAMPLE"}
        ledger.append([Draft("operator.added", {"operator": "anna", "name": name, "badge": "b1"})], None)
        ledger.append([Draft("role.granted", role)], None)
        ledger.append([erasure(ledger, f"patient:{row['patient']}", "asked", "IG-7", "anna")], "anna")

    bench.write(erase)
    gone = bench.read(lambda ledger: files_cited.erased(ledger.db, [(line.subject, line.sha256)]))
    assert gone == {line.sha256}


def test_with_nothing_chosen_no_history_is_made(bench: BenchTop) -> None:
    said = bench.asks_for(Command.HISTORY_PAPER)
    assert (said.title, bench.count("document.issued")) == ("No history made", 0)
