"""The simulated laboratory: fresh seeds, seeds that once failed, the same seed twice, and the bugs it must find."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import SystemRandom

import pytest
import sim_hunt
from bugs import BUGS

HERE = Path(__file__).parent
FRESH = int(os.environ.get("GMS_DESKTOP_SEEDS", "200"))
FIRST = int(os.environ.get("GMS_DESKTOP_FIRST_SEED", "0")) or SystemRandom().randrange(10_000, 2**31)
FEWEST_FOUND = 24 / 25


@pytest.fixture(scope="module")
def outcomes() -> Iterator[object]:
    """Processes of this file's own, ended with it."""
    with sim_hunt.processes() as pool:
        yield pool


@pytest.mark.timeout(300)
def test_nothing_is_lost_and_all_agree_in_the_end_whatever_goes_wrong_in_fresh_seeds(outcomes: sim_hunt.Pool) -> None:
    seeds = range(FIRST, FIRST + FRESH)
    failed = [one.fault for one in outcomes.imap_unordered(sim_hunt.outcome, seeds) if one.fault]
    assert not failed, f"Run again: dev.py simulate --seeds {FRESH} --from {FIRST}\n" + "\n".join(failed)


@pytest.mark.timeout(300)
def test_every_seed_that_ever_failed_holds(outcomes: sim_hunt.Pool) -> None:
    seeds = json.loads(sim_hunt.FAILED.read_text(encoding="utf-8"))
    assert [one.fault for one in outcomes.imap_unordered(sim_hunt.outcome, seeds) if one.fault] == []


@pytest.mark.timeout(300)
def test_each_known_bug_is_found_by_a_seed_that_is_known_to_find_it(outcomes: sim_hunt.Pool) -> None:
    known: dict[str, list[int]] = json.loads(sim_hunt.OF_BUGS.read_text(encoding="utf-8"))
    assert known.keys() == BUGS.keys()
    found = dict(outcomes.imap_unordered(sim_hunt.found_by_any, [(name, tuple(known[name])) for name in known]))
    missed = sorted(name for name, says in found.items() if not says)
    assert len(missed) <= len(found) * (1 - FEWEST_FOUND), f"Not found any more; hunt anew with dev.py soak: {missed}"


def test_the_same_seed_gives_the_same_trace_also_in_a_process_whose_sets_lie_otherwise() -> None:
    seeds = (3, 16, 1342)
    here = [sim_hunt.outcome(seed).trace for seed in seeds]
    ask = "import sys, sim_hunt; print(*(sim_hunt.outcome(int(seed)).trace for seed in sys.argv[1:]))"
    surroundings = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-c", ask, *map(str, seeds)]
    said = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    assert here == [sim_hunt.outcome(seed).trace for seed in seeds] == said.stdout.split()


def test_at_least_twenty_five_bugs_are_known() -> None:
    assert len(BUGS) >= 25
