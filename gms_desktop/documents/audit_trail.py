"""The audit trail as a table and on paper, and the words on it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from gms_desktop.documents.qc_report_table import safe
from gms_desktop.documents.rejection_report import Imprint, made

TITLE = "Audit trail"
COLUMNS = (
    "When",
    "When, UTC",
    "Act",
    "Kind",
    "Recorded",
    "Person",
    "Bench",
    "Entry",
    "Place in the agreed order",
    "Judged",
    "SHA-256 of its chain",
)
PAPER_COLUMNS = ("When", "Act", "Recorded", "Person and bench", "Entry, judged")
NOTHING = "No entry is of this kind."
MOST_ON_PAPER = 10_000
_WIDTHS = (20, 60, 48, 30, 28)
_SIZE = 7.0


@dataclass(frozen=True, slots=True)
class Trace:
    """One entry: a row of :data:`COLUMNS`."""

    at: str
    at_utc: str
    words: str
    kind: str
    recorded: str
    who: str
    bench: str
    entry: str
    position: str
    verdict: str
    hash: str

    @property
    def cells(self) -> tuple[str, ...]:
        """All of it."""
        return (
            *(self.at, self.at_utc, self.words, self.kind, self.recorded, self.who, self.bench),
            *(self.entry, self.position, self.verdict, self.hash),
        )


def write_csv(out: IO[str], traces: Iterable[Trace]) -> int:
    """Write each entry as it comes; no cell of them is run by a spreadsheet. How many there were."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for count, one in enumerate(traces, 1):  # noqa: B007 - the last number is how many there were
        writer.writerow([safe(cell) for cell in one.cells])
    return count


def audit_pdf(traces: Sequence[Trace], asked: str, imprint: Imprint, code: str) -> bytes:
    """The file.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    from gms_desktop.documents.coded_pages import MM, Head, coded_pages
    from gms_desktop.documents.coded_table import table
    from gms_desktop.documents.paragraphs import text

    head = Head(TITLE, (asked, f"{made(imprint)}.", f"Document {code}"), f"{TITLE}. ", code)
    story: list[Any] = [text(NOTHING)]
    if traces:
        names = [text(name, _SIZE, bold=True) for name in PAPER_COLUMNS]
        rows = [[text(cell, _SIZE) for cell in _on_paper(one)] for one in traces]
        story = [table([names, *rows], tuple(width * MM for width in _WIDTHS), split=True)]
    return coded_pages(head, imprint, story)


def _on_paper(one: Trace) -> tuple[str, ...]:
    return one.at, one.words, one.recorded, f"{one.who}, {one.bench}", f"{one.entry} {one.verdict}"
