"""Real benches at a real hub: PostgreSQL over TCP, with a cable between each bench and the hub."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Condition
from typing import Any

import psycopg
import pytest
from hub_parts import fresh_chance
from psycopg import sql

from devices.simulators.cable import Cable
from devices.values import Scan
from gms_desktop.bench import Bench
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Unavailable
from gms_desktop.hub_joining import Joined, join
from gms_desktop.journal import ballast, store
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.hub_server import HubServer
from gms_desktop.services.set_up import FirstStart
from gms_desktop.settings import PrinterSettings, Settings
from gms_desktop.starting import bench_file, start_bench
from gms_desktop.sync.enrolment_code import EnrolmentCode
from gms_desktop.sync.hub.enrol import Place, enrol, invite_again
from gms_desktop.sync.hub.laboratory import Laboratory, add, init

WAIT_S = 30.0
_names = itertools.count(1)


@dataclass
class AtBench:
    """One bench: its folder, its cable, and the application while it is open."""

    number: int
    folder: Path
    cable: Cable
    settings: Settings
    changed: Condition
    _bench: Bench | None = None

    @property
    def bench(self) -> Bench:
        assert self._bench is not None, "the application is not open"
        return self._bench

    def open(self) -> AtBench:
        self._bench = start_bench(self.folder, self.settings, None, self._changed)
        self.bench.hub.alerted = self._changed
        return self

    def close(self) -> None:
        if self._bench is not None:
            self._bench.close()
            self._bench = None

    def scans(self, code: str) -> Verdict:
        said = Scan(code.encode(), code, None, datetime.now(UTC), "EXAMPLE scanner")
        return self.bench.scan(said).result(WAIT_S).verdict

    def signs_in(self, pin: str = made_up.SHORT_PIN, badge: str = made_up.PEOPLE[0].badge) -> bool:
        self.scans(badge)
        return self.bench.pin(pin).result(WAIT_S).ok

    def notes(self, count: int = 1) -> None:
        """Do something small that is saved."""
        for _ in range(count):
            self.scans(f"NOT-KNOWN-{next(_names)}")

    def until(self, holds: Callable[[Any], bool], what: str) -> None:
        """Wait until something holds of the sync's state."""
        with self.changed:
            for _ in range(int(WAIT_S / 0.05)):
                state = self.bench.hub.state
                if state is not None and holds(state):
                    return
                self.changed.wait(0.05)
        raise AssertionError(f"{self.bench.settings.bench} waited in vain: {what}; {self.bench.hub.line()}")

    def level(self) -> None:
        self.until(lambda _state: self.bench.hub.is_level, "to be level")

    def reaches(self, head: int) -> None:
        self.until(lambda state: state.position >= head, f"to reach {head}")

    def entries(self) -> int:
        return self.bench.recorder.read(lambda ledger: store.count(ledger.db)).result(WAIT_S)

    def digests(self) -> dict[str, str]:
        return self.bench.recorder.read(lambda ledger: dict(ledger.driver.digests.as_text())).result(WAIT_S)

    def _changed(self) -> None:
        with self.changed:
            self.changed.notify_all()


