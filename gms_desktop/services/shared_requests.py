"""Requests that are shared with another laboratory: its half as last told, and whether it knows of a cancellation."""

from __future__ import annotations

from datetime import date

from gms_desktop import sharing_words as words
from gms_desktop.domain import dates
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import afterwards_look_up, look_up
from gms_desktop.services import afterwards
from gms_desktop.services.today_items import MOST
from gms_desktop.services.views import WorkItem, WorkList

_STANDING = {"cancelled": words.CANCELLED, "revived": words.REVIVED}


def laboratory(share: Row) -> str:
    """The other laboratory, with its code."""
    return " ".join(filter(None, (share["laboratory"], share["ods"]))) or "another laboratory"


def standing(cancellation: Row | None) -> str:
    """How a request stands that was cancelled or wanted again; empty for one of which neither was said."""
    return _STANDING[cancellation["state"]] if cancellation else ""


def outstanding(db: Database, request: str) -> list[Row]:
    """The laboratories that have not confirmed how a request stands that was cancelled, or wanted again after that."""
    last = afterwards_look_up.cancellation(db, request)
    if last is None:
        return []
    every = (one for one in afterwards_look_up.shares(db, request) if one["confirmed_of"] != last["at"])
    # What was cancelled and is wanted again concerns only whoever heard that it was cancelled.
    return [one for one in every if last["state"] == "cancelled" or one["told_of"] is not None]


def on_find(db: Database, sort: str, row: Row | None) -> tuple[tuple[str, str], ...]:
    """The same as facts of a request, or of a specimen because of its requests."""
    if row is None or sort not in {"request", "specimen"}:
        return ()
    requests = [row] if sort == "request" else look_up.requests_of_specimen(db, row["id"])
    return tuple(fact for one in requests for fact in facts(db, one))


def facts(db: Database, request: Row) -> list[tuple[str, str]]:
    """What Find says of each laboratory: its half as told last with the day, and what it knows."""
    known, last = afterwards.known_values(db, request), afterwards_look_up.cancellation(db, request["id"])
    made = []
    for share in afterwards_look_up.shares(db, request["id"]):
        half = words.never_told()
        if share["half_day"]:
            said, who = (known.get(share[name] or "") or "" for name in ("half_private", "half_by_private"))
            half = words.as_told(said, _day(share["half_day"]), who)
        made.append((laboratory(share), "; ".join(filter(None, (half, _knows(share, last, known))))))
    return made


def _knows(share: Row, last: Row | None, known: dict[str, str | None]) -> str:
    if last is None:
        return ""
    if share["confirmed_of"] == last["at"]:
        who = known.get(share["confirmed_private"] or "") or ""
        return words.is_confirmed(standing(last), _day(share["confirmed_day"]), who)
    if share["told_of"] == last["at"]:
        return words.was_told(standing(last), _day(share["told_day"]), known.get(share["told_private"] or "") or "")
    heard_before = share["told_of"] is not None
    return words.not_told(standing(last)) if last["state"] == "cancelled" or heard_before else ""


def _day(text: str) -> str:
    return dates.display(date.fromisoformat(text))


def worklist(db: Database) -> WorkList:
    """Today's list: whom to tell, and whose confirmation is awaited."""
    rows = afterwards_look_up.untold(db, MOST + 1)
    items = tuple(_item(db, row) for row in rows[:MOST])
    return WorkList(words.TO_TELL, items, words.NONE_TO_TELL, len(rows))


def _item(db: Database, row: Row) -> WorkItem:
    request = look_up.row(db, "request", row["request"])
    name = afterwards.name_of(db, request) if request else "a request"
    told = _day(row["told_day"]) if row["told_of"] == row["since"] else ""
    said = words.waits(laboratory(row), _STANDING[row["standing"]], told)
    code = afterwards.code_of(db, request) if request else ""
    return WorkItem(name, said, VerdictKind.ATTENTION if told else VerdictKind.REFUSED, "find", code)
