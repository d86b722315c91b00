"""How long until a bench that joins a laboratory with a long history can be worked at?"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from corpus import ENTRIES, copy_of, corpus, reopen
from figures import report

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.private import PrivateValue
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import look_up, versions
from gms_desktop.register.ledger import Ledger
from gms_desktop.starting import SystemClock
from gms_desktop.sync import base_file, rebase
from gms_desktop.sync.hub import base
from gms_desktop.sync.hub.enrol import Place, enrol
from gms_desktop.sync.hub.follow import Follower
from gms_desktop.sync.hub.laboratory import Laboratory, init
from gms_desktop.sync.joining import address_of, take_up
from gms_desktop.sync.messages import MOST_BYTES, MOST_ENTRIES, Answer, Push, Sent, Standing, first_order_hash
from gms_desktop.sync.postgres_transport import PostgresHub
from gms_desktop.sync.unplaced import Unplaced

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(7200)]

SCOPE = "laboratory-1"
MOST_SECONDS = 180 * max(1, ENTRIES / 1_000_000)
_CODES = CountedChance(int(time.time()) << 33)
_KEY = bytes(range(32))


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def entered(dsn: str, admin: psycopg.Connection, name: str) -> tuple[PostgresHub, tuple[str, ...]]:
    """A bench that has joined, and its short codes."""
    made = enrol(admin, Place(str(admin.info.host), admin.info.port, admin.info.dbname), name, SCOPE, _CODES)
    return PostgresHub(take_up(made.code, address_of(made.code, tls="disable"), "EXAMPLE"), "EXAMPLE", SCOPE), (
        made.short_codes
    )


def pushed(hub: PostgresHub, folder: Path) -> int:
    """The corpus, pushed as a bench pushes it: how many entries."""
    ledger = reopen(copy_of(corpus(), folder))
    raw, writer = ledger.db.raw, ledger.head.writer
    held: dict[str, PrivateValue] = {}
    for commitment, salt, value, subject in raw.execute("SELECT commitment, salt, value, subject FROM private"):
        held[commitment] = PrivateValue(commitment, bytes(salt), value, subject)
    done, batch, size = 0, list[Sent](), 0
    for digest, content in raw.execute("SELECT hash, bytes FROM entry ORDER BY n"):
        if len(batch) == MOST_ENTRIES or size + len(content) > MOST_BYTES:
            done += _push(hub, writer, done, batch, held)
            batch, size = [], 0
        batch.append(Sent(bytes(digest), bytes(content)))
        size += len(content)
    done += _push(hub, writer, done, batch, held)
    ledger.db.close()
    return done


def _push(hub: PostgresHub, writer: str, done: int, batch: list[Sent], held: dict[str, PrivateValue]) -> int:
    values = tuple(held[one] for sent in batch for one in json.loads(sent.content)["private"])
    answer = hub.push(Push(SCOPE, writer, done + 1, tuple(batch), values, Standing(0, first_order_hash(SCOPE))))
    assert answer.answer is Answer.OK, answer
    return len(batch)


@pytest.fixture
def admin(postgres: str) -> Iterator[psycopg.Connection]:
    init(postgres, Laboratory(SCOPE, "EXAMPLE", rehearsal=True))
    with psycopg.connect(postgres, autocommit=True) as connection:
        yield connection
        for (login,) in connection.execute("SELECT login FROM hub.bench").fetchall():
            connection.execute(f"DROP OWNED BY {login}; DROP ROLE {login}")


def joined(hub: PostgresHub, folder: Path, short_code: str) -> Ledger:
    """A fresh bench, loaded from the base and level with the hub."""
    greeting = hub.greet()
    wanted = base_file.offered(greeting)
    assert wanted is not None
    fetched = base_file.fetch(hub, wanted, folder)
    db = open_for_writing(folder / "joined.db", _KEY)
    versions.bring_up(db)
    ledger = Ledger(db, CountedChance(5 << 50), SystemClock(), "0.1.0")
    with db.write():
        base_file.load(db, base_file.attach(db, fetched), greeting.head.epoch)
        ledger.reload()
        ledger.begin_writer(SCOPE, short_code, "joined", "New bench")
    base_file.detach(db)
    unplaced = Unplaced(ledger)
    said = hub.pull(Standing(greeting.head.position, greeting.head.order_hash, greeting.head.epoch), MOST_ENTRIES)
    assert said.page is not None
    if said.page.entries:
        with db.write():
            rebase.take_page(ledger, unplaced, said.page)
    return ledger


def test_a_bench_that_joins_a_long_history_is_soon_at_work(
    postgres: str, admin: psycopg.Connection, tmp_path: Path
) -> None:
    first, _ = entered(postgres, admin, "First bench")
    entries = 0

    def push() -> None:
        nonlocal entries
        entries = pushed(first, tmp_path)

    pushing = timed(push)
    never = base.Plan(entries=10**9, least=10**9)
    folding = timed(lambda: Follower(postgres, plan=never).run(threading.Event(), once=True))
    making = timed(lambda: base.make(postgres, SCOPE))
    second, codes = entered(postgres, admin, "New bench")
    ledgers: list[Ledger] = []
    joining = timed(lambda: ledgers.append(joined(second, tmp_path, codes[0])))
    db = ledgers[0].db
    assert look_up.laboratory(db) is not None
    size = sum(one.size for one in second.greet().bases)
    said = (
        f"{entries} entries pushed in {pushing:.0f} s, folded at the hub in {folding:.0f} s "
        f"({entries / folding:.0f}/s), base of {size / 1e6:.0f} MB in {making:.0f} s, joined in {joining:.1f} s"
    )
    report("join from a base", said, joining / MOST_SECONDS, f"at most {MOST_SECONDS:.0f} s", joining <= MOST_SECONDS)
    db.close()
    first.close()
    second.close()
