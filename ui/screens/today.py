"""Today: what waits, for how long, and where to go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gms_desktop.services.views import TodayView, WorkItem, WorkList
from ui import words
from ui.actions import Place
from ui.payloads import ScreenWanted
from ui.screens.screen import Screen
from ui.theme.tokens import Space
from ui.widgets.card import Card, Scroll
from ui.widgets.flow import Flow
from ui.widgets.link_row import LinkRow
from ui.widgets.rows import Rows
from ui.widgets.text import Words

_COLUMNS = 2
_BETWEEN = "\n"


class _Count(Card):
    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(150)
        self._figure = Words("figure", wrap=False)
        self._what = Words("muted", wrap=False)
        self.body.setSpacing(0)
        self.body.addWidget(self._figure)
        self.body.addWidget(self._what)

    def paint(self, what: str, figure: str) -> None:
        """Show one count."""
        self._figure.say(figure)
        self._what.say(what)
        self.setAccessibleName(f"{what}: {figure}")


class _List(Card):
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


class TodayScreen(Screen):
    """Paints a ``TodayView``.

    Signals:
        wanted(ScreenWanted): a line was opened.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Today", parent)
        self._counts: list[_Count] = []
        self._lists: list[_List] = []
        self._tiles = QWidget()
        self._flow = Flow(self._tiles, gap=Space.GAP)
        self.body.addWidget(self._tiles)
        scroll = Scroll("Lists of today")
        self._columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(Space.GAP)
        for column in self._columns:
            column.setSpacing(Space.GAP)
            column.addStretch(1)
            side_by_side.addLayout(column, 1)
        scroll.body.addLayout(side_by_side)
        scroll.body.addStretch(1)
        self.body.addWidget(scroll, 1)

    def paint(self, view: TodayView) -> None:
        """Show the view."""
        self.order(view.heading)
        self._paint_counts(view.counts)
        # What waits stands before what does not, so that nobody has to look for it among empty lists.
        self._paint_lists(sorted(view.lists, key=lambda work: not work.total))

    def _paint_counts(self, counts: Sequence[tuple[str, str]]) -> None:
        while len(self._counts) < len(counts):
            tile = _Count()
            self._counts.append(tile)
            self._flow.addWidget(tile)
        for tile, (what, figure) in zip(self._counts, counts, strict=False):
            tile.paint(what, figure)
            tile.show()
        for tile in self._counts[len(counts) :]:
            tile.hide()
        self._tiles.setVisible(bool(counts))

    def _paint_lists(self, lists: Sequence[WorkList]) -> None:
        while len(self._lists) < len(lists):
            card = _List()
            card.wanted.connect(self.wanted)
            column = self._columns[len(self._lists) % _COLUMNS]
            column.insertWidget(column.count() - 1, card)
            self._lists.append(card)
        for card, work in zip(self._lists, lists, strict=False):
            card.paint(work)
            card.show()
        for card in self._lists[len(lists) :]:
            card.hide()
