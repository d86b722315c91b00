"""A signed manifest as a file of expected requests: read by the same rules as any sender's table.

Whether the key is the sender's is not said here: the file carries it as a problem that whoever knows the laboratory's
senders settles.
"""

from __future__ import annotations

from collections.abc import Mapping

from gms_desktop.exchange.across_rows import one_proband, one_row_for_each_tube, repeated_rows, repeated_wells
from gms_desktop.exchange.consignments.contents import Item, Manifest
from gms_desktop.exchange.consignments.signed_file import MAGIC, NotAConsignmentFile, Signed, read
from gms_desktop.exchange.expected import Field, FileProblem
from gms_desktop.exchange.layout import Layout
from gms_desktop.exchange.text_table import TableRow, TextTable

SIGNED_BY = "consignment-signed-by"
"""The code of the problem that carries who signed: the sender's name, its ODS code and the key's fingerprint."""

_COLUMNS: Mapping[Field, tuple[str, ...]] = {
    Field.REFERRAL_ID: ("referral",),
    Field.TEST: ("test",),
    Field.ROLE: ("role",),
    Field.FAMILY_STRUCTURE: ("family",),
    Field.SURNAME: ("surname",),
    Field.FORENAME: ("forename",),
    Field.BIRTH_DATE: ("birth date",),
    Field.NHS_NUMBER: ("nhs number",),
    Field.NGIS_PARTICIPANT_ID: ("participant",),
    Field.HOSPITAL_NUMBER: ("hospital number",),
    Field.SENDER_ODS: ("sender",),
    Field.SPECIMEN_CODES: ("code", "number"),
    Field.SPECIMEN_TYPE: ("type",),
    Field.SPECIMEN_STATE: ("state",),
    Field.PRIORITY: ("priority",),
    Field.COLLECTED: ("collected",),
    Field.INFECTION_RISK: ("high risk",),
    Field.CONSIGNMENT: ("consignment",),
    Field.RACK_ID: ("rack",),
    Field.RACK_WELL: ("well",),
}
_HEADER = tuple(column for columns in _COLUMNS.values() for column in columns)

LAYOUT = Layout(
    name="Signed consignment",
    known=_HEADER,
    must_columns=_HEADER,
    must_cells=("number",),
    columns=_COLUMNS,
    file_checks=(repeated_wells, one_proband),
    cross_checks=(repeated_rows, one_row_for_each_tube("code")),
)


def is_one(content: bytes) -> bool:
    """Whether bytes begin like a signed file."""
    return content.startswith(MAGIC)


def table_of(content: bytes) -> TextTable:
    """The rows of a signed manifest; what keeps it from being read is among the problems, never raised."""
    try:
        signed = read(content)
    except NotAConsignmentFile as fault:
        return _unread(FileProblem(f"consignment-{fault.why}"))
    manifest = signed.contents
    if not isinstance(manifest, Manifest):
        return _unread(FileProblem("consignment-answer", manifest.consignment))
    rows = tuple(TableRow(at, _cells(manifest, item)) for at, item in enumerate(manifest.items, 2))
    problems = (_signed_by(signed, manifest), *(() if rows else (FileProblem("no-rows"),)))
    return TextTable(_HEADER, rows, "", "utf-8", problems)


def _unread(problem: FileProblem) -> TextTable:
    return TextTable((), (), "", "", (problem,))


def _signed_by(signed: Signed, manifest: Manifest) -> FileProblem:
    sender = manifest.sender
    return FileProblem(SIGNED_BY, f"{sender.name}|{sender.ods}|{signed.fingerprint}", blocks=False)


def _cells(manifest: Manifest, item: Item) -> tuple[str, ...]:
    person = item.person
    said = {
        "referral": item.referral,
        "test": item.test,
        "role": item.role,
        "family": item.family,
        "surname": person.surname,
        "forename": person.forename,
        "birth date": person.birth_date,
        "nhs number": person.nhs_number,
        "participant": person.participant,
        "hospital number": person.hospital_number,
        "sender": manifest.sender.ods,
        "code": next(iter(item.codes), item.number),
        "number": item.number,
        "type": item.type,
        "state": item.state,
        "priority": manifest.priority,
        "collected": item.collected,
        "high risk": "yes" if item.high_risk else "",
        "consignment": manifest.consignment,
        "rack": item.rack,
        "well": item.well,
    }
    return tuple(said[column] for column in _HEADER)
