"""How much of a page is folded at once: a scan waits for no slice that is much longer than it may wait."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.sync.pace import LEAST, SLICE_SECONDS, Pace, kind_of

SLOW, QUICK = 0.0005, 0.0001


def entries(kind: str, count: int) -> list[bytes]:
    return [json.dumps({"body": {}, "kind": kind, "seq": n}, separators=(",", ":")).encode() for n in range(count)]


def taken(pace: Pace, contents: Sequence[bytes]) -> list[float]:
    """Fold all of it, slice by slice; how long each took on a machine that is always alike."""
    times = []
    while contents:
        fit = pace.fitting(contents)
        times.append(sum(SLOW if kind_of(one) == b"slow" else QUICK for one in contents[:fit]))
        pace.took(contents[:fit], times[-1])
        contents = contents[fit:]
    return times


def test_slices_grow_to_what_a_scan_may_wait() -> None:
    times = taken(Pace(), entries("quick", 5_000))
    assert times[0] < SLICE_SECONDS
    assert SLICE_SECONDS * 0.7 < times[-2] <= SLICE_SECONDS * 1.2
    assert max(times) <= SLICE_SECONDS * 1.3


def test_a_page_that_turns_from_quick_entries_to_slow_ones_makes_no_long_slice() -> None:
    pace = Pace()
    taken(pace, entries("quick", 5_000))
    assert max(taken(pace, entries("slow", 500))) <= SLICE_SECONDS
    taken(pace, entries("quick", 5_000))
    assert max(taken(pace, entries("slow", 500))) <= SLICE_SECONDS * 1.3


def test_a_machine_that_is_busy_makes_slices_shorter_at_once_but_never_too_short_to_be_worth_it() -> None:
    pace, contents = Pace(), entries("quick", 500)
    taken(pace, entries("quick", 5_000))
    before = pace.fitting(contents)
    pace.took(contents[:before], 4 * SLICE_SECONDS)
    assert pace.fitting(contents) <= before / 3
    for _ in range(20):
        pace.took(contents[:LEAST], 1.0)
    assert pace.fitting(contents) == LEAST


@given(st.lists(st.sampled_from(["slow", "quick", "known to nobody"]), min_size=1, max_size=600))
def test_a_slice_is_never_empty_and_never_more_than_there_is(kinds: list[str]) -> None:
    contents = [entries(kind, 1)[0] for kind in kinds]
    pace = Pace()
    while contents:
        fit = pace.fitting(contents)
        assert 1 <= fit <= len(contents)
        pace.took(contents[:fit], 0.0)
        contents = contents[fit:]
