"""Runs the simulator over many seeds, and hunts the known bugs: what ``dev.py simulate`` and ``dev.py soak`` do."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from bugs import BUGS  # noqa: E402
from sim_bench import Crashed  # noqa: E402
from sim_world import Broken, World  # noqa: E402

FAILED = HERE / "seeds_failed.json"
OF_BUGS = HERE / "seeds_bugs.json"
PROOF = HERE.parents[1] / "docs" / "proof" / "simulator.md"
PROCESSES = 2
MOST_SEEDS = 2_000
KEPT = 2


@dataclass(frozen=True)
class Outcome:
    """What a seed came to. ``fault`` is empty when all held."""

    seed: int
    trace: str
    fault: str
    seconds: float


def outcome(seed: int) -> Outcome:
    """Run one seed."""
    world, begun = World(seed), time.perf_counter()
    try:
        world.run()
        fault = ""
    except Broken as broken:
        fault = str(broken)
    except (Exception, Crashed) as wrong:
        where = traceback.extract_tb(wrong.__traceback__)[-1]
        fault = f"seed {seed}: {type(wrong).__name__}: {wrong} ({Path(where.filename).name}:{where.lineno})"
    return Outcome(seed, world.trace.hexdigest(), fault, time.perf_counter() - begun)


class Pool:
    """Processes that do work; one that dies is told at once, never waited for."""

    def __init__(self, executor: ProcessPoolExecutor) -> None:
        self._executor = executor

    def imap_unordered(self, work: Callable[[Any], Any], things: Iterable[Any]) -> Iterator[Any]:
        """What comes of each thing, as it comes."""
        for done in as_completed([self._executor.submit(work, thing) for thing in things]):
            yield done.result()


@contextmanager
def processes(count: int = PROCESSES) -> Iterator[Pool]:
    """Processes that run seeds, ended when the context is left."""
    # Started anew, not forked: a fork of a process that has threads (pytest's, Qt's) may hang.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(count, context, initializer=_finds_these_modules, initargs=(str(HERE),))
    # Its threads begin with the first work: here, where whoever ends them is.
    executor.submit(int).result()
    try:
        yield Pool(executor)
    finally:
        executor.shutdown(cancel_futures=True)


def _finds_these_modules(folder: str) -> None:
    sys.path.insert(0, folder)


def finds(name: str, seed: int) -> str:
    """What the seed finds when this bug is in the product; empty: nothing."""
    with BUGS[name].present():
        return outcome(seed).fault


def found_by_any(known: tuple[str, tuple[int, ...]]) -> tuple[str, str]:
    """What the first of some seeds finds that finds a bug."""
    name, seeds = known
    return name, next((says for seed in seeds if (says := finds(name, seed))), "")


@dataclass(frozen=True)
class Hunted:
    """What came of the hunt for a bug: the first seeds that find it, what they say, and how many were run for it."""

    name: str
    seeds: list[int]
    says: str
    tried: int


def hunt(name: str, start: int = 0, most: int = MOST_SEEDS, kept: int = KEPT) -> Hunted:
    """Run seeds with a bug until some find it."""
    seeds: list[int] = []
    says = ""
    for seed in range(start, start + most):
        if fault := finds(name, seed):
            says = says or fault
            seeds.append(seed)
        # The first one proves it; a second and a third are looked for a little longer only.
        if len(seeds) == kept or (seeds and seed - seeds[0] > 30):
            break
    return Hunted(name, seeds, says, (seeds[0] if seeds else seed) - start + 1)


def simulate(arguments: list[str]) -> int:
    """Run seeds and say which failed."""
    parser = argparse.ArgumentParser(prog="dev.py simulate")
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--from", type=int, default=int(datetime.now(UTC).strftime("%y%m%d")) * 1000, dest="start")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    chosen = parser.parse_args(arguments)
    begun = time.perf_counter()
    failed = _run(range(chosen.start, chosen.start + chosen.seeds), chosen.processes)
    seconds = time.perf_counter() - begun
    last = chosen.start + chosen.seeds - 1
    _say(f"Seeds {chosen.start} to {last}: {len(failed)} failed, {chosen.seeds / seconds:.1f} a second.")
    return 1 if failed else 0


def _run(seeds: range, count: int) -> list[Outcome]:
    failed = []
    with processes(count) as pool:
        for one in pool.imap_unordered(outcome, seeds):
            if one.fault:
                failed.append(one)
                _say(one.fault)
    return failed


def soak(arguments: list[str]) -> int:
    """Run 2,000 seeds and the hunt from scratch, and write the table of the proof."""
    parser = argparse.ArgumentParser(prog="dev.py soak")
    parser.add_argument("--seeds", type=int, default=MOST_SEEDS, help="how many without a bug")
    parser.add_argument("--from", type=int, default=1, dest="start")
    parser.add_argument("--most", type=int, default=MOST_SEEDS, help="how many for each bug at the most")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    chosen = parser.parse_args(arguments)
    begun = time.perf_counter()
    failed = _run(range(chosen.start, chosen.start + chosen.seeds), chosen.processes)
    clean = time.perf_counter() - begun
    with processes(chosen.processes) as pool:
        came = pool.imap_unordered(partial(hunt, most=chosen.most), list(BUGS))
        hunted = sorted(came, key=lambda one: list(BUGS).index(one.name))
    for one in hunted:
        _say(f"{one.name}: {one.seeds} after {one.tried}: {one.says[:120]}")
    OF_BUGS.write_text(json.dumps({one.name: one.seeds for one in hunted}, indent=1) + "\n", encoding="utf-8")
    PROOF.write_text(_table(chosen, failed, clean, hunted), encoding="utf-8")
    missed = [one.name for one in hunted if not one.seeds]
    _say(f"{len(failed)} of {chosen.seeds} seeds failed; bugs not found: {', '.join(missed) or 'none'}.")
    return 1 if failed or len(missed) * 25 > len(hunted) else 0


def _table(chosen: argparse.Namespace, failed: list[Outcome], clean: float, hunted: list[Hunted]) -> str:
    day = datetime.now(UTC).strftime("%d %B %Y")
    found = sum(bool(one.seeds) for one in hunted)
    last = chosen.start + chosen.seeds - 1
    lines = [
        "# The simulator",
        "",
        (
            "Benches and a hub in one process on virtual time: real files (SQLite in memory), the real fold and "
            "the real sync code; the hub is a model of the SQL, which is held to the same promises by tests of "
            "its own. What is drawn from a seed: how many benches, what people do, lost, repeated, late, cut "
            "and shuffled answers, outages, crashes and full disks at any statement or commit, files put back "
            "to a backup or without their last commits, cloned benches, clocks that jump by days, a hub that "
            "crashes, is restored from a backup or gives way to a standby that lagged, a hub of another version "
            "that rules otherwise, benches of an older version, entries that nobody can fold. Worlds of their own "
            "(`tests/sync/test_simulator_wider.py`) take pages in slices, open settled cases again, and put bases "
            "under benches at work and prune them; files that travel are not in any of them."
        ),
        "",
        (
            "What must hold is in `tests/sync/sim_truths.py`. Run `dev.py simulate --seeds N --from S` for more; "
            "`dev.py soak` makes this page."
        ),
        "",
        f"## Seeds without a bug ({day})",
        "",
        (
            f"Seeds {chosen.start} to {last}: **{len(failed)} failed**, {chosen.seeds / clean:.1f} seeds a second in "
            f"{chosen.processes} process{'es' if chosen.processes > 1 else ''}."
        ),
        *(f"- {one.fault}" for one in failed),
        "",
        f"## Known bugs: {found} of {len(hunted)} found within {chosen.most:,} seeds each",
        "",
        "| bug | seen in | found by seed | after | what is said |",
        "|---|---|---|---|---|",
        *(_row(one) for one in hunted),
        "",
    ]
    return "\n".join(lines)


def _row(one: Hunted) -> str:
    bug = BUGS[one.name]
    said = one.says.partition(": ")[2].replace("|", "/").replace("`", "'")[:90]
    seeds = ", ".join(map(str, one.seeds)) or "not found"
    return f"| {bug.words} (`{one.name}`) | {bug.seen} | {seeds} | {one.tried} | {said} |"


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    jobs = {"simulate": simulate, "soak": soak}
    sys.exit(jobs[sys.argv[1]](sys.argv[2:]))
