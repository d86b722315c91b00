"""A test added on to material that is here: looks for what fits, and keeps it or a volume of it for the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gms_desktop import afterwards_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import barcode
from gms_desktop.domain.material import wrong_amount
from gms_desktop.domain.volumes import read_volume
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import afterwards_look_up
from gms_desktop.register.afterwards import USED
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import afterwards, asked, expected_tests, stored_material, urgent_commands
from gms_desktop.services.asked import FIND
from gms_desktop.services.expected_tests import Entered
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people_words import person
from gms_desktop.services.receive import Desk
from gms_desktop.services.stored_material import Stored
from gms_desktop.services.views import Answer, Choice, Offer, Question

_VOLUME = ("volume", afterwards_words.VOLUME_TO_KEEP)
_FIELDS = (("test", "Test"), ("code", "Its order number, where it has one"), ("priority", "Priority"), _VOLUME)


def add_on(ledger: Ledger, desk: Desk, request: Row, answer: Answer | None) -> Outcome:
    """Add a test on to a request, or say why nothing here fits."""
    db, name = ledger.db, afterwards.name_of(ledger.db, request)
    if afterwards.is_cancelled(request):
        return Outcome(afterwards_words.already_cancelled(name), place=FIND)
    every = stored_material.stored(ledger, request["patient"], desk.time_zone)
    fits = [one for one in every if not one.why_not]
    if not fits:
        return Outcome(afterwards_words.nothing_fits(name, tuple(_of_no_use(every))), place=FIND)
    if wants_material(db, request):
        return _keep(ledger, desk, request, answer, every)
    chosen, test = _chosen(fits, answer), expected_tests.entered(db, asked.fields_of(answer).get("test", ""))
    wrong = _wrong(answer, chosen, fits, test) if answer else ()
    if answer is None or wrong or chosen is None:
        return asked.question(
            Command.ADD_ON,
            f"Which test is added on to {name}, {person(db, request['patient']).name}, and which material is kept?",
            "Add the test on",
            request["id"],
            answer,
            wrong,
            "" if wrong else _told(every),
            _FIELDS,
            {"priority": "routine"},
            _choices(fits),
        )
    return _added(ledger, desk, request, answer, chosen, test)


def wants_material(db: Database, request: Row) -> bool:
    """Whether a request was added on and nothing serves it: it was released, or went to another bench's test."""
    added = afterwards_look_up.add_on(db, request["id"]) is not None
    kept = afterwards_look_up.kept_for(db, request["id"]) or afterwards_look_up.was_used_for(db, request["id"])
    return added and not kept


def _told(every: Sequence[Stored]) -> str:
    """Why each thing that is here and is not offered cannot serve; what is offered says itself what it is."""
    offered = sum(not one.why_not for one in every)
    return afterwards_words.offered(offered, tuple(_of_no_use(every)))


def _of_no_use(every: Sequence[Stored]) -> list[str]:
    return [afterwards_words.of_no_use(one.number, one.why_not) for one in every if one.why_not]


def _choices(fits: Sequence[Stored]) -> tuple[Choice, ...]:
    return tuple(Choice(one.key, f"Keep {one.words}") for one in fits)


def _keep(ledger: Ledger, desk: Desk, request: Row, answer: Answer | None, every: Sequence[Stored]) -> Outcome:
    """Keep material for a test that was added on before."""
    fits = [one for one in every if not one.why_not]
    chosen, name = _chosen(fits, answer), afterwards.name_of(ledger.db, request)
    wrong = _wrong_material(answer, chosen, fits) if answer else ()
    if answer is None or wrong or chosen is None:
        question = Question(
            Command.ADD_ON,
            f"Which material is kept for {name}?",
            _choices(fits),
            many=False,
            fields=(_VOLUME,),
            confirm="Keep this material",
            subject=request["id"],
            problems=wrong,
            values=answer.fields if answer else (),
        )
        head = "There is a problem" if wrong else "Keep material"
        return Outcome(words.choose(head, " ".join(wrong) or _told(every)), question=question, place=FIND)
    reserved = _reserved(ledger, desk, request["id"], chosen, answer)
    first = _first(ledger, desk, request, chosen, "", None)
    verdict = afterwards_words.kept(_much(chosen, answer), name, first=bool(first))
    return Outcome(verdict, (reserved, *first), place=FIND)


def _much(chosen: Stored, answer: Answer) -> str:
    """What is kept: a number of ours, with the volume where one was entered."""
    written = read_volume(asked.fields_of(answer).get("volume", ""))
    return f"{written.words} of {chosen.number}" if written else chosen.number


def _reserved(ledger: Ledger, desk: Desk, request: str, chosen: Stored, answer: Answer) -> Draft:
    specimen, written = chosen.specimen["id"], read_volume(asked.fields_of(answer).get("volume", ""))
    subject = f"last:specimen:{specimen}"
    body: Body = {
        "specimen": specimen,
        "aliquot": chosen.aliquot["id"] if chosen.aliquot else None,
        "request": request,
        "volume": {"value": written.value, "unit": written.unit} if written else None,
        "bench": ledger.head.writer,
        "rests_on": ledger.driver.holders([subject])[subject],
    }
    return Draft("material.reserved", body, input=desk.told)


