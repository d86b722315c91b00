"""One row of a file turned into its meaning, with everything found wrong on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from gms_desktop.domain.findings import WARN_ONLY, Finding, Severity, SeverityProfile
from gms_desktop.domain.identifiers import snomed
from gms_desktop.exchange.birth_dates import DateDoubtError, iso_birth_date
from gms_desktop.exchange.cells import clean, identifier_fault, text_fault
from gms_desktop.exchange.coded_words import Coded, coded
from gms_desktop.exchange.expected import Category, ExpectedRow, Field, InfectionRisk, RefusedRow, Role, RowProblem
from gms_desktop.exchange.identifiers import identifier_findings, snomed_findings, tube_findings
from gms_desktop.exchange.layout import Cells, Layout
from gms_desktop.exchange.text_table import TableRow

IDENTITY = frozenset(
    {
        Field.REFERRAL_ID,
        Field.NHS_NUMBER,
        Field.NGIS_PARTICIPANT_ID,
        Field.HOSPITAL_NUMBER,
        Field.REQUEST_NUMBER,
        Field.SPECIMEN_CODES,
        Field.SENDER_ODS,
    }
)
"""A row cannot be expected when a cell of these is lost."""

TRANSPORT = frozenset({Field.CONSIGNMENT, Field.RACK_ID, Field.RACK_WELL, Field.HOSPITAL_NUMBER_ODS, Field.TEST})
"""Codes that a row can do without: a lost cell of these is left empty and a warning rides along."""

_WORKED_OUT = frozenset({Field.ROLE, Field.CATEGORY, Field.INFECTION_RISK, Field.SPECIMEN_CODES})
_PLAIN = tuple(Field(each.name) for each in fields(ExpectedRow) if each.name in set(Field) - _WORKED_OUT)


@dataclass
class _Draft:
    """A row on the way: the texts of its fields and the findings so far."""

    layout: Layout
    profile: SeverityProfile
    cells: Cells
    texts: dict[Field, str]
    codes: list[str] = field(default_factory=list)
    findings: list[RowProblem] = field(default_factory=list)

    def find(self, column: str, reason_code: str, *, blocks: bool, detail: str = "") -> None:
        """Note one thing found in one cell."""
        heading, raw = self.cells.heading(column), self.cells.raw(column)
        self.findings.append(RowProblem(self.cells.number, heading, raw, reason_code, detail, blocks))

    def take(self, column: str, found: Iterable[Finding]) -> None:
        """Note what the identifier rules say of one cell."""
        for finding in found:
            self.find(column, finding.code, blocks=finding.severity is Severity.BLOCK, detail=finding.detail)

    def column(self, each: Field) -> str:
        """The first column that carries a field."""
        return self.layout.columns.get(each, (each.value,))[0]


def raw_cells(header: Sequence[str], row: TableRow) -> Mapping[str, str]:
    """Every cell by heading; cells without a heading are named by their place."""
    names = [header[at] if at < len(header) and header[at] else f"column {at + 1}" for at in range(len(row.cells))]
    return dict(zip(names, row.cells, strict=True))


def row_shape(layout: Layout, header: Sequence[str], row: TableRow) -> RowProblem | None:
    """What is wrong with the row's number of cells, or with its quotes."""
    if row.fault:
        return RowProblem(row.number, "", row.cells[0], row.fault)
    counts = f"{len(row.cells)} cells under {len(header)} headings"
    if any(cell.strip() for cell in row.cells[len(header) :]):
        return RowProblem(row.number, "", "", "row-too-long", counts)
    if len(row.cells) >= len(header):
        return None
    if _anchored(layout, header, row):
        return RowProblem(row.number, "", "", "row-short", counts, blocks=False)
    return RowProblem(row.number, "", "", "row-too-short", counts)


def _anchored(layout: Layout, header: Sequence[str], row: TableRow) -> bool:
    anchor = layout.anchor
    return anchor is not None and clean(Cells.of(header, row).raw(anchor.column)).casefold() in anchor.values


