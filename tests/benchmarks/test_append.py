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
from gms_desktop.register.ledger import Draft, Ledger

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

RUNS = 1000
MOST = 2.5


def bare(path: Path) -> Database:
    db = open_for_writing(path, KEY)
    db.raw.execute("CREATE TABLE bare (n INTEGER PRIMARY KEY, content BLOB NOT NULL)")
    return db


def measured(ledger: Ledger, other: Database, acts: list[list[Draft]]) -> list[Spread]:
    """The acts on the ledger, and bare commits of one row of as many bytes, in turns."""
    sizes: list[int] = []

    def act(run: int) -> None:
        with ledger.db.write():
            entries = ledger.append(acts[run], None)
        sizes.append(sum(len(entry.to_bytes()) for entry in entries) if not sizes else sizes[0])

    def commit(_run: int) -> None:
        with other.write():
            other.raw.execute("INSERT INTO bare (content) VALUES (?)", (b"x" * sizes[0],))

    def idle() -> None:
        if store.index_waits(ledger.db):
            with ledger.db.write():
                store.index_entries(ledger.db)
        check_point(ledger.db)
        check_point(other)

    return turn_about(len(acts), act, commit, between=idle)


def single_entries(ledger: Ledger) -> list[list[Draft]]:
    """A printed label scanned back: the one entry that a bench makes most often."""
    work = Work(ledger, made=5_000_000)
    with ledger.db.write():
        asked = [work.expected() for _ in range(RUNS // 2)]
        ledger.append(asked, None)
        came = [work.received(request, place) for request in asked for place in (1, 2)]
        labels = [work.labelled(one) for one in came]
        ledger.append([*came, *labels], None)
    return [[work.verified(label)] for label in labels]


def arrivals(ledger: Ledger) -> list[list[Draft]]:
    """A tube that is scanned in: received, its label intended, the scan kept. Three entries, one act."""
    work = Work(ledger, made=6_000_000)
    with ledger.db.write():
        asked = [work.expected() for _ in range(RUNS // 2)]
        ledger.append(asked, None)
    came = [work.received(request, place) for request in asked for place in (1, 2)]
    return [[one, work.labelled(one), work.scanned(one.body["sender_code"])] for one in came]


@pytest.mark.parametrize("size", [0, ENTRIES], ids=["in an empty file", "at full size"])
@pytest.mark.parametrize("acts", [single_entries, arrivals], ids=["one entry", "arrival"])
def test_an_act_against_a_bare_commit(tmp_path: Path, size: int, acts: Callable[[Ledger], list[list[Draft]]]) -> None:
    ledger = reopen(copy_of(corpus(size), tmp_path)) if size else begin(tmp_path / "empty.db")
    other = bare(tmp_path / "bare.db")
    act, commit = measured(ledger, other, acts(ledger))
    ratio = act.p50 / commit.p50
    name = f"append, {acts.__name__.replace('_', ' ')}, {size} entries in the file"
    report(name, f"{act} against {commit}", ratio, f"at most {MOST}", ratio <= MOST)
    ledger.db.close()
    other.close()
