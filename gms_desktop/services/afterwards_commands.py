"""Commands about a request after it was made: cancel it, take that back, amend it, share it, add a test on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop import afterwards_words, review_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import afterwards_look_up, look_up
from gms_desktop.register.afterwards import AMENDABLE
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import add_on, afterwards, asked, case_list, expected_tests, urgent_commands
from gms_desktop.services.asked import FIND
from gms_desktop.services.expected_tests import Entered
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people_words import person
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Offer

_Job = Callable[[Ledger, Desk, Row, Answer | None], Outcome]
PRIORITIES = ("routine", "urgent")


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO or given is Command.RELEASE_MATERIAL


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    desk.told, desk.last_code = {"by": "hand", "device": "screen"}, ""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question)
    subject = (answer.subject if answer else "") or argument
    if given is Command.RELEASE_MATERIAL:
        return add_on.release(ledger, desk, subject)
    request = look_up.row(ledger.db, "request", subject)
    if request is None:
        return Outcome(afterwards_words.not_known(), place=FIND)
    if row := case_list.held(ledger.db, f"request:{subject}"):
        name = afterwards.name_of(ledger.db, request)
        return Outcome(review_words.in_dispute(name, case_list.row_title(row)), place=FIND)
    return _DO[given](ledger, desk, request, answer)


def _named(db: Database, request: Row) -> str:
    return f"{afterwards.name_of(db, request)}, {person(db, request['patient']).name}"


def _so_far(db: Database, request: Row) -> str:
    """What is done of a request, and where its material is."""
    return "; ".join(afterwards.material(db, request["id"])) or afterwards_words.NOTHING_HERE


def _cancel(ledger: Ledger, desk: Desk, request: Row, answer: Answer | None) -> Outcome:
    db, name = ledger.db, afterwards.name_of(ledger.db, request)
    if afterwards.is_cancelled(request):
        return Outcome(afterwards_words.already_cancelled(name), place=FIND)
    wrong = asked.missing(answer) if answer else ()
    if answer is None or wrong:
        title = f"Who cancels {_named(db, request)}?"
        told = _so_far(db, request)
        return asked.question(Command.CANCEL_REQUEST, title, "Cancel the request", request["id"], answer, wrong, told)
    cancelled = _cancelling(ledger, desk, "request.cancelled", request, answer)
    freed = add_on.released(ledger, desk, request["id"], "request cancelled")
    left, arrived = afterwards.left_over(db, request["id"]), bool(afterwards.material(db, request["id"]))
    return Outcome(afterwards_words.cancelled(name, left, arrived=arrived), (cancelled, *freed), place=FIND)


def _cancelling(ledger: Ledger, desk: Desk, kind: str, request: Row, answer: Answer) -> Draft:
    pen = ledger.pen()
    body = asked.body_of(pen, request["id"], answer, ledger)
    body["follows"] = asked.last_said(ledger, "cancelling", request["id"])
    return Draft(kind, body, pen.values, desk.told)


def _revive(ledger: Ledger, desk: Desk, request: Row, answer: Answer | None) -> Outcome:
    name = afterwards.name_of(ledger.db, request)
    if not afterwards.is_cancelled(request):
        return Outcome(afterwards_words.not_cancelled(name), place=FIND)
    wrong = asked.missing(answer) if answer else ()
    if answer is None or wrong:
        title = f"Who wants {_named(ledger.db, request)} after all?"
        told = _so_far(ledger.db, request)
        confirm = "Take the cancellation back"
        return asked.question(Command.REVIVE_REQUEST, title, confirm, request["id"], answer, wrong, told)
    draft = _cancelling(ledger, desk, "request.revived", request, answer)
    return Outcome(afterwards_words.revived(name), (draft,), place=FIND)


def _stands(db: Database, request: Row) -> dict[str, str]:
    """What stands in each field of a request that may be amended."""
    known = afterwards.known_values(db, request)
    details = afterwards_look_up.details(db, request["id"]) or {}
    private = {"requestor": request["requestor_private"], "location": request["location_private"]}
    private["details"] = details.get("details_private")
    said = {name: known.get(value or "") or "" for name, value in private.items()}
    return {"test": request["test"] or "", "priority": request["priority"] or "", **said}


def _amend(ledger: Ledger, desk: Desk, request: Row, answer: Answer | None) -> Outcome:
    db, name = ledger.db, afterwards.name_of(ledger.db, request)
    if afterwards.is_cancelled(request):
        return Outcome(afterwards_words.already_cancelled(name), place=FIND)
    now, said = _stands(db, request), asked.fields_of(answer)
    test = expected_tests.entered(db, said.get("test", ""))
    said |= {"test": test.code} if "test" in said else {}
    other = tuple(field for field in AMENDABLE if field in said and said[field] != now[field])
    wrong = _wrong(said, other, answer, test) if answer else ()
    if answer is None or wrong:
        title = f"What is amended of {_named(db, request)}?"
        fields = tuple((field, afterwards_words.FIELDS[field]) for field in AMENDABLE)
        told = _so_far(db, request)
        return asked.question(
            Command.AMEND_REQUEST, title, "Amend the request", request["id"], answer, wrong, told, fields, now
        )
    pen, subject = ledger.pen(), f"request:{request['id']}"
    body = asked.body_of(pen, request["id"], answer, ledger)
    body |= {field: (said[field] or None) if field in other else None for field in ("test", "priority")}
    for field in ("details", "requestor", "location"):
        body[field] = pen.write(said[field], subject) if field in other else None
    body |= {"amendment": ledger.identity(), "fields": list(other)}
    body["follows"] = asked.last_said(ledger, "amending", request["id"])
    names = tuple(afterwards_words.FIELDS[field].lower() for field in other)
    odd = test.odd if "test" in other else ""
    who, why = said.get("asked_by", ""), said.get("reason", "")
    raised = urgent_commands.raised_by_amendment(ledger, request, now | said, who, body["how"], why)
    material = afterwards.material(db, request["id"])
    verdict = afterwards_words.amended(name, names, material, odd, first=bool(raised))
    amended = Draft("request.amended", body, pen.values, desk.told)
    return Outcome(verdict, (amended, *(replace(one, input=desk.told) for one in raised)), place=FIND)


def _wrong(said: dict[str, str], other: tuple[str, ...], answer: Answer, test: Entered) -> tuple[str, ...]:
    found = list(asked.missing(answer))
    if not other:
        found.append("Change at least one field: this is how the request stands.")
    if "test" in other and not said["test"]:
        found.append("Enter the test. A request that is not wanted any more is cancelled.")
    if "test" in other and test.problem:
        found.append(test.problem)
    if "priority" in other and said["priority"] not in PRIORITIES:
        found.append(f"Enter the priority as {' or '.join(PRIORITIES)}.")
    return tuple(found)


def _share(ledger: Ledger, desk: Desk, request: Row, answer: Answer | None) -> Outcome:
    db, name, said = ledger.db, afterwards.name_of(ledger.db, request), asked.fields_of(answer)
    wrong = asked.missing(answer) if answer else ()
    if answer and not said.get("to"):
        wrong = ("Enter the other laboratory.", *wrong)
    if answer is None or wrong:
        title = f"Which laboratory is {_named(db, request)} shared with?"
        fields = (("to", "Laboratory"), ("ods", "Its ODS code"))
        told = _so_far(db, request)
        return asked.question(
            Command.SHARE_REQUEST, title, "Share the request", request["id"], answer, wrong, told, fields
        )
    pen = ledger.pen()
    body = asked.body_of(pen, request["id"], answer, ledger)
    body |= {"share": ledger.identity(), "to": said["to"], "ods": said.get("ods", "").upper() or None}
    draft = Draft("request.shared", body, pen.values, desk.told)
    return Outcome(afterwards_words.shared(name, said["to"]), (draft,), place=FIND)


def offers(db: Database, sort: str, row: Row | None) -> tuple[Offer, ...]:
    """What Find offers about a request, or about a specimen and its first request."""
    if row is None or sort not in {"request", "specimen"}:
        return ()
    requests = [row] if sort == "request" else look_up.requests_of_specimen(db, row["id"])
    made = list(_of_request(db, requests[0])) if requests else []
    return (*made, *(add_on.release_offers(db, row["id"]) if sort == "specimen" else ()))


def _of_request(db: Database, request: Row) -> tuple[Offer, ...]:
    name, subject = afterwards.code_of(db, request), request["id"]
    if afterwards.is_cancelled(request):
        return (Offer(Command.REVIVE_REQUEST, f"{name} is wanted after all", argument=subject),)
    wants = add_on.wants_material(db, request)
    return (
        Offer(Command.CANCEL_REQUEST, f"Cancel {name}", argument=subject),
        Offer(Command.AMEND_REQUEST, f"Amend {name}", argument=subject),
        Offer(Command.ADD_ON, f"{'Keep material for' if wants else 'Add on to'} {name}", argument=subject),
        Offer(Command.SHARE_REQUEST, f"Share {name}", argument=subject),
    )


_DO: Mapping[Command, _Job] = {
    Command.CANCEL_REQUEST: _cancel,
    Command.REVIVE_REQUEST: _revive,
    Command.AMEND_REQUEST: _amend,
    Command.SHARE_REQUEST: _share,
    Command.ADD_ON: add_on.add_on,
}
