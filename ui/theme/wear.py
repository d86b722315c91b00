"""Puts a palette on the application, and says which one it wears.

The palette in use lives on the application object, not in a module, so that two applications in one test run cannot
mix them up. The desktop's own dark mode is not followed: a bench chooses.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.tokens import DARK, LIGHT, PALETTES, Palette, Points, ThemeName

_PROPERTY = "gms_theme"


def wear(app: QApplication, name: ThemeName, family: str = "") -> None:
    """Dress the application: Fusion, our palette, our style sheet. Paint the views again after it.

    One that is dressed like this already is left alone: every widget there is would be measured again.

    Args:
        app: the application.
        name: light or dark.
        family: the type family; the one in use when empty.
    """
    from ui.theme.style_sheet import style_sheet

    font = QFont(family) if family else QFont(app.font())
    font.setPointSize(Points.WORDS)
    sheet = style_sheet(PALETTES[name], mono_family())
    if (app.styleSheet(), app.font(), app.property(_PROPERTY)) == (sheet, font, name.value):
        return
    app.setStyle("Fusion")
    tint(app, name)
    app.setFont(font)
    app.setStyleSheet(sheet)


def worn() -> Palette:
    """The palette that the running application wears; light when there is none yet."""
    app = QApplication.instance()
    return DARK if app is not None and app.property(_PROPERTY) == ThemeName.DARK.value else LIGHT


def tint(app: QApplication, name: ThemeName) -> None:
    """Only the colours, which cost nothing: for what is painted before there is anything to dress."""
    app.setProperty(_PROPERTY, name.value)
    app.setPalette(_qt_palette(PALETTES[name]))


def mono_family() -> str:
    """The platform's own monospaced face, for codes."""
    families = QFontDatabase.families()
    return next((face for face in ("Consolas", "DejaVu Sans Mono") if face in families), "monospace")


def _qt_palette(tokens: Palette) -> QPalette:
    """The Qt palette, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    roles = {
        role.Window: tokens.ground,
        role.WindowText: tokens.text,
        role.Base: tokens.card,
        role.AlternateBase: tokens.ground,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.card,
        role.ButtonText: tokens.text,
        role.ToolTipBase: tokens.card,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.action,
        role.HighlightedText: tokens.on_action,
        role.Link: tokens.action,
        role.BrightText: tokens.bad,
    }
    palette = QPalette()
    for each, colour in roles.items():
        palette.setColor(each, QColor(colour))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Text, QColor(tokens.muted))
    palette.setColor(QPalette.ColorGroup.Disabled, role.ButtonText, QColor(tokens.muted))
    return palette
