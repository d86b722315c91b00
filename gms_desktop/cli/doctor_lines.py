"""One line of the doctor: a thing looked at, and how it is or what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Line:
    """What was looked at, whether it is well, and the words."""

    what: str
    ok: bool
    words: str


def well(what: str, words: str) -> Line:
    """Nothing needs doing."""
    return Line(what, ok=True, words=words)


def to_do(what: str, words: str) -> Line:
    """Something needs doing: the words say what."""
    return Line(what, ok=False, words=words)


def span(time: timedelta) -> str:
    """A span of time in words, to the minute; in seconds below one."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return f"{int(time.total_seconds())} seconds"
    days, hours = minutes // 1440, minutes % 1440 // 60
    parts = ((days, "day"), (hours, "hour"), (minutes % 60, "minute"))
    return " ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in parts if count)
