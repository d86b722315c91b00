"""Today: what waits, for how long, and where to go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gms_desktop.services.views import TodayView, WorkList
from ui.screens.screen import Screen
from ui.theme.tokens import Space
from ui.widgets.card import Card, Scroll
from ui.widgets.flow import Flow
from ui.widgets.text import Words
from ui.widgets.work_card import WorkCard

_COLUMNS = 2


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


class TodayScreen(Screen):
    """Paints a ``TodayView``.

    Signals:
        wanted(ScreenWanted): a line was opened.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Today", parent)
        self._counts: list[_Count] = []
        self._lists: list[WorkCard] = []
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
            card = WorkCard()
            card.wanted.connect(self.wanted)
            column = self._columns[len(self._lists) % _COLUMNS]
            column.insertWidget(column.count() - 1, card)
            self._lists.append(card)
        for card, work in zip(self._lists, lists, strict=False):
            card.paint(work)
            card.show()
        for card in self._lists[len(lists) :]:
            card.hide()
