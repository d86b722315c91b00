"""A named list of what waits: each line leads to where it is done."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from gms_desktop.services.views import WorkItem, WorkList
from ui import words
from ui.actions import Place
from ui.payloads import ScreenWanted
from ui.widgets.card import Card
from ui.widgets.link_row import LinkRow
from ui.widgets.rows import Rows
from ui.widgets.text import Words

_BETWEEN = "\n"


class WorkCard(Card):
    """One named list.

    Signals:
        wanted(ScreenWanted): a line was opened.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Rows[WorkItem, LinkRow] = Rows(self._row, _paint_item)
        self._empty = Words("muted")
        self._more = Words("small")
        self.body.addWidget(self._empty)
        self.body.addWidget(self._rows)
        self.body.addWidget(self._more)

    def paint(self, work: WorkList) -> None:
        """Show the list, or how it gets filled."""
        self.entitle(f"{work.title}  {work.total:,}" if work.total else work.title)
        self._rows.paint(work.items)
        self._empty.say(work.empty)
        self._empty.setVisible(not work.items)
        hidden = work.total - len(work.items)
        self._more.say(words.TODAY_MORE.format(count=hidden))
        self._more.setVisible(hidden > 0)

    def _row(self) -> LinkRow:
        row = LinkRow()
        row.opened.connect(self._opened)
        return row

    @Slot(str)
    def _opened(self, key: str) -> None:
        screen, _, code = key.partition(_BETWEEN)
        self.wanted.emit(ScreenWanted(Place(screen), code))


def _paint_item(row: LinkRow, item: WorkItem) -> None:
    known = item.screen in {place.value for place in Place}
    row.show_line(f"{item.screen}{_BETWEEN}{item.code}" if known else "", item.title, item.detail, kind=item.kind)
