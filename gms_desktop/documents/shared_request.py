"""A letter about a request that two laboratories share: one page, without the patient's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gms_desktop import sharing_words as words
from gms_desktop.documents.coded_pages import MM, Head, coded_pages
from gms_desktop.documents.coded_table import table
from gms_desktop.documents.paragraphs import text
from gms_desktop.documents.rejection_report import Imprint

_WIDTHS = (38, 148)


@dataclass(frozen=True)
class SharedLetter:
    """What the letter says.

    Attributes:
        code: the letter's own identity.
        to: the laboratory that it goes to.
        standing: cancelled, or wanted again.
        facts: by which the request is known there, each with its words.
        sent: what of it has left us, with its consignment.
        besides: what it says besides.
    """

    code: str
    to: str
    standing: str
    facts: tuple[tuple[str, str], ...]
    sent: tuple[str, ...]
    besides: str = ""


def shared_request_pdf(said: SharedLetter, imprint: Imprint) -> bytes:
    """The letter, on A4.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    title = words.TITLE[said.standing]
    lines = (f"To {said.to}", f"Made {imprint.made_at} by {imprint.made_by}. Document {said.code}", words.DRAFT)
    return coded_pages(Head(title, lines, f"{title}. ", said.code), imprint, _story(said))


def _story(said: SharedLetter) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 5 * MM)
    rows = [[text(name, 10, bold=True), text(value, 10)] for name, value in said.facts]
    story = [table(rows, tuple(one * MM for one in _WIDTHS)), gap, text(words.DO[said.standing], 12), gap]
    story += [text(said.besides, 11), gap] if said.besides else []
    story += [
        text(words.SENT_LINES, 11, bold=True),
        *(text(one, 10) for one in said.sent or (words.NOTHING_SENT,)),
        gap,
    ]
    return [*story, text(words.NAMES_NOBODY, 9), gap, gap, text(f"{words.CONFIRMATION}:", 10), gap, text("_" * 85, 10)]
