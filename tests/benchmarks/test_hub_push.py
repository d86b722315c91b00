"""How much dearer is an entry that the hub has checked, judged and put in order than one that is merely inserted?"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from corpus import copy_of, corpus, reopen
from figures import report

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.entry import from_bytes
from gms_desktop.journal.private import PrivateValue
from gms_desktop.judge.premises import Judgement, changes_of
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
    "INSERT INTO {schema}.entry SELECT %b::text, %b::bigint + o, %b::text, %b::bigint + o, h, c, 'accepted', h, now() "
    "FROM unnest(%b::bytea[], %b::bytea[]) WITH ORDINALITY AS u(h, c, o)"
)
_PRIVATE = (
    "INSERT INTO {schema}.private SELECT %b::text, s, c, salt, v, %b::bigint "
    "FROM unnest(%b::text[], %b::text[], %b::bytea[], %b::text[]) AS u(s, c, salt, v)"
)
_HOLDERS = (
    "INSERT INTO {schema}.key_holder SELECT %b::text, k, h FROM unnest(%b::text[], %b::text[]) AS u(k, h) "
    "ON CONFLICT (scope, key) DO UPDATE SET holder = EXCLUDED.holder"
)


@dataclass(frozen=True)
class Lot:
    """A batch as a bench cuts it, and the holders that it leaves when all of it is accepted."""

    start: int
    entries: tuple[Sent, ...]
    private: tuple[PrivateValue, ...]
    holders: dict[str, str]


@dataclass(frozen=True)
class Written:
    """What a bench has written: its writer, its entries in order, the values that they cite."""

    writer: str
    entries: list[Sent]
    private: list[tuple[PrivateValue, ...]]

    def lots(self, most: int) -> Iterator[Lot]:
        """Batches as a bench cuts them."""
        start = 0
        while start < len(self.entries):
            end, size = start, 0
            while end < min(len(self.entries), start + most) and size + len(self.entries[end].content) <= MOST_BYTES:
                size += len(self.entries[end].content)
                end += 1
            values = tuple(itertools.chain.from_iterable(self.private[start:end]))
            cut = tuple(self.entries[start:end])
            holders: dict[str, str | None] = {}
            for one in cut:
                holders |= changes_of(from_bytes(one.content), holders, Judgement.ACCEPTED)
            yield Lot(start, cut, values, {key: one for key, one in holders.items() if one is not None})
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
    login: str
    bare: psycopg.Connection

    def push(self, written: Written, lot: Lot) -> None:
        """Push a batch, as a bench does."""
        standing = Standing(0, first_order_hash(SCOPE))
        answer = self.hub.push(Push(SCOPE, written.writer, lot.start + 1, lot.entries, lot.private, standing))
        assert answer.answer is Answer.OK, answer

    def insert(self, written: Written, lot: Lot, schema: str, *, all_rows: bool) -> None:
        """Insert the entries, unjudged; with ``all_rows`` also the private values and holders that a push writes."""
        hashes, contents = [one.hash for one in lot.entries], [one.content for one in lot.entries]
        with self.bare.transaction():
            self._run(_ENTRY, schema, (SCOPE, lot.start, written.writer, lot.start, hashes, contents))
            if all_rows and lot.private:
                columns: list[list[Any]] = [
                    [one.subject for one in lot.private],
                    [one.commitment for one in lot.private],
                    [one.salt for one in lot.private],
                    [one.value for one in lot.private],
                ]
                self._run(_PRIVATE, schema, (SCOPE, lot.start, *columns))
            if all_rows:
                self._run(_HOLDERS, schema, (SCOPE, list(lot.holders), list(lot.holders.values())))

    def _run(self, query: str, schema: str, values: tuple[Any, ...]) -> None:
        self.bare.execute(query.format(schema=schema).encode(), values, prepare=True)

    def processor_seconds(self) -> tuple[float, float]:
        """Time that the server's two processes have had a processor, where the system tells: hub and bare tables."""
        query = "SELECT pid FROM pg_stat_activity WHERE usename = %s"
        row = self.bare.execute(query, (self.login,)).fetchone()
        pids = (row[0] if row else 0, self.bare.info.backend_pid)
        files = [Path(f"/proc/{pid}/schedstat") for pid in pids]
        hub, bare = (int(one.read_text().split()[0]) / 1e9 if one.exists() else 0.0 for one in files)
        return hub, bare


