"""A bench's file and a hub's database for each test, and the made-up shifts that are worked on them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

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


@pytest.fixture
def bench_file(path: Path) -> Iterator[Database]:
    db = open_for_writing(path, KEY)
    versions.bring_up(db)
    yield db
    db.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same tests on both engines."""
    if request.param == "sqlite":
        yield request.getfixturevalue("bench_file")
        return
    db = open_postgres(request.getfixturevalue("postgres"))
    versions.bring_up(db)
    yield db
    db.close()


@pytest.fixture
def shift(bench_file: Database) -> Shift:
    return Shift(bench_file).begin()


@pytest.fixture
def shift_on(database: Database) -> Callable[[int], Shift]:
    return lambda seed: Shift(database, seed).begin()
