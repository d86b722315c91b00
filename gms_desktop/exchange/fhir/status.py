"""Written for the integration engine: what became of a specimen, as a Task and a Specimen in a Bundle (FHIR 4.0.1).

The guide has no code for why a specimen is rejected: a rejection is a Task with status ``rejected``, the reason
``sample-sub-optimal`` and a note in words (nhs-domain section 4.2). Codes of racks, wells and consignments are ours and
never hold a patient's number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec

from gms_desktop.exchange.fhir import systems

Resource = dict[str, Any]


class Event(StrEnum):
    """What happened, with the guide's own business status where it has one."""

    BOOKED_IN = "sample-booked-into-lab"
    SENT = "sample-sent"
    RECEIVED = "sample-received"
    STORED = "sample-stored"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Status:
    """One event of one specimen.

    Attributes:
        id: of the Task; ours, never a patient's number.
        event: what happened.
        at: when, aware UTC in ISO 8601.
        order: the order's GMSOrder number; empty where it has none.
        laboratory: ODS code of the laboratory that says so.
        requester: ODS code of who asked for the test.
        specimen: our number.
        specimen_code: the national number or the tube's code; empty for none.
        type_code: SNOMED CT code of the specimen type; empty for none.
        type_words: the type in words.
        collected: when it was taken, ISO 8601; empty where nobody stated it.
        note: why it was rejected, in words.
        nhs_number: the patient's as the request states it: that it was traced is not claimed; empty for none.
        consignment, rack, well: how it travels.
    """

    id: str
    event: Event
    at: str
    laboratory: str
    requester: str
    specimen: str
    order: str = ""
    specimen_code: str = ""
    type_code: str = ""
    type_words: str = ""
    collected: str = ""
    note: str = ""
    nhs_number: str = field(default="", repr=False)
    consignment: str = ""
    rack: str = ""
    well: str = ""


def bundle(statuses: tuple[Status, ...], at: str) -> bytes:
    """A collection of them.

    Args:
        statuses: each event of each specimen.
        at: when the bundle is made, aware UTC in ISO 8601.
    """
    entries = [{"resource": one} for status in statuses for one in (_task(status), _specimen(status))]
    made = {
        "resourceType": "Bundle",
        "meta": {"tag": [systems.DRAFT]},
        "type": "collection",
        "timestamp": at,
        "entry": entries,
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=2)


def _task(status: Status) -> Resource:
    rejected = status.event is Event.REJECTED
    made: Resource = {
        "resourceType": "Task",
        "id": status.id,
        "meta": {"tag": [systems.DRAFT]},
        "status": "rejected" if rejected else "completed" if status.event is Event.STORED else "in-progress",
        "intent": "order",
        "code": _coded(systems.TASK_CODE, "sample-preparation"),
        "focus": _reference("ServiceRequest", systems.ORDER, status.order),
        "for": _reference("Patient", systems.NHS_NUMBER, status.nhs_number),
        "authoredOn": status.at,
        "lastModified": status.at,
        "requester": _reference("Organization", systems.ODS, status.requester),
        "owner": _reference("Organization", systems.ODS, status.laboratory),
    }
    if rejected:
        made["statusReason"] = _coded(systems.STATUS_REASON, "sample-sub-optimal")
        made["note"] = [{"text": status.note}] if status.note else []
    else:
        made["businessStatus"] = _coded(systems.BUSINESS_STATUS, status.event.value)
    made["input"] = list(_inputs(status))
    return _without_blanks(made)


def _inputs(status: Status) -> Iterator[Resource]:
    """What the guide carries as additional information, each as an identifier."""
    told = (
        ("Specimen", systems.LOCAL_SPECIMEN, status.specimen),
        ("ConsignmentNumber", "", status.consignment),
        ("RackId", "", status.rack),
        ("WellId", "", status.well),
    )
    for code, system, value in told:
        if value:
            identifier = {"system": system, "value": value} if system else {"value": value}
            yield {"type": _coded(systems.INFO_TYPE, code), "valueIdentifier": identifier}


def _specimen(status: Status) -> Resource:
    own = {"system": systems.LOCAL_SPECIMEN, "value": status.specimen}
    assigner = {"assigner": _reference("Organization", systems.ODS, status.laboratory)}
    national = [{"system": systems.NATIONAL_SPECIMEN, "value": status.specimen_code}] if status.specimen_code else []
    made: Resource = {
        "resourceType": "Specimen",
        "id": f"{status.id}-specimen",
        "identifier": [own | assigner, *national],
        "status": "unsatisfactory" if status.event is Event.REJECTED else "available",
        "type": _type(status),
        "subject": _reference("Patient", systems.NHS_NUMBER, status.nhs_number),
        "receivedTime": status.at if status.event in {Event.BOOKED_IN, Event.RECEIVED} else "",
        "request": [_reference("ServiceRequest", systems.ORDER, status.order)] if status.order else [],
        "collection": {"collectedDateTime": status.collected} if status.collected else {},
    }
    return _without_blanks(made)


def _type(status: Status) -> Resource:
    coding = [{"system": systems.SNOMED, "code": status.type_code}] if status.type_code else []
    return _without_blanks({"coding": coding, "text": status.type_words})


def _coded(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def _reference(sort: str, system: str, value: str) -> Resource:
    return {"type": sort, "identifier": {"system": system, "value": value}} if value else {}


def _without_blanks(made: Mapping[str, Any]) -> Resource:
    """FHIR has no empty text, list or object."""
    return {name: value for name, value in made.items() if value not in ("", [], {})}
