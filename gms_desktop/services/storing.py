"""Drafts of storage: a thing put away, taken out or discarded, and what thawed with it."""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop.domain.storage import Store
from gms_desktop.journal.database import Row
from gms_desktop.register import storage_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import stored_things
from gms_desktop.services.receive import Desk
from gms_desktop.services.stored_things import Thing

# An entry touches 200 subjects at most: so many of a box thaw in one.
_LOT = 100
_RACK = "put into a rack"


def put(ledger: Ledger, desk: Desk, thing: Thing, place: str, position: str) -> tuple[Draft, ...]:
    """A thing goes into a place."""
    known = storage_look_up.stored(ledger.db, thing.id)
    former = _former(ledger, thing, known)
    store = stored_things.around(ledger.db, former, place)
    thawed = _leaves_frozen(store, former) and not store.is_frozen(place)
    body = {
        "item": thing.id,
        "sort": thing.sort,
        "place": place,
        "position": position or None,
        "former": former,
        "thawed": thawed,
        "how": desk.told.get("by", "scanned"),
        "bench": desk.place.bench,
        "follows": _follows(ledger, thing, place, former),
    }
    draft = Draft("stored.put_away", body, input=desk.told)
    return (draft, *(_thawed(ledger, desk, thing) if thawed else ()))


def take_out(
    ledger: Ledger, desk: Desk, thing: Thing, reason: str, due: str | None, *, kept_frozen: bool
) -> tuple[Draft, ...]:
    """A thing leaves where it is kept, and what is in it with it."""
    known = storage_look_up.stored(ledger.db, thing.id)
    former = _former(ledger, thing, known)
    thawed = not kept_frozen and _leaves_frozen(stored_things.around(ledger.db, former), former)
    body = {
        "item": thing.id,
        "sort": thing.sort,
        "former": former,
        "position": known["position"] if known else None,
        "reason": reason,
        "due": due,
        "thawed": thawed,
        "bench": desk.place.bench,
        "follows": _follows(ledger, thing, former),
    }
    draft = Draft("stored.taken_out", body, input=desk.told)
    return (draft, *(_thawed(ledger, desk, thing) if thawed else ()))


def into_rack(ledger: Ledger, desk: Desk, tube: Row, rack: str) -> tuple[Draft, ...]:
    """A tube that stood in a box leaves it for a rack; one that stood in none leaves nothing."""
    known = storage_look_up.stored(ledger.db, tube["id"])
    if known is None or known["state"] != "in":
        return ()
    beside = storage_look_up.stored(ledger.db, rack)
    onto = beside["place"] if beside else None
    cold = _leaves_frozen(stored_things.around(ledger.db, onto), onto)
    thing = Thing("tube", tube["id"], str(tube["code"]))
    return take_out(ledger, desk, thing, _RACK, None, kept_frozen=cold)


def former_place(ledger: Ledger, thing: Thing) -> str | None:
    """The place that a thing stands in now."""
    return _former(ledger, thing, storage_look_up.stored(ledger.db, thing.id))


def _former(ledger: Ledger, thing: Thing, known: Row | None) -> str | None:
    if thing.sort == "place":
        row = storage_look_up.place(ledger.db, thing.id)
        return str(row["within"]) if row and row["within"] else None
    return str(known["place"]) if known and known["place"] else None


def _leaves_frozen(store: Store, place: str | None) -> bool:
    return bool(place) and store.is_frozen(str(place))


def _thawed(ledger: Ledger, desk: Desk, thing: Thing) -> Iterator[Draft]:
    inside = [[one.sort, one.id] for one in stored_things.within(ledger.db, thing.sort, thing.id)]
    for first in range(0, len(inside), _LOT):
        body = {"items": inside[first : first + _LOT], "with": thing.subject, "bench": desk.place.bench}
        yield Draft("stored.thawed", body, input=desk.told)


def _follows(ledger: Ledger, thing: Thing, *places: str | None) -> list[list[str | None]]:
    subjects = [f"stored:{thing.id}", *(f"place:{one}" for one in dict.fromkeys(places) if one)]
    last = ledger.driver.holders([f"last:{subject}" for subject in subjects])
    return [[subject, last[f"last:{subject}"]] for subject in subjects]
