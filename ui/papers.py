"""A paper to look at, before anybody fetched it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A PDF: what it is called as a file, and what brings it; that takes a moment."""

    name: str
    bring: Callable[[], bytes]
