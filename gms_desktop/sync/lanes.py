"""One way of the sync engine: what is under way, when the next may begin, and how it waits after failures. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

SHORTEST_WAIT = 500
# Short enough that a bench is level soon after an outage, long enough that 500 of them do not overrun a hub.
LONGEST_WAIT = 10_000


@dataclass(frozen=True, slots=True)
class Lane:
    """One way: the exchange that is under way, if any, and when the next may begin.

    ``failures`` counts exchanges in a row that came to nothing; ``failing_since`` is when they began.
    """

    number: int | None = None
    since: int = 0
    next_at: int = 0
    failures: int = 0
    failing_since: int | None = None


def failed(lane: Lane, seed: int, now: int) -> Lane:
    """After an exchange that came to nothing: the next waits longer each time, by chance, so that benches part."""
    failures = lane.failures + 1
    longest = min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** min(failures, 10))
    _, wait = jitter(seed + failures, SHORTEST_WAIT // 2, longest)
    since = now if lane.failing_since is None else lane.failing_since
    return Lane(next_at=now + wait, failures=failures, failing_since=since)


def rest(lane: Lane, now: int) -> Lane:
    """After an exchange that ended well: nothing is under way, the next may begin."""
    return Lane(next_at=min(lane.next_at, now))


def later(lane: Lane, at: int) -> Lane:
    """The same, the next not before a moment."""
    return replace(lane, next_at=at)


def jitter(seed: int, low: int, high: int) -> tuple[int, int]:
    """The next seed, and a whole number from ``low`` to ``high``."""
    drawn = int.from_bytes(sha256(seed.to_bytes(16, "big")).digest()[:8], "big")
    return drawn, low + drawn % (high - low + 1)
