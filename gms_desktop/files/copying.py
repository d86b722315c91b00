"""Keeps one store level with another: a backup with the bench's files, or a bench's files with its backup."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop.files import chunks
from gms_desktop.files.kept import Kept, State
from gms_desktop.files.store import FileStore

Between = Callable[[], None]


def follow(source: FileStore, target: FileStore, between: Between = lambda: None) -> int:
    """Take over every file that a bench has; what it erased, gave up or dropped goes from the backup too.

    Files that the bench knows nothing of stay: its store may be a fresh one in place of a damaged one.

    Args:
        source: the bench's.
        target: the backup.
        between: called after each chunk; what it raises leaves the file in hand for another time.

    Returns:
        How many files came.
    """
    for theirs in source.every():
        if theirs.state not in {State.HERE, State.WANTED}:
            target.leave_as(theirs)
    return bring(source, target, between)


def bring(source: FileStore, target: FileStore, between: Between = lambda: None) -> int:
    """Take over the files of a backup that are not at the bench; what either erased stays erased.

    Returns:
        How many files came.
    """
    came = 0
    for theirs in source.every():
        mine = target.kept(theirs.sha256)
        if theirs.state is State.EMPTIED:
            target.leave_as(theirs)
        elif theirs.state is State.HERE and (mine is None or mine.state not in {State.HERE, State.EMPTIED}):
            came += _take(source, target, theirs, between)
    for subject, digest in source.citations():
        target.cite(subject, digest)
    return came


def _take(source: FileStore, target: FileStore, theirs: Kept, between: Between) -> bool:
    target.expect(theirs)
    for number in target.missing(theirs.sha256):
        piece = source.chunk(theirs.sha256, number)
        if piece is None or len(piece) != chunks.length(theirs.size, number):
            return False
        target.put_chunk(theirs.sha256, number, piece)
        between()
    return target.finish(theirs.sha256, theirs.made_at, theirs.confirmed_at, theirs.confirmed_in)
