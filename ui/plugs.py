"""The window of the rehearsal with a hub: pull each bench's cable, stop the hub, and watch the benches work on.

Each bench runs in a process of its own, as on a machine of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QProcess, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.rehearsal.hub_rehearsal import BENCHES, HubRehearsal, turn
from ui import words
from ui.app import plain_application
from ui.program import this_program
from ui.theme.tokens import ThemeName
from ui.theme.wear import wear

_LOOK_MS = 500
_GOODBYE_MS = 10_000


class Plugs(QWidget):
    """A row for each cable and one for the hub.

    Signals:
        ended(): every bench was closed.
    """

    ended = Signal()
    _told = Signal(str)
    _prepared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.PLUGS_TITLE)
        self.setMinimumWidth(520)
        self.hub: HubRehearsal | None = None
        self.benches: list[QProcess] = []
        self.states: list[QLabel] = []
        self.buttons: list[QPushButton] = []
        self._work = ThreadPoolExecutor(1, thread_name_prefix="plugs")
        self._note = QLabel(words.PLUGS_PREPARING)
        self._note.setWordWrap(True)
        self._rows = QGridLayout()
        self._rows.setVerticalSpacing(8)
        self._rows.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.addWidget(self._note)
        column.addLayout(self._rows)
        column.addStretch(1)
        self._told.connect(self._say)
        self._prepared.connect(self._open_benches)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._paint)

    def prepare(self) -> None:
        """Start the hub and let the benches join, in the background; then open them."""
        self._do(self._prepare)

    def end(self) -> None:
        """Close the benches, then the hub."""
        self._look.stop()
        for bench in self.benches:
            bench.terminate()
        for bench in self.benches:
            if not bench.waitForFinished(_GOODBYE_MS):
                bench.kill()
                bench.waitForFinished(_GOODBYE_MS)
        self._work.shutdown()
        if self.hub is not None:
            self.hub.close()
            self.hub = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything ends with this window."""
        event.accept()
        self.ended.emit()

    def _prepare(self) -> None:
        self.hub = HubRehearsal(self._told.emit)
        self.hub.prepare()
        self._prepared.emit()

    @Slot()
    def _open_benches(self) -> None:
        hub = self.hub
        assert hub is not None
        self._say(words.PLUGS_NOTE)
        for place, cable in enumerate(hub.cables, start=1):
            name = words.PLUGS_CABLE.format(number=place)
            self._row(name, partial(turn, cable))
        self._row(words.PLUGS_HUB, lambda: hub.stop_hub() if hub.server.running else hub.start_hub())
        for number in range(1, BENCHES + 1):
            self.benches.append(self._bench(hub.data(number)))
        self._paint()
        self._look.start()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self._note.setText(sentence)

    def _fit(self) -> None:
        """As high as its words and rows need: nothing stands over anything else."""
        column = self.layout()
        assert column is not None
        high = max(column.totalHeightForWidth(self.width()), column.totalSizeHint().height())
        if high != self.minimumHeight():
            self.setMinimumHeight(high)
            self.resize(self.width(), max(self.height(), high))

    def event(self, event: QEvent) -> bool:
        """Rows that were added need room once they are shown; narrower, its words need more lines."""
        taken = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit()
        return taken

    def _bench(self, data: Path) -> QProcess:
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedChannels)
        program, *before = this_program()
        process.start(program, [*before, "rehearse", "--data", str(data)])
        return process

    def _row(self, name: str, press: Callable[[], None]) -> None:
        row = len(self.states)
        state, button = QLabel(), QPushButton()
        state.setAccessibleName(name)
        button.setMinimumHeight(48)
        button.setMinimumWidth(150)
        button.clicked.connect(lambda: self._do(press))
        self._rows.addWidget(QLabel(name), row, 0)
        self._rows.addWidget(state, row, 1)
        self._rows.addWidget(button, row, 2)
        self.states.append(state)
        self.buttons.append(button)

    def _do(self, job: Callable[[], None]) -> None:
        """Off the main thread, one after the other: a server takes a second to stop, and no press is lost meanwhile."""
        self._work.submit(self._done, job)

    def _done(self, job: Callable[[], None]) -> None:
        try:
            job()
        except (Refused, Unavailable) as fault:
            self._told.emit(str(fault))
        except Exception:
            logging.getLogger(__name__).exception("a plug did not turn")
            self._told.emit(words.FAULT)

    @Slot()
    def _paint(self) -> None:
        hub = self.hub
        if hub is None:
            return
        plugged = hub.plugged
        for place, on in enumerate([*plugged, hub.server.running]):
            is_hub = place == len(plugged)
            said = (words.PLUGS_RUNS, words.PLUGS_STOPPED) if is_hub else (words.PLUGS_IN, words.PLUGS_OUT)
            press = (words.PLUGS_STOP, words.PLUGS_START) if is_hub else (words.PLUGS_PULL, words.PLUGS_PLUG)
            self.states[place].setText(f"{'✓' if on else '!'}  {said[0 if on else 1]}")
            self.buttons[place].setText(press[0 if on else 1])
            self.buttons[place].setAccessibleName(f"{self.states[place].accessibleName()}: {press[0 if on else 1]}")
        if self.benches and all(bench.state() == QProcess.ProcessState.NotRunning for bench in self.benches):
            self.close()


def run() -> int:
    """Run until the window, or both benches, are closed."""
    app = plain_application()
    wear(app, ThemeName.LIGHT)
    plugs = Plugs()
    plugs.ended.connect(app.quit)
    plugs.show()
    plugs.prepare()
    try:
        return int(app.exec())
    finally:
        plugs.end()
