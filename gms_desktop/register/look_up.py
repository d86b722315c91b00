"""Questions to the register, each one statement. Services ask these; none of them writes."""

from __future__ import annotations

from gms_desktop.domain import label_queue
from gms_desktop.journal.database import Database, Row, Statement, text_statement
from gms_desktop.judge.keys import turn
from gms_desktop.register import labels

UNSETTLED = label_queue.UNSETTLED


def _statement(sql: str) -> Statement:
    return text_statement(sql)


_laboratory = _statement("SELECT * FROM laboratory")
_session = _statement("SELECT * FROM session WHERE id = :bench")
_operators = _statement("SELECT * FROM operator ORDER BY at, id")
_operator_by_badge = _statement("SELECT * FROM operator WHERE badge = :badge")
_roles = _statement("SELECT role FROM operator_role WHERE id >= :low AND id < :high AND state = 'held' ORDER BY role")
_row_of = {
    name: _statement(f"SELECT * FROM {name} WHERE id = :id")  # noqa: S608
    for name in (
        "patient",
        "request",
        "referral",
        "specimen",
        "label",
        "reception",
        "operator",
        "import_act",
        "site_data",
        "directory",
    )
}
_requests_by_code = _statement("SELECT request FROM request_code WHERE code = :code")
_tubes_by_code = _statement("SELECT request, place FROM expected_tube WHERE code = :code")
_requests_of_referral = _statement("SELECT * FROM request WHERE referral = :referral ORDER BY at, row, id")
_requests_of_patient = _statement("SELECT * FROM request WHERE patient = :patient ORDER BY at, id")
# Rows of one subject stand together under its id: a range of ids needs no index and reads nobody else's.
_codes_of_request = _statement("SELECT code, ods FROM request_code WHERE id >= :low AND id < :high ORDER BY id")
_tubes_of_request = _statement("SELECT * FROM expected_tube WHERE id >= :low AND id < :high ORDER BY place")
_specimens_of_request = _statement(
    "SELECT s.* FROM specimen s JOIN specimen_request r ON r.specimen = s.id WHERE r.request = :request "
    "ORDER BY s.received_at, s.id"
)
_requests_of_specimen = _statement(
    "SELECT r.* FROM specimen_request s JOIN request r ON r.id = s.request WHERE s.id >= :low AND s.id < :high "
    "ORDER BY r.id"
)
_specimens_of_patient = _statement("SELECT * FROM specimen WHERE patient = :patient ORDER BY received_at, id")
# Who holds a number says the table of keys: an index of its own would be one more page in every arrival.
_specimen_by_accession = _statement(
    "SELECT s.* FROM key_holder k JOIN specimen s ON s.id = substr(k.holder, 10) WHERE k.key = :key"
)
_specimens_by_sender_code = _statement("SELECT * FROM specimen WHERE sender_code = :code")
_labels_of_specimen = _statement(
    "SELECT l.* FROM specimen s JOIN label l ON l.id > s.accession || '.' AND l.id < s.accession || '/' "
    "WHERE s.id = :specimen AND l.specimen = s.id ORDER BY l.copy"
)
_label_by_accession = _statement("SELECT * FROM label WHERE id >= :low AND id < :high ORDER BY copy DESC")
_hospital_numbers = _statement("SELECT * FROM hospital_number WHERE id >= :low AND id < :high ORDER BY id")
_last_scans = _statement("SELECT * FROM scan WHERE bench = :bench ORDER BY seq DESC LIMIT :most")
_labels_at_bench = _statement(
    "SELECT l.* FROM label l WHERE l.id IN (SELECT id FROM label_waiting WHERE bench = :bench) "  # noqa: S608
    f"AND l.bench = :bench AND l.state = :state AND {labels.UNSETTLED} ORDER BY l.at, l.id"
)
_count_by_outcome = _statement("SELECT count(*) FROM specimen WHERE outcome = :outcome")
_count_expected = _statement("SELECT count(*) FROM request WHERE state = 'expected'")
_imports = _statement("SELECT * FROM import_act ORDER BY at DESC, id DESC LIMIT :most")
_fix_it = _statement('SELECT * FROM fix_it ORDER BY "import" DESC, row, id LIMIT :most')
_count_fix_it = _statement("SELECT count(*) FROM fix_it")
_received_between = _statement(
    "SELECT * FROM specimen WHERE received_at >= :start AND received_at < :end ORDER BY received_at, id"
)
_received_since = _statement("SELECT count(*) FROM specimen WHERE received_at >= :start")
_disputes = _statement("SELECT * FROM dispute ORDER BY id LIMIT :most")
# Beside the subjects of what failed, the other side of each story is held too.
_in_dispute = _statement(
    "SELECT 1 FROM dispute WHERE id = :id UNION ALL SELECT 1 FROM case_entry WHERE other = :id LIMIT 1"
)
_case_entries = _statement("SELECT * FROM case_entry ORDER BY at, id LIMIT :most")
_case_of_subject = _statement(
    "SELECT * FROM case_entry WHERE id >= :low AND id < :high "
    "UNION ALL SELECT * FROM case_entry WHERE other = :subject ORDER BY at, id LIMIT 1"
)
_case_of_code = _statement(
    "SELECT * FROM case_entry WHERE code = :code UNION ALL SELECT * FROM case_entry WHERE sender_code = :code "
    "ORDER BY at, id LIMIT 1"
)
_case_tasks = _statement("SELECT * FROM case_task WHERE state = 'open' ORDER BY at, id LIMIT :most")
_task_of_code = _statement("SELECT * FROM case_task WHERE code = :code AND state = 'open' ORDER BY at, id LIMIT 1")
_scans_near = _statement("SELECT * FROM scan WHERE bench = :bench AND seq >= :low AND seq <= :high ORDER BY seq")
_links_of_patient = _statement("SELECT * FROM patient_link WHERE id >= :low AND id < :high ORDER BY id")
_links_proposed = _statement("SELECT * FROM patient_link WHERE state = 'proposed' ORDER BY at, id LIMIT :most")
_incarnation = _statement("SELECT * FROM incarnation WHERE id = :id")


