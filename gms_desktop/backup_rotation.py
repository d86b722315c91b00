"""Which backups are kept: the newest ones, and further back one a day, then one a week. Pure.

A backup bears the time it was begun at in its name, in UTC: the name is what rotation goes by, since a copied file
keeps it and a file system's own times may not be kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from gms_desktop.settings import BackupSettings

_NAME = re.compile(r"bench-(\d{8}T\d{6}Z)\.db")
_STAMP = "%Y%m%dT%H%M%SZ"


def name_at(at: datetime) -> str:
    """The name of a backup begun at ``at``, aware UTC."""
    return f"bench-{at:{_STAMP}}.db"


def time_of(name: str) -> datetime | None:
    """When the backup of this name was begun, aware UTC; None for any other file, which rotation never touches."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def kept(times: Iterable[datetime], keep: BackupSettings) -> set[datetime]:
    """Which of these backups stay. The newest always does.

    Args:
        times: when each was begun, aware UTC.
        keep: so many of the newest; the newest of so many days and weeks that have one, days and weeks in UTC.
    """
    newest_first = sorted(set(times), reverse=True)
    stay = set(newest_first[: max(1, keep.hourly)])
    stay |= _newest_of_each(newest_first, lambda at: at.date(), keep.daily)
    return stay | _newest_of_each(newest_first, lambda at: at.isocalendar()[:2], keep.weekly)


def _newest_of_each(newest_first: list[datetime], of: Callable[[datetime], object], most: int) -> set[datetime]:
    found: dict[object, datetime] = {}
    for at in newest_first:
        found.setdefault(of(at), at)
    return set(list(found.values())[:most])
