"""The made-up bench top beside the rehearsal's window: badges, forms, tubes and printed labels to scan.

Each is scanned by the simulated scanner, which sends the bytes a real one would.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from gms_desktop.rehearsal.desk_devices import ON_THE_PAN, Thing, bench_top
from gms_desktop.rehearsal.labels_read import number_on
from ui.van_page import VanPage

if TYPE_CHECKING:
    from gms_desktop.rehearsal.desk_devices import DeskDevices

_LOOK_MS = 400
_LABELS_HIGH = 150
_TITLE = "REHEARSAL  things to scan"


class BenchTop(QWidget):
    """A window of its own, so that nothing of it covers the work."""

    def __init__(
        self, desk: DeskDevices, parent: QWidget, waiting: Sequence[str] = (), taken: Collection[str] = ()
    ) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle(_TITLE)
        parent.windowTitleChanged.connect(self._name)
        # It is never the last window that keeps the application running.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        parent.installEventFilter(self)
        self.setMinimumSize(420, 560)
        self._desk = desk
        self._shown = 0
        self._labels = QVBoxLayout()
        self._labels_empty = QLabel("Printed labels stand here. Click one to scan it on its tube.")
        self.van = VanPage(desk.scanner.scan, taken)
        self._build()
        for number in waiting:
            # Printed before this start: they still lie on the bench.
            self._labels.addWidget(self._button(Thing("Labels", f"Label {number}", number)))
        self._waiting = bool(waiting)
        self._labels_empty.setVisible(not waiting)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._show_labels)
        self._look.start()

    def end(self) -> None:
        """Look at the printer no more, and go."""
        self._look.stop()
        self.close()

    def _build(self) -> None:
        self._labels_empty.setWordWrap(True)
        labels = QWidget()
        column = QVBoxLayout(labels)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._labels_empty)
        column.addLayout(self._labels)
        column.addStretch(1)
        lying = _scrolled(labels)
        lying.setFixedHeight(_LABELS_HIGH)
        pages = QTabWidget()
        pages.addTab(_scrolled(self.van), "The morning van")
        pages.addTab(_scrolled(self._other_things()), "Other things")
        pages.addTab(_scrolled(self._balance()), "Balance")
        whole = QVBoxLayout(self)
        note = QLabel("Click a thing to scan it. The scanner sends its bytes as a real one would.")
        note.setWordWrap(True)
        for each in (note, _heading("Printed labels, newest first"), lying, pages):
            whole.addWidget(each)

    def _other_things(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        group = ""
        for thing in bench_top():
            if thing.group != group:
                group = thing.group
                column.addWidget(_heading(group))
            column.addWidget(self._button(thing))
        torn = QPushButton("A torn code (bytes that are no code)")
        torn.setMinimumHeight(32)
        torn.clicked.connect(self._tear)
        column.addWidget(torn)
        column.addStretch(1)
        return inner

    def _balance(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addWidget(_heading("What lies on the pan"))
        for words, done in ON_THE_PAN:
            lay = QPushButton(words)
            lay.setMinimumHeight(32)
            lay.clicked.connect(partial(self._desk.lay, done))
            column.addWidget(lay)
        column.addStretch(1)
        return inner

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go when the main window goes."""
        if event.type() == QEvent.Type.Close and watched is self.parent():
            self.end()
        return False

    def _button(self, thing: Thing) -> QPushButton:
        button = QPushButton(f"{thing.words}\n{thing.code}")
        button.setStyleSheet("font-weight: normal; text-align: left; padding: 2px 8px;")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setMinimumHeight(44)
        button.setAccessibleName(f"Scan {thing.words}")
        button.clicked.connect(partial(self._scan, thing.code))
        return button

    def _scan(self, code: str) -> None:
        self._desk.scanner.scan(code)

    @Slot(str)
    def _name(self, of_bench: str) -> None:
        """Two rehearsals side by side are told apart by the bench whose window this is."""
        self.setWindowTitle(f"{_TITLE}  {of_bench}")

    @Slot()
    def _tear(self) -> None:
        self._desk.scanner.garbage(b"\x00\xff\x01junk\r")

    @Slot()
    def _show_labels(self) -> None:
        printed = self._desk.printer.labels
        for payload in printed[self._shown :]:
            number, copy = number_on(payload)
            words = f"Label {number}" + (f", copy {copy}" if copy > 1 else "")
            self._labels.insertWidget(0, self._button(Thing("Labels", words, number)))
        self._shown = len(printed)
        self._labels_empty.setVisible(not printed and not self._waiting)


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
