"""The simulated laboratory, wider: pages in slices, settled cases opened again, bases and pruning, amid all that fails.

What is drawn for it has a chance of its own, so that the stored seeds of known bugs stay as they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from sim_broken import Broken
from sim_hub import parsed
from sim_world import World

from gms_desktop.register import base as register_base
from gms_desktop.register import undo_log
from gms_desktop.sync import exchange, pruning
from gms_desktop.sync.messages import Page

SEEDS = range(9_000, 9_012)


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
    world = World(SEEDS[0], wider=True)
    with pytest.raises(Broken, match="private values"):
        world.run()


@pytest.mark.timeout(300)
def test_nothing_is_lost_and_all_agree_where_bases_come_under_benches_at_work_and_entries_are_taken_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(undo_log, "DEPTH", 9)
    pruned = 0
    for seed in SEEDS[:7]:
        world = World(seed, anew=0.05 if seed % 3 == 0 else 0.0, wider=seed % 2 == 0, bases=0.1).run()
        for bench in world.benches:
            known = register_base.known(bench.db)
            below = known.position if known else 0
            (kept,) = bench.db.raw.execute("SELECT count(*) FROM entry WHERE position <= ?", (below,)).fetchone()
            pruned += below - kept
    assert pruned > 50


def test_a_pruning_that_takes_a_benchs_own_work_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_log, "DEPTH", 9)
    monkeypatch.setattr(pruning, "_is_recent", lambda _content, _now: False)
    world = World(9_002, bases=0.1, wider=True)
    with pytest.raises(Broken, match="is not in its file"):
        world.run()
