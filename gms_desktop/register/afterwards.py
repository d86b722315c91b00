"""Requests after they were made: cancelled and wanted again, amended, shared, added on; material kept for a request."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

CANCELLED, CANCELLED_HERE = "cancelled", "cancelled, here"
AMENDABLE = ("test", "priority", "details", "requestor", "location")
_PRIVATE = ("details", "requestor", "location")

table(
    "cancellation",
    "request",
    "state how asked_private reason_private by at bench",
    ("at", "state = 'cancelled'"),
)
table("request_details", "request", "details_private at")
table(
    "amendment",
    "request",
    "request field former former_private now now_private how asked_private reason_private by at bench",
    ("request", "field = 'test'"),
)
table(
    "request_share",
    "request",
    "request laboratory ods how asked_private reason_private by at bench "
    # Their half, as they told it last; of which cancellation or revival they were told, and which they confirmed.
    "half_private half_day half_by_private told_of told_day told_private told_document "
    "confirmed_of confirmed_day confirmed_private",
    ("request", "told_of IS NOT NULL"),
)
table("add_on", "request", "first how asked_private reason_private by at bench", "first")
table("reservation", "specimen", "specimen aliquot request volume volume_unit state reason by at bench", "request")

_CANCELLED, _REVIVED, _AMENDED = "request.cancelled", "request.revived", "request.amended"
_SHARED, _TOLD, _ADDED = "request.shared", "request.share_told", "request.added_on"
HALF, CANCELLATION_TOLD, CONFIRMED = "their half", "told", "confirmed"
USED = "extracted for it"
"""The reason why material is kept no more that was used as it was meant to be: it serves its request for ever."""
_RESERVED, _RELEASED = "material.reserved", "material.released"
# A request of which something arrived stays known as such, so that it is what it was when it is wanted again.
_CANCELS = {"expected": CANCELLED, "arriving": CANCELLED_HERE}
_REVIVES = {CANCELLED: "expected", CANCELLED_HERE: "arriving"}


def after_arrival(state: str | None) -> str:
    """The state of a request of which a tube arrives: a cancelled one stays cancelled."""
    return CANCELLED_HERE if state in {CANCELLED, CANCELLED_HERE} else "arriving"


def reads(entry: Entry) -> list[RowKey]:
    """The request with what was stated of it, or the specimen's place with the request it is kept for."""
    body = entry.body
    request = body["request"]
    if entry.kind in {_CANCELLED, _REVIVED}:
        return [("request", request)]
    if entry.kind == _AMENDED:
        return [("request", request), ("request_details", request)]
    if entry.kind == _TOLD:
        return [("request_share", f"{request}/{body['share']}")]
    if entry.kind == _ADDED:
        return [("request", body["of"])]
    if entry.kind in {_RESERVED, _RELEASED}:
        kept = f"{body['specimen']}/{request}"
        return [("reservation", kept), ("specimen_request", kept)]
    return []


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what became of a request into the tables."""
    match entry.kind:
        case "request.cancelled" | "request.revived":
            return _cancelling(entry, rows)
        case "request.amended":
            return _amended(entry, rows)
        case "request.shared":
            return _shared(entry)
        case "request.share_told":
            return _told(entry, rows)
        case "request.added_on":
            return _added(entry, rows)
    return _material(entry, rows)


def _said(entry: Entry) -> Row:
    """Who asked and how, who wrote it down, when and where."""
    body = entry.body
    asked = {"how": body["how"], "asked_private": body["asked_by"], "reason_private": body["reason"]}
    return {**asked, "by": entry.operator, "at": entry.occurred_at, "bench": body["bench"]}


def _known(rows: Rows, request: str, at: str) -> Row:
    return rows.get(("request", request)) or new_row("request", request, origin="unknown", at=at)


def _cancelling(entry: Entry, rows: Rows) -> Changes:
    request = entry.body["request"]
    known = _known(rows, request, entry.occurred_at)
    cancels = entry.kind == _CANCELLED
    state = (_CANCELS if cancels else _REVIVES).get(known["state"] or "expected", known["state"])
    row = new_row("cancellation", request, state="cancelled" if cancels else "revived") | _said(entry)
    return {("request", request): changed(known, state=state), ("cancellation", request): row}


def _amended(entry: Entry, rows: Rows) -> Changes:
    body, request = entry.body, entry.body["request"]
    known = _known(rows, request, entry.occurred_at)
    details = rows.get(("request_details", request)) or new_row("request_details", request)
    changes: Changes = {}
    for field in (one for one in AMENDABLE if one in body["fields"]):
        row_id = f"{request}/{body['amendment']}/{field}"
        private = field in _PRIVATE
        source = details if field == "details" else known
        column = f"{field}_private" if private else field
        values = {("former_private" if private else "former"): source[column]}
        values |= {("now_private" if private else "now"): body[field]}
        row = new_row("amendment", row_id, request=request, field=field, **values) | _said(entry)
        changes["amendment", row_id] = row
        if field == "details":
            details = changed(details, details_private=body[field], at=entry.occurred_at)
            changes["request_details", request] = details
        else:
            known = changed(known, **{column: body[field]})
    return changes | {("request", request): known}


def _shared(entry: Entry) -> Changes:
    body = entry.body
    row_id = f"{body['request']}/{body['share']}"
    row = new_row("request_share", row_id, request=body["request"], laboratory=body["to"], ods=body["ods"])
    return {("request_share", row_id): row | _said(entry)}


def _told(entry: Entry, rows: Rows) -> Changes:
    body = entry.body
    key = ("request_share", f"{body['request']}/{body['share']}")
    known = rows.get(key) or new_row(*key, request=body["request"])
    said: Row = {}
    match body["what"]:
        case "their half":
            said = {"half_private": body["words"], "half_day": body["day"], "half_by_private": body["who"]}
        case "told":
            said = {"told_of": body["of"], "told_day": body["day"], "told_private": body["who"]}
            said["told_document"] = body["document"]
        case "confirmed":
            said = {"confirmed_of": body["of"], "confirmed_day": body["day"], "confirmed_private": body["who"]}
    return {key: changed(known, **said)}


def _added(entry: Entry, rows: Rows) -> Changes:
    body, request, at = entry.body, entry.body["request"], entry.occurred_at
    first = _known(rows, body["of"], at)
    # Without the referral: the family at the bench is as it was sent, and this material is here already.
    same = ("role", "sender", "requestor_private", "location_private", "category", "risk")
    row = new_row("request", request, patient=body["patient"], test=body["test"], priority=body["priority"], tubes=0)
    row |= {name: first[name] for name in same} | {"origin": "added on", "state": "arriving", "at": at}
    changes: Changes = {
        ("request", request): row,
        ("add_on", request): new_row("add_on", request, first=body["of"]) | _said(entry),
    }
    if body["code"]:
        code = new_row("request_code", f"{request}/1", request=request, code=body["code"], ods=first["sender"])
        changes["request_code", f"{request}/1"] = code
    return changes


def _material(entry: Entry, rows: Rows) -> Changes:
    body = entry.body
    specimen, request = body["specimen"], body["request"]
    key, place = ("reservation", f"{specimen}/{request}"), ("specimen_request", f"{specimen}/{request}")
    reserves = entry.kind == _RESERVED
    much = body["volume"] or {"value": None, "unit": None}
    row = new_row("reservation", key[1], specimen=specimen, request=request, bench=body["bench"])
    row |= {"aliquot": body["aliquot"], "volume": much["value"], "volume_unit": much["unit"]}
    used = body.get("reason") == USED
    row |= {
        "state": "reserved" if reserves else "used" if used else "released",
        "by": entry.operator,
        "at": entry.occurred_at,
    }
    changes: Changes = {key: changed(row, reason=None if reserves else body["reason"])}
    if reserves:
        changes[place] = new_row("specimen_request", place[1], specimen=specimen, request=request)
    elif not used and rows.get(place) is not None:
        changes[place] = None
    return changes


GROUP = Group(
    frozenset({_CANCELLED, _REVIVED, _AMENDED, _SHARED, _TOLD, _ADDED, _RESERVED, _RELEASED}),
    reads,
    fold,
)
