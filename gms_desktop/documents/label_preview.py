"""A label's picture for the screen, made from the same bytes that would be printed."""

from __future__ import annotations

from gms_desktop.documents.fonts import Fonts
from gms_desktop.documents.label import TubeLabel
from gms_desktop.documents.label_drawing import draw
from gms_desktop.documents.label_layout import LabelLayout
from gms_desktop.documents.label_pixels import Form, pixels, png
from gms_desktop.documents.label_zpl import zpl

SCREEN_DPI = 300


def preview(label: TubeLabel, layout: LabelLayout, dpi: int = SCREEN_DPI, fonts: Fonts | None = None) -> bytes:
    """The label as a PNG, one pixel a printer dot; it is not proved by this and may not be printed from it.

    Raises:
        LabelRefused: the label cannot be set out.
        LayoutUnfit: the layout cannot be used at this resolution.
    """
    return png(pixels(zpl(draw(label, layout, dpi, fonts)), Form.ZPL, dpi))
