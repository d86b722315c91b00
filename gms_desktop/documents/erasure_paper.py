"""The proof of an erasure at one place: what was asked, by whom, what was emptied, what remains there and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gms_desktop.documents.coded_pages import MM, Head, coded_pages
from gms_desktop.documents.coded_table import table
from gms_desktop.documents.paragraphs import text
from gms_desktop.documents.rejection_report import Imprint

TITLE = "Proof of an erasure"
DONE, NOT_DONE = "Nothing that was named for erasure is left in this bench's records", "Not everything is erased here"
ASKED, EMPTIED, REMAINS = "What was asked", "What was emptied here", "What remains, and why"
COLUMNS = ("What", "Values", "Left here", "By whom, when", "Entry", "At the hub")
YES, NOT_YET = "taken in", "not yet"
LIMITS = (
    "This paper speaks of this bench's file alone. Make one at each other bench once it has heard of the erasure. It "
    "names the patient nowhere, unless the reason or the decision does: entries carry no identifying value."
)
_WIDTHS = (34, 16, 18, 44, 46, 28)
Line = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Erasure:
    """What is said of an erasure.

    Attributes:
        laboratory: whose file.
        authority: on whose decision; ``reasons`` what was asked.
        made_at: when, in words; ``application`` by which name and version.
        lines: a line for each thing, as :data:`COLUMNS`.
        remains: what is kept still, each with its reason.
        left: how many values are left that were to be erased.
        code: the document's own.
    """

    laboratory: str
    authority: str
    reasons: tuple[str, ...]
    made_at: str
    application: str
    lines: tuple[Line, ...]
    remains: tuple[str, ...]
    left: int
    code: str
    rehearsal: bool = False


def erasure_paper_pdf(said: Erasure) -> bytes:
    """The file, on A4.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    lines = (f"Made {said.made_at} by {said.application}.", f"Document {said.code}")
    imprint = Imprint(said.laboratory, said.made_at, said.application, said.rehearsal)
    return coded_pages(Head(TITLE, lines, f"{TITLE}. ", said.code), imprint, _story(said))


def _story(said: Erasure) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 4 * MM)
    asked = [text(f"On the decision of {said.authority}"), *(text(f"Reason: {one}") for one in said.reasons)]
    story = [text(NOT_DONE if said.left else DONE, 14, bold=True), gap, text(ASKED, 11, bold=True), *asked, gap]
    story += [text(EMPTIED, 11, bold=True), _rows(said.lines), gap, text(REMAINS, 11, bold=True)]
    return [*story, *(text(one) for one in said.remains), gap, text(LIMITS, 9)]


def _rows(lines: Sequence[Line]) -> Any:
    head = [text(name, 8, bold=True) for name in COLUMNS]
    return table([head, *([text(cell, 8) for cell in one] for one in lines)], tuple(one * MM for one in _WIDTHS))
