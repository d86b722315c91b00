"""A table of which only a row that hardly any page holds is broken in itself.

ReportLab breaks whichever row stands at the foot of a page, and puts the heading above what is left of it there: in the
middle of a page, with the name of the row on the page before.
"""

from __future__ import annotations

from functools import cache
from typing import Any

# In points. A paper that lies on its side holds more than this: what is lower goes on to the next page whole.
_PAGE = 300.0


@cache
def tall_rows() -> Any:
    """The class of such a table, in place of ReportLab's own."""
    from reportlab.platypus import Table

    class TallRows(Table):  # type: ignore[misc]
        def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803  (ReportLab's own names)
            self.splitInRow = 0
            parts: list[Any] = super().split(availWidth, availHeight)
            if parts or sum(self._rowHeights[: self.repeatRows + 1]) <= _PAGE or availHeight < _PAGE:
                return parts
            self.splitInRow = 1
            return list(super().split(availWidth, availHeight))

    return TallRows
