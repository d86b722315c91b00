"""Devices: each in words, what to do, what still works without it; and the labels that wait for the printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.label_queue_view import QueueView
from gms_desktop.services.views import DeviceLine
from ui import words
from ui.payloads import DeviceTest
from ui.screens.screen import Screen
from ui.theme.tokens import Space
from ui.widgets.card import Card, Scroll
from ui.widgets.device_sheets import DeviceSheets
from ui.widgets.label_queue import LabelQueue
from ui.widgets.press import Press
from ui.widgets.rows import Rows
from ui.widgets.shapes import Shape
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel


class _Device(Card):
    """One device.

    Signals:
        test_wanted(DeviceTest): its button was pressed.
    """

    test_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shape = Shape(28)
        self._name = Words("name")
        self._state = Words("strong", wrap=False)
        self._where = Words("small")
        self._detail = Words("sentence")
        self._without = Words("muted")
        self._test = Press()
        self._test.clicked.connect(self._tested)
        self._device = ""
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.CARD)
        grid.setVerticalSpacing(Space.STEP)
        grid.addWidget(self._shape, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        for row, each in enumerate((self._name, self._where, self._detail, self._without)):
            grid.addWidget(each, row, 1)
        grid.addWidget(self._state, 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._test, 1, 2, 3, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def paint(self, device: DeviceLine) -> None:
        """Show the device."""
        kind = VerdictKind.FINISHED if device.ready else VerdictKind.ATTENTION
        self._device = device.name
        self._shape.show_kind(kind)
        self._name.say(device.name)
        self._where.say(", ".join(part for part in (device.kind, device.place) if part))
        self._state.say(device.state, kind.value)
        self._detail.say(device.detail)
        self._detail.setVisible(bool(device.detail))
        self._without.say(device.without)
        self._without.setVisible(bool(device.without))
        self._test.say(device.test)
        self._test.setVisible(bool(device.test))
        self.setAccessibleName(f"{device.name}: {device.state}. {device.detail} {device.without}".strip())

    @Slot()
    def _tested(self) -> None:
        self.test_wanted.emit(DeviceTest(self._device))


class DevicesScreen(Screen):
    """Paints devices, and beside them a ``QueueView``.

    Signals:
        test_wanted(DeviceTest): a device is to be tried.
        teach_wanted(): the scanner's self-test; sheet_wanted(SheetWanted): its sheet, or the command cards.
        given(Given): what is to be done about a label.
    """

    test_wanted = Signal(object)
    teach_wanted = Signal()
    sheet_wanted = Signal(object)
    given = Signal(object)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Devices", parent)
        self._of_devices = words.DEVICES_HEADING
        self._none = Words("sentence", words.DEVICES_NONE)
        self._rows: Rows[DeviceLine, _Device] = Rows(self._device, _Device.paint)
        scroll = Scroll(words.DEVICES_HEADING)
        scroll.body.addWidget(self._none)
        scroll.body.addWidget(self._rows)
        scroll.body.addStretch(1)
        self.sheets = DeviceSheets()
        self.sheets.teach_wanted.connect(self.teach_wanted)
        self.sheets.sheet_wanted.connect(self.sheet_wanted)
        self.sheets.given.connect(self.given)
        self.verdict, self.queue = VerdictPanel(motion=motion), LabelQueue()
        self.queue.given.connect(self.given)
        self.verdict.hide()
        self.body.addWidget(self.verdict)
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(Space.GAP)
        side_by_side.addWidget(scroll, 2)
        side_by_side.addWidget(self.queue, 3)
        self.body.addLayout(side_by_side, 1)
        self.body.addWidget(self.sheets)

    def paint_queue(self, view: QueueView) -> None:
        """Show the labels of the bench; the heading says what they need, or else what the devices need."""
        self.verdict.paint(view.verdict)
        self.verdict.setVisible(view.verdict is not None)
        self.queue.paint(view)
        self.sheets.offer_cards(printed=view.prints_cards)
        self.order(view.question.title if view.question else view.heading or self._of_devices)

    def paint(self, devices: Sequence[DeviceLine]) -> None:
        """Show the devices; the heading says how many need somebody."""
        away = [device for device in devices if not device.ready and not device.waits]
        waits = any(device.waits for device in devices)
        needs = f"{away[0].name} needs you" if len(away) == 1 else f"{len(away)} devices need you"
        self._of_devices = needs if away else words.DEVICES_HUB_AWAY if waits else words.DEVICES_HEADING
        self.order(self._of_devices)
        self._none.setVisible(not devices)
        self.sheets.paint()
        self._rows.paint(devices)

    def _device(self) -> _Device:
        device = _Device()
        device.test_wanted.connect(self.test_wanted)
        return device
