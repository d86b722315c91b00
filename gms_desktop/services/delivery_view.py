"""The delivery on the Receive screen, and open deliveries and forms on Today."""

from __future__ import annotations

from gms_desktop import delivery_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database
from gms_desktop.register import delivery_look_up, today_look_up
from gms_desktop.services import deliveries
from gms_desktop.services.deliveries import leak_words
from gms_desktop.services.receive import Desk
from gms_desktop.services.situation import Situation
from gms_desktop.services.today_items import MOST, mark
from gms_desktop.services.views import DeliveryLine, Offer, WorkItem, WorkList

__all__ = ["leak_words", "line", "lists"]


# How many of the newest closed deliveries are looked through for what was booked after they were counted.
_NEWEST_CLOSED = 50


def line(db: Database, desk: Desk, here: Situation | None, time_zone: str) -> DeliveryLine | None:
    """What this bench books from and what may be done about it; None while a tube is in hand and none is open."""
    at_work = desk.question is not None or (here is not None and here.in_hand is not None)
    opened = deliveries.at_bench(db, desk.place.bench, time_zone)
    if opened is None:
        return None if at_work else DeliveryLine("No delivery", delivery_words.BY_HAND, offers=_without(db))
    urgent = opened.urgent_bags
    closed = opened.row["state"] == "closed"
    more = (delivery_words.urgent_bags(urgent) if urgent else "", delivery_words.CLOSED_MEANWHILE if closed else "")
    detail = ". ".join(filter(None, (opened.line, *more)))
    kind = VerdictKind.ATTENTION if urgent or closed else None
    return DeliveryLine(f"Delivery {opened.name}", detail, kind, () if at_work else _within(bool(opened.bags)))


def _without(db: Database) -> tuple[Offer, ...]:
    made = [Offer(Command.NEW_DELIVERY, "New delivery")]
    if delivery_look_up.open_deliveries(db, 1) or delivery_look_up.closed_last(db, 1):
        made.append(Offer(Command.TAKE_UP_DELIVERY, "Go on with a delivery"))
    return (*made, *_forms(db))


def _within(bags: bool) -> tuple[Offer, ...]:
    made = [Offer(Command.NEXT_BAG, "Next bag")]
    if bags:
        made.append(Offer(Command.BAG_LEAKS, "A bag leaks"))
    made += [Offer(Command.NOT_FOR_US, "Not for us"), Offer(Command.FORM_ALONE, "Form without specimen")]
    return (
        *made,
        Offer(Command.CLOSE_DELIVERY, "Count and close"),
        Offer(Command.TAKE_UP_DELIVERY, "Another delivery"),
    )


def _forms(db: Database) -> tuple[Offer, ...]:
    return (Offer(Command.FORM_ANSWERED, "Answer about a form"),) if delivery_look_up.open_forms(db, 1) else ()


def lists(db: Database, time_zone: str) -> tuple[WorkList, ...]:
    """Open deliveries, urgent bags first, and forms whose specimen is looked for."""
    return _open_deliveries(db, time_zone), _open_forms(db)


def _open_deliveries(db: Database, time_zone: str) -> WorkList:
    rows = today_look_up.open_deliveries(db, MOST)
    found = [one for one in (deliveries.described(db, row["id"], time_zone) for row in rows) if one]
    items = tuple(
        WorkItem(
            one.name,
            delivery_words.urgent_bags(one.urgent_bags) if one.urgent_bags else delivery_words.counted(one.count),
            VerdictKind.ATTENTION if one.urgent_bags else VerdictKind.MATCHES,
            "receive",
        )
        for one in found
    )
    changed = tuple(
        WorkItem(
            deliveries.name(row, time_zone),
            delivery_words.count_changed(row["found"], row["now"]),
            VerdictKind.ATTENTION,
            "receive",
        )
        for row in delivery_look_up.count_changed(db, _NEWEST_CLOSED)
    )
    total = delivery_look_up.count_open(db) + len(changed)
    return WorkList("Deliveries open", (*changed, *items), delivery_words.NONE_OPEN, total)


def _open_forms(db: Database) -> WorkList:
    rows, total = today_look_up.open_forms(db, MOST)
    items = tuple(
        WorkItem(
            f"{mark(row)}{deliveries.form_title(db, row)}", delivery_words.ASK_SENDER, VerdictKind.ATTENTION, "receive"
        )
        for row in rows
    )
    return WorkList("Forms without their specimen", items, delivery_words.NO_FORMS, total)
