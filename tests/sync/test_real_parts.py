"""Three bench processes and a PostgreSQL server: killed, cut off, filled up and failed over. Nothing told is lost."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random
from time import monotonic
from typing import Any

import psycopg
import pytest
from real_server import PASSWORD, SCOPE, Server, enrol_bench, make_hub

from devices.simulators.cable import Cable
from gms_desktop.errors import Refused
from gms_desktop.journal.entry import from_bytes
from gms_desktop.sync.hub import recovering
from gms_desktop.sync.hub.enrol import Enrolment
from gms_desktop.sync.hub.recovering import Closed
from gms_desktop.sync.postgres_transport import HubAddress

CHILD = Path(__file__).parent / "real_bench.py"
PATIENCE = 90.0


@dataclass
class BenchProcess:
    """A bench in a process of its own, and what it told its operator."""

    folder: Path
    enrolment: Enrolment
    address: HubAddress
    cable: Cable
    seed: int
    told: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    _lines: SimpleQueue[str] = field(default_factory=SimpleQueue)
    _reader: threading.Thread | None = None

    def start(self) -> None:
        """Open the application."""
        where = json.dumps(asdict(self.address))
        command = [sys.executable, str(CHILD), str(self.folder), where, PASSWORD, self.enrolment.short_codes[0]]
        self.process = subprocess.Popen(
            [*command, str(self.seed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()
        assert self.answer("works") == "works"

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("told "):
                self.told.append(line.split()[1])
            else:
                self._lines.put(line.strip())

    def kill(self) -> None:
        """SIGKILL, in the middle of whatever it does."""
        assert self.process is not None
        self.process.kill()
        self._gone()

    def end(self) -> None:
        """Close the application in good order."""
        if self.process is not None and self.process.poll() is None:
            self.ask("end")
            self.process.wait(PATIENCE)
        self._gone()

    def _gone(self) -> None:
        assert self.process is not None
        assert self._reader is not None
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def ask(self, what: str) -> None:
        """Tell the process something."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()

    def answer(self, begins: str) -> str:
        """The next line that begins so."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            try:
                line = self._lines.get(timeout=1)
            except Empty:
                assert self.process is not None
                assert self.process.poll() is None, "the bench process ended"
                continue
            if line.startswith(begins):
                return line
        raise AssertionError(f"the bench did not say {begins}")

    def state(self) -> dict[str, Any]:
        """How it stands."""
        self.ask("state")
        found: dict[str, Any] = json.loads(self.answer("state ").removeprefix("state "))
        return found


@pytest.fixture(scope="module")
def made_data(postgres_cluster: Any) -> Path:
    """The data of a server on which a hub was made, once: each test has a copy."""
    made = Server(postgres_cluster, Path(tempfile.mkdtemp(prefix="made-", dir=postgres_cluster.folder))).make().start()
    make_hub(made)
    made.end()
    return made.data


@pytest.fixture
def server(postgres_cluster: Any, made_data: Path) -> Iterator[Server]:
    # A folder that none had before: what a killed server left behind holds on to its own.
    folder = Path(tempfile.mkdtemp(prefix="real-", dir=postgres_cluster.folder))
    made = Server(postgres_cluster, folder).copy(made_data).start()
    yield made
    made.stop()
    shutil.rmtree(made.folder, ignore_errors=True)


@pytest.fixture
def standby(server: Server, postgres_cluster: Any) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="standby-", dir=postgres_cluster.folder))
    made = Server(postgres_cluster, folder).follow(server).start()
    yield made
    made.stop()
    shutil.rmtree(made.folder, ignore_errors=True)


@pytest.fixture
def benches(server: Server, tmp_path: Path) -> Iterator[list[BenchProcess]]:
    made = []
    for number in range(1, 4):
        cable = Cable("127.0.0.1", server.port, number)
        enrolment, address = enrol_bench(server, f"Bench {number}", number, cable.port)
        folder = tmp_path / f"bench{number}"
        folder.mkdir()
        made.append(BenchProcess(folder, enrolment, address, cable, number))
    for one in made:
        one.start()
    yield made
    for one in made:
        one.end()
        one.cable.close()


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something to become so."""
    end = monotonic() + PATIENCE
    pause = threading.Event()
    while not holds():
        assert monotonic() < end, f"not within {PATIENCE:.0f} s: {what}"
        pause.wait(0.2)


def told(benches: list[BenchProcess]) -> int:
    return sum(len(one.told) for one in benches)


def more(benches: list[BenchProcess], count: int) -> None:
    """Let the benches work on."""
    goal = told(benches) + count
    until(lambda: told(benches) >= goal, f"{count} more entries")


