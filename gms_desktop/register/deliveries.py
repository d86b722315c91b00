"""Deliveries with their bags, what each bench books from, and what came in them that is no specimen here."""

from __future__ import annotations

import json

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, changed, new_row, table

table(
    "delivery",
    "delivery",
    "carrier arrived until precision words temperature condition stated# bench operator at state found# reason "
    "comment_private closed_at closed_by",
    ("at", "state = 'open'"),
)
table("bag", "delivery", "delivery code urgent state leak comment_private", "code")
table("booking", "booking", "delivery bag at")
table(
    "delivery_item",
    "item",
    "sort delivery bag request what_private to_private reason comment_private bench operator at state answer_private "
    "answered_at",
    ("delivery", "delivery IS NOT NULL"),
    ("at", "state = 'open'"),
    ("request", "state = 'open'"),
)

_ARRIVED, _BAG, _TAKEN, _AWAY = "delivery.arrived", "delivery.bag_found", "delivery.taken_up", "delivery.put_away"
_LEAKED, _CLOSED, _AGAIN = "delivery.leaked", "delivery.closed", "delivery.opened_again"
_PASSED, _FORM, _ANSWERED = "item.passed_on", "item.form_found", "item.answered"
_STATED = ("carrier", "arrived", "until", "precision", "words", "condition", "stated", "bench")


def reads(entry: Entry) -> list[RowKey]:
    """The delivery, the bags that are named, and the bench's own row."""
    body = entry.body
    match entry.kind:
        case "delivery.arrived":
            bags = [("bag", f"{body['delivery']}/{bag['code']}") for bag in body["bags"]]
            return [("delivery", body["delivery"]), *bags]
        case "delivery.put_away":
            return [("booking", body["bench"])]
        case "item.passed_on" | "item.form_found" | "item.answered":
            return [("delivery_item", body["item"])]
        case "delivery.taken_up":
            return [("booking", body["bench"]), *_named(body["delivery"], body["bag"])]
        case "delivery.bag_found" | "delivery.leaked":
            return _named(body["delivery"], body["bag"])
    return [("delivery", body["delivery"])]


def _named(delivery: str, bag: str | None) -> list[RowKey]:
    return [("bag", f"{delivery}/{bag}")] if bag else []


def fold(entry: Entry, rows: Rows) -> Changes:
    """Put what is said of a delivery into the tables."""
    body, at = entry.body, entry.occurred_at
    match entry.kind:
        case "delivery.arrived":
            return _arrived(entry)
        case "delivery.put_away":
            return {("booking", body["bench"]): new_row("booking", body["bench"], at=at)}
        case "delivery.taken_up":
            booking = new_row("booking", body["bench"], delivery=body["delivery"], bag=body["bag"], at=at)
            return {("booking", body["bench"]): booking} | _bag(body["delivery"], body["bag"], rows, state="opened")
        case "delivery.bag_found":
            # Two benches may find one bag: urgent for either is urgent.
            return _bag(body["delivery"], body["bag"], rows, **({"urgent": "yes"} if body["urgent"] else {}))
        case "delivery.leaked":
            return _bag(body["delivery"], body["bag"], rows, leak="yes", comment_private=body["comment"])
        case "item.passed_on" | "item.form_found":
            return _item(entry)
        case "item.answered":
            return _answered(entry, rows)
    return _counted(entry, rows)


def _arrived(entry: Entry) -> Changes:
    body, delivery = entry.body, entry.body["delivery"]
    row = new_row("delivery", delivery, at=entry.occurred_at, operator=entry.operator, state="open")
    warmth = body["temperature"]
    row |= {name: body[name] for name in _STATED} | {
        "temperature": json.dumps(warmth, sort_keys=True) if warmth else None
    }
    changes: Changes = {("delivery", delivery): row}
    for bag in body["bags"]:
        changes |= _bag(delivery, bag["code"], {}, urgent=_yes(bag["urgent"]))
    return changes


def _yes(said: object) -> str | None:
    return "yes" if said else None


def _bag(delivery: str, code: str | None, rows: Rows, **said: str | None) -> Changes:
    """A bag that nobody named before is known from here on."""
    if not code:
        return {}
    row_id = f"{delivery}/{code}"
    known = rows.get(("bag", row_id)) or new_row("bag", row_id, delivery=delivery, code=code, state="closed")
    return {("bag", row_id): changed(known, **said)}


def _item(entry: Entry) -> Changes:
    body = entry.body
    form = entry.kind == _FORM
    row = new_row("delivery_item", body["item"], at=entry.occurred_at, operator=entry.operator)
    row |= {name: body[name] for name in ("delivery", "bag", "reason", "bench")}
    return {
        ("delivery_item", body["item"]): changed(
            row,
            sort="form" if form else "passed on",
            request=body["request"] if form else None,
            what_private=body["what"],
            to_private=None if form else body["to"],
            comment_private=body["comment"],
            state="open" if form else "done",
        )
    }


def _answered(entry: Entry, rows: Rows) -> Changes:
    key = ("delivery_item", entry.body["item"])
    known = rows.get(key) or new_row("delivery_item", key[1], sort="unknown")
    return {key: changed(known, state="done", answer_private=entry.body["answer"], answered_at=entry.occurred_at)}


def _counted(entry: Entry, rows: Rows) -> Changes:
    body, key = entry.body, ("delivery", entry.body["delivery"])
    known: Row = rows.get(key) or new_row("delivery", body["delivery"], precision="unknown")
    if entry.kind == _AGAIN:
        return {key: changed(known, state="open", closed_at=None, closed_by=None)}
    return {
        key: changed(
            known,
            state="closed",
            stated=body["stated"],
            found=body["found"],
            reason=body["reason"],
            comment_private=body["comment"],
            closed_at=entry.occurred_at,
            closed_by=entry.operator,
        )
    }


GROUP = Group(
    frozenset({_ARRIVED, _BAG, _TAKEN, _AWAY, _LEAKED, _CLOSED, _AGAIN, _PASSED, _FORM, _ANSWERED}), reads, fold
)
