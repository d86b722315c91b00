"""How long does the proof of a bench's file take, beside the fold of the same journal?"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from corpus import ENTRIES, KEY, copy_of, corpus
from figures import report

from gms_desktop.journal.sqlite_file import open_for_reading, open_for_writing
from gms_desktop.register import rebuild, verify

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

AT_MOST = 1.3
TURNS = 3


def folded(path: Path) -> tuple[float, float]:
    """Seconds that the fold takes, on the clock and of the processor."""
    db = open_for_writing(path, KEY)
    clock, processor = time.perf_counter(), time.process_time()
    rebuild.rebuild(db)
    spent = time.perf_counter() - clock, time.process_time() - processor
    db.close()
    return spent


def proved(path: Path) -> tuple[float, float]:
    """Seconds that the proof takes, on the clock and of the processor."""
    db, scratch = open_for_reading(path, KEY), verify.scratch_database()
    clock, processor = time.perf_counter(), time.process_time()
    found = verify.verify(db, scratch)
    spent = time.perf_counter() - clock, time.process_time() - processor
    assert found.clean
    assert found.entries >= ENTRIES
    for one in (db.raw, scratch.raw):
        one.close()
    return spent


def test_the_proof_of_a_file_beside_the_fold_of_its_journal(tmp_path: Path) -> None:
    path = copy_of(corpus(), tmp_path)
    turns = [(folded(path), proved(path)) for _ in range(TURNS if ENTRIES <= 200_000 else 1)]
    fold, proof = min(one for one, _ in turns), min(one for _, one in turns)
    ratio = proof[0] / fold[0]
    said = (
        f"verify {proof[0]:.1f} s (processor {proof[1]:.1f}), fold {fold[0]:.1f} s ({fold[1]:.1f}), {ENTRIES} entries"
    )
    report("proof of a file", said, ratio, f"at most {AT_MOST}", ratio <= AT_MOST)
