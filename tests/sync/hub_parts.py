"""A real hub on a real server, and benches that sign in to it by SCRAM as any bench does."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.journal.private import PrivateValue
from gms_desktop.sync.hub.enrol import Enrolment, Place, enrol
from gms_desktop.sync.hub.laboratory import Laboratory, init
from gms_desktop.sync.joining import address_of, take_up
from gms_desktop.sync.messages import Answer, Push, PushAnswer, Sent, Standing, first_order_hash
from gms_desktop.sync.postgres_transport import HubAddress, PostgresHub

SCOPE = "laboratory-1"
PASSWORD = "a password of the bench's own"
_seeds = itertools.count(1)
_writers = itertools.count(1)


def fresh_chance() -> CountedChance:
    """Logins belong to the whole server, so no two tests may draw the same."""
    return CountedChance(next(_seeds) << 32)


@dataclass
class Writer:
    """Writes entries of one bench's writer, chained as the journal chains them."""

    name: str
    short_code: str
    scope: str = SCOPE
    sent: list[Sent] = field(default_factory=list)

    def entry(self, seq: int, kind: str = "note.made", **said: Any) -> Entry:
        """An entry as a bench writes it."""
        body = said.pop("body", {"text": "EXAMPLE"})
        fields = {"action": f"{self.name}/{seq}", "app": "0.1.0", "occurred_at": "2026-03-02T08:00:00.000000Z"}
        return Entry(writer=self.name, seq=seq, scope=self.scope, kind=kind, version=1, body=body, **fields | said)

    def began(self) -> Entry:
        """The entry that every writer begins with."""
        body = {"writer": self.name, "short_code": self.short_code, "cause": "set up", "former": None, "bench": "Bench"}
        claim = (f"id:writer:{self.name}", f"writer:{self.name}")
        premises = Premises(touches=(f"writer:{self.name}",), claims=(claim,))
        return self.entry(1, "writer.began", body=body, premises=premises)

    def chained(self, contents: list[bytes], after: bytes | None = None) -> tuple[Sent, ...]:
        """Contents with their chain hashes, following what was sent before."""
        last = after or (self.sent[-1].hash if self.sent else first_hash(self.name, self.scope))
        made = []
        for content in contents:
            last = next_hash(last, content)
            made.append(Sent(last, content))
        return tuple(made)


@dataclass
class EnrolledBench:
    """A bench with its own login and password."""

    enrolment: Enrolment
    address: HubAddress
    hub: PostgresHub
    writer: Writer
    standing: Standing

    def push_bytes(self, contents: list[bytes], private: tuple[PrivateValue, ...] = (), **other: Any) -> PushAnswer:
        """Push contents as the next of this bench's writer; what is taken counts as sent."""
        chained = self.writer.chained(contents)
        fields: dict[str, Any] = {
            "scope": SCOPE,
            "writer": self.writer.name,
            "first_seq": len(self.writer.sent) + 1,
            "entries": chained,
            "private": private,
            "standing": self.standing,
        }
        answer = self.hub.push(Push(**fields | other))
        if answer.answer is Answer.OK and not other:
            self.writer.sent.extend(chained)
        return answer

    def push(self, *entries: Entry, private: tuple[PrivateValue, ...] = ()) -> PushAnswer:
        """Push entries."""
        return self.push_bytes([entry.to_bytes() for entry in entries], private)

    def begin(self) -> PushAnswer:
        """Push the first entry."""
        return self.push(self.writer.began())

    def note(self, premises: Premises | None = None, **said: Any) -> Entry:
        """The next entry of this bench's writer."""
        return self.writer.entry(len(self.writer.sent) + 1, premises=premises or Premises(), **said)

    def connect(self) -> psycopg.Connection:
        """A session of this bench's login, to try what a bench must not do."""
        return psycopg.connect(**self.address.parameters(), password=PASSWORD, autocommit=True)


@dataclass
class HubOfTest:
    """A hub with the administrator's connection to it."""

    dsn: str
    place: Place
    admin: psycopg.Connection
    _open: list[PostgresHub] = field(default_factory=list)

    def invite(self, name: str = "Bench 1", scope: str = SCOPE) -> Enrolment:
        """Enrol a bench that has not come yet."""
        return enrol(self.admin, self.place, name, scope, fresh_chance())

    def bench(self, name: str = "Bench 1", scope: str = SCOPE) -> EnrolledBench:
        """A bench that has taken up its enrolment."""
        enrolment = self.invite(name, scope)
        address = take_up(enrolment.code, address_of(enrolment.code, tls="disable"), PASSWORD)
        hub = PostgresHub(address, PASSWORD, scope)
        self._open.append(hub)
        writer = Writer(f"writer{next(_writers):04d}", enrolment.short_codes[0], scope)
        return EnrolledBench(enrolment, address, hub, writer, Standing(0, first_order_hash(scope)))

    def close(self) -> None:
        """End every session."""
        for hub in self._open:
            hub.close()
        self.admin.close()


@pytest.fixture(scope="session")
def scram_cluster(postgres_cluster: Any) -> Any:
    """The server of this run, with a password asked of every bench."""
    rules = Path(postgres_cluster._data, "pg_hba.conf")
    asked = "local all +gms_bench scram-sha-256\nhost all +gms_bench 127.0.0.1/32 scram-sha-256\n"
    rules.write_text(asked + rules.read_text(encoding="utf-8"), encoding="utf-8")
    with psycopg.connect(postgres_cluster.dsn("postgres")) as admin:
        admin.execute("SELECT pg_reload_conf()")
    return postgres_cluster


@pytest.fixture(scope="session")
def hub_without_benches(scram_cluster: Any) -> str:
    """The name of a database in which a hub with one laboratory was made, once: each test has a copy."""
    name = str(scram_cluster.create())
    init(scram_cluster.dsn(name), Laboratory(SCOPE, "EXAMPLE laboratory"))
    return name


@pytest.fixture
def hub(scram_cluster: Any, hub_without_benches: str) -> Iterator[HubOfTest]:
    """A hub with one laboratory and no bench."""
    name = scram_cluster.create(hub_without_benches)
    dsn = scram_cluster.dsn(name)
    admin = psycopg.connect(dsn, autocommit=True)
    host, port = str(admin.info.host), admin.info.port
    made = HubOfTest(dsn, Place(host, port, admin.info.dbname), admin)
    yield made
    made.close()
    _drop_logins(dsn)
    scram_cluster.drop(name)


def _drop_logins(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as admin:
        for (login,) in admin.execute("SELECT login FROM hub.bench").fetchall():
            admin.execute(f"DROP OWNED BY {login}; DROP ROLE {login}")


@pytest.fixture
def bench(hub: HubOfTest) -> EnrolledBench:
    """A bench that has joined and begun."""
    made = hub.bench()
    assert made.begin().answer is Answer.OK
    return made


@pytest.fixture
def anothers(hub: HubOfTest) -> Callable[[], EnrolledBench]:
    """Makes further benches of the same laboratory that have begun."""

    def make() -> EnrolledBench:
        made = hub.bench("Another bench")
        assert made.begin().answer is Answer.OK
        return made

    return make
