"""A morning's deliveries on a made-up day: every kind of entry about them at least once."""

from __future__ import annotations

from typing import Any

from shift import Shift

from gms_desktop.register.ledger import Draft


def deliveries(day: Shift) -> None:
    """A van with two bags, one that leaks, something for another laboratory, a form alone, and its count."""
    delivery, bench = day.ledger.identity(), day.bench
    day.act(lambda: [day.draft_delivery(delivery)])
    of = {"delivery": delivery, "bench": bench}
    say(day, "delivery.bag_found", of | {"bag": "BAG2", "urgent": False})
    say(day, "delivery.taken_up", of | {"bag": "BAG2"})
    pen = day.ledger.pen()
    leaked = of | {"bag": "BAG2", "comment": pen.write("wet form of FEATHERSTONEHAUGH", f"delivery:{delivery}")}
    day.act(lambda: [Draft("delivery.leaked", leaked, pen.values)])
    passed, form = day.ledger.identity(), day.ledger.identity()
    found = of | {"bag": "BAG2", "reason": "other-laboratory", "comment": None}
    other = day.ledger.pen()
    to = found | {"item": passed, "what": other.write("histology pot", f"item:{passed}"), "to": None}
    day.act(lambda: [Draft("item.passed_on", to, other.values)])
    request = day.requests[0]["request"] if day.requests else None
    say(day, "item.form_found", found | {"item": form, "what": None, "request": request})
    say(day, "item.answered", {"item": form, "answer": None, "bench": bench})
    count = of | {"stated": 12, "found": 11, "reason": "not-sent", "comment": None}
    say(day, "delivery.closed", count)
    say(day, "delivery.opened_again", of)
    say(day, "delivery.put_away", of)


def say(day: Shift, kind: str, body: dict[str, Any]) -> None:
    """One entry with nothing private."""
    day.act(lambda: [Draft(kind, body)])
