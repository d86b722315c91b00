"""Families at reception: whose tube is awaited, a later name, prenatal specimens, and work that waits for all."""

from __future__ import annotations

import re

import pytest
from bench_top import BenchTop, Person, with_rule

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import site_rules

TRIO, PROBAND, MOTHER, FATHER = "r30000000001", "Q26-118834-1", "Q26-118835-1", "Q26-118836-1"


def test_the_heading_says_whose_tube_is_awaited_by_name(bench: BenchTop) -> None:
    bench.scans(TRIO)
    bench.receives(PROBAND)
    assert bench.heading == "Scan the mother's tube: OYELARAN, Temi"
    bench.receives(MOTHER)
    assert bench.heading == "Scan the father's tube: OYELARAN, Ade"


def test_another_members_tube_is_refused_and_says_whose_it_is_and_whose_is_awaited(bench: BenchTop) -> None:
    bench.scans(TRIO)
    said = bench.scans(FATHER)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Another member")
    assert "the father's tube: OYELARAN, Ade" in said.sentence
    assert "Expected the proband's: OYELARAN, Baby of Temi" in said.sentence
    assert bench.rows("SELECT id FROM specimen") == []


def test_the_other_member_is_taken_first_by_one_command(bench: BenchTop) -> None:
    bench.scans(TRIO)
    bench.asks_for(Command.OTHER_MEMBER)
    question = bench.view.question
    assert question is not None
    father = next(choice.code for choice in question.choices if "Ade" in choice.label)
    assert bench.says(Command.OTHER_MEMBER, father).sentence == "Scan the father's tube: OYELARAN, Ade."
    assert bench.heading == "Scan the father's tube: OYELARAN, Ade"
    bench.receives(FATHER)
    assert bench.heading.startswith("Scan the proband's tube")


def test_with_two_awaited_the_command_alone_says_the_other(bench: BenchTop) -> None:
    bench.receives(PROBAND)
    assert bench.asks_for(Command.OTHER_MEMBER).sentence == "Scan the father's tube: OYELARAN, Ade."
    bench.receives(FATHER)
    bench.receives(MOTHER)


def test_a_tube_of_a_person_alone_is_never_another_members(bench: BenchTop) -> None:
    assert bench.receives("Q26-118901-1")


def waiting_rule(bench: BenchTop) -> None:
    """The laboratory waits for every member of every family."""

    def approve(ledger: Ledger) -> None:
        held = ledger.db.all(text_statement("SELECT id FROM operator_role WHERE role = 'administrator'"))
        who = held[0]["id"].partition("/")[0]
        text = with_rule(site_rules.rule_text(ledger.db, "families").text, otherwise='"all"', starts='"all"')
        ledger.append([site_rules.approval(text, "families", who)], who)

    bench.write(approve)


def test_where_the_laboratory_waits_for_all_find_names_who_is_missing(bench: BenchTop) -> None:
    waiting_rule(bench)
    number = bench.receives(PROBAND)
    said = dict(bench.bench.find(number).result(15).facts)["Family"]
    assert said == "waits for the mother, OYELARAN, Temi and the father, OYELARAN, Ade"
    assert bench.verdict is not None
    assert bench.verdict.sentence.endswith(f"Work on it {said}.")
    bench.receives(MOTHER)
    bench.receives(FATHER)
    assert "Family" not in dict(bench.bench.find(number).result(15).facts)


def test_where_each_may_start_nobody_waits(bench: BenchTop) -> None:
    number = bench.receives(PROBAND)
    assert "Family" not in dict(bench.bench.find(number).result(15).facts)


@pytest.fixture
def baby(empty_bench: BenchTop) -> tuple[BenchTop, str, str]:
    """A newborn without a name of its own whose tube is received: the bench, our number, the patient."""
    empty_bench.expects(Person("BRANDT", "Q26-7", "TUBE-7", forename="Baby of Eva"))
    number = empty_bench.receives("TUBE-7")
    return empty_bench, number, empty_bench.rows("SELECT patient FROM specimen")[0]["patient"]


def names(bench: BenchTop, patient: str, *choices: str, **fields: str) -> str:
    bench.asks_for(Command.NAME_PATIENT, argument=patient)
    said = {"surname": "BRANDT", "forename": "Lena", "said_by": "Ward clerk, ward 4"} | fields
    return bench.says(Command.NAME_PATIENT, *choices, argument=patient, **said).sentence


def test_a_later_name_is_added_the_former_stays_findable_and_labels_are_named(baby: tuple[BenchTop, str, str]) -> None:
    bench, number, patient = baby
    assert number in names(bench, patient, "named")
    for query in ("Lena", "Baby"):
        assert any(hit.subject == f"patient:{patient}" for hit in bench.bench.find(query).result(15).hits), query
    facts = dict(bench.bench.find(number).result(15).facts)
    assert facts["Formerly"] == "BRANDT, Baby of Eva"
    banner = bench.bench.find(number).result(15).banner
    assert banner is not None
    assert banner.name == "BRANDT, Lena"
    assert not any(b"Lena" in content or b"Ward clerk" in content for content in bench.entries())


