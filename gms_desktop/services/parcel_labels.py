"""The label of a consignment's box or bag: the address on it, and no UN3373 mark on suspected Category A."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from gms_desktop.domain import dates
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.packing import Item, may_be_marked
from gms_desktop.domain.label_sorts import LabelSort
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, look_up
from gms_desktop.services import send_item, sent_things, site_rules

if TYPE_CHECKING:
    from gms_desktop.services.at_send import AtSend

SUBJECT = "consignment"
CODE = re.compile(r"(?P<number>[0-9A-Za-z]+)-(?P<container>(BOX|BAG)-[0-9]{2})")
"""What stands in the code of a box or bag."""
_FIRST = "BOX-01"


def in_hand(at: AtSend) -> str:
    """What the label in question is stuck on: the box or bag that is open, or the first box; empty where none is."""
    return f"{SUBJECT}:{at.consignment}:{at.container or _FIRST}" if at.consignment else ""


def of_code(db: Database, code: str) -> str:
    """The box or bag that has a code; empty where none has."""
    named = CODE.fullmatch(code)
    row = consignment_look_up.by_number(db, named["number"].upper()) if named else None
    return f"{SUBJECT}:{row['id']}:{named['container']}" if row is not None and named else ""


def sort_of(name: str) -> LabelSort | None:
    """A box or a bag; None for a consignment as a whole, which has no label."""
    container = name.partition(":")[2]
    return None if not container else LabelSort.BAG if container.startswith("BAG") else LabelSort.BOX


def data(db: Database, name: str) -> dict[str, object]:
    """What stands on it; nothing where the consignment or its destination is not known."""
    consignment, _, container = name.partition(":")
    row = consignment_look_up.consignment(db, consignment)
    destination = send_item.profile(db, row) if row else None
    if row is None or destination is None or not container:
        return {}
    return _said(db, row, destination, container)


def _said(db: Database, row: Row, destination: Destination, container: str) -> dict[str, object]:
    laboratory = look_up.laboratory(db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    sort, _, place = container.partition("-")
    zone, items = laboratory["time_zone"], _items(db, row, destination)
    said: dict[str, object] = {
        "code": f"{row['number']}-{container}",
        "to": ", ".join(dict.fromkeys((destination.name, *destination.address))),
        "sender": str(laboratory["name"]),
        "contact": destination.telephone,
        sort.lower(): f"{sort.lower()} {int(place)}",
        "keep": destination.temperature,
        "dispatched": _minute(row["handed_at"], zone),
        "contents": f"{consignment_look_up.count(db, row['id'])} in the consignment",
        "priority": "URGENT" if row["priority"] == "urgent" else "",
        "hazard": any(item.high_risk for item in items),
    }
    if sort == "BOX":
        suspected = sum(item.category_a for item in items)
        said["un3373"] = may_be_marked(destination.category_b, suspected, site_rules.packing(db))
    return {name: value for name, value in said.items() if value not in {"", None}}


def _minute(at: str | None, zone: str) -> str:
    return dates.display_minute(dates.to_local(datetime.fromisoformat(at), zone)) if at else ""


def _items(db: Database, row: Row, destination: Destination) -> list[Item]:
    site, found = site_rules.packing(db), []
    for one in consignment_look_up.items(db, row["id"]):
        thing = sent_things.of_row(db, one["sort"], one["item"])
        if thing is not None:
            found.append(send_item.item_of(db, thing, destination, site, row["id"]))
    return found
