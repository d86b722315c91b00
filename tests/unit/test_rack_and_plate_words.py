"""Every finding of a rack and every refusal of a plan has a whole sentence that says what to do."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "domain"))

from plate_tubes import NATIONAL, PLAIN, SMALL, germline, proband, relative, tubes, tumour
from rack_reads import RACK, SIX, hands, known, racks

from devices.values import RackScan
from gms_desktop import plate_words, rack_words
from gms_desktop.domain.plates import check as checks
from gms_desktop.domain.plates.check import Break, check
from gms_desktop.domain.plates.contents import Tube
from gms_desktop.domain.plates.last_read import Stop
from gms_desktop.domain.plates.last_read import Why as Stopped
from gms_desktop.domain.plates.plan import Refusal, Tried, Why, propose
from gms_desktop.domain.plates.rule_pack import Rule
from gms_desktop.domain.racks.compare import compare
from gms_desktop.domain.racks.evidence import Expected
from gms_desktop.domain.racks.findings import Found, Kind, Look, Whereabouts
from gms_desktop.domain.racks.reads import ByHand, rack_read

NEVER_SAID = re.compile(
    r"\b(invalid|illegal|please|sorry|oops|failed|failure|error|abort\w*|fatal|warning|null|none|exception|entity|"
    r"database|transaction|user|click|bad|wrongly|simply|just|obviously)\b",
    re.IGNORECASE,
)
BROKEN = re.compile(r"\{\w*\}|\.\.|  | \.|,\.|None|: \.|\(\)")


def is_whole(sentence: str) -> bool:
    told = NEVER_SAID.sub("", sentence.replace("none of these", "").replace("is none of", ""))
    return told == sentence.replace("none of these", "").replace("is none of", "") and not BROKEN.search(sentence)


@settings(max_examples=60)
@given(racks(), known, hands)
def test_whatever_is_found_of_a_rack_has_a_title_and_a_sentence(
    rack: tuple[dict[str, str], RackScan], where: dict[str, Whereabouts], hand: ByHand
) -> None:
    expected, reading = rack
    found = compare(SIX, rack_read(SIX, reading), Expected(RACK, expected), where, hand)
    for one in found.found:
        sentence = rack_words.finding(one)
        assert is_whole(sentence), sentence
        assert sentence.endswith(".")
        assert all(
            code in sentence for code in one.codes if one.kind is not Kind.TURNED and one.kind is not Kind.NOT_READ
        )
        assert rack_words.title(one)
    assert rack_words.counted(found).endswith("6 wells.")


def test_every_kind_and_every_look_has_words() -> None:
    assert set(rack_words.TITLES) == set(Kind) == set(rack_words._SENTENCES)
    assert set(rack_words.LOOKS) == set(Look)
    assert all(is_whole(words) for words in (*rack_words.TITLES.values(), *rack_words.LOOKS.values()))


@pytest.mark.parametrize(
    ("found", "title", "sentence"),
    [
        (
            Found(Kind.SWAPPED, ("F07", "F08"), ("1700009560", "1700009561")),
            "F07 and F08 swapped",
            "1700009560 and 1700009561 changed places. Put them back and read again, or keep them as read.",
        ),
        (
            Found(Kind.MOVED, ("B01", "H12"), ("FD1",), "", left="empty"),
            "B01 and H12 moved",
            (
                "FD1 stands in H12 and is expected in B01; B01 is empty, and nothing is expected in H12. "
                "Put it back and read again, or keep it as read."
            ),
        ),
        (
            Found(Kind.FOREIGN, ("H09",), ("1700012204",), where=Whereabouts("SA00795810", "C04", "another patient")),
            "H09 foreign tube",
            (
                "1700012204 belongs to rack SA00795810, well C04, another patient. Nothing is expected there. "
                "Take it out and put it in the review rack."
            ),
        ),
        (
            Found(Kind.NOT_READ, ("C05",), ("1700009541",), "1700009541"),
            "C05 not read",
            "1700009541 is expected here. Scan its side code, or say that the well is empty.",
        ),
        (
            Found(Kind.WRONG_RACK, codes=("SA1",), expected="SA2"),
            "Another rack",
            "This is rack SA1. Rack SA2 is expected: bring that one, or choose this one.",
        ),
        (
            Found(Kind.EMPTIES, tuple(f"{row}02" for row in "ABCDEFGH")),
            "A02, B02, C02, D02 and 4 more confirm the empty wells",
            "8 wells have no code, and this reader cannot tell an empty well from an unread tube. Look, then confirm.",
        ),
    ],
)
def test_a_finding_says_what_was_read_what_was_expected_and_what_to_do(found: Found, title: str, sentence: str) -> None:
    assert rack_words.title(found) == title
    assert rack_words.finding(found) == sentence


def test_a_tumour_that_waits_names_what_it_waits_for() -> None:
    waits = propose([tumour(1, 1)], pack=NATIONAL, template=PLAIN, plates=1).refused[0]
    assert plate_words.refused(waits) == (
        f"{waits.code}: It waits for its cancer germline tube, which is not here. Plan it when that has come."
    )


def test_a_tube_without_room_names_what_each_plate_said() -> None:
    said = Refusal("FD1", Why.NO_ROOM, tried=(Tried(1), Tried(2, Rule.PARTICIPANT_ONCE, "FD2")))
    assert plate_words.refused(said) == (
        "FD1: Plate 1 is full; plate 2: the same participant is there already (FD2). "
        "Allow one more plate, or plan it next time."
    )


@settings(max_examples=60)
@given(st.lists(tubes, max_size=40), st.integers(0, 4))
def test_every_refusal_of_a_plan_has_a_whole_sentence(wanted: list[Tube], plates: int) -> None:
    plan = propose(wanted, pack=NATIONAL, template=SMALL, plates=plates)
    for one in plan.refused:
        assert is_whole(plate_words.refused(one)), plate_words.refused(one)
        assert one.code in plate_words.refused(one)


def test_every_break_of_a_layout_has_a_whole_sentence() -> None:
    plan = propose([proband(1), relative(1, 1), relative(2, 1)], pack=NATIONAL, template=PLAIN, plates=2)
    first, second = plan.plates
    loose = replace(second, wells={"B01": relative(1, 1), "D01": relative(2, 1), "Z9": tumour(1, 1)}, consignment="c-2")
    rules = {one.rule for one in check([first, loose], NATIONAL)}
    assert {Rule.APART, Rule.BUFFER, Rule.A01, Rule.CONSIGNMENT, Rule.PARTNER, Rule.ONE_TYPE} <= rules
    assert all(is_whole(plate_words.broken(one)) for one in check([first, loose], NATIONAL))
    for rule in (*Rule, checks.TUBE_TWICE, checks.NO_SUCH_WELL, checks.NO_LOT, checks.WHO_UNKNOWN):
        said = plate_words.broken(Break(rule, (1,), ("A01",), (germline(1, 1).code,), "tumour"))
        assert is_whole(said), said
        assert said.startswith("Plate 1, A01: ")


@pytest.mark.parametrize("why", list(Stopped))
def test_a_plate_without_its_code_says_what_is_in_the_way(why: Stopped) -> None:
    said = plate_words.stopped(Stop(why, "SA1", ("FD1", "FD2")))
    assert is_whole(said)
    assert "SA1" in said or "FD1" in said
