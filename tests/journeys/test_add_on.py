"""A test added on to material that is here: what may serve and why not, how much is kept, and what was conceded."""

from __future__ import annotations

import pytest
from bench_top import BenchTop, Person
from extract_work import begun, scans
from test_afterwards import (
    NO_MATERIAL,
    adds,
    cancels,
    expected,
    facts,
    found,
    request_of,
    specimen_of,
    top,
    waiting,
)

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind

__all__ = ["top"]


def test_an_add_on_looks_for_stored_material_and_keeps_it(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    told = may_serve(top)
    assert f"{number}  EDTA blood, accepted, volume left not recorded" in told
    assert adds(top, code="Q26-ADD") == f"Added on: R207.1 is added on to Q26-1 R208.1; {number} is kept for it."
    assert facts(top, number)["Kept for"] == "Q26-ADD R207.1"
    assert facts(top, "Q26-ADD")["Added on to"].startswith("Q26-1 R208.1, 23-Nov-2026")
    assert expected(top) == "0"
    assert top.rows("SELECT holder FROM key_holder WHERE key LIKE '%reservation%' OR holder LIKE 'request:%'")


def test_an_add_on_is_refused_where_nothing_fits_and_says_why_each_does_not(empty_bench: BenchTop) -> None:
    empty_bench.expects(*(Person("BRANDT", f"Q26-{n}", f"TUBE-{n}", nhs="9434765919") for n in (1, 2)))
    assert "none has arrived" in adds(empty_bench)
    first = empty_bench.receives("TUBE-1")
    adds(empty_bench)
    empty_bench.asks_for(Command.FINISH)
    empty_bench.scans("TUBE-2")
    second = empty_bench.label()
    empty_bench.says(Command.HOLD, "leaking")
    empty_bench.scans(second)
    said = adds(empty_bench)
    assert said.startswith("No material: Nothing can be added on to Q26-1 R208.1: ")
    assert f"{first} cannot serve: kept for the request without a number R207.1" in said
    assert f"{second} cannot serve: on hold" in said
    assert empty_bench.count("request.added_on") == 1


def test_of_several_specimens_that_fit_one_is_chosen(empty_bench: BenchTop) -> None:
    empty_bench.expects(*(Person("BRANDT", f"Q26-{n}", f"TUBE-{n}", nhs="9434765919") for n in (1, 2)))
    empty_bench.receives("TUBE-1")
    empty_bench.asks_for(Command.FINISH)
    second = empty_bench.receives("TUBE-2")
    assert "Choose one of the 2 that fit." in adds(empty_bench)
    assert f"{second} is kept for it" in adds(empty_bench, specimen_of(empty_bench, second))


def may_serve(top: BenchTop) -> str:
    """What is offered for a test that is added on, and what is said of the rest."""
    answered = top.bench.command(Command.ADD_ON, None, request_of(top)).result(15)
    assert answered.question is not None
    return "; ".join((*(choice.label for choice in answered.question.choices), answered.verdict.sentence))


def releases(top: BenchTop, number: str) -> Verdict:
    (offer,) = [one for one in found(top, number).offers if one.command is Command.RELEASE_MATERIAL]
    return top.asks_for(offer.command, offer.argument)


def test_material_is_released_by_hand_and_by_cancelling_the_add_on(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    adds(top, code="Q26-ADD")
    said = releases(top, number)
    assert said.sentence == f"{number} is not kept for Q26-ADD R207.1 any more."
    assert "Kept for" not in facts(top, number)
    adds(top, code="Q26-ADD-2")
    cancels(top, "Q26-ADD-2")
    assert "Kept for" not in facts(top, number)
    assert top.count("material.released") == 2


def test_an_add_on_whose_material_was_released_stands_on_today_until_other_material_is_kept(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    adds(top, code="Q26-ADD")
    assert waiting(top, NO_MATERIAL) == []
    releases(top, number)
    assert waiting(top, NO_MATERIAL) == ["Q26-ADD R207.1  BRANDT, Anna"]
    added = request_of(top, "Q26-ADD")
    assert top.asks_for(Command.ADD_ON, argument=added).sentence == "One thing that is here may serve."
    said = top.says(Command.ADD_ON, specimen_of(top, number), argument=added)
    assert said.sentence == f"{number} is kept for Q26-ADD R207.1."
    assert waiting(top, NO_MATERIAL) == []
    assert top.count("request.added_on") == 1


def measures(top: BenchTop, number: str, volume: str) -> None:
    said = top.says(Command.EXAMINE, "measured", argument=specimen_of(top, number), volume=volume)
    assert said.title == "Noted", said


def test_of_a_known_volume_a_part_is_kept_for_each_test_and_no_more_than_there_is(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    top.asks_for(Command.FINISH)
    measures(top, number, "2 ml")
    told = may_serve(top)
    assert f"{number}  EDTA blood, accepted, 2 ml measured" in told
    assert "Enter the volume to keep as a figure and its unit" in adds(top, volume="half")
    assert f"2 ml of {number} is free." in adds(top, volume="2.5 ml")
    assert adds(top, volume="500 µl").endswith(f"500 µl of {number} is kept for it.")
    assert "1.5 ml free of 2 ml measured" in may_serve(top)
    assert f"1.5 ml of {number} is free." in adds(top, test="R208.2", volume="1.6 ml")
    assert adds(top, test="R208.2", code="Q26-REST").endswith(f"{number} is kept for it.")
    said = adds(top, test="R210.1")
    assert f"{number} cannot serve: kept for the request without a number R207.1 and Q26-REST R208.2" in said
    kept = [value for name, value in found(top, number).facts if name == "Kept for"]
    assert kept == ["the request without a number R207.1 (500 µl)", "Q26-REST R208.2"]
    assert {offer.label for offer in found(top, number).offers if offer.command is Command.RELEASE_MATERIAL} == {
        f"Release {number}, the request without a number R207.1",
        f"Release {number}, Q26-REST R208.2",
    }
    cancels(top, "Q26-REST")
    assert "1.5 ml free of 2 ml measured" in may_serve(top)


def test_what_was_taken_since_it_was_measured_is_no_longer_there_to_be_kept(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    top.asks_for(Command.FINISH)
    measures(top, number, "2 ml")
    assert scans(top, number, screen="racks").title == "Now the tube"
    assert top.says(Command.BIND_VOLUME, volume="250 µl").title == "Now the tube"
    assert scans(top, "FD20024619", screen="racks").title == "Bound"
    assert "1.75 ml calculated" in may_serve(top)
    assert f"1.75 ml of {number} is free." in adds(top, volume="1.8 ml")
    begun(top, number)
    assert "1.55 ml calculated" in may_serve(top)
    top.clock.forward(60)
    measures(top, number, "1.5 ml")
    assert "1.5 ml measured" in may_serve(top)


def starts(top: BenchTop) -> tuple[str, ...]:
    """The batch is to start: what may be said to be extracted for what it was kept for."""
    answered = top.bench.command(Command.START_BATCH, None, "").result(15)
    assert answered.question is not None, answered.verdict
    return tuple(choice.code for choice in answered.question.choices)


def test_what_is_extracted_for_the_test_that_it_was_kept_for_counts_once(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    top.asks_for(Command.FINISH)
    measures(top, number, "2 ml")
    adds(top, code="Q26-ADD", volume="200 µl")
    begun(top, number)
    assert "1.6 ml free of 1.8 ml calculated" in may_serve(top)
    [kept] = starts(top)
    assert top.says(Command.START_BATCH, kept).title == "Batch started"
    assert "EDTA blood, accepted, 1.8 ml calculated" in may_serve(top)
    assert "Kept for" not in facts(top, number)
    assert waiting(top, NO_MATERIAL) == []
    added = request_of(top, "Q26-ADD")
    serves = "SELECT * FROM specimen_request WHERE specimen = :it AND request = :request"
    assert top.rows(serves, it=specimen_of(top, number), request=added)
    assert adds(top, test="R208.2", volume="1.8 ml").endswith(f"1.8 ml of {number} is kept for it.")


def test_what_is_extracted_for_another_test_leaves_what_is_kept(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    top.asks_for(Command.FINISH)
    measures(top, number, "2 ml")
    adds(top, code="Q26-ADD", volume="200 µl")
    begun(top, number)
    starts(top)
    assert top.says(Command.START_BATCH).title == "Batch started"
    assert "1.6 ml free of 1.8 ml calculated" in may_serve(top)
    assert facts(top, number)["Kept for"].startswith("Q26-ADD")


def test_of_what_was_used_up_nothing_is_kept(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    top.asks_for(Command.FINISH)
    measures(top, number, "0.2 ml")
    begun(top, number)
    assert f"{number} cannot serve: used up" in adds(top)


def test_a_volume_of_what_was_never_measured_is_not_promised(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    assert f"How much there is of {number} is not recorded." in adds(top, volume="0.5 ml")
    assert top.count("request.added_on") == 0


def test_material_without_consent_for_testing_cannot_serve(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    top.says(Command.STATE_CONSENT, "storage", "=declined", "@form", argument=request_of(top))
    assert "consent for storage declined" in may_serve(top)
    top.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@form", argument=request_of(top))
    said = adds(top)
    assert said.startswith("No material")
    assert f"{number} cannot serve: " in said
    assert "consent for testing withdrawn" in said


SPIN = {"began": "08:40", "ended": "08:55", "how": "measured", "haemolysis": "slight"}


def separates(top: BenchTop, number: str, **volumes: str) -> dict[str, str]:
    """Blood is spun; the number of each tube that was poured, by its material."""
    said = top.says(Command.SEPARATE, "example-two-spins", argument=specimen_of(top, number), **(SPIN | volumes))
    assert said.title == "Separated", said
    return {row["material"]: row["accession"] for row in top.rows("SELECT material, accession FROM aliquot")}


@pytest.fixture
def spun(empty_bench: BenchTop) -> tuple[BenchTop, str, dict[str, str]]:
    """Blood that was accepted with a comment, then spun and poured off: the bench, its number, the tubes' numbers."""
    empty_bench.expects(Person("BRANDT", "Q26-1", "TUBE-1", forename="Anna", type="Blood in ctDNA tube"))
    empty_bench.scans("TUBE-1")
    number = empty_bench.label()
    empty_bench.says(Command.ACCEPT_WITH_COMMENT, comment="tube half full")
    empty_bench.scans(number)
    empty_bench.asks_for(Command.FINISH)
    return empty_bench, number, separates(empty_bench, number, plasma="1.8 ml", cells="2 ml")


def test_of_blood_that_was_spun_the_plasma_or_the_cells_are_kept(spun: tuple[BenchTop, str, dict[str, str]]) -> None:
    top, number, tubes = spun
    told = may_serve(top)
    comment = "accepted with comment: tube half full"
    assert f"{tubes['plasma']}  plasma from {number}, haemolysis slight, {comment}, 1.8 ml measured" in told
    assert f"{tubes['cells']}  cells from {number}, {comment}, 2 ml measured" in told
    assert f"{number} cannot serve: poured off into {tubes['plasma']}, {tubes['cells']}" in told
    plasma = str(top.rows("SELECT id FROM aliquot WHERE material = 'plasma'")[0]["id"])
    said = adds(top, plasma, code="Q26-ADD", volume="1 ml")
    assert said == f"Added on: R207.1 is added on to Q26-1 R208.1; 1 ml of {tubes['plasma']} is kept for it."
    assert facts(top, tubes["plasma"])["Kept for"] == f"Q26-ADD R207.1 (1 ml of {tubes['plasma']})"
    assert "0.8 ml free of 1.8 ml measured" in may_serve(top)
    assert f"Keep 1 ml of {tubes['plasma']} for Q26-ADD R207.1" in " ".join(
        line.words for line in found(top, number).timeline
    )
    assert releases(top, tubes["plasma"]).sentence == f"{tubes['plasma']} is not kept for Q26-ADD R207.1 any more."


def test_where_plasma_alone_was_poured_the_cells_in_the_first_tube_may_serve(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("BRANDT", "Q26-1", "TUBE-1", type="Blood in ctDNA tube"))
    number = empty_bench.receives("TUBE-1")
    empty_bench.asks_for(Command.FINISH)
    measures(empty_bench, number, "9 ml")
    separates(empty_bench, number, plasma="3 ml", cells="")
    told = may_serve(empty_bench)
    assert f"{number}  Blood in ctDNA tube after plasma was poured, accepted, volume left not recorded" in told


def test_a_concession_follows_what_was_poured_on_find_and_wherever_a_tube_is_scanned(
    spun: tuple[BenchTop, str, dict[str, str]],
) -> None:
    top, number, tubes = spun
    for tube in tubes.values():
        known = facts(top, tube)
        assert known["This tube"].startswith(tube)
        assert known["Concession"] == "accepted with comment: tube half full"
        shown = found(top, tube).verdict
        assert shown is not None
        assert (shown.kind, shown.title) == (VerdictKind.ATTENTION, "Concession")
    concession = f"Concession on {number}: accepted with comment: tube half full."
    sent = "SELECT count(*) AS n FROM label WHERE state IN ('sent', 'printed')"
    top.wait_until(lambda: top.rows(sent)[0]["n"] == 2, "two labels")
    for said in (top.scans(tubes["plasma"]), top.scans(tubes["plasma"]), top.scans(number)):
        assert (said.kind, said.sentence.endswith(concession)) == (VerdictKind.ATTENTION, True)


# Concessions


def test_a_concession_stands_on_find_and_before_an_add_on(top: BenchTop) -> None:
    top.scans("TUBE-1")
    number = top.label()
    top.says(Command.ACCEPT_WITH_COMMENT, comment="partly clotted")
    top.scans(number)
    assert facts(top, number)["Concession"] == "accepted with comment: partly clotted"
    assert "accepted with comment: partly clotted" in may_serve(top)


def test_a_patients_number_is_no_order_number_of_an_added_test_and_stands_in_no_entry(top: BenchTop) -> None:
    top.receives("TUBE-1")
    assert "NHS number" in adds(top, code="9434765919")
    assert top.count("request.added_on") == 0
    assert not any(b"9434765919" in content for content in top.entries())


def test_that_a_cancelled_request_might_proceed_lets_no_test_go_on_that_may_not(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    adds(top, code="Q26-ADD")
    top.says(Command.ASSESS_REQUEST, "rest:present", argument=f"@{request_of(top)}")
    top.says(Command.ASSESS_REQUEST, "rest:present", "consent:absent", argument=f"@{request_of(top, 'Q26-ADD')}")
    assert "Stopped" not in facts(top, number)
    cancels(top)
    assert "testing" in facts(top, number).get("Stopped", "")


def test_an_urgent_test_added_on_lets_its_material_go_first_and_undo_takes_both_back(top: BenchTop) -> None:
    number = top.receives("TUBE-1")
    said = adds(top, test="R208.2", priority="urgent", code="Q26-ADD")
    assert "It goes first from now on: tell the next step" in said
    assert facts(top, number)["Priority"] == "urgent"
    head = top.bench.today().result(15).lists[0]
    assert [item.title for item in head.items] == [f"{number}  BRANDT, Anna"]
    assert top.undoes().title == "Undone"
    assert facts(top, number)["Priority"] == "routine"
    assert top.bench.today().result(15).lists[0].total == 0
    assert "Kept for" not in facts(top, number)


def test_material_kept_later_for_an_urgent_test_goes_first_too(empty_bench: BenchTop) -> None:
    empty_bench.expects(*(Person("BRANDT", f"Q26-{n}", f"TUBE-{n}", nhs="9434765919") for n in (1, 2)))
    first = empty_bench.receives("TUBE-1")
    empty_bench.asks_for(Command.FINISH)
    second = empty_bench.receives("TUBE-2")
    adds(empty_bench, specimen_of(empty_bench, first), test="R208.2", priority="urgent", code="Q26-ADD")
    releases(empty_bench, first)
    added = request_of(empty_bench, "Q26-ADD")
    said = empty_bench.says(Command.ADD_ON, specimen_of(empty_bench, second), argument=added)
    assert said.sentence.startswith(f"{second} is kept for Q26-ADD R208.2. It goes first from now on")
    assert facts(empty_bench, second)["Priority"] == "urgent"


def test_what_was_chosen_and_is_kept_elsewhere_by_now_is_not_exchanged_for_what_is_left(empty_bench: BenchTop) -> None:
    empty_bench.expects(*(Person("BRANDT", f"Q26-{n}", f"TUBE-{n}", nhs="9434765919") for n in (1, 2)))
    first = empty_bench.receives("TUBE-1")
    empty_bench.asks_for(Command.FINISH)
    empty_bench.receives("TUBE-2")
    chosen = specimen_of(empty_bench, first)
    adds(empty_bench, chosen, test="R208.2", code="Q26-ADD")
    said = adds(empty_bench, chosen, test="R208.3")
    assert "Choose what is kept: only one thing fits by now." in said
    assert empty_bench.count("request.added_on") == 1
