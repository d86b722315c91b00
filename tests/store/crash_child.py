"""A bench that can be killed: it works on a file, says what it has saved, and dies after a given statement.

It reads one order a line (JSON) and gives each to a fork of itself, so that Python need not start anew for each death.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shift import KEY, Shift

from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import rebuild, verify, versions


def say(word: str, *more: object) -> None:
    """Say something that is heard even if this process dies right after."""
    os.write(1, f"{word} {json.dumps(more)}\n".encode())


class Dying:
    """A driver's connection, or its cursor, that kills this process after its n-th statement."""

    def __init__(self, real: Any, count: list[int], crash_at: int | None) -> None:
        self._real = real
        self._count = count
        self._crash_at = crash_at

    @property
    def count(self) -> int:
        """How many statements were run."""
        return self._count[0]

    def _after(self, done: Any) -> Any:
        self._count[0] += 1
        if self._count[0] == self._crash_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    def execute(self, *arguments: Any) -> Any:
        """Run one statement, then perhaps die."""
        return self._after(self._real.execute(*arguments))

    def executemany(self, *arguments: Any) -> Any:
        """Run one statement for many rows, then perhaps die."""
        return self._after(self._real.executemany(*arguments))

    def cursor(self) -> Dying:
        """A cursor that counts with this connection."""
        return Dying(self._real.cursor(), self._count, self._crash_at)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def a_morning(shift: Shift) -> None:
    """Every way in which an act is written: one entry, several, many, and taken back."""
    request = shift.expect(tubes=2)
    say("saved", shift.acts[-1])
    tube = shift.receive(request)
    say("saved", shift.acts[-1])
    shift.decide(tube)
    say("saved", shift.acts[-1])
    shift.undo(shift.acts[-1])
    say("saved", shift.acts[-1])
    shift.take_in(3)
    say("saved", shift.acts[-1])


def a_day(shift: Shift) -> None:
    """A long shift, each act acknowledged as soon as it is saved."""
    told = 0
    for _ in range(60):
        shift.step()
        for action in shift.acts[told:]:
            say("saved", action)
        told = len(shift.acts)


def set_up(db: Database, order: dict[str, Any]) -> None:
    """A new bench."""
    say("register", versions.register_version())
    versions.bring_up(db)
    say("made", db.raw.count)
    Shift(db, order["seed"]).begin()


def bring_up(db: Database, _order: dict[str, Any]) -> None:
    """The start after an upgrade."""
    if versions.bring_up(db):
        rebuild.rebuild(db)


WORK: dict[str, Callable[[Database, dict[str, Any]], None]] = {
    "morning": lambda db, order: a_morning(Shift(db, order["seed"])),
    "day": lambda db, order: a_day(Shift(db, order["seed"]).begin()),
    "set up": set_up,
    "upgrade": bring_up,
    "rebuild": lambda db, _order: rebuild.rebuild(db) and None,
}


def work(order: dict[str, Any]) -> None:
    """Carry out one order."""
    db = open_for_writing(Path(order["path"]), KEY)
    count = [0]
    db.raw = Dying(db.raw, count, order["crash_at"])
    say("pid", os.getpid())
    WORK[order["work"]](db, order)
    say("statements", count[0])
    db.close()


def warm_up() -> None:
    """Write every statement once, so that the forks need not."""
    db = verify.scratch_database()
    versions.bring_up(db)
    Shift(db, 1).begin().work(40)
    db.close()


def main() -> None:
    """Take orders until there are no more."""
    warm_up()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(json.loads(line))
            except BaseException as fault:
                say("fault", repr(fault))
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say("end", status)


if __name__ == "__main__":
    main()
