"""A scan at storage: a place or position, then what goes there; or a thing alone, to see where it stands."""

from __future__ import annotations

from dataclasses import replace

from devices.values import Entered, Scan
from gms_desktop import storage_words, stored_words, words
from gms_desktop.domain.identifiers import place_code
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.storage import Kind, Place, Refusal, Spot, Store, Why, add, move, put
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Row
from gms_desktop.register import rack_look_up, storage_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import box_check, case_list, rack_scans, stored_things, storing
from gms_desktop.services.at_storage import AtStorage
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.stored_things import Thing

PLACE = "storage"


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    """Answer one scan at storage."""
    desk.told = {"by": said.entered.value, "device": said.source}
    if desk.question:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    typed = said.entered is Entered.TYPED
    named = place_code.parts(said.text)
    if named is not None:
        return replace(_place(ledger, desk, *named, typed=typed), place=PLACE)
    return replace(_thing(ledger, desk, code, said.text.strip(), typed=typed), place=PLACE)


def _place(ledger: Ledger, desk: Desk, code: str, position: str, *, typed: bool) -> Outcome:
    row = storage_look_up.place_by_code(ledger.db, code)
    if row is None:
        return Outcome(stored_words.unknown_place(code))
    if case_list.held(ledger.db, f"place:{row['id']}") is not None:
        return Outcome(stored_words.in_dispute(str(row["name"])))
    if desk.storage.checking:
        return _while_checking(ledger, desk, row, position)
    if position:
        return _position(ledger, desk, row, position)
    onto = storage_look_up.place(ledger.db, desk.storage.place)
    if onto is not None and onto["id"] != row["id"] and _goes_into(ledger, row, onto):
        if typed:
            return Outcome(stored_words.scan_its_code(code))
        return _put_whole(ledger, desk, Thing("place", row["id"], str(row["name"])), onto)
    return open_place(ledger, desk, row)


def _while_checking(ledger: Ledger, desk: Desk, row: Row, position: str) -> Outcome:
    """A position of the box that is checked is the one looked at next; another place waits."""
    shape = Shape(row["rows"], row["columns"]) if row["rows"] else None
    if row["id"] != desk.storage.place or shape is None or not shape.holds(position):
        return Outcome(stored_words.end_check_first(stored_things.place_words(ledger.db, desk.storage.place)))
    desk.storage = replace(desk.storage, position=position)
    return Outcome(stored_words.looks_at(position))


def _goes_into(ledger: Ledger, row: Row, onto: Row) -> bool:
    """A box scanned at another shelf than its own goes there; where it stands in it already, it is opened."""
    stands = {one["id"] for one in stored_things.path(ledger.db, row["id"])}
    return onto["id"] not in stands and Kind(row["kind"]).width > Kind(onto["kind"]).width


def open_place(ledger: Ledger, desk: Desk, row: Row) -> Outcome:
    """Open a place: what is scanned from now on goes there."""
    desk.storage = AtStorage(place=row["id"])
    inside = len(storage_look_up.contents(ledger.db, row["id"]))
    if row["kind"] != Kind.BOX:
        inside += len(storage_look_up.inside(ledger.db, row["id"]))
    free = row["rows"] * row["columns"] - inside if row["rows"] else 0
    where = stored_things.place_words(ledger.db, row["id"])
    return Outcome(stored_words.place_opened(where, inside, free, box=bool(row["rows"])))


def _position(ledger: Ledger, desk: Desk, row: Row, position: str) -> Outcome:
    store = stored_things.around(ledger.db, row["id"])
    shape, where = store.places[row["id"]].shape, stored_things.place_words(ledger.db, row["id"])
    desk.storage = AtStorage(place=row["id"])
    if shape is None or not shape.holds(position):
        return Outcome(stored_words.no_position(position, where))
    held = storage_look_up.at(ledger.db, row["id"], position)
    if held:
        return Outcome(stored_words.position_taken(position, where, _named(ledger, held)))
    desk.storage = AtStorage(place=row["id"], position=position)
    return Outcome(stored_words.position_named(position, where))


def _named(ledger: Ledger, held: list[Row]) -> str:
    return words.names(tuple(stored_things.name_of(ledger.db, one["sort"], one["id"]) for one in held))


