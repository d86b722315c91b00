"""What is left in a container: reckoned from all that was stated and taken, the same in whatever order it is learnt."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.remaining import Stated, Taken, counted, in_ul, remaining

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def stated(ul: str, minute: int, how: str = "nominal") -> Stated:
    return Stated(Decimal(ul), NINE + timedelta(minutes=minute), how, f"w/{minute}")


def taken(ul: str, minute: int, target: str = "") -> Taken:
    return Taken(Decimal(ul), NINE + timedelta(minutes=minute), f"w/{minute}", target)


def test_what_was_taken_is_no_longer_there():
    left = remaining([stated("50", 0)], [taken("12.5", 1), taken("7.25", 2)])
    assert left is not None
    assert (left.ul, left.how, left.missing) == (Decimal("30.25"), "calculated", 0)


def test_a_measured_volume_stands_from_its_own_time_on_also_where_it_is_learnt_of_late():
    left = remaining([stated("48", 5, "measured"), stated("50", 0)], [taken("20", 1), taken("10", 9)])
    assert left is not None
    assert (left.ul, left.stated.how, [one.ul for one in left.taken]) == (Decimal(38), "measured", [Decimal(10)])


def test_more_taken_than_was_there_is_said_and_never_cut_off_at_nought():
    left = remaining([stated("50", 0)], [taken("30", 1), taken("30", 2)])
    assert left is not None
    assert (left.ul, left.missing) == (Decimal(-10), Decimal(10))


def test_of_two_worklists_for_one_plate_the_later_one_counts():
    left = remaining(
        [stated("50", 0)], [taken("10", 1, "plate:p"), taken("15", 2, "plate:p"), taken("5", 3, "plate:q")]
    )
    assert left is not None
    assert left.ul == Decimal(30)


def test_nobody_knows_what_is_left_where_nobody_stated_a_volume():
    assert remaining([], [taken("10", 1)]) is None


def test_a_container_said_to_be_empty_is_empty_until_more_is_stated():
    empty = stated("0", 5, "emptied")
    left = remaining([stated("50", 0), empty], [taken("20", 1)])
    assert left is not None
    assert left.emptied
    again = remaining([stated("50", 0), empty, stated("3", 9, "measured")], [])
    assert again is not None
    assert not again.emptied


def test_volumes_of_every_spelling_are_exact_and_a_mass_is_none():
    assert in_ul("0.0125", "ml") == Decimal("12.5")
    assert in_ul("12.5", "uL") == in_ul("12.5", "µl") == in_ul("12.5", "μl") == Decimal("12.5")
    assert in_ul("3", "mg") is None
    assert in_ul("much", "ml") is None
    assert in_ul("NaN", "ml") is None


VOLUMES = st.decimals("0", "500", places=3)
MOMENTS = st.integers(0, 30)
HOW = st.sampled_from(["nominal", "measured", "emptied"])
# An entry states one volume.
STATED = st.lists(st.builds(stated, VOLUMES.map(str), MOMENTS, HOW), unique_by=lambda one: one.entry)
TARGETS = st.sampled_from(["", "", "tube:a", "plate:p"])
TAKEN = st.lists(st.builds(taken, VOLUMES.map(str), MOMENTS, TARGETS), unique_by=lambda one: one.entry)


@given(STATED, TAKEN, st.randoms(use_true_random=False))
def test_the_same_is_left_in_whatever_order_it_is_learnt(states, takes, chance):
    mixed_states, mixed_takes = states[:], takes[:]
    chance.shuffle(mixed_states)
    chance.shuffle(mixed_takes)
    here, there = remaining(states, takes), remaining(mixed_states, mixed_takes)
    assert (here is None) == (there is None)
    if here is not None and there is not None:
        assert (here.ul, here.how, here.taken) == (there.ul, there.how, there.taken)


@given(STATED.filter(bool), TAKEN)
def test_nothing_taken_since_the_newest_statement_is_ever_lost(states, takes):
    left = remaining(states, takes)
    assert left is not None
    since = [one.ul for one in counted(takes) if one.at >= max(each.at for each in states)]
    assert left.stated.ul - left.ul == sum(since, Decimal(0))
