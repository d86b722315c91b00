"""Who, which bench, what is saved, and the devices in words. Quiet when all is well."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gms_desktop.services.device_words import NOT_ASKED
from gms_desktop.services.views import DeviceLine, StripView
from ui import people_words
from ui.theme.tokens import Space
from ui.widgets.flow import Flow
from ui.widgets.text import Words


class _DeviceWord(QLabel):
    """``Printer ✓`` in grey, or ``! Rack reader is away`` in the attention look."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: DeviceLine | None = None

    def paint(self, device: DeviceLine) -> None:
        """Show a device. Each scan does: one that stands as before is not dressed anew."""
        if device == self._shown:
            self.show()
            return
        self._shown = device
        name = "" if device.ready else "chip"
        well = f"{device.name}, {NOT_ASKED}" if device.state == NOT_ASKED else f"{device.name} ✓"
        text = well if device.ready else f"!  {device.name} {device.state}"
        self.setObjectName(name)
        self.setProperty("face", "small" if device.ready else "")
        self.setText(text)
        self.setToolTip(device.without)
        self.setAccessibleName(f"{device.name}: {device.state}. {device.without}".strip())
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()


class FootStrip(QFrame):
    """The strip at the foot of the frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self._operator = Words("strong", wrap=False)
        self._without_pin = QLabel(f"!  {people_words.WITHOUT_PIN}")
        self._without_pin.setObjectName("chip")
        self._bench = Words("small", wrap=False)
        self._saved = Words("sentence", wrap=False)
        self._devices: list[_DeviceWord] = []
        outer = QHBoxLayout(self)
        outer.setContentsMargins(Space.EDGE, Space.STEP, Space.TIGHT, Space.STEP)
        inner = QWidget()
        self._flow = Flow(inner, gap=Space.CARD - Space.STEP, down=Space.STEP)
        for each in (self._operator, self._without_pin, self._bench, self._saved):
            self._flow.addWidget(each)
        outer.addWidget(inner, 1)
        self.setMinimumHeight(40)

    def paint(self, strip: StripView) -> None:
        """Show the strip."""
        self._operator.say(f"{strip.operator}  {strip.role}".strip())
        self._operator.setVisible(bool(strip.operator))
        self._without_pin.setVisible(strip.without_pin)
        self._bench.say(strip.bench)
        self._bench.setVisible(bool(strip.bench))
        mark = "!" if strip.sharing_stopped else "●"
        self._saved.say(f"{mark}  {strip.saved}" if strip.saved else "", "attention" if strip.sharing_stopped else "")
        self._saved.setVisible(bool(strip.saved))
        while len(self._devices) < len(strip.devices):
            word = _DeviceWord()
            self._devices.append(word)
            self._flow.addWidget(word)
        for word, device in zip(self._devices, strip.devices, strict=False):
            word.paint(device)
        for word in self._devices[len(strip.devices) :]:
            word.hide()
        self._flow.invalidate()
