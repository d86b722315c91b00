"""Patients apart from requests and specimens: names and their changes, traced numbers, hospital numbers by issuer."""

from __future__ import annotations

from typing import Any

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table(
    "patient",
    "patient",
    "person surname_private forename_private born_private born_precision sex nhs_private nhs_state participant_private "
    "mother at",
)
table(
    "patient_name",
    "patient",
    "patient surname_private forename_private since cause",
    ("since", "cause <> 'as first stated'"),
)
table("hospital_number", "patient", "patient ods number_private")


def reads(entry: Entry) -> list[RowKey]:
    """The rows of a patient who is registered here for the first time."""
    said = entry.body["patient"]
    if not said.get("new", True):
        return []
    numbers = [("hospital_number", f"{said['id']}/{place}") for place in range(1, len(said["hospital"]) + 1)]
    return [("patient", said["id"]), ("patient_name", f"{said['id']}/1"), *numbers]


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Register the patient that a request or a tube names for the first time."""
    said = entry.body["patient"]
    return patient_rows(said, entry.occurred_at) if said.get("new", True) else {}


def patient_rows(said: dict[str, Any], at: str) -> Changes:
    """The rows of a patient as first stated."""
    patient = said["id"]
    changes: Changes = {
        ("patient", patient): new_row(
            "patient",
            patient,
            person=said["person"],
            surname_private=said["surname"],
            forename_private=said["forename"],
            born_private=said["born"],
            born_precision=said["born_precision"],
            sex=said["sex"],
            nhs_private=said["nhs"],
            nhs_state=said["nhs_state"],
            participant_private=said["participant"],
            mother=said["mother"],
            at=at,
        ),
        ("patient_name", f"{patient}/1"): new_row(
            "patient_name",
            f"{patient}/1",
            patient=patient,
            surname_private=said["surname"],
            forename_private=said["forename"],
            since=at,
            cause="as first stated",
        ),
    }
    for place, hospital in enumerate(said["hospital"], start=1):
        row_id = f"{patient}/{place}"
        changes[("hospital_number", row_id)] = new_row(
            "hospital_number", row_id, patient=patient, ods=hospital["ods"], number_private=hospital["number"]
        )
    return changes


GROUP = Group(frozenset({"patient.registered", "request.expected"}), reads, fold)