@contextmanager
def both_in(postgres: str) -> Iterator[Both]:
    """A hub and the tables beside it, in an empty database."""
    init(postgres, Laboratory(SCOPE, "EXAMPLE", rehearsal=True))
    bare = psycopg.connect(postgres, autocommit=True)
    for schema in ("entries", "all_rows"):
        bare.execute(
            f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.private (LIKE hub.private INCLUDING ALL); "
            f"CREATE TABLE {schema}.key_holder (LIKE hub.key_holder INCLUDING ALL); "
            f"CREATE TABLE {schema}.entry (LIKE hub.entry INCLUDING ALL) PARTITION BY LIST (scope); "
            f"CREATE TABLE {schema}.one PARTITION OF {schema}.entry FOR VALUES IN ('{SCOPE}')"
        )
    place = Place(str(bare.info.host), bare.info.port, bare.info.dbname)
    code = enrol(bare, place, "Bench", SCOPE, _CODES).code
    hub = PostgresHub(take_up(code, address_of(code, tls="disable"), "EXAMPLE"), "EXAMPLE", SCOPE)
    hub.greet()
    yield Both(hub, code.login, bare)
    hub.close()
    bare.close()
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(f"DROP OWNED BY {code.login}; DROP ROLE {code.login}")


@pytest.fixture
def both(postgres: str) -> Iterator[Both]:
    with both_in(postgres) as made:
        yield made


@pytest.fixture
def experienced(postgres: str, postgres_cluster: Any, written: Written) -> Iterator[Both]:
    """A hub that has seen such entries before: it learns once what each sort of them looks like, and keeps it."""
    name = postgres_cluster.create()
    with both_in(postgres_cluster.dsn(name)) as other:
        for lot in written.lots(MOST_ENTRIES):
            other.push(written, lot)
        learned = other.bare.execute("SELECT * FROM hub.template").fetchall()
    postgres_cluster.drop(name)
    with both_in(postgres) as made:
        values = ", ".join(["%s"] * len(learned[0]))
        made.bare.cursor().executemany(f"INSERT INTO hub.template VALUES ({values})".encode(), learned)
        yield made


@dataclass
class Measured:
    """Seconds of the three ways, on the clock and, where known, on the processor of the server."""

    clock: list[float]
    processor: list[float]
    count: int = 0

    def said(self) -> str:
        """Entries a second and microseconds of processor an entry: push, entries alone, all rows."""
        rates = " / ".join(f"{self.count / one:.0f}" for one in self.clock)
        each = " / ".join(f"{one / self.count * 1e6:.0f}" for one in self.processor)
        return f"push / entries alone / all rows {rates} entries/s, {each} µs of the server's processor an entry"


def measured(written: Written, both: Both, lots: Iterable[Lot]) -> Measured:
    """The same batches by push, as entries alone and as all the rows that a push writes, in turns."""
    done = Measured([0.0] * 3, [0.0] * 3)
    for lot in lots:
        ways: list[tuple[int, Callable[[], None]]] = [
            (0, lambda lot=lot: both.push(written, lot)),
            (1, lambda lot=lot: both.insert(written, lot, "entries", all_rows=False)),
            (1, lambda lot=lot: both.insert(written, lot, "all_rows", all_rows=True)),
        ]
        for place, (process, way) in enumerate(ways):
            before, began = both.processor_seconds(), time.perf_counter()
            way()
            done.clock[place] += time.perf_counter() - began
            done.processor[place] += both.processor_seconds()[process] - before[process]
        done.count += len(lot.entries)
    return done


def test_a_push_against_an_unjudged_insert(written: Written, experienced: Both) -> None:
    done = measured(written, experienced, written.lots(MOST_ENTRIES))
    push, entries, all_rows = done.clock
    report(
        "hub push, against all rows unjudged",
        done.said(),
        all_rows / push,
        f"at least {LEAST}",
        all_rows / push >= LEAST,
    )
    report("hub push, against entries alone", done.said(), entries / push, f"at least {LEAST}", entries / push >= LEAST)


def test_the_first_day_of_a_hub(written: Written, both: Both) -> None:
    done = measured(written, both, written.lots(MOST_ENTRIES))
    ratio = done.clock[2] / done.clock[0]
    report("hub push on its first day, against all rows unjudged", done.said(), ratio, "none", met=True)


def test_single_entries_one_after_the_other(written: Written, both: Both) -> None:
    done = measured(written, both, itertools.islice(written.lots(1), SINGLES))
    rate = SINGLES / done.clock[0]
    report(
        "hub push, one entry a batch",
        done.said(),
        rate / LEAST_SINGLE,
        f"at least 1.0 of {LEAST_SINGLE} entries/s",
        rate >= LEAST_SINGLE,
    )
