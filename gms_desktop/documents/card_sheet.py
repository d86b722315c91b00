"""The sheet of command cards on A4: each as its label layout has it, cut out by the laboratory.

Every card is read back from the pixels of the page before the sheet is handed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gms_desktop import card_words
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.label_drawing import draw_data
from gms_desktop.documents.label_form import LabelLayout
from gms_desktop.documents.label_layout import product_layout
from gms_desktop.documents.label_pdf import put_mark
from gms_desktop.documents.label_pixels import rasters
from gms_desktop.documents.label_reading import decode
from gms_desktop.documents.paper import DPI, TALL, box, mm, one_page, write
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.identifiers.command_card import Card

LAYOUT = "command-card-54x86"
_ACROSS, _MARGIN, _TOP = 2, 19.0, 21.0


def card_sheet(keys: Mapping[Card, str], *, rehearsal: bool) -> bytes:
    """The PDF, proved from its pixels.

    Args:
        keys: the key that does the same as each card; empty where there is none.
        rehearsal: each card says that it is of a rehearsal.

    Raises:
        LabelUnreadable: a card does not read back as exactly its own code.
    """
    layout = product_layout(LAYOUT)
    places = {card: _place(number, layout) for number, card in enumerate(Card)}

    def draw(page: Any) -> None:
        write(page, card_words.SHEET_TITLE, _MARGIN, 5, 172, 5, bold=True)
        write(page, card_words.SHEET_HOW, _MARGIN, 12, 172, 3)
        for card, (x, y) in places.items():
            box(page, x, y, layout.width, layout.height)
            drawing = draw_data(_said(card, keys[card], rehearsal=rehearsal), layout, DPI)
            page.saveState()
            page.translate(mm(x), TALL - mm(y) - drawing.height)
            for mark in drawing.marks:
                put_mark(page, mark, drawing.height)
            page.restoreState()

    made = one_page(card_words.SHEET_TITLE, draw)
    _prove(made, places, layout)
    return made


def _said(card: Card, key: str, *, rehearsal: bool) -> dict[str, object]:
    return {
        "code": command_card.code(card),
        "command": card_words.TITLES[card],
        "key": key,
        "words": card_words.WHEN[card],
        "rehearsal": rehearsal,
    }


def _place(number: int, layout: LabelLayout) -> tuple[float, float]:
    """The top left corner of a card, in millimetres."""
    down, across = divmod(number, _ACROSS)
    return _MARGIN + across * layout.width, _TOP + down * layout.height


def _prove(made: bytes, places: Mapping[Card, tuple[float, float]], layout: LabelLayout) -> None:
    [picture] = rasters(made, DPI)
    for card, (x, y) in places.items():
        spot = picture.crop((mm(x), mm(y), mm(x + layout.width), mm(y + layout.height)))
        read = tuple(text for _, text in decode(spot))
        if read != (command_card.code(card),):
            listed = ", ".join(read) or "no code at all"
            raise LabelUnreadable(f"The sheet was not made: the card {card_words.TITLES[card]} reads back as {listed}.")