def _of(subject: str) -> dict[str, str]:
    """The range of ids that begin with a subject and a stroke, which ``0`` follows."""
    return {"low": f"{subject}/", "high": f"{subject}0"}


def row(db: Database, table: str, row_id: str) -> Row | None:
    """One row by its id."""
    return db.one(_row_of[table], {"id": row_id})


def laboratory(db: Database) -> Row | None:
    """The laboratory, once it is set up."""
    return db.one(_laboratory)


def session(db: Database, bench: str) -> Row | None:
    """Who is signed in at a bench."""
    return db.one(_session, {"bench": bench})


def incarnation(db: Database, writer: str) -> Row | None:
    """How a writer began."""
    return db.one(_incarnation, {"id": writer})


def operators(db: Database) -> list[Row]:
    """Every person known here."""
    return db.all(_operators)


def operator_by_badge(db: Database, badge: str) -> Row | None:
    """The person whose badge has this HMAC."""
    return db.one(_operator_by_badge, {"badge": badge})


def roles(db: Database, operator: str) -> list[str]:
    """Roles that a person holds."""
    return [role for (role,) in db.tuples(_roles, _of(operator))]


def requests_by_code(db: Database, code: str) -> list[str]:
    """Requests that carry a code."""
    return [request for (request,) in db.tuples(_requests_by_code, {"code": code})]


def tubes_by_code(db: Database, code: str) -> list[tuple[str, int]]:
    """Expected tubes (request and place) that carry a code."""
    return db.tuples(_tubes_by_code, {"code": code})


def requests_of_referral(db: Database, referral: str) -> list[Row]:
    """Every request of a referral, in the order in which they were expected."""
    return db.all(_requests_of_referral, {"referral": referral})


def requests_of_patient(db: Database, patient: str) -> list[Row]:
    """Every request for a patient."""
    return db.all(_requests_of_patient, {"patient": patient})


def requests_of_specimen(db: Database, specimen: str) -> list[Row]:
    """Every request that a specimen serves."""
    return db.all(_requests_of_specimen, _of(specimen))


def codes_of_request(db: Database, request: str) -> list[Row]:
    """The codes of a request with the ODS code of whoever gave each."""
    return db.all(_codes_of_request, _of(request))


def tubes_of_request(db: Database, request: str) -> list[Row]:
    """The tubes that a request leads us to expect."""
    return db.all(_tubes_of_request, _of(request))


def specimens_of_request(db: Database, request: str) -> list[Row]:
    """Specimens received for a request."""
    return db.all(_specimens_of_request, {"request": request})


def specimens_of_patient(db: Database, patient: str) -> list[Row]:
    """Specimens of a patient."""
    return db.all(_specimens_of_patient, {"patient": patient})


