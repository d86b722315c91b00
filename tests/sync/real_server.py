"""A PostgreSQL server that can be killed, filled and followed by a standby: durable, reached by TCP with SCRAM."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from gms_desktop.domain.minting import CountedChance
from gms_desktop.sync.hub.enrol import Enrolment, Place, enrol
from gms_desktop.sync.hub.laboratory import Laboratory, init
from gms_desktop.sync.joining import address_of, take_up
from gms_desktop.sync.postgres_transport import HubAddress

SCOPE = "lab1"
PASSWORD = "a password of the bench's own"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Server:
    """One PostgreSQL server in a folder."""

    def __init__(self, cluster: Any, folder: Path) -> None:
        self._cluster = cluster
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        folder.mkdir(exist_ok=True)
        if cluster._account:
            shutil.chown(folder, cluster._account)

    @property
    def account(self) -> str | None:
        """The account that runs the server, when it is not the one that runs the tests."""
        found: str | None = self._cluster._account
        return found

    def make(self) -> Server:
        """A fresh cluster of databases, with passwords asked of benches."""
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        rules = self.data / "pg_hba.conf"
        asked = "host all +gms_bench 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 trust\n"
        rules.write_text(asked + rules.read_text("utf-8"), "utf-8")
        return self

    def copy(self, data: Path) -> Server:
        """The databases of another server that has ended."""
        subprocess.run(["cp", "-a", str(data), str(self.data)], check=True)
        return self

    def start(self) -> Server:
        """Start, or start again."""
        # What was committed outlives a server that is killed, synced or not: no test outlives the machine.
        soon = "-c fsync=off -c full_page_writes=off -c wal_retrieve_retry_interval=200ms"
        options = f"-h 127.0.0.1 -k {self.folder} -p {self.port} -c max_connections=50 -c shared_buffers=32MB {soon}"
        self._run("pg_ctl", "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", options, "start")
        return self

    def kill(self) -> None:
        """SIGKILL to the server and all its processes, as when the power goes."""
        pid = int((self.data / "postmaster.pid").read_text("utf-8").splitlines()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        for one in [pid, *map(int, children)]:
            try:
                os.kill(one, signal.SIGKILL)
            except ProcessLookupError:
                continue
        # Nobody may be there to bury the dead, and the server takes their locks for those of the living.
        for left in (self.data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)

    def stop(self) -> None:
        """End it."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def end(self) -> None:
        """End it in good order."""
        self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def promote(self) -> None:
        """A standby becomes the server that is written to."""
        self._run("pg_ctl", "-w", "promote")

    def follow(self, primary: Server) -> Server:
        """Become a streaming standby of another server."""
        self._run(
            "pg_basebackup",
            "-h",
            "127.0.0.1",
            "-p",
            str(primary.port),
            "-U",
            "postgres",
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            "--no-sync",
            data=False,
        )
        return self

    def said(self) -> str:
        """The end of the server's own log: why it ended connections stands nowhere else."""
        log = self.folder / "log"
        return log.read_text("utf-8", errors="replace")[-6000:] if log.exists() else "It wrote no log."

    def dsn(self, database: str = "postgres") -> str:
        """As the server's first user."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: str, data: bool = True) -> None:
        account = self._cluster._account
        user: dict[str, Any] = {"user": account, "extra_groups": []} if account else {}
        command = [str(self._cluster._bin / program), "-D", str(self.data), *arguments]
        with (self.folder / f"{program}.out").open("w", encoding="utf-8") as out:
            done = subprocess.run(command, cwd=self.folder, stdout=out, stderr=out, check=False, **user)
        if done.returncode:
            said = (self.folder / f"{program}.out").read_text("utf-8") + self.said()
            raise RuntimeError(f"{' '.join(command)}: {said[-2000:]}")


def make_hub(server: Server) -> None:
    """A hub with one laboratory."""
    init(server.dsn(), Laboratory(SCOPE, "EXAMPLE laboratory", rehearsal=True))


def enrol_bench(server: Server, name: str, number: int, port: int) -> tuple[Enrolment, HubAddress]:
    """A bench that has taken up its enrolment, by the port where its cable begins."""
    with psycopg.connect(server.dsn(), autocommit=True) as admin:
        made = enrol(admin, Place("127.0.0.1", port, "postgres"), name, SCOPE, CountedChance(number << 40))
    return made, take_up(made.code, address_of(made.code, tls="disable"), PASSWORD)
