"""The packing list and the send-away letter on A4: in one style with the reports, the code of page 1 read back."""

from __future__ import annotations

import io
from typing import Any

from gms_desktop.documents import answer_letter as answer
from gms_desktop.documents import chase_letter as chase
from gms_desktop.documents import letter_series
from gms_desktop.documents import packing_list as words
from gms_desktop.documents.answer_letter import Came
from gms_desktop.documents.chase_letter import Asked
from gms_desktop.documents.coded_table import table
from gms_desktop.documents.numbered_pages import numbered
from gms_desktop.documents.packing_list import Line, Papers
from gms_desktop.documents.page_code import check_code, put_code
from gms_desktop.documents.paper import DOTS
from gms_desktop.documents.pdf_text import marked_up
from gms_desktop.documents.rejection_report import REHEARSAL, Imprint, made
from gms_desktop.documents.symbols import data_matrix

_MM = 72 / 25.4
_MARGIN, _HEAD, _FOOT = 12 * _MM, 38 * _MM, 12 * _MM
_CODE_ROOM = 28 * _MM
_SIZE = 8.0
_WIDTHS = (10, 22, 32, 24, 30, 30, 27, 45)
_ROOM = 186
_SIDE, _MODULES = 12 * _MM, 26
_PLAIN = frozenset(map(chr, range(32, 127)))


