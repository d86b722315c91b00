"""Small pictures side by side, in as many lines as they need; each is drawn when it has come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gms_desktop.documents.page_pictures import PagePicture
from ui.theme.tokens import Space
from ui.widgets.flow import Flow

WIDE = 96


class Thumbnails(QWidget):
    """Shows what it was given; nothing of a former piece stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = Flow(self, gap=Space.GAP)
        self._labels: list[QLabel] = []

    def order(self, names: Sequence[str]) -> None:
        """So many are to come, each called so for who does not see it."""
        for label in self._labels:
            self._row.removeWidget(label)
            label.deleteLater()
        self._labels = [self._label(name) for name in names]
        self.setVisible(bool(names))

    def show_picture(self, place: int, picture: PagePicture) -> None:
        """One has come. What was ordered since may be less."""
        if place < len(self._labels):
            image = QImage(picture.rgb, picture.wide, picture.high, picture.wide * 3, QImage.Format.Format_RGB888)
            shown = QPixmap.fromImage(image)
            shown.setDevicePixelRatio(self.devicePixelRatioF())
            self._labels[place].setPixmap(shown)

    def wide(self) -> int:
        """How wide each is, in pixels of the screen."""
        return round(WIDE * self.devicePixelRatioF())

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setMinimumSize(WIDE, WIDE // 2)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setAccessibleName(name)
        label.setToolTip(name)
        self._row.addWidget(label)
        return label
