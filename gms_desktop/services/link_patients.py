"""One person registered twice: never refused, never merged. Proposed by one, linked by a second, and parted again."""

from __future__ import annotations

from gms_desktop import review_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import nhs_number
from gms_desktop.journal import subjects_found
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.case_words import subject_name
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people_words import person
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Offer

_MOST = 3


def possibly_same(db: Database, patient: str) -> tuple[str, ...]:
    """Patients registered apart who have the NHS number of this one, or surname and date of birth."""
    who = person(db, patient)
    number = nhs_number.normalise(who.nhs) if who.nhs else ""
    found = subjects_found.subjects_with(db, number, number) | subjects_found.subjects_with(db, who.born, who.surname)
    others = {subject.partition(":")[2] for subject in found if subject.startswith("patient:")} - {patient}
    return tuple(sorted(one for one in others if look_up.row(db, "patient", one)))


def links(db: Database, patient: str) -> dict[str, Row]:
    """How this patient stands to others, by their identity."""
    return {row["other"]: row for row in look_up.links_of_patient(db, patient)}


def facts(db: Database, patient: str) -> tuple[tuple[str, str], ...]:
    """Whom this patient may be, or is known to be, in words."""
    said, known = [], links(db, patient)
    for other in dict.fromkeys([*known, *possibly_same(db, patient)]):
        state = known[other]["state"] if other in known else "possibly"
        if state == "parted":
            continue
        label = "The same patient as" if state == "linked" else "Possibly the same patient as"
        said.append((label, f"{_described(db, other)}{', proposed' if state == 'proposed' else ''}"))
    return tuple(said)


def _described(db: Database, patient: str) -> str:
    who = person(db, patient)
    return "  ".join(filter(None, (who.name, who.born_words, who.nhs_words, who.hospital_words)))


def offers(db: Database, patient: str) -> tuple[Offer, ...]:
    """What may be done about them."""
    made, known = [], links(db, patient)
    for other in dict.fromkeys([*known, *possibly_same(db, patient)]):
        state, name = known[other]["state"] if other in known else "", subject_name(db, f"patient:{other}")
        if state == "linked":
            made.append(Offer(Command.LINK_PATIENTS, f"Part from {name}", argument=f"part:{patient}/{other}"))
        elif state in {"", "parted"}:
            label = f"Propose: one person with {name}"
            made.append(Offer(Command.LINK_PATIENTS, label, argument=f"propose:{patient}/{other}"))
    return tuple(made[:_MOST])


def command(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Propose, link or part two patients: the argument says which (``propose:ONE/OTHER``)."""
    what, _, pair = ((answer.subject if answer else "") or argument).partition(":")
    one, _, other = pair.partition("/")
    session = look_up.session(ledger.db, desk.place.bench)
    operator = session["operator"] if session else None
    if operator is None or not other:
        return Outcome(words.nothing_in_hand())
    both = {"patient": one, "other": other}
    names = tuple(subject_name(ledger.db, f"patient:{each}") for each in (one, other))
    row = links(ledger.db, one).get(other)
    if what == "propose":
        draft = Draft("patient.link_proposed", both | {"reason": "same identifiers"}, input=desk.told)
        return Outcome(review_words.link_proposed(*names), (draft,))
    if what == "part":
        draft = Draft("patient.parted", both | {"reason": "not one person", "by": operator}, input=desk.told)
        return Outcome(review_words.parted(*names), (draft,))
    if row is None or row["state"] != "proposed":
        return Outcome(review_words.case_gone())
    if row["by"] == operator:
        return Outcome(review_words.second_person_wanted())
    draft = Draft("patient.linked", both | {"by": operator, "witness": row["by"]}, input=desk.told)
    return Outcome(review_words.linked(*names), (draft,))
