"""Commands about people and families: another member first, a later name, the maternal blood of a prenatal specimen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gms_desktop import family_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.findings import Severity
from gms_desktop.domain.identifiers import nhs_number
from gms_desktop.journal.database import Row
from gms_desktop.register import family_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import families, rights, site_rules
from gms_desktop.services.finding_words import sentence
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people_words import Person, person
from gms_desktop.services.receive import Desk
from gms_desktop.services.situation import open_situation
from gms_desktop.services.views import Answer, Choice, Offer, Question

FIND = "find"
_NAME_FIELDS = (
    ("surname", "Surname"),
    ("forename", "Forename"),
    ("born", "Date of birth, where it was not known"),
    ("nhs", "NHS number, where it was not known"),
    ("hospital", "A further hospital number"),
    ("hospital_ods", "ODS code of that hospital"),
    ("said_by", "Who said so"),
)
CAUSES = (
    Choice("named", "The newborn was named"),
    Choice("identified", "The unknown or temporary patient was identified"),
    Choice("changed", "The name was changed"),
    Choice("misspelt", "The name had been misspelt"),
)


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    desk.told, desk.last_code = {"by": "hand", "device": "screen"}, ""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question)
    outcome = _DO[given](ledger, desk, answer, (answer.subject if answer else "") or argument)
    desk.question = outcome.question if given is Command.OTHER_MEMBER else None
    return outcome


def _other_member(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    here = open_situation(ledger.db, desk.place.bench)
    if here is None or here.in_hand is not None:
        return Outcome(words.nothing_open() if here is None else words.nothing_in_hand())
    members = {tube.request["patient"]: tube for tube in families.in_order(here, desk.member)}
    later = list(members)[1:]
    chosen = next((one for one in later if answer and one in answer.choices), None)
    if chosen is None and len(later) == 1:
        chosen = later[0]
    if chosen is not None:
        desk.member = chosen
        return Outcome(family_words.member_first(members[chosen].request["role"], here.people[chosen].name))
    choices = tuple(
        Choice(one, f"{(members[one].request['role'] or '').capitalize()}  {here.people[one].name}") for one in later
    )
    if not choices:
        return Outcome(words.attention("Nobody else", "No other member's tube is awaited."))
    asked = Question(
        Command.OTHER_MEMBER, "Whose tube is in your hand?", choices, many=False, confirm="Take this member first"
    )
    return Outcome(words.choose("Other member", "Choose whose tube comes next."), question=asked)


def _name(ledger: Ledger, desk: Desk, answer: Answer | None, patient: str) -> Outcome:
    row = look_up.row(ledger.db, "patient", patient)
    if row is None:
        return Outcome(words.nothing_in_hand(), place=FIND)
    who = person(ledger.db, patient)
    said = {name: value.strip() for name, value in answer.fields} if answer else {}
    wrong = _problems(ledger, who, said, answer) if answer else ()
    if answer is None or wrong:
        asked = Question(
            Command.NAME_PATIENT,
            f"{family_words.NAME_TITLE} Now: {who.name}",
            CAUSES,
            many=False,
            fields=_NAME_FIELDS,
            confirm="Add this name",
            problems=wrong,
            subject=patient,
            values=answer.fields if answer else (("surname", who.surname), ("forename", who.forename)),
        )
        title = "There is a problem" if wrong else "Later name"
        told = " ".join(wrong) or "The former name stays findable."
        return Outcome(words.choose(title, told), question=asked, place=FIND)
    draft = _named(ledger, desk, patient, said, answer)
    later = ", ".join(filter(None, (said["surname"].upper(), said.get("forename", ""))))
    numbers = families.labels_with_former_name(ledger.db, patient, "9")
    return Outcome(family_words.named(later, numbers), (draft,), place=FIND)


def _problems(ledger: Ledger, who: Person, said: dict[str, str], answer: Answer) -> tuple[str, ...]:
    found = []
    if not set(answer.choices) & {cause.code for cause in CAUSES}:
        found.append("Choose why the name is another.")
    if not said.get("surname"):
        found.append("Enter the surname.")
    elif (said["surname"], said.get("forename", "")) == (who.surname, who.forename) and not _more(said):
        found.append("Enter the later name: this is the one that stands.")
    if not said.get("said_by"):
        found.append("Enter who said so.")
    profile, today = site_rules.severities(ledger.db), rights.laboratory_day(ledger)
    born = dates.birth_date(said["born"], today, profile) if said.get("born") else None
    if born and (born.on is None or born.on > today):
        found += [sentence(one) for one in born.findings]
    if born and who.born and born.on and born.on.isoformat() != who.born:
        found.append("Another date of birth stands already. That is a correction, not a later name.")
    if said.get("nhs"):
        found += [sentence(o) for o in nhs_number.findings(said["nhs"], profile) if o.severity is Severity.BLOCK]
        if who.nhs and nhs_number.normalise(said["nhs"]) != who.nhs:
            found.append("Another NHS number stands already. That is a correction, not a later name.")
    return tuple(found)


def _more(said: dict[str, str]) -> bool:
    return any(said.get(name) for name in ("born", "nhs", "hospital"))


def _named(ledger: Ledger, desk: Desk, patient: str, said: dict[str, str], answer: Answer) -> Draft:
    subject, pen, last = f"patient:{patient}", ledger.pen(), f"last:naming:{patient}"
    born = dates.birth_date(said["born"], rights.laboratory_day(ledger)) if said.get("born") else None
    hospital = {
        "ods": said.get("hospital_ods", "").upper() or None,
        "number": pen.write(said.get("hospital"), subject),
    }
    body = {
        "patient": patient,
        "name": ledger.identity(),
        "person": "person",
        "surname": pen.write(said["surname"], subject),
        "forename": pen.write(said.get("forename"), subject),
        "born": pen.write(born.on.isoformat() if born and born.on else "", subject),
        "nhs": pen.write(nhs_number.normalise(said.get("nhs", "")), subject),
        "hospital": hospital if hospital["number"] else None,
        "cause": next(cause.code for cause in CAUSES if cause.code in answer.choices),
        "said_by": pen.write(said["said_by"], subject),
        "follows": ledger.driver.holders([last])[last],
    }
    return Draft("patient.named", body, pen.values, desk.told)


def _maternal(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    prenatal = look_up.row(ledger.db, "specimen", argument)
    if prenatal is None:
        return Outcome(words.nothing_in_hand(), place=FIND)
    offered = _maternal_specimens(ledger, prenatal)
    number = (dict(answer.fields).get("number", "") if answer else "").strip()
    chosen = next((row for row in offered if answer and row["id"] in answer.choices), None)
    other = chosen or (look_up.specimen_by_accession(ledger.db, number) if number else None)
    if answer is None or other is None or other["id"] == prenatal["id"]:
        wrong = (family_words.no_such_number(number),) if answer else ()
        asked = Question(
            Command.MATERNAL_BLOOD,
            f"Which maternal blood belongs to {prenatal['accession']}?",
            tuple(Choice(row["id"], f"{row['accession']}  {row['type']}") for row in offered),
            many=False,
            fields=(("number", "Or scan its label"),),
            confirm="Link the two",
            problems=wrong,
            subject=argument,
        )
        return Outcome(words.choose("Maternal blood", " ".join(wrong) or asked.title), question=asked, place=FIND)
    linked = any(
        row["other"] == other["id"] and row["state"] == "linked"
        for row in family_look_up.links(ledger.db, prenatal["id"])
    )
    body = {"specimen": prenatal["id"], "other": other["id"], "relation": "maternal blood", "parted": linked}
    said = family_words.parted if linked else family_words.linked
    verdict = said(str(prenatal["accession"]), str(other["accession"]))
    return Outcome(verdict, (Draft("specimen.linked", body, input=desk.told),), place=FIND)


def _maternal_specimens(ledger: Ledger, prenatal: Row) -> list[Row]:
    """Specimens of the mother: of the referral's mother, or of the woman herself who carries the pregnancy."""
    mothers: dict[str, None] = {prenatal["patient"]: None} if prenatal["patient"] else {}
    for request in look_up.requests_of_specimen(ledger.db, prenatal["id"]):
        family = look_up.requests_of_referral(ledger.db, request["referral"]) if request["referral"] else []
        mothers.update({row["patient"]: None for row in family if row["role"] == "mother"})
    rows = [row for mother in mothers for row in look_up.specimens_of_patient(ledger.db, mother)]
    return [row for row in rows if row["id"] != prenatal["id"] and not families.is_prenatal(row)]


def offers(sort: str, row: Row | None, patient: str | None) -> tuple[Offer, ...]:
    """What Find offers about a patient, or about a specimen of a pregnancy."""
    made = []
    if patient and sort in {"patient", "specimen"}:
        made.append(Offer(Command.NAME_PATIENT, "Add a later name", argument=patient))
    if sort == "specimen" and row is not None and families.is_prenatal(row):
        made.append(Offer(Command.MATERNAL_BLOOD, f"Maternal blood of {row['accession']}", argument=row["id"]))
    return tuple(made)


_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.OTHER_MEMBER: _other_member,
    Command.NAME_PATIENT: _name,
    Command.MATERNAL_BLOOD: _maternal,
}
