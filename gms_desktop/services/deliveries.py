"""What a delivery is called, how far it is booked, and when what came in it was physically received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gms_desktop import delivery_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.dates import Precision
from gms_desktop.domain.deliveries import Count, DeliveryRules, physical_receipt, read_delivery_rules
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import delivery_look_up, downtime_look_up, look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import nipt_clocks
from gms_desktop.services.site_rules import rule_text


@dataclass(frozen=True)
class OpenDelivery:
    """A delivery as a bench sees it: its row, its name, its bags, what of it is found, the bag in hand."""

    row: Row
    name: str
    bags: tuple[Row, ...]
    count: Count
    bag: str = ""

    @property
    def id(self) -> str:
        """Its identity."""
        return str(self.row["id"])

    @property
    def urgent_bags(self) -> tuple[str, ...]:
        """Urgent bags that nobody has opened."""
        return tuple(bag["code"] for bag in self.bags if bag["urgent"] and bag["state"] != "opened")

    @property
    def line(self) -> str:
        """How far it is booked."""
        return delivery_words.line(self.count, self.bag)


def rules(db: Database) -> DeliveryRules:
    """The laboratory's lists about deliveries."""
    return read_delivery_rules(rule_text(db, "deliveries").text)


def at_bench(db: Database, bench: str, time_zone: str) -> OpenDelivery | None:
    """What this bench books from; None where what comes now came by hand."""
    booking = delivery_look_up.booking(db, bench)
    if booking is None or booking["delivery"] is None:
        return None
    return described(db, booking["delivery"], time_zone, booking["bag"] or "")


def described(db: Database, delivery: str, time_zone: str, bag: str = "") -> OpenDelivery | None:
    """A delivery with its bags and its count; None where nothing is known of it."""
    row = delivery_look_up.delivery(db, delivery)
    if row is None:
        return None
    passed = sum(1 for item in delivery_look_up.items(db, delivery) if item["sort"] == "passed on")
    count = Count(row["stated"], delivery_look_up.booked(db, delivery), passed)
    return OpenDelivery(row, name(row, time_zone), tuple(delivery_look_up.bags(db, delivery)), count, bag)


def name(row: Row, time_zone: str) -> str:
    """What a delivery is called: who brought it, and when."""
    when = _clock(row["precision"], row["arrived"], time_zone)
    if row["until"]:
        when = f"{when} to {_clock(row['precision'], row['until'], time_zone)}"
    return f"{row['carrier'] or 'delivery'} {when}"


def _clock(precision: str | None, at: str | None, time_zone: str) -> str:
    if not at:
        return "at an unknown time"
    if precision == Precision.DAY:
        return dates.display(date.fromisoformat(at))
    return dates.display_minute(dates.to_local(datetime.fromisoformat(at), time_zone))


def received_words(db: Database, specimen: Row, time_zone: str) -> str:
    """When a specimen was physically received, as screens show it: never the moment of booking in."""
    delivery = specimen["delivery"]
    outage = downtime_look_up.number_of(db, specimen["id"])
    if outage and outage["happened"]:
        return f"by its form {_clock(outage['precision'], outage['happened'], time_zone)}"
    row = delivery_look_up.delivery(db, delivery) if delivery else None
    if row is None:
        return words.NOT_STATED if delivery is None else "unknown delivery"
    end = rules(db).window_end
    counts = physical_receipt(row["arrived"], row["until"], end)
    said = name(row, time_zone)
    if not row["until"]:
        return said
    return f"{said}; the clocks use {_clock(row['precision'], counts, time_zone)}"


def received_day(db: Database, specimen: Row, time_zone: str) -> date:
    """The day on which a specimen physically came, as far as it is known; else that of its booking in."""
    return nipt_clocks.receipt(db, specimen, time_zone).day


def leak_words(db: Database, specimen: Row) -> str:
    """What is shown of a specimen whose bag leaked; empty where it did not."""
    if not specimen["delivery"] or not specimen["bag"]:
        return ""
    bags = delivery_look_up.bags(db, specimen["delivery"])
    leaks = any(bag["code"] == specimen["bag"] and bag["leak"] for bag in bags)
    return delivery_words.leak_of(specimen["bag"]) if leaks else ""


def answered_by_arrival(db: Database, request: str, bench: str) -> tuple[Draft, ...]:
    """The specimen of a form that had come alone is here: the form waits no longer."""
    return tuple(
        Draft("item.answered", {"item": row["id"], "answer": None, "bench": bench})
        for row in delivery_look_up.forms_of(db, request)
    )


def form_title(db: Database, row: Row) -> str:
    """A form that came alone, as lists name it."""
    code = look_up.codes_of_request(db, row["request"])[:1] if row["request"] else []
    return f"Form {code[0]['code']}" if code else "Form without a request"
