"""Pages that name the last one at their foot, in one pass: a list of a thousand rows is not laid out twice for it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

_MM = 72 / 25.4
_SIZE, _UP, _IN = 9, 5 * _MM, 12 * _MM


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
                right = self._pagesize[0] - _IN
                self.drawRightString(right, _UP, f"{before}Page {place} of {len(self._held)}")
                self.drawString(_IN, _UP, made_with())
                super().showPage()
            super().save()

    return Numbered