def read_row(
    layout: Layout, header: Sequence[str], row: TableRow, profile: SeverityProfile = WARN_ONLY
) -> ExpectedRow | RefusedRow:
    """Read one row.

    Args:
        layout: what the columns mean.
        header: the file's headings.
        row: the row.
        profile: how grave each identifier finding is at this laboratory.

    Returns:
        The row's meaning with all its findings, blocking ones too, so that checks across rows see every row; or a
        refused row when its cells cannot be told apart.
    """
    raw = raw_cells(header, row)
    shape = row_shape(layout, header, row)
    if shape is not None and shape.blocks:
        return RefusedRow(row.number, (shape,), raw)
    draft = _Draft(layout, profile, Cells.of(header, row), dict(layout.constants))
    draft.findings.extend([shape] if shape else [])
    _read_cells(draft)
    expected = _expected(draft, raw)
    found = [finding for check in layout.row_checks for finding in check(draft.cells, expected)]
    return replace(expected, findings=(*draft.findings, *found))


def _read_cells(draft: _Draft) -> None:
    for each, columns in draft.layout.columns.items():
        for column in columns:
            text = clean(draft.cells.raw(column))
            if text:
                _read_cell(draft, each, column, text)
    for column in draft.layout.must_cells:
        if not clean(draft.cells.raw(column)):
            draft.find(column, "cell-required", blocks=True)


def _read_cell(draft: _Draft, each: Field, column: str, text: str) -> None:
    if each in IDENTITY or each in TRANSPORT:
        text = _identifier(draft, each, column, text)
    elif fault := text_fault(text):
        draft.find(column, fault.reason_code, blocks=fault.blocks)
    if each is not Field.SPECIMEN_CODES:
        draft.texts[each] = text
    elif text:
        draft.codes.append(text)


def _identifier(draft: _Draft, each: Field, column: str, text: str) -> str:
    """The cell as an identifier; empty when it is lost."""
    fault = identifier_fault(text)
    if fault is not None:
        draft.find(column, fault.reason_code, blocks=fault.blocks and each in IDENTITY)
        if fault.blocks:
            return ""
    if column in draft.layout.lab_sample_columns:
        draft.take(column, tube_findings(text, draft.profile))
    elif column not in draft.layout.local_codes:
        draft.take(column, identifier_findings(each, text, draft.profile))
    return text


def _expected(draft: _Draft, raw: Mapping[str, str]) -> ExpectedRow:
    layout, texts = draft.layout, draft.texts
    return ExpectedRow(
        row=draft.cells.number,
        role=_coded(draft, Field.ROLE, layout.roles, Role.NOT_STATED, "role-unknown"),
        role_as_written=texts.get(Field.ROLE, ""),
        birth_date_iso=_birth_date(draft),
        specimen_codes=tuple(dict.fromkeys(draft.codes)),
        specimen_type_code=_type_code(draft),
        category=_coded(draft, Field.CATEGORY, layout.categories, Category.NOT_STATED, "category-unknown"),
        infection_risk=_infection_risk(draft),
        raw=raw,
        **{each.value: texts.get(each, "") for each in _PLAIN},  # type: ignore[arg-type]  # every plain field is text
    )


def _coded(draft: _Draft, each: Field, words: Mapping[str, Coded], otherwise: Coded, reason_code: str) -> Coded:
    text = draft.texts.get(each, "")
    if not text:
        return otherwise
    meaning = coded(words, text)
    if meaning is None:
        draft.find(draft.column(each), reason_code, blocks=False)
        return otherwise
    return meaning


def _infection_risk(draft: _Draft) -> InfectionRisk:
    # Words that are not understood ("HIV", "see notes") may mean danger: they never count as "not stated".
    otherwise = InfectionRisk.UNKNOWN if draft.texts.get(Field.INFECTION_RISK) else InfectionRisk.NOT_STATED
    return _coded(draft, Field.INFECTION_RISK, draft.layout.infection_risks, otherwise, "infection-risk-unknown")


def _birth_date(draft: _Draft) -> str:
    text = draft.texts.get(Field.BIRTH_DATE, "")
    if not text:
        return ""
    try:
        return iso_birth_date(text, draft.layout.date_order)
    except DateDoubtError as doubt:
        draft.find(draft.column(Field.BIRTH_DATE), doubt.reason_code, blocks=False)
        return ""


def _type_code(draft: _Draft) -> str:
    """The SNOMED CT code of the type cell, else of the state cell, where public examples write it."""
    for each in (Field.SPECIMEN_TYPE, Field.SPECIMEN_STATE):
        text = draft.texts.get(each, "")
        if "|" not in text:
            continue
        code, _ = snomed.coded(text)
        found = snomed_findings(code, draft.profile)
        if not found:
            return code
        draft.take(draft.column(each), found)
    return ""
