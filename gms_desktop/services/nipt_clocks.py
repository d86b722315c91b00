"""The two receipts of a sample as days of the laboratory: when it physically came, and when it was booked in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gms_desktop.domain import dates
from gms_desktop.domain.dates import Precision
from gms_desktop.domain.deliveries import physical_receipt, read_delivery_rules
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import nipt_look_up
from gms_desktop.services.site_rules import rule_text


@dataclass(frozen=True, slots=True)
class Receipt:
    """When a sample was received; ``physical`` is None where only the booking is known."""

    booked: date
    physical: date | None = None

    @property
    def day(self) -> date:
        """The day on which it came, as far as it is known."""
        return self.physical or self.booked


def receipt(db: Database, specimen: Row, time_zone: str) -> Receipt:
    """Both clocks of a specimen."""
    return receipts(db, [specimen], time_zone)[specimen["id"]]


def receipts(db: Database, specimens: Sequence[Row], time_zone: str) -> dict[str, Receipt]:
    """Both clocks of many specimens, by their identity.

    The physical receipt is the one that the paper of an outage states, else that of the delivery that it came in; of a
    drop box the end of its window that the laboratory chose.
    """
    end = read_delivery_rules(rule_text(db, "deliveries").text).window_end
    deliveries = nipt_look_up.together(db, "delivery", (one["delivery"] for one in specimens if one["delivery"]))
    outages = nipt_look_up.together(db, "downtime_number", (one["id"] for one in specimens), "specimen")
    made = {}
    for one in specimens:
        outage = outages.get(one["id"])
        came = deliveries.get(one["delivery"] or "")
        physical = stated_day(outage["precision"], outage["happened"], time_zone) if outage else None
        if physical is None and came is not None:
            physical = stated_day(came["precision"], physical_receipt(came["arrived"], came["until"], end), time_zone)
        made[one["id"]] = Receipt(local_day(one["received_at"], time_zone), physical)
    return made


def stated_day(precision: str | None, at: str | None, time_zone: str) -> date | None:
    """A stated time as a day: a day as it stands, a minute on the laboratory's wall clock, nothing for unknown."""
    if not at or precision == Precision.UNKNOWN:
        return None
    return date.fromisoformat(at) if precision == Precision.DAY else local_day(at, time_zone)


def local_day(at: str, time_zone: str) -> date:
    """A stored moment as a day of the laboratory."""
    return dates.to_local(datetime.fromisoformat(at), time_zone).date()
