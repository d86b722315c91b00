"""One line of the doctor: a thing looked at, and how it is or what to do."""

from __future__ import annotations

from dataclasses import dataclass


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
