"""The downtime pack on A4, in whole dots of a 300 dpi printer: control sheet, labels three a number, forms two a page.

Labels stand where a common sheet of 21 has them (63.5 by 38.1 mm, three across); printed on plain paper they are cut
out. The pack must be printed at 100 %, never "fitted to the page".
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from gms_desktop.documents.downtime_pack import (
    CONTROL,
    CONTROL_COLUMNS,
    FORM_LINES,
    FORM_TITLE,
    HOW,
    LABELS_FOR,
    REHEARSAL,
    TITLE,
    Pack,
    Spot,
)
from gms_desktop.documents.label import grouped
from gms_desktop.documents.label_drawing import LinearMark, MatrixMark
from gms_desktop.documents.label_form import dots_per_mm
from gms_desktop.documents.label_pdf import put_mark
from gms_desktop.documents.pdf_text import marked_up

DPI = 300
_DOTS = dots_per_mm(DPI)
_POINT = 72 / 25.4 / _DOTS
_WIDE, _TALL = 210 * _DOTS, 297 * _DOTS
_MARGIN = 12.0
_SIDE, _HEAD, _ACROSS, _DOWN, _LABEL = 7.25, 15.15, 66.04, 38.1, 63.5
_ROWS = 7
_COLUMNS = 18
_MATRIX, _BAR = 6, 3
_LINE = 14.2
_TICKS = 34
# So many characters of a laboratory's name stand on a label at full size; a longer one is set smaller, never cut.
_FOOT = 44


def _mm(length: float) -> int:
    return round(length * _DOTS)


@dataclass
class _Sheets:
    """The file under way: what is drawn on the page in hand, and where codes stand."""

    canvas: Any
    page: int = 1
    spots: list[Spot] = field(default_factory=list)

    def begin(self) -> None:
        self.canvas.scale(_POINT, _POINT)

    def turn(self) -> None:
        self.canvas.showPage()
        self.page += 1

    def text(self, said: str, x: float, y: float, width: float, size: float, *, bold: bool = False) -> float:
        """Write a text from a top left corner, all in millimetres; the height it took."""
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        face, height = "Helvetica-Bold" if bold else "Helvetica", _mm(size)
        made = Paragraph(marked_up(said), ParagraphStyle("text", fontName=face, fontSize=height, leading=height * 1.2))
        took: float = made.wrapOn(self.canvas, _mm(width), _TALL)[1]
        made.drawOn(self.canvas, _mm(x), _TALL - _mm(y) - took)
        return took / _DOTS

    def box(self, x: float, y: float, width: float, height: float) -> None:
        self.canvas.setLineWidth(2)
        self.canvas.rect(_mm(x), _TALL - _mm(y) - _mm(height), _mm(width), _mm(height))

    def line(self, x: float, y: float, to: float) -> None:
        self.canvas.setLineWidth(2)
        self.canvas.line(_mm(x), _TALL - _mm(y), _mm(to), _TALL - _mm(y))

    def codes(self, number: str, x: float, y: float) -> None:
        """Both codes of a number: 62 mm wide and 16 high with their clear margins."""
        matrix = MatrixMark(_mm(x + 1), _mm(y + 2), _MATRIX, _COLUMNS, number)
        bars = LinearMark(_mm(x + 15), _mm(y + 2), _BAR, _mm(9), number)
        put_mark(self.canvas, matrix, _TALL)
        put_mark(self.canvas, bars, _TALL)
        self.spots.append(Spot(self.page, _mm(x), _mm(y), _mm(x + 62), _mm(y + 13), number))


def pack_pdf(pack: Pack) -> tuple[bytes, tuple[Spot, ...], int]:
    """The file, the same bytes for the same pack; where its codes stand; and its number of pages."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    sheets = _Sheets(Canvas(file, pagesize=(_WIDE * _POINT, _TALL * _POINT), invariant=1))
    sheets.canvas.setTitle(TITLE)
    sheets.canvas.setAuthor("gms_desktop")
    for start in range(0, len(pack.numbers), 2 * _TICKS):
        _control(sheets, pack, pack.numbers[start : start + 2 * _TICKS])
    for start in range(0, len(pack.numbers), _ROWS):
        _labels(sheets, pack, pack.numbers[start : start + _ROWS])
    for start in range(0, len(pack.numbers), 2):
        _forms(sheets, pack, pack.numbers[start : start + 2])
    sheets.canvas.save()
    return file.getvalue(), tuple(sheets.spots), sheets.page - 1


