"""Takes in a file of expected requests: good rows land, others wait in the fix-it list, all as one undoable act."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gms_desktop.domain.findings import SeverityProfile
from gms_desktop.domain.identifiers import ngis, nhs_number, snomed
from gms_desktop.exchange.expected import ExpectedRow, FileProblem, Reading, RowProblem
from gms_desktop.exchange.layouts import read
from gms_desktop.exchange.problem_words import file_sentence, row_sentence
from gms_desktop.journal import store, waiting_names
from gms_desktop.journal.entry import Body
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import expected_tests, rights, senders, site_rules
from gms_desktop.services.expected_drafts import ToldPatient, ToldRequest, expected
from gms_desktop.services.people_words import person

_URGENT = frozenset({"urgent", "rapid", "priority", "stat"})


@dataclass
class Plan:
    """What a file would do: the drafts that land, the problems that wait, the rows that are here already."""

    reading: Reading
    drafts: list[Draft] = field(default_factory=list)
    landed: list[int] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    waiting: list[RowProblem] = field(default_factory=list)
    patients: dict[tuple[str, ...], str] = field(default_factory=dict)
    newest_before: str = ""
    act: str = ""

    @property
    def refused(self) -> tuple[FileProblem, ...]:
        """Why nothing of the file could be read."""
        return tuple(problem for problem in self.reading.file_problems if problem.blocks)


def read_file(name: str, content: bytes, mapping: Mapping[str, Any] | None, profile: SeverityProfile) -> Reading:
    """Read a file without any database; safe on any thread."""
    return read(name, content, mapping, profile)


def plan(ledger: Ledger, reading: Reading, act: str = "") -> Generator[None, None, Plan]:
    """Work out, row by row, what lands. Gives way after each row; nothing is written.

    Args:
        ledger: the bench's.
        reading: the file, read.
        act: the identity of the import, for which its file is kept already; a new one when there is none.
    """
    act = act or ledger.identity()
    reading = senders.checked(ledger.db, reading)
    reading = yield from expected_tests.checked(ledger.db, reading, site_rules.severities(ledger.db))
    made = Plan(_dated(reading, rights.laboratory_day(ledger)), newest_before=_newest_import(ledger), act=act)
    made.waiting += [problem for problem in reading.problems if problem.blocks]
    yield from waiting_names.of(ledger.db).read_ahead(ledger.db)
    for row in made.reading.rows:
        _plan_row(ledger, made, row, act)
        yield
    made.drafts.insert(0, _taken_in(ledger, made, act))
    made.drafts += [_row_waits(ledger, act, problem) for problem in made.waiting]
    return made


Entitle = Callable[[Ledger, Sequence[Draft]], list[Draft]]
_AT_ONCE = 200


def land(
    ledger: Ledger, made: Plan, operator: str | None, entitle: Entitle | None = None
) -> Generator[None, None, Plan]:
    """Append the plan in steps, worked out anew when another file landed while it was made.

    Args:
        ledger: the bench's.
        made: the plan.
        operator: who takes the file in.
        entitle: what the drafts go through first: the right of the person; None where nobody is signed in.

    Raises:
        NotAllowed: when the person may not take files in.
    """
    if made.newest_before != _newest_import(ledger):
        made = yield from plan(ledger, made.reading, made.act)
    drafts = made.drafts
    if entitle is not None:
        drafts = []
        for start in range(0, len(made.drafts), _AT_ONCE):
            drafts += entitle(ledger, made.drafts[start : start + _AT_ONCE])
            yield
    yield from ledger.append_in_steps(drafts, operator)
    return made


def _newest_import(ledger: Ledger) -> str:
    return next((str(row["id"]) for row in look_up.imports(ledger.db, 1)), "")


def _dated(reading: Reading, today: date) -> Reading:
    """The file with a warning on each row that names a day of birth to come."""
    rows = tuple(_warned(row) if row.birth_date_iso > today.isoformat() else row for row in reading.rows)
    return replace(reading, rows=rows)


def _warned(row: ExpectedRow) -> ExpectedRow:
    if any(problem.reason_code == "date-in-future" for problem in row.findings):
        return row
    heading = next((name for name, cell in row.raw.items() if cell.strip() == row.birth_date), "date of birth")
    found = RowProblem(row.row, heading, row.birth_date, "date-in-future", blocks=False)
    return replace(row, findings=(*row.findings, found))


def _plan_row(ledger: Ledger, made: Plan, row: ExpectedRow, act: str) -> None:
    codes = _codes(row)
    if _is_here(ledger, row, codes):
        made.already.append(row.row)
        return
    patient = _told_patient(row)
    identifiers = _identifiers(patient)
    known = made.patients.get(identifiers) if identifiers else None
    known = known or _known_patient(ledger, patient)
    draft = expected(ledger, patient, _told_request(row, codes), _referral(row), act, known)
    if identifiers:
        made.patients.setdefault(identifiers, draft.body["patient"]["id"])
    made.drafts.append(draft)
    made.landed.append(row.row)


def _codes(row: ExpectedRow) -> tuple[tuple[str, str], ...]:
    number = row.request_number
    return ((number.upper(), row.sender_ods.upper()),) if number and not _gives_patient_away(row, number) else ()


def _tube_codes(row: ExpectedRow) -> tuple[str, ...]:
    return tuple(code.upper() for code in row.specimen_codes if not _gives_patient_away(row, code))


def _gives_patient_away(row: ExpectedRow, code: str) -> bool:
    """Whether a code is a number of the patient: the patient is found by it, and it stands in no entry."""
    nhs = nhs_number.normalise(row.nhs_number)
    own = {row.hospital_number.upper(), row.ngis_participant_id.upper()} - {""}
    return code.upper() in own or (bool(nhs) and nhs in nhs_number.normalise(code))


def _is_here(ledger: Ledger, row: ExpectedRow, codes: tuple[tuple[str, str], ...]) -> bool:
    """Whether a request with the same number of the same sender, and the same tube, is expected already."""
    tubes = _tube_codes(row)
    same_tube = {request for code in tubes for request, _ in look_up.tubes_by_code(ledger.db, code)}
    same_request = {request for code, _ in codes for request in look_up.requests_by_code(ledger.db, code)}
    candidates = same_tube & same_request if tubes and codes else same_tube or same_request
    if not tubes and not codes:
        candidates = _same_test(ledger, row)
    for request in candidates:
        known = look_up.row(ledger.db, "request", request)
        if known and (known["sender"] or "") == row.sender_ods.upper() and known["referral"] == _referral(row):
            return True
    return False


def _same_test(ledger: Ledger, row: ExpectedRow) -> set[str]:
    """Requests of the same patient for the same test: all that can tell a row that has no number of its own."""
    known = _known_patient(ledger, _told_patient(row))
    requests = look_up.requests_of_patient(ledger.db, known) if known else []
    return {request["id"] for request in requests if (request["test"] or "") == row.test}


def _referral(row: ExpectedRow) -> str | None:
    return ngis.normalise(row.referral_id) if row.referral_id else None


def _told_patient(row: ExpectedRow) -> ToldPatient:
    hospital = ((row.hospital_number_ods.upper(), row.hospital_number),) if row.hospital_number else ()
    return ToldPatient(
        surname=row.surname,
        forename=row.forename,
        born=row.birth_date_iso or row.birth_date,
        nhs=nhs_number.normalise(row.nhs_number),
        participant=ngis.normalise(row.ngis_participant_id) if row.ngis_participant_id else "",
        hospital=hospital,
    )


def _told_request(row: ExpectedRow, codes: tuple[tuple[str, str], ...]) -> ToldRequest:
    kind = snomed.coded(row.specimen_type)[1] or row.specimen_type
    first, *others = (*_tube_codes(row), "")
    tubes = ((kind, first),)
    more = tuple((code, row.sender_ods.upper()) for code in others if code)
    return ToldRequest(
        codes=(*codes, *more),
        tubes=tubes,
        role=row.role.value,
        structure=row.family_structure,
        test=row.test,
        sender=row.sender_ods.upper(),
        requestor=row.requestor,
        location=row.location,
        priority="urgent" if row.priority.strip().lower() in _URGENT else "routine",
        category=row.category.value or "clinical",
        risk=row.infection_risk.value or "not stated",
        collected=row.collected,
        row=row.row,
    )


def _identifiers(said: ToldPatient) -> tuple[str, ...]:
    """What makes two rows of one file the same person: the same number and nothing that differs."""
    if not said.nhs and not said.participant:
        return ()
    return (said.nhs, said.participant, said.surname.casefold(), said.forename.casefold(), said.born)


def _known_patient(ledger: Ledger, said: ToldPatient) -> str | None:
    """A patient of the register with whom every identifier stated agrees; nobody is matched by a guess."""
    if not said.nhs:
        return None
    for subject, _ in store.find_exact_private(ledger.db, said.nhs):
        if not subject.startswith("patient:"):
            continue
        known = person(ledger.db, subject.partition(":")[2])
        names_agree = (known.surname.casefold(), known.forename.casefold()) == (
            said.surname.casefold(),
            said.forename.casefold(),
        )
        if known.nhs == said.nhs and known.born == said.born and names_agree:
            return known.id
    return None


def _taken_in(ledger: Ledger, made: Plan, act: str) -> Draft:
    pen = ledger.pen()
    body: Body = {
        "import": act,
        "file": pen.write(made.reading.name, f"import:{act}"),
        "sha256": made.reading.sha256,
        "size": made.reading.size,
        "layout": made.reading.layout,
        "landed": len(made.landed),
        "waiting": len({problem.row for problem in made.waiting}),
        "already": len(made.already),
    }
    return Draft("import.taken_in", body, pen.values, {"by": "file"})


def _row_waits(ledger: Ledger, act: str, problem: RowProblem) -> Draft:
    pen = ledger.pen()
    body: Body = {
        "import": act,
        "row": problem.row,
        "column": problem.column,
        "value": pen.write(problem.value, f"import:{act}"),
        "reason": problem.reason_code,
        "detail": problem.detail,
    }
    return Draft("import.row_waits", body, pen.values, {"by": "file"})


def as_json(made: Plan, *, dry_run: bool) -> dict[str, Any]:
    """What landed and what waits, with reasons in words, for ``gms-desktop import --json``."""
    return {
        "file": made.reading.name,
        "layout": made.reading.layout,
        "dry_run": dry_run,
        "landed": len(made.landed),
        "already": made.already,
        "rows_landed": made.landed,
        "waiting": [
            {"row": p.row, "column": p.column, "reason": p.reason_code, "sentence": row_sentence(p)}
            for p in made.waiting
        ],
        "warnings": [
            {"row": p.row, "column": p.column, "reason": p.reason_code, "sentence": row_sentence(p)}
            for p in made.reading.warnings
        ],
        "file_problems": [file_sentence(problem) for problem in made.reading.file_problems],
        "columns_unread": list(made.reading.columns_unread),
        "sha256": made.reading.sha256,
    }
