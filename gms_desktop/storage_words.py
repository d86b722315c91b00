"""Every sentence about storage: why something is not put away, why something stays, and how it leaves for good."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.disposal import Kept, Route, Stays
from gms_desktop.domain.storage import Kind, Refusal, Why

REFUSED = {
    Why.TAKEN: "This position is taken: {about} stands there. Scan a free position.",
    Why.NO_SUCH_PLACE: "{about} is no place that tubes or boxes go into. Scan a place, then what goes there.",
    Why.NO_SUCH_POSITION: "The box has no position {about}. Scan one that it has.",
    Why.NOT_WIDER: "It does not go into {about}. A box goes on a shelf or into a freezer, a freezer into a room.",
    Why.NOT_STORED: "{about} is not stored. Put it away first, or look on Find where it was last.",
    Why.NOT_EMPTY: "{about} is still in it. Move what is in it first.",
}
STAYS = {
    Kept.NOT_LAID_DOWN: "how long it is kept is not laid down",
    Kept.NOT_DUE: "not due",
    Kept.HELD: "held",
    Kept.IN_DISPUTE: "in dispute",
    Kept.RESERVED: "kept for somebody",
    Kept.AWAY: "packed in a consignment, or sent",
    Kept.AT_WORK: "in a batch that has not ended, or planned for a plate",
    Kept.LAST_OF_KIND: "the last of its kind",
    Kept.NOT_EMPTIED: "nobody said that it is empty: press It is empty first",
}
NOT_DISCARDED = {
    Stays.NOT_PROPOSED: "{about} is not on today's list. Put it back.",
    Stays.NO_REASON: "Enter why {about} goes.",
    Stays.NO_SECOND: "A second person looks on before {about} goes. Scan that person's badge.",
}
KINDS = {Kind.ROOM: "Room", Kind.FREEZER: "Freezer", Kind.SHELF: "Shelf", Kind.BOX: "Box"}
ROUTES = {
    Route.CLINICAL_WASTE: "Clinical waste",
    Route.SENSITIVE_INCINERATION: "Sensitive incineration",
    Route.CREMATION: "Cremation",
    Route.RETURN: "Return to the patient",
}


def refused(one: Refusal) -> str:
    """Why something is not put or moved, and what to do."""
    return REFUSED[one.why].format(about=one.about)


def stays(reasons: Sequence[Kept]) -> str:
    """Why an item is not on the list."""
    return ", ".join(STAYS[one] for one in reasons)


def not_discarded(why: Stays, code: str) -> str:
    """Why an item that was scanned out is not discarded, and what to do."""
    return NOT_DISCARDED[why].format(about=code)
