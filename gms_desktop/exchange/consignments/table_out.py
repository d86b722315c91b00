"""A manifest as the table its receiver reads: written, read back cell for cell, and seen through the receiver's eyes.

What we send is read with the rules by which we read what others send us: a rack under two consignment numbers, a tube
or a well twice, an identifier of the wrong shape. What cannot be true at once keeps the file from being written; what
is only unlikely is said, since nothing asks that a family travels together (service specification line 2386).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gms_desktop.domain.findings import WARN_ONLY, SeverityProfile
from gms_desktop.exchange import dwgs, gel1004
from gms_desktop.exchange.layouts import read

TABLES: Mapping[str, Sequence[str]] = {"dwgs": dwgs.COLUMNS, "gel1004": gel1004.COLUMNS}

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A retiring message keeps no check of its own for these; a tube or a well cannot be in two places in either.
_IMPOSSIBLE = {"rack-several-consignments", "well-repeated", "row-repeated", "several-probands", "column-repeated"}
_CANCER = "M"
_TUMOUR, _GERMLINE = "tumour", "germline"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what would be sent.

    Attributes:
        code: what ``table_out_words`` has a sentence for.
        rows: rows of the table, the first below the headings being 1; empty for the whole.
        column: the heading, where one cell is meant.
        value: that cell; identifying, so never in ``repr``.
        detail: what completes the sentence.
        blocks: whether the file may not be written because of it.
    """

    code: str
    rows: tuple[int, ...] = ()
    column: str = ""
    value: str = field(default="", repr=False)
    detail: str = ""
    blocks: bool = True


@dataclass(frozen=True)
class Written:
    """A table, and what is wrong with it; the content is empty where something keeps it from being written."""

    content: bytes = field(repr=False)
    faults: tuple[Fault, ...] = ()


class NotAsWritten(Exception):
    """What was written does not read back as it was meant: a fault of ours, and nothing is sent."""


def write(table: str, rows: Sequence[Mapping[str, str]], profile: SeverityProfile = WARN_ONLY) -> Written:
    """The table of a manifest: one line of headings, a line for each row, UTF-8, lines ended by CR LF (RFC 4180).

    Args:
        table: ``dwgs`` or ``gel1004``.
        rows: for each thing sent its cells by heading; a heading left out is an empty cell.
        profile: how grave each identifier finding is at this laboratory.

    Raises:
        KeyError: a row has a cell under a heading that the table does not have.
        NotAsWritten: the text does not read back cell for cell.
    """
    columns = TABLES[table]
    cells = [_cells(columns, row) for row in rows]
    faults = list(_unsafe(columns, cells))
    if faults:
        return Written(b"", tuple(faults))
    content = _text(columns, cells)
    if _read_back(content) != [list(columns), *cells]:
        raise NotAsWritten(f"{table} of {len(rows)} rows")
    found = (*_as_received(content, profile), *tumours_without_germline(rows))
    return Written(b"" if any(one.blocks for one in found) else content, found)


def _cells(columns: Sequence[str], row: Mapping[str, str]) -> list[str]:
    if strange := set(row) - set(columns):
        raise KeyError(", ".join(sorted(strange)))
    return [row.get(column, "") for column in columns]


def _unsafe(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Fault]:
    """Cells that a spreadsheet would run or change, or that would not stay one line."""
    for number, row in enumerate(rows, 1):
        for column, cell in zip(columns, row, strict=True):
            if code := _unsafe_cell(cell):
                yield Fault(code, (number,), column, cell)


def _unsafe_cell(cell: str) -> str:
    if cell.startswith(_FORMULA):
        return "formula"
    if not cell.isprintable():
        return "control-character"
    return "outer-space" if cell != cell.strip() else ""


def _text(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([columns, *rows])
    return text.getvalue().encode()


def _read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def _as_received(content: bytes, profile: SeverityProfile) -> Iterator[Fault]:
    seen = read("manifest.csv", content, profile=profile)
    for about in seen.file_problems:
        rows = tuple(row - 1 for row in about.rows)
        yield Fault(about.reason_code, rows, detail=about.detail, blocks=about.blocks or _impossible(about.reason_code))
    for one in (*seen.problems, *seen.warnings):
        blocks = one.blocks or _impossible(one.reason_code)
        yield Fault(one.reason_code, (one.row - 1,), one.column, one.value, one.detail, blocks)


def _impossible(code: str) -> bool:
    return code in _IMPOSSIBLE


def tumours_without_germline(rows: Sequence[Mapping[str, str]]) -> Iterator[Fault]:
    """Cancer referrals of which only the tumour or only the germline sample is in the file: said, never refused.

    A tumour may travel first and its germline follow; the receiver then waits for it.
    """
    kinds: dict[str, dict[str, list[int]]] = {}
    for number, row in enumerate(rows, 1):
        test = row.get("clinical_indication_test_type_id", "")
        said = row.get("dispatched_sample_type", "").casefold()
        kind = next((one for one in (_TUMOUR, _GERMLINE) if one in said), "")
        if test.upper().startswith(_CANCER) and kind:
            kinds.setdefault(row.get("referral_id", ""), {}).setdefault(kind, []).append(number)
    for referral, here in kinds.items():
        if len(here) == 1:
            [(kind, numbers)] = here.items()
            other = _GERMLINE if kind == _TUMOUR else _TUMOUR
            yield Fault("half-of-a-pair", tuple(numbers), detail=f"{referral}|{kind}|{other}", blocks=False)