def _thing(ledger: Ledger, desk: Desk, code: Resolved, text: str, *, typed: bool) -> Outcome:
    if case_list.held_code(ledger.db, code) is not None:
        return Outcome(stored_words.in_dispute(code.code))
    thing = stored_things.of_code(ledger.db, code, text)
    if thing is None:
        return Outcome(stored_words.not_for_storage(text))
    held = (case_list.held(ledger.db, one) for one in (thing.subject, f"stored:{thing.id}"))
    if any(one is not None for one in held):
        return Outcome(stored_words.in_dispute(thing.name))
    known = storage_look_up.stored(ledger.db, thing.id)
    if known is not None and known["state"] == "gone":
        return Outcome(stored_words.is_gone(thing.name, known["route"]))
    if desk.storage.checking:
        return Outcome(stored_words.scan_its_code(thing.name)) if typed else box_check.said(ledger, desk, thing)
    onto = storage_look_up.place(ledger.db, desk.storage.place)
    if typed and desk.storage.disposal:
        return Outcome(stored_words.scan_its_code(thing.name))
    if onto is None or desk.storage.disposal:
        return _alone(ledger, desk, thing)
    if known is not None and known["place"] == onto["id"] and not desk.storage.position:
        desk.storage = replace(desk.storage, item=thing.id, sort=thing.sort)
        where = stored_things.place_words(ledger.db, onto["id"])
        return Outcome(stored_words.stands_here(thing.name, known["position"] or "", where))
    if typed:
        return Outcome(stored_words.scan_its_code(thing.name))
    return _put_whole(ledger, desk, thing, onto) if thing.sort == "rack" else _put_in_box(ledger, desk, thing, onto)


def _alone(ledger: Ledger, desk: Desk, thing: Thing) -> Outcome:
    """A thing scanned without a place: it is in hand, and may be taken out."""
    desk.storage = AtStorage(item=thing.id, sort=thing.sort, disposal=desk.storage.disposal)
    return Outcome(stored_words.found(thing.name, stands(ledger, thing)))


def stands(ledger: Ledger, thing: Thing) -> str:
    """Where a thing stands, or stood last, in words."""
    db, row = ledger.db, storage_look_up.stored(ledger.db, thing.id)
    if thing.sort == "place":
        return stored_things.place_words(db, thing.id)
    rest = stored_things.was(db, row)
    return stored_things.where(db, row) or (f"out, last in {rest}" if rest else "it was never put away")


def _put_in_box(ledger: Ledger, desk: Desk, thing: Thing, onto: Row) -> Outcome:
    where = stored_things.place_words(ledger.db, onto["id"])
    store = stored_things.around(ledger.db, onto["id"])
    shape = store.places[onto["id"]].shape
    if shape is None:
        return Outcome(stored_words.needs_box(thing.name, where))
    if (refusal := _out_of_order(ledger, onto)) is not None:
        return refusal
    position = desk.storage.position or next_free(store, onto["id"])
    if not position:
        return Outcome(stored_words.full(where))
    after = put(store, Spot(onto["id"], position), thing.id)
    if isinstance(after, Refusal):
        return Outcome(_refused(ledger, after, position, where))
    former = stored_things.where(ledger.db, storage_look_up.stored(ledger.db, thing.id))
    drafts = storing.put(ledger, desk, thing, onto["id"], position)
    tube = rack_look_up.tube(ledger.db, thing.id) if thing.sort == "tube" else None
    if tube is not None and tube["rack"]:
        drafts = (*drafts, rack_scans.taken_out(ledger, desk, tube))
    desk.storage = AtStorage(place=onto["id"])
    return Outcome(stored_words.put_away(thing.name, position, where, former), drafts)


def next_free(store: Store, box: str) -> str:
    """The next free position of a box, column by column; none where it is full."""
    shape = store.places[box].shape
    return next((one for one in shape.wells if Spot(box, one) not in store.contents), "") if shape else ""


def _put_whole(ledger: Ledger, desk: Desk, thing: Thing, onto: Row) -> Outcome:
    """A rack, a box or a whole freezer goes into a wider place, with all that is in it."""
    where = stored_things.place_words(ledger.db, onto["id"])
    if (refusal := _out_of_order(ledger, onto)) is not None:
        return refusal
    store = stored_things.around(ledger.db, onto["id"], thing.id if thing.sort == "place" else None)
    # A rack takes the room of a box, and has its own code.
    after = (
        move(store, thing.id, onto["id"])
        if thing.sort == "place"
        else add(store, Place(thing.id, Kind.BOX, onto["id"]))
    )
    if isinstance(after, Refusal):
        return Outcome(stored_words.does_not_go(thing.name, where))
    former = stored_things.place_words(ledger.db, storing.former_place(ledger, thing))
    inside = sum(1 for _ in stored_things.within(ledger.db, thing.sort, thing.id))
    drafts = storing.put(ledger, desk, thing, onto["id"], "")
    return Outcome(stored_words.moved(thing.name, where, former, inside), drafts)


def _out_of_order(ledger: Ledger, onto: Row) -> Outcome | None:
    stopped = next((row for row in stored_things.path(ledger.db, onto["id"]) if row["state"] == "out of order"), None)
    return Outcome(stored_words.warns_out_of_order(str(stopped["name"]))) if stopped else None


def _refused(ledger: Ledger, after: Refusal, position: str, where: str) -> Verdict:
    if after.why is Why.TAKEN:
        held = storage_look_up.stored(ledger.db, after.about)
        name = stored_things.name_of(ledger.db, held["sort"], after.about) if held else after.about
        return stored_words.position_taken(position, where, name)
    return words.refused("Not put away", storage_words.refused(after))
