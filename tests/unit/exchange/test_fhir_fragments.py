"""FHIR for the integration engine: what is written reads back, an order becomes a request, and noise is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.exchange.expected import Reading
from gms_desktop.exchange.fhir import systems
from gms_desktop.exchange.fhir.status import Event, Status, bundle
from gms_desktop.exchange.layouts import read

AT = "2026-11-22T14:00:00Z"
SENT = Status(
    id="t-1",
    event=Event.SENT,
    at=AT,
    laboratory="699C0",
    requester="RR8",
    specimen="ZK7Q00303",
    order="o-1",
    specimen_code="1700009501",
    type_code="258566005",
    type_words="Extracted DNA",
    collected="2026-11-20",
    nhs_number="9449305552",
    consignment="C-1",
    rack="SA12345678",
    well="A01",
)


def resources(made: bytes) -> list[dict[str, object]]:
    return [one["resource"] for one in json.loads(made)["entry"]]


def order(**changed: object) -> dict[str, object]:
    """A bundle with one order for one specimen of one patient."""
    patient = {
        "resourceType": "Patient",
        "id": "p",
        "identifier": [{"system": systems.NHS_NUMBER, "value": "9449305552"}],
        "name": [{"use": "official", "family": "Llŷr", "given": ["Ffion", "Mai"]}],
        "birthDate": "1971-03-05",
    }
    specimen = {
        "resourceType": "Specimen",
        "id": "s",
        "identifier": [{"system": systems.LOCAL_SPECIMEN, "value": "M1234"}],
        "type": {"coding": [{"system": systems.SNOMED, "code": "119297000"}], "text": "Blood"},
        "collection": {"collectedDateTime": "2026-11-20T09:30:00Z"},
    }
    asked = {
        "resourceType": "ServiceRequest",
        "id": "o",
        "identifier": [{"system": systems.ORDER, "value": "0000123"}],
        "code": {"coding": [{"system": systems.TEST_DIRECTORY, "code": "R14.1"}]},
        "priority": "urgent",
        "subject": {"reference": "Patient/p"},
        "requester": {"type": "Organization", "identifier": {"system": systems.ODS, "value": "RR8"}},
        "specimen": [{"reference": "urn:uuid:1"}],
    }
    entries = [
        {"fullUrl": "urn:uuid:1", "resource": specimen},
        {"resource": patient},
        {"resource": asked | changed},
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def taken(said: object) -> Reading:
    return read("orders.json", json.dumps(said).encode())


def test_what_became_of_a_specimen_is_a_task_and_a_specimen_marked_draft() -> None:
    task, specimen = resources(bundle((SENT,), AT))
    assert (task["resourceType"], specimen["resourceType"]) == ("Task", "Specimen")
    assert task["businessStatus"] == {"coding": [{"system": systems.BUSINESS_STATUS, "code": "sample-sent"}]}
    assert task["meta"] == {"tag": [systems.DRAFT]}
    carried = {one["type"]["coding"][0]["code"]: one["valueIdentifier"]["value"] for one in task["input"]}  # type: ignore[attr-defined, index]
    assert carried == {
        "Specimen": "ZK7Q00303",
        "ConsignmentNumber": "C-1",
        "RackId": "SA12345678",
        "WellId": "A01",
    }
    assert "basedOn" not in task
    assert "accessionIdentifier" not in specimen


def test_a_rejection_has_the_reason_and_its_words() -> None:
    rejected = Status("t-1", Event.REJECTED, AT, "699C0", "RR8", "ZK7Q00303", note="Leaked in transport")
    task, specimen = resources(bundle((rejected,), AT))
    assert (task["status"], specimen["status"]) == ("rejected", "unsatisfactory")
    assert task["statusReason"] == {"coding": [{"system": systems.STATUS_REASON, "code": "sample-sub-optimal"}]}
    assert task["note"] == [{"text": "Leaked in transport"}]
    assert "businessStatus" not in task


def test_nothing_is_written_empty() -> None:
    bare = Status("t-1", Event.RECEIVED, AT, "699C0", "RR8", "ZK7Q00303")
    for resource in resources(bundle((bare,), AT)):
        assert all(value not in ("", [], {}, None) for value in resource.values())


def test_an_order_becomes_a_request_with_its_numbers_as_text() -> None:
    [row] = taken(order()).rows
    assert (row.request_number, row.test, row.priority, row.sender_ods) == ("0000123", "R14.1", "urgent", "RR8")
    assert (row.surname, row.forename, row.birth_date_iso, row.nhs_number) == (
        "Llŷr",
        "Ffion Mai",
        "1971-03-05",
        "9449305552",
    )
    assert (row.specimen_codes, row.specimen_type_code) == (("M1234",), "119297000")


def test_a_patient_who_is_only_named_by_number_is_still_that_patient() -> None:
    subject = {"type": "Patient", "identifier": {"system": systems.NHS_NUMBER, "value": "9449305552"}}
    [row] = taken(order(subject=subject)).rows
    assert (row.nhs_number, row.surname) == ("9449305552", "")


def test_a_number_that_json_may_have_shortened_is_not_taken() -> None:
    [row] = taken(order(identifier=[{"system": systems.ORDER, "value": 123}])).rows
    assert row.request_number == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"resourceType": "Bundle", "entry": [', "fhir-unreadable"),
        (b'{"resourceType": "Patient"}', "fhir-no-bundle"),
        (b'{"resourceType": "Bundle", "entry": []}', "fhir-no-order"),
        (b'{"resourceType": "Bundle"}', "fhir-no-order"),
    ],
)
def test_what_holds_no_order_is_refused_in_words(content: bytes, code: str) -> None:
    found = read("orders.json", content)
    assert [one.reason_code for one in found.file_problems if one.blocks] == [code]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(order())), inner, max_size=3),
    max_leaves=12,
)


@given(_json, st.sampled_from(["subject", "identifier", "code", "specimen", "requester", "priority"]))
def test_a_bundle_of_any_shape_is_read_or_refused_and_never_fails(noise: object, field: str) -> None:
    taken(order(**{field: noise}))
    taken({"resourceType": "Bundle", "entry": noise})
