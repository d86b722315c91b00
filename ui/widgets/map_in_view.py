"""A map that is looked at closely: larger in steps, moved about under a frame that stays as large as it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.widgets.rack_map import RackMap

STEPS = (1.0, 1.5, 2.0, 3.0)


class MapInView(QScrollArea):
    """Ctrl with plus, minus and nought, or with the wheel, zooms; the well under the cursor stays in view."""

    def __init__(self, shown: RackMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map, self._step = shown, 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(shown.minimumSize())
        self._least = shown.minimumSize()
        self.setWidget(shown)
        for each in (self, self.viewport()):
            # The card shows through: a frame of another ground would look like a well of its own.
            each.setAutoFillBackground(False)
        shown.setAutoFillBackground(False)
        shown.zoom_wanted.connect(self.zoom)
        shown.looked_at.connect(self._keep_in_view)
        self.viewport().installEventFilter(self)
        self.setCornerWidget(QWidget())
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(shown.update)

    @property
    def per_cent(self) -> int:
        """How large the map is shown."""
        return round(STEPS[self._step] * 100)

    @Slot(int)
    def zoom(self, steps: int) -> None:
        """One step larger or smaller; 0: as it fits."""
        self._step = min(max(self._step + steps, 0), len(STEPS) - 1) if steps else 0
        self._fit()
        self._keep_in_view(self.map.well)

    def sizeHint(self) -> QSize:
        """As large as the map would be by itself."""
        return self.map.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The frame became larger or smaller: so does the map in it."""
        if watched is self.viewport() and event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        factor = STEPS[self._step]
        size = self.size() * factor if factor > 1 else self._least
        self.map.setMinimumSize(size.expandedTo(self._least))
        # At once: where the cursor is kept in view must not be reckoned from the size before.
        self.map.resize(self.map.size().expandedTo(self.map.minimumSize()) if self._step else self.viewport().size())

    @Slot(str)
    def _keep_in_view(self, well: str) -> None:
        if self._step:
            place = self.map.place_of(well)
            margin = round(place.width() / 2) + 26
            centre = place.center().toPoint()
            self.ensureVisible(centre.x(), centre.y(), margin + 4, margin + 4)