def _chosen(fits: Sequence[Stored], answer: Answer | None) -> Stored | None:
    # What was named and serves no more is never exchanged for what is left.
    named = set(answer.choices) - afterwards_words.HOW.keys() if answer else set()
    meant = [one for one in fits if one.key in named]
    if named or len(fits) > 1:
        return meant[0] if len(meant) == 1 else None
    return fits[0]


def _wrong_material(answer: Answer, chosen: Stored | None, fits: Sequence[Stored]) -> tuple[str, ...]:
    if chosen is None:
        return (afterwards_words.choose_material(len(fits)),)
    wrong = wrong_amount(chosen.number, chosen.material, asked.fields_of(answer).get("volume", ""))
    return (wrong,) if wrong else ()


def _wrong(answer: Answer, chosen: Stored | None, fits: Sequence[Stored], test: Entered) -> tuple[str, ...]:
    said, found = asked.fields_of(answer), [*asked.missing(answer), *_wrong_material(answer, chosen, fits)]
    if not test.code:
        found.append("Enter the test.")
    if test.problem:
        found.append(test.problem)
    if any(one.private for one in barcode.recognise(said.get("code", ""))):
        found.append(afterwards_words.PATIENTS_NUMBER)
    if said.get("priority", "routine") not in {"routine", "urgent"}:
        found.append("Enter the priority as routine or urgent.")
    return tuple(found)


def _added(ledger: Ledger, desk: Desk, request: Row, answer: Answer, chosen: Stored, test: Entered) -> Outcome:
    said, pen, added = asked.fields_of(answer), ledger.pen(), ledger.identity()
    body = asked.body_of(pen, added, answer, ledger)
    body |= {"of": request["id"], "patient": request["patient"], "test": test.code}
    body |= {"code": said.get("code") or None, "priority": said.get("priority") or "routine"}
    reserved = _reserved(ledger, desk, added, chosen, answer)
    name = afterwards.name_of(ledger.db, request)
    new = {"id": added, "test": test.code, "priority": body["priority"]}
    first = _first(ledger, desk, new, chosen, said.get("asked_by", ""), body["how"])
    verdict = afterwards_words.added_on(test.code, name, _much(chosen, answer), test.odd, first=bool(first))
    drafts = (Draft("request.added_on", body, pen.values, desk.told), reserved, *first)
    return Outcome(verdict, drafts, place=FIND)


def _first(ledger: Ledger, desk: Desk, request: Row, chosen: Stored, whom: str, how: str | None) -> tuple[Draft, ...]:
    """What is kept for urgent work goes first as well."""
    raised = urgent_commands.raised_by_keeping(ledger, request, chosen.specimen, whom, how)
    return tuple(replace(one, input=desk.told) for one in raised)


def release(ledger: Ledger, desk: Desk, reservation: str) -> Outcome:
    """Keep material for its request no more."""
    kept = afterwards_look_up.reserved(ledger.db, reservation)
    if kept is None:
        return Outcome(afterwards_words.not_kept(), place=FIND)
    number, name = stored_material.number_of(ledger.db, kept), afterwards.name_of_request(ledger.db, kept["request"])
    draft = _release(ledger, desk, kept, "released by hand")
    return Outcome(afterwards_words.released(number, name), (draft,), place=FIND)


def used(ledger: Ledger, desk: Desk, reservation: Row) -> Draft:
    """What was kept for a request goes into its extraction: it is kept no more, and serves it."""
    return _release(ledger, desk, reservation, USED)


def release_offers(db: Database, specimen: str) -> tuple[Offer, ...]:
    """Buttons that free what is kept of a specimen, each named by what it frees."""
    rows = afterwards_look_up.reservations(db, specimen)
    return tuple(
        Offer(Command.RELEASE_MATERIAL, _release_words(db, row, len(rows)), argument=row["id"]) for row in rows
    )


def _release_words(db: Database, row: Row, of: int) -> str:
    number = stored_material.number_of(db, row)
    return f"Release {number}, {afterwards.name_of_request(db, row['request'])}" if of > 1 else f"Release {number}"


def released(ledger: Ledger, desk: Desk, request: str, reason: str) -> tuple[Draft, ...]:
    """The drafts that free whatever is kept for a request."""
    return tuple(_release(ledger, desk, row, reason) for row in afterwards_look_up.kept_for(ledger.db, request))


def _release(ledger: Ledger, desk: Desk, kept: Row, reason: str) -> Draft:
    volume = {"value": kept["volume"], "unit": kept["volume_unit"]} if kept["volume"] else None
    body: Body = {"specimen": kept["specimen"], "aliquot": kept["aliquot"], "request": kept["request"]}
    return Draft(
        "material.released", body | {"volume": volume, "reason": reason, "bench": ledger.head.writer}, input=desk.told
    )
