"""Receivers of send-aways are looked at, changed, proposed and approved by another person, all on Send away."""

from __future__ import annotations

import pytest
from bench_top import OKAFOR, BenchTop
from people_at_work import NOVAK, added, works
from send_work import closes, opens, says, view

from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.services import destination_commands, destination_form, site_rules
from gms_desktop.services.views import Answer

NEW = {
    "code": "north-glh",
    "name": "North laboratory",
    "ods": "RX123",
    "address": "North Laboratory / c/o Pathology / 1 North Road / Northton NO1 1AA",
    "telephone": "01632 960111",
}


def receivers(bench: BenchTop) -> tuple[Destination, ...]:
    return bench.read(lambda ledger: site_rules.destinations(ledger.db))


def receiver(bench: BenchTop, code: str) -> Destination:
    return next(one for one in receivers(bench) if one.code == code)


def shows(bench: BenchTop, code: str = "") -> None:
    bench.asks_for(Command.SEND_PLACES)
    if code:
        says(bench, Command.SEND_PLACE, code)


def changes(bench: BenchTop, given: Command, *more: str, without: str = "", **fields: str) -> Verdict:
    """Change some fields of the form, and leave the others as they stand in it."""
    bench.bench.command(given).result(60)
    asked = view(bench).question
    assert asked is not None
    chosen = tuple(one for one in (*asked.chosen, *more) if one != without)
    said = dict(asked.values) | fields
    answer = Answer(chosen, fields=tuple(said.items()), subject=asked.subject)
    return bench.bench.command(given, answer).result(60).verdict


def approved_by(bench: BenchTop) -> Verdict:
    shows(bench)
    [offer] = [one for one in view(bench).offers if one.command is Command.SEND_PLACE_APPROVE]
    said = bench.bench.command(Command.SEND_PLACE_APPROVE, None, offer.argument).result(60).verdict
    if said.title != "A second person confirms":
        return said
    return bench.bench.command(Command.SECOND_PERSON, Answer(("countersign",))).result(60).verdict


@pytest.fixture
def people(bench: BenchTop) -> BenchTop:
    """B. Novak, a biomedical scientist, is signed in; the administrator may come."""
    works(bench, OKAFOR)
    added(bench, NOVAK)
    works(bench, NOVAK)
    return bench


def test_every_receiver_is_shown_with_all_that_packing_looks_at(bench: BenchTop) -> None:
    shows(bench)
    listed = {one.title: one.detail for one in view(bench).items}
    assert listed["EXAMPLE designated sequencing laboratory"] == "EXAMPLE, FluidX tubes"
    assert "EXAMPLE set of the product" in view(bench).state
    shows(bench, "wgs")
    facts = dict(view(bench).facts)
    assert facts["Courier collects until"] == "16:00"
    assert facts["Open"].startswith("Mon 09:00-17:00, Tue 09:00-17:00")
    assert facts["Address"].endswith("1 Example Street / Exampleton EX1 1AA")


def test_a_change_counts_once_another_person_approved_what_was_on_the_screen(people: BenchTop) -> None:
    bench = people
    shows(bench, "wgs")
    before = receivers(bench)
    said = changes(bench, Command.SEND_PLACE_WHEN, cut_off="14:30", receiving="Mon 08:00-18:00, Tue 8:00-18:00")
    assert said.title == "Not proposed yet"
    assert ("Courier collects until: 16:00 → 14:30") in [one.detail for one in view(bench).items]
    assert receiver(bench, "wgs").cut_off.hour == 16
    assert bench.asks_for(Command.SEND_PLACE_PROPOSE).title == "Proposed"
    assert approved_by(bench).title == "Another person"
    works(bench, OKAFOR)
    assert approved_by(bench).title == "Approved"
    assert f"{receiver(bench, 'wgs').cut_off:%H:%M}" == "14:30"
    assert len(receiver(bench, "wgs").receiving) == 2
    assert "Version 1 of this laboratory" in view(bench).state
    # All else is as it was.
    others = [one for one in receivers(bench) if one.code != "wgs"]
    assert others == [one for one in before if one.code != "wgs"]


def test_what_was_proposed_meanwhile_is_looked_at_before_it_is_approved(people: BenchTop) -> None:
    bench = people
    shows(bench, "wgs")
    changes(bench, Command.SEND_PLACE_WHO, telephone="01632 960009")
    bench.asks_for(Command.SEND_PLACE_PROPOSE)
    works(bench, OKAFOR)
    said = bench.bench.command(Command.SEND_PLACE_APPROVE, None, "another").result(60).verdict
    assert said.title == "Look at it first"
    assert "EXAMPLE set of the product" in view(bench).state


