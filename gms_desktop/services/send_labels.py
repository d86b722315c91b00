"""Labels of a consignment's box and bag: the address on it, its code proved, no UN3373 mark on suspected Category A."""

from __future__ import annotations

from gms_desktop import send_words
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.packing import Item, may_be_marked
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import send_item, sent_things, site_rules
from gms_desktop.services.find import local_minute
from gms_desktop.services.receive import Desk

BOX, BAG = "box-100x150", "bag-50x100"
_DPI = 300


def label(ledger: Ledger, desk: Desk) -> bytes:
    """The label of the box or bag that is open, or of the first box, as PDF.

    Raises:
        Refused: no consignment is in view, or the address does not fit.
    """
    row = consignment_look_up.consignment(ledger.db, desk.send.consignment)
    destination = send_item.profile(ledger.db, row) if row else None
    if row is None or destination is None:
        raise Refused(send_words.label_first())
    container = desk.send.container or "BOX-01"
    data = said(ledger.db, row, destination, container, desk.time_zone)
    return _pdf(BAG if container.startswith("BAG") else BOX, data, destination)


def said(db: Database, row: Row, destination: Destination, container: str, time_zone: str) -> dict[str, object]:
    """What stands on the label."""
    laboratory = look_up.laboratory(db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    sort, _, place = container.partition("-")
    data: dict[str, object] = {
        "code": f"{row['number']}-{container}",
        "to": ", ".join(dict.fromkeys((destination.name, *destination.address))),
        "sender": str(laboratory["name"]),
        "contact": destination.telephone,
        sort.lower(): f"{sort.lower()} {int(place or 1)}",
        "keep": destination.temperature,
        "dispatched": local_minute(row["handed_at"], time_zone) if row["handed_at"] else "",
        "contents": f"{consignment_look_up.count(db, row['id'])} in the consignment",
        "priority": "URGENT" if row["priority"] == "urgent" else "",
        "un3373": _marked(db, row, destination),
        "hazard": any(item.high_risk for item in _items(db, row, destination)),
        "rehearsal": bool(laboratory["rehearsal"]),
    }
    return {name: value for name, value in data.items() if value not in {"", None}}


def _marked(db: Database, row: Row, destination: Destination) -> bool:
    suspected = sum(item.category_a for item in _items(db, row, destination))
    return may_be_marked(destination.category_b, suspected, site_rules.packing(db))


def _items(db: Database, row: Row, destination: Destination) -> list[Item]:
    site, found = site_rules.packing(db), []
    for one in consignment_look_up.items(db, row["id"]):
        thing = sent_things.of_row(db, one["sort"], one["item"])
        if thing is not None:
            found.append(send_item.item_of(db, thing, destination, site, row["id"]))
    return found


def _pdf(name: str, data: dict[str, object], destination: Destination) -> bytes:
    # Drawing and decoding are loaded with the first label.
    from gms_desktop.documents.label import LabelRefused
    from gms_desktop.documents.label_layout import product_layout
    from gms_desktop.documents.label_pixels import Form, prove_data

    layout = product_layout(name)
    known = {one: value for one, value in data.items() if one in {datum.name for datum in layout.data}}
    try:
        return prove_data(known, layout, _DPI, Form.PDF).payload
    except LabelRefused as fault:
        raise Refused(send_words.address_too_long(destination.name)) from fault
