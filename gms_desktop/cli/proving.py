"""``verify`` and ``rebuild``: prove a file from its bytes up, and make its register anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from gms_desktop import proving_words
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.proving_checkpoints import prove_checkpoints
from gms_desktop.cli.proving_files import prove_beside
from gms_desktop.cli.proving_paper import Beside, refuse_unfit, write_paper
from gms_desktop.cli.reading import key_for, reading
from gms_desktop.errors import Unavailable
from gms_desktop.journal import sqlite_file, store
from gms_desktop.logs import Event, kept, log
from gms_desktop.register import rebuild, versions
from gms_desktop.register.verify import Verification, scratch_database, verify
from gms_desktop.starting import bench_file

Say = Callable[[str], None]
# About a second's work.
_TELL_EVERY = 5000


def prove(file: Path | None, data: Path, say: Say, paper: Path | None = None) -> int:
    """Verify a file and say what was counted.

    Args:
        file: the file; the bench's own when None.
        data: the bench's data folder.
        say: prints a line.
        paper: the PDF that tells it to an inspector; None for none.

    Returns:
        0 when everything holds, 1 when something does not.

    Raises:
        Refused, Unavailable: when there is nothing that can be proved: no file, no key, another version.
    """
    path = file or data / DATABASE
    key = key_for(path, data)
    if paper is not None:
        refuse_unfit(paper)
    say(f"Verifying {path}")
    try:
        with reading(path, data) as db, closing(scratch_database()) as scratch:
            sqlite_file.see_every_page(db, path)
            found = verify(db, scratch, _telling(store.count(db), say))
            alone = file is not None and path != data / DATABASE
            files = prove_beside(db, path, key, found, say, alone=alone)
            signed = prove_checkpoints(db, data, found, say, whole=not alone)
            if paper is not None:
                write_paper(paper, path, db, found, Beside(files, signed), datetime.now(UTC))
                say(f"Written: {paper}")
    except (Unavailable, sqlite_file.DriverError) as fault:
        told = sqlite_file.in_words(fault, path)
        if isinstance(fault, Unavailable) and "damaged" not in fault.sentence:
            raise
        # A page that cannot be read is what verify is there to find.
        say(f"Does not hold: {told}")
        return 1
    tell(found, say)
    return 0 if found.clean else 1


def _telling(whole: int, say: Say) -> Callable[[int], None]:
    told = 0

    def progress(done: int) -> None:
        nonlocal told
        if done - told >= _TELL_EVERY and done < whole:
            told = done
            say(proving_words.so_far(done, whole))

    return progress


def tell(found: Verification, say: Say) -> None:
    """Say what was counted, then each finding."""
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(found.verdicts.items()))
    say(f"Entries          {found.entries} ({verdicts or 'none'})")
    if found.base:
        say(f"Base             positions 1 to {found.base}: as the hub's base says; proved from entries: what follows")
    say(f"Writers          {found.writers}")
    say(f"Private values   {found.private}, {found.erased} of them erased")
    for table, count in sorted(found.tables.items()):
        if count:
            say(f"  {table:<18} {count}")
    for finding in found.findings:
        say(f"Does not hold: {finding}")
    wanting = f"Findings: {len(found.findings)}. Keep the file as it is and report it."
    say("Everything holds." if found.clean else wanting)


def rebuild_register(data: Path, say: Say) -> int:
    """Fold the register again from the journal.

    Raises:
        Refused: when a window has the bench open, or the bench is not set up.
        Unavailable: when the folder cannot be written or the file is damaged.
    """
    path = data / DATABASE
    key = key_for(path, data)
    file = bench_file(data)
    file.take()
    try:
        with kept(data):
            _rebuild(path, key, say)
    finally:
        file.release()
    return 0


def _rebuild(path: Path, key: bytes, say: Say) -> None:
    db = sqlite_file.open_for_writing(path, key)
    try:
        versions.bring_up(db)
        digests = rebuild.rebuild(db, lambda done: say(f"{done} entries folded"))
        entries = store.count(db)
    finally:
        db.close()
    log(Event.REBUILT, entries=entries)
    say(f"The register is rebuilt: {len(digests)} tables from {entries} entries.")
