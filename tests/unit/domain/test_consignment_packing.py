"""What may be packed: each reason stops by itself, and nothing is packed for a receiver that does not take it."""

from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.consignments.destinations import SORTS, Destination
from gms_desktop.domain.consignments.packing import Item, Why, at_closing, may_be_marked, read_packing, stops

SITE = read_packing(files("resources").joinpath("rules", "packing.toml").read_text("utf-8"))
WGS = Destination("wgs", "Sequencing", "", (), "", True, False, frozenset({"tube"}), identifiers=("referral", "tube"))
TUBE = Item("tube", "FD1", accepted=True, referrals=("r1",), tubes=("FD1",))
FRESH = Destination(
    "fresh", "Fresh", "", (), "", True, False, frozenset({"specimen"}), frozenset({"edta-blood"}), documents=("Form",)
)


def whys(item: Item, destination: Destination = WGS, packed: int = 0) -> list[Why]:
    return [one.why for one in stops(item, destination, SITE, packed)]


def test_a_sound_tube_with_its_identifiers_is_packed() -> None:
    assert whys(TUBE) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"disputed": True}, Why.DISPUTED),
        ({"discarded": "clinical waste"}, Why.DISCARDED),
        ({"packed_in": "Z1", "sent": True}, Why.SENT),
        ({"packed_in": "Z1", "packed_here": True}, Why.PACKED_HERE),
        ({"packed_in": "Z1"}, Why.PACKED_ELSEWHERE),
        ({"accepted": False}, Why.NOT_ACCEPTED),
        ({"holds": ("consent",)}, Why.HELD),
        ({"failed": ("concentration",)}, Why.FAILED),
        ({"high_risk": True}, Why.HIGH_RISK),
        ({"referrals": ()}, Why.NO_REFERRAL),
        ({"tubes": ()}, Why.NO_TUBE),
        ({"referrals": ("r1", "r2")}, Why.DISAGREE),
        ({"sort": "plate"}, Why.NOT_TAKEN),
    ],
)
def test_each_reason_stops_by_itself(change: dict[str, object], why: Why) -> None:
    assert whys(replace(TUBE, **change)) == [why]  # type: ignore[arg-type]


def test_a_thing_packed_before_is_held_by_closing_only_for_what_came_since() -> None:
    packed = replace(TUBE, packed_in="Z1", packed_here=True)
    assert at_closing(packed, WGS, SITE) == ()
    assert [one.why for one in at_closing(replace(packed, holds=("consent",)), WGS, SITE)] == [Why.HELD]


def test_material_and_papers_are_those_of_the_destination() -> None:
    blood = Item("specimen", "Z9", material="edta-blood", accepted=True, papers_missing=("Form", "Other"))
    assert whys(blood, FRESH) == [Why.PAPER]
    assert Why.MATERIAL in whys(replace(blood, material="urine"), FRESH)


def test_a_full_consignment_takes_no_more() -> None:
    assert whys(TUBE, packed=SITE.most) == [Why.FULL]


def test_the_mark_of_category_b_never_stands_beside_suspected_category_a() -> None:
    marked = replace(FRESH, category_b=True)
    blood = Item("specimen", "Z9", material="edta-blood", accepted=True, category_a=True)
    assert whys(blood, marked) == [Why.CATEGORY_A]
    assert not may_be_marked(category_b=True, suspected_a=1, site=SITE)
    assert may_be_marked(category_b=True, suspected_a=1, site=replace(SITE, no_un3373_for_category_a=False))


@given(
    st.builds(
        Item,
        sort=st.sampled_from(sorted(SORTS)),
        number=st.just("Z1"),
        holds=st.lists(st.text(min_size=1), max_size=3).map(tuple),
        failed=st.lists(st.text(min_size=1), max_size=3).map(tuple),
        disputed=st.booleans(),
        high_risk=st.booleans(),
        packed_in=st.sampled_from(["", "Z2"]),
        sent=st.booleans(),
        referrals=st.lists(st.sampled_from(["r1", "r2"]), unique=True).map(tuple),
    ),
    st.booleans(),
)
def test_nothing_held_disputed_failed_or_packed_ever_leaves(item: Item, in_use: bool) -> None:
    found = set(whys(item, replace(WGS, in_use=in_use)))
    assert (Why.DISPUTED in found) == item.disputed
    assert (Why.HELD in found) == bool(item.holds)
    assert (Why.FAILED in found) == bool(item.failed)
    assert bool(found & {Why.SENT, Why.PACKED_HERE, Why.PACKED_ELSEWHERE}) == bool(item.packed_in)
    assert (Why.NOT_IN_USE in found) == (not in_use)
