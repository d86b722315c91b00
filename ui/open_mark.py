"""On Windows, the mark by which an installer knows that the application is open.

Source: Inno Setup, AppMutex: a mutex of the session and one of the whole computer, held until the process ends.
"""

from __future__ import annotations

import sys

NAMES = ("gms_desktop-is-open", "Global\\gms_desktop-is-open")


def mark_open() -> None:
    """Hold the mark from now on; elsewhere than on Windows the installer looks for the process itself."""
    if sys.platform == "win32":
        import ctypes

        for name in NAMES:
            # The handle is let go of by the system, when the process is.
            ctypes.windll.kernel32.CreateMutexW(None, False, name)
