"""The handover sheet on A4: readable in black and white, on as many pages as it needs, nothing cut short.

Urgent work is marked by a word in a black box, never by colour alone. Each thing has a box to tick on paper; the two
names stand at the end, printed where they were signed on screen, and lines to write on where not.
"""

from __future__ import annotations

import io
from typing import Any

from gms_desktop.documents.coded_table import table
from gms_desktop.documents.handover import (
    HANDED_OVER,
    NO_NOTES,
    NOTES,
    REHEARSAL,
    TAKEN_OVER,
    TITLE,
    Line,
    Note,
    Section,
    Sheet,
    Signature,
    Signatures,
)
from gms_desktop.documents.numbered_pages import made_with
from gms_desktop.documents.pdf_text import marked_up

_MM = 72 / 25.4
_MARGIN = 15 * _MM
_FOOT = 14 * _MM
_TOP = 8 * _MM
_COLUMNS = ("", "What", "How it stands", "Next")
_WIDTHS = tuple(width * _MM for width in (7, 55, 64, 54))
_NOTE_COLUMNS = ("", "Note", "From", "Read by")
_NOTE_WIDTHS = tuple(width * _MM for width in (7, 92, 46, 35))
_BOX = 3.2 * _MM
# So many characters in one cell may be higher than a page: only then a row is split in itself.
_LONG = 900


def handover_pdf(sheet: Sheet, signatures: Signatures | None = None) -> bytes:
    """The file; the same bytes for the same sheet. Pages are counted first, since page 1 names the last."""
    pages = _build(sheet, signatures or Signatures(), 0)[1]
    return _build(sheet, signatures or Signatures(), pages)[0]


def _build(sheet: Sheet, signatures: Signatures, pages: int) -> tuple[bytes, int]:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title=TITLE, author="gms_desktop", invariant=1, lang="en-GB")
    width, height = A4
    head = _head_height(sheet, width)
    frame = Frame(_MARGIN, _FOOT, width - 2 * _MARGIN, height - head - _FOOT, 0, 0, 0, 0)

    def furnish(canvas: Any, laid: Any) -> None:
        _furnish(canvas, sheet, f"{made_with()}. Page {laid.page} of {pages}")

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=furnish)])
    document.build(_story(sheet, signatures))
    return file.getvalue(), document.page


def _text(text: str, size: float = 9, *, bold: bool = False, right: bool = False, mark: str = "") -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    face = "Helvetica-Bold" if bold else "Helvetica"
    style = ParagraphStyle(
        "text",
        fontName=face,
        fontSize=size,
        leading=size * 1.25,
        alignment=2 if right else 0,
        splitLongWords=1,
    )
    return Paragraph(f"{mark}{marked_up(text)}", style)


_URGENT = '<font name="Helvetica-Bold" color="white" backColor="black">&nbsp;URGENT&nbsp;</font> '


# What stands on every page


def _head(sheet: Sheet) -> list[Any]:
    lines = [_text(REHEARSAL, 12, bold=True)] if sheet.rehearsal else []
    lines.append(_text(sheet.laboratory, 11, bold=True))
    lines.append(_text(f"{TITLE}. Made {sheet.made_at} by {sheet.made_by}, at {sheet.bench}."))
    return lines


def _head_height(sheet: Sheet, width: float) -> float:
    room = width - 2 * _MARGIN
    high: float = sum(line.wrap(room, 1000)[1] for line in _head(sheet))
    return _TOP + high + 5 * _MM


def _furnish(canvas: Any, sheet: Sheet, page: str) -> None:
    wide, tall = canvas._pagesize  # noqa: SLF001 - reportlab has no other name for it
    room, y = wide - 2 * _MARGIN, tall - _TOP
    for line in _head(sheet):
        y -= line.wrapOn(canvas, room, 1000)[1]
        line.drawOn(canvas, _MARGIN, y)
    canvas.setLineWidth(0.8)
    canvas.line(_MARGIN, y - 2 * _MM, wide - _MARGIN, y - 2 * _MM)
    foot = _text(page, right=True)
    foot.wrapOn(canvas, room, _FOOT)
    foot.drawOn(canvas, _MARGIN, 6 * _MM)


# The work


def _story(sheet: Sheet, signatures: Signatures) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 3 * _MM)
    story = [_text(TITLE, 16, bold=True), gap, _text(sheet.lead, 11, bold=True), _text(f"As of {sheet.as_of}"), gap]
    story += [*_notes(sheet.notes), gap]
    for section in sheet.sections:
        story += [*_section(section), gap]
    return [*story, gap, _names(signatures)]


def _titled(title: str, count: int, note: str = "") -> list[Any]:
    shown = f"{title}  ({count})" if count else title
    lines = [_text(shown, 12, bold=True)]
    if note:
        lines.append(_text(note, 9))
    lines[-1].style.spaceAfter = 1.2 * _MM
    for line in lines:
        # A heading never stands alone at the foot of a page.
        line.keepWithNext = 1
    return lines


def _notes(notes: tuple[Note, ...]) -> list[Any]:
    head = _titled(NOTES, len(notes))
    if not notes:
        return [*head, _text(NO_NOTES)]
    rows = [[_tick(), _text(one.text, 10), _text(f"{one.by}, {one.bench}, {one.at}"), ""] for one in notes]
    titles = [_text(name, 8, bold=True) for name in _NOTE_COLUMNS]
    return [*head, table([titles, *rows], _NOTE_WIDTHS, split=any(len(one.text) > _LONG for one in notes))]


def _section(section: Section) -> list[Any]:
    head = _titled(section.title, len(section.lines), section.note)
    if not section.lines:
        return [*head, _text(section.empty)]
    titles = [_text(name, 8, bold=True) for name in _COLUMNS]
    rows = [[_tick(), *_cells(line)] for line in section.lines]
    tall = any(max(map(len, (line.what, line.stands, line.action))) > _LONG for line in section.lines)
    return [*head, table([titles, *rows], _WIDTHS, split=tall)]


def _cells(line: Line) -> list[Any]:
    mark = _URGENT if line.urgent else ""
    return [_text(line.what, bold=True, mark=mark), _text(line.stands), _text(line.action)]


def _tick() -> Any:
    """An empty box, to tick on paper."""
    from reportlab.graphics.shapes import Drawing, Rect

    box = Drawing(_BOX, _BOX + 1)
    box.add(Rect(0.4, 0.4, _BOX - 0.8, _BOX - 0.8, strokeWidth=0.8, fillColor=None))
    return box


# The names


def _names(signatures: Signatures) -> Any:
    from reportlab.platypus import KeepTogether, Spacer, Table

    pair = [_name(HANDED_OVER, signatures.handed_over), _name(TAKEN_OVER, signatures.taken_over)]
    look = [
        ("BOX", (0, 0), (0, 0), 0.8, "black"),
        ("BOX", (1, 0), (1, 0), 0.8, "black"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    return KeepTogether([Spacer(1, 2 * _MM), Table([pair], colWidths=(90 * _MM, 90 * _MM), style=look)])


def _name(title: str, signature: Signature | None) -> list[Any]:
    from reportlab.platypus import Spacer

    lines: list[Any] = [_text(title, 10, bold=True), Spacer(1, 2 * _MM)]
    if signature is not None:
        said = f"{signature.by}, {signature.role}"
        return [*lines, _text(said, 11), _text(f"Signed on screen, {signature.at}")]
    for label in ("Name", "Signature", "Date and time"):
        lines += [Spacer(1, 4 * _MM), _text(f"{label} " + "_" * (38 - len(label)), 9)]
    return lines
