"""A file that was exported: what it is, until when it may lie there, and how it stands with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

LONGEST_DAYS = 365
"""No site keeps an export longer; what is older is not listed either."""


class Place(StrEnum):
    """Where a file was saved."""

    OURS = "exports"
    ELSEWHERE = "elsewhere"


class Standing(StrEnum):
    """How it stands with an exported file.

    ``replaced``: another was saved under its name. ``changed``: what lies there is not what was saved. ``elsewhere``:
    saved outside the exports folder of this bench, where nothing is looked for.
    """

    HERE = "here"
    CHANGED = "changed"
    REPLACED = "replaced"
    REMOVED = "removed"
    GONE = "gone"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Export:
    """One export.

    Attributes:
        id: its identity.
        month: in which it was saved, such as ``2026-11``, UTC.
        sort: what it is, such as ``report`` or ``table``.
        name: its name below the exports folder, or its whole path elsewhere; empty where that was erased.
        place: where it was saved.
        size: in bytes.
        sha256: of its content, in hex.
        saved_at: aware UTC.
        kept_until: aware UTC; None where nothing of ours removes it.
        operator: who saved it; None for nobody signed in.
        bench: name of the bench.
        own: whether this bench saved it.
        removed: why it is not there any more; empty while it is.
    """

    id: str
    month: str
    sort: str
    name: str
    place: Place
    size: int
    sha256: str
    saved_at: datetime
    kept_until: datetime | None
    operator: str | None
    bench: str
    own: bool
    removed: str = ""

    def is_due(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.kept_until is not None and self.kept_until <= now


def month_of(moment: datetime) -> str:
    """The month in which a moment falls, such as ``2026-11``."""
    return f"{moment:%Y-%m}"


def months_until(moment: datetime, days: int = LONGEST_DAYS) -> tuple[str, ...]:
    """The months in which an export that may lie there still was saved, the oldest first."""
    return months_between((moment - timedelta(days=days)).date(), moment.date())


def months_between(first: date, last: date) -> tuple[str, ...]:
    """The months from that of one day to that of another."""
    found, day = [], first.replace(day=1)
    while day <= last:
        found.append(f"{day:%Y-%m}")
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return tuple(found)
