"""When what was asked at another bench lapses: its time is over, or what it is about was changed since it was asked.

Nobody does today on a confirmation of last week, nor on one of how things stood before somebody else's work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from gms_desktop import people_words
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.domain.rights import Alone
from gms_desktop.journal import store
from gms_desktop.journal.database import Row
from gms_desktop.register import people_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import rights

SHOWN = timedelta(hours=24)
"""How long what lapsed is still told of."""


@dataclass(frozen=True)
class Lapse:
    """Why it serves no more: since a time (UTC text), or because what it is about was changed."""

    since: str | None = None

    def in_words(self, time_zone: str) -> str:
        """What is shown of it."""
        if self.since is None:
            return people_words.LAPSED_BY_CHANGE
        at = dates.to_local(datetime.fromisoformat(self.since), time_zone)
        return people_words.lapsed_at(dates.display_minute(at))


def now(ledger: Ledger, time_zone: str) -> datetime:
    """The time by which it lapses: never before the latest day seen here, so that a clock set back revives nothing."""
    day = rights.today(ledger, time_zone)
    begins = datetime.combine(day, time(), dates.zone(time_zone)).astimezone(UTC)
    by_hub = ledger.clock_offset is not None and not ledger.clock_went_back
    ahead = timedelta(milliseconds=ledger.clock_offset or 0) if by_hub else timedelta()
    return max(ledger.clock.now() + ahead, begins)


def lapse(ledger: Ledger, row: Row, at: datetime) -> Lapse | None:
    """Why what was asked at another bench serves no more; None while it does, and for a countersignature.

    Args:
        ledger: the bench's.
        row: what was asked.
        at: the time it is.
    """
    if row["alone"] != Alone.ANOTHER_BENCH or row["state"] not in {"asked", "given"}:
        return None
    if row["due"] is not None and row["due"] <= instant(at):
        return Lapse(row["due"])
    return Lapse() if _changed_since(ledger, row) else None


def _changed_since(ledger: Ledger, row: Row) -> bool:
    """Whether something about its subject came to this bench after it was asked."""
    if not row["subject"]:
        return False
    key = f"last:{row['subject']}"
    last = ledger.driver.holders([key])[key]
    newest = store.by_identity(ledger.db, last) if last is not None else None
    asked = store.by_identity(ledger.db, row["act"])
    # What stands in a base only was there before whatever stands here as an entry.
    return newest is not None and (asked is None or newest.n > asked.n)


def waiting(ledger: Ledger, time_zone: str) -> list[Row]:
    """What was asked of a second person and still may be answered, oldest first."""
    at = now(ledger, time_zone)
    return [row for row in people_look_up.seconds(ledger.db, "asked") if lapse(ledger, row, at) is None]


def lately(ledger: Ledger, time_zone: str) -> list[tuple[Row, Lapse]]:
    """What lapsed not long ago, answered or not, oldest first."""
    at = now(ledger, time_zone)
    rows = [row for state in ("asked", "given") for row in people_look_up.seconds(ledger.db, state)]
    found = ((row, lapse(ledger, row, at)) for row in rows if (row["due"] or row["at"]) > instant(at - SHOWN))
    return [(row, why) for row, why in found if why is not None]