def test_a_new_receiver_is_added_and_things_are_sent_there(people: BenchTop) -> None:
    bench = people
    shows(bench)
    assert changes(bench, Command.SEND_PLACE_NEW, "takes:specimen", **NEW).title == "Not proposed yet"
    # Further parts of it follow before it is proposed.
    changes(bench, Command.SEND_PLACE_TAKES, "category_b", temperature="2 to 8 °C", coldest="2", warmest="8")
    bench.asks_for(Command.SEND_PLACE_PROPOSE)
    works(bench, OKAFOR)
    assert approved_by(bench).title == "Approved"
    made = receiver(bench, "north-glh")
    assert (made.address[1], made.accepts, made.category_b) == ("c/o Pathology", frozenset({"specimen"}), True)
    assert (str(made.coldest), str(made.warmest), made.example) == ("2", "8", False)
    bench.asks_for(Command.SEND_ASIDE)
    bench.asks_for(Command.SEND_ASIDE)
    assert opens(bench, "north-glh")
    assert closes(bench).title == "Nothing packed"


@pytest.mark.parametrize(
    ("given", "fields", "problem"),
    [
        (Command.SEND_PLACE_WHO, {"name": ""}, "Enter a name."),
        (Command.SEND_PLACE_WHO, {"address": ""}, "Enter the address"),
        (Command.SEND_PLACE_TAKES, {"identifiers": "surname"}, "“surname” was entered"),
        (Command.SEND_PLACE_TAKES, {"manifest": "gel1005"}, "dwgs, gel1004, packing list"),
        (Command.SEND_PLACE_TAKES, {"coldest": "8", "warmest": "2"}, "The warmest is not below"),
        (Command.SEND_PLACE_TAKES, {"coldest": "cold"}, "a number such as 2.5"),
        (Command.SEND_PLACE_WHEN, {"cut_off": "4 pm"}, "a time such as 16:00"),
        (Command.SEND_PLACE_WHEN, {"receiving": "Mon 17:00-09:00"}, "days with hours"),
        (Command.SEND_PLACE_WHEN, {"receiving": "T 09:00-17:00"}, "days with hours"),
        (Command.SEND_PLACE_WHEN, {"transit_days": ""}, "0 for the same day"),
        (Command.SEND_PLACE_WHEN, {"turnaround_days": "-1"}, "a whole number of days"),
        (Command.SEND_PLACE_TISSUE, {"minimum_percent": "120"}, "a number such as"),
        (Command.SEND_PLACE_TISSUE, {"bands": "low to high"}, "ranges such as"),
        (Command.SEND_PLACE_TISSUE, {"number": "5"}, "Choose slides or scrolls"),
    ],
)
def test_what_is_not_understood_is_asked_again_with_what_was_entered(
    bench: BenchTop, given: Command, fields: dict[str, str], problem: str
) -> None:
    shows(bench, "wgs")
    changes(bench, given, **fields)
    asked = view(bench).question
    assert asked is not None
    assert any(problem in one for one in asked.problems), asked.problems
    assert fields.items() <= dict(asked.values).items()
    bench.asks_for(Command.SEND_PLACE_PROPOSE)
    assert bench.count("site_data.proposed") == 0


def test_a_code_that_is_anothers_is_refused(bench: BenchTop) -> None:
    shows(bench)
    for code, problem in (("wgs", "another receiver's code"), ("North GLH", "Enter a short code")):
        changes(bench, Command.SEND_PLACE_NEW, "takes:tube", **(NEW | {"code": code}))
        asked = view(bench).question
        assert asked is not None
        assert problem in asked.problems[0]
        bench.asks_for(Command.CANCEL)


def test_a_change_that_is_put_aside_leaves_nothing(bench: BenchTop) -> None:
    shows(bench, "wgs")
    changes(bench, Command.SEND_PLACE_WHO, telephone="01632 960009")
    assert bench.asks_for(Command.SEND_ASIDE).title == "Put aside"
    assert dict(view(bench).facts)["Telephone"] == "01632 960001"
    assert bench.asks_for(Command.SEND_PLACE_PROPOSE).title == "Nothing to propose"


def test_every_form_saved_as_it_stands_changes_nothing(bench: BenchTop) -> None:
    for one in receivers(bench):
        shows(bench, one.code)
        for given in destination_form.PARTS:
            if given is not Command.SEND_PLACE_NEW:
                assert changes(bench, given).title == "Nothing changes", (one.code, given)
    assert bench.read(lambda ledger: destination_commands.proposal(ledger.db)) is None


def test_whoever_signs_in_next_finds_no_change_of_another(people: BenchTop) -> None:
    shows(people, "wgs")
    changes(people, Command.SEND_PLACE_WHO, telephone="01632 960009")
    works(people, OKAFOR)
    assert people.asks_for(Command.SEND_PLACE_PROPOSE).title == "Nothing to propose"
