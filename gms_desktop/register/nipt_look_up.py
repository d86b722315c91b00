"""Questions about NIPT to the register, each one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gms_desktop.journal.database import Database, Row, text_statement

_TOGETHER = {
    (table, column): text_statement(
        f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(:ids))",  # noqa: S608
        f"SELECT * FROM {table} WHERE {column} = ANY(:ids)",  # noqa: S608
    )
    for table, column in (
        *(
            (table, "id")
            for table in ("nipt_form", "nipt_judgement", "nipt_result", "specimen", "request", "patient", "delivery")
        ),
        ("downtime_number", "specimen"),
        ("request_code", "request"),
    )
}
_form = text_statement("SELECT * FROM nipt_form WHERE id = :id")
_judgement = text_statement("SELECT * FROM nipt_judgement WHERE id = :id")
_result = text_statement("SELECT * FROM nipt_result WHERE id = :id")
_qf_pcr = text_statement("SELECT * FROM qf_pcr WHERE id = :id")
# A record is named by its specimen, or by its request where none came: who it is of is found from either.
_of_patient = text_statement(
    "SELECT s.id FROM specimen s WHERE s.patient = :patient UNION SELECT r.id FROM request r WHERE r.patient = :patient"
)
_of_month = text_statement(
    "SELECT id FROM nipt_result WHERE reported >= :first AND reported <= :last "
    "UNION SELECT id FROM nipt_judgement WHERE day >= :first AND day <= :last ORDER BY id"
)
# By either clock a sample is booked in when it came, or later: what was booked before the period began came before.
_received = text_statement(
    "SELECT s.* FROM specimen s WHERE s.received_at >= :start AND s.id IN "
    "(SELECT f.id FROM nipt_form f UNION SELECT j.id FROM nipt_judgement j) ORDER BY s.received_at, s.id"
)
_qf_pcr_received = text_statement(
    "SELECT s.*, q.indication, q.reported FROM specimen s JOIN qf_pcr q ON q.id = s.id "
    "WHERE s.received_at >= :start ORDER BY s.received_at, s.id"
)
_unrecorded = text_statement(
    "SELECT s.* FROM specimen s WHERE s.received_at >= :start AND s.received_at < :end "
    "AND s.id NOT IN (SELECT f.id FROM nipt_form f UNION SELECT j.id FROM nipt_judgement j) "
    "ORDER BY s.received_at, s.id"
)


def form(db: Database, nipt: str) -> Row | None:
    """What the request of a sample states."""
    return db.one(_form, {"id": nipt})


def judgement(db: Database, nipt: str) -> Row | None:
    """How a sample was judged."""
    return db.one(_judgement, {"id": nipt})


def result(db: Database, nipt: str) -> Row | None:
    """What testing came to."""
    return db.one(_result, {"id": nipt})


def qf_pcr(db: Database, specimen: str) -> Row | None:
    """Why QF-PCR was asked for of a specimen, and when it was reported."""
    return db.one(_qf_pcr, {"id": specimen})


def of_patient(db: Database, patient: str) -> list[str]:
    """Names that a record of NIPT of this patient may have."""
    return [name for (name,) in db.tuples(_of_patient, {"patient": patient})]


def of_month(db: Database, first: str, last: str) -> list[str]:
    """Records that were judged or reported on the days from ``first`` to ``last`` (ISO dates)."""
    return [name for (name,) in db.tuples(_of_month, {"first": first, "last": last})]


def received_since(db: Database, start: str) -> list[Row]:
    """Specimens with a record of NIPT that were booked in at ``start`` (UTC text) or later."""
    return db.all(_received, {"start": start})


def qf_pcr_since(db: Database, start: str) -> list[Row]:
    """Specimens with a statement about QF-PCR that were booked in at ``start`` (UTC text) or later."""
    return db.all(_qf_pcr_received, {"start": start})


def without_record(db: Database, start: str, end: str) -> list[Row]:
    """Specimens booked in from ``start`` up to ``end`` (UTC text) that have no record of NIPT."""
    return db.all(_unrecorded, {"start": start, "end": end})


def together(db: Database, table: str, ids: Iterable[str], column: str = "id") -> dict[str, Row]:
    """The rows of many subjects in one statement, by the column that names them; of several the first counts."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = db.all(_TOGETHER[table, column], {"ids": json.dumps(wanted) if db.dialect == "sqlite" else wanted})
    made: dict[str, Row] = {}
    for row in sorted(rows, key=lambda one: str(one["id"])):
        made.setdefault(str(row[column]), row)
    return made
