"""Pages of a PDF as pictures for the screen, and how many there are. PDFium does one thing at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from gms_desktop.errors import Refused

#: Whoever asks PDFium for anything holds this: it gives way to nobody, and two threads inside it end the application.
TURN = threading.RLock()
_MOST_PIXELS = 4_000


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page.

    Attributes:
        page: which, from 0.
        pages: of how many.
        wide: in pixels.
        high: in pixels.
        rgb: three bytes a pixel, line by line without a gap. It may show a patient's name: never logged.
        text: what stands on it, for who does not see it.
    """

    page: int
    pages: int
    wide: int
    high: int
    rgb: bytes
    text: str


def page_picture(content: bytes, page: int, wide: int) -> PagePicture:
    """A page as wide as said; the last one where ``page`` lies behind it.

    Args:
        content: the PDF.
        page: from 0.
        wide: in pixels, 4,000 at most.

    Raises:
        Refused: it cannot be read.
    """
    import pypdfium2  # type: ignore[import-untyped]

    with TURN:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as fault:
            raise Refused("The file cannot be shown as pages. Save a copy and open that.") from fault
        try:
            return _picture(document, page, wide)
        finally:
            document.close()


def _picture(document: Any, page: int, wide: int) -> PagePicture:
    pages = len(document)
    if not pages:
        raise Refused("The file has no page. Make it again.")
    place = min(max(0, page), pages - 1)
    sheet = document[place]
    scale = min(max(1, wide), _MOST_PIXELS) / sheet.get_width()
    drawn = sheet.render(scale=scale).to_pil().convert("RGB")
    text = sheet.get_textpage().get_text_range()
    return PagePicture(place, pages, drawn.width, drawn.height, drawn.tobytes(), text)
