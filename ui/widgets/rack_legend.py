"""The looks of wells, explained under a map."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gms_desktop.services.rack_views import Sign
from ui.theme.tokens import Space
from ui.widgets.flow import Flow
from ui.widgets.rack_map import Sample
from ui.widgets.text import Words

ZOOM = "Closer: Ctrl +   farther: Ctrl −   whole: Ctrl 0"


def rack_legend(looks: Mapping[Sign, str]) -> QWidget:
    """Each look, small, beside its word."""
    legend = QWidget()
    flow = Flow(legend)
    for sign, word in looks.items():
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, Space.GAP, 0)
        row.setSpacing(Space.STEP)
        row.addWidget(Sample(sign))
        row.addWidget(Words("small", word))
        flow.addWidget(pair)
    flow.addWidget(Words("small", ZOOM, wrap=False))
    return legend
