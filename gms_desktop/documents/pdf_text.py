"""Text in a PDF paragraph: Latin-1 in the built-in Helvetica, other letters in a font of this computer, embedded."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from gms_desktop.documents.fonts import Fonts, NoFontError, plain_fonts
from gms_desktop.documents.lettering import native


def marked_up(text: str) -> str:
    """Paragraph mark-up that shows exactly this text; a letter that no font here has is shown as ``[U+738B]``."""
    shown = spelled(text)
    if native(shown):
        return escape(shown)
    return "".join(
        escape(run) if name is None else f'<font name="{name}">{escape(run)}</font>' for run, name in _runs(shown)
    )


def spelled(text: str) -> str:
    """The text with its controls written out, since they have no shape."""
    return "".join(character if character.isprintable() else f"[U+{ord(character):04X}]" for character in text)


def _runs(text: str) -> list[tuple[str, str | None]]:
    """Runs of one embedded font each, None for the built-in one; fonts that cannot be embedded are passed over."""
    fonts = plain_fonts()
    while True:
        runs = _covered(text, fonts)
        unusable = {path for _, path in runs if path is not None and _embedded(path) is None}
        if not unusable:
            return [(run, None if path is None else _embedded(path)) for run, path in runs]
        fonts = Fonts(tuple(path for path in fonts.paths if path not in unusable))


def _covered(text: str, fonts: Fonts) -> list[tuple[str, Path | None]]:
    try:
        return [*fonts.runs(text)]
    except NoFontError as missing:
        for character in missing.characters:
            text = text.replace(character, f"[U+{ord(character):04X}]")
    return [(text, None)] if native(text) else [*fonts.runs(text)]


@cache
def _embedded(path: Path) -> str | None:
    """The name under which the font is embedded; None when its outlines are not TrueType, which reportlab needs."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    name = f"embedded-{path.stem}"
    try:
        pdfmetrics.registerFont(TTFont(name, str(path)))
    except TTFError:
        return None
    return name
