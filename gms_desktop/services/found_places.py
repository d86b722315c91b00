"""What Find shows of things that are no specimen, request or patient: deliveries by their bags, downtime numbers."""

from __future__ import annotations

from gms_desktop import delivery_words, downtime_words
from gms_desktop.journal.database import Database
from gms_desktop.register import delivery_look_up, downtime_look_up, look_up
from gms_desktop.register.downtime import ISSUED
from gms_desktop.services import deliveries
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.views import Hit

Facts = tuple[tuple[str, str], ...]


def subjects(db: Database, code: Resolved) -> list[str]:
    """The deliveries whose bag carries a code, and the downtime number it is, unless a specimen has that."""
    found = [f"delivery:{bag['delivery']}" for bag in delivery_look_up.open_bags_by_code(db, code.code)]
    number = downtime_look_up.number(db, code.code)
    return [*found, *([f"downtime:{number['id']}"] if number and not number["specimen"] else [])]


def hit(db: Database, subject: str) -> Hit | None:
    """One of them as Find lists it."""
    sort, _, one = subject.partition(":")
    if sort == "downtime":
        number = downtime_look_up.number(db, one)
        return Hit(subject, one, _state(number["state"]), "downtime number") if number else None
    here = deliveries.described(db, one, _zone(db))
    return Hit(subject, f"Delivery {here.name}", delivery_words.counted(here.count), "delivery") if here else None


def facts(db: Database, subject: str) -> Facts:
    """What is known of it, and where it is worked on."""
    sort, _, one = subject.partition(":")
    if sort == "downtime":
        number = downtime_look_up.number(db, one)
        pack = downtime_look_up.pack(db, number["pack"]) if number and number["pack"] else None
        place = f"{number['place']} of {pack['count']}" if number and pack else ""
        shown = (("State", _state(number["state"] if number else None)), ("Place in its pack", place))
        return tuple((name, value) for name, value in shown if value)
    here = deliveries.described(db, one, _zone(db)) if sort == "delivery" else None
    if here is None:
        return ()
    bags = ", ".join(bag["code"] for bag in here.bags)
    return (("Delivery", here.name), ("Counted", delivery_words.counted(here.count)), ("Bags", bags or "not listed"))


def _state(state: str | None) -> str:
    known = "open" if state == ISSUED else state or ""
    return downtime_words.STATES.get(known, "not printed")


def _zone(db: Database) -> str:
    laboratory = look_up.laboratory(db)
    return str(laboratory["time_zone"]) if laboratory else "Europe/London"
