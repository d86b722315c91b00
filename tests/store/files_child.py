"""A bench that takes files in and dies after a given statement, of its file store or of its journal.

``python files_child.py FOLDER FIRST``: a fork of itself for each death, until one life goes by without.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from crash_child import Dying
from shift import KEY, Shift

from gms_desktop.files.store import FileStore
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import versions
from gms_desktop.register.ledger import Draft

CONTENTS = [b"a small file", bytes(range(256)) * 2_000, b"a small file", b"the last one"]


def take_in(shift: Shift, files: FileStore, content: bytes) -> None:
    """Keep a file, then record its import, in the order of the application."""
    act = shift.ledger.identity()
    digest = files.put(content, "text/csv", f"import:{act}", "2026-03-02T08:00:00.000000Z").sha256
    draft = shift.draft_import(act, 0)
    body = {**draft.body, "sha256": digest, "size": len(content)}
    shift.act(lambda: [Draft(draft.kind, body, draft.private, draft.input)])


def life(folder: Path, crash_at: int) -> int:
    """Work a morning that ends at a statement; how many statements there were when it did not."""
    db, files = open_for_writing(folder / "bench.db", KEY), FileStore(folder / "files.db", KEY)
    count = [0]
    db.raw, files._db.raw = Dying(db.raw, count, crash_at), Dying(files._db.raw, count, crash_at)
    shift = Shift(db, 7)
    for content in CONTENTS:
        take_in(shift, files, content)
    return count[0]


def main() -> None:
    """One life after the other."""
    folder = Path(sys.argv[1])
    fresh = folder / "fresh"
    fresh.mkdir()
    db = open_for_writing(fresh / "bench.db", KEY)
    versions.bring_up(db)
    Shift(db, 1).begin()
    db.close()
    FileStore(fresh / "files.db", KEY).close()
    crash_at = 0
    while True:
        crash_at += 1
        place = folder / f"life{crash_at:03d}"
        shutil.copytree(fresh, place)
        child = os.fork()
        if child == 0:
            try:
                life(place, crash_at)
            except BaseException as fault:
                os.write(2, repr(fault).encode())
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status == 0:
            break
        if os.WIFEXITED(status):
            sys.exit(1)
    sys.stdout.write(str(crash_at))


if __name__ == "__main__":
    main()
