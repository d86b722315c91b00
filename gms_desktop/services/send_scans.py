"""A scan at send-aways: a consignment, its box or bag, or a thing that goes in, with every reason why it does not."""

from __future__ import annotations

from dataclasses import replace

from devices.values import Entered, Scan
from gms_desktop import send_words, words
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.packing import Item, Stop, Why, stops
from gms_desktop.domain.consignments.standing import State
from gms_desktop.domain.racks.saving import Purpose
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, rack_look_up, storage_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    case_list,
    incoming_commands,
    parcel_labels,
    send_item,
    send_together,
    sent_things,
    site_rules,
    storing,
)
from gms_desktop.services.at_send import AtSend
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.stored_things import Thing

PLACE = "send_away"
DISPATCH = "dispatch"
_SAID_OF_A_RACK = 3


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    """Answer one scan at send-aways."""
    desk.told = {"by": said.entered.value, "device": said.source}
    if desk.question:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    return replace(_scan(ledger, desk, code, said), place=PLACE)


def _scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    text = said.text.strip()
    named = parcel_labels.CODE.fullmatch(text)
    row = consignment_look_up.by_number(ledger.db, (named["number"] if named else text).upper())
    if row is not None:
        return show(ledger, desk, row, named["container"] if named else "")
    thing = sent_things.of_code(ledger.db, code, text)
    if thing is None:
        if case_list.held_code(ledger.db, code) is not None:
            return Outcome(send_words.not_packed((Stop(Why.DISPUTED),), text))
        came = incoming_commands.by_number(ledger, desk, text)
        return came or Outcome(send_words.not_sent(text if not code.private else "This code"))
    return _thing(ledger, desk, thing, typed=said.entered is Entered.TYPED)


def show(ledger: Ledger, desk: Desk, row: Row, container: str = "") -> Outcome:
    """Bring a consignment into view, or one of its boxes or bags while it is open."""
    state = State(row["state"])
    if container and state is State.OPEN:
        desk.send = AtSend(consignment=row["id"], container=container)
        return Outcome(send_words.into_container(container))
    desk.send = AtSend(consignment=row["id"])
    many = consignment_look_up.count(ledger.db, row["id"])
    return Outcome(send_words.shown(str(row["number"]), str(row["name"]), state, many))


def _thing(ledger: Ledger, desk: Desk, thing: Thing, *, typed: bool) -> Outcome:
    db = ledger.db
    desk.send = replace(desk.send, item=thing.id, sort=thing.sort)
    row = consignment_look_up.consignment(db, desk.send.consignment)
    if row is None:
        return Outcome(send_words.where_packed(thing.name, where(db, thing)))
    destination, state = send_item.profile(db, row), State(row["state"])
    if state is not State.OPEN:
        packed = consignment_look_up.packed_in(db, thing.sort, thing.id)
        if packed is not None:
            return Outcome(send_words.where_packed(thing.name, where(db, thing)))
        return Outcome(send_words.not_open(str(row["number"]), state))
    if destination is None:
        return Outcome(send_words.no_profile())
    if case_list.held(db, f"consignment:{row['id']}") is not None:
        return Outcome(send_words.in_open_case(str(row["number"])))
    if typed:
        return Outcome(send_words.scan_it(sent_things.number_of(thing)))
    if thing.sort == "rack" and "tube" in destination.accepts:
        return _rack(ledger, desk, row, destination, thing)
    return _one(ledger, desk, row, destination, thing)


def _one(ledger: Ledger, desk: Desk, row: Row, destination: Destination, thing: Thing) -> Outcome:
    site, many = site_rules.packing(ledger.db), consignment_look_up.count(ledger.db, row["id"])
    item = send_item.item_of(ledger.db, thing, destination, site, row["id"])
    found = stops(item, destination, site, many)
    if found:
        return Outcome(send_words.not_packed(found, thing.name))
    container = desk.send.container
    verdict = send_words.packed(thing.name, many + 1, str(row["number"]), container, item.concessions)
    drafts = (_packed(ledger, desk, row, thing, item, container), *_out_of_storage(ledger, desk, destination, thing))
    return Outcome(send_together.packed(ledger.db, verdict, row["id"], (thing,)), drafts)


