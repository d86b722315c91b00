"""Pages of A4 in the one style of our papers: who made them at the top, their number at the foot, their code on page 1.

The code is read back from the first page's own pixels before the file is handed over.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gms_desktop.documents.numbered_pages import numbered
from gms_desktop.documents.page_code import check_code, put_code
from gms_desktop.documents.paper import DOTS
from gms_desktop.documents.paragraphs import text
from gms_desktop.documents.rejection_report import REHEARSAL, Imprint

MM = 72 / 25.4
ROOM = 186 * MM
"""The width between the margins."""
_MARGIN, _HEAD, _FOOT = 12 * MM, 38 * MM, 12 * MM
_CODE_ROOM = 28 * MM


@dataclass(frozen=True)
class Head:
    """What stands at the top of each page.

    Attributes:
        title: what the paper is called.
        lines: what is said under it: when and by whom it was made, of which version, its code.
        foot: what stands before the number of the page.
        code: the document's own.
    """

    title: str
    lines: tuple[str, ...]
    foot: str
    code: str


def coded_pages(head: Head, imprint: Imprint, story: Sequence[Any]) -> bytes:
    """The file.

    Raises:
        LabelUnreadable: the code does not read back from the first page as exactly the document's own.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title=head.title, author="gms_desktop", invariant=1, lang="en-GB")
    wide, tall = A4
    frame = Frame(_MARGIN, _FOOT, wide - 2 * _MARGIN, tall - _HEAD - _FOOT, 0, 0, 0, 0)

    def furnish(canvas: Any, laid: Any) -> None:
        _furnish(canvas, head, imprint, laid.page)

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=furnish)])
    document.build(list(story), canvasmaker=numbered(head.foot))
    content = file.getvalue()
    check_code(content, head.code)
    return content


def _furnish(canvas: Any, head: Head, imprint: Imprint, page: int) -> None:
    wide, tall = canvas._pagesize  # noqa: SLF001 - reportlab has no other name for it
    lines = [text(imprint.laboratory, 10, bold=True), text(head.title, 12, bold=True)]
    lines += [text(line, 9) for line in head.lines]
    if imprint.rehearsal:
        lines.insert(0, text(REHEARSAL, 12, bold=True))
    y = tall - 8 * MM
    for line in lines:
        y -= line.wrapOn(canvas, wide - 2 * _MARGIN - _CODE_ROOM, _HEAD)[1]
        line.drawOn(canvas, _MARGIN, y)
    if page == 1:
        canvas.saveState()
        canvas.scale(72 / 25.4 / DOTS, 72 / 25.4 / DOTS)
        put_code(canvas, head.code)
        canvas.restoreState()
