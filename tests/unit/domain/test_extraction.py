"""An extraction batch: positions, their ends, what came out, and what its blanks say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.extraction import (
    Batch,
    LotUsed,
    Named,
    Position,
    Protocol,
    Refusal,
    Role,
    State,
    Why,
    elute,
    end,
    fail,
    named_by,
    place,
    start,
    to_repeat,
    volume_ul,
)
from gms_desktop.domain.extraction_findings import Found, Odd, before_start, blanks
from gms_desktop.domain.lineage import Lineage
from gms_desktop.domain.protocols import read_extraction_rules
from gms_desktop.domain.racks.wells import Shape

TEXT = files("resources").joinpath("rules", "extraction.toml").read_text("utf-8")
TODAY = date(2026, 11, 22)
BLOOD = Protocol("dna-blood", "3", "DNA from blood", "DNA", Shape(4, 6), ("Extraction kit",), 1, "100")
KIT = LotUsed("Extraction kit", "L-77", date(2027, 1, 31), released=True)
SPECIMEN, BLANK = Role.SPECIMEN, Role.BLANK


def placed(batch: Batch, well: str, role: Role, code: str = "") -> Batch:
    after = place(batch, well, Position(role, code))
    assert isinstance(after, Batch)
    return after


def loaded() -> Batch:
    batch = Batch("B1", BLOOD, "Extractor 2", (KIT,))
    batch = placed(placed(batch, "A01", SPECIMEN, "Z1"), "B01", SPECIMEN, "Z2")
    return placed(batch, "C01", BLANK)


def run() -> Batch:
    return end(start(loaded()))


def test_a_batch_with_specimens_a_blank_an_instrument_and_its_lots_may_begin() -> None:
    assert before_start(loaded(), TODAY) == ()


def test_a_batch_of_one_is_a_batch() -> None:
    one = placed(placed(Batch("B2", BLOOD, "Extractor 2", (KIT,)), "A01", SPECIMEN, "Z1"), "B01", BLANK)
    assert before_start(one, TODAY) == ()


def test_what_is_lacking_is_listed() -> None:
    assert {one.odd for one in before_start(Batch("B1", BLOOD), TODAY)} == {
        Odd.LOT_MISSING,
        Odd.NO_SPECIMEN,
        Odd.NO_INSTRUMENT,
        Odd.TOO_FEW_BLANKS,
    }


def test_a_lot_that_is_expired_or_not_released_is_named() -> None:
    old = LotUsed("Extraction kit", "L-12", date(2026, 11, 21), released=False)
    assert before_start(replace(loaded(), lots=(old,)), TODAY) == (
        Found(Odd.LOT_EXPIRED, "L-12"),
        Found(Odd.LOT_NOT_RELEASED, "L-12"),
    )


def test_a_lot_is_good_on_its_last_day() -> None:
    assert before_start(replace(loaded(), lots=(replace(KIT, expiry=TODAY),)), TODAY) == ()


@pytest.mark.parametrize(
    ("well", "position", "refused"),
    [
        ("E01", Position(SPECIMEN, "Z9"), Refusal(Why.NO_SUCH_POSITION, "E01")),
        ("A01", Position(SPECIMEN, "Z9"), Refusal(Why.TAKEN, "Z1")),
        ("C01", Position(SPECIMEN, "Z9"), Refusal(Why.TAKEN, "blank")),
        ("D01", Position(SPECIMEN, "Z1"), Refusal(Why.IN_BATCH, "A01")),
    ],
)
def test_a_position_is_taken_once_and_a_specimen_stands_once(well: str, position: Position, refused: Refusal) -> None:
    assert place(loaded(), well, position) == refused


def test_the_same_scan_again_changes_nothing() -> None:
    assert place(loaded(), "A01", Position(SPECIMEN, "Z1")) == loaded()


def test_nothing_is_placed_after_the_batch_began() -> None:
    assert place(start(loaded()), "D01", Position(SPECIMEN, "Z9")) == Refusal(Why.BEGUN, "B1")


def test_what_did_not_fail_is_done_when_the_run_ends() -> None:
    begun = fail(start(loaded()), "B01", "clot")
    assert isinstance(begun, Batch)
    after = end(begun)
    assert {well: one.state for well, one in after.positions.items()} == {
        "A01": State.DONE,
        "B01": State.FAILED,
        "C01": State.DONE,
    }
    assert to_repeat(after) == ("Z2",)


def test_a_failure_needs_a_reason_and_does_not_come_twice() -> None:
    assert fail(run(), "A01", " ") == Refusal(Why.NO_REASON, "A01")
    failed = fail(run(), "A01", "clot")
    assert isinstance(failed, Batch)
    assert fail(failed, "A01", "clot") == Refusal(Why.NOT_SO, "failed")
    assert fail(run(), "D06", "clot") == Refusal(Why.NO_SUCH_POSITION, "D06")


def test_an_eluate_comes_out_of_a_position_that_is_done_into_a_container_of_its_own() -> None:
    assert elute(loaded(), "A01", "E1", "FD1") == Refusal(Why.NOT_SO, "placed")
    after = elute(run(), "A01", "E1", "FD1")
    assert isinstance(after, Batch)
    assert elute(after, "A01", "E1", "FD1") == after
    assert elute(after, "A01", "E2", "FD2") == Refusal(Why.HAS_ELUATE, "E1")
    assert elute(after, "B01", "E2", "FD1") == Refusal(Why.CONTAINER_USED, "A01")
    assert elute(after, "D06", "E2", "FD2") == Refusal(Why.NO_SUCH_POSITION, "D06")


def test_every_eluate_names_its_batch_protocol_blank_and_lots() -> None:
    after = elute(run(), "A01", "E1", "FD1")
    assert isinstance(after, Batch)
    assert named_by(after, "E1") == Named("B1", "dna-blood", "3", "A01", ("C01",), (KIT,))
    assert named_by(after, "E9") is None


def test_a_volume_is_the_protocols_until_it_is_measured() -> None:
    assert volume_ul(run(), None) == (Decimal(100), False)
    assert volume_ul(run(), Decimal("93.5")) == (Decimal("93.5"), True)
    assert volume_ul(Batch("B", replace(BLOOD, elution_ul="")), None) == (None, False)


def test_a_blank_over_its_limit_is_found_and_one_at_it_is_not() -> None:
    limit = Decimal("0.5")
    assert blanks(run(), {"C01": Decimal("0.51")}, limit) == (Found(Odd.BLANK_OVER, "C01"),)
    assert blanks(run(), {"C01": Decimal("0.5")}, limit) == ()


def test_a_blank_that_nobody_measured_and_a_limit_that_nobody_laid_down_are_told() -> None:
    assert blanks(run(), {}, Decimal(1)) == (Found(Odd.BLANK_NOT_MEASURED, "C01"),)
    assert blanks(run(), {"C01": Decimal(9)}, None) == (Found(Odd.LIMIT_NOT_LAID_DOWN),)


def test_a_repeat_and_a_pool_keep_all_their_parents() -> None:
    made = Lineage().made("E1", "Z1").made("E2", "Z1").made("FD1", "E1").made("FD1", "E2").made("P", "FD1", "X9")
    assert made.parents["FD1"] == ("E1", "E2")
    assert made.ancestors("P") == ("FD1", "X9", "E1", "E2", "Z1")
    assert made.origins("P") == ("X9", "Z1")
    assert set(made.descendants("Z1")) == {"E1", "E2", "FD1", "P"}
    assert made.origins("Z7") == ("Z7",)


def test_nothing_is_made_of_itself_or_of_nothing() -> None:
    made = Lineage().made("E1", "Z1").made("FD1", "E1")
    for code, parent in (("Z1", "FD1"), ("E1", "E1")):
        with pytest.raises(ValueError, match="of itself"):
            made.made(code, parent)
    with pytest.raises(ValueError, match="of nothing"):
        made.made("E2")


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40))
def test_a_lineage_never_runs_in_a_ring_and_never_loses_a_parent(steps: list[tuple[int, int]]) -> None:
    made, told = Lineage(), set()
    for child, parent in steps:
        try:
            made = made.made(str(child), str(parent))
        except ValueError:
            continue
        told.add((str(child), str(parent)))
    assert {(child, parent) for child, parents in made.parents.items() for parent in parents} == told
    assert not [code for code in made.parents if code in made.ancestors(code)]


steps = st.one_of(
    st.tuples(st.just("place"), st.sampled_from(["A01", "B01", "C01"]), st.sampled_from(["Z1", "Z2", "Z3"])),
    st.tuples(st.just("fail"), st.sampled_from(["A01", "B01", "C01"]), st.just("clot")),
    st.tuples(st.just("elute"), st.sampled_from(["A01", "B01", "C01"]), st.sampled_from(["T1", "T2"])),
    st.tuples(st.sampled_from(["start", "end"]), st.just(""), st.just("")),
)


@given(st.lists(steps, max_size=20))
def test_whatever_is_scanned_no_specimen_stands_twice_and_no_container_holds_two_eluates(
    acts: list[tuple[str, str, str]],
) -> None:
    batch = Batch("B1", BLOOD)
    for number, (act, well, code) in enumerate(acts):
        after: Batch | Refusal
        if act == "place":
            after = place(batch, well, Position(SPECIMEN, code))
        elif act == "fail":
            after = fail(batch, well, code)
        elif act == "elute":
            after = elute(batch, well, f"E{number}", code)
        else:
            after = start(batch) if act == "start" else end(batch)
        if isinstance(after, Batch):
            assert set(batch.positions) <= set(after.positions)
            batch = after
    specimens = [one.code for one in batch.positions.values()]
    containers = [one.container for one in batch.positions.values() if one.container]
    assert len(specimens) == len(set(specimens))
    assert len(containers) == len(set(containers))


def test_the_protocols_that_are_shipped_lay_down_no_figure() -> None:
    rules = read_extraction_rules(TEXT)
    assert {one.yields for one in rules.protocols} == {"DNA", "RNA", "cfDNA"}
    assert all(one.elution_ul == "" and rules.limit(one.yields) is None for one in rules.protocols)
    dna = rules.protocol("dna-blood")
    assert dna is not None
    assert dna.shape == Shape(8, 12)


def test_a_limit_needs_its_source_and_is_not_below_nothing() -> None:
    with pytest.raises(ValueError, match="names no source"):
        read_extraction_rules(TEXT.replace('most = ""', 'most = "0.5"', 1))
    sourced = TEXT.replace('most = ""\nsource = ""', 'most = "0.5"\nsource = "SOP 12"', 1)
    assert read_extraction_rules(sourced).limit("DNA") == Decimal("0.5")
    with pytest.raises(ValueError, match="no limit"):
        read_extraction_rules(sourced.replace("0.5", "-1"))
