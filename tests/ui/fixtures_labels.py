"""Made-up views of the Labels screen."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import layout_words
from gms_desktop.documents.label_data import examples
from gms_desktop.documents.label_editing import moved
from gms_desktop.documents.label_form import LabelLayout
from gms_desktop.documents.label_layout import product_layout, product_layouts
from gms_desktop.documents.label_trial import tried
from gms_desktop.services.layout_release import Head
from gms_desktop.services.layout_views import LabelsView, LayoutLine
from gms_desktop.services.site_layouts import Laid
from ui.screens.labels import Look

HEAD = Head("ZTC ZD421-300dpi ZPL", 300, 300)
TUBE = product_layout()
_LINES = tuple(LayoutLine(layout.name, layout.title, layout_words.SHIPS) for layout in product_layouts())

NOT_RELEASED = LabelsView(
    layouts=_LINES,
    laid=Laid(TUBE, "a" * 64, of_site=False),
    proposed=False,
    data=examples(TUBE),
    of="",
    no_label="",
    head=HEAD,
    released=layout_words.not_yet(HEAD.words),
    is_released=False,
    proposal="",
    may_propose=True,
    may_approve=True,
    note="",
)
PROPOSED = replace(
    NOT_RELEASED,
    laid=Laid(replace(TUBE, version="2"), "b" * 64, of_site=True),
    proposed=True,
    released=layout_words.released(HEAD.words, "LT-7K2QRM", "R. Okafor", "22-Nov-2026 09:14"),
    is_released=True,
    proposal=layout_words.proposal("2", "R. Okafor", "22-Nov-2026 09:02"),
    verdict=layout_words.now_released("tube-25x51", HEAD.words, "LT-7K2QRM"),
)
ONLY_LOOKS = replace(
    NOT_RELEASED,
    may_propose=False,
    may_approve=False,
    note=layout_words.who_may("biomedical scientist, senior or administrator"),
    of="K7Q20001G",
)


def look(view: LabelsView, layout: LabelLayout | None = None, chosen: str = "linear", dpi: int = 300) -> Look:
    shown = layout or view.laid.layout
    return Look(shown, chosen, dpi, tried(shown, view.data, dpi), shown != view.laid.layout)


CHANGED = moved(moved(TUBE, "linear", 2.0, 0.0), "surname", -3.0, -3.0)
BOX = replace(NOT_RELEASED, laid=Laid(product_layout("box-100x150"), "c" * 64, of_site=False))
BOX = replace(BOX, data=examples(BOX.laid.layout))

EVERY = {
    "labels": (NOT_RELEASED, None, "surname"),
    "labels_changed": (NOT_RELEASED, CHANGED, "surname"),
    "labels_proposed": (PROPOSED, None, "matrix"),
    "labels_looked_at": (ONLY_LOOKS, None, "linear"),
    "labels_box": (BOX, None, "matrix"),
}
