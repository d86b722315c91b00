"""An arrival that nobody announced: booked from what its tube says, received, labelled and held."""

from __future__ import annotations

import re
from typing import Any

from gms_desktop import words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.findings import Severity
from gms_desktop.domain.identifiers import barcode, nhs_number, ods
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import decide, expected_drafts, hold_terms, rights, site_rules, specimen_lists
from gms_desktop.services.arrive import Arrival, arrive_for
from gms_desktop.services.expected_drafts import ToldPatient, ToldRequest
from gms_desktop.services.finding_words import sentence
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

FIELDS = (
    ("surname", "Surname"),
    ("forename", "Forename"),
    ("born", "Date of birth"),
    ("nhs", "NHS number"),
    ("hospital", "Hospital number"),
    ("hospital_ods", "ODS code of that hospital"),
    ("type", "Specimen type"),
    ("code", "Sender's number on the tube"),
    ("sender", "ODS code of the sender"),
    ("requestor", "Requestor"),
    ("location", "Ward or clinic"),
)
PERSONS = (
    Choice("person", "Named patient"),
    Choice("unknown", "Unknown patient"),
    Choice("temporary", "Temporary identity"),
    Choice("newborn", "Newborn: “Baby of”"),
    Choice("twin", "Twin or triplet: “Twin 1 of”"),
    Choice("fetal", "Fetal: named by the mother"),
    Choice("withheld", "Identity withheld"),
)


_NAMED = frozenset({"person", "newborn", "twin", "fetal"})


# A sender's number has a digit and no spaces: words would be somebody's name or ward.
_CODE = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9./-]{0,39}")


def asked(problems: tuple[str, ...] = (), code: str = "") -> Question:
    """What is asked of an unannounced arrival. Nothing but the specimen type must be known."""
    return Question(
        command=Command.UNANNOUNCED,
        title="Unannounced arrival: what does the tube say?",
        choices=PERSONS,
        many=False,
        fields=FIELDS,
        confirm="Receive and hold",
        problems=problems,
        values=(("code", code),) if _CODE.fullmatch(code) else (),
    )


def book(ledger: Ledger, desk: Desk, answer: Answer) -> Outcome:
    """Register the patient as the tube names them, receive the tube, and hold it: no request came with it."""
    said = {name: value.strip() for name, value in answer.fields}
    said["type"] = known_type(ledger, said.get("type", "")) or said.get("type", "")
    person = next(iter(answer.choices), "person")
    missing = problems(ledger, said, person)
    if missing:
        return Outcome(words.choose("There is a problem", " ".join(missing)), question=asked(missing))
    made = arrival(ledger, desk, said, person)
    return Outcome(words.unannounced(made.number), made.drafts, print_labels=(made.label,))


def problems(ledger: Ledger, said: dict[str, str], person: str) -> tuple[str, ...]:
    """What is missing or wrong in what a tube is said to show, in words."""
    found = []
    if not said.get("type"):
        found.append("Enter the specimen type.")
    elif known_type(ledger, said["type"]) is None:
        # Free text may carry a name, and stands in the entry: only the listed types do.
        listed = (one.words for one in specimen_lists.types(ledger.db).types)
        found.append(f"Enter the specimen type as one of: {', '.join(listed)}.")
    if said.get("code") and not _CODE.fullmatch(said["code"]):
        found.append("Enter the sender's number as it stands on the tube: letters, digits and - / . only.")
    if person in _NAMED and not said.get("surname"):
        found.append("Enter the surname, or choose “Unknown patient”.")
    profile = site_rules.severities(ledger.db)
    today = rights.laboratory_day(ledger)
    born = dates.birth_date(said["born"], today, profile) if said.get("born") else None
    findings = list(born.findings) if born and (born.on is None or born.on > today) else []
    if said.get("nhs"):
        findings += [one for one in nhs_number.findings(said["nhs"], profile) if one.severity is Severity.BLOCK]
    for field in ("sender", "hospital_ods"):
        if said.get(field):
            findings += [one for one in ods.findings(said[field], profile) if one.severity is Severity.BLOCK]
    if _gives_patient_away(said):
        found.append(words.PATIENT_NUMBER_AS_CODE)
    return (*found, *(sentence(one) for one in findings))


def known_type(ledger: Ledger, typed: str) -> str | None:
    """The specimen type as the bench writes it, or None for one that is not on the laboratory's list."""
    found = specimen_lists.types(ledger.db).find(typed)
    return found.words if found else None


def _gives_patient_away(said: dict[str, str]) -> bool:
    code = said.get("code", "")
    own = {nhs_number.normalise(said.get("nhs", "")), said.get("hospital", "")} - {""}
    return bool(code) and (
        not own.isdisjoint({code, nhs_number.normalise(code)}) or any(one.private for one in barcode.recognise(code))
    )


def _chased(ledger: Ledger, said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Whom to chase for the request: whoever the tube or its bag names."""
    whom = ", ".join(part for name in ("requestor", "location") if (part := said.get(name, "")))
    day = hold_terms.default_day(ledger)
    return (hold_terms.WHOM, whom), (hold_terms.BY, dates.display(day) if day else "")


def arrival(ledger: Ledger, desk: Desk, said: dict[str, str], person: str) -> Arrival:
    """The act that books a tube from what it shows: its request, its arrival with number and label, and the hold."""
    today = rights.laboratory_day(ledger)
    born = dates.birth_date(said["born"], today) if said.get("born") else None
    patient = ToldPatient(
        person=person,
        surname=said.get("surname", ""),
        forename=said.get("forename", ""),
        born=born.on.isoformat() if born and born.on else "",
        nhs=nhs_number.normalise(said.get("nhs", "")),
        hospital=((said.get("hospital_ods", "").upper(), said["hospital"]),) if said.get("hospital") else (),
    )
    request = ToldRequest(
        codes=((said["code"], said.get("sender", "").upper()),) if said.get("code") else (),
        sender=said.get("sender", "").upper(),
        requestor=said.get("requestor", ""),
        location=said.get("location", ""),
        tubes=((said["type"], said.get("code", "")),),
        origin="tube",
    )
    expected = expected_drafts.expected(ledger, patient, request, None, None, None)
    row: dict[str, Any] = {
        "id": expected.body["request"],
        "patient": expected.body["patient"]["id"],
        "sender": expected.body["sender"],
        "collected": None,
        "risk": "not stated",
        "priority": "routine",
        "category": "clinical",
    }
    opened = Draft("reception.opened", {"bench": desk.place.bench, "request": row["id"]}, input=desk.told)
    made = arrive_for(ledger, desk.place, row, 1, said["type"], "unannounced", said.get("code") or None, desk.told)
    # The decision rests on the arrival, which will be the third entry of this act.
    rests_on = f"{ledger.head.writer}/{ledger.head.last_seq + 3}"
    held = decide.decision(
        ledger,
        made.specimen,
        "on hold",
        (),
        Answer(("no-request",), fields=_chased(ledger, said)),
        rests_on=rests_on,
        told=desk.told,
    )
    return Arrival((expected, opened, *made.drafts, held), made.specimen, made.number, made.label)
