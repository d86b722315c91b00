"""What is empty may go by the same rules, and stands for nothing: the last that is not empty stays."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.disposal import Item, Kept, Retention, Span, propose

TODAY, LONG_AGO = date(2026, 11, 23), date(2020, 1, 1)
TABLE = (Retention("dna", "DNA", Span(1, "year"), "QM 12"),)


def dna(code: str, *, empty: bool = False, eluate: bool = False, **more: bool) -> Item:
    return Item(code, "dna", "patient", LONG_AGO, empty=empty, when_empty=eluate, **more)


def due(*items: Item) -> set[str]:
    return {one.code for one in propose(items, TABLE, TODAY).due}


def test_an_eluate_waits_until_somebody_says_that_it_is_empty():
    waits = propose([dna("E", eluate=True), dna("T")], TABLE, TODAY)
    assert not waits.due
    assert waits.stays == {"E": (Kept.NOT_EMPTIED,), "T": (Kept.LAST_OF_KIND,)}
    assert due(dna("E", empty=True, eluate=True), dna("T")) == {"E"}


def test_an_empty_one_that_is_not_due_lets_no_full_one_go():
    young = Item("E", "dna", "patient", TODAY, empty=True)
    assert due(young, dna("T")) == set()


def test_where_all_are_empty_the_last_of_them_stays():
    assert due(dna("A", empty=True), dna("B", empty=True)) == {"A"}


def test_an_empty_one_that_is_held_in_dispute_or_kept_for_somebody_stays():
    for why in ("held", "in_dispute", "reserved"):
        assert due(dna("E", empty=True, **{why: True}), dna("T")) == set()


ITEMS = st.lists(
    st.builds(
        Item,
        code=st.text("abcdefgh", min_size=1, max_size=3),
        kind=st.just("dna"),
        subject=st.sampled_from(["one", "other"]),
        since=st.sampled_from([LONG_AGO, TODAY]),
        held=st.booleans(),
        empty=st.booleans(),
        when_empty=st.booleans(),
    ),
    unique_by=lambda one: one.code,
)


@given(ITEMS)
def test_never_the_last_of_a_patient_and_of_full_ones_always_one_stays(items):
    going = {one.code for one in propose(items, TABLE, TODAY).due}
    for subject in {one.subject for one in items}:
        group = [one for one in items if one.subject == subject]
        assert any(one.code not in going for one in group)
        full = [one for one in group if not one.empty and not one.when_empty]
        assert not full or any(one.code not in going for one in full)
        assert not any(one.code in going and (one.held or (one.when_empty and not one.empty)) for one in group)
