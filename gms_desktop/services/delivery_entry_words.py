"""Entries about deliveries in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import delivery_look_up, look_up
from gms_desktop.register import lots as lot_register
from gms_desktop.services import deliveries


def _arrived(_db: Database, entry: Entry) -> str:
    body = entry.body
    bags = ", ".join(bag["code"] for bag in body["bags"])
    return f"enter delivery of {body['carrier'] or 'a carrier not stated'}" + (f", bags {bags}" if bags else "")


def _bag(_db: Database, entry: Entry) -> str:
    verb = {"delivery.bag_found": "add bag", "delivery.leaked": "mark a leak in bag"}.get(entry.kind, "book from bag")
    return f"{verb} {entry.body['bag']}" if entry.body["bag"] else "book from a delivery"


def _closed(db: Database, entry: Entry) -> str:
    stated = "not stated" if entry.body["stated"] is None else f"{entry.body['stated']} stated"
    return f"close {_named(db, entry.body['delivery'])}: {stated}, {entry.body['found']} found"


def _named(db: Database, delivery: str) -> str:
    row, laboratory = delivery_look_up.delivery(db, delivery), look_up.laboratory(db)
    return deliveries.name(row, laboratory["time_zone"]) if row and laboratory else "delivery"


def _lot(db: Database, entry: Entry) -> str:
    row = lot_register.lot(db, entry.body["lot"])
    return f"lot {row['number'] if row else 'not known'}"


def _linked(_db: Database, entry: Entry) -> str:
    return f"{'part from' if entry.body['parted'] else 'link with'} {entry.body['relation']}"


def _plain(words: str) -> Callable[[Database, Entry], str]:
    return lambda _db, _entry: words


WORDS: Mapping[str, Callable[[Database, Entry], str]] = {
    "delivery.arrived": _arrived,
    "delivery.bag_found": _bag,
    "delivery.taken_up": _bag,
    "delivery.leaked": _bag,
    "delivery.closed": _closed,
    "delivery.opened_again": _plain("open a closed delivery again"),
    "delivery.put_away": _plain("book from no delivery"),
    "lot.entered": lambda _db, entry: (
        f"enter lot {entry.body['number']} of {entry.body['words'] or entry.body['gtin']}"
    ),
    "lot.released": lambda db, entry: f"release {_lot(db, entry)} for use as {entry.body['words']}",
    "lot.ended": lambda db, entry: f"{_lot(db, entry)} is {entry.body['how']}",
    "item.passed_on": _plain("pass something on unopened"),
    "item.form_found": _plain("record a form without its specimen"),
    "patient.named": _plain("add a later name"),
    "specimen.linked": _linked,
    "item.answered": _plain("record what became of a form"),
}
