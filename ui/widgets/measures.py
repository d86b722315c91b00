"""The measures of one field of a label, each changed as it is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gms_desktop import layout_words as said
from ui.payloads import LayoutPut
from ui.theme.tokens import Space
from ui.widgets.field import Field
from ui.widgets.flow import Flow

_WIDE = 132


class Measures(QWidget):
    """Millimetres, written with a point.

    Signals:
        put(LayoutPut): one of them is another now.
    """

    put = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = Flow(self, Space.TIGHT)
        self.fields = {name: Field(name, label) for name, label in said.MEASURES.items()}
        for name, field in self.fields.items():
            field.setFixedWidth(_WIDE)
            field.edit.textEdited.connect(partial(self._typed, name))
            flow.addWidget(field)
            field.hide()

    def paint(self, measures: tuple[tuple[str, float], ...]) -> None:
        """Show these; what is being typed is left alone."""
        values = dict(measures)
        for name, field in self.fields.items():
            field.setVisible(name in values)
            if name in values and not field.edit.hasFocus():
                field.put(f"{values[name]:g}")

    def _typed(self, name: str, text: str) -> None:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            return
        if value == value and abs(value) < 1e6:  # a "nan" or an "inf" is no measure
            self.put.emit(LayoutPut(name, value))
