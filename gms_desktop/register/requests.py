"""Referrals, the people in them, requests with their codes, and the tubes each request leads us to expect."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.afterwards import after_arrival
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

table("referral", "referral", "test structure at")
table("referral_member", "referral", "referral patient role request")
table(
    "request",
    "request",
    "referral patient role test sender requestor_private location_private priority category risk collected import row# "
    "origin state at tubes#",
    "patient",
    "referral",
    "test",
    ("at", "state = 'expected'"),
    ("priority,at", "state = 'expected' AND priority = 'urgent'"),
)
table("request_code", "request", "request code ods", "code")
table("expected_tube", "request", "request place# type code specimen", "code")


def reads(entry: Entry) -> list[RowKey]:
    """A request with its codes and tubes; a tube that arrives changes its request and the place kept for it."""
    body = entry.body
    if entry.kind == "specimen.received":
        keys: list[RowKey] = [("request", request) for request in body["requests"]]
        if body["tube"]:
            keys += [("expected_tube", f"{request}/{body['tube']}") for request in body["requests"]]
        return keys
    request = body["request"]
    keys = [("request", request)]
    keys += [("request_code", f"{request}/{place}") for place in range(1, len(body["codes"]) + 1)]
    keys += [("expected_tube", f"{request}/{place}") for place in range(1, len(body["tubes"]) + 1)]
    if body["referral"]:
        member = f"{body['referral']}/{body['patient']['id']}"
        keys += [("referral", body["referral"]), ("referral_member", member)]
    return keys


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put an expected request, or the arrival of one of its tubes, into the tables."""
    return _expected(entry, rows) if entry.kind == "request.expected" else _arrived(entry, rows)


def _expected(entry: Entry, rows: Rows) -> Changes:
    body, at = entry.body, entry.occurred_at
    request, patient, referral = body["request"], body["patient"]["id"], body["referral"]
    same = (
        "role",
        "test",
        "sender",
        "priority",
        "category",
        "risk",
        "collected",
        "import",
        "row",
        "origin",
    )
    row = new_row("request", request, referral=referral, patient=patient, state="expected", at=at)
    row |= {name: body[name] for name in same}
    changes: Changes = {
        ("request", request): changed(
            row, requestor_private=body["requestor"], location_private=body["location"], tubes=len(body["tubes"])
        )
    }
    for place, code in enumerate(body["codes"], start=1):
        row_id = f"{request}/{place}"
        changes[("request_code", row_id)] = new_row(
            "request_code", row_id, request=request, code=code["code"], ods=code["ods"]
        )
    for place, tube in enumerate(body["tubes"], start=1):
        row_id = f"{request}/{place}"
        changes[("expected_tube", row_id)] = new_row(
            "expected_tube", row_id, request=request, place=place, type=tube["type"], code=tube["code"]
        )
    if referral:
        if rows.get(("referral", referral)) is None:
            changes[("referral", referral)] = new_row(
                "referral", referral, test=body["test"], structure=body["structure"], at=at
            )
        member = f"{referral}/{patient}"
        changes[("referral_member", member)] = new_row(
            "referral_member", member, referral=referral, patient=patient, role=body["role"], request=request
        )
    return changes


def _arrived(entry: Entry, rows: Rows) -> Changes:
    changes: Changes = {}
    for request in entry.body["requests"]:
        key = ("request", request)
        known = rows.get(key) or new_row("request", request, origin="unknown", at=entry.occurred_at)
        changes[key] = changed(known, state=after_arrival(known["state"]))
        place = ("expected_tube", f"{request}/{entry.body['tube']}")
        kept = rows.get(place) if entry.body["tube"] else None
        # A place that another tube has taken stays with the first: the second is received all the same, and shown.
        if kept and kept["specimen"] is None:
            changes[place] = changed(kept, specimen=entry.body["specimen"])
    return changes


GROUP = Group(frozenset({"request.expected", "specimen.received"}), reads, fold)
