"""How the sync stands, in words that a person at the bench can act on. Pure: time and state are passed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from gms_desktop.sync.engine import State, Trouble

_FAR_BEHIND = 500
_CLOCK_MAY_DIFFER = 120_000
# Most of what a recovery did not hear of comes again from its own bench, within minutes.
_UNHEARD_AFTER = 300_000
SHUT_OUT = "Saved here, not shared: work on, and call the hub's administrator"
STILL_WORKS = (
    "Work on: scanning, labels, printing and Find go on with what this bench has; what other benches record from now "
    "on is not seen here."
)


class Level(StrEnum):
    """How much it matters: all shared, on its way, not reached, or a person must act."""

    SHARED = "shared"
    ON_ITS_WAY = "on its way"
    ALONE = "alone"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """One line for the foot strip, and what to do about it."""

    level: Level
    line: str
    more: str = ""


def status(state: State, fault: str, now: int, wall: datetime, local: Callable[[datetime], str]) -> SyncStatus:
    """The line for a state.

    Args:
        state: the engine's.
        fault: the last fault of an exchange, in words.
        now: the engine's time, milliseconds.
        wall: the same moment, aware UTC.
        local: a moment as it is shown, ``14:02``.
    """

    def at(moment: int) -> str:
        return local(wall - timedelta(milliseconds=now - moment))

    waiting = f"Saved here, {state.waiting} waiting since {at(state.waiting_since)}" if state.waiting_since else ""
    if troubled := _trouble(state, waiting):
        return troubled
    if state.unheard_since is not None and now - state.unheard_since >= _UNHEARD_AFTER:
        return _unheard(state, waiting)
    if state.alone_since is not None:
        since = at(state.alone_since)
        told = fault or f"The hub gives no answer since {since}. It is asked again by itself."
        return SyncStatus(Level.ALONE, waiting or f"Saved here, hub not reached since {since}", told)
    if state.head - state.position > _FAR_BEHIND:
        return SyncStatus(Level.ON_ITS_WAY, f"Receiving {state.head - state.position:,} entries from the hub")
    if waiting:
        return SyncStatus(Level.ON_ITS_WAY, waiting)
    if state.shared_at is None:
        return SyncStatus(Level.ON_ITS_WAY, "Saved here, asking the hub", fault)
    return SyncStatus(Level.SHARED, f"All shared {at(state.shared_at)}")


def shut_out(found: SyncStatus, state: State, words: str) -> SyncStatus:
    """The line when the hub does not let this bench in: trying again does not help, a person must act."""
    kept = found.line if found.line.startswith("Saved here") and state.waiting else "Saved here"
    return SyncStatus(Level.ACT, SHUT_OUT, f"{words} {STILL_WORKS} {kept}. Nothing is lost.")


def clock_words(offset: int | None) -> str:
    """What is said of this machine's clock when it differs from the hub's by over two minutes; else nothing."""
    if offset is None or abs(offset) < _CLOCK_MAY_DIFFER:
        return ""
    minutes = round(abs(offset) / 60_000)
    way = "behind" if offset > 0 else "ahead of"
    return f"This computer's clock is {minutes} min {way} the hub's. Set it right; nothing is ordered by it."


def _unheard(state: State, waiting: str) -> SyncStatus:
    count = "1 entry" if state.unheard == 1 else f"{state.unheard:,} entries"
    more = (
        f"This bench holds {count} of other benches that came too late for the recovery of the hub. Each bench sends "
        "its own when it is switched on. If one of them never comes back, tell who looks after the hub: it has to be "
        "recovered once more (gms-desktop hub recover begin). Nothing is lost here."
    )
    return SyncStatus(Level.ACT, f"{waiting or 'Saved here'}. The hub lacks {count}", more)


def _trouble(state: State, waiting: str) -> SyncStatus | None:
    kept = waiting or "Saved here"
    if state.push_trouble is Trouble.REFUSED:
        return SyncStatus(Level.ACT, f"The hub refused: {state.words}", f"{kept}. Nothing is lost.")
    match state.trouble:
        case Trouble.UPDATE:
            return SyncStatus(Level.ACT, f"{kept}. Update needed", f"The hub holds {state.words}.")
        case Trouble.REFUSED:
            return SyncStatus(Level.ACT, f"The hub refused: {state.words}", f"{kept}. Nothing is lost.")
        case Trouble.FORGOT:
            more = "The hub has gone back to an earlier state. Tell who looks after it: it has to be recovered."
            return SyncStatus(Level.ACT, f"{kept}. The hub has gone back", more)
        case Trouble.RECOVERING:
            more = "The hub is being recovered. This bench gives back what the hub has lost, by itself."
            return SyncStatus(Level.ON_ITS_WAY, f"{kept}. The hub is being recovered", more)
        case Trouble.DIFFERS:
            more = f"Built anew, the register still differs from the hub's ({state.words}). Tell who looks after it."
            return SyncStatus(
                Level.ACT, f"{kept}. Register differs", f"{more} Run: gms-desktop verify. Nothing is lost."
            )
        case Trouble.NO_ROOM:
            return SyncStatus(Level.ACT, f"{kept}. No room on the disk", state.words)
        case Trouble.FAULT:
            return SyncStatus(Level.ACT, f"{kept}. Sharing has stopped", state.words)
    if state.push_trouble is Trouble.UPDATE:
        return SyncStatus(Level.ACT, f"{kept}. Update needed", state.words)
    return None
