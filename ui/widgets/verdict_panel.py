"""The verdict of the last scan: shape, word, sentence and colour, read out to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRectF, QSize
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QGridLayout, QWidget

from gms_desktop.domain.verdicts import Verdict
from ui import words
from ui.theme.tokens import FADE_MS, Space
from ui.theme.wear import worn
from ui.widgets.shapes import Shape, tone
from ui.widgets.text import Words, repolish

_BAR = 14
_LEAST, _LEAST_SMALL = 104, 76


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say a text now, when one is running."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class VerdictPanel(QFrame):
    """Always there, so that nothing jumps; before the first scan it says where the answer will stand."""

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdict")
        self.setMinimumHeight(_LEAST)
        self._shown: Verdict | None = None
        self._face, self._least = "verdict", _LEAST
        self._shape = Shape(48)
        self._title = Words("verdict")
        self._sentence = Words("sentence")
        self._motion = motion
        self._fade: QPropertyAnimation | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(_BAR + Space.CARD, Space.TIGHT, Space.CARD, Space.GAP)
        grid.setHorizontalSpacing(Space.EDGE)
        grid.setVerticalSpacing(Space.STEP)
        grid.addWidget(self._shape, 0, 0, 2, 1)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._sentence, 1, 1)
        grid.setColumnStretch(1, 1)
        self.paint(None)

    def paint(self, verdict: Verdict | None) -> None:
        """Show a verdict. The same object painted again is not read out again; an equal one, from a new scan, is."""
        if verdict is not None and verdict is self._shown:
            return
        self._shown = verdict
        self._title.face(self._face if verdict else "title")
        self._title.say(verdict.title if verdict else words.NOTHING_SCANNED, verdict.kind.value if verdict else "")
        self._sentence.face("sentence" if verdict else "muted")
        self._sentence.say(verdict.sentence if verdict else words.NOTHING_SCANNED_MORE)
        self._shape.show_kind(verdict.kind if verdict else None)
        self._shape.setVisible(verdict is not None)
        self.setProperty("kind", verdict.kind.value if verdict else "")
        repolish(self)
        if verdict is not None:
            self.setAccessibleName(f"{verdict.title}. {verdict.sentence}")
            announce(self, self.accessibleName())
            self._fade_in()
            self._paint_now()

    def shrink(self, *, small: bool) -> None:
        """Take less room on a small screen."""
        self._face, self._least = ("verdict small", _LEAST_SMALL) if small else ("verdict", _LEAST)
        self.setMinimumHeight(self._least)
        self._title.face(self._face if self._shown else "title")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar at the left in the verdict's colour."""
        super().paintEvent(event)
        if self._shown is not None:
            painter = QPainter(self)
            painter.fillRect(QRectF(0, 0, _BAR, self.height()), QColor(tone(self._shown.kind, worn())))
            painter.end()

    def sizeHint(self) -> QSize:
        """At least as high as a title and a line."""
        return super().sizeHint().expandedTo(QSize(0, self._least))

    def _paint_now(self) -> None:
        """The answer first: the rest of the screen takes several times as long to lay out and paint."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.repaint()

    def _fade_in(self) -> None:
        if not self._motion:
            return
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", self)
        fade.setDuration(FADE_MS)
        fade.setStartValue(0.2)
        fade.setEndValue(1.0)
        fade.setEasingCurve(QEasingCurve.Type.OutQuad)
        fade.finished.connect(self._faded)
        self._fade = fade
        fade.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)

    def _faded(self) -> None:
        self._fade = None
        self.setGraphicsEffect(None)  # type: ignore[arg-type]
