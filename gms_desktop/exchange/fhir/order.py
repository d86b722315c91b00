"""Bundles of orders read as a file of expected requests: ServiceRequest, Patient and Specimen (FHIR 4.0.1, draft).

Only what stands in the bundle itself is read: a reference that leads elsewhere is followed nowhere. Numbers stay text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from gms_desktop.exchange.across_rows import one_person_for_each_tube, repeated_rows
from gms_desktop.exchange.expected import Field, FileProblem
from gms_desktop.exchange.fhir import systems
from gms_desktop.exchange.layout import Layout
from gms_desktop.exchange.text_table import TableRow, TextTable

MOST_BYTES = 20_000_000
_COLUMNS: Mapping[Field, tuple[str, ...]] = {
    Field.REQUEST_NUMBER: ("order",),
    Field.TEST: ("test",),
    Field.SURNAME: ("surname",),
    Field.FORENAME: ("forename",),
    Field.BIRTH_DATE: ("birth date",),
    Field.NHS_NUMBER: ("nhs number",),
    Field.SENDER_ODS: ("requester",),
    Field.SPECIMEN_CODES: ("specimen", "local specimen"),
    Field.SPECIMEN_TYPE: ("type",),
    Field.COLLECTED: ("collected",),
    Field.PRIORITY: ("priority",),
}
_HEADER = tuple(column for columns in _COLUMNS.values() for column in columns)
LAYOUT = Layout(
    name="FHIR order bundle (draft)",
    known=_HEADER,
    must_columns=_HEADER,
    must_cells=(),
    columns=_COLUMNS,
    cross_checks=(repeated_rows, one_person_for_each_tube("specimen")),
)


def is_one(content: bytes) -> bool:
    """Whether bytes look like a FHIR resource in JSON: an object that names its type near its beginning."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"resourceType"' in content[:100_000]


def table_of(content: bytes) -> TextTable:
    """A row for each specimen that an order names, or for the order where it names none."""
    if len(content) > MOST_BYTES:
        return _unread("fhir-too-large")
    try:
        said = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError):
        return _unread("fhir-unreadable")
    if not isinstance(said, dict) or said.get("resourceType") != "Bundle":
        return _unread("fhir-no-bundle")
    known = dict(_resources(said))
    orders = {id(one): one for one in known.values() if one.get("resourceType") == "ServiceRequest"}
    rows = [row for order in orders.values() for row in _rows(order, known)]
    if not rows:
        return _unread("fhir-no-order")
    numbered = tuple(TableRow(at, tuple(row[column] for column in _HEADER)) for at, row in enumerate(rows, 2))
    return TextTable(_HEADER, numbered, "", "utf-8", (FileProblem("fhir-draft", systems.GUIDE, blocks=False),))


def _unread(code: str) -> TextTable:
    return TextTable((), (), "", "", (FileProblem(code),))


def _resources(bundle: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each resource by the address under which others refer to it."""
    for entry in _list(bundle.get("entry")):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict):
            sort, name = _text(resource.get("resourceType")), _text(resource.get("id"))
            yield f"{sort}/{name}", resource
            yield _text(entry.get("fullUrl")) or f"{sort}/{name}", resource


def _rows(order: Mapping[str, Any], known: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, str]]:
    patient = _followed(order.get("subject"), known)
    row = dict.fromkeys(_HEADER, "") | {
        "order": _identifier(order, systems.ORDER),
        "test": _code(order.get("code")),
        "priority": _text(order.get("priority")),
        "requester": _referred(order.get("requester"), systems.ODS, known),
        "nhs number": _identifier(patient, systems.NHS_NUMBER)
        or _referred(order.get("subject"), systems.NHS_NUMBER, known),
        "birth date": _text(patient.get("birthDate")),
        **_name(patient),
    }
    specimens = [_followed(one, known) for one in _list(order.get("specimen"))]
    for specimen in [one for one in specimens if one] or [{}]:
        yield row | _specimen(specimen)


def _specimen(specimen: Mapping[str, Any]) -> dict[str, str]:
    collection = specimen.get("collection")
    local = _identifier(specimen, systems.LOCAL_SPECIMEN)
    return {
        "specimen": _identifier(specimen, systems.NATIONAL_SPECIMEN) or local,
        "local specimen": local,
        "type": _type(specimen.get("type")),
        "collected": _text(collection.get("collectedDateTime")) if isinstance(collection, dict) else "",
    }


def _type(concept: object) -> str:
    if not isinstance(concept, dict):
        return ""
    coding = next((one for one in _dicts(concept.get("coding")) if one.get("system") == systems.SNOMED), {})
    code, words = _text(coding.get("code")), _text(concept.get("text")) or _text(coding.get("display"))
    return f"{code}|{words}" if code and words else code or words


def _code(concept: object) -> str:
    codings = _dicts(concept.get("coding")) if isinstance(concept, dict) else []
    return next((_text(one.get("code")) for one in codings if one.get("code")), "")


def _name(patient: Mapping[str, Any]) -> dict[str, str]:
    names = _dicts(patient.get("name"))
    name = next((one for one in names if one.get("use") == "official"), names[0] if names else {})
    given = [one for one in _list(name.get("given")) if isinstance(one, str)]
    return {"surname": _text(name.get("family")), "forename": " ".join(given)}


def _identifier(resource: Mapping[str, Any], system: str) -> str:
    found = _dicts(resource.get("identifier"))
    return next((_text(one.get("value")) for one in found if one.get("system") == system), "")


def _referred(reference: object, system: str, known: Mapping[str, dict[str, Any]]) -> str:
    """A number that stands in the reference itself, or in what it leads to."""
    identifier = reference.get("identifier") if isinstance(reference, dict) else None
    if isinstance(identifier, dict) and identifier.get("system") == system:
        return _text(identifier.get("value"))
    return _identifier(_followed(reference, known), system)


def _followed(reference: object, known: Mapping[str, dict[str, Any]]) -> Mapping[str, Any]:
    return known.get(_text(reference.get("reference")), {}) if isinstance(reference, dict) else {}


def _list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []


def _dicts(said: object) -> list[dict[str, Any]]:
    return [one for one in _list(said) if isinstance(one, dict)]


def _text(said: object) -> str:
    """Text as it came; a number, which JSON may have shortened, is none."""
    return said if isinstance(said, str) else ""
