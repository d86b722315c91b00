"""The simulated laboratory, wider: pages are taken in slices, and settled cases are opened again, amid all that fails.

What is drawn for it has a chance of its own, so that the stored seeds of known bugs stay as they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from sim_broken import Broken
from sim_hub import parsed
from sim_world import World

from gms_desktop.sync import exchange
from gms_desktop.sync.messages import Page

SEEDS = range(9_000, 9_020)


@pytest.mark.timeout(300)
def test_nothing_is_lost_and_all_agree_where_pages_come_in_slices_and_cases_are_opened_again() -> None:
    found: Counter[str] = Counter()
    for seed in SEEDS:
        world = World(seed, anew=0.05 if seed % 3 == 0 else 0.0, wider=True).run()
        found.update(one.verdict for one in world.hub.placed if parsed(one.content).kind == "case.reopened")
    # Some of it counts, and some of it comes second.
    assert found["accepted"] > 3
    assert found["refused"] > 0


def test_the_same_seed_gives_the_same_trace_in_slices_too() -> None:
    assert World(9_001, wider=True).run().trace.digest() == World(9_001, wider=True).run().trace.digest()


def test_values_that_are_lost_with_a_slice_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    following = exchange._Slices.next

    def loses(self: exchange._Slices, pace: object) -> Page:
        part = following(self, pace)  # type: ignore[arg-type]
        return part if self.done else replace(part, private=())

    monkeypatch.setattr(exchange._Slices, "next", loses)
    with pytest.raises(Broken, match="private values"):
        for seed in SEEDS:
            World(seed, wider=True).run()
