"""NIPT at the bench: what the form states, how the sample is judged, and the day on which it physically came."""

from __future__ import annotations

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.services import nipt_clocks

FORM = {
    "sampled": "20/11/2026",
    "due": "30/04/2027",
    "weight": "68.5 kg",
    "fetuses": "1",
    "conditions": "T21/T13/T18",
    "chance": "120",
    "offered": "yes",
    "sequence": "First sample",
}


@pytest.fixture
def sample(empty_bench: BenchTop) -> tuple[BenchTop, str, str]:
    """A bench with one NIPT tube of a delivery that came on Saturday: the bench, our number, the specimen."""
    empty_bench.expects(Person("MARSH", "Q26-8", "TUBE-8", type="Blood in NIPT tube"))
    empty_bench.says(Command.NEW_DELIVERY, "in-order", carrier="DX", arrived="21/11/2026 08:00", stated="1")
    number = empty_bench.receives("TUBE-8")
    return empty_bench, number, empty_bench.rows("SELECT id FROM specimen")[0]["id"]


def states(bench: BenchTop, specimen: str, *history: str, **fields: str) -> str:
    bench.asks_for(Command.NIPT_FORM, argument=specimen)
    return bench.says(Command.NIPT_FORM, *history, argument=specimen, **(FORM | fields)).title


def test_find_offers_the_form_and_the_judgement_of_a_nipt_tube_only(sample: tuple[BenchTop, str, str]) -> None:
    bench, number, _ = sample
    offered = {offer.command for offer in bench.bench.find(number).result(15).offers}
    assert {Command.NIPT_FORM, Command.NIPT_JUDGE} <= offered
    bench.expects(Person("OTHER", "Q26-9", "TUBE-9", born="01/02/1990"))
    other = bench.receives("TUBE-9")
    assert Command.NIPT_FORM not in {offer.command for offer in bench.bench.find(other).result(15).offers}


def test_a_good_sample_is_stated_and_accepted_as_it_follows(sample: tuple[BenchTop, str, str]) -> None:
    bench, number, specimen = sample
    states(bench, specimen)
    bench.says(Command.NIPT_JUDGE, "5", argument=specimen)
    assert dict(bench.bench.find(number).result(15).facts)["NIPT judgement"] == "Sample accepted"


def test_what_cannot_be_read_is_told_and_what_was_typed_stands(sample: tuple[BenchTop, str, str]) -> None:
    bench, _, specimen = sample
    assert states(bench, specimen, weight="68.5") == "There is a problem"
    assert bench.count("nipt.stated") == 0


def test_a_form_stated_before_is_offered_again_as_it_was_stated(sample: tuple[BenchTop, str, str]) -> None:
    bench, _, specimen = sample
    states(bench, specimen)
    answered = bench.bench.command(Command.NIPT_FORM, None, specimen).result(15)
    assert answered.question is not None
    said = dict(answered.question.values)
    assert (said["weight"], said["due"], said["conditions"]) == ("68.5 kg", "30-Apr-2027", "T21/T13/T18")


def test_a_rejection_asks_for_its_reasons(sample: tuple[BenchTop, str, str]) -> None:
    bench, _, specimen = sample
    states(bench, specimen)
    answered = bench.bench.command(Command.NIPT_JUDGE, None, specimen).result(15)
    assert answered.question is not None
    bench.says(Command.NIPT_JUDGE, "2", argument=specimen)
    said = bench.says(Command.NIPT_JUDGE, "5", argument=f"{specimen}|2", repeat_asked="yes")
    assert said.title != "There is a problem"
    row = bench.rows("SELECT acceptance, rejection FROM nipt_judgement")[0]
    assert row["acceptance"] == "2"
    assert "5" in row["rejection"]


def test_the_day_of_receipt_is_the_deliverys_not_that_of_booking_in(sample: tuple[BenchTop, str, str]) -> None:
    bench, _, _ = sample
    [row] = bench.rows("SELECT * FROM specimen")
    receipt = bench.read(lambda ledger: nipt_clocks.receipt(ledger.db, row, "Europe/London"))
    assert (receipt.day.isoformat(), receipt.booked.isoformat()) == ("2026-11-21", "2026-11-23")
