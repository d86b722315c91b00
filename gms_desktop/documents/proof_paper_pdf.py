"""The proof of a bench's file on A4, in one style with the other papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gms_desktop.documents import proof_paper as words
from gms_desktop.documents.coded_pages import MM, Head, coded_pages
from gms_desktop.documents.coded_table import table
from gms_desktop.documents.paragraphs import text
from gms_desktop.documents.proof_paper import Proof
from gms_desktop.documents.rejection_report import Imprint

_CHECKS, _KINDS, _WRITERS, _RULES = (38, 82, 40, 26), (110, 30), (50, 26, 110), (34, 34, 48, 70)


def proof_paper_pdf(proof: Proof) -> bytes:
    """The file.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    lines = (f"{proof.file}. Made {proof.made_at} by {proof.application}.", f"Document {proof.code}")
    imprint = Imprint(proof.laboratory or words.NO_RULES, proof.made_at, proof.application, proof.rehearsal)
    return coded_pages(Head(words.TITLE, lines, f"{words.TITLE}. ", proof.code), imprint, _story(proof))


def _story(proof: Proof) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 4 * MM)
    story = [text(words.outcome(proof), 14, bold=True), gap]
    if proof.findings:
        story += [text(words.FINDINGS, 11, bold=True), *(text(one, 9) for one in proof.findings), gap]
    story += [text(words.CHECKED, 11, bold=True), _rows(words.CHECK_COLUMNS, words.checks(proof), _CHECKS), gap]
    story += [text(words.LIMITS, 9), gap, text(words.WRITERS, 11, bold=True)]
    story += [_rows(words.WRITER_COLUMNS, proof.writers, _WRITERS), gap, text(words.RULES, 11, bold=True)]
    story.append(_rows(words.RULE_COLUMNS, proof.rules, _RULES) if proof.rules else text(words.NO_RULES))
    return [*story, gap, text(words.KINDS, 11, bold=True), _rows(words.KIND_COLUMNS, proof.kinds, _KINDS)]


def _rows(columns: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[float]) -> Any:
    head = [text(name, 8, bold=True) for name in columns]
    return table([head, *([text(str(cell)) for cell in row] for row in rows)], tuple(one * MM for one in widths))
