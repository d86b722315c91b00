"""How much dearer is an entry that the hub has checked, judged and put in order than one that is merely inserted?"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from corpus import copy_of, corpus, reopen
from figures import report

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.private import PrivateValue
from gms_desktop.sync.hub.enrol import Place, enrol
from gms_desktop.sync.hub.laboratory import Laboratory, init
from gms_desktop.sync.joining import address_of, take_up
from gms_desktop.sync.messages import MOST_BYTES, MOST_ENTRIES, Answer, Push, Sent, Standing, first_order_hash
from gms_desktop.sync.postgres_transport import PostgresHub

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

SCOPE = "laboratory-1"
ENTRIES = 20_000
SINGLES = 2_000
LEAST = 0.5
LEAST_SINGLE = 500
_CODES = CountedChance(int(time.time()) << 32)
_ENTRY = (
    "INSERT INTO bare.entry SELECT %b::text, %b::bigint + o, %b::text, %b::bigint + o, h, c, 'accepted', h, now() "
    "FROM unnest(%b::bytea[], %b::bytea[]) WITH ORDINALITY AS u(h, c, o)"
)
_PRIVATE = (
    "INSERT INTO bare.private SELECT %b::text, s, c, salt, v, %b::bigint "
    "FROM unnest(%b::text[], %b::text[], %b::bytea[], %b::text[]) AS u(s, c, salt, v)"
)


@dataclass(frozen=True)
class Written:
    """What a bench has written: its writer, its entries in order, the values that they cite."""

    writer: str
    entries: list[Sent]
    private: list[tuple[PrivateValue, ...]]

    def lots(self, most: int) -> Iterator[tuple[int, tuple[Sent, ...], tuple[PrivateValue, ...]]]:
        """Batches as a bench cuts them, each with the place of its first entry."""
        start = 0
        while start < len(self.entries):
            end, size = start, 0
            while end < min(len(self.entries), start + most) and size + len(self.entries[end].content) <= MOST_BYTES:
                size += len(self.entries[end].content)
                end += 1
            values = tuple(itertools.chain.from_iterable(self.private[start:end]))
            yield start, tuple(self.entries[start:end]), values
            start = end


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A day of bench work."""
    ledger = reopen(copy_of(corpus(ENTRIES), tmp_path_factory.mktemp("hub")))
    raw = ledger.db.raw
    rows = raw.execute("SELECT hash, bytes FROM entry ORDER BY n").fetchall()
    held = {
        c: PrivateValue(c, bytes(s), v, t)
        for c, s, v, t in raw.execute("SELECT commitment, salt, value, subject FROM private")
    }
    entries = [Sent(bytes(h), bytes(content)) for h, content in rows]
    private = [tuple(held[c] for c in json.loads(one.content)["private"]) for one in entries]
    writer = ledger.head.writer
    ledger.db.close()
    return Written(writer, entries, private)


@dataclass(frozen=True)
class Both:
    """A hub and, in the same database, tables of the same shape that take whatever comes."""

    hub: PostgresHub
    bare: psycopg.Connection

    def push(self, written: Written, lot: tuple[int, tuple[Sent, ...], tuple[PrivateValue, ...]]) -> None:
        """Push a batch, as a bench does."""
        start, entries, private = lot
        standing = Standing(0, first_order_hash(SCOPE))
        answer = self.hub.push(Push(SCOPE, written.writer, start + 1, entries, private, standing))
        assert answer.answer is Answer.OK, answer

    def insert(self, written: Written, lot: tuple[int, tuple[Sent, ...], tuple[PrivateValue, ...]]) -> None:
        """Insert the same rows, unjudged."""
        start, entries, private = lot
        hashes, contents = [one.hash for one in entries], [one.content for one in entries]
        with self.bare.transaction():
            self.bare.execute(_ENTRY, (SCOPE, start, written.writer, start, hashes, contents), prepare=True)
            if private:
                columns: list[list[Any]] = [
                    [one.subject for one in private],
                    [one.commitment for one in private],
                    [one.salt for one in private],
                    [one.value for one in private],
                ]
                self.bare.execute(_PRIVATE, (SCOPE, start, *columns), prepare=True)


@pytest.fixture
def both(postgres: str) -> Iterator[Both]:
    init(postgres, Laboratory(SCOPE, "EXAMPLE", rehearsal=True))
    bare = psycopg.connect(postgres, autocommit=True)
    bare.execute(
        "CREATE SCHEMA bare; CREATE TABLE bare.private (LIKE hub.private INCLUDING ALL); "
        "CREATE TABLE bare.entry (LIKE hub.entry INCLUDING ALL) PARTITION BY LIST (scope); "
        f"CREATE TABLE bare.one PARTITION OF bare.entry FOR VALUES IN ('{SCOPE}')"
    )
    place = Place(str(bare.info.host), bare.info.port, bare.info.dbname)
    code = enrol(bare, place, "Bench", SCOPE, _CODES).code
    hub = PostgresHub(take_up(code, address_of(code, tls="disable"), "EXAMPLE"), "EXAMPLE", SCOPE)
    yield Both(hub, bare)
    hub.close()
    bare.close()
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(f"DROP OWNED BY {code.login}; DROP ROLE {code.login}")


def timed(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def test_a_push_against_an_unjudged_insert_of_the_same_rows(written: Written, both: Both) -> None:
    pushes, inserts, quiet, count = 0.0, 0.0, [], 0
    for lot in written.lots(MOST_ENTRIES):
        pushed, inserted = (
            timed(lambda lot=lot: both.push(written, lot)),
            timed(lambda lot=lot: both.insert(written, lot)),
        )
        pushes, inserts, count = pushes + pushed, inserts + inserted, count + len(lot[1])
        quiet.append(inserted / pushed)
    ratio = inserts / pushes
    said = (
        f"{count / pushes:.0f} entries/s against {count / inserts:.0f}; "
        f"middle batch {sorted(quiet)[len(quiet) // 2]:.2f}"
    )
    report("hub push", said, ratio, f"at least {LEAST}", ratio >= LEAST)


def test_single_entries_one_after_the_other(written: Written, both: Both) -> None:
    lots = list(itertools.islice(written.lots(1), SINGLES))
    pushes = sum(timed(lambda lot=lot: both.push(written, lot)) for lot in lots)
    inserts = sum(timed(lambda lot=lot: both.insert(written, lot)) for lot in lots)
    rate = SINGLES / pushes
    said = f"{rate:.0f} entries/s against {SINGLES / inserts:.0f} unjudged"
    report(
        "hub push, one entry a batch", said, rate / LEAST_SINGLE, "at least 1.0 of 500 entries/s", rate >= LEAST_SINGLE
    )
