"""Makes the application and its window. Services are put to it elsewhere: nothing here knows a store."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from ui import words
from ui.main_window import MainWindow
from ui.theme.tokens import ThemeName
from ui.theme.wear import wear


def make_application(
    arguments: Sequence[str] | None = None, theme: ThemeName = ThemeName.LIGHT, family: str = ""
) -> QApplication:
    """The one application object, dressed.

    Args:
        arguments: of the command line; this process's own when not given.
        theme: light or dark.
        family: the type family; the platform's own when empty.
    """
    from ui.lasting_none import make_none_last

    make_none_last()
    app = plain_application(arguments)
    wear(app, theme, family)
    return app


def plain_application(arguments: Sequence[str] | None = None) -> QApplication:
    """The one application object, named but not dressed yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
    else:
        app = QApplication(list(sys.argv if arguments is None else arguments))
    app.setApplicationName("gms_desktop")
    app.setApplicationDisplayName(words.HOUSE)
    return app


def make_window(*, motion: bool | None = None) -> MainWindow:
    """The window; motion follows the system unless said otherwise."""
    from ui.motion import system_moves

    window = MainWindow()
    window.furnish(motion=system_moves() if motion is None else motion)
    return window
