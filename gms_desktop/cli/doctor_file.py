"""The doctor's look at the bench's file: can it be read, is it whole, is it the one that last ran here, is it late."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.doctor_lines import Line, span, to_do, well
from gms_desktop.cli.reading import key_for, reading
from gms_desktop.domain import dates
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import lease, sqlite_file, store
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up
from gms_desktop.sync import carrying

# File systems keep time in steps of up to two seconds (FAT), and a write may end after the clock was read.
_TOLERATED = timedelta(seconds=3)
_ASK_THE_DOCTOR = "Run: gms-desktop doctor."
_SET_ASIDE = "Start gms-desktop run: the file is set aside and nothing is deleted. Then restore the newest backup."


def file_lines(data: Path) -> Iterator[Line]:
    """Lines about the file, its lease and the clock."""
    path = data / DATABASE
    aside = sorted(data.glob("*.damaged-*.db"))
    if aside:
        yield to_do("Damaged file", f"one was set aside. See what it holds: gms-desktop salvage {aside[-1]}")
    if not path.exists():
        yield to_do("File", f"{path.name} is not there: this bench is not set up yet. Start gms-desktop run.")
        yield clock_line(datetime.now(UTC), _times(data), None)
        return
    try:
        key_for(path, data)
        with reading(path, data) as db:
            found = list(_of(db, path, data))
    except (Refused, Unavailable) as told:
        found = [to_do("File", str(told).replace(_ASK_THE_DOCTOR, _SET_ASIDE)), _clock(data, None, None)]
    except sqlite_file.DriverError as fault:
        told_so = str(sqlite_file.in_words(fault, path)).replace(_ASK_THE_DOCTOR, _SET_ASIDE)
        found = [to_do("File", told_so), _clock(data, None, None)]
    yield from found


def _of(db: Database, path: Path, data: Path) -> Iterator[Line]:
    said = sqlite_file.damage(db)
    if said:
        yield to_do("File", f"{path} is damaged ({said}). Start gms-desktop run: it is set aside, nothing is deleted.")
        return
    yield well("File", f"{store.count(db)} entries, {path.stat().st_size / 1024**2:.1f} MB, its pages are whole")
    yield _lease(db, path, data)
    by_hand = carrying.in_words(carrying.on_its_way(db, data))
    if by_hand:
        yield well("Carried out", by_hand)
    newest = store.last_n(db)
    last = next((lot[-1].entry.occurred_at for lot in store.since(db, newest - 1, 1)), None)
    laboratory = look_up.laboratory(db)
    yield _clock(data, last, laboratory["time_zone"] if laboratory else None)


def _lease(db: Database, path: Path, data: Path) -> Line:
    head = next((writer for writer in store.writers(db) if writer.state == "current"), None)
    if head is None:
        return to_do("Lease", "no writer has begun: this bench is not set up yet. Start gms-desktop run.")
    why = lease.difference(
        lease.read(data / "lease.json"),
        store.meta(db, "lease"),
        lease.machine_identity(),
        lease.file_identity(path),
        head.writer,
        head.last_seq,
    )
    if why is None:
        return well("Lease", "this file is the one that last ran here")
    return to_do(
        "Lease",
        f"this file is not the one that last ran here ({why}). Put the right one back, or start gms-desktop run: "
        "it begins numbers at a new code. Then compare the last labels on the bench with Find.",
    )


def _clock(data: Path, last: str | None, zone: str | None) -> Line:
    times = _times(data) | ({"newest entry": datetime.fromisoformat(last)} if last else {})
    return clock_line(datetime.now(UTC), times, zone)


def _times(data: Path) -> dict[str, datetime]:
    """When files were last written, by the clock of that moment; the program's own too, as a clock may be years off."""
    # Packed, a module is no file of its own: the program is.
    program = Path(sys.executable if getattr(sys, "frozen", False) else __file__)
    files = [data / DATABASE, data / f"{DATABASE}-wal", data / "lease.json", program]
    return {f"file {path.name}": datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in files if path.exists()}


def clock_line(now: datetime, times: dict[str, datetime], zone: str | None) -> Line:
    """Compare the clock with what was written before: time does not run backwards.

    Args:
        now: the computer's clock, aware UTC.
        times: what was written before and when, aware UTC.
        zone: the laboratory's time zone, when it is known.
    """
    shown = dates.display_minute(dates.to_local(now, zone or "Europe/London"))
    what, latest = max(times.items(), key=lambda one: one[1], default=("", now))
    behind = latest - now
    if behind > _TOLERATED:
        return to_do(
            "Clock",
            f"it shows {shown}, which is {span(behind)} before the {what} was written. Set the computer's clock by "
            "the network, or ask IT; until then entries carry a wrong time.",
        )
    return well("Clock", f"{shown} at the laboratory{_other_zone(now, zone)}")


def _other_zone(now: datetime, zone: str | None) -> str:
    if zone is None or now.astimezone().utcoffset() == dates.to_local(now, zone).utcoffset():
        return ""
    wall = now.astimezone().strftime("%H:%M")
    return f"; the computer's own wall clock says {wall}: read times here and on labels as the laboratory's"
