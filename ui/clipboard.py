"""What is copied from the application leaves the clipboard again: after a set time, and when the application ends.

What another program put there is never touched.
"""

from __future__ import annotations

import atexit
from hashlib import sha256

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

# Windows keeps what is copied in a history, and may share it with other machines, unless it is told not to; KDE asks
# for its own hint.
_NOT_KEPT = (
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"',
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"',
)
_HINT = "x-kde-passwordManagerHint"
_OURS = "application/x-gms-desktop"


def put(text: str) -> None:
    """Copy a text, and ask programs that keep a history of the clipboard to leave it out."""
    said = QMimeData()
    said.setText(text)
    for name in _NOT_KEPT:
        said.setData(name, b"\0\0\0\0")
    said.setData(_HINT, b"secret")
    said.setData(_OURS, b"1")
    QGuiApplication.clipboard().setMimeData(said)
    atexit.unregister(_take_off)
    atexit.register(_take_off)


def _take_off() -> None:
    """The process ends with it still there: Qt would free it when Python, which made it, is gone, and crash."""
    clipboard = QGuiApplication.clipboard()
    # An empty one holds nothing to ask, whatever Qt's declarations say.
    lies: QMimeData | None = clipboard.mimeData() if clipboard is not None else None
    if clipboard is not None and lies is not None and lies.hasFormat(_OURS):
        clipboard.clear()


class Clearing(QObject):
    """Clears what was copied here, from a button or from a selection, some time later."""

    def __init__(self, parent: QObject, seconds: int) -> None:
        """Watch the clipboard.

        Args:
            parent: what this ends with.
            seconds: after which it is cleared.
        """
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(seconds * 1000)
        self.timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._changed)
        self._ours = b""

    @Slot()
    def clear(self) -> None:
        """Clear what is still ours."""
        if self._ours and self._said() == self._ours:
            self._clipboard.clear(QClipboard.Mode.Clipboard)
            if self._clipboard.supportsSelection():
                self._clipboard.clear(QClipboard.Mode.Selection)
        self._ours = b""

    def end(self) -> None:
        """The application ends: clear now, watch no more."""
        self.timer.stop()
        self._clipboard.dataChanged.disconnect(self._changed)
        self.clear()

    @Slot()
    def _changed(self) -> None:
        # Not every platform says who put something there. What came while this application was in front came from it.
        in_front = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        self._ours = self._said() if in_front or self._clipboard.ownsClipboard() else b""
        if self._ours:
            self.timer.start()

    def _said(self) -> bytes:
        """What lies there, as a hash: the text itself is kept nowhere else."""
        said = self._clipboard.text()
        return sha256(said.encode("utf-8", "surrogatepass")).digest() if said else b""
