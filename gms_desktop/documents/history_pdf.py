"""The history of a thing and its chain of custody on A4, in one style with our other papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gms_desktop.documents import history as words
from gms_desktop.documents.coded_pages import MM, Head, coded_pages
from gms_desktop.documents.coded_table import table
from gms_desktop.documents.history import Facts, History
from gms_desktop.documents.paragraphs import text
from gms_desktop.documents.rejection_report import Imprint, made

_FACT_WIDTHS = (50, 136)
_CUSTODY_WIDTHS = (26, 30, 62, 40, 28)
_MADE_WIDTHS = (28, 42, 42, 74)
_ACT_WIDTHS = (20, 50, 40, 26, 26, 24)
_ASKED_WIDTHS = (40, 146)
_SMALL = 7.0


def history_pdf(history: History, imprint: Imprint, code: str) -> bytes:
    """The file.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    title = f"{words.TITLE}: {history.name}"
    lines = (f"{made(imprint)}.", f"Document {code}")
    return coded_pages(Head(title, lines, f"{history.name}. ", code), imprint, _story(history))


def _story(history: History) -> list[Any]:
    story = _facts(words.PERSON, history.patient) + _facts(words.KNOWN, history.facts)
    asked = [(one.question, line) for one in history.answers for line in one.lines]
    story += _part(words.ASKED, words.ASKED_HOW, words.ASKED_COLUMNS, _once(asked), _ASKED_WIDTHS, "")
    custody = [one.cells for one in history.custody]
    story += _part(words.CUSTODY, words.CUSTODY_HOW, words.CUSTODY_COLUMNS, custody, _CUSTODY_WIDTHS, words.NO_CUSTODY)
    of_it = [one.cells for one in history.made]
    story += _part(words.MADE, words.MADE_HOW, words.MADE_COLUMNS, of_it, _MADE_WIDTHS, words.NOTHING_MADE)
    acts = [one.cells for one in history.acts]
    return story + _part(words.ACTS, words.ACTS_HOW, words.ACT_COLUMNS, acts, _ACT_WIDTHS, "")


def _once(asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each question stands beside its first answer only."""
    former = ["", *(question for question, _ in asked)]
    return [
        ("" if asked_before == one[0] else one[0], one[1]) for asked_before, one in zip(former, asked, strict=False)
    ]


def _facts(title: str, facts: Facts) -> list[Any]:
    if not facts:
        return []
    return [*_headed(title, ""), _table(words.FACT_COLUMNS, list(facts), _FACT_WIDTHS, 8)]


def _part(
    title: str,
    how: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    widths: tuple[int, ...],
    without: str,
) -> list[Any]:
    said = _table(columns, rows, widths, _SMALL) if rows else text(without)
    return [*_headed(title, how), said]


def _headed(title: str, how: str) -> list[Any]:
    from reportlab.platypus import CondPageBreak, Spacer

    gap = Spacer(1, 2 * MM)
    return [CondPageBreak(30 * MM), gap, text(title, 11, bold=True), *([text(how)] if how else []), gap]


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...], size: float) -> Any:
    head = [text(name, size, bold=True) for name in columns]
    cells = [[text(cell, size) for cell in row] for row in rows]
    return table([head, *cells], tuple(width * MM for width in widths), split=True)
