"""A request as someone states it, turned into the entry that expects it. Identifying values go to the pen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gms_desktop.journal.entry import Body
from gms_desktop.register.ledger import Draft, Ledger, Pen
from gms_desktop.services import priorities


@dataclass(frozen=True)
class ToldPatient:
    """A person as a file or a tube names them; empty where nothing is said."""

    person: str = "person"
    surname: str = ""
    forename: str = ""
    born: str = ""
    nhs: str = ""
    nhs_state: str = "not traced"
    participant: str = ""
    hospital: tuple[tuple[str, str], ...] = ()
    sex: str = ""


@dataclass(frozen=True)
class ToldRequest:
    """A request as a file or a tube states it: codes as (code, issuing ODS), tubes as (type, code)."""

    codes: tuple[tuple[str, str], ...] = ()
    tubes: tuple[tuple[str, str], ...] = ()
    role: str = ""
    structure: str = ""
    test: str = ""
    sender: str = ""
    requestor: str = ""
    location: str = ""
    priority: str = "routine"
    category: str = "clinical"
    risk: str = "not stated"
    collected: str = ""
    row: int | None = None
    origin: str = "file"


def expected(
    ledger: Ledger,
    patient: ToldPatient,
    request: ToldRequest,
    referral: str | None,
    act: str | None,
    known_patient: str | None,
) -> Draft:
    """The draft of an expected request.

    Args:
        ledger: the bench's ledger.
        patient: who it is about.
        request: what is asked for.
        referral: the NGIS referral, lower case.
        act: the import it came with.
        known_patient: the patient's id when every identifier stated agrees with one who is known; else a new one.
    """
    pen = ledger.pen()
    person = known_patient or ledger.identity()
    body: Body = {
        "request": ledger.identity(),
        "referral": referral,
        "patient": _patient(pen, patient, person, new=known_patient is None),
        "role": request.role or None,
        "structure": request.structure or None,
        "test": request.test or None,
        "codes": [{"code": code, "ods": ods or None} for code, ods in request.codes],
        "sender": request.sender or None,
        "requestor": pen.write(request.requestor, f"patient:{person}"),
        "location": pen.write(request.location, f"patient:{person}"),
        "priority": priorities.effective(
            ledger.db, request.priority, request.test, (kind for kind, _ in request.tubes)
        ),
        "category": request.category,
        "risk": request.risk,
        "tubes": [{"type": kind or None, "code": code or None} for kind, code in request.tubes],
        "collected": request.collected or None,
        "import": act,
        "row": request.row,
        "origin": request.origin,
    }
    return Draft("request.expected", body, pen.values, {"by": request.origin})


def _patient(pen: Pen, said: ToldPatient, person: str, *, new: bool) -> dict[str, Any]:
    if not new:
        return {"id": person, "new": False}
    subject = f"patient:{person}"
    return {
        "id": person,
        "new": True,
        "person": said.person,
        "surname": pen.write(said.surname, subject),
        "forename": pen.write(said.forename, subject),
        "born": pen.write(said.born, subject),
        "born_precision": "day" if said.born else "unknown",
        "sex": said.sex or None,
        "nhs": pen.write(said.nhs, subject),
        "nhs_state": said.nhs_state if said.nhs else "absent",
        "participant": pen.write(said.participant, subject),
        "mother": None,
        "hospital": [{"ods": ods or None, "number": pen.write(number, subject)} for ods, number in said.hospital],
    }
