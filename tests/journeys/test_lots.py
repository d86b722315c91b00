"""Lots of kits, controls and buffers: received, released with an acceptance test, used, and used no more."""

from __future__ import annotations

from importlib.resources import files

import pytest
from bench_top import BenchTop
from lot_work import BUFFER, KIT, entered, found, lot_of, released, says, scans
from people_at_work import added, works

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal.made_up import MadeUpPerson
from gms_desktop.services import site_rules

SINGLE = "Q26-118901-1"
TECHNICIAN = MadeUpPerson("P. Tran", "BADGE-TRAN", "technician")


def of_lots(bench: BenchTop, unreleased: str) -> None:
    """The laboratory lays down what is done with a lot that nobody released."""
    text = files("resources").joinpath("rules", "lots.toml").read_text("utf-8")
    own = text.replace('unreleased = "refuse"', f'unreleased = "{unreleased}"').replace("EXAMPLE-1", "OWN-1")

    def approve(ledger: Ledger) -> None:
        [row] = ledger.db.all(text_statement("SELECT id FROM operator_role WHERE role = 'administrator'"))
        operator = row["id"].partition("/")[0]
        ledger.append([site_rules.approval(own, "lots", operator)], operator)

    bench.write(approve)


def begun(bench: BenchTop) -> str:
    """A batch with one specimen; its number."""
    number = bench.receives(SINGLE)
    assert scans(bench, number, "extract", None).title == "Begin a batch"
    assert bench.says(Command.BEGIN_BATCH, "dna-blood", instrument="Robot 1").title == "Batch begun"
    [row] = bench.rows("SELECT number FROM extraction")
    return str(row["number"])


def test_a_lot_that_nobody_released_is_entered_and_goes_into_no_batch(bench: BenchTop) -> None:
    begun(bench)
    said = scans(bench, KIT, "extract")
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Lot not released")
    assert "Lot 12AB of 09506000134352 is received, not released for use." in said.sentence
    assert (bench.count("lot.entered"), bench.count("extraction.lot_used")) == (1, 0)
    assert scans(bench, KIT, "extract").title == "Lot not released"
    released(bench)
    assert scans(bench, KIT, "extract").title == "Lot recorded"


def test_a_lot_is_released_with_its_acceptance_test_by_whom_may_and_find_shows_it(bench: BenchTop) -> None:
    lot = entered(bench)
    assert bench.asks_for(Command.RELEASE_LOT, lot).title == "Release this lot?"
    assert says(bench, Command.RELEASE_LOT, lot, words="Extraction kit").title == "Release this lot?"
    added(bench, TECHNICIAN)
    works(bench, TECHNICIAN)
    assert says(bench, Command.RELEASE_LOT, lot, comment="Fine", words="Extraction kit").title == "Not yours to do"
    works(bench)
    released(bench)
    shown = found(bench, "12AB")
    facts = dict(shown.facts)
    assert facts["State"] == "released for use"
    assert facts["What it is"] == "Extraction kit"
    assert facts["Acceptance test"] == "Ten samples beside the lot before: the same"
    assert [offer.command for offer in shown.offers] == [Command.END_LOT]
    assert shown.timeline[0].words == "Release lot 12AB for use as Extraction kit"
    assert says(bench, Command.RELEASE_LOT, lot, comment="Again", words="Kit").title == "Not to be released"
    assert bench.undoes().title == "Undone"
    assert dict(found(bench, "12AB").facts)["State"] == "received, not released for use"


def test_the_list_of_lots_says_how_each_stands_and_in_how_many_batches_it_was_used(bench: BenchTop) -> None:
    released(bench)
    entered(bench, BUFFER)
    begun(bench)
    scans(bench, KIT, "extract")
    listed = {hit.title: hit.detail for hit in found(bench, "lots").hits}
    assert listed == {
        "Lot B-7, 09506000134352": "received, not released for use, use by 31-Dec-2027, used in 0 batches",
        "Lot 12AB, Extraction kit": "released for use, use by 31-Dec-2027, used in 1 batch",
    }


