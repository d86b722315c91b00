"""Whether the disk has room for a register that is folded beside the one at work, and how much that takes.

What is scanned comes first: a fold that could fill the disk is not begun, or rests, until there is room again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gms_desktop import hub_words
from gms_desktop.errors import Unavailable
from gms_desktop.journal import ballast
from gms_desktop.journal.database import Database

RESERVE = 512 * 1024 * 1024
"""Bytes that stay free for scans, beside the ballast: as many as a backup leaves."""

Free = Callable[[Path], int]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many entries a fold has folded, and how many there are to fold; ``total`` 0: not known yet."""

    done: int = 0
    total: int = 0


class NoRoom(Unavailable):
    """The disk has too little room for the fold; nothing of the register at work was changed.

    Attributes:
        needed: bytes that are needed.
        free: bytes that are free.
    """

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(hub_words.no_room(needed, free), still_works=hub_words.NO_ROOM_STILL_WORKS)
        self.needed, self.free = needed, free


def needed(db: Database, progress: Progress) -> int:
    """Bytes that the rest of a fold may take on the disk at most.

    The second register is a part of what it is folded from, so it is never larger than the file was when the fold
    began; what the file has free within itself is used first.
    """
    pages, free, size = (int(db.raw.execute(f"PRAGMA {name}").fetchone()[0]) for name in _MEASURES)
    rest = pages - free
    if progress.total:
        # A part of what the file holds is the second register itself, as far as it is folded.
        rest = rest * max(0, progress.total - progress.done) // (progress.total + progress.done)
    return max(0, rest - free) * size


_MEASURES = ("page_count", "freelist_count", "page_size")


def check(db: Database, progress: Progress, free: Free | None = None, *, begun: bool = False) -> None:
    """See that the rest of a fold has room beside what scans may need.

    Args:
        db: the bench's file.
        progress: how far the fold has come.
        free: how many bytes are free on the disk of a folder; None: the system is asked.
        begun: it was found to fit and goes on: it rests only when something else has nearly filled the disk.

    Raises:
        NoRoom: when it has not.
    """
    path = _path(db)
    if path is None:
        return
    there = (free or ballast.room)(path.parent)
    if begun and there >= RESERVE // 2:
        return
    if there < (wanted := needed(db, progress) + RESERVE):
        raise NoRoom(wanted, there)


def _path(db: Database) -> Path | None:
    """Where the file is; None for one that is only in memory."""
    places = {name: file for _, name, file in db.raw.execute("PRAGMA database_list").fetchall()}
    return Path(places["main"]) if places["main"] else None
