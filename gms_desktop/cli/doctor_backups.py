"""The doctor's look at backups: the newest good one, where it is, how old, and what is in the way of the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gms_desktop import backup_words, backups
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.doctor_lines import Line, span, to_do, well
from gms_desktop.errors import Unavailable
from gms_desktop.settings import BackupSettings, Settings

_NOT_YET = "there is none yet: one is made a minute after gms-desktop run started, or now by gms-desktop backup"


def backup_lines(data: Path, said: Settings) -> Iterator[Line]:
    """A line about the backups of a bench that is set up; a rehearsal has none."""
    if said.rehearsal or not (data / DATABASE).exists():
        return
    now, known = datetime.now(UTC), backups.state(data)
    if known.trouble:
        yield to_do("Backup", backup_words.not_made(known.trouble, known.newest))
        return
    try:
        folder = backups.folder_of(data, said.backup) if said.backup.folder else data
    except Unavailable as told:
        yield to_do("Backup", told.sentence)
        return
    if known.newest is None:
        set_up = _written(data / "settings.toml")
        late = backups.is_late(backups.State(set_up), said.backup, now)
        yield to_do("Backup", f"{_NOT_YET}.") if late else well("Backup", _NOT_YET)
    else:
        yield _newest(data, folder, known, known.newest, said.backup, now)


def _newest(
    data: Path, folder: Path, known: backups.State, newest: datetime, wanted: BackupSettings, now: datetime
) -> Line:
    if not Path(known.file).exists():
        return to_do("Backup", f"{known.file} is not there any more. Make one now: gms-desktop backup.")
    # Nobody worked at a bench that was closed: what was backed up is what there is.
    worked_since = max(_written(data / name) for name in (DATABASE, f"{DATABASE}-wal")) - newest
    if backups.is_late(known, wanted, now) and worked_since > timedelta(hours=wanted.every_hours):
        return to_do("Backup", backup_words.late(newest, wanted.every_hours))
    where = f"{known.file}, {span(now - newest)} old"
    same = backups.on_the_same_disk(data, folder)
    return well("Backup", f"{where}; on the same disk as the bench's file, name a second disk" if same else where)


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return datetime.min.replace(tzinfo=UTC)
