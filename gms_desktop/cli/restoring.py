"""``restore``: the drill that proves a backup, and putting one in place of a file that is damaged or gone."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.doctor_lines import span
from gms_desktop.cli.proving import tell
from gms_desktop.cli.proving_files import prove_beside
from gms_desktop.cli.reading import key_for
from gms_desktop.domain import dates
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files import tables
from gms_desktop.files.copying import bring
from gms_desktop.files.kept import State
from gms_desktop.files.opening import open_or_set_aside
from gms_desktop.files.store import FileStore
from gms_desktop.journal import backup, lease, secret_store, sqlite_file, store
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up, rebuild, versions
from gms_desktop.register.verify import scratch_database, verify
from gms_desktop.starting import bench_file

Say = Callable[[str], None]
SECRETS = ("bench-key", "pepper")
_FRESH = "restoring.db"


@dataclass(frozen=True)
class _End:
    """Where a file's newest writer stands."""

    writer: str = ""
    seq: int = 0
    at: str = ""


def check(copy: Path, data: Path, say: Say) -> int:
    """The restore drill: bring a backup up in a temporary place and prove it there from its bytes up.

    Args:
        copy: the backup; it is only read.
        data: the bench's data folder, for the key when none lies beside the backup.
        say: prints a line.

    Returns:
        0 when everything holds, 1 when something does not.

    Raises:
        Refused, Unavailable: when there is nothing to prove: no file, no key, a newer version, no room.
    """
    key = key_for(copy, data)
    if sqlite_file.lies_open(copy):
        raise sqlite_file.not_encrypted(copy)
    with tempfile.TemporaryDirectory(prefix="gms-desktop-drill-") as place:
        tried = Path(place) / DATABASE
        _copied(copy, tried)
        return _drill(copy, tried, key, say)


def _drill(copy: Path, tried: Path, key: bytes, say: Say) -> int:
    say(f"Proving {copy}")
    try:
        with closing(sqlite_file.open_for_writing(tried, key)) as db, closing(scratch_database()) as scratch:
            said = sqlite_file.damage(db)
            if said:
                say(f"Does not hold: {copy} is damaged ({said}).")
                return 1
            if versions.bring_up(db):
                rebuild.rebuild(db)
                say("It was written by an older version; the drill brought it up to this one.")
            found = verify(db, scratch)
            prove_beside(db, copy, key, found, say, alone=True)
            _say_age(db, say)
    except (Unavailable, sqlite_file.DriverError) as fault:
        if isinstance(fault, Unavailable) and "damaged" not in fault.sentence:
            raise
        say(f"Does not hold: {copy} is damaged, or belongs to another key.")
        return 1
    tell(found, say)
    return 0 if found.clean else 1


def _say_age(db: Database, say: Say) -> None:
    end = _end_of(db)
    if end.at:
        at = datetime.fromisoformat(end.at)
        say(f"Newest entry     {_shown(at, db)}, {span(max(datetime.now(UTC) - at, at - at))} ago")


def _shown(at: datetime, db: Database) -> str:
    laboratory = look_up.laboratory(db)
    return dates.display_minute(dates.to_local(at, laboratory["time_zone"] if laboratory else "Europe/London"))


def restore(copy: Path, data: Path, say: Say, *, whole_too: bool = False) -> int:
    """Put a backup in place of the bench's file, which is set aside, never overwritten.

    Args:
        copy: the backup; a backup's ``files.db`` brings back files only, and replaces nothing that is whole.
        data: the data folder that it is put into.
        say: prints a line.
        whole_too: also when the file in place is whole.

    Returns:
        0 when it is in place, 1 when the backup does not hold: then nothing was changed.

    Raises:
        Refused: when a window has the bench open, or the file in place is whole.
        Unavailable: when the key is not there or the disk is full.
    """
    file = bench_file(data)
    file.take()
    try:
        if copy.name == tables.NAME:
            _bring_files(copy, data / tables.NAME, key_for(copy, data), say)
            return 0
        return _restore(copy, data, say, whole_too=whole_too)
    finally:
        file.release()


