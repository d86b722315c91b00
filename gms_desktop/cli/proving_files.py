"""Proves the files beside a bench's journal: each by its hash, and each that an own entry cites is to be had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gms_desktop.errors import Unavailable
from gms_desktop.files import tables
from gms_desktop.files.proof import FilesProved, prove_files
from gms_desktop.journal.database import Database
from gms_desktop.register import files_cited
from gms_desktop.register.verify import Verification

Say = Callable[[str], None]


def prove_beside(db: Database, path: Path, key: bytes, result: Verification, say: Say, *, alone: bool) -> str:
    """Verify the files that lie beside a bench's file or beside its backup, and say what was counted.

    Args:
        db: the bench's file or a backup of it.
        path: where that lies.
        key: its key.
        result: what does not hold is added to it.
        say: prints a line.
        alone: whether it may lie without its files, as a copy elsewhere may.

    Returns:
        How many were looked at, in words; empty where none were.
    """
    beside = path.with_name(tables.NAME)
    if alone and not beside.exists():
        say(f"Files            not looked at: there is no {tables.NAME} beside {path.name}")
        return ""
    try:
        found = prove_files(beside, key) if beside.exists() else FilesProved()
    except Unavailable as fault:
        result.found(fault.sentence)
        return "cannot be read"
    count = f"{found.here} here ({found.size:,} bytes), {found.elsewhere} elsewhere, {found.emptied} erased"
    say(f"Files            {count}")
    for finding in found.findings:
        result.found(finding)
    known = found.can_be_had | found.damaged
    for cited in files_cited.own(db):
        if cited.sha256 not in known:
            known.add(cited.sha256)
            result.found(
                f"the file {cited.sha256} that entry {cited.writer}/{cited.seq} cites is not here, and the hub has not "
                "confirmed it"
            )
    return count
