"""What became of specimens, entry by entry, as the integration engine is told of it (FHIR fragments, draft).

Booked in on arrival; rejected at reception; sent when the courier has the consignment; received or rejected as its
receiver said. An entry that stands refused, or that says nothing of this, gives nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256

from gms_desktop.domain.consignments.standing import Told
from gms_desktop.exchange.fhir import order
from gms_desktop.exchange.fhir.status import Event, Status
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import consignment_look_up, look_up
from gms_desktop.services import examined, hold_terms, send_item, send_signed, sent_things, site_rules
from gms_desktop.services.people_words import person

_ARRIVED = "consignment.arrived"
_REJECTED = "rejected"
_EVENTS = {Told.RECEIVED: Event.RECEIVED, Told.DAMAGED: Event.RECEIVED, Told.REJECTED: Event.REJECTED}
"""What a receiver says of a thing, as the guide has it: what is damaged is there; what is missing has no status."""


def statuses(db: Database, entry: Entry) -> Iterator[Status]:
    """What an entry says of specimens, one after the other.

    Args:
        db: the register, with this entry in it.
        entry: one that stands, of one of :data:`KINDS`.
    """
    return _OF[entry.kind](db, entry)


def _booked_in(db: Database, entry: Entry) -> Iterator[Status]:
    yield from _of_specimen(db, entry, entry.body["specimen"], Event.BOOKED_IN, entry.occurred_at)


def _decided(db: Database, entry: Entry) -> Iterator[Status]:
    if entry.body["outcome"] == _REJECTED:
        words = site_rules.reason_words(db)
        note = "; ".join(words.get(code, code) for code in _codes(entry.body["reasons"]))
        yield from _of_specimen(db, entry, entry.body["specimen"], Event.REJECTED, entry.occurred_at, note=note)


def _codes(reasons: object) -> list[str]:
    said = json.loads(reasons) if isinstance(reasons, str) else reasons
    return [str(one) for one in said] if isinstance(said, list) else []


def _sent(db: Database, entry: Entry) -> Iterator[Status]:
    for item in consignment_look_up.items(db, entry.body["consignment"]):
        yield from _of_item(db, entry, item, Event.SENT)


def _arrived(db: Database, entry: Entry) -> Iterator[Status]:
    """What the entry names; with the first word of an arrival everything that nothing else is said of was received."""
    consignment, named = entry.body["consignment"], {item: told for _, item, told in entry.body["items"]}
    about = (one.entry for one in store.of_subject(db, f"consignment:{consignment}"))
    first = next((one for one in about if one.kind == _ARRIVED), None)
    if first is not None and first.id == entry.id:
        # One act names many things in several entries: what they say stands in the register by now.
        items = {row["item"]: row["told"] or Told.RECEIVED.value for row in _items(db, consignment)}
        named = items | named
    elif first is not None and first.action == entry.action:
        return
    for item in _items(db, consignment):
        event = _EVENTS.get(Told(named[item["item"]])) if item["item"] in named else None
        if event is not None:
            note = _note(db, consignment) if event is Event.REJECTED else ""
            yield from _of_item(db, entry, item, event, note)


def _items(db: Database, consignment: str) -> list[Row]:
    return consignment_look_up.items(db, consignment)


def _note(db: Database, consignment: str) -> str:
    row = consignment_look_up.consignment(db, consignment)
    return f"Rejected by {row['name']}" if row is not None else ""


def _of_item(db: Database, entry: Entry, item: Row, event: Event, note: str = "") -> Iterator[Status]:
    row = consignment_look_up.consignment(db, entry.body["consignment"])
    thing = sent_things.of_row(db, item["sort"], item["item"])
    if row is None or thing is None:
        return
    behind = send_item.stands_behind(db, thing)
    rack, well = send_signed.stands(db, behind.tubes[0]) if thing.sort == "tube" else ("", "")
    travels = {"consignment": str(row["number"]), "rack": rack, "well": well, "note": note}
    for specimen in behind.specimens:
        yield from _of_specimen(db, entry, specimen["id"], event, entry.body["at"], item["item"], **travels)


def _of_specimen(
    db: Database, entry: Entry, name: str, event: Event, at: str, item: str = "", **more: str
) -> Iterator[Status]:
    specimen, laboratory = look_up.row(db, "specimen", name), look_up.laboratory(db)
    if specimen is None or laboratory is None:
        return
    request = hold_terms.request_of(db, name) or {}
    kind, who = examined.type_of(db, specimen), person(db, specimen["patient"])
    coded = site_rules.manifests(db).specimen.get(kind.code, "") if kind else ""
    yield Status(
        id=f"{entry.id.replace('/', '-')}-{sha256(f'{item}/{name}'.encode()).hexdigest()[:16]}",
        event=event,
        at=at,
        laboratory=str(laboratory["ods"] or ""),
        requester=str(request.get("sender") or ""),
        specimen=str(specimen["accession"]),
        order=_order(db, request),
        type_code=coded.partition("|")[0],
        type_words=str(specimen["type"] or ""),
        collected=str(specimen["collected"] or ""),
        nhs_number=who.nhs,
        **more,
    )


def _order(db: Database, request: Mapping[str, str]) -> str:
    """The number of the order, where it came as an order of FHIR: a hospital's own number is none."""
    act = look_up.row(db, "import_act", request["import"]) if request.get("import") else None
    if act is None or act["layout"] != order.LAYOUT.name:
        return ""
    return next((str(row["code"]) for row in look_up.codes_of_request(db, request["id"])), "")


_OF: Mapping[str, Callable[[Database, Entry], Iterator[Status]]] = {
    "specimen.received": _booked_in,
    "specimen.decided": _decided,
    "consignment.handed_over": _sent,
    _ARRIVED: _arrived,
}
KINDS = frozenset(_OF)
"""Kinds of entries that say something of specimens."""
