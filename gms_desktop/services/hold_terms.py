"""What a hold says: what it stops, whom to chase, and by when."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from gms_desktop import hold_words
from gms_desktop.domain import dates
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import rights, site_rules
from gms_desktop.services.views import Answer, Choice

OPENING = "opening"
STOPS = (OPENING, "testing", "leaving")
WHOM, BY = "chase_whom", "chase_by"
FIELDS = ((WHOM, "Whom to chase"), (BY, "Chase by (day)"))
_MORE = "+"


@dataclass(frozen=True)
class Terms:
    """The terms of one hold; the day as ISO text, None where nobody said one."""

    stops: tuple[str, ...]
    whom: str
    by: str | None


def more_choices() -> tuple[Choice, ...]:
    """What a person may have a hold stop beyond what its reasons stop."""
    return tuple(Choice(f"{_MORE}{stop}", hold_words.STOP_AS_WELL[stop]) for stop in STOPS)


def is_more(code: str) -> bool:
    """Whether a choice is no reason but something more to stop."""
    return code.startswith(_MORE)


def reasons_of(answer: Answer | None) -> tuple[str, ...]:
    """The reasons among what was chosen."""
    return tuple(code for code in (answer.choices if answer else ()) if not is_more(code))


def terms(ledger: Ledger, answer: Answer | None, whom: str = "") -> Terms:
    """The terms of a hold as it was answered; what was not asked for is as the site lays it down.

    Args:
        ledger: the bench's.
        answer: reasons, what it stops beyond them, and the fields.
        whom: whom to chase where nothing was entered for it.
    """
    said = dict(answer.fields) if answer else {}
    stops = stopped_by(ledger.db, reasons_of(answer))
    stops |= {code.removeprefix(_MORE) for code in (answer.choices if answer else ()) if is_more(code)}
    day = dates.read_day(said[BY].strip()) if BY in said else default_day(ledger)
    return Terms(ordered(stops), said.get(WHOM, whom).strip(), day.isoformat() if day else None)


def stopped_by(db: Database, codes: Collection[str]) -> set[str]:
    """What a hold for these reasons stops: everything, where no reason says less."""
    offered = {reason.code: reason for reason in site_rules.reasons(db, "hold")}
    chosen = [offered[code] for code in codes if code in offered]
    # A reason that lays nothing down stops everything, whatever another one says.
    if not chosen or any(not reason.stops for reason in chosen):
        return set(STOPS)
    return {stop for reason in chosen for stop in reason.stops}


def ordered(stops: Collection[str]) -> tuple[str, ...]:
    """What is stopped, in the order of the work."""
    return tuple(stop for stop in STOPS if stop in stops)


def default_day(ledger: Ledger) -> date | None:
    """The day by which to chase where nobody says another: the site's, None where it lays none down."""
    said = tomllib.loads(site_rules.rule_text(ledger.db, "reasons").text).get("chase_days")
    return rights.laboratory_day(ledger) + timedelta(days=int(said)) if said is not None else None


def problems(answer: Answer) -> tuple[str, ...]:
    """What is wrong in the fields, in words."""
    by = dict(answer.fields).get(BY, "").strip()
    return (hold_words.DAY_WANTED,) if by and dates.read_day(by) is None else ()


def prefilled(ledger: Ledger, request: Row | None) -> tuple[tuple[str, str], ...]:
    """What stands in the fields at first: the requestor as stated, and the site's day."""
    day = default_day(ledger)
    return ((WHOM, requestor(ledger.db, request)), (BY, dates.display(day) if day else ""))


def requestor(db: Database, request: Row | None) -> str:
    """Whoever asked for the test, and where, as the request states it; empty where it does not."""
    if request is None:
        return ""
    known = store.private_values(db, [f"patient:{request['patient']}"])
    said = (known.get(request.get(f"{name}_private") or "") for name in ("requestor", "location"))
    return ", ".join(part for part in said if part)


def request_of(db: Database, specimen: str) -> Row | None:
    """The request that a specimen came for; the first of several."""
    return next(iter(look_up.requests_of_specimen(db, specimen)), None)
