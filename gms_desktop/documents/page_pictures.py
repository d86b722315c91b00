"""Pages of a PDF, and pictures, as the screen shows them, and how many there are. PDFium does one thing at a time."""

from __future__ import annotations

import io
import threading
import warnings
from dataclasses import dataclass
from typing import Any

from gms_desktop.errors import Refused

#: Whoever asks PDFium for anything holds this: it gives way to nobody, and two threads inside it end the application.
TURN = threading.RLock()
_MOST_PIXELS = 4_000
_NOT_SHOWN = "The file cannot be shown as pages. Save a copy and open that."


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
        content: a PDF, or a picture (PNG, JPEG, TIFF).
        page: from 0.
        wide: in pixels, 4,000 at most.

    Raises:
        Refused: it cannot be read.
    """
    if not content.startswith(b"%PDF"):
        return _image(content, page, wide)
    import pypdfium2  # type: ignore[import-untyped]

    with TURN:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as fault:
            raise Refused(_NOT_SHOWN) from fault
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


def _image(content: bytes, page: int, wide: int) -> PagePicture:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            # A picture with more pixels than memory holds is refused before it is unpacked.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as opened:
                pages = int(getattr(opened, "n_frames", 1))
                place = min(max(0, page), pages - 1)
                opened.seek(place)
                across = min(max(1, wide), _MOST_PIXELS)
                high = max(1, min(_MOST_PIXELS, round(opened.height * across / opened.width)))
                drawn = ImageOps.exif_transpose(opened).convert("RGB").resize((across, high), Image.Resampling.LANCZOS)
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Refused(_NOT_SHOWN) from fault
    return PagePicture(place, pages, across, high, drawn.tobytes(), "")
