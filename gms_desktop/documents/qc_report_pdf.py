"""A QC report on A4: its runs, every value with what the rules say, a plot of the plate, electropherograms.

The code on its first page is read back from the page's own pixels before the report is handed over.
"""

from __future__ import annotations

import io
from typing import Any

from gms_desktop.documents import qc_report as words
from gms_desktop.documents.coded_table import table
from gms_desktop.documents.control_drawing import control_drawing
from gms_desktop.documents.numbered_pages import made_with
from gms_desktop.documents.page_code import check_code, put_code
from gms_desktop.documents.paper import DOTS
from gms_desktop.documents.pdf_text import marked_up
from gms_desktop.documents.qc_report import PlatePlot, QcReport, ReportRun, ReportValue, TracePicture
from gms_desktop.documents.qc_report_table import measured
from gms_desktop.documents.rejection_report import REHEARSAL, Imprint, made

_MM = 72 / 25.4
_MARGIN, _HEAD, _FOOT = 12 * _MM, 38 * _MM, 12 * _MM
_CODE_ROOM = 28 * _MM
_VALUE_WIDTHS = tuple(width * _MM for width in (9, 12, 30, 27, 25, 23, 22, 38))
_RUN_WIDTHS = tuple(width * _MM for width in (9, 24, 34, 37, 30, 30, 22))
_CELL_WIDE, _CELL_HIGH = 14.6 * _MM, 9 * _MM
_TRACE_WIDE, _TRACE_HIGH = 180 * _MM, 45 * _MM
_LIGHTEST, _DARKEST = 1.0, 0.62


def qc_report_pdf(report: QcReport, imprint: Imprint) -> bytes:
    """The file.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the report's own.
    """
    pages = _build(report, imprint, 0)[1]
    file = _build(report, imprint, pages)[0]
    check_code(file, report.code)
    return file