@dataclass
class HubWithCables:
    """One laboratory's hub on a server that may be stopped, and its benches."""

    server: HubServer
    dsn: str
    database: str
    folder: Path
    scope: str = "lab-example"
    rehearsal: bool = True
    benches: list[AtBench] = field(default_factory=list)
    cables: list[Cable] = field(default_factory=list)

    def cable(self) -> Cable:
        made = Cable(self.server.host, self.server.port, len(self.cables))
        self.cables.append(made)
        return made

    def code(self, name: str, cable: Cable, scope: str = "") -> EnrolmentCode:
        with psycopg.connect(self.dsn, autocommit=True) as admin:
            return enrol(
                admin, Place(cable.host, cable.port, self.database), name, scope or self.scope, fresh_chance()
            ).code

    def code_again(self, at: AtBench) -> EnrolmentCode:
        with psycopg.connect(self.dsn, autocommit=True) as admin:
            place = Place(at.cable.host, at.cable.port, self.database)
            return invite_again(admin, place, self.login_of(at), fresh_chance())

    def login_of(self, at: AtBench) -> str:
        return at.settings.hub.login

    def add_laboratory(self, scope: str, *, rehearsal: bool = True) -> None:
        with psycopg.connect(self.dsn) as admin:
            add(admin, Laboratory(scope, f"EXAMPLE {scope}", rehearsal))

    def _joined(self, code: EnrolmentCode, folder: Path) -> Joined:
        """Join, and as the sentence says once more with the same code when the line was lost on the way."""
        try:
            return self.joins(code, folder)
        except Unavailable:
            return self.joins(code, folder)

    def joins(
        self, code: EnrolmentCode | str, folder: Path, first: FirstStart | None = made_up.FIRST, **other: Any
    ) -> Joined:
        """Join as the command line does."""
        (folder / "secrets").mkdir(parents=True, exist_ok=True)
        # A file with a hole is as long and costs no disk: what the ballast is for is tested elsewhere.
        with (folder / "ballast").open("wb") as reserve:
            reserve.truncate(ballast.SIZE)
        settings = Settings(bench="", rehearsal=self.rehearsal, printer=PrinterSettings(mode="folder"))
        file = bench_file(folder)
        file.take()
        try:
            return join(file, str(code), other.pop("settings", settings), first, **other)
        finally:
            file.release()

    def bench(self) -> AtBench:
        """A further bench, joined and open."""
        number, cable = len(self.benches) + 1, self.cable()
        folder = self.folder / f"bench-{number}"
        joined = self._joined(self.code(f"Bench {number}", cable), folder)
        made = AtBench(number, folder, cable, joined.settings, Condition())
        self.benches.append(made)
        made.open()
        if number == 1:
            made.bench.recorder.write(
                lambda ledger: made_up.add_the_others(ledger, made.bench.file.pepper, _first_operator(ledger))
            ).result(WAIT_S)
        made.level()
        return made

    def admin(self, statement: str, *values: Any) -> None:
        with psycopg.connect(self.dsn, autocommit=True) as admin:
            admin.execute(statement, values)

    def level(self) -> None:
        """Wait until every bench has what the hub has, and the hub what they have."""
        for _ in range(2):
            for at in self.benches:
                at.level()
            head = self.head()
            for at in self.benches:
                at.reaches(head)

    def head(self) -> int:
        with psycopg.connect(self.dsn, autocommit=True) as admin:
            row = admin.execute("SELECT position FROM hub.scope WHERE scope = %s", (self.scope,)).fetchone()
            assert row is not None
            return int(row[0])

    def close(self) -> None:
        for at in self.benches:
            at.cable.plug()
            at.cable.delay = at.cable.loss = 0
            at.close()
        for cable in self.cables:
            cable.close()


def _first_operator(ledger: Any) -> str:
    from gms_desktop.register import look_up

    return str(look_up.operators(ledger.db)[0]["id"])


@pytest.fixture(scope="session")
def hub_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubServer]:
    """A server on loopback that tests may stop and start."""
    import shutil
    import tempfile

    # As in the home of a person whose name has a space and letters of its own.
    folder = Path(tempfile.mkdtemp(prefix="gms hub Zoë "))
    server = HubServer(folder)
    server.start()
    # No test outlives the machine; what was committed outlives a server that is killed.
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as admin:
        for name in ("fsync", "full_page_writes"):
            admin.execute(f"ALTER SYSTEM SET {name} = off")
        admin.execute("SELECT pg_reload_conf()")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def laboratory_without_benches(hub_server: HubServer) -> str:
    """The name of a database in which a laboratory's hub was made, once: each test has a copy."""
    if not hub_server.running:
        hub_server.start()
    name = f"hub_{next(_names)}"
    init(hub_server.create(name), Laboratory("lab-example", "EXAMPLE laboratory", rehearsal=True))
    return name


@pytest.fixture
def laboratory(hub_server: HubServer, laboratory_without_benches: str, tmp_path: Path) -> Iterator[HubWithCables]:
    """A laboratory's hub with no bench yet."""
    if not hub_server.running:
        hub_server.start()
    name = f"hub_{next(_names)}"
    with psycopg.connect(hub_server.dsn("postgres"), autocommit=True) as admin:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        admin.execute(statement.format(sql.Identifier(name), sql.Identifier(laboratory_without_benches)))
    made = HubWithCables(hub_server, hub_server.dsn(name), name, tmp_path)
    yield made
    if not hub_server.running:
        hub_server.start()
    made.close()


@pytest.fixture
def two(laboratory: HubWithCables) -> tuple[AtBench, AtBench]:
    """Two benches that have joined and are level."""
    made = laboratory.bench(), laboratory.bench()
    laboratory.level()
    return made
