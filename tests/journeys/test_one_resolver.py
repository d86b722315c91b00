"""One resolver answers for every kind of code, on Receive and on Find alike."""

from __future__ import annotations

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.services.resolve import Resolved, resolve

PATIENT = Person(
    "FEATHERSTONEHAUGH",
    "A-1",
    "FD20024619",
    nhs="9990000018",
    hospital="H7733190",
    referral="r30000000077",
)
SINGLE = "Q26-118901-1"


def resolved(bench: BenchTop, code: str, symbology: str | None = None) -> Resolved:
    return bench.write(lambda ledger: resolve(ledger.db, code, symbology))


@pytest.mark.parametrize(
    "code",
    [
        "A-1",
        "a-1",
        " A-1 ",
        "FD20024619",
        "9990000018",
        "999 000 0018",
        "H7733190",
        "h7733190",
        "r30000000077",
        "R30000000077",
    ],
)
def test_every_code_of_a_request_leads_to_it_in_either_case(empty_bench: BenchTop, code: str) -> None:
    empty_bench.expects(PATIENT)
    (request,) = (row["id"] for row in empty_bench.rows("SELECT id FROM request"))
    assert {match.request for match in resolved(empty_bench, code).matches} == {request}


@pytest.mark.parametrize("code", ["A-1", "9990000018", "H7733190", "r30000000077"])
def test_each_opens_the_same_request_at_reception_and_finds_it_on_find(empty_bench: BenchTop, code: str) -> None:
    empty_bench.expects(PATIENT)
    found = empty_bench.looks_up(code).find
    assert found is not None
    assert any(hit.kind in {"request", "patient"} for hit in found.hits)
    assert empty_bench.scans(code).title == "Found"
    assert empty_bench.view.banner is not None
    assert empty_bench.view.banner.name == "FEATHERSTONEHAUGH, Test"


def test_our_number_leads_to_its_specimen_and_its_labels(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    found = resolved(bench, number.lower())
    assert (found.number, len(found.specimens)) == (number, 1)
    assert not found.private


def test_a_senders_code_leads_to_the_specimen_that_came_with_it(bench: BenchTop) -> None:
    bench.receives(SINGLE)
    assert len(resolved(bench, SINGLE).specimens) == 1


def test_a_code_that_two_tubes_carry_leads_to_both(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("OKORO", "A-1", "SHARED"), name="one.csv")
    empty_bench.expects(Person("BELL", "A-2", "SHARED"), name="two.csv")
    assert len(resolved(empty_bench, "SHARED").matches) == 2
    assert empty_bench.scans("SHARED").title == "More than one"


def test_a_code_of_one_tube_is_told_from_the_code_of_its_request(bench: BenchTop) -> None:
    tube, request = resolved(bench, "Q26-118834-1"), resolved(bench, "Q26-118834")
    assert [match.place for match in tube.matches] == [1]
    assert [match.place for match in request.matches] == [None]


def test_a_name_is_found_by_its_beginning_in_any_case_on_find_only(empty_bench: BenchTop) -> None:
    empty_bench.expects(PATIENT)
    for typed in ("feather", "FEATHERSTONEHAUGH, Test", "test feather"):
        found = empty_bench.bench.find(typed).result(15)
        assert any(hit.title.startswith("FEATHERSTONEHAUGH") for hit in found.hits), typed
    assert empty_bench.scans("FEATHERSTONEHAUGH").title == "Not expected"


def test_find_shows_the_whole_history_with_who_when_and_how(bench: BenchTop) -> None:
    number = bench.receives(SINGLE)
    bench.undoes()
    found = bench.looks_up(number).find
    assert found is not None
    assert found.heading == number
    told = [line.words.lower() for line in found.timeline]
    assert any("receive tube 1, edta blood" in line for line in told)
    assert any(f"label {number} scanned on its tube".lower() in line for line in told)
    accepted = next(line for line in found.timeline if line.words.lower() == f"accept {number}".lower())
    assert accepted.undone
    assert accepted.who == "R. Okafor"
    assert accepted.where == "Rehearsal bench"
    assert accepted.detail == "scanned Scanner"
    assert accepted.at == "23-Nov-2026 09:00"


def test_a_specimen_on_hold_is_released_or_rejected_from_find(bench: BenchTop) -> None:
    bench.says(Command.UNANNOUNCED, "unknown", type="EDTA blood")
    number = bench.label()
    bench.scans(number)
    found = bench.looks_up(number).find
    assert found is not None
    specimen = found.chosen.partition(":")[2]
    assert {offer.command for offer in found.offers} >= {Command.ACCEPT_WITH_COMMENT, Command.REJECT}
    assert bench.says(Command.REJECT, argument=specimen).sentence == "Choose at least one reason."
    bench.asks_for(Command.CANCEL)
    # Nothing on the tube of an unknown patient can be compared: the identity rule lets it through at discretion only.
    said = bench.says(Command.ACCEPT_WITH_COMMENT, comment="Request came by post", argument=specimen)
    assert said.title == "Not with a comment"
    said = bench.says(Command.ACCEPT_AT_DISCRETION, "identifiers-missing", argument=specimen)
    assert said.title == "Accepted at discretion"
    assert bench.rows("SELECT outcome FROM specimen") == [{"outcome": "accepted at discretion"}]
