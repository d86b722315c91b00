"""A label's picture for the screen, made from the same bytes that would be printed."""

from __future__ import annotations

from collections.abc import Mapping

from gms_desktop.documents.fonts import Fonts
from gms_desktop.documents.label import TubeLabel
from gms_desktop.documents.label_data import tube_data
from gms_desktop.documents.label_drawing import draw_data
from gms_desktop.documents.label_form import LabelLayout
from gms_desktop.documents.label_pixels import Form, pixels, png
from gms_desktop.documents.label_zpl import zpl

SCREEN_DPI = 300


def preview(label: TubeLabel, layout: LabelLayout, dpi: int = SCREEN_DPI, fonts: Fonts | None = None) -> bytes:
    """The label as a PNG, one pixel a printer dot; it is not proved by this and may not be printed from it.

    Raises:
        LabelRefused: the label cannot be set out.
        LayoutUnfit: the layout cannot be used at this resolution.
    """
    return preview_data(tube_data(label, layout), layout, dpi, fonts)


def preview_data(
    data: Mapping[str, object], layout: LabelLayout, dpi: int = SCREEN_DPI, fonts: Fonts | None = None
) -> bytes:
    """Any label as a PNG, one pixel a printer dot; not proved by this.

    Raises:
        LabelRefused: the data are not what the layout takes, or cannot be set out.
        LayoutUnfit: the layout cannot be used at this resolution.
    """
    return png(pixels(zpl(draw_data(data, layout, dpi, fonts)), Form.ZPL, dpi))
