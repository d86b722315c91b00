"""The one place where a code may be typed: asked for by key, told apart from scans for ever after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median
from time import monotonic

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from devices.values import Entered, Keyed, Scan
from ui import words
from ui.theme.tokens import Space
from ui.widgets.field import LineEdit
from ui.widgets.press import Press
from ui.widgets.text import Words


def _now() -> datetime:
    return datetime.now(UTC)


class TypedCode(QFrame):
    """Stands above the foot strip while it is wanted; Ctrl+Enter or its button hands the code over.

    Signals:
        typed(Scan): a code with ``entered`` typed.
    """

    typed = Signal(object)

    def __init__(self, now: Callable[[], datetime] = _now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("typed")
        self._now = now
        self.edit = LineEdit(words.TYPED_LABEL)
        self.edit.setObjectName("code")
        self.use = Press(f"{words.TYPED_USE}   Ctrl Enter")
        self.shut = Press(words.TYPED_CLOSE)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.EDGE, Space.TIGHT, Space.EDGE, Space.TIGHT)
        row.setSpacing(Space.GAP)
        row.addWidget(Words("strong", words.TYPED_LABEL, wrap=False))
        row.addWidget(self.edit, 1)
        row.addWidget(self.use)
        row.addWidget(self.shut)
        row.addWidget(Words("small", words.TYPED_NOTE), 1)
        self.use.clicked.connect(self._use)
        self.edit.done.connect(self._use)
        self._times: list[float] = []
        self.edit.textEdited.connect(self._edited)
        self.shut.clicked.connect(self.hide)
        self.hide()

    @Slot()
    def open(self) -> None:
        """Show it, ready to type."""
        self.show()
        self._times.clear()
        self.edit.setFocus()
        self.edit.selectAll()

    @Slot(str)
    def _edited(self, _text: str) -> None:
        self._times.append(monotonic() * 1000)

    def _rhythm(self) -> Keyed | None:
        """How the code was typed: kept, so that a scan which fell into the field shows as one afterwards."""
        if not self._times:
            return None
        gaps = [after - before for before, after in pairwise(self._times)] or [0.0]
        return Keyed(len(self._times), round(median(gaps)), round(max(gaps)), prefixed=False)

    @Slot()
    def _use(self) -> None:
        code = self.edit.text().strip()
        if not code:
            self.edit.setFocus()
            return
        rhythm = self._rhythm()
        self.edit.clear()
        self.hide()
        self.typed.emit(Scan(code.encode(), code, None, self._now(), "typed code", Entered.TYPED, keyed=rhythm))
