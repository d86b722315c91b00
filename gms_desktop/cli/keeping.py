"""``backup`` and ``salvage``: a checked copy of the file, and what can be read of a damaged one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from gms_desktop import backups, settings
from gms_desktop.backup_rotation import name_at
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import key_for
from gms_desktop.errors import Refused
from gms_desktop.files import tables
from gms_desktop.journal import backup, sqlite_file
from gms_desktop.journal.store import Stored

Say = Callable[[str], None]


def back_up_bench(target: Path | None, data: Path, say: Say) -> int:
    """Copy the bench's file, in use or not.

    Args:
        target: the copy, or a folder to make it in; when None, the folder of the settings, or ``backups``.
        data: the bench's data folder.
        say: prints a line.

    Raises:
        Refused: when the target is there already or its folder is not.
        Unavailable: when the disk is full or the copy does not check out.
    """
    source = data / DATABASE
    key = key_for(source, data)
    path = _scheduled(source, key, data) if target is None else _copy(source, key, _target(target))
    say(f"Backed up and checked: {path} ({path.stat().st_size:,} bytes)")
    say("Its key is not in it. Keep the recovery key in another place than the backup: gms-desktop recovery-key.")
    return 0


def _scheduled(source: Path, key: bytes, data: Path) -> Path:
    wanted = (settings.read(data) or settings.Settings()).backup
    return backups.make(data, source, key, wanted, datetime.now(UTC))


def _copy(source: Path, key: bytes, path: Path) -> Path:
    db = sqlite_file.open_for_reading(source, key)
    try:
        made = backup.back_up(db, path, key)
    finally:
        db.close()
    backups.back_up_files(source.with_name(tables.NAME), path.with_name(tables.NAME), key)
    return made


def _target(target: Path) -> Path:
    path = target / name_at(datetime.now(UTC)) if target.is_dir() else target
    if not path.parent.is_dir():
        raise Refused(f"{path.parent} is no folder. Make it, or name another: gms-desktop backup TARGET.")
    return path


def salvage_entries(damaged: Path, out: Path | None, data: Path, say: Say) -> int:
    """List what can be read of a damaged file and write it as JSON lines.

    Args:
        damaged: the file that was set aside.
        out: where the entries go, one a line with hash and verdict, each entry's own bytes unchanged.
        data: the bench's data folder, for the key.
        say: prints a line.

    Returns:
        0 when entries were read, 1 when none could be.

    Raises:
        Refused: when ``damaged`` is not there or ``out`` is there already.
        Unavailable: when not even the first page can be read.
    """
    key = key_for(damaged, data)
    if out is not None and out.exists():
        raise Refused(f"{out} is there already. Choose another name: nothing is overwritten.")
    found = backup.salvage(damaged, key)
    for line in _spans(found):
        say(line)
    if out is not None:
        with out.open("xb") as file:
            file.writelines(_as_line(one) for one in found)
        say(f"Written to {out}. Names and dates of birth are not in it: they stay in {damaged.name}.")
    say(f"{len(found)} entries can be read." if found else "No entry can be read. Restore the newest backup.")
    return 0 if found else 1


def _spans(found: Sequence[Stored]) -> list[str]:
    """Which entries of each writer there are, with the numbers that are missing between them."""
    spans: dict[str, list[list[int]]] = {}
    for one in found:
        runs = spans.setdefault(one.entry.writer, [])
        if runs and runs[-1][1] + 1 == one.entry.seq:
            runs[-1][1] = one.entry.seq
        else:
            runs.append([one.entry.seq, one.entry.seq])
    return [
        f"Writer {writer}: entries {', '.join(f'{first} to {last}' for first, last in runs)}"
        for writer, runs in spans.items()
    ]


def _as_line(one: Stored) -> bytes:
    # Keys in the canonical order; the entry stands as it was written, so that its hash can be checked again.
    head = f',"hash":"{one.hash.hex()}","n":{one.n},"verdict":"{one.verdict}"}}\n'
    return b'{"entry":' + one.content + head.encode()
