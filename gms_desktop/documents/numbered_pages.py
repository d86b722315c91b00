"""Pages that name the last one at their foot, in one pass: a list of a thousand rows is not laid out twice for it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from gms_desktop.documents.paragraphs import text

_MM = 72 / 25.4
_SIZE, _UP, _IN, _ROOM = 9, 5 * _MM, 12 * _MM, 20 * _MM


def made_with() -> str:
    """The application and its version, as they stand at the foot of each page of a paper."""
    return f"gms_desktop {version('gms-desktop')}"


def numbered(before: str) -> type[Any]:
    """A canvas for ``build`` that writes ``before`` and "Page 1 of 9" at the foot of each page."""
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):  # type: ignore[misc]
        """Holds its pages back until all are there."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._held: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's own name
            """Hold the page back."""
            self._held.append(dict(vars(self)))
            self._startPage()

        def save(self) -> None:
            """Write every page with its number."""
            for place, page in enumerate(self._held, start=1):
                self.__dict__.update(page)
                self.setFont("Helvetica", _SIZE)
                self.drawString(_IN, _UP, made_with())
                # A name stands there too, whose letters the built-in font may not have.
                foot = text(f"{before}Page {place} of {len(self._held)}", _SIZE, right=True)
                foot.wrapOn(self, self._pagesize[0] - 2 * _IN, _ROOM)
                foot.drawOn(self, _IN, _UP - _SIZE / 4)
                super().showPage()
            super().save()

    return Numbered
