"""A paper to look at, before anybody fetched it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ui import preview_words


class Making(Protocol):
    """What takes its time to make, tells how far it has come, and can be stopped."""

    def so_far(self) -> str:
        """How far it has come, in words; empty while nothing can be told."""

    def stop(self) -> None:
        """Make it no more."""


@dataclass(frozen=True)
class Paper:
    """A PDF: what it is called as a file, what brings it, and what is said while that takes its time.

    One that takes minutes has a ``making``. One that must lie on no disk is not ``saved``, only printed.
    """

    name: str
    bring: Callable[[], bytes]
    wait: str = preview_words.WAIT
    making: Making | None = None
    saved: bool = True
