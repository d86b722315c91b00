"""Where things are kept: rooms, freezers, shelves, boxes and their positions. Pure, nothing stored.

A box holds a tube in a position; a place stands in another place. Where a thing is follows from that, so whoever moves
a box moves all that is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from gms_desktop.domain.racks.wells import Shape


class Kind(StrEnum):
    """What sort of place it is, the widest first. A place stands in a wider one."""

    ROOM = "room"
    FREEZER = "freezer"
    SHELF = "shelf"
    BOX = "box"

    @property
    def width(self) -> int:
        """Its place in the order, 0 for the widest."""
        return list(Kind).index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    Attributes:
        code: scanned from its label.
        kind: what it is.
        within: the place it stands in; empty for a room.
        frozen: whether what is taken out of it thaws.
        shape: the positions of a box.
    """

    code: str
    kind: Kind
    within: str = ""
    frozen: bool = False
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A position in a box."""

    box: str
    position: str


class Why(StrEnum):
    """Why something is not put or moved."""

    TAKEN = "position taken"
    NO_SUCH_PLACE = "no such place"
    NO_SUCH_POSITION = "no such position"
    NOT_WIDER = "does not go into that"
    NOT_STORED = "is not stored"
    NOT_EMPTY = "is not empty"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why, and what is in the way."""

    why: Why
    about: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """All places, and what stands in each position of the boxes."""

    places: Mapping[str, Place] = field(default_factory=dict)
    contents: Mapping[Spot, str] = field(default_factory=dict)

    def spot(self, tube: str) -> Spot | None:
        """Where a tube is."""
        return next((spot for spot, held in self.contents.items() if held == tube), None)

    def path(self, code: str) -> tuple[str, ...]:
        """The places around a place, itself last: room, freezer, shelf, box."""
        found: list[str] = []
        while code in self.places and code not in found:
            found.append(code)
            code = self.places[code].within
        return tuple(reversed(found))

    def boxes(self, within: str) -> tuple[str, ...]:
        """Every box in a place, however deep: what is carried when a freezer fails."""
        return tuple(one.code for one in self.places.values() if one.kind is Kind.BOX and within in self.path(one.code))

    def held(self, within: str) -> dict[Spot, str]:
        """All that is in a place."""
        boxes = frozenset(self.boxes(within))
        return {spot: tube for spot, tube in self.contents.items() if spot.box in boxes}

    def is_frozen(self, place: str) -> bool:
        """Whether the place, or one around it, is frozen."""
        return any(self.places[one].frozen for one in self.path(place))


def add(store: Store, place: Place) -> Store | Refusal:
    """Register a place."""
    refused = _stands(store, place)
    return refused or replace(store, places={**store.places, place.code: place})


def move(store: Store, code: str, within: str) -> Store | Refusal:
    """Put a place into another one. All that is in it goes with it."""
    if code not in store.places:
        return Refusal(Why.NO_SUCH_PLACE, code)
    return add(store, replace(store.places[code], within=within))


def put(store: Store, spot: Spot, tube: str) -> Store | Refusal:
    """Put a tube into a position. From where it was before, it is gone."""
    box = store.places.get(spot.box)
    if box is None or box.shape is None:
        return Refusal(Why.NO_SUCH_PLACE, spot.box)
    if not box.shape.holds(spot.position):
        return Refusal(Why.NO_SUCH_POSITION, spot.position)
    there = store.contents.get(spot, tube)
    if there != tube:
        return Refusal(Why.TAKEN, there)
    left = {other: held for other, held in store.contents.items() if held != tube}
    return replace(store, contents={**left, spot: tube})


def take_out(store: Store, tube: str) -> Store | Refusal:
    """Take a tube out."""
    if store.spot(tube) is None:
        return Refusal(Why.NOT_STORED, tube)
    return replace(store, contents={spot: held for spot, held in store.contents.items() if held != tube})


def withdraw(store: Store, code: str) -> Store | Refusal:
    """Take a place out of use. Nothing may be in it."""
    if code not in store.places:
        return Refusal(Why.NO_SUCH_PLACE, code)
    inside = [one.code for one in store.places.values() if one.within == code] or list(store.held(code).values())
    if inside:
        return Refusal(Why.NOT_EMPTY, inside[0])
    return replace(store, places={other: one for other, one in store.places.items() if other != code})


def _stands(store: Store, place: Place) -> Refusal | None:
    """Why a place cannot stand where it is said to."""
    if place.kind is Kind.ROOM:
        return Refusal(Why.NOT_WIDER, place.within) if place.within else None
    outer = store.places.get(place.within)
    if outer is None:
        return Refusal(Why.NO_SUCH_PLACE, place.within)
    if outer.kind.width >= place.kind.width or place.code in store.path(outer.code):
        return Refusal(Why.NOT_WIDER, outer.code)
    return None


@dataclass(frozen=True, slots=True)
class Outing:
    """A tube that was taken out of storage, and came back or did not.

    Attributes:
        tube: which.
        by: who took it.
        reason: what for.
        due: when it was to be back; None where nobody said.
        from_frozen: whether it came out of a frozen place.
        kept_frozen: whether it was kept frozen all the while, as when a failed freezer was emptied on dry ice.
        back: when it was put away again.
    """

    tube: str
    by: str
    reason: str
    due: datetime | None = None
    from_frozen: bool = False
    kept_frozen: bool = False
    back: datetime | None = None


def thaws(outings: Iterable[Outing], tube: str) -> int:
    """How often a tube was thawed. One that is out of the freezer now counts already."""
    return sum(one.tube == tube and one.from_frozen and not one.kept_frozen for one in outings)


def overdue(outings: Iterable[Outing], now: datetime) -> tuple[Outing, ...]:
    """Tubes that should be back, the longest due first."""
    out = [(one.due, one) for one in outings if one.back is None and one.due is not None and one.due < now]
    return tuple(one for _, one in sorted(out, key=lambda each: each[0]))
