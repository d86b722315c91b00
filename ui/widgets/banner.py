"""Who this is about: always in the same place and format, never cut short."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gms_desktop.services.views import Banner
from ui import words
from ui.theme.icons import icon
from ui.theme.tokens import Space
from ui.theme.wear import worn
from ui.widgets.flow import Flow
from ui.widgets.text import Whole, Words


class _Fact(QWidget):
    """A small label above a large value."""

    def __init__(self, label: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.label = Words("small", label, wrap=False)
        self.value = Whole("name")
        column.addWidget(self.label)
        column.addWidget(self.value)

    def paint(self, value: str, label: str = "") -> None:
        """Show the value; what was not stated is said to be so."""
        if label:
            self.label.say(label)
        self.value.say(value or words.NOT_STATED)
        self.value.face("name" if value else "muted")
        self.setAccessibleName(f"{self.label.text()}: {self.value.text()}")


class _Tag(QFrame):
    """A filled tag with a shape and words."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.GAP, Space.TIGHT, Space.GAP, Space.TIGHT)
        self._mark = QLabel()
        self._words = Words("strong", wrap=False)
        row.addWidget(self._mark)
        row.addWidget(self._words)

    def paint(self, text: str) -> None:
        """Show the tag, or hide it when there is nothing to say."""
        palette = worn()
        colour = palette.on_bad if self.objectName() == "urgent" else palette.on_marker
        self._mark.setPixmap(icon("urgent", colour, 16).pixmap(QSize(16, 16)))
        self._words.say(text)
        self.setVisible(bool(text))


class PatientBanner(QFrame):
    """Role and name, birth date, NHS number, hospital number, urgency, what is due."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setMinimumHeight(60)
        self._name = _Fact("Patient")
        self._born = _Fact("Born")
        self._nhs_number = _Fact("NHS No.")
        self._hospital_number = _Fact("Hospital No.")
        self._test = _Fact("Test")
        self._due = _Fact("Due")
        self._urgent = _Tag("urgent")
        self._hazard = _Tag("hazard")
        self._odd = Words("strong")
        self._nobody = Words("muted", "Nobody's tube is open. The person it belongs to stands here.")
        self._build()
        self.paint(None)

    def _build(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(Space.CARD - Space.STEP, Space.TIGHT, Space.CARD - Space.STEP, Space.TIGHT)
        lines.setSpacing(0)
        row = QHBoxLayout()
        lines.addLayout(row, 1)
        lines.addWidget(self._odd)
        self._who = QWidget()
        flow = Flow(self._who, gap=Space.CARD - Space.STEP, down=Space.STEP)
        # One flow: on a narrow screen tags stand in a line of their own, and take no room from who this is.
        for fact in (self._name, self._born, self._nhs_number, self._hospital_number, self._test):
            flow.addWidget(fact)
        for tag in (self._hazard, self._urgent):
            flow.addWidget(tag)
        flow.addWidget(self._due)
        row.addWidget(self._who, 1)
        row.addWidget(self._nobody, 1)

    def paint(self, banner: Banner | None) -> None:
        """Show the person, or that nobody's tube is open."""
        self._who.setVisible(banner is not None)
        self._nobody.setVisible(banner is None)
        shown = banner or Banner("", "", "", "", "")
        self._name.paint(shown.name, shown.role or "Patient")
        self._born.paint(shown.born)
        self._nhs_number.paint(shown.nhs_number)
        self._hospital_number.paint(shown.hospital_number)
        self._test.paint(shown.test)
        self._test.setVisible(bool(shown.test))
        self._odd.say(shown.test_odd, "attention")
        self._odd.setVisible(bool(shown.test_odd))
        self._urgent.paint(shown.urgent)
        self._hazard.paint(shown.hazard)
        self._due.paint(shown.due, shown.due_label or "Due")
        self._due.setVisible(bool(shown.due))
