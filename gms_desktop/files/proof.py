"""Proves the file store: every file that is here has the content that its name says."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from gms_desktop.errors import Unavailable
from gms_desktop.files.kept import Kept, State
from gms_desktop.files.store import FileStore


@dataclass
class FilesProved:
    """What was counted and what did not hold; the files that can be had, here or from the hub."""

    here: int = 0
    size: int = 0
    elsewhere: int = 0
    emptied: int = 0
    findings: list[str] = field(default_factory=list)
    can_be_had: set[str] = field(default_factory=set)
    damaged: set[str] = field(default_factory=set)


def prove_files(path: Path, key: bytes) -> FilesProved:
    """Read every file of a store through.

    Args:
        path: of ``files.db``; it is only read.
        key: its key.

    Raises:
        Refused: when a newer version wrote it.
        Unavailable: when not even its lists can be read.
    """
    found = FilesProved()
    with closing(FileStore(path, key, read_only=True)) as store:
        files = store.every()
    for one in files:
        _prove(path, key, one, found)
    return found


def _prove(path: Path, key: bytes, one: Kept, found: FilesProved) -> None:
    if one.state is State.HERE:
        found.here += 1
        found.size += one.size
        if _is_whole(path, key, one):
            found.can_be_had.add(one.sha256)
        else:
            found.damaged.add(one.sha256)
            again = " The hub has it." if one.confirmed_at else ""
            found.findings.append(f"the file {one.sha256} is damaged: its content differs from its hash.{again}")
    elif one.state is State.EMPTIED:
        found.emptied += 1
        found.can_be_had.add(one.sha256)
    elif one.state is not State.DROPPED:
        found.elsewhere += 1
    if one.confirmed_at:
        found.can_be_had.add(one.sha256)


def _is_whole(path: Path, key: bytes, one: Kept) -> bool:
    # The driver gives up the whole connection at a bad page: each file is read by a connection of its own.
    with suppress(Unavailable), closing(FileStore(path, key, read_only=True)) as store:
        return store.whole(one.sha256)
    return False
