"""Finds how far the hub's order and this replica's are one, by asking in steps and reading only what is behind that.

No order hash is kept of each position. But a hash that the hub names is this replica's own there when this replica's
entries lead on from it to where the replica stands: two orders that differ have no hash in common (SHA-256).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from gms_desktop.sync.messages import Standing, next_order_hash

Ask = Callable[[Sequence[int]], dict[int, bytes]]
"""The hub's order hash after each of these positions, as far as it has them."""

Entries = Callable[[int, int], Iterable[tuple[int, bytes, str]]]
"""Position, hash and verdict of this replica's entries after the first position, up to the second."""

_FIRST = 64
_FURTHER = 8
_AT_ONCE = 32


def common(ask: Ask, entries: Entries, mine: Standing, begin: Standing) -> int:
    """The last position at which the hub's order is this replica's.

    Args:
        ask: the hub.
        entries: of this replica, in order.
        mine: where the replica stands.
        begin: where its entries begin: at nothing, or at its base.

    Returns:
        The position; 0 when the two part below the base: how far down, nobody here can say.
    """
    if ask([mine.position]).get(mine.position) == mine.order_hash:
        return mine.position
    low, high = _below(ask, entries, mine, begin)
    while low is not None and high - low.position > 1:
        low, high = _closer(ask, entries, low, high)
    return low.position if low is not None else 0


def _below(ask: Ask, entries: Entries, mine: Standing, begin: Standing) -> tuple[Standing | None, int]:
    """A position where the orders are one, and a later one where they are not: further and further back."""
    back, high = _FIRST, mine.position
    while mine.position - back > begin.position:
        at = mine.position - back
        theirs = ask([at]).get(at)
        if theirs is not None and _leads_on(entries, Standing(at, theirs), mine):
            return Standing(at, theirs), high
        back, high = back * _FURTHER, at
    # Before the first entry all orders are one; a base's order hash is known.
    if begin.position and ask([begin.position]).get(begin.position) != begin.order_hash:
        return None, high
    return begin, high


def _leads_on(entries: Entries, at: Standing, to: Standing) -> bool:
    order_hash = at.order_hash
    for _, digest, verdict in entries(at.position, to.position):
        order_hash = next_order_hash(order_hash, digest, verdict)
    return order_hash == to.order_hash


def _closer(ask: Ask, entries: Entries, low: Standing, high: int) -> tuple[Standing, int]:
    """The same two positions, closer together: the hub is asked at several between them at once."""
    apart = max(1, (high - low.position) // _AT_ONCE)
    between = range(low.position + apart, high, apart)
    theirs = ask(list(between))
    reached = low.order_hash
    for position, digest, verdict in entries(low.position, between[-1]):
        reached = next_order_hash(reached, digest, verdict)
        if position in between:
            if theirs.get(position) != reached:
                return low, position
            low = Standing(position, reached)
    return low, high
