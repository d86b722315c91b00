"""What a file of expected requests says, row by row, with everything found wrong with it.

Identifying values are kept out of ``repr`` so that no trace or log line can carry them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Field(StrEnum):
    """What a column may mean. A layout or a mapping says which column carries which."""

    REFERRAL_ID = "referral_id"
    TEST = "test"
    ROLE = "role"
    FAMILY_STRUCTURE = "family_structure"
    SURNAME = "surname"
    FORENAME = "forename"
    BIRTH_DATE = "birth_date"
    NHS_NUMBER = "nhs_number"
    NGIS_PARTICIPANT_ID = "ngis_participant_id"
    HOSPITAL_NUMBER = "hospital_number"
    HOSPITAL_NUMBER_ODS = "hospital_number_ods"
    REQUESTOR = "requestor"
    LOCATION = "location"
    SENDER_ODS = "sender_ods"
    REQUEST_NUMBER = "request_number"
    SPECIMEN_CODES = "specimen_codes"
    SPECIMEN_TYPE = "specimen_type"
    SPECIMEN_STATE = "specimen_state"
    PRIORITY = "priority"
    COLLECTED = "collected"
    CATEGORY = "category"
    INFECTION_RISK = "infection_risk"
    CONSIGNMENT = "consignment"
    RACK_ID = "rack_id"
    RACK_WELL = "rack_well"


class Role(StrEnum):
    """The person's place in the family tested."""

    PROBAND = "proband"
    MOTHER = "mother"
    FATHER = "father"
    FAMILY_MEMBER = "family member"
    NOT_STATED = ""


class Category(StrEnum):
    """Why the specimen is tested."""

    CLINICAL = "clinical"
    EQA = "EQA"
    CONTROL = "control"
    VALIDATION = "validation"
    RESEARCH = "research"
    NOT_STATED = ""


class InfectionRisk(StrEnum):
    """High infection risk as the sender states it. Words that are not understood count as unknown, never as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_STATED = ""


@dataclass(frozen=True)
class RowProblem:
    """One thing found wrong with one cell, or with a whole row.

    Attributes:
        row: the row as a spreadsheet counts it, the header being row 1.
        column: the column's heading as the file writes it; empty when the whole row is meant.
        value: the cell as the file writes it. Identifying, so never shown by ``repr``.
        reason_code: a key of ``problem_words.PROBLEM_WORDS``.
        detail: what completes the sentence: other rows, what was expected. Never a patient's value.
        blocks: true when the row cannot be expected because of it; false for a warning.
    """

    row: int
    column: str
    value: str = field(repr=False)
    reason_code: str
    detail: str = ""
    blocks: bool = True


@dataclass(frozen=True)
class FileProblem:
    """One thing found wrong with the file as a whole.

    Attributes:
        reason_code: a key of ``problem_words.PROBLEM_WORDS``.
        detail: what completes the sentence. A file without headings shows its first row here, so never in ``repr``.
        blocks: true when nothing could be read because of it.
        rows: the rows it concerns, when it concerns some.
    """

    reason_code: str
    detail: str = field(default="", repr=False)
    blocks: bool = True
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class ExpectedRow:
    """One specimen that a sender announces. Text throughout; empty text means the file does not say.

    Attributes:
        row: the row as a spreadsheet counts it, the header being row 1.
        referral_id: NGIS referral (``r`` and 11 digits), as written.
        test: clinical indication or test code of the National Genomic Test Directory (``R14.1``), as written.
        role: the person's place in the family.
        role_as_written: the words of the file for it.
        family_structure: Singleton, Duo or Trio, as written.
        surname: as written, outer spaces removed.
        forename: as written, outer spaces removed.
        birth_date: as written.
        birth_date_iso: ``YYYY-MM-DD`` when the writing leaves no doubt, else empty.
        nhs_number: as written.
        ngis_participant_id: NGIS participant (``p`` and 11 digits), as written.
        hospital_number: the patient's number at the hospital.
        hospital_number_ods: ODS code of the organisation that issued it.
        requestor: the person who asks for the test.
        location: where the requestor is: words, or the ordering organisation's ODS code.
        sender_ods: the sending laboratory's ODS code; GEL1004 writes its three-letter laboratory code instead.
        request_number: the sender's own number of the request.
        specimen_codes: the sender's codes that may stand on the tube, the tube's own code first.
        specimen_type: as written.
        specimen_type_code: SNOMED CT code when the file writes ``code|term``, else empty.
        specimen_state: as written.
        priority: as written.
        collected: date and time of collection, as written.
        category: clinical, EQA, control, validation, research, or not stated.
        infection_risk: high infection risk as stated.
        consignment: the sender's or courier's consignment number.
        rack_id: the rack the tube travels in.
        rack_well: its place in that rack.
        findings: warnings that ride along with the row.
        raw: every cell of the row exactly as the file writes it, by heading.
    """

    row: int
    referral_id: str = ""
    test: str = ""
    role: Role = Role.NOT_STATED
    role_as_written: str = ""
    family_structure: str = ""
    surname: str = field(default="", repr=False)
    forename: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)
    birth_date_iso: str = field(default="", repr=False)
    nhs_number: str = field(default="", repr=False)
    ngis_participant_id: str = field(default="", repr=False)
    hospital_number: str = field(default="", repr=False)
    hospital_number_ods: str = ""
    requestor: str = field(default="", repr=False)
    location: str = ""
    sender_ods: str = ""
    request_number: str = ""
    specimen_codes: tuple[str, ...] = field(default=(), repr=False)
    specimen_type: str = ""
    specimen_type_code: str = ""
    specimen_state: str = ""
    priority: str = ""
    collected: str = ""
    category: Category = Category.NOT_STATED
    infection_risk: InfectionRisk = InfectionRisk.NOT_STATED
    consignment: str = field(default="", repr=False)
    rack_id: str = field(default="", repr=False)
    rack_well: str = ""
    findings: tuple[RowProblem, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class RefusedRow:
    """A row that cannot be expected until a person puts it right.

    Attributes:
        row: the row as a spreadsheet counts it.
        findings: everything found in it, warnings too.
        raw: every cell exactly as the file writes it, by heading.
    """

    row: int
    findings: tuple[RowProblem, ...]
    raw: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Reading:
    """One file, read whole: the rows that can be expected, those that cannot, and what is wrong with the file.

    Attributes:
        name: the file's name as given; people put patients' names in file names.
        layout: the layout that claimed the file; empty when none did.
        rows: the rows that can be expected, in file order.
        refused: the rows that cannot, in file order.
        file_problems: what concerns the file as a whole.
        columns_unread: headings that the layout does not know; their cells are in ``raw`` only.
        sha256: of the bytes, in hexadecimal.
        size: of the bytes.
        encoding: how the bytes were decoded (``utf-8``, ``utf-8-sig``, ``utf-16``, ``cp1252``).
    """

    name: str = field(repr=False)
    layout: str
    rows: tuple[ExpectedRow, ...]
    refused: tuple[RefusedRow, ...]
    file_problems: tuple[FileProblem, ...]
    columns_unread: tuple[str, ...]
    sha256: str
    size: int
    encoding: str = ""

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """Everything that keeps a row back, in file order: the fix-it list."""
        return tuple(found for row in self.refused for found in row.findings if found.blocks)

    @property
    def warnings(self) -> tuple[RowProblem, ...]:
        """Everything that rides along with the rows that can be expected."""
        return tuple(found for row in self.rows for found in row.findings)