def test_a_lot_withdrawn_stops_a_batch_that_has_it_and_says_why(bench: BenchTop) -> None:
    lot = released(bench)
    number = begun(bench)
    scans(bench, KIT, "extract")
    bench.asks_for(Command.PLACE_BLANK)
    assert says(bench, Command.END_LOT, lot, "withdrawn").title == "Used no more?"
    said = says(bench, Command.END_LOT, lot, "withdrawn", comment="The maker called it back")
    assert said.sentence == "Lot 12AB is withdrawn. No step takes it any more."
    stopped = bench.asks_for(Command.START_BATCH)
    assert (stopped.title, stopped.kind) == ("Not to be started", VerdictKind.REFUSED)
    assert f"Batch {number}: its lot is not released for use (12AB)" in stopped.sentence
    assert dict(found(bench, "12AB").facts)["Why"] == "The maker called it back"
    assert bench.proved().clean


@pytest.mark.parametrize(("rule", "title"), [("warn", "Lot not released"), ("use", "Lot recorded")])
def test_a_laboratory_may_be_warned_only_or_not_ask_at_all(bench: BenchTop, rule: str, title: str) -> None:
    of_lots(bench, rule)
    begun(bench)
    said = scans(bench, KIT, "extract")
    assert said.title == title
    assert said.kind is not VerdictKind.REFUSED
    assert bench.count("extraction.lot_used") == 1
    bench.asks_for(Command.PLACE_BLANK)
    assert bench.asks_for(Command.START_BATCH).title == "Batch started"


def test_a_lot_without_a_code_is_entered_by_hand_and_is_the_same_lot_when_entered_again(bench: BenchTop) -> None:
    assert bench.asks_for(Command.ENTER_LOT).title == "Lot without a code"
    said = bench.says(Command.ENTER_LOT, words="TE buffer", number="", expiry="soon")
    assert said.title == "Lot without a code"
    assert bench.says(Command.ENTER_LOT, words="TE buffer", number="B 12", expiry="31-Dec-2027").title == "Lot entered"
    assert bench.says(Command.ENTER_LOT, words="te  Buffer", number="B 12", expiry="31-Dec-2027").title == "Lot known"
    [hit] = found(bench, "B 12").hits
    assert hit.title == "Lot B 12, TE buffer"
    lot = lot_of(bench, "B 12")
    assert says(bench, Command.RELEASE_LOT, lot, comment="pH 8.0", words="TE buffer").title == "Lot released"


def test_a_control_of_a_batch_is_a_lot_that_is_released_and_its_tubes_name_it(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    scans(bench, number, "extract", None)
    bench.says(Command.BEGIN_BATCH, "dna-blood", instrument="Robot 1")
    assert bench.asks_for(Command.PLACE_CONTROL).title == "No lot is released"
    released(bench)
    lot = released(bench, BUFFER, "Control NA12878")
    scans(bench, KIT, "extract")
    assert bench.asks_for(Command.PLACE_CONTROL).title == "Which control?"
    said = scans(bench, BUFFER, "extract")
    assert (said.kind, said.title) == (VerdictKind.MATCHES, "Into B01")
    assert "Control NA12878 B-7 goes into B01." in said.sentence
    bench.asks_for(Command.PLACE_BLANK)
    assert bench.asks_for(Command.START_BATCH).title == "Batch started"
    assert bench.asks_for(Command.END_BATCH).title == "Batch ended"
    assert scans(bench, number, "extract", None).title == "Now its tube"
    assert scans(bench, "FD20024619", "extract", None).title == "Bound"
    facts = dict(found(bench, "FD20024619").facts)
    assert facts["Lots"] == "Extraction kit 12AB, Control B-7"
    assert facts["Blank"].endswith("C01 not measured")
    assert bench.rows("SELECT lot FROM extraction_lot WHERE part = 'Control'") == [{"lot": lot}]
