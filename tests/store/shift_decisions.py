"""What a made-up shift records of identity, holds, requests that may go on, consent and urgent work."""

from __future__ import annotations

from typing import Any

from shift import Shift

from gms_desktop.register.ledger import Draft

SAID = "She said that the form is in the post"
WHOM = "Dr Xochitl Featherstonehaugh"


def decisions(day: Shift) -> None:
    """A tube is compared, held, chased and answered; its request is assessed and goes first; consent is withdrawn."""
    request = day.expect(tubes=2)
    one = day.receive(request)["specimen"]
    compared(day, one)
    day.decide(day.specimens[-1], "on hold")
    followed(day, one, "decision")
    assessed(day, request["request"])
    consent(day, request["patient"]["id"], [one])
    urgent(day, request["request"], one)


def compared(day: Shift, specimen: str, state: str = "illegible") -> None:
    """Something on the tube does not agree."""
    lines = [["surname", "agrees", "compared by eye"], ["forename", state, "compared by eye"]]
    day.act(lambda: [Draft("specimen.compared", {"specimen": specimen, "compared": lines})])


def followed(day: Shift, specimen: str, hold: str) -> None:
    """Somebody is chased, and answers."""
    subject, pen = f"specimen:{specimen}", day.ledger.pen()
    said: dict[str, Any] = {"specimen": specimen, "hold": hold, "whom": day._write(pen, WHOM, subject)}
    chased = said | {"how": "phone", "comment": day._write(pen, SAID, subject), "chase_by": "2026-03-04"}
    day.act(lambda: [Draft("hold.chased", chased, pen.values)])
    later = day.ledger.pen()
    answered = {"specimen": specimen, "hold": hold, "answer": day._write(later, SAID, subject)}
    answered["whom"] = day._write(later, WHOM, subject)
    day.act(lambda: [Draft("hold.answered", answered, later.values)])


def assessed(day: Shift, request: str, proceeds: str = "no") -> None:
    """Whether a request may go on."""
    items = [["indication", "present"], ["information", "absent" if proceeds == "no" else "present"]]
    pen = day.ledger.pen()
    comment = day._write(pen, SAID, f"assessment:{request}")
    body = {"request": request, "items": items, "proceeds": proceeds, "comment": comment}
    rests_on = day.last(f"assessment:{request}")
    day.act(lambda: [Draft("request.assessed", body | {"rests_on": rests_on}, pen.values)])


def consent(day: Shift, patient: str, specimens: list[str]) -> None:
    """Consent is stated, withdrawn with a hold on every specimen, and stated anew."""
    day.act(lambda: [stated(day, patient, "given")])
    held = {"hold": "consent", "reasons": ["consent-withdrawn"], "stops": ["testing", "leaving"]}
    chase = {"chase_whom": None, "chase_by": None}
    placed = [Draft("hold.placed", {"specimen": one, **held, **chase}) for one in specimens]
    day.act(lambda: [stated(day, patient, "withdrawn"), *placed])
    over = [Draft("hold.released", {"specimen": one, "hold": "consent", "reason": "stated anew"}) for one in specimens]
    day.act(lambda: [stated(day, patient, "given"), *over])


def stated(day: Shift, patient: str, state: str) -> Draft:
    """A consent as stated."""
    pen = day.ledger.pen()
    said_by = day._write(pen, WHOM, f"patient:{patient}")
    body = {"patient": patient, "use": "testing", "state": state, "source": "form", "said_by": said_by}
    return Draft("consent.stated", body | {"stated_on": "2026-03-01"}, pen.values)


def urgent(day: Shift, request: str, specimen: str) -> None:
    """A request goes first from now on; somebody is told, and the next step takes its specimen up."""
    subject, pen = f"request:{request}", day.ledger.pen()
    whom, comment = day._write(pen, WHOM, subject), day._write(pen, SAID, subject)
    body = {"request": request, "specimens": [specimen], "priority": "urgent", "was": "routine"}
    raised = body | {"whom": whom, "how": "phone", "comment": comment}
    day.act(lambda: [Draft("request.priority_raised", raised, pen.values)])
    told = day.ledger.pen()
    who = day._write(told, WHOM, f"specimen:{specimen}")
    day.act(lambda: [Draft("urgent.told", {"specimen": specimen, "whom": who, "how": "phone"}, told.values)])
    day.act(lambda: [Draft("urgent.acknowledged", {"specimen": specimen, "step": "extraction"})])
