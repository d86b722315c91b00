"""The monthly NIPT file for NCARDRS: Table 1 of the NIPT annex (service specification lines 1887-2023), as CSV.

The specification names no file format. Decision: comma-separated values by RFC 4180, UTF-8, one header line with the
item names of the table exactly as it prints them, in its order, one line a sample, dates as CCYY-MM-DD. Based on the
public copy of the specification of July 2026; no conformance with NCARDRS is claimed, and nothing is submitted.

Every row is checked by every rule of the table. What is found is listed; no row is dropped or put right for it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from gms_desktop.domain.findings import Severity, SeverityProfile
from gms_desktop.domain.nipt import rules
from gms_desktop.domain.nipt.defects import DEFECTS
from gms_desktop.domain.nipt.findings import DUPLICATE, Found
from gms_desktop.domain.nipt.table_one import COLUMNS, SAMPLE_ID

PUBLIC_COPY: Final = "July 2026"
STATEMENT: Final = (
    f"Based on the public copy of the NHS Genomic Medicine Service specification of {PUBLIC_COPY}, Annex 1, Table 1. "
    "No conformance with NCARDRS is claimed."
)
_pick = itemgetter(*COLUMNS)


@dataclass(frozen=True, slots=True)
class RowFindings:
    """What is odd about one row: its place among the rows, from 1, its sample, and the findings."""

    place: int
    sample: str
    found: tuple[Found, ...]

    @property
    def blocked(self) -> bool:
        """Whether something must be put right before the file is submitted."""
        return any(one.severity is Severity.BLOCK for one in self.found)


@dataclass(frozen=True, slots=True)
class NcardrsFile:
    """A file with what was found in it.

    Attributes:
        content: its bytes.
        rows: how many samples stand in it.
        listed: the rows about which something was found, in order.
    """

    content: bytes
    rows: int
    listed: tuple[RowFindings, ...]

    @property
    def blocked(self) -> int:
        """How many rows must be put right before the file is submitted."""
        return sum(one.blocked for one in self.listed)


def write(rows: Iterable[Mapping[str, str]], profile: SeverityProfile) -> NcardrsFile:
    """Write the file and list what was found.

    Args:
        rows: each sample's values by column; a column that is not there is empty.
        profile: how grave each finding is.

    Raises:
        KeyError: for a column that the table does not have.
    """
    whole = [_whole(row) for row in rows]
    text = io.StringIO(newline="")
    made = csv.writer(text)
    made.writerow(COLUMNS)
    made.writerows(_pick(row) for row in whole)
    return NcardrsFile(text.getvalue().encode(), len(whole), findings(whole, profile))


def findings(rows: Sequence[Mapping[str, str]], profile: SeverityProfile) -> tuple[RowFindings, ...]:
    """What is odd about each row by itself, and sample numbers that stand twice."""
    often = Counter(row[SAMPLE_ID] for row in rows if row[SAMPLE_ID])
    severity = profile.severities.get(DUPLICATE, profile.default)
    listed = []
    for place, row in enumerate(rows, start=1):
        sample = row[SAMPLE_ID]
        twice = (Found(SAMPLE_ID, DUPLICATE, severity, f"{often[sample]} times"),) if often[sample] > 1 else ()
        found = (*twice, *rules.check(row, profile))
        if found:
            listed.append(RowFindings(place, sample, found))
    return tuple(listed)


def read(content: bytes) -> list[dict[str, str]]:
    """The rows of a file that :func:`write` wrote.

    Raises:
        ValueError: when its header is another, or it is no UTF-8.
    """
    read_ = csv.DictReader(io.StringIO(content.decode(), newline=""))
    if tuple(read_.fieldnames or ()) != COLUMNS:
        raise ValueError("the header is not that of the NIPT table")
    return [dict(row) for row in read_]


def about(names: Sequence[str]) -> str:
    """The text that goes with the files: what they rest on, and how the table's own defects were handled."""
    lines = [STATEMENT, "", "Files:", *(f"  {name}" for name in names), "", "Defects of the table, and what was done:"]
    lines += [f"  Lines {one.lines}: {one.what} {one.handled}" for one in DEFECTS]
    lines += [
        "",
        "These files hold names, dates of birth and NHS numbers. Keep them where the laboratory keeps such files,",
    ]
    lines += ["submit them by the route that NCARDRS gives, and delete them when that is done.", ""]
    return "\n".join(lines)


def _whole(row: Mapping[str, str]) -> dict[str, str]:
    if not row.keys() <= _KNOWN:
        raise KeyError(", ".join(sorted(row.keys() - _KNOWN)))
    return _EMPTY | dict(row)


_EMPTY: Final = dict.fromkeys(COLUMNS, "")
_KNOWN: Final = frozenset(COLUMNS)
