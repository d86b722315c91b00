"""Which tube goes into which well, by the national rules and without them, and what a person's change breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plate_tubes import BUFFER, CONTROLLED, NATIONAL, PLAIN, SHIPPED, TEXT, germline, proband, relative, tumour

from gms_desktop.domain.plates import check as checks
from gms_desktop.domain.plates.check import Break, check
from gms_desktop.domain.plates.contents import Buffer, Control, Plate, Template, Tube, with_buffer
from gms_desktop.domain.plates.moving import moved
from gms_desktop.domain.plates.plan import Plan, Refusal, Tried, Why, propose
from gms_desktop.domain.plates.rule_pack import NO_RULES, Asked, Rule, RulePack, read_rule_pack
from gms_desktop.domain.plates.rules import too_close
from gms_desktop.domain.racks.wells import Shape


def proposed(
    tubes: list[Tube],
    pack: RulePack = NATIONAL,
    template: Template = PLAIN,
    plates: int = 10,
    there: tuple[Tube, ...] = (),
) -> Plan:
    plan = propose(tubes, pack=pack, template=template, plates=plates, there=there)
    assert check(plan.plates, pack, there) == ()
    return plan


def wells(plan: Plan) -> list[list[str]]:
    return [list(plate.tubes) for plate in plan.plates]


def test_the_national_rules_ship_off_with_their_version_and_the_source_of_each() -> None:
    assert not SHIPPED.on
    assert SHIPPED.in_force is NO_RULES
    assert SHIPPED.version == "2024-11-13"
    assert set(SHIPPED.sources) == set(Rule)
    assert "597-599" in TEXT
    assert "2386" in TEXT


def test_without_rules_plates_are_filled_column_by_column_in_the_order_of_the_list() -> None:
    tubes = [proband(1), proband(1), *(replace(proband(9), code=f"X{one}") for one in range(98))]
    plan = proposed(tubes[1:], NO_RULES)
    assert [tube.code for tube in plan.plates[0].tubes.values()] == [tube.code for tube in tubes[1:97]]
    assert wells(plan)[1] == ["A01", "B01", "C01"]
    assert plan.refused == ()


def test_wells_kept_for_controls_are_left_for_them_with_their_lots() -> None:
    plan = proposed([proband(one) for one in range(96)], template=CONTROLLED)
    assert [len(one) for one in wells(plan)] == [94, 2]
    assert plan.plates[0].wells["H12"] == Control("NA12878", "C-3")
    assert plan.plates[1].wells["H12"] == Control("NA12878", "C-3")
    assert "C01" not in plan.plates[1].wells


def test_a_control_or_buffer_without_a_lot_is_told() -> None:
    template = Template(Buffer(""), {"H12": Control("NTC", "")})
    plan = propose([proband(1)], pack=NATIONAL, template=template, plates=1)
    assert check(plan.plates, NATIONAL) == (Break(checks.NO_LOT, (1,), ("H12",)),)


def test_each_rack_type_has_plates_of_its_own() -> None:
    plan = proposed([proband(1), relative(1, 1), tumour(1, 1), germline(1, 1)])
    assert [plate.type for plate in plan.plates] == ["proband", "family", "cancer-germline", "tumour"]


def test_the_same_participant_stands_once_on_a_plate_and_goes_to_the_next() -> None:
    again = replace(proband(1), code="P-again", family="r-other")
    plan = proposed([proband(1), again, proband(2)])
    assert [[tube.code for tube in plate.tubes.values()] for plate in plan.plates] == [
        [proband(1).code, proband(2).code],
        ["P-again"],
    ]


def test_where_there_is_one_plate_only_the_refusal_names_the_rule_and_the_tube_in_the_way() -> None:
    again = replace(proband(1), code="P-again", family="r-other")
    alone = replace(NATIONAL, rules=NATIONAL.rules - {Rule.CONSIGNMENT, Rule.PARTNER})
    plan = proposed([proband(1), again, proband(2)], alone, plates=1)
    assert plan.refused == (Refusal("P-again", Why.NO_ROOM, tried=(Tried(1, Rule.PARTICIPANT_ONCE, proband(1).code),)),)


def test_no_two_of_a_family_stand_on_a_proband_plate() -> None:
    plan = proposed([proband(1, family=7), proband(2, family=7)])
    assert len(plan.plates) == 2


def test_a_family_is_planned_whole_or_not_at_all() -> None:
    plan = proposed([proband(1, family=7), proband(2, family=7), proband(3)], plates=1)
    assert [tube.code for tube in plan.plates[0].tubes.values()] == [proband(3).code]
    assert {(one.code, one.why) for one in plan.refused} == {
        (proband(1, family=7).code, Why.TOGETHER),
        (proband(2, family=7).code, Why.NO_ROOM),
    }


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("A01", "A12", True),
        ("A01", "D03", True),
        ("A01", "E03", False),
        ("A01", "D04", False),
        ("A01", "B01", True),
        ("H12", "E10", True),
        ("H12", "D10", False),
        ("H12", "E09", False),
    ],
)
def test_related_tubes_are_not_in_one_row_and_not_within_two_columns_by_three_rows(
    one: str, other: str, close: bool
) -> None:
    assert NATIONAL.apart is not None
    assert too_close(NATIONAL.apart, one, other) is close
    assert too_close(NATIONAL.apart, other, one) is close


def test_parents_stand_apart_and_the_gap_between_them_is_buffer() -> None:
    plan = proposed([proband(1), relative(1, 1), relative(2, 1)])
    family = plan.plates[1]
    assert list(family.tubes) == ["A01", "E01"]
    assert {well: one for well, one in family.wells.items() if isinstance(one, Buffer)} == dict.fromkeys(
        ("B01", "C01", "D01"), BUFFER
    )


def test_synchronous_tumours_of_a_patient_stand_apart() -> None:
    plan = proposed([germline(1, 1), tumour(1, 1), tumour(2, 1)])
    assert list(plan.plates[1].tubes) == ["A01", "E01"]


def test_a_tumour_waits_for_its_germline_unless_it_was_announced_to_come_first() -> None:
    plan = proposed([tumour(1, 1), tumour(2, 2, delivery="tumour-first")])
    assert plan.refused == (Refusal(tumour(1, 1).code, Why.WAITS, needs="cancer-germline"),)
    assert len(plan.plates) == 1


def test_a_germline_waits_for_its_tumour_unless_it_was_announced_to_come_late() -> None:
    plan = proposed([germline(1, 1), germline(2, 2, delivery="germline-late")])
    assert plan.refused == (Refusal(germline(1, 1).code, Why.WAITS, needs="tumour"),)


def test_a_tumour_whose_germline_is_plated_and_not_sent_waits_no_more() -> None:
    assert proposed([tumour(1, 1)], there=(germline(1, 1),)).refused == ()


def test_a_repeat_waits_for_nobody() -> None:
    assert proposed([replace(tumour(1, 1), repeat=True)]).refused == ()


def test_a_relative_waits_for_the_proband_unless_only_the_family_comes() -> None:
    plan = proposed([relative(1, 1), relative(2, 2, delivery="family-only")])
    assert plan.refused == (Refusal(relative(1, 1).code, Why.WAITS, needs="proband"),)


def test_a_tube_of_whom_nobody_knows_whose_it_is_is_not_planned() -> None:
    plan = proposed([replace(proband(1), participant=""), replace(proband(2), family=""), proband(3)])
    assert [(one.code, one.why) for one in plan.refused] == [
        (proband(1).code, Why.WHO_UNKNOWN),
        (proband(2).code, Why.WHO_UNKNOWN),
    ]


def test_a_problem_tube_needs_no_family() -> None:
    assert proposed([Tube("X1", "", "", "problem")]).refused == ()


def test_a_type_that_the_rules_do_not_have_and_a_code_that_stands_twice_are_refused() -> None:
    plan = proposed([Tube("X1", "p", "r", "omics"), proband(1), proband(1)])
    assert [(one.code, one.why) for one in plan.refused] == [
        ("X1", Why.TYPE_UNKNOWN),
        (proband(1).code, Why.TWICE),
    ]


def test_a_template_that_keeps_a01_for_a_control_is_refused_under_the_national_rules_only() -> None:
    template = Template(BUFFER, {"A01": Control("NTC", "N-7")})
    assert proposed([proband(1)], template=template).refused == (Refusal(proband(1).code, Why.A01_KEPT),)
    assert wells(proposed([proband(1)], NO_RULES, template)) == [["B01"]]


def test_a_template_cannot_keep_a_well_that_the_plate_does_not_have() -> None:
    with pytest.raises(ValueError, match="no well H12"):
        Template(BUFFER, {"H12": Control("NTC", "N-7")}, Shape(6, 8))


def test_a_tube_dragged_into_a_free_well_leaves_buffer_where_it_was() -> None:
    plan = proposed([proband(1), proband(2), proband(3)])
    after = moved(plan.plates, proband(2).code, (1, "A02"), PLAIN, NATIONAL)
    assert list(after[0].tubes) == ["A01", "C01", "A02"]
    assert after[0].wells["B01"] == BUFFER
    assert check(after, NATIONAL) == ()


def test_a_tube_dragged_onto_another_changes_places_with_it() -> None:
    plan = proposed([proband(1), proband(2)])
    after = moved(plan.plates, proband(2).code, (1, "A01"), PLAIN, NATIONAL)
    assert [tube.code for tube in after[0].tubes.values()] == [proband(2).code, proband(1).code]


def test_a_tube_is_not_dragged_onto_a_control_or_off_the_plate() -> None:
    plan = proposed([proband(1)], template=CONTROLLED)
    with pytest.raises(ValueError, match="H12 is kept for NA12878"):
        moved(plan.plates, proband(1).code, (1, "H12"), CONTROLLED, NATIONAL)
    with pytest.raises(KeyError, match="plate 2 has no well A01"):
        moved(plan.plates, proband(1).code, (2, "A01"), CONTROLLED, NATIONAL)
    with pytest.raises(KeyError, match="nobody"):
        moved(plan.plates, "nobody", (1, "A01"), CONTROLLED, NATIONAL)


def test_what_a_drag_breaks_is_said_with_both_wells_and_tubes() -> None:
    plan = proposed([proband(1), relative(1, 1), relative(2, 1)])
    after = moved(plan.plates, relative(2, 1).code, (2, "B01"), PLAIN, NATIONAL)
    assert check(after, NATIONAL) == (
        Break(Rule.APART, (2,), ("A01", "B01"), (relative(1, 1).code, relative(2, 1).code)),
    )


def test_a_drag_that_empties_a01_or_brings_another_type_is_told() -> None:
    plan = proposed([proband(1), proband(2), relative(1, 1)])
    empty = moved(plan.plates, proband(1).code, (1, "C01"), PLAIN, NATIONAL)
    assert [one.rule for one in check(empty, NATIONAL)] == [Rule.A01]
    mixed = moved(plan.plates, proband(2).code, (2, "B01"), PLAIN, NATIONAL)
    assert check(mixed, NATIONAL) == (Break(Rule.ONE_TYPE, (2,), ("B01",), (proband(2).code,)),)


def test_a_layout_made_by_hand_is_checked_for_everything() -> None:
    twice = proband(1)
    plate = Plate(1, "proband", {"A01": twice, "C01": twice, "I01": replace(proband(3), participant="")}, "c-1")
    other = Plate(2, "tumour", {"A01": tumour(1, 1)}, "c-1")
    third = Plate(3, "cancer-germline", {"A01": germline(1, 1), "C01": germline(9, 9)}, "c-2")
    rules = {one.rule for one in check([plate, other, third], NATIONAL)}
    assert rules == {
        checks.TUBE_TWICE,
        checks.NO_SUCH_WELL,
        checks.WHO_UNKNOWN,
        Rule.PARTICIPANT_ONCE,
        Rule.FAMILY_ONCE,
        Rule.BUFFER,
        Rule.PARTNER,
        Rule.CONSIGNMENT,
    }
    assert {one.rule for one in check([plate], NO_RULES)} == {checks.TUBE_TWICE, checks.NO_SUCH_WELL}


def test_families_and_cancers_that_would_go_in_two_consignments_are_told() -> None:
    first = Plate(1, "proband", {"A01": proband(1)}, "c-1")
    second = Plate(2, "family", {"A01": relative(1, 1)}, "c-2")
    assert check([first, second], NATIONAL) == (
        Break(Rule.CONSIGNMENT, (1, 2), (), (proband(1).code, relative(1, 1).code)),
    )


def test_buffer_after_the_last_tube_is_taken_away() -> None:
    plate = with_buffer(Plate(1, "", {"A01": proband(1), "C01": proband(2), "D01": BUFFER}), BUFFER)
    assert dict(plate.wells) == {"A01": proband(1), "B01": BUFFER, "C01": proband(2)}


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('code = "a01-filled"', 'code = "h12-filled"', "h12-filled"),
        ('code = "a01-filled"', 'code = "one-type"', "stands twice"),
        ('source = "PlaterPlotter: A01 holds a sample"', "", "names no source"),
        ('types = ["family", "tumour"]', 'types = ["family", "omics"]', "omics is none"),
        ('by = ["family"]', 'by = ["postcode"]', "same participant"),
    ],
)
def test_a_pack_that_cannot_be_meant_is_refused(was: str, becomes: str, said: str) -> None:
    assert was in TEXT
    with pytest.raises(ValueError, match=said):
        read_rule_pack(TEXT.replace(was, becomes))


def test_a_single_rule_may_be_switched_off() -> None:
    text = TEXT.replace('code = "family-once"', 'code = "family-once"\non = false')
    text = text.replace("on = false\nsource", "on = true\nsource", 1)
    pack = read_rule_pack(text)
    assert pack.on
    assert len(proposed([proband(1, family=7), proband(2, family=7)], pack).plates) == 1


@pytest.mark.parametrize(
    ("asked", "type_"),
    [
        (Asked("R14.1", "proband", "edta-blood"), "proband"),
        (Asked("R14.1", "mother", "saliva"), "family"),
        (Asked("R14.1", "", "edta-blood"), ""),
        (Asked("M89.1", "proband", "ffpe"), "tumour"),
        (Asked("M89.1", "proband", "edta-blood", frozenset({"ffpe"})), "cancer-germline"),
        (Asked("M89.1", "proband", "edta-blood"), ""),
        (Asked("M89.1", "proband", "bone-marrow", frozenset({"edta-blood"})), ""),
        (Asked("", "proband", "edta-blood"), ""),
    ],
)
def test_a_request_tells_the_rack_type_of_its_specimen_or_nothing_is_guessed(asked: Asked, type_: str) -> None:
    assert NATIONAL.type_told(asked) == type_
