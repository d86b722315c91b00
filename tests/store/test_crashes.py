"""A bench may lose its power at any moment: what it said was saved is there, and nothing is there by half.

A real process works on a real file and is killed: after each of its statements in turn, and at moments drawn at random.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from shift import KEY, Shift

from gms_desktop.journal import store
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import rebuild, verify, versions

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed bench forks")

SEED = 77
RANDOM_KILLS = 30


class Bench:
    """The other process, and what it says."""

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("crash_child.py"))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._rest = b""

    def order(self, work: str, path: Path, crash_at: int | None = None) -> None:
        assert self._process.stdin is not None
        order = {"work": work, "path": str(path), "crash_at": crash_at, "seed": SEED}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()

    def hear(self, patience: float = 60.0) -> tuple[str, Any] | None:
        """The next thing it says; None when it says nothing for so long."""
        assert self._process.stdout is not None
        while b"\n" not in self._rest:
            if not select.select([self._process.stdout], [], [], patience)[0]:
                return None
            self._rest += os.read(self._process.stdout.fileno(), 65536)
        line, _, self._rest = self._rest.partition(b"\n")
        word, _, said = line.decode().partition(" ")
        return word, json.loads(said)[0]

    def until_the_end(self) -> tuple[list[str], dict[str, Any]]:
        """What was acknowledged, and everything else that was said."""
        saved, other = [], {}
        while (heard := self.hear()) is not None:
            word, said = heard
            if word == "saved":
                saved.append(said)
            other[word] = said
            if word == "end":
                break
        assert "fault" not in other, other
        return saved, other

    def work(self, work: str, path: Path, crash_at: int | None = None) -> tuple[list[str], dict[str, Any]]:
        self.order(work, path, crash_at)
        return self.until_the_end()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    running = Bench()
    yield running
    running.close()


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bench's file with a few acts in it, closed in good order."""
    path = tmp_path_factory.mktemp("yesterday") / "bench.db"
    db = open_for_writing(path, KEY)
    versions.bring_up(db)
    Shift(db, 1).begin().work(8)
    db.close()
    return path


def journal(path: Path) -> list[bytes]:
    db = open_for_writing(path, KEY)
    content = [one.content for lot in store.since(db) for one in lot]
    db.close()
    return content


def fresh(path: Path, of: Path) -> Path:
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    shutil.copy(of, path)
    return path


def acts_of(contents: list[bytes]) -> list[str]:
    return list(dict.fromkeys(json.loads(content)["action"] for content in contents))


def holds_what_it_said(path: Path, saved: list[str], whole: list[bytes]) -> int:
    """Open the file after the death: all that was acknowledged is there, at most one act more, and that one whole."""
    contents = journal(path)
    assert contents == whole[: len(contents)]
    rest = whole[len(contents) :]
    if rest and contents:
        assert json.loads(rest[0])["action"] != json.loads(contents[-1])["action"], "an act is there by half"
    acts = acts_of(contents)
    assert set(saved) <= set(acts)
    db = open_for_writing(path, KEY)
    assert not versions.bring_up(db)
    assert verify.verify(db, verify.scratch_database()).findings == []
    db.close()
    return len(acts)


def test_after_each_single_statement_of_a_morning(bench: Bench, yesterday: Path, path: Path) -> None:
    before = len(acts_of(journal(yesterday)))
    saved, other = bench.work("morning", fresh(path, yesterday))
    whole = journal(path)
    assert len(saved) == 5
    assert other["statements"] > 25
    unacknowledged = 0
    for crash_at in range(1, other["statements"] + 1):
        saved, end = bench.work("morning", fresh(path, yesterday), crash_at)
        assert os.WTERMSIG(end["end"]) == signal.SIGKILL
        extra = holds_what_it_said(path, saved, whole) - before - len(saved)
        assert 0 <= extra <= 1
        unacknowledged += extra
    assert unacknowledged == 5, "each act is once on disk before it is acknowledged"


def test_at_moments_drawn_at_random(bench: Bench, path: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    db = open_for_writing(empty, KEY)
    versions.bring_up(db)
    db.close()
    bench.work("day", fresh(path, empty))
    whole = journal(path)
    random = Random(20260302)
    for _ in range(RANDOM_KILLS):
        bench.order("day", fresh(path, empty))
        heard = bench.hear()
        assert heard is not None
        assert heard[0] == "pid"
        saved: list[str] = []
        wanted, patience = random.randrange(12), random.random() * 0.02
        while len(saved) < wanted and (said := bench.hear()) is not None and said[0] == "saved":
            saved.append(said[1])
        while (said := bench.hear(patience)) is not None and said[0] == "saved":
            saved.append(said[1])
            patience /= 2
        os.kill(heard[1], signal.SIGKILL)
        late, _ = bench.until_the_end()
        acts = holds_what_it_said(path, saved + late, whole)
        begun = len([one for one in acts_of(whole)[:acts] if one not in saved + late])
        # Setting up the bench takes acts that are not acknowledged one by one.
        assert begun <= 6 + 1


def test_in_the_middle_of_setting_a_bench_up(bench: Bench, path: Path) -> None:
    _, other = bench.work("set up", path)
    assert other["register"] == versions.register_version(), "the killed bench is of another version than this test"
    # The tables are made in two transactions, all alike within; each act of the people who set up is one of its own.
    made, last = other["made"], other["statements"]
    for crash_at in sorted({*range(1, made, made // 30), *range(made - 2, last + 1, 3)}):
        # A file of its own for each death: nothing of the one before can be taken for this one's.
        here = path.with_name(f"death-{crash_at}.db")
        bench.work("set up", here, crash_at)
        db = open_for_writing(here, KEY)
        assert not versions.bring_up(db) or store.count(db)
        assert verify.verify(db, verify.scratch_database()).findings == []
        if not store.count(db):
            Shift(db, SEED).begin()
        db.close()


@pytest.mark.parametrize("work", ["upgrade", "rebuild"])
def test_in_the_middle_of_making_the_register_anew(work: str, bench: Bench, yesterday: Path, path: Path) -> None:
    older = path.with_name("older.db")
    db = open_for_writing(fresh(older, yesterday), KEY)
    if work == "upgrade":
        with db.write():
            store.put_meta(db, "register_version", "1-anolderone")
    db.close()
    whole = journal(yesterday)
    _, other = bench.work(work, fresh(path, older))
    for crash_at in range(1, other["statements"] + 1, max(3, other["statements"] // 25)):
        bench.work(work, fresh(path, older), crash_at)
        db = open_for_writing(path, KEY)
        if versions.bring_up(db):
            rebuild.rebuild(db)
        assert verify.verify(db, verify.scratch_database()).findings == []
        db.close()
        assert journal(path) == whole
