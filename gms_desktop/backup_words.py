"""Every sentence about backups that a person sees."""

from __future__ import annotations

from datetime import datetime

from gms_desktop.domain import dates

STILL_WORKS = "The bench works on, and older backups are kept."
SAME_DISK = (
    "Backups are kept on the same disk as the bench's file: if it breaks, both are gone. Put a second disk in, and "
    "name a folder on it in settings.toml, [backup] folder."
)


def folder_away(folder: str) -> str:
    """The folder for backups is not there."""
    return f"The folder for backups, {folder}, is not there. Connect its disk, or name another folder in settings.toml."


def folder_not_writable(folder: str) -> str:
    """The folder for backups may not be written."""
    return f"The folder for backups, {folder}, cannot be written. Give the bench's account write access to it."


def no_room(folder: str, needed: int, free: int) -> str:
    """Too little room for one more backup; both in bytes."""
    return (
        f"{folder} has no room for another backup: it needs {_size(needed)} and {_size(free)} are free. Free some "
        "space there, or keep fewer backups in settings.toml."
    )


def not_made(why: str, newest: datetime | None, zone: str = "Europe/London") -> str:
    """A backup came to nothing: why, and which one there is."""
    return f"No backup was made. {why} {_newest(newest, zone)}"


def late(newest: datetime | None, hours: int, zone: str = "Europe/London") -> str:
    """The newest backup is older than twice the time from one to the next."""
    return f"{_newest(newest, zone)} One is due every {hours} h. See what is in the way: gms-desktop doctor."


def _newest(newest: datetime | None, zone: str) -> str:
    if newest is None:
        return "There is no backup of this bench yet."
    return f"The newest backup is of {dates.display_minute(dates.to_local(newest, zone))}."


def _size(size: int) -> str:
    return f"{size / 1024**3:.1f} GB" if size >= 1024**3 else f"{max(1, size // 1024**2)} MB"
