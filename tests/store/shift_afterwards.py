"""What becomes of requests on a made-up day: every kind of entry about it at least once."""

from __future__ import annotations

from typing import Any

from shift import Shift

from gms_desktop.register.ledger import Draft


def afterwards(day: Shift) -> None:
    """A request is cancelled and wanted again, amended and shared; a test is added on to stored material."""
    first, specimen = day.requests[0], day.specimens[0]["specimen"]
    request, patient = first["request"], first["patient"]["id"]
    for kind in ("request.cancelled", "request.revived"):
        follows = day.last(f"cancelling:{request}")
        asked(day, kind, request, {"follows": follows})
    amended: dict[str, Any] = {"amendment": day.ledger.identity(), "fields": ["test", "details", "requestor"]}
    amended |= {"test": "R210.1", "priority": None, "location": None, "follows": None}
    asked(day, "request.amended", request, amended, details="Sister affected too", requestor="Dr Hypatia Fanshawe")
    share = day.ledger.identity()
    asked(day, "request.shared", request, {"share": share, "to": "West GLH", "ods": "RTH"})
    told(day, request, share, "their half", words="DNA received, sequencing from Monday")
    told(day, request, share, "told", of="2026-03-02T08:02:13.575000Z", document=day.ledger.identity())
    told(day, request, share, "confirmed", of="2026-03-02T08:02:13.575000Z")
    added = day.ledger.identity()
    more = {"of": request, "patient": patient, "test": "R14.1", "code": "Q26-ADD", "priority": "routine"}
    asked(day, "request.added_on", added, more)
    volume = {"value": "0.5", "unit": "ml"}
    kept = {"specimen": specimen, "aliquot": None, "request": added, "volume": volume, "bench": day.bench}
    day.act(lambda: [Draft("material.reserved", kept | {"rests_on": day.last(f"specimen:{specimen}")})])
    day.act(lambda: [Draft("material.released", kept | {"reason": "add-on withdrawn"})])


def told(day: Shift, request: str, share: str, what: str, words: str = "", **more: str) -> None:
    """One entry of what a laboratory that shares a request was told, or told us."""
    pen, subject = day.ledger.pen(), f"request:{request}"
    body = {"request": request, "share": share, "what": what, "of": None, "day": "2026-03-02", "document": None}
    body |= {"who": pen.write("Dr Strabo Fanshawe", subject), "words": pen.write(words, subject), "bench": day.bench}
    day.act(lambda: [Draft("request.share_told", body | more, pen.values)])


def asked(day: Shift, kind: str, request: str, more: dict[str, Any], **private: str) -> None:
    """One entry about a request with who asked, how and why."""
    pen, subject = day.ledger.pen(), f"request:{request}"
    body = {"request": request, "how": "telephone", "bench": day.bench}
    body |= {"asked_by": pen.write("Dr Ptolemy Fanshawe", subject), "reason": pen.write("sent twice", subject)}
    body |= more | {name: pen.write(value, subject) for name, value in private.items()}
    day.act(lambda: [Draft(kind, body, pen.values)])
