"""How fast does a fresh replica take in what other benches have done, against a bare insert of the same rows?"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from corpus import BENCH, ENTRIES, KEY, SteppedClock
from figures import report
from hub_pages import order_of_corpus

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.private import PrivateValue
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import versions
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import replica
from gms_desktop.sync.history import take_history
from gms_desktop.sync.messages import MOST_ENTRIES, Answer, Page, PullAnswer
from gms_desktop.sync.rebase import Taken

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

MOST = 50_000
LEAST = 10_000
_insert = text_statement(
    "INSERT INTO entry (n, writer, seq, hash, bytes, verdict, position) "
    "VALUES (:n, 'w', :n, :hash, :bytes, :verdict, :n)"
)
_insert_private = text_statement("INSERT INTO private VALUES (:subject, :commitment, :salt, :value)")


@dataclass
class Spent:
    """Seconds on the clock and of the processor."""

    clock: float = 0.0
    processor: float = 0.0

    def __enter__(self) -> None:
        self.clock -= time.perf_counter()
        self.processor -= time.process_time()

    def __exit__(self, *_: object) -> None:
        self.clock += time.perf_counter()
        self.processor += time.process_time()


@pytest.fixture(autouse=True)
def no_garbage() -> Iterator[None]:
    """A bench never looks for garbage while it takes a page in (benchmarks.md, the whole application)."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def fresh(path: Path) -> Database:
    db = open_for_writing(path, KEY)
    versions.bring_up(db)
    return db


def joined(path: Path, scope: str) -> Ledger:
    """A bench that has joined a laboratory and has nothing of its history."""
    ledger = Ledger(fresh(path), CountedChance(1 << 50), SteppedClock(), "0.1.0")
    with ledger.db.write():
        ledger.begin_writer(scope, "B3NCHB", "set up", BENCH)
        replica.put_standing(ledger.db, replica.standing(ledger.db, scope))
    return ledger


def insert(db: Database, page: Page) -> None:
    """The same entries and values as rows, unchecked and unfolded."""
    rows = [{"n": one.position, "hash": one.hash, "bytes": one.content, "verdict": one.verdict} for one in page.entries]
    db.run_many(_insert, rows)
    db.run_many(_insert_private, [_values(one) for one in page.private])


def _values(one: PrivateValue) -> dict[str, object]:
    return {"subject": one.subject, "commitment": one.commitment, "salt": one.salt, "value": one.value}


def test_a_fresh_replica_takes_the_history_of_others_in(tmp_path: Path) -> None:
    order = order_of_corpus(min(ENTRIES, MOST))
    ledger, bare = joined(tmp_path / "bench.db", "laboratory-1"), fresh(tmp_path / "bare.db")
    pages = {page.after: page for page in [*order.pages(MOST_ENTRIES), order.page(len(order.entries), 1)]}
    ours, theirs, inserted = Spent(), Spent(), 0

    def told(taken: Taken, page: Page) -> None:
        """The bare insert in its turn: the same pages in one transaction."""
        nonlocal inserted
        ours.__exit__()
        with theirs, bare.write():
            while inserted < taken.standing.position:
                insert(bare, pages[inserted])
                inserted += len(pages[inserted].entries)
        ours.__enter__()

    with ours:
        take_history(ledger, lambda at: PullAnswer(Answer.OK, pages[at.position], order.head.position), told)
    count = len(order.entries)
    assert replica.standing(ledger.db, "laboratory-1") == order.head
    rate = count / ours.processor
    said = (
        f"{rate:.0f} entries/s of processor time, {count / ours.clock:.0f} on the clock; bare insert "
        f"{count / theirs.processor:.0f} and {count / theirs.clock:.0f}, {theirs.processor / ours.processor:.2f} of it"
    )
    report("pull and fold", said, rate / LEAST, f"at least 1.0 of {LEAST} entries/s", rate >= LEAST)
    ledger.db.close()
    bare.close()