def _build(report: QcReport, imprint: Imprint, pages: int) -> tuple[bytes, int]:
    """The file and its number of pages; it is built twice, since page 1 names the last."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title="QC report", author="gms_desktop", invariant=1, lang="en-GB")
    wide, tall = A4
    frame = Frame(_MARGIN, _FOOT, wide - 2 * _MARGIN, tall - _HEAD - _FOOT, 0, 0, 0, 0)

    def furnish(canvas: Any, laid: Any) -> None:
        _furnish(canvas, report, imprint, (laid.page, pages))

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=furnish)])
    document.build(_story(report))
    return file.getvalue(), document.page


def _text(text: str, size: float = 7.5, *, bold: bool = False, right: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    face = "Helvetica-Bold" if bold else "Helvetica"
    look = ParagraphStyle(
        "text", fontName=face, fontSize=size, leading=size * 1.22, alignment=2 if right else 0, splitLongWords=1
    )
    return Paragraph(marked_up(text), look)


def _furnish(canvas: Any, report: QcReport, imprint: Imprint, page: tuple[int, int]) -> None:
    wide, tall = canvas._pagesize  # noqa: SLF001 - reportlab has no other name for it
    room = wide - 2 * _MARGIN
    lines = [_text(imprint.laboratory, 10, bold=True), _text(report.title, 12, bold=True)]
    lines.append(_text(f"{report.code}. {made(imprint)}.", 9))
    if imprint.rehearsal:
        lines.insert(0, _text(REHEARSAL, 12, bold=True))
    y = tall - 8 * _MM
    for line in lines:
        y -= line.wrapOn(canvas, room - _CODE_ROOM, _HEAD)[1]
        line.drawOn(canvas, _MARGIN, y)
    foot = _text(f"{made_with()}. Page {page[0]} of {page[1]}", 9, right=True)
    foot.wrapOn(canvas, room, _FOOT)
    foot.drawOn(canvas, _MARGIN, 5 * _MM)
    if page[0] == 1:
        canvas.saveState()
        canvas.scale(72 / 25.4 / DOTS, 72 / 25.4 / DOTS)
        put_code(canvas, report.code)
        canvas.restoreState()


def _story(report: QcReport) -> list[Any]:
    from reportlab.platypus import Spacer

    gap = Spacer(1, 3 * _MM)
    story = [_text(note, 9, bold=True) for note in report.notes]
    story += [gap, _runs(report.runs), gap] if report.runs else []
    story += [_values(report.values)] if report.values else [_text(words.NOTHING, 9)]
    for plot in report.plots:
        story += [gap, _kept_together(plot.title, words.PLOT_HOW, _plate(plot))]
    for control in report.controls:
        story += [gap, _kept_together(control.title, control.how, control_drawing(control))]
    for trace in report.traces:
        story += [gap, _kept_together(trace.title, words.TRACE_HOW.format(across=trace.across), _trace(trace))]
    return story


def _kept_together(title: str, more: str, drawn: Any) -> Any:
    from reportlab.platypus import KeepTogether

    return KeepTogether([_text(title, 10, bold=True), _text(more, 8), drawn])


def _runs(runs: tuple[ReportRun, ...]) -> Any:
    head = [_text(name, 7.5, bold=True) for name in words.RUNS]
    return table([head, *([_text(cell) for cell in _run(run)] for run in runs)], _RUN_WIDTHS, split=True)


def _run(run: ReportRun) -> tuple[str, ...]:
    taken = f"{run.taken_in} by {run.taken_in_by}"
    named = ", ".join(part for part in (run.instrument, run.assay) if part)
    return run.key, named, run.file, run.sha256, measured(run), taken, run.state


def _values(values: tuple[ReportValue, ...]) -> Any:
    head = [_text(name, 7.5, bold=True) for name in words.VALUES]
    return table([head, *map(_value, values)], _VALUE_WIDTHS, split=True)


def _value(one: ReportValue) -> list[Any]:
    tube = one.tube + (f", {one.specimen}" if one.specimen and one.specimen != one.tube else "")
    said = [_text(part) for part in (one.said, one.stands) if part]
    if one.conceded:
        said.append(_text(one.conceded, bold=True))
    if one.flags:
        said.append(_text(f"Instrument: {one.flags}"))
    cells = (one.run, one.place, one.sample, tube, one.quantity)
    return [*map(_text, cells), _text(one.shown, bold=True), _text(one.differs), said]


def _plate(plot: PlatePlot) -> Any:
    from reportlab.graphics.shapes import Drawing, String

    wells = dict(plot.wells)
    left, high = 8 * _MM, _CELL_HIGH * plot.rows
    drawing = Drawing(left + _CELL_WIDE * plot.columns, high + 6 * _MM)
    for column in range(plot.columns):
        x = left + (column + 0.5) * _CELL_WIDE
        drawing.add(String(x, high + 1.5 * _MM, str(column + 1), fontSize=8, textAnchor="middle"))
    for row in range(plot.rows):
        letter, y = chr(ord("A") + row), high - (row + 1) * _CELL_HIGH
        drawing.add(String(left - 3 * _MM, y + 3 * _MM, letter, fontSize=8, textAnchor="middle"))
        for column in range(plot.columns):
            _well(drawing, wells.get(f"{letter}{column + 1:02d}"), left + column * _CELL_WIDE, y)
    return drawing


def _well(drawing: Any, well: words.PlottedWell | None, x: float, y: float) -> None:
    from reportlab.graphics.shapes import Rect, String
    from reportlab.lib.colors import Color

    level = _LIGHTEST if well is None or well.level is None else _LIGHTEST - (_LIGHTEST - _DARKEST) * well.level
    thick = 2.2 if well is not None and well.mark == "!" else 0.5
    ground = Color(level, level, level)
    drawing.add(Rect(x + 1, y + 1, _CELL_WIDE - 2, _CELL_HIGH - 2, fillColor=ground, strokeWidth=thick))
    if well is not None:
        said = f"{well.text} {well.mark}".strip()
        drawing.add(String(x + _CELL_WIDE / 2, y + 3.2 * _MM, said, fontSize=7.5, textAnchor="middle"))


def _trace(trace: TracePicture) -> Any:
    from reportlab.graphics.shapes import Drawing, Line, PolyLine, String

    left, low = 14 * _MM, 7 * _MM
    drawing = Drawing(_TRACE_WIDE, _TRACE_HIGH + low)
    xs, ys = [x for x, _ in trace.points], [y for _, y in trace.points]
    wide, high = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    drawn = [
        place
        for x, y in trace.points
        for place in (left + (x - min(xs)) / wide * (_TRACE_WIDE - left), low + (y - min(ys)) / high * _TRACE_HIGH)
    ]
    drawing.add(Line(left, low, _TRACE_WIDE, low, strokeWidth=0.5))
    drawing.add(Line(left, low, left, low + _TRACE_HIGH, strokeWidth=0.5))
    drawing.add(PolyLine(drawn, strokeWidth=0.7))
    for at, anchor, said in ((left, "start", min(xs)), (_TRACE_WIDE, "end", max(xs))):
        drawing.add(String(at, 2 * _MM, f"{said:g}", fontSize=7, textAnchor=anchor))
    for up, said in ((low, min(ys)), (low + _TRACE_HIGH - 6, max(ys))):
        drawing.add(String(left - 2, up, f"{said:g}", fontSize=7, textAnchor="end"))
    return drawing
