"""How long does a plan for 960 tubes over ten plates take under the full national rules, and the check after a drag?"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from figures import report

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "domain"))

from plate_tubes import NATIONAL, PLAIN, a_busy_week

from gms_desktop.domain.plates.check import check
from gms_desktop.domain.plates.moving import moved
from gms_desktop.domain.plates.plan import propose

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

RUNS, MOST_S = 5, 2.0


def took(job: Callable[[], object]) -> float:
    """Seconds in the median of several runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return median(times)


def test_960_tubes_over_ten_plates_under_the_full_rules() -> None:
    tubes = a_busy_week()
    planned = took(lambda: propose(tubes, pack=NATIONAL, template=PLAIN, plates=10))
    crowded = took(lambda: propose(tubes, pack=NATIONAL, template=PLAIN, plates=8))
    plan = propose(tubes, pack=NATIONAL, template=PLAIN, plates=10)
    assert plan.refused == ()
    assert check(plan.plates, NATIONAL) == ()
    last = next(iter(plan.plates[0].tubes.values())).code
    dragged = took(lambda: check(moved(plan.plates, last, (1, "H12"), PLAIN, NATIONAL), NATIONAL))
    said = (
        f"{planned * 1000:.0f} ms; with room for eight {crowded * 1000:.0f} ms; a drag checked {dragged * 1000:.0f} ms"
    )
    worst = max(planned, crowded)
    report(
        "Plan of 960 tubes, 10 plates, national rules", said, worst / MOST_S, f"at most {MOST_S:.0f} s", worst <= MOST_S
    )
    assert worst <= MOST_S
