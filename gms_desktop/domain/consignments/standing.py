"""How a consignment stands, and what may be done with it next. Pure."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """From the first thing in it to the last answer about it."""

    OPEN = "open"
    PACKED = "packed"
    HANDED_OVER = "handed over"
    ARRIVED = "arrived"
    RECONCILED = "reconciled"
    ENDED = "ended"


class Step(StrEnum):
    """What is done with a consignment as a whole."""

    CLOSE = "close"
    REOPEN = "reopen"
    HAND_OVER = "hand over"
    ARRIVE = "arrive"
    RECONCILE = "reconcile"
    END = "end"


_NEXT = {
    (State.OPEN, Step.CLOSE): State.PACKED,
    (State.PACKED, Step.REOPEN): State.OPEN,
    (State.PACKED, Step.HAND_OVER): State.HANDED_OVER,
    (State.HANDED_OVER, Step.ARRIVE): State.ARRIVED,
    # What the receiver says later of what it missed at first.
    (State.ARRIVED, Step.ARRIVE): State.ARRIVED,
    (State.ARRIVED, Step.RECONCILE): State.RECONCILED,
    # A receiver may find later that something is amiss with what it acknowledged: it is reconciled once more.
    (State.RECONCILED, Step.ARRIVE): State.ARRIVED,
    (State.RECONCILED, Step.END): State.ENDED,
}
LEFT = frozenset({State.HANDED_OVER, State.ARRIVED, State.RECONCILED, State.ENDED})
"""It is out of the house."""


class Told(StrEnum):
    """What the receiver said of one thing; a consignment that has arrived holds all that nothing else is said of."""

    RECEIVED = "received"
    MISSING = "missing"
    DAMAGED = "damaged"
    REJECTED = "rejected"


def after(state: State, step: Step) -> State | None:
    """The state after a step; None where the step is not for that state."""
    return _NEXT.get((state, step))


def steps(state: State) -> tuple[Step, ...]:
    """What may be done next."""
    return tuple(step for step in Step if after(state, step) is not None)
