"""A test added on to material that is here: looks for a specimen that fits first, and keeps it for the test."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop import afterwards_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import afterwards_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import afterwards, asked, case_list
from gms_desktop.services.asked import FIND
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people_words import person
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_VOLUME_UNKNOWN = "volume left not recorded"


@dataclass(frozen=True)
class Stored:
    """A specimen of a patient, and why it does not fit an add-on; empty where it does."""

    specimen: Row
    why_not: str

    @property
    def number(self) -> str:
        """Our number."""
        return str(self.specimen["accession"])


def stored(db: Database, patient: str) -> tuple[Stored, ...]:
    """Every specimen of a patient that leads its number, and whether it fits."""
    rows = [row for row in look_up.specimens_of_patient(db, patient) if row["led_by"] is None]
    return tuple(Stored(row, _why_not(db, row)) for row in rows)


def _why_not(db: Database, specimen: Row) -> str:
    if case_list.held(db, f"specimen:{specimen['id']}"):
        return "in dispute"
    outcome = specimen["outcome"]
    if outcome is None:
        return "not decided yet"
    if not str(outcome).startswith("accepted"):
        return str(outcome)
    kept = afterwards_look_up.reservation(db, specimen["id"])
    if kept is None:
        return ""
    other = look_up.row(db, "request", kept["request"])
    return f"kept for {afterwards.name_of(db, other) if other else 'another request'}"


def _said(db: Database, one: Stored) -> str:
    """A specimen that fits: what it is, its quality as far as known, and how much is left."""
    quality = "; ".join(said for _, said in afterwards.concessions(db, one.specimen)) or str(one.specimen["outcome"])
    return f"{one.number}  {one.specimen['type']}, {quality}, {_VOLUME_UNKNOWN}"


def add_on(ledger: Ledger, desk: Desk, request: Row, answer: Answer | None) -> Outcome:
    """Add a test on to a request, or say why nothing here fits."""
    db, name = ledger.db, afterwards.name_of(ledger.db, request)
    if afterwards.is_cancelled(request):
        return Outcome(afterwards_words.already_cancelled(name), place=FIND)
    every = stored(db, request["patient"])
    fits = [one for one in every if not one.why_not]
    if not fits:
        why_not = tuple(f"{one.number} is {one.why_not}" for one in every)
        return Outcome(afterwards_words.nothing_fits(name, why_not), place=FIND)
    if wants_material(db, request):
        return _keep(ledger, desk, request, answer, fits)
    chosen = _chosen(fits, answer)
    wrong = _wrong(answer, chosen, fits) if answer else ()
    if answer is None or wrong or chosen is None:
        told = "; ".join(_said(db, one) for one in fits)
        no_use = "; ".join(f"{one.number} is {one.why_not}" for one in every if one.why_not)
        return asked.question(
            Command.ADD_ON,
            f"Which test is added on to {name}, {person(db, request['patient']).name}, and which material is kept?",
            "Add the test on",
            request["id"],
            answer,
            wrong,
            ". ".join(filter(None, (told, no_use))),
            (("test", "Test"), ("code", "Its order number, where it has one"), ("priority", "Priority")),
            {"priority": "routine"},
            tuple(Choice(one.specimen["id"], f"Keep {_said(db, one)}") for one in fits),
        )
    return _added(ledger, desk, request, answer, chosen)


def wants_material(db: Database, request: Row) -> bool:
    """Whether a request was added on and nothing is kept for it: it was released, or went to another bench's test."""
    added = afterwards_look_up.add_on(db, request["id"]) is not None
    return added and not afterwards_look_up.kept_for(db, request["id"])


def _keep(ledger: Ledger, desk: Desk, request: Row, answer: Answer | None, fits: list[Stored]) -> Outcome:
    chosen, name = _chosen(fits, answer), afterwards.name_of(ledger.db, request)
    if answer is None or chosen is None:
        question = Question(
            Command.ADD_ON,
            f"Which material is kept for {name}?",
            tuple(Choice(one.specimen["id"], f"Keep {_said(ledger.db, one)}") for one in fits),
            many=False,
            confirm="Keep this material",
            subject=request["id"],
        )
        said = "; ".join(_said(ledger.db, one) for one in fits)
        return Outcome(words.choose("Keep material", said), question=question, place=FIND)
    reserved = _reserved(ledger, desk, request["id"], chosen)
    return Outcome(afterwards_words.kept(chosen.number, name), (reserved,), place=FIND)


def _reserved(ledger: Ledger, desk: Desk, request: str, chosen: Stored) -> Draft:
    subject = f"last:specimen:{chosen.specimen['id']}"
    body = {"specimen": chosen.specimen["id"], "request": request, "bench": ledger.head.writer}
    body["rests_on"] = ledger.driver.holders([subject])[subject]
    return Draft("material.reserved", body, input=desk.told)


def _chosen(fits: list[Stored], answer: Answer | None) -> Stored | None:
    named = [one for one in fits if answer and one.specimen["id"] in answer.choices]
    if named or len(fits) > 1:
        return named[0] if len(named) == 1 else None
    return fits[0]


def _wrong(answer: Answer, chosen: Stored | None, fits: list[Stored]) -> tuple[str, ...]:
    said, found = asked.fields_of(answer), list(asked.missing(answer))
    if chosen is None:
        found.append(f"Choose one of the {len(fits)} specimens.")
    if not said.get("test"):
        found.append("Enter the test.")
    if said.get("priority", "routine") not in {"routine", "urgent"}:
        found.append("Enter the priority as routine or urgent.")
    return tuple(found)


def _added(ledger: Ledger, desk: Desk, request: Row, answer: Answer, chosen: Stored) -> Outcome:
    said, pen, added = asked.fields_of(answer), ledger.pen(), ledger.identity()
    body = asked.body_of(pen, added, answer, ledger)
    body |= {"of": request["id"], "patient": request["patient"], "test": said["test"]}
    body |= {"code": said.get("code") or None, "priority": said.get("priority") or "routine"}
    reserved = _reserved(ledger, desk, added, chosen)
    verdict = afterwards_words.added_on(said["test"], afterwards.name_of(ledger.db, request), chosen.number)
    return Outcome(verdict, (Draft("request.added_on", body, pen.values, desk.told), reserved), place=FIND)


def release(ledger: Ledger, desk: Desk, specimen: str) -> Outcome:
    """Keep a specimen for its request no more."""
    row, kept = look_up.row(ledger.db, "specimen", specimen), afterwards_look_up.reservation(ledger.db, specimen)
    if row is None or kept is None:
        return Outcome(afterwards_words.not_known(), place=FIND)
    other = look_up.row(ledger.db, "request", kept["request"])
    name = afterwards.name_of(ledger.db, other) if other else "the other request"
    draft = _release(ledger, desk, kept, "released by hand")
    return Outcome(afterwards_words.released(str(row["accession"]), name), (draft,), place=FIND)


def released(ledger: Ledger, desk: Desk, request: str, reason: str) -> tuple[Draft, ...]:
    """The drafts that free whatever is kept for a request."""
    return tuple(_release(ledger, desk, row, reason) for row in afterwards_look_up.kept_for(ledger.db, request))


def _release(ledger: Ledger, desk: Desk, kept: Row, reason: str) -> Draft:
    body = {"specimen": kept["specimen"], "request": kept["request"], "reason": reason, "bench": ledger.head.writer}
    return Draft("material.released", body, input=desk.told)
