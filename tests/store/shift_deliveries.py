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
    counting = f"counting:{delivery}"
    say(day, "delivery.closed", count | {"follows": day.last(counting)})
    say(day, "delivery.opened_again", of | {"follows": day.last(counting)})
    say(day, "delivery.put_away", of)


def say(day: Shift, kind: str, body: dict[str, Any]) -> None:
    """One entry with nothing private."""
    day.act(lambda: [Draft(kind, body)])


def families(day: Shift) -> None:
    """A later name of a patient, and a prenatal specimen with the maternal blood."""
    patient = day.requests[0]["patient"]["id"]
    pen = day.ledger.pen()
    body = {
        "patient": patient,
        "name": day.ledger.identity(),
        "person": "person",
        "surname": pen.write("FEATHERSTONEHAUGH", f"patient:{patient}"),
        "forename": pen.write("Ada", f"patient:{patient}"),
        "born": None,
        "nhs": None,
        "hospital": {"ods": "RR8", "number": pen.write("H0099", f"patient:{patient}")},
        "cause": "named",
        "said_by": pen.write("Sister on ward 4", f"patient:{patient}"),
        "follows": day.last(f"naming:{patient}"),
    }
    day.act(lambda: [Draft("patient.named", body, pen.values)])
    one, other = (specimen["specimen"] for specimen in day.specimens[:2])
    say(day, "specimen.linked", {"specimen": one, "other": other, "relation": "maternal blood", "parted": False})
