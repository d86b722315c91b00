"""Times what is measured, side by side with what it is compared to, and prints one line a figure."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Times of one thing, in microseconds."""

    times: tuple[float, ...]

    def at(self, share: float) -> float:
        """The time that ``share`` of the runs stayed under."""
        ordered = sorted(self.times)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    @property
    def p50(self) -> float:
        """The middle one."""
        return self.at(0.5)

    @property
    def p99(self) -> float:
        """All but the slowest in a hundred."""
        return self.at(0.99)

    def __str__(self) -> str:
        return f"p10 {self.at(0.1):.0f}, p50 {self.p50:.0f}, p99 {self.p99:.0f} µs"


def turn_about(runs: int, *things: Callable[[int], None], between: Callable[[int], None]) -> list[Spread]:
    """Time things in turns, so that a busy moment of the machine falls on all of them alike.

    ``between`` is what a bench does when it is idle: it is not timed.
    """
    times: list[list[float]] = [[] for _ in things]
    for run in range(runs):
        between(run)
        for place, thing in enumerate(things):
            start = time.perf_counter()
            thing(run)
            times[place].append((time.perf_counter() - start) * 1e6)
    return [Spread(tuple(one)) for one in times]


def report(figure: str, said: str, ratio: float, target: str, met: bool) -> None:
    """Print a figure; with ``GMS_DESKTOP_BENCH_STRICT`` set, a target that is missed fails the run."""
    sys.stdout.write(f"\n{figure}: {said}; ratio {ratio:.2f}, target {target}: {'met' if met else 'MISSED'}\n")
    if os.environ.get("GMS_DESKTOP_BENCH_STRICT"):
        assert met, figure
