"""Papers to a queue of the print system by Qt, page by page as pictures: for systems that take no PDF as it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from devices.values import Sent
from gms_desktop.documents.page_pictures import PagePicture, page_picture
from gms_desktop.paper_printing import ByPages

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter
    from PySide6.QtPrintSupport import QPrinter

_DPI = 300
_TITLE = "paper"


def here() -> ByPages | None:
    """How papers are printed on this computer, where its print system takes no PDF."""
    return ByPages(usual_queue, print_pages) if sys.platform == "win32" else None


def usual_queue() -> str:
    """The queue that this computer prints on unless told otherwise; empty where it has none."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return QPrinterInfo.defaultPrinterName()


def print_pages(queue: str, content: bytes, into: Path | None = None) -> Sent:
    """Hand every page to a queue; waits until the print system has them, so never on the main thread.

    Args:
        queue: its name, as the print system shows it.
        content: the PDF, as it is kept.
        into: a file that takes the pages in place of the queue.

    Returns:
        ``sent`` when the print system has every page; ``not sent`` when it took none; else ``unknown``.

    Raises:
        Refused: the file cannot be drawn.
    """
    from PySide6.QtGui import QPainter
    from PySide6.QtPrintSupport import QPrinter

    first = page_picture(content, 0, 200)
    printer = _printer(queue, into)
    if printer is None:
        return Sent.NOT_SENT
    _turn(printer, first)
    painter = QPainter()
    if not painter.begin(printer):
        return Sent.NOT_SENT
    try:
        whole = _draw_all(printer, painter, content, first.pages)
    finally:
        ended = painter.end()
    return Sent.SENT if whole and ended and printer.printerState() != QPrinter.PrinterState.Error else Sent.UNKNOWN


def _printer(queue: str, into: Path | None) -> QPrinter | None:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if into is not None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(into))
    else:
        info = QPrinterInfo.printerInfo(queue)
        if info.isNull():
            return None
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    # The title stands in the queue of whoever looks: it names nobody.
    printer.setDocName(_TITLE)
    printer.setResolution(_DPI)
    printer.setFullPage(True)
    return printer


def _turn(printer: QPrinter, page: PagePicture) -> None:
    from PySide6.QtGui import QPageLayout, QPageSize

    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    across = QPageLayout.Orientation.Landscape if page.wide > page.high else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(across)


def _draw_all(printer: QPrinter, painter: QPainter, content: bytes, pages: int) -> bool:
    from PySide6.QtGui import QImage
    from PySide6.QtPrintSupport import QPrinter

    for place in range(pages):
        sheet = printer.pageLayout().fullRectPixels(_DPI)
        page = page_picture(content, place, sheet.width())
        if place:
            _turn(printer, page)
            if not printer.newPage():
                return False
            sheet = printer.pageLayout().fullRectPixels(_DPI)
        image = QImage(page.rgb, page.wide, page.high, page.wide * 3, QImage.Format.Format_RGB888)
        painter.drawImage(_fitted(sheet.width(), sheet.height(), page), image)
        if printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
            return False
    return True


def _fitted(wide: int, high: int, page: PagePicture) -> QRectF:
    """The page as large as the sheet holds it, never stretched."""
    from PySide6.QtCore import QRectF

    scale = min(wide / page.wide, high / page.high)
    return QRectF(0, 0, page.wide * scale, page.high * scale)