def test_today_lists_labels_with_a_former_name_until_they_are_printed_again(baby: tuple[BenchTop, str, str]) -> None:
    bench, number, patient = baby
    names(bench, patient, "named")

    def waiting() -> list[str]:
        lists = bench.bench.today().result(15).lists
        named = [item.title for work in lists if work.title == "Labels with a former name" for item in work.items]
        return [title.partition(" ")[0] for title in named]

    assert waiting() == [number]
    specimen = bench.rows("SELECT id FROM specimen")[0]["id"]
    reason = bench.read(lambda ledger: site_rules.reasons(ledger.db, "reprint")[0].code)
    bench.says(Command.PRINT_AGAIN, reason, argument=specimen)
    assert waiting() == []


@pytest.mark.parametrize(
    ("fields", "choices", "said"),
    [
        ({"forename": "Baby of Eva"}, ("named",), "this is the one that stands"),
        ({"surname": ""}, ("named",), "Enter the surname"),
        ({"said_by": ""}, ("named",), "Enter who said so"),
        ({}, (), "Choose why"),
        ({"born": "01/02/2001"}, ("named",), "That is a correction"),
    ],
)
def test_what_is_missing_of_a_later_name_is_told(
    baby: tuple[BenchTop, str, str], fields: dict[str, str], choices: tuple[str, ...], said: str
) -> None:
    bench, _, patient = baby
    assert said in names(bench, patient, *choices, **fields)
    assert len(bench.rows("SELECT id FROM patient_name")) == 1


def test_a_prenatal_specimen_is_linked_with_the_maternal_blood_and_both_show_it(empty_bench: BenchTop) -> None:
    fluid = Person(
        "MARSH", "Q26-8", "TUBE-8", born="01/11/2026", type="Amniotic fluid", referral="r30000000009", role="proband"
    )
    blood = Person("MARSH", "Q26-9", "TUBE-9", forename="Ann", referral="r30000000009", role="mother")
    empty_bench.expects(fluid, blood)
    first, second = empty_bench.receives("TUBE-8"), empty_bench.receives("TUBE-9")
    prenatal = empty_bench.rows("SELECT id FROM specimen WHERE accession = :number", number=first)[0]["id"]
    empty_bench.asks_for(Command.MATERNAL_BLOOD, argument=prenatal)
    offered = empty_bench.bench.find(first).result(15).offers
    assert Command.MATERNAL_BLOOD in [offer.command for offer in offered]
    said = empty_bench.says(Command.MATERNAL_BLOOD, argument=prenatal, number="nothing")
    assert re.search("no specimen here", said.sentence)
    said = empty_bench.says(Command.MATERNAL_BLOOD, argument=prenatal, number=second)
    assert said.sentence == f"{first} belongs with maternal blood {second}."
    assert dict(empty_bench.bench.find(first).result(15).facts)["Maternal blood"] == second
    assert dict(empty_bench.bench.find(second).result(15).facts)["Of maternal blood"] == first


def test_specimens_that_do_not_belong_together_are_parted_and_both_keep_that_they_did(empty_bench: BenchTop) -> None:
    fluid = Person("MARSH", "Q26-8", "TUBE-8", type="Amniotic fluid")
    empty_bench.expects(fluid, Person("OTHER", "Q26-9", "TUBE-9"))
    first, second = empty_bench.receives("TUBE-8"), empty_bench.receives("TUBE-9")
    prenatal = empty_bench.rows("SELECT id FROM specimen WHERE accession = :number", number=first)[0]["id"]
    for said in ("Linked", "Parted"):
        assert empty_bench.says(Command.MATERNAL_BLOOD, argument=prenatal, number=second).title == said
    assert "Maternal blood" not in dict(empty_bench.bench.find(first).result(15).facts)
    assert empty_bench.count("specimen.linked") == 2


def test_whoever_is_taken_first_stands_in_the_banner_as_in_the_heading(bench: BenchTop) -> None:
    bench.scans(TRIO)
    bench.asks_for(Command.OTHER_MEMBER)
    question = bench.view.question
    assert question is not None
    father = next(choice.code for choice in question.choices if "Ade" in choice.label)
    bench.says(Command.OTHER_MEMBER, father)
    view = bench.view
    assert view.banner is not None
    assert (view.heading, view.banner.name) == ("Scan the father's tube: OYELARAN, Ade", "OYELARAN, Ade")


def test_a_form_alone_of_a_family_is_of_the_member_whose_tube_is_awaited(bench: BenchTop) -> None:
    bench.scans(TRIO)
    bench.receives(PROBAND)
    bench.asks_for(Command.FORM_ALONE)
    question = bench.view.question
    assert question is not None
    assert "OYELARAN, Temi" in question.title
    bench.says(Command.FORM_ALONE, "no-specimen")
    [form] = bench.rows("SELECT i.state, r.role FROM delivery_item i JOIN request r ON r.id = i.request")
    assert form == {"state": "open", "role": "mother"}
    bench.receives(MOTHER)
    assert bench.rows("SELECT state FROM delivery_item") == [{"state": "done"}]
