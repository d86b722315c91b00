"""Places, what stands in them, what was taken out, and what may be proposed for disposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.disposal import Item, Kept, Retention, Span, Stays, propose, read_retention, refusal
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.storage import (
    Kind,
    Outing,
    Place,
    Refusal,
    Spot,
    Store,
    Why,
    add,
    move,
    overdue,
    put,
    take_out,
    thaws,
    withdraw,
)

TEXT = files("resources").joinpath("rules", "retention.toml").read_text("utf-8")
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
BOX = Shape(8, 12)


def ok(after: Store | Refusal) -> Store:
    assert isinstance(after, Store), after
    return after


def laboratory() -> Store:
    store = Store()
    for place in (
        Place("R1", Kind.ROOM),
        Place("F1", Kind.FREEZER, "R1", frozen=True),
        Place("F2", Kind.FREEZER, "R1", frozen=True),
        Place("S1", Kind.SHELF, "F1"),
        Place("BX1", Kind.BOX, "S1", shape=BOX),
        Place("BX2", Kind.BOX, "F2", shape=BOX),
    ):
        store = ok(add(store, place))
    return store


def test_a_tube_is_found_by_room_freezer_shelf_box_and_position() -> None:
    store = ok(put(laboratory(), Spot("BX1", "A01"), "T1"))
    assert store.spot("T1") == Spot("BX1", "A01")
    assert store.path("BX1") == ("R1", "F1", "S1", "BX1")
    assert store.is_frozen("BX1")


def test_a_taken_position_is_refused_and_names_what_stands_there() -> None:
    store = ok(put(laboratory(), Spot("BX1", "A01"), "T1"))
    assert put(store, Spot("BX1", "A01"), "T2") == Refusal(Why.TAKEN, "T1")
    assert put(store, Spot("BX1", "A01"), "T1") == store


def test_a_tube_goes_only_into_a_position_that_there_is() -> None:
    assert put(laboratory(), Spot("BX1", "I01"), "T1") == Refusal(Why.NO_SUCH_POSITION, "I01")
    assert put(laboratory(), Spot("S1", "A01"), "T1") == Refusal(Why.NO_SUCH_PLACE, "S1")
    assert put(laboratory(), Spot("BX9", "A01"), "T1") == Refusal(Why.NO_SUCH_PLACE, "BX9")


def test_a_tube_put_elsewhere_is_gone_from_where_it_was() -> None:
    store = ok(put(ok(put(laboratory(), Spot("BX1", "A01"), "T1")), Spot("BX2", "B01"), "T1"))
    assert store.contents == {Spot("BX2", "B01"): "T1"}


def test_moving_a_box_moves_what_is_in_it() -> None:
    store = ok(put(laboratory(), Spot("BX1", "A01"), "T1"))
    after = ok(move(store, "BX1", "F2"))
    assert after.path("BX1") == ("R1", "F2", "BX1")
    assert after.held("F2") == {Spot("BX1", "A01"): "T1"}
    assert after.held("F1") == {}


def test_a_failed_freezer_is_emptied_box_by_box() -> None:
    store = laboratory()
    for box in store.boxes("F1"):
        store = ok(move(store, box, "F2"))
    assert store.boxes("F1") == ()
    assert set(store.boxes("F2")) == {"BX1", "BX2"}


@pytest.mark.parametrize(
    ("code", "within", "why"),
    [
        ("BX1", "BX2", Why.NOT_WIDER),
        ("F1", "S1", Why.NOT_WIDER),
        ("R1", "F1", Why.NOT_WIDER),
        ("BX1", "nowhere", Why.NO_SUCH_PLACE),
        ("nothing", "F1", Why.NO_SUCH_PLACE),
    ],
)
def test_a_place_goes_into_a_wider_one_only(code: str, within: str, why: Why) -> None:
    after = move(laboratory(), code, within)
    assert isinstance(after, Refusal)
    assert after.why is why


def test_a_place_with_something_in_it_stays_in_use() -> None:
    store = ok(put(laboratory(), Spot("BX1", "A01"), "T1"))
    assert withdraw(store, "BX1") == Refusal(Why.NOT_EMPTY, "T1")
    assert withdraw(store, "F1") == Refusal(Why.NOT_EMPTY, "S1")
    assert "BX1" not in ok(withdraw(ok(take_out(store, "T1")), "BX1")).places
    assert take_out(store, "T9") == Refusal(Why.NOT_STORED, "T9")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "take", "move"]),
            st.sampled_from(["T1", "T2", "T3"]),
            st.sampled_from(["BX1", "BX2", "F1", "F2", "S1"]),
            st.sampled_from(["A01", "B01"]),
        ),
        max_size=25,
    )
)
def test_however_things_are_carried_about_no_tube_is_in_two_places_and_no_position_holds_two(
    acts: list[tuple[str, str, str, str]],
) -> None:
    store = laboratory()
    for act, tube, place, position in acts:
        before = set(store.contents.values())
        if act == "put":
            after, may = put(store, Spot(place, position), tube), before | {tube}
        elif act == "take":
            after, may = take_out(store, tube), before - {tube}
        else:
            after, may = move(store, "BX1", place), before
        if isinstance(after, Store):
            store = after
            assert set(store.contents.values()) == may
    assert len(set(store.contents.values())) == len(store.contents)
    assert all("R1" in store.path(spot.box) for spot in store.contents)


def test_a_thaw_is_counted_each_time_a_tube_leaves_a_freezer_and_not_when_it_is_kept_frozen() -> None:
    out = Outing("T1", "okafor", "plating", from_frozen=True)
    carried = replace(out, kept_frozen=True, reason="freezer F1 failed")
    fridge = replace(out, from_frozen=False)
    assert thaws([out, carried, fridge, replace(out, back=NOW), replace(out, tube="T2")], "T1") == 2


def test_what_should_be_back_is_listed_longest_due_first() -> None:
    late = Outing("T1", "okafor", "plating", due=NOW - timedelta(hours=1))
    later = replace(late, tube="T2", due=NOW - timedelta(days=1))
    back, not_due, no_time = replace(late, back=NOW), replace(late, due=NOW), replace(late, due=None)
    assert overdue([late, back, later, not_due, no_time], NOW) == (later, late)


TEN_WEEKS = (Retention("dna", "DNA", Span(10, "week"), "SOP 9"),)


def item(code: str, since: date = date(2026, 1, 1), *, subject: str = "p1") -> Item:
    return Item(code, "dna", subject, since)


def test_of_what_nobody_laid_down_nothing_is_proposed() -> None:
    table = read_retention(TEXT)
    assert all(one.span is None for one in table)
    proposal = propose([item("T1"), item("T2")], table, TODAY)
    assert proposal.due == ()
    assert proposal.stays == {"T1": (Kept.NOT_LAID_DOWN,), "T2": (Kept.NOT_LAID_DOWN,)}


def test_material_is_due_on_the_day_its_time_is_over() -> None:
    since = TODAY - timedelta(weeks=10)
    items = [item("T1", since), item("T2", since + timedelta(days=1))]
    proposal = propose(items, TEN_WEEKS, TODAY)
    assert proposal.due == (items[0],)
    assert proposal.stays == {"T2": (Kept.NOT_DUE,)}


def test_what_is_held_in_dispute_or_reserved_is_left_out_with_every_reason() -> None:
    items = [
        replace(item("T1"), held=True, reserved=True),
        replace(item("T2"), in_dispute=True),
        item("T3"),
    ]
    proposal = propose(items, TEN_WEEKS, TODAY)
    assert [one.code for one in proposal.due] == ["T3"]
    assert proposal.stays == {"T1": (Kept.HELD, Kept.RESERVED), "T2": (Kept.IN_DISPUTE,)}


def test_the_last_of_its_kind_stays_and_it_is_the_youngest() -> None:
    items = [item("T1", date(2020, 1, 1)), item("T2", date(2021, 1, 1)), item("T3", subject="p2")]
    proposal = propose(items, TEN_WEEKS, TODAY)
    assert [one.code for one in proposal.due] == ["T1"]
    assert proposal.stays == {"T2": (Kept.LAST_OF_KIND,), "T3": (Kept.LAST_OF_KIND,)}


def test_an_item_is_discarded_only_from_the_list_with_a_reason_and_before_a_second_person() -> None:
    proposal = propose([item("T1", date(2020, 1, 1)), item("T2", date(2021, 1, 1))], TEN_WEEKS, TODAY)
    assert refusal(proposal, "T2", "time is over", "eze", two_people=True) is Stays.NOT_PROPOSED
    assert refusal(proposal, "T1", " ", "eze", two_people=True) is Stays.NO_REASON
    assert refusal(proposal, "T1", "time is over", None, two_people=True) is Stays.NO_SECOND
    assert refusal(proposal, "T1", "time is over", None, two_people=False) is None


@given(
    st.lists(
        st.builds(
            Item,
            code=st.integers(0, 50).map(str),
            kind=st.sampled_from(["dna", "rna"]),
            subject=st.sampled_from(["p1", "p2"]),
            since=st.dates(date(2026, 1, 1), TODAY),
            held=st.booleans(),
            in_dispute=st.booleans(),
            reserved=st.booleans(),
        ),
        unique_by=lambda one: one.code,
        max_size=12,
    )
)
def test_a_proposal_names_every_item_once_and_never_the_last_of_a_kind(items: list[Item]) -> None:
    proposal = propose(items, TEN_WEEKS, TODAY)
    due = {one.code for one in proposal.due}
    assert due | set(proposal.stays) == {one.code for one in items}
    assert not due & set(proposal.stays)
    assert not [one for one in proposal.due if one.held or one.in_dispute or one.reserved or one.kind == "rna"]
    left = {(one.subject, one.kind) for one in items if one.code not in due}
    assert left == {(one.subject, one.kind) for one in items}


@pytest.mark.parametrize(
    ("span", "day", "after"),
    [
        (Span(10, "week"), date(2026, 1, 1), date(2026, 3, 12)),
        (Span(1, "month"), date(2026, 1, 31), date(2026, 2, 28)),
        (Span(1, "year"), date(2024, 2, 29), date(2025, 2, 28)),
        (Span(12, "month"), date(2026, 12, 31), date(2027, 12, 31)),
        (Span(90, "day"), date(2026, 1, 1), date(2026, 4, 1)),
    ],
)
def test_a_time_ends_on_the_day_the_calendar_says(span: Span, day: date, after: date) -> None:
    assert span.after(day) == after


@pytest.mark.parametrize("kept", ["ten weeks", "0 days", "5", "5 years and a day"])
def test_a_time_that_cannot_be_read_is_refused(kept: str) -> None:
    with pytest.raises(ValueError, match="no time such as"):
        read_retention(TEXT.replace('kept = ""', f'kept = "{kept}"', 1))


def test_a_time_needs_its_source() -> None:
    with pytest.raises(ValueError, match="names no source"):
        read_retention(TEXT.replace('kept = ""', 'kept = "5 years"', 1))
