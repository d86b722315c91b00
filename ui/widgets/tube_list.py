"""The tubes of the open request; the one in hand is framed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.views import TubeLine
from ui import words
from ui.theme.tokens import Space
from ui.widgets.flow import Flow
from ui.widgets.rows import Rows
from ui.widgets.shapes import Shape
from ui.widgets.text import Whole, Words, repolish


class _TubeRow(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("row")
        self.setMinimumHeight(48)
        self._number = Words("sentence", wrap=False)
        self._who = Whole("strong")
        self._specimen_type = Whole("muted")
        self._seen = Whole("muted")
        self._accession = Words("code", wrap=False)
        self._shape = Shape(14)
        self._state = Whole("strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.GAP, Space.TIGHT, Space.GAP, Space.TIGHT)
        row.setSpacing(Space.GAP)
        row.addWidget(self._number)
        middle = QWidget()
        flow = Flow(middle, gap=Space.GAP)
        for each in (self._who, self._specimen_type, self._accession, self._seen):
            flow.addWidget(each)
        row.addWidget(middle, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._shape)
        row.addWidget(self._state)

    def paint(self, tube: TubeLine) -> None:
        """Show one tube."""
        self._number.say(str(tube.number))
        self._number.face("name" if tube.current else "title")
        self._who.say(tube.who)
        self._specimen_type.say(tube.specimen_type)
        self._seen.say(tube.seen)
        self._seen.setVisible(bool(tube.seen))
        self._accession.say(tube.accession)
        self._accession.setVisible(bool(tube.accession))
        self._shape.show_kind(tube.kind)
        self._shape.setVisible(tube.kind is not None)
        tone = tube.kind or (VerdictKind.MATCHES if tube.current else VerdictKind.ALREADY)
        self._state.say(tube.state, tone.value)
        said = (f"Tube {tube.number}", tube.who, tube.specimen_type, tube.seen, tube.accession, tube.state)
        self.setAccessibleName(", ".join(part for part in said if part))
        if bool(self.property("current")) != tube.current:
            self.setProperty("current", tube.current)
            repolish(self)


class TubeList(QWidget):
    """Numbered tubes with their state in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Rows[TubeLine, _TubeRow] = Rows(_TubeRow, _TubeRow.paint)
        self._empty = Words("muted", words.NO_TUBES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._empty)
        column.addWidget(self._rows)

    def paint(self, tubes: Sequence[TubeLine]) -> None:
        """Show the tubes."""
        self._empty.setVisible(not tubes)
        self._rows.paint(tubes)
