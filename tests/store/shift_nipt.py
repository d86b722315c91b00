"""NIPT at the made-up shift: what a request states, how the sample is judged, what testing came to."""

from __future__ import annotations

from typing import Any

from shift import Shift

from gms_desktop.register.ledger import Draft


def nipt(day: Shift) -> None:
    """A form, a judgement, a result, and QF-PCR after it; a sample that never came, and a repeat of it."""
    request = day.expect()
    specimen = day.receive(request)["specimen"]
    day.act(lambda: [draft_stated(day, specimen, request["request"], request["patient"]["id"])])
    day.act(lambda: [draft_judged(day, specimen, request["request"], request["patient"]["id"])])
    day.act(lambda: [draft_result(specimen)])
    body = {"specimen": specimen, "indication": "higher chance NIPT", "reported": "2026-03-05", "source": "entered"}
    day.act(lambda: [Draft("nipt.qf_pcr_stated", body)])
    never = day.expect()
    lost = {"acceptance": "2", "rejection": ["1"], "conditions": None}
    day.act(lambda: [draft_judged(day, None, never["request"], never["patient"]["id"], **lost)])


def draft_stated(day: Shift, specimen: str | None, request: str, patient: str, **more: Any) -> Draft:
    """What a request states."""
    pen = day.ledger.pen()
    private = {"due": "2026-09-01", "ethnicity": "99", "postcode": "BS10 5NB"}
    written = {name: day._write(pen, value, f"patient:{patient}") for name, value in private.items()}
    body: dict[str, Any] = {
        "nipt": specimen or request,
        "specimen": specimen,
        "request": request,
        "pathway": "FASP",
        "sampled": "2026-03-01",
        "weight": {"value": "68.5", "unit": "kg"},
        "fetuses": 1,
        "chorionicity": None,
        "ivf": "2",
        "conditions": None,
        "chance": 90,
        "offered": True,
        "history": [],
        "sequence": "1",
        "first": None,
        "repeat_reason": None,
    }
    return Draft("nipt.stated", body | written | more, pen.values)


def draft_judged(day: Shift, specimen: str | None, request: str, patient: str, **more: Any) -> Draft:
    """How a sample was judged."""
    pen = day.ledger.pen()
    private = {"clarified": "Choice left blank", "clarified_with": "Midwife Featherstone", "agreed_with": "Dr Fanshawe"}
    written = {name: day._write(pen, value, f"patient:{patient}") for name, value in private.items()}
    name = specimen or request
    body: dict[str, Any] = {
        "nipt": name,
        "specimen": specimen,
        "request": request,
        "acceptance": "4",
        "ineligible": [],
        "rejection": [],
        "repeat_asked": False,
        "conditions": "3",
        "missing": False,
        "comment": None,
        "shown": {"reasons": [], "asked": []},
        "day": "2026-03-02",
        "rests_on": day.last(f"nipt:{name}"),
    }
    return Draft("nipt.judged", body | written | more, pen.values)


def draft_result(nipt_name: str) -> Draft:
    """What testing came to."""
    body = {
        "nipt": nipt_name,
        "outcome": "2",
        "no_result": None,
        "results": {"T21": "2", "T18": "2", "T13": "2"},
        "scores": {"Z SCORE-T21": "-0.43"},
        "fetal_fraction": {"value": "8.5", "unit": "%"},
        "runs": 1,
        "authorised": "2026-03-05",
        "reported": "2026-03-06",
        "then": None,
        "source": "entered",
    }
    return Draft("nipt.result_stated", body)