def packing_list_pdf(papers: Papers, imprint: Imprint) -> bytes:
    """The packing list.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    return _whole(papers, imprint, words.LIST, _list_story)


def send_away_letter_pdf(papers: Papers, imprint: Imprint) -> bytes:
    """The letter to the receiver, with the identifiers of each thing as text and Data Matrix.

    Raises:
        LabelUnreadable: as :func:`packing_list_pdf`.
    """
    return _whole(papers, imprint, words.LETTER, _letter_story)


def _whole(papers: Papers, imprint: Imprint, title: str, story: Any) -> bytes:
    file = _build(papers, imprint, title, story(papers))
    check_code(file, papers.code)
    if title in {words.LETTER, answer.TITLE}:
        letter_series.check(file, papers.series)
    return file


def _build(papers: Papers, imprint: Imprint, title: str, story: list[Any]) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title=title, author="gms_desktop", invariant=1, lang="en-GB")
    wide, tall = A4
    frame = Frame(_MARGIN, _FOOT, wide - 2 * _MARGIN, tall - _HEAD - _FOOT, 0, 0, 0, 0)

    def furnish(canvas: Any, laid: Any) -> None:
        _furnish(canvas, papers, imprint, title, laid.page)

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=furnish)])
    document.build(story, canvasmaker=numbered(f"Consignment {papers.number}. "))
    return file.getvalue()


def _text(text: str, size: float = _SIZE, *, bold: bool = False, right: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    face = "Helvetica-Bold" if bold else "Helvetica"
    look = ParagraphStyle(
        "text", fontName=face, fontSize=size, leading=size * 1.22, alignment=2 if right else 0, splitLongWords=1
    )
    return Paragraph(marked_up(text), look)


def _furnish(canvas: Any, papers: Papers, imprint: Imprint, title: str, page: int) -> None:
    wide, tall = canvas._pagesize  # noqa: SLF001 - reportlab has no other name for it
    room = wide - 2 * _MARGIN
    lines = [_text(imprint.laboratory, 10, bold=True), _text(words.heading(papers, title), 12, bold=True)]
    lines.append(_text(f"Document {papers.code}. {made(imprint)}.", 9))
    if imprint.rehearsal:
        lines.insert(0, _text(REHEARSAL, 12, bold=True))
    y = tall - 8 * _MM
    for line in lines:
        y -= line.wrapOn(canvas, room - _CODE_ROOM, _HEAD)[1]
        line.drawOn(canvas, _MARGIN, y)
    if page == 1:
        canvas.saveState()
        canvas.scale(72 / 25.4 / DOTS, 72 / 25.4 / DOTS)
        put_code(canvas, papers.code)
        canvas.restoreState()


def _top(papers: Papers) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 3 * _MM)
    story = [_text(note, 10, bold=True) for note in words.notes(papers)]
    story += [gap, *(_text(line, 11) for line in papers.to), gap]
    story += [_text("; ".join(f"{name}: {value}" for name, value in papers.facts), 9), gap]
    return [*story, *(_text(said, 9) for said in papers.tissue), *((gap,) if papers.tissue else ())]


def _list_story(papers: Papers) -> list[Any]:
    places = papers.columns
    wide = sum(_WIDTHS[place] for place in places)
    widths = tuple(_WIDTHS[place] * _MM * _ROOM / wide for place in places)
    head = [_text(words.COLUMNS[place], _SIZE, bold=True) for place in places]
    rows = [[_cell(line.cells[place]) for place in places] for line in papers.lines]
    return [*_top(papers), table([head, *rows], widths, split=True)]


def _cell(text: str, size: float = _SIZE) -> Any:
    """A short plain text is drawn as it is: of a thousand rows each paragraph costs a millisecond."""
    return text if len(text) <= 16 and _PLAIN.issuperset(text) else _text(text, size)


def _letter_story(papers: Papers) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 4 * _MM)
    coded = [line for line in papers.lines if line.code]
    story = [*_top(papers), _text(f"Things in this consignment: {len(papers.lines)}", 10)]
    if coded:
        story += [_text(words.HOW_CODES, 9), gap, _codes(coded)]
    signed = [_text(f"{name} {'_' * 40}", 10) for name in words.SIGNED]
    return [*story, gap, _text(words.ACKNOWLEDGE, 10), gap, *signed, gap, *_series(papers)]


def _series(papers: Papers) -> list[Any]:
    """The signed file as codes, together on one page; a word where it needs too many."""
    from reportlab.platypus import KeepTogether

    many = len(papers.series)
    if not many:
        return [_text(words.TOO_LONG, 9)]
    how = words.SERIES_ONE if many == 1 else words.SERIES.format(many=many)
    return [KeepTogether([_text(how, 9), letter_series.codes(papers.series)])]


def _codes(lines: list[Line]) -> Any:
    head = [_text(name, _SIZE, bold=True) for name in ("No.", "Referral", "FluidX tube", "Participant", "Data Matrix")]
    rows = [[str(one.place), one.referral, one.tube, one.participant, _matrix(one.code)] for one in lines]
    return table([head, *rows], tuple(width * _MM for width in (14, 46, 46, 46, 34)))


def _matrix(code: str) -> Any:
    """A picture of one dot a module, which a page shows without smoothing it."""
    from reportlab.platypus import Image

    drawn = io.BytesIO()
    data_matrix(code, _MODULES).save(drawn, "PNG")
    drawn.seek(0)
    return Image(drawn, _SIDE, _SIDE)


def chase_letter_pdf(papers: Papers, asked: Asked, imprint: Imprint) -> bytes:
    """The letter that asks for what is overdue, with the things that it is about.

    Raises:
        LabelUnreadable: as :func:`packing_list_pdf`.
    """
    return _whole(papers, imprint, asked.title, lambda papers: _chase_story(papers, asked))


def _chase_story(papers: Papers, asked: Asked) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 4 * _MM)
    *top, listed = _list_story(papers)
    said = [part for sentence in asked.sentences for part in (_text(sentence, 10), gap)]
    signed = (_text(f"{name} {'_' * 40}", 10) for name in chase.SIGNED)
    return [_text(chase.DRAFT, 9), *top, *said, listed, gap, *signed]


def answer_letter_pdf(papers: Papers, came: Came, imprint: Imprint) -> bytes:
    """The letter that answers a consignment, with what came of each thing and the signed answer as codes.

    Raises:
        LabelUnreadable: as :func:`packing_list_pdf`.
    """
    return _whole(papers, imprint, answer.TITLE, lambda papers: _answer_story(papers, came))


def _answer_story(papers: Papers, came: Came) -> list[Any]:
    from reportlab.platypus import KeepTogether, Spacer

    gap = Spacer(1, 4 * _MM)
    head = [_text(name, _SIZE, bold=True) for name in answer.COLUMNS]
    rows = [[_cell(part, 10) for part in (str(place), *one)] for place, one in enumerate(came.things, start=1)]
    listed = table([head, *rows], tuple(width * _MM for width in answer.WIDTHS), split=True)
    said = [part for sentence in came.sentences for part in (_text(sentence, 10), gap)]
    signed = [_text(f"{name} {'_' * 40}", 10) for name in answer.SIGNED]
    how = _text(came.series(len(papers.series)), 9)
    drawn = [letter_series.codes(papers.series)] if papers.series else []
    return [*_top(papers), *said, listed, gap, *signed, gap, KeepTogether([how, *drawn])]