def specimen_by_accession(db: Database, accession: str) -> Row | None:
    """The specimen that has one of our numbers."""
    return db.one(_specimen_by_accession, {"key": turn(f"accession:{accession}")})


def specimens_by_sender_code(db: Database, code: str) -> list[Row]:
    """Specimens that arrived with a sender's code."""
    return db.all(_specimens_by_sender_code, {"code": code})


def labels_of_specimen(db: Database, specimen: str) -> list[Row]:
    """Every copy of a specimen's label, oldest first."""
    return db.all(_labels_of_specimen, {"specimen": specimen})


def labels_of_number(db: Database, accession: str) -> list[Row]:
    """Every copy of the label of one of our numbers, newest first; also when its receipt was undone."""
    return db.all(_label_by_accession, {"low": f"{accession}.", "high": f"{accession}/"})


def hospital_numbers(db: Database, patient: str) -> list[Row]:
    """A patient's hospital numbers, each with its issuer."""
    return db.all(_hospital_numbers, _of(patient))


def last_scans(db: Database, bench: str, most: int = 10) -> list[Row]:
    """The newest scans at a bench, newest first."""
    return db.all(_last_scans, {"bench": bench, "most": most})


def labels_at_bench(db: Database, bench: str, state: str) -> list[Row]:
    """Labels of a bench in one state, none of those that are settled."""
    return db.all(_labels_at_bench, {"bench": bench, "state": state})


def count_by_outcome(db: Database, outcome: str) -> int:
    """How many specimens have an outcome."""
    return int(db.value(_count_by_outcome, {"outcome": outcome}))


def count_expected(db: Database) -> int:
    """How many requests nothing has arrived of."""
    return int(db.value(_count_expected))


def imports(db: Database, most: int = 50) -> list[Row]:
    """Files that were taken in, newest first."""
    return db.all(_imports, {"most": most})


def fix_it(db: Database, most: int = 500) -> list[Row]:
    """Rows that wait to be put right, newest file first."""
    return db.all(_fix_it, {"most": most})


def count_fix_it(db: Database) -> int:
    """How many rows wait."""
    return int(db.value(_count_fix_it))


def received_between(db: Database, start: str, end: str) -> list[Row]:
    """Specimens received from ``start`` up to but not including ``end`` (UTC text)."""
    return db.all(_received_between, {"start": start, "end": end})


def count_received_since(db: Database, start: str) -> int:
    """How many specimens were received since a moment (UTC text)."""
    return int(db.value(_received_since, {"start": start}))


def disputes(db: Database, most: int = 200) -> list[Row]:
    """Subjects in dispute."""
    return db.all(_disputes, {"most": most})


def in_dispute(db: Database, subject: str) -> bool:
    """Whether a subject is in dispute, on either side of a case."""
    return db.one(_in_dispute, {"id": subject}) is not None


def case_entries(db: Database, most: int = 5_000) -> list[Row]:
    """What failed and is not settled: a row for each entry and subject, oldest first."""
    return db.all(_case_entries, {"most": most})


def case_of_subject(db: Database, subject: str) -> Row | None:
    """The oldest unsettled entry that holds a subject, as its own or as the other side."""
    return db.one(_case_of_subject, {"low": f"{subject}//", "high": f"{subject}/0", "subject": subject})


def case_of_code(db: Database, code: str) -> Row | None:
    """The unsettled, refused entry by which a code would have been known."""
    return db.one(_case_of_code, {"code": code})


def case_tasks(db: Database, most: int = 500) -> list[Row]:
    """What is left to be done because of settled cases, oldest first."""
    return db.all(_case_tasks, {"most": most})


def task_of_code(db: Database, code: str) -> Row | None:
    """What is left to be done with the thing that carries a code."""
    return db.one(_task_of_code, {"code": code})


def scans_near(db: Database, bench: str, first: int, last: int) -> list[Row]:
    """What a bench scanned between two of its entries."""
    return db.all(_scans_near, {"bench": bench, "low": first, "high": last})


def links_of_patient(db: Database, patient: str) -> list[Row]:
    """Whom a patient is, or was, said to be as well."""
    return db.all(_links_of_patient, _of(patient))


def linked_with(db: Database, patient: str) -> list[str]:
    """The other records of a patient: those that two people found to be the same person's."""
    return [str(row["other"]) for row in links_of_patient(db, patient) if row["state"] == "linked"]


def links_proposed(db: Database, most: int = 200) -> list[Row]:
    """Links that wait for a second person; each is there twice, once from each side."""
    return db.all(_links_proposed, {"most": most})