def _control(sheets: _Sheets, pack: Pack, numbers: tuple[str, ...]) -> None:
    sheets.begin()
    y = _MARGIN
    for said, size in ((REHEARSAL if pack.rehearsal else "", 5.0), (pack.laboratory, 4.0)):
        y += sheets.text(said, _MARGIN, y, 186, size, bold=True) if said else 0
    y += sheets.text(f"{TITLE}: {CONTROL}", _MARGIN, y, 186, 6, bold=True)
    first, last = grouped(pack.numbers[0]), grouped(pack.numbers[-1])
    many = f"{len(pack.numbers)} numbers, {first} to {last}"
    y += sheets.text(f"{pack.name}. {many}. {pack.made}.", _MARGIN, y, 186, 3.2) + 2
    for line in HOW:
        y += sheets.text(line, _MARGIN, y, 186, 3.4) + 0.5
    _ticks(sheets, numbers, y + 3)
    sheets.turn()


def _ticks(sheets: _Sheets, numbers: tuple[str, ...], top: float) -> None:
    widths = (32.0, 11.0, 13.0, 14.0, 20.0)
    for place, number in enumerate(("", *numbers[:_TICKS], "", *numbers[_TICKS:])):
        column, row = divmod(place, _TICKS + 1)
        if len(numbers) < _TICKS and place > len(numbers):
            return
        x, y = _MARGIN + column * 96, top + row * 5.6
        for name, width in zip(CONTROL_COLUMNS, widths, strict=True):
            sheets.box(x, y, width, 5.6)
            said = "" if number and name != CONTROL_COLUMNS[0] else grouped(number) if number else name
            if said:
                sheets.text(said, x + 1, y + 1, width - 1, 3.2 if number else 2.6, bold=True)
            x += width


def _labels(sheets: _Sheets, pack: Pack, numbers: tuple[str, ...]) -> None:
    sheets.begin()
    for row, number in enumerate(numbers):
        for column, use in enumerate(LABELS_FOR):
            _label(sheets, pack, number, use, _SIDE + column * _ACROSS, _HEAD + row * _DOWN)
    sheets.turn()


def _label(sheets: _Sheets, pack: Pack, number: str, use: str, x: float, y: float) -> None:
    sheets.text(grouped(number), x + 3, y + 2, _LABEL - 6, 5, bold=True)
    sheets.codes(number, x + 0.75, y + 8.5)
    sheets.text(f"DOWNTIME  {use}", x + 3, y + 22, _LABEL - 6, 3, bold=True)
    sheets.text("Arrived (day, time), by:", x + 3, y + 26, _LABEL - 6, 2.4)
    sheets.line(x + 3, y + 33.5, x + _LABEL - 3)
    foot = "REHEARSAL" if pack.rehearsal else pack.laboratory
    sheets.text(foot, x + 3, y + 34.2, _LABEL - 6, 2.2 * min(1, _FOOT / len(foot)) if foot else 2.2)


def _forms(sheets: _Sheets, pack: Pack, numbers: tuple[str, ...]) -> None:
    sheets.begin()
    for place, number in enumerate(numbers):
        _form(sheets, pack, number, place * 148.5)
    sheets.turn()


def _form(sheets: _Sheets, pack: Pack, number: str, top: float) -> None:
    sheets.codes(number, _MARGIN - 1, top + 8)
    sheets.text(grouped(number), _MARGIN, top + 20.5, 62, 6, bold=True)
    y = top + 9
    for said, size in ((REHEARSAL if pack.rehearsal else "", 4.0), (FORM_TITLE, 5.0), (pack.laboratory, 3.4)):
        y += sheets.text(said, 80, y, 118, size, bold=True) if said else 0
    sheets.text(f"{pack.name}. {pack.made}.", 80, y, 118, 2.8)
    y = top + 30
    for line in FORM_LINES:
        x, share = _MARGIN, sum(width for _, width in line)
        for name, part in line:
            width = 186 * part / share
            sheets.box(x, y, width, _LINE)
            sheets.text(name, x + 1.5, y + 1, width - 3, 2.8)
            x += width
        y += _LINE
    if top == 0:
        sheets.canvas.setDash(12, 12)
        sheets.line(0, 148.5, 210)
        sheets.canvas.setDash()
