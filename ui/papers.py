"""A paper to look at, before anybody fetched it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui import preview_words


@dataclass(frozen=True)
class Paper:
    """A PDF: what it is called as a file, what brings it, and what is said while that takes its time."""

    name: str
    bring: Callable[[], bytes]
    wait: str = preview_words.WAIT
