"""What the planner proposes never breaks a rule and never loses a tube."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from plate_tubes import CONTROLLED, NATIONAL, PLAIN, SMALL, a_busy_week, tubes

from gms_desktop.domain.plates.check import check
from gms_desktop.domain.plates.contents import Template, Tube
from gms_desktop.domain.plates.moving import moved
from gms_desktop.domain.plates.plan import Why, propose, together
from gms_desktop.domain.plates.rule_pack import NO_RULES, Rule

packs = st.sampled_from([NATIONAL, NO_RULES]) | st.sets(st.sampled_from(Rule)).map(
    lambda off: replace(
        NATIONAL,
        rules=NATIONAL.rules - off,
        apart=None if Rule.APART in off else NATIONAL.apart,
        participant_once=frozenset() if Rule.PARTICIPANT_ONCE in off else NATIONAL.participant_once,
        family_once=frozenset() if Rule.FAMILY_ONCE in off else NATIONAL.family_once,
        partners=() if Rule.PARTNER in off else NATIONAL.partners,
    )
)
templates = st.sampled_from([PLAIN, CONTROLLED, SMALL, SMALL])


@settings(max_examples=150)
@given(st.lists(tubes, max_size=60), packs, templates, st.integers(0, 8), st.lists(tubes, max_size=4))
def test_no_rule_is_broken_and_no_tube_is_lost(
    wanted: list[Tube], pack: object, template: Template, plates: int, there: list[Tube]
) -> None:
    assert isinstance(pack, type(NATIONAL))
    plan = propose(wanted, pack=pack, template=template, plates=plates, there=there)
    assert check(plan.plates, pack, there) == ()
    placed = [tube.code for plate in plan.plates for tube in plate.tubes.values()]
    assert sorted([*placed, *(one.code for one in plan.refused)]) == sorted(tube.code for tube in wanted)
    assert len(plan.plates) <= plates
    assert all(plate.wells[well] == one for plate in plan.plates for well, one in template.controls.items())
    if pack.holds(Rule.CONSIGNMENT):
        homeless = {one.code for one in plan.refused if one.why in (Why.NO_ROOM, Why.TOGETHER)}
        first = {tube.code: tube for tube in reversed(wanted) if tube.code in homeless | set(placed)}
        assert not [
            group for group in together(first.values()) if 0 < len({one.code for one in group} & homeless) < len(group)
        ]


@settings(max_examples=60)
@given(st.lists(tubes, min_size=1, max_size=40, unique_by=lambda tube: tube.code), st.data())
def test_however_tubes_are_dragged_none_is_lost(wanted: list[Tube], data: st.DataObject) -> None:
    plates = propose(wanted, pack=NATIONAL, template=SMALL, plates=6).plates
    placed = sorted(tube.code for plate in plates for tube in plate.tubes.values())
    for _ in range(5 if placed else 0):
        code = data.draw(st.sampled_from(placed))
        to = data.draw(st.tuples(st.integers(1, len(plates)), st.sampled_from(SMALL.free)))
        plates = moved(plates, code, to, SMALL, NATIONAL)
        assert sorted(tube.code for plate in plates for tube in plate.tubes.values()) == placed
        assert not any(one.rule is Rule.BUFFER for one in check(plates, NATIONAL))


def test_a_week_of_960_tubes_goes_on_ten_full_plates() -> None:
    plan = propose(a_busy_week(), pack=NATIONAL, template=PLAIN, plates=10)
    assert plan.refused == ()
    assert [len(plate.tubes) for plate in plan.plates] == [96] * 10
    assert check(plan.plates, NATIONAL) == ()
