"""Tissue in the register: what was cut is counted on, assessments stand, and two who cut at once are in dispute."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shift import Shift
from shift_racks import racks
from shift_tissue import draft_cut, draft_joined, draft_moved, slide, tissue

from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import from_bytes
from gms_desktop.journal.upcasters import upcast
from gms_desktop.register import case_look_up, tissue_look_up
from gms_desktop.register.ledger import Draft, Pen, PremiseFailed
from gms_desktop.register.rows import new_row
from gms_desktop.register.tissue import GROUP

KINDS = Path(__file__).parents[1] / "data" / "journal" / "kinds"


@pytest.fixture
def day(database: Database) -> Shift:
    return Shift(database, 12).begin()


@pytest.fixture
def names(day: Shift) -> dict[str, str]:
    specimen = racks(day)["specimen"]
    return tissue(day, specimen) | {"specimen": specimen}


def test_a_block_has_what_was_cut_from_it_and_what_is_left(day: Shift, names: dict[str, str]) -> None:
    db = day.ledger.db
    block = tissue_look_up.piece_of_specimen(db, names["specimen"])
    assert block is not None
    assert (block["id"], block["state"], block["left_um"], block["report_agrees"]) == (
        names["block"],
        "here",
        "150",
        "yes",
    )
    cut = tissue_look_up.pieces_of(db, names["block"])
    told = [(one["id"], one["first_section"], one["stain"], one["state"]) for one in cut]
    assert told == [
        (names["he"], 1, "he", "scraped"),
        (names["blank"], 2, None, "here"),
        (names["spare"], 3, None, "retained"),
    ]
    assert [one["id"] for one in tissue_look_up.pieces_of(db, names["he"])] == [names["tube"]]
    assert len(tissue_look_up.pieces_of_case(db, names["case"])) == 5


def test_times_that_are_not_stated_again_stay(day: Shift, names: dict[str, str]) -> None:
    block = tissue_look_up.piece(day.ledger.db, names["block"])
    assert block is not None
    assert json.loads(block["acquired"])["words"] == "20/11/2026 9:30"
    assert (block["into_formalin"], block["out_of_formalin"]) == (None, None)


def test_assessments_stand_beside_each_other_exactly_as_given(day: Shift, names: dict[str, str]) -> None:
    found = tissue_look_up.assessments(day.ledger.db, names["block"])
    assert sorted(one["neoplastic"] for one in found) == ["4", "62.5"]


def test_pictures_and_agreements_are_found_by_their_piece(day: Shift, names: dict[str, str]) -> None:
    db = day.ledger.db
    [image], [agreement] = tissue_look_up.images(db, names["he"]), tissue_look_up.agreements(db, names["he"])
    assert (image["of"], agreement["permits"]) == ("microscopic", "scrapes a stained diagnostic slide")
    assert agreement["used_at"]


def test_a_case_and_a_slide_are_found_by_their_numbers(day: Shift, names: dict[str, str]) -> None:
    db = day.ledger.db
    case, he = tissue_look_up.case(db, names["case"]), tissue_look_up.piece(db, names["he"])
    assert case is not None
    assert he is not None
    assert tissue_look_up.case_by_number(db, case["number"]) == case
    assert tissue_look_up.piece_by_number(db, he["number"]) == he
    assert case in tissue_look_up.cases(db)


def test_a_specimen_is_a_piece_of_one_case(day: Shift, names: dict[str, str]) -> None:
    again = day.ledger.identity()
    with pytest.raises(PremiseFailed):
        day.act(lambda: [draft_joined(day, names["case"], again, names["specimen"], Pen(day.ledger.chance))])


def test_two_who_cut_one_block_without_knowing_of_each_other_are_in_dispute(day: Shift, names: dict[str, str]) -> None:
    first, second = (slide(day, day.ledger.identity(), 4) for _ in range(2))
    stale = draft_cut(day, names["case"], names["block"], [second])
    day.act(lambda: [draft_cut(day, names["case"], names["block"], [first])])
    day.act(lambda: [stale])
    subject = f"piece:{names['block']}"
    assert case_look_up.case_entry(day.ledger.db, subject, day.last(subject)) is not None
    # Both slides exist, and both are known.
    assert tissue_look_up.piece_by_number(day.ledger.db, second["number"]) is not None


def test_a_block_of_which_nothing_is_left_is_exhausted(day: Shift, names: dict[str, str]) -> None:
    last = slide(day, day.ledger.identity(), 4)
    day.act(lambda: [draft_cut(day, names["case"], names["block"], [last], left=None)])
    block = tissue_look_up.piece(day.ledger.db, names["block"])
    assert block is not None
    assert block["state"] == "exhausted"


@pytest.mark.parametrize("count", [0, 61])
def test_a_cutting_makes_at_least_one_piece_and_not_more_than_an_entry_holds(
    day: Shift, names: dict[str, str], count: int
) -> None:
    made = [slide(day, day.ledger.identity(), at) for at in range(4, 4 + count)]
    with pytest.raises(ValueError, match="1 to 60"):
        day.act(lambda: [draft_cut(day, names["case"], names["block"], made)])


def test_two_who_correct_one_assessment_without_knowing_of_each_other_are_in_dispute(
    day: Shift, names: dict[str, str]
) -> None:
    [row] = [one for one in tissue_look_up.assessments(day.ledger.db, names["block"]) if one["neoplastic"] == "62.5"]
    subject = f"tissue_assessment:{row['id']}"
    body = {name: row[name] for name in ("slide", "method", "cellularity", "necrosis")}
    body |= {"assessment": row["id"], "piece": names["block"], "earlier": {"neoplastic": "62.5"}, "withdrawn": False}
    body |= {"area_marked": True, "macrodissect": False, "assessor": None, "on": "2026-11-21", "comment": None}
    body |= {"reason": None, "follows": day.last(subject), "bench": day.bench, "representative": None}
    day.act(lambda: [Draft("tissue.assessment_corrected", body | {"neoplastic": "26.5"})])
    day.act(lambda: [Draft("tissue.assessment_corrected", body | {"neoplastic": "6.25"})])
    assert case_look_up.case_entry(day.ledger.db, subject, day.last(subject)) is not None


def test_what_an_older_agreement_said_in_the_open_is_still_there(day: Shift, names: dict[str, str]) -> None:
    [ours] = tissue_look_up.agreements(day.ledger.db, names["he"])
    assert (ours["how"], bool(ours["how_private"])) == (None, True)
    older = upcast(from_bytes((KINDS / "tissue.agreed.v1.json").read_bytes()))
    key = ("piece", older.body["piece"])
    changes = GROUP.fold(older, {key: new_row("piece", key[1], state="here", imaged=0)})
    [row] = [one for (table, _), one in changes.items() if table == "piece_agreement" and one]
    assert (row["how"], row["how_private"]) == ("telephone", None)


@pytest.mark.parametrize("kind", ["case_corrected", "piece_corrected"])
def test_an_older_correction_is_folded_as_it_was(kind: str) -> None:
    older = upcast(from_bytes((KINDS / f"tissue.{kind}.v1.json").read_bytes()))
    [(table, changed)] = [(key[0], row) for key, row in GROUP.fold(older, dict.fromkeys(GROUP.reads(older))).items()]
    assert changed is not None
    assert changed["correction_private"] == older.body["reason"]
    assert table in {"tissue_case", "piece"}


def test_what_a_person_said_of_two_cases_is_known_from_either(day: Shift, names: dict[str, str]) -> None:
    [other] = [one["id"] for one in tissue_look_up.cases(day.ledger.db) if one["id"] != names["case"]]
    said = tissue_look_up.told_apart(day.ledger.db, names["case"], other, "histology")
    assert said is not None
    assert said == tissue_look_up.told_apart(day.ledger.db, other, names["case"], "histology")
    assert tissue_look_up.told_apart(day.ledger.db, names["case"], other, "block") is None


def test_a_piece_that_was_moved_is_of_the_other_case_with_all_that_is_known_of_it(
    day: Shift, names: dict[str, str]
) -> None:
    [other] = [one["id"] for one in tissue_look_up.cases(day.ledger.db) if one["id"] != names["case"]]
    before = tissue_look_up.piece(day.ledger.db, names["blank"])
    day.act(lambda: [draft_moved(day, names["blank"], other, names["case"], Pen(day.ledger.chance))])
    after = tissue_look_up.piece(day.ledger.db, names["blank"])
    assert before is not None
    assert after is not None
    assert after["tissue_case"] == other
    same = set(before) - {"tissue_case", "corrected", "correction_private", "corrected_at"}
    assert {name: before[name] for name in same} == {name: after[name] for name in same}
