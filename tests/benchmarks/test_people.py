"""How long does it take to sign in, and to change the operator; and what does the check of rights add to a scan?"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bench_of_size import BADGE, OTHER_BADGE, PEPPER, PIN, scan_of, sign_in
from figures import Spread, report

from gms_desktop import settings as settings_file
from gms_desktop.bench import Bench
from gms_desktop.domain.commands import Command
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import people, rights
from gms_desktop.services.rights import Actor
from gms_desktop.services.sign_in import badge_code, make_verifier, tuned_cost, verifies
from gms_desktop.starting import start_bench

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

RUNS = 40
CHECKS = 300
SIGN_IN_MS = 400
CHANGE_MS = 150
MOST_OF_A_SCAN = 0.05


@pytest.fixture
def bench(bench_folder: Path) -> Bench:
    """A bench whose two people have PINs as dear as a bench makes them."""
    settings = settings_file.read(bench_folder)
    assert settings is not None
    opened = start_bench(bench_folder, settings)
    verifier = make_verifier(PIN, PEPPER, tuned_cost())

    def dear(ledger: Ledger) -> None:
        for badge in (BADGE, OTHER_BADGE):
            row = look_up.operator_by_badge(ledger.db, badge_code(badge, PEPPER))
            assert row is not None
            draft, number = people.pin_set(ledger, row["id"])
            ledger.append([draft], row["id"])
            people.keep_pin(ledger, row["id"], number, verifier)

    opened.recorder.write(dear).result(60)
    return opened


def comes(bench: Bench, badge: str) -> None:
    bench.scan(scan_of(badge)).result(60)
    assert bench.pin(PIN).result(60).ok


def test_sign_in_and_change_of_operator(bench: Bench) -> None:
    verifier = make_verifier(PIN, PEPPER, tuned_cost())

    jobs = (
        lambda: comes(bench, BADGE),
        lambda: comes(bench, OTHER_BADGE),
        lambda: verifies(verifier, PIN, PEPPER),
    )
    used: list[list[float]] = [[] for _ in jobs]
    waited: list[list[float]] = [[] for _ in jobs]
    for _ in range(RUNS):
        bench.command(Command.SIGN_OUT).result(60)
        for place, job in enumerate(jobs):
            # The processor's time of all threads: nobody waits for anything but it and one write to the disk.
            begun, start = time.process_time(), time.perf_counter()
            job()
            used[place].append((time.process_time() - begun) * 1e6)
            waited[place].append((time.perf_counter() - start) * 1e6)
    (came, changed, pin), clock = (Spread(tuple(one)) for one in used), [Spread(tuple(one)) for one in waited]
    ratio = came.at(0.9) / 1000 / SIGN_IN_MS
    said = f"{came} of the processor (by the clock {clock[0]}); the PIN alone {pin} (cost {tuned_cost()})"
    report("sign-in", said, ratio, f"at most {SIGN_IN_MS} ms", ratio <= 1)
    beside = (changed.at(0.9) - pin.p50) / 1000
    said = f"{changed} of the processor (by the clock {clock[1]}); {beside:.1f} ms beside the PIN's own cost"
    report("operator change", said, beside / CHANGE_MS, f"at most {CHANGE_MS} ms and the PIN", beside <= CHANGE_MS)
    bench.close()


def test_a_check_of_rights_against_a_scan(bench: Bench, bench_folder: Path) -> None:
    sign_in(bench)
    codes = json.loads((bench_folder / "codes.json").read_text("utf-8"))["codes"][1::4]
    act = [Draft("specimen.received", {}), Draft("label.intended", {}), Draft("specimen.decided", {"outcome": "held"})]
    scans = Spread(tuple(timed(lambda code: bench.scan(scan_of(code)).result(60), code) for code in codes[:CHECKS]))

    def checks(ledger: Ledger) -> Spread:
        row = look_up.operator_by_badge(ledger.db, badge_code(BADGE, PEPPER))
        assert row is not None
        actor = Actor(row["id"])
        return Spread(
            tuple(timed(lambda _: rights.entitled(ledger, act, actor, "Europe/London"), "") for _ in range(CHECKS))
        )

    checked = bench.recorder.read(checks).result(60)
    ratio = checked.p50 / scans.p50
    said = f"{checked} for an act of {len(act)} entries against {scans} for a scan"
    report("check of rights", said, ratio, f"at most {MOST_OF_A_SCAN}", ratio <= MOST_OF_A_SCAN)
    bench.close()


def timed(job: Callable[[str], object], given: str) -> float:
    start = time.perf_counter()
    job(given)
    return (time.perf_counter() - start) * 1e6