def all_level(server: Server, benches: list[BenchProcess]) -> None:
    """Every bench rests, everything told is at the hub, and all registers are one."""
    for one in benches:
        one.ask("rest")
        one.answer("rests")
    states: list[dict[str, Any]] = []

    def level() -> bool:
        states[:] = [one.state() for one in benches]
        head = hub_head(server)
        return all(s["waiting"] == 0 and s["unplaced"] == 0 and s["position"] == head for s in states)

    until(level, "all level")
    assert len({json.dumps([s["order"], s["digests"]], sort_keys=True) for s in states}) == 1
    there, again = hub_entries(server)
    lost = [name for one in benches for name in one.told if name not in there and name not in again]
    assert lost == []


def hub_head(server: Server) -> int:
    with psycopg.connect(server.dsn()) as admin:
        row = admin.execute("SELECT position FROM hub.scope").fetchone()
    return int(row[0]) if row else 0


def hub_entries(server: Server) -> tuple[set[str], set[str]]:
    with psycopg.connect(server.dsn()) as admin:
        entries = [from_bytes(bytes(row[0])) for row in admin.execute("SELECT bytes FROM hub.entry")]
    return {entry.id for entry in entries}, {old for entry in entries for old in entry.because}


@pytest.mark.timeout(300)
def test_benches_and_hub_are_killed_at_random_and_nothing_told_is_lost(
    server: Server, benches: list[BenchProcess]
) -> None:
    random = Random(7)
    for _ in range(6):
        more(benches, random.randrange(20, 90))
        if random.random() < 0.4:
            server.kill()
            more(benches, 30)
            server.start()
        else:
            victim = random.choice(benches)
            victim.kill()
            more([one for one in benches if one is not victim], 10)
            victim.start()
    all_level(server, benches)


@pytest.mark.timeout(300)
def test_cables_are_pulled_slow_lossy_and_half_open_and_all_end_level(
    server: Server, benches: list[BenchProcess]
) -> None:
    first, second, third = (one.cable for one in benches)
    more(benches, 30)
    first.pull()
    second.silence()
    third.delay, third.loss = 0.05, 0.05
    more(benches, 90)
    for cable in (first, second):
        cable.plug()
    more(benches, 30)
    third.delay, third.loss = 0.0, 0.0
    all_level(server, benches)


@pytest.mark.timeout(300)
def test_a_standby_that_lags_takes_over_and_benches_give_back_what_it_never_had(
    server: Server, standby: Server, benches: list[BenchProcess]
) -> None:
    more(benches, 40)
    until(lambda: hub_head(standby) > 20, "the standby follows")
    standby.stop()
    behind = hub_head(server)
    more(benches, 60)
    until(lambda: hub_head(server) > behind + 30, "the standby falls behind")
    server.kill()
    standby.start()
    standby.promote()
    for one in benches:
        one.cable.lead_to("127.0.0.1", standby.port)
    more(benches, 20)
    until(lambda: all(one.state()["trouble"] == "forgot" for one in benches), "every bench notices")
    lost = max(one.state()["position"] for one in benches) - hub_head(standby)
    with psycopg.connect(standby.dsn(), autocommit=True) as admin:
        recovering.begin(admin, SCOPE, "the standby took over", "test")
        until(lambda: not recovering.recoveries(admin, SCOPE)[0].silent, "every bench is heard")
        closed: list[Closed] = []
        until(lambda: closes(admin, closed), "every bench has given all")
    assert (closed[0].placed, closed[0].left_out) == (lost, 0)
    all_level(standby, benches)


def closes(admin: psycopg.Connection, closed: list[Closed]) -> bool:
    """Close the recovery, unless a bench is in the middle of giving back."""
    try:
        closed.append(recovering.close(admin, SCOPE, "test"))
    except Refused as refused:
        if "in the middle of giving entries back" not in str(refused):
            raise
    return bool(closed)


@pytest.fixture
def small_disk(server: Server) -> Iterator[Path]:
    """The server's tables move to a disk of 64 MB of their own, which only the system's administrator may make."""
    disk = server.folder / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], check=False)
    if made.returncode:
        pytest.skip("this account may not mount a disk")
    try:
        if server.account:
            shutil.chown(disk, server.account)
        with psycopg.connect(server.dsn(), autocommit=True) as admin:
            admin.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
            names = [row[0] for row in admin.execute("SELECT inhrelid::regclass::text FROM pg_inherits")]
            for name in [*names, "hub.key_holder"]:
                admin.execute(f"ALTER TABLE {name} SET TABLESPACE small")
        yield disk
    finally:
        server.stop()
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.timeout(300)
def test_the_hubs_disk_is_full_for_a_while_and_benches_work_on(
    server: Server, small_disk: Path, benches: list[BenchProcess]
) -> None:
    more(benches, 30)
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(1 << 16))
            file.flush()
    more(benches, 400)
    until(lambda: any("no room" in one.state()["fault"] for one in benches), "a bench is told that the hub is full")
    ballast.unlink()
    all_level(server, benches)
    for one in benches:
        one.end()
