"""A specimen is looked at: condition by one touch, volume and type by a question, and none of it decides."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.services.find import find
from gms_desktop.services.label_press import label_words
from gms_desktop.services.site_rules import approval
from gms_desktop.services.views import FindView, Mark

SINGLE = "Q26-118901-1"


@pytest.fixture
def in_hand(bench: BenchTop) -> BenchTop:
    """A tube of EDTA blood was received, its label is printed."""
    assert bench.scans(SINGLE).title == "Matches"
    bench.label()
    return bench


def key(bench: BenchTop) -> str:
    return bench.in_hand.key


def checks(bench: BenchTop) -> dict[str, str]:
    return {line.label: line.value for line in bench.view.checks}


def on_find(bench: BenchTop) -> FindView:
    specimen = bench.rows("SELECT id FROM specimen")[0]["id"]
    return bench.read(lambda ledger: find(ledger, "", f"specimen:{specimen}", "Europe/London"))


def test_one_touch_says_that_a_tube_is_clotted_and_the_same_touch_takes_it_back(in_hand: BenchTop) -> None:
    touch = next(one for one in in_hand.view.touches if one.label == "Clotted")
    assert touch.argument == f"{key(in_hand)}#clotted"
    assert in_hand.asks_for(touch.command, touch.argument).title == "Noted"
    assert checks(in_hand)["Condition"] == "clotted"
    assert in_hand.in_hand.seen == "clotted"
    again = next(one for one in in_hand.view.touches if one.seen)
    in_hand.asks_for(again.command, again.argument)
    assert checks(in_hand)["Condition"] == "nothing seen"


def test_what_is_seen_decides_nothing_the_label_accepts_the_tube_all_the_same(in_hand: BenchTop) -> None:
    in_hand.asks_for(Command.CONDITION, f"{key(in_hand)}#haemolysed")
    assert in_hand.rows("SELECT outcome FROM specimen") == [{"outcome": None}]
    assert in_hand.scans(in_hand.in_hand.accession).title == "Accepted"
    assert in_hand.rows("SELECT condition FROM examination") == [{"condition": '["haemolysed"]'}]


def test_several_things_that_are_seen_are_said_by_one_question(in_hand: BenchTop) -> None:
    assert in_hand.asks_for(Command.CONDITION).title == "Condition"
    assert in_hand.heading == "What is seen on tube 1?"
    assert in_hand.says(Command.CONDITION, "leaking", "short", argument=key(in_hand)).kind is VerdictKind.FOUND
    assert checks(in_hand)["Condition"] == "short, leaking"
    assert in_hand.view.question is None


def test_a_scan_while_it_is_asked_what_is_seen_waits_for_the_answer(in_hand: BenchTop) -> None:
    in_hand.asks_for(Command.CONDITION)
    assert in_hand.scans(in_hand.in_hand.accession).title == "Answer first"
    in_hand.asks_for(Command.CANCEL)
    assert in_hand.scans(in_hand.in_hand.accession).title == "Accepted"


def test_no_volume_stands_in_the_question_and_none_is_recorded_that_nobody_gave(in_hand: BenchTop) -> None:
    in_hand.asks_for(Command.EXAMINE)
    question = in_hand.view.question
    assert question is not None
    assert question.values == ()
    assert in_hand.says(Command.EXAMINE, argument=key(in_hand)).title == "Volume and type"
    assert in_hand.count("specimen.examined") == 0


def test_a_volume_needs_its_unit_and_how_it_is_known(in_hand: BenchTop) -> None:
    said = in_hand.says(Command.EXAMINE, argument=key(in_hand), volume="2.5")
    assert "its unit" in said.sentence
    assert "Choose how the volume is known" in said.sentence
    said = in_hand.says(Command.EXAMINE, "estimated", argument=key(in_hand), volume="2.5 ml")
    assert said.title == "Noted"
    row = in_hand.rows("SELECT volume, volume_unit, volume_raw, volume_how FROM examination")[0]
    assert row == {"volume": "2.5", "volume_unit": "ml", "volume_raw": "2.5 ml", "volume_how": "estimated"}
    assert checks(in_hand)["Volume"] == "2.5 ml estimated"


def test_a_type_other_than_expected_is_shown_and_recorded_beside_it(in_hand: BenchTop) -> None:
    said = in_hand.says(Command.EXAMINE, argument=key(in_hand), type="lithium heparin blood")
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Another type")
    line = next(line for line in in_hand.view.checks if line.label == "Type as found")
    assert (line.mark, line.value) == (Mark.DIFFERS, "Lithium heparin blood, expected EDTA blood")
    assert in_hand.rows("SELECT type FROM specimen") == [{"type": "EDTA blood"}]


def test_free_text_is_no_type_since_it_may_carry_a_name(in_hand: BenchTop) -> None:
    said = in_hand.says(Command.EXAMINE, argument=key(in_hand), type="Mrs Okoye's blood")
    assert "Enter the type as one of" in said.sentence
    assert in_hand.count("specimen.examined") == 0


def test_what_was_seen_first_stays_when_something_else_is_looked_at(in_hand: BenchTop) -> None:
    in_hand.asks_for(Command.CONDITION, f"{key(in_hand)}#clotted")
    in_hand.says(Command.EXAMINE, "measured", argument=key(in_hand), volume="3 ml")
    assert in_hand.in_hand.seen == "3 ml measured, clotted"


def test_undo_takes_back_what_was_seen_last_and_nothing_else(in_hand: BenchTop) -> None:
    in_hand.asks_for(Command.CONDITION, f"{key(in_hand)}#clotted")
    in_hand.asks_for(Command.CONDITION, f"{key(in_hand)}#short")
    assert in_hand.view.undo.startswith("Undo: look at")
    in_hand.undoes()
    assert checks(in_hand)["Condition"] == "clotted"
    in_hand.undoes()
    assert "Condition" not in checks(in_hand)
    assert in_hand.view.undo == "Undo: receive tube 1"


def test_find_shows_what_was_seen_among_the_facts_and_in_the_history(in_hand: BenchTop) -> None:
    in_hand.asks_for(Command.CONDITION, f"{key(in_hand)}#clotted")
    in_hand.says(Command.EXAMINE, "stated", argument=key(in_hand), volume="4 ml")
    shown = on_find(in_hand)
    assert dict(shown.facts)["Condition"] == "clotted"
    assert dict(shown.facts)["Volume"] == "4 ml stated"
    assert [line.words for line in shown.timeline[:2]] == [
        f"Look at {in_hand.in_hand.accession}: 4 ml stated",
        f"Look at {in_hand.in_hand.accession}: clotted",
    ]


def test_a_specimen_is_looked_at_from_find_as_well_and_the_work_stays_there(in_hand: BenchTop) -> None:
    in_hand.scans(in_hand.in_hand.accession)
    specimen = in_hand.rows("SELECT id FROM specimen")[0]["id"]
    assert Command.CONDITION in [offer.command for offer in on_find(in_hand).offers]
    answered = in_hand.bench.command(Command.CONDITION, None, specimen).result(15)
    assert (answered.place, answered.question.subject if answered.question else "") == ("find", specimen)
    assert in_hand.view.question is None
    in_hand.says(Command.CONDITION, "leaking", argument=specimen)
    assert dict(on_find(in_hand).facts)["Condition"] == "leaking"


def test_the_report_counts_what_was_seen_on_an_unacceptable_specimen_once(in_hand: BenchTop) -> None:
    for code in ("clotted", "leaking"):
        in_hand.asks_for(Command.CONDITION, f"{key(in_hand)}#{code}")
    in_hand.says(Command.REJECT, "clotted")
    [row] = [row for row in in_hand.bench.report().result(15).rows if row.unacceptable]
    assert dict(row.reasons) == {"Clotted": 1, "Leaking (as seen)": 1}


def test_what_was_seen_makes_no_specimen_unacceptable(in_hand: BenchTop) -> None:
    in_hand.asks_for(Command.CONDITION, f"{key(in_hand)}#leaking")
    in_hand.scans(in_hand.in_hand.accession)
    assert in_hand.bench.report().result(15).total_unacceptable == 0


def test_a_fluid_asks_how_it_was_prepared_and_who_assessed_it_and_the_name_stands_beside_the_entry(
    empty_bench: BenchTop,
) -> None:
    empty_bench.expects(Person("Cyto", "C1", "C1-1", type="Pleural fluid"))
    empty_bench.scans("C1-1")
    empty_bench.label()
    empty_bench.asks_for(Command.EXAMINE)
    question = empty_bench.view.question
    assert question is not None
    assert {"preparation", "fixative", "adequacy", "assessor"} <= dict(question.fields).keys()
    wrong = empty_bench.says(Command.EXAMINE, argument=key(empty_bench), preparation="Shaken", adequacy="Adequate")
    assert "Enter the preparation as one of" in wrong.sentence
    said = {"preparation": "cytospin", "fixative": "formalin", "adequacy": "adequate", "assessor": "Dr T. Fanshawe"}
    empty_bench.says(Command.EXAMINE, argument=key(empty_bench), **said)
    assert dict(on_find(empty_bench).facts)["Cytology"] == (
        "preparation Cytospin, fixative Formalin, adequacy Adequate, assessed by Dr T. Fanshawe"
    )
    assert not any(b"Fanshawe" in content for content in empty_bench.entries())


def test_dna_in_another_laboratorys_fluidx_tube_arrives_by_its_code_with_its_stated_history(
    empty_bench: BenchTop,
) -> None:
    empty_bench.expects(Person("Extract", "X1", "1700009505", type="Extracted DNA"))
    assert empty_bench.scans("1700009505").title == "Matches"
    empty_bench.label()
    said = {"extracted_by": "rtr", "their_code": "1700009505", "source": "EDTA blood", "extracted_on": "21/11/2026"}
    empty_bench.says(
        Command.EXAMINE, "stated", argument=key(empty_bench), volume="120 µl", comment="85.5 ng/µl, DIN 8.2", **said
    )
    facts = dict(on_find(empty_bench).facts)
    assert facts["Stated history"] == (
        "extracted by RTR, from EDTA blood, on 2026-11-21, tube 1700009505, 85.5 ng/µl, DIN 8.2"
    )
    assert facts["Volume"] == "120 µl stated"


@pytest.mark.parametrize(
    ("field", "value"),
    [("extracted_by", "Leeds lab"), ("their_code", "no code"), ("source", "Moon dust"), ("extracted_on", "24/11/2026")],
)
def test_a_stated_history_that_cannot_be_so_is_asked_again(empty_bench: BenchTop, field: str, value: str) -> None:
    empty_bench.clock.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    empty_bench.expects(Person("Extract", "X1", "1700009505", type="Extracted RNA"))
    empty_bench.scans("1700009505")
    empty_bench.label()
    empty_bench.says(Command.EXAMINE, argument=key(empty_bench), **{field: value})
    assert empty_bench.count("specimen.examined") == 0


def test_an_irreplaceable_specimen_is_shown_as_such_and_one_never_chilled_warns_storage(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("Amnio", "A1", "A1-1", type="Amniotic fluid"))
    empty_bench.scans("A1-1")
    empty_bench.label()
    assert checks(empty_bench)["Irreplaceable"] == "cannot easily be taken again"
    assert checks(empty_bench)["Storage"] == "Amniotic fluid: never chill or freeze"


def test_a_laboratory_approves_its_own_types_and_conditions(empty_bench: BenchTop) -> None:
    text = files("resources").joinpath("reference", "specimen-types.toml").read_text("utf-8")
    text = text.replace('words = "Saliva"', 'words = "Spit"').replace('words = "Short"', 'words = "Too little"')
    administrator = empty_bench.rows("SELECT operator FROM operator_role WHERE role = 'administrator'")[0]["operator"]
    approved = approval(text, "specimen-types", administrator)
    empty_bench.write(lambda ledger: ledger.append([approved], administrator))
    booked = empty_bench.says(Command.UNANNOUNCED, "unknown", type="saliva")
    # Its code is the same, and is taken as well.
    assert "Enter the specimen type as one of" not in booked.sentence
    empty_bench.label("label awaited")
    assert empty_bench.in_hand.specimen_type == "Spit"
    assert "Too little" in [touch.label for touch in empty_bench.view.touches]


def test_a_list_that_cannot_be_read_is_not_approved() -> None:
    with pytest.raises(Refused, match="specimen-types"):
        approval('name = "x"\nversion = "1"\neffective = "2026-01-01"\n', "specimen-types", "ada")


def test_a_label_printed_again_names_the_type_as_it_was_found(in_hand: BenchTop) -> None:
    in_hand.says(Command.EXAMINE, argument=key(in_hand), type="Saliva")
    label = in_hand.rows("SELECT id FROM label")[0]["id"]
    assert in_hand.read(lambda ledger: label_words(ledger, label)).specimen_type == "Saliva"


def test_with_no_tube_at_hand_nothing_can_be_looked_at(bench: BenchTop) -> None:
    assert bench.asks_for(Command.CONDITION).title == "Which specimen?"