def _restore(copy: Path, data: Path, say: Say, *, whole_too: bool) -> int:
    key, path, fresh = key_for(copy, data), data / DATABASE, data / _FRESH
    former = _end_if_whole(path, key) if path.exists() else None
    if former is not None and not whole_too:
        raise Refused(
            f"{path} is whole: nothing needs restoring. To go back to the backup all the same, and lose from this "
            "bench what was recorded since, add --whole-too; the file is set aside, not deleted."
        )
    if check(copy, data, say) != 0:
        say("Nothing was changed. Try an older backup.")
        return 1
    _copied(copy, fresh)
    with closing(sqlite_file.open_for_reading(fresh, key)) as db:
        end, shown = _end_of(db), _shown(datetime.now(UTC), db)
    _bring_secrets(copy.parent, data)
    if any(Path(f"{path}{suffix}").exists() for suffix in ("", "-wal", "-shm")):
        aside = backup.set_aside(path, datetime.now(UTC), "damaged" if former is None else "replaced")
        say(f"The file that was here is kept as {aside.name}.")
    fresh.replace(path)
    _bring_files(copy.with_name(tables.NAME), data / tables.NAME, key, say)
    say(f"Restored at {shown}: {path}")
    _say_missing(end, former, lease.read(data / "lease.json"), say)
    say("Start gms-desktop run: it begins a new number code, so that no number is given twice.")
    return 0


def _bring_files(kept: Path, own: Path, key: bytes, say: Say) -> None:
    """The files that lie beside the backup and are not here come back; what was erased since stays erased."""
    if not kept.exists():
        return
    with closing(FileStore(kept, key, read_only=True)) as source:
        files, aside = open_or_set_aside(own, key, datetime.now(UTC))
        with closing(files):
            for one in files.every():
                if one.state is State.HERE and not files.whole(one.sha256):
                    files.leave_as(dataclasses.replace(one, state=State.AWAY))
            came = bring(source, files)
    if aside is not None:
        say(f"The files that were here are kept as {aside.name}.")
    say(f"Files brought back from beside the backup: {came}.")


def _copied(copy: Path, target: Path) -> None:
    try:
        with copy.open("rb") as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, 1024 * 1024)
            out.flush()
            os.fsync(out.fileno())
    except OSError as fault:
        target.unlink(missing_ok=True)
        raise Unavailable(
            f"{copy} could not be copied to {target.parent} ({fault.strerror}). Look for room there, and at its disk.",
            still_works="Nothing was changed.",
        ) from fault


def _bring_secrets(beside: Path, data: Path) -> None:
    """A new machine has no secrets yet: those that lie beside the backup become its own."""
    theirs, own = secret_store.FileSecrets(beside / "secrets"), secret_store.secrets_of(data)
    for name in SECRETS:
        kept = theirs.get(name)
        if kept is not None and own.get(name) is None:
            own.put(name, kept)


def _end_if_whole(path: Path, key: bytes) -> _End | None:
    """Where the file stands; None when it is damaged."""
    try:
        with closing(sqlite_file.open_for_reading(path, key)) as db:
            return None if sqlite_file.damage(db) else _end_of(db)
    except (Unavailable, sqlite_file.DriverError):
        return None


def _end_of(db: Database) -> _End:
    head = next((writer for writer in store.writers(db) if writer.state == "current"), None)
    newest = next((lot[-1].entry.occurred_at for lot in store.since(db, store.last_n(db) - 1, 1)), "")
    return _End(head.writer, head.last_seq, newest) if head else _End()


def _say_missing(end: _End, former: _End | None, known: lease.Lease | None, say: Say) -> None:
    """What was recorded after the backup, as far as the lease or the former file tells."""
    stood = max(((at.writer, at.seq) for at in (former, known) if at is not None), default=("", 0))
    when = dates.display_minute(dates.to_local(datetime.fromisoformat(end.at), "Europe/London")) if end.at else "then"
    say(f"The backup ends at entry {end.seq} of its number code, {when}.")
    if stood[0] == end.writer and stood[1] > end.seq:
        say(f"At least {stood[1] - end.seq} entries were recorded here after it and are not in it.")
    elif stood[0] > end.writer:
        say(f"The bench had begun another number code after it: its {stood[1]} entries, or more, are not in it.")
    say(
        "What was recorded after it is only where the hub has it, and comes back from there. Compare the last labels "
        "on the bench with Find, and record again what is missing."
    )