def _rack(ledger: Ledger, desk: Desk, row: Row, destination: Destination, rack: Thing) -> Outcome:
    """All tubes of a rack go in, or none: by its last reading, which was saved whole for dispatch."""
    db, known = ledger.db, rack_look_up.rack(ledger.db, rack.id)
    code = sent_things.number_of(rack)
    if known is None or not known["read"] or known["settled"] != known["read"]:
        return Outcome(send_words.rack_not_read(code))
    if known["settled_for"] != Purpose.DISPATCH:
        return Outcome(send_words.rack_not_read(code))
    tubes = [Thing("tube", one["id"], f"Tube {one['code']}") for one in rack_look_up.tubes_in_rack(db, rack.id)]
    if not tubes:
        return Outcome(send_words.rack_is_empty(code))
    return _tubes(ledger, desk, row, destination, rack, tubes)


def _tubes(ledger: Ledger, desk: Desk, row: Row, destination: Destination, rack: Thing, tubes: list[Thing]) -> Outcome:
    db, site, code = ledger.db, site_rules.packing(ledger.db), sent_things.number_of(rack)
    many, drafts, refused, before = consignment_look_up.count(db, row["id"]), list[Draft](), list[str](), 0
    for tube in tubes:
        item = send_item.item_of(db, tube, destination, site, row["id"])
        if item.packed_here:
            before += 1
            continue
        found = stops(item, destination, site, many)
        if found:
            refused.append(send_words.stop(found[0], tube.name))
        else:
            drafts.append(_packed(ledger, desk, row, tube, item, desk.send.container or f"RACK {code}"))
            drafts += _out_of_storage(ledger, desk, destination, tube)
            many += 1
    if refused:
        return Outcome(send_words.rack_not_packed(code, refused[:_SAID_OF_A_RACK], len(refused)))
    verdict = send_words.rack_packed(code, len(tubes), str(row["number"]), before)
    return Outcome(send_together.packed(db, verdict, row["id"], tubes), tuple(drafts))


def _packed(ledger: Ledger, desk: Desk, row: Row, thing: Thing, item: Item, container: str) -> Draft:
    last = f"last:{thing.subject}"
    body = {
        "consignment": row["id"],
        "item": thing.id,
        "sort": thing.sort,
        "number": item.number,
        "container": container or None,
        "concessions": list(item.concessions),
        "follows": _left_behind_by(ledger.db, row, thing),
        "rests_on": ledger.driver.holders([last])[last],
        "bench": desk.place.bench,
    }
    return Draft("consignment.item_packed", body, input=desk.told)


def _out_of_storage(ledger: Ledger, desk: Desk, destination: Destination, thing: Thing) -> tuple[Draft, ...]:
    """What stands in a place leaves it for the consignment; it stays frozen where the receiver wants it so."""
    known = storage_look_up.stored(ledger.db, thing.id)
    if known is None or known["state"] != "in":
        return ()
    frozen = "frozen" in destination.temperature.casefold()
    return storing.take_out(ledger, desk, thing, DISPATCH, None, kept_frozen=frozen)


def _left_behind_by(db: Database, row: Row, thing: Thing) -> str | None:
    """The consignment that this one follows, where it left the thing behind."""
    former = consignment_look_up.item(db, row["follows"], thing.id) if row["follows"] else None
    return str(row["follows"]) if former is not None and former["state"] == "left behind" else None


def where(db: Database, thing: Thing) -> str:
    """Where a thing is packed or was sent, in words; empty where it never was."""
    row = consignment_look_up.packed_in(db, thing.sort, thing.id)
    if row is None:
        return ""
    return f"in {row['number']} for {row['name']}, {send_words.STATES[State(row['state'])]}"
