"""A bench's file and a hub's database for each test, and the made-up shifts that are worked on them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from shift import KEY, Shift

from gms_desktop.journal.database import Database
from gms_desktop.journal.postgres import open_postgres
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import versions


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bench.db"


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bench's file with its tables and nothing in them, made once: each test has a copy."""
    path = tmp_path_factory.mktemp("empty") / "bench.db"
    db = open_for_writing(path, KEY)
    versions.bring_up(db)
    db.close()
    return path


@pytest.fixture
def bench_file(path: Path, empty_file: Path) -> Iterator[Database]:
    shutil.copy(empty_file, path)
    db = open_for_writing(path, KEY)
    yield db
    db.close()


@pytest.fixture(scope="session")
def empty_register(postgres_cluster: Any) -> str:
    """The name of a database with the same tables, made once."""
    name = str(postgres_cluster.create())
    db = open_postgres(postgres_cluster.dsn(name))
    versions.bring_up(db)
    db.close()
    return name


@pytest.fixture
def postgres(postgres_cluster: Any, empty_register: str) -> Iterator[str]:
    """The connection string of a database of this test's own whose tables are made and empty."""
    name = postgres_cluster.create(empty_register)
    yield postgres_cluster.dsn(name)
    postgres_cluster.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same tests on both engines."""
    if request.param == "sqlite":
        yield request.getfixturevalue("bench_file")
        return
    db = open_postgres(request.getfixturevalue("postgres"))
    yield db
    db.close()


@pytest.fixture
def shift(bench_file: Database) -> Shift:
    return Shift(bench_file).begin()


@pytest.fixture
def shift_on(database: Database) -> Callable[[int], Shift]:
    return lambda seed: Shift(database, seed).begin()
