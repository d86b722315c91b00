"""How much dearer is a durable act, with its register rows, than the cheapest commit the same driver can make?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from corpus import ENTRIES, KEY, Work, begin, copy_of, corpus, reopen
from figures import Spread, report, turn_about

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import check_point, open_for_writing
from gms_desktop.register import touched
from gms_desktop.register.ledger import Draft, Ledger

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

RUNS = 1000
MOST = 2.5
Prepare = Callable[[int], list[Draft]]


def bare(path: Path) -> Database:
    db = open_for_writing(path, KEY)
    db.raw.execute("CREATE TABLE bare (n INTEGER PRIMARY KEY, content BLOB NOT NULL)")
    return db


def measured(ledger: Ledger, other: Database, prepare: Prepare) -> list[Spread]:
    """Acts on the ledger, and bare commits of one row of as many bytes, in turns."""
    ready: list[Draft] = []
    size = 0

    def idle(run: int) -> None:
        if store.index_waits(ledger.db):
            with ledger.db.write():
                touched.follow(ledger.db)
        check_point(ledger.db)
        check_point(other)
        ready[:] = prepare(run)

    def act(_run: int) -> None:
        nonlocal size
        with ledger.db.write():
            entries = ledger.append(ready, None)
        size = size or sum(len(entry.to_bytes()) for entry in entries)

    def commit(_run: int) -> None:
        with other.write():
            other.raw.execute("INSERT INTO bare (content) VALUES (?)", (b"x" * size,))

    return turn_about(RUNS, act, commit, between=idle)


def arrivals(ledger: Ledger) -> Prepare:
    """A tube that is scanned in: received, its label intended, the scan kept. Three entries, one act."""
    came = _tubes(ledger)
    work = Work(ledger)
    return lambda run: [came[run], work.labelled(came[run]), work.scanned(came[run].body["sender_code"])]


def single_entries(ledger: Ledger) -> Prepare:
    """A printed label scanned back, after its tube arrived: the one entry that a bench makes most often."""
    arrive, work = arrivals(ledger), Work(ledger)

    def prepare(run: int) -> list[Draft]:
        arrival = arrive(run)
        with ledger.db.write():
            ledger.append(arrival, None)
        return [work.verified(arrival[1])]

    return prepare


def _tubes(ledger: Ledger) -> list[Draft]:
    work = Work(ledger, made=5_000_000)
    with ledger.db.write():
        asked = [work.expected() for _ in range(RUNS // 2)]
        ledger.append(asked, None)
    return [work.received(request, place) for request in asked for place in (1, 2)]


@pytest.mark.parametrize("size", [0, ENTRIES], ids=["in an empty file", "at full size"])
@pytest.mark.parametrize("acts", [single_entries, arrivals], ids=["one entry", "arrival"])
def test_an_act_against_a_bare_commit(tmp_path: Path, size: int, acts: Callable[[Ledger], Prepare]) -> None:
    ledger = reopen(copy_of(corpus(size), tmp_path)) if size else begin(tmp_path / "empty.db")
    other = bare(tmp_path / "bare.db")
    act, commit = measured(ledger, other, acts(ledger))
    ratio = act.p50 / commit.p50
    name = f"append, {acts.__name__.replace('_', ' ')}, {size} entries in the file"
    # The quickest tenth is what a machine that others share can tell about a machine that nobody shares.
    quiet = act.at(0.1) / commit.at(0.1)
    said = f"{act} against {commit}; ratio of the quickest tenth {quiet:.2f}"
    report(name, said, ratio, f"at most {MOST}", ratio <= MOST)
    ledger.db.close()
    other.close()
