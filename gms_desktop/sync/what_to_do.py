"""What the sync engine may ask for: an exchange with the hub, or a job in the bench's own file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoPush:
    """Read the next batch of at most ``most`` entries and send it."""

    number: int
    most: int


@dataclass(frozen=True, slots=True)
class DoPull:
    """Ask for the page after the replica's standing, and take it in."""

    number: int


@dataclass(frozen=True, slots=True)
class DoGreet:
    """Ask how the hub stands, and compare orders."""

    number: int


@dataclass(frozen=True, slots=True)
class Rehome:
    """Begin a new writer and record the tail of ``writer`` under it.

    The tail begins at ``seq``; 0: after what the hub acknowledged.
    """

    writer: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Rebuild:
    """Fold these tables anew and report it."""

    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reoffer:
    """Give the hub every entry that this bench holds after ``position``."""

    position: int


@dataclass(frozen=True, slots=True)
class GoBack:
    """Fold back to ``position``, where the hub's order and this replica's part."""

    position: int


Action = DoPush | DoPull | DoGreet | Rehome | Rebuild | Reoffer | GoBack
