"""Whether the system lets things move."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

_SPI_GETCLIENTAREAANIMATION = 0x1042


def system_moves() -> bool:
    """False when the person has asked the system for less motion (Windows: ``SystemParametersInfo``)."""
    if sys.platform == "win32":
        import ctypes

        answer = ctypes.c_int(1)
        if ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(answer), 0):
            return bool(answer.value)
    return QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
