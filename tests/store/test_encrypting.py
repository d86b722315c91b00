"""A bench that lies open is encrypted: the open file stays until the other is proved equal, whatever is cut short."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from shift import KEY, Shift, digests_of
from sqlcipher3 import dbapi2 as driver

from gms_desktop.errors import Unavailable
from gms_desktop.journal import encrypting, lease, sqlite_file, store
from gms_desktop.journal.database import Database
from gms_desktop.journal.lease import Lease
from gms_desktop.register import verify


class PowerCut(BaseException):
    """The moment at which the power goes."""


@pytest.fixture(scope="module")
def an_open_bench(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, set[str]]:
    """A bench's file as a program without encryption would have left it, and the names that stand in it."""
    from gms_desktop.register import versions

    path = tmp_path_factory.mktemp("open") / "bench.db"
    raw = driver.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    db = Database(raw, "sqlite")
    versions.bring_up(db)
    shift = Shift(db, 11).begin().work(60)
    shift.db.raw.execute("PRAGMA application_id=77")
    shift.db.close()
    return path.read_bytes(), shift.private_texts


@pytest.fixture
def lying_open(path: Path, an_open_bench: tuple[bytes, set[str]]) -> Path:
    path.write_bytes(an_open_bench[0])
    return path


def holds_all_of(path: Path, content: bytes) -> None:
    """The file is encrypted, proves, and says what the open one said."""
    other = path.with_name("as-it-was.db")
    other.write_bytes(content)
    before = Database(driver.connect(str(other), isolation_level=None), "sqlite")
    now = sqlite_file.open_for_reading(path, KEY)
    assert digests_of(now) == digests_of(before)
    assert store.count(now) == store.count(before)
    assert now.raw.execute("PRAGMA application_id").fetchone()[0] == 77
    assert verify.verify(now, verify.scratch_database()).findings == []
    now.close()
    before.close()
    other.unlink()


def of_folder(path: Path) -> set[str]:
    return {one.name for one in path.parent.iterdir()}


def test_an_open_bench_is_encrypted_whole_and_nothing_of_it_lies_open(
    lying_open: Path, an_open_bench: tuple[bytes, set[str]]
) -> None:
    assert sqlite_file.lies_open(lying_open)
    assert encrypting.encrypt(lying_open, KEY)
    holds_all_of(lying_open, an_open_bench[0])
    assert of_folder(lying_open) == {"bench.db"}
    stored = lying_open.read_bytes()
    assert not any(text.encode() in stored for text in an_open_bench[1])
    assert not encrypting.encrypt(lying_open, KEY)


@pytest.mark.parametrize("cut", encrypting.STEPS)
def test_the_power_goes_at_any_step_and_the_next_start_ends_it(
    cut: str, lying_open: Path, an_open_bench: tuple[bytes, set[str]]
) -> None:
    def step(done: str) -> None:
        if done == cut:
            raise PowerCut

    with pytest.raises(PowerCut):
        encrypting.encrypt(lying_open, KEY, step)
    assert lying_open.exists()
    assert sqlite_file.lies_open(lying_open) == (cut in encrypting.STEPS[:3])
    assert encrypting.unfinished(lying_open)
    encrypting.encrypt(lying_open, KEY)
    holds_all_of(lying_open, an_open_bench[0])
    assert of_folder(lying_open) == {"bench.db"}


def _a_byte(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(3 * 4096 + 100)
        said = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([said ^ 1]))


def _a_row(path: Path) -> None:
    db = sqlite_file.open_for_writing(path, KEY)
    db.raw.execute("UPDATE meta SET value = value || ' ' WHERE name = (SELECT min(name) FROM meta)")
    db.close()


@pytest.mark.parametrize("spoil", [_a_byte, _a_row])
def test_an_encrypted_file_that_is_not_equal_is_never_used(
    spoil: Callable[[Path], None], lying_open: Path, an_open_bench: tuple[bytes, set[str]]
) -> None:
    def step(done: str) -> None:
        if done == encrypting.MADE:
            spoil(lying_open.with_name(f"bench.db{encrypting.MAKING}"))

    with pytest.raises(Unavailable, match=r"damaged|does not hold what"):
        encrypting.encrypt(lying_open, KEY, step)
    assert sqlite_file.lies_open(lying_open)
    assert encrypting.encrypt(lying_open, KEY)
    holds_all_of(lying_open, an_open_bench[0])


def test_the_bench_goes_on_as_itself(lying_open: Path) -> None:
    paper = lying_open.with_name("lease.json")
    lease.write(paper, Lease("t", "t", "m", lease.file_identity(lying_open), "w", 9))
    assert encrypting.encrypt_bench(lying_open, KEY, paper)
    known = lease.read(paper)
    assert known is not None
    assert known.file == lease.file_identity(lying_open)


def test_who_opens_a_file_that_lies_open_is_told_what_to_run(lying_open: Path) -> None:
    with pytest.raises(Unavailable, match=r"not encrypted yet\. Run: gms-desktop encrypt"):
        sqlite_file.open_for_reading(lying_open, KEY)


def test_a_crafted_table_whose_name_holds_a_quotation_mark_is_copied_and_compared_by_that_name(path: Path) -> None:
    raw = driver.connect(str(path), isolation_level=None)
    raw.execute('CREATE TABLE "rows"" UNION SELECT 1 --" (said TEXT)')
    raw.execute('INSERT INTO "rows"" UNION SELECT 1 --" VALUES (:said)', {"said": "kept"})
    raw.close()
    assert encrypting.encrypt(path, KEY)
    now = sqlite_file.open_for_reading(path, KEY)
    assert now.raw.execute('SELECT said FROM "rows"" UNION SELECT 1 --"').fetchone()[0] == "kept"
    now.close()
