"""A paper before it is printed or saved: page by page, as large as wanted, with keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from gms_desktop import paper_words
from gms_desktop.documents.page_pictures import PagePicture
from gms_desktop.domain.verdicts import Verdict
from ui import preview_words as said
from ui.actions import ACTS, ScreenAct
from ui.screens.screen import Screen
from ui.theme.icons import icon
from ui.theme.wear import worn
from ui.widgets.flow import in_lines
from ui.widgets.press import BenchButton
from ui.widgets.text import Words
from ui.widgets.verdict_panel import VerdictPanel

_STEP, _LEAST, _MOST = 1.25, 0.5, 4.0
_MARGIN = 24
_A4 = 297 / 210
_BUTTONS = (
    (ScreenAct.PAGE_BACK, said.BACK),
    (ScreenAct.PAGE_NEXT, said.NEXT),
    (ScreenAct.PAPER_NEXT, said.OTHER),
    (ScreenAct.PAGE_SMALLER, said.SMALLER),
    (ScreenAct.PAGE_LARGER, said.LARGER),
    (ScreenAct.PAGE_FITS, said.FITS),
    (ScreenAct.PAPER_SAVE, said.SAVE),
    (ScreenAct.PAPER_PRINT, said.PRINT),
    (ScreenAct.PREVIEW_CLOSE, said.CLOSE),
)


class PreviewScreen(Screen):
    """Paints a ``PagePicture``.

    Signals:
        page_wanted(int, int): a page from 0, and how many pixels wide.
        other_wanted(): the next of several papers.
        print_wanted(), save_wanted(), close_wanted(): of the paper in view.
    """

    page_wanted = Signal(int, int)
    other_wanted, print_wanted, save_wanted, close_wanted = Signal(), Signal(), Signal(), Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Preview", parent)
        self._zoom, self._page, self._pages, self._of = 0.0, 0, 0, ""
        self.verdict = VerdictPanel(motion=False)
        self.where = Words("strong")
        self.page = QLabel()
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view = QScrollArea()
        self.view.setWidget(self.page)
        self.view.setWidgetResizable(True)
        self.view.setAccessibleName(said.NAME)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons = {act: BenchButton() for act, _ in _BUTTONS}
        for act, button in self.buttons.items():
            button.bind(ACTS[act])
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.where)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(in_lines(*self.buttons.values()))
        self._connect()

    def begin(self, name: str, place: int, many: int, wait: str, *, stops: bool = False, saved: bool = True) -> None:
        """Another paper is in view; its first page is still to come, and ``wait`` says what is done meanwhile.

        ``stops``: whether it takes so long that going back to work is to stop it; ``saved``: whether it may be.
        """
        self.order(name)
        self._page, self._pages = 0, 0
        self.page.clear()
        self.where.say(wait)
        self._of = paper_words.document(place + 1, many) if many > 1 else ""
        for act, words in _BUTTONS:
            usual = act is ScreenAct.PAPER_PRINT
            colour = worn().on_action if usual else worn().action
            self.buttons[act].label(words, usual=usual, icon=icon(ACTS[act].icon, colour))
        self.buttons[ScreenAct.PAPER_NEXT].setVisible(many > 1)
        self.buttons[ScreenAct.PAPER_SAVE].setVisible(saved)
        self._name_close(said.STOP if stops else said.CLOSE)
        self.tell(None)
        self._allow()

    def wait(self, so_far: str) -> None:
        """Say how far the making has come."""
        self.where.say(so_far)

    def came(self) -> None:
        """There is nothing any more to stop."""
        self._name_close(said.CLOSE)

    def _name_close(self, words: str) -> None:
        act = ScreenAct.PREVIEW_CLOSE
        self.buttons[act].label(words, icon=icon(ACTS[act].icon, worn().action))

    def paint(self, picture: PagePicture) -> None:
        """Show a page."""
        ratio = self.devicePixelRatioF()
        image = QImage(picture.rgb, picture.wide, picture.high, picture.wide * 3, QImage.Format.Format_RGB888)
        shown = QPixmap.fromImage(image)
        shown.setDevicePixelRatio(ratio)
        self.page.setPixmap(shown)
        self.page.setAccessibleName(paper_words.page(picture.page + 1, picture.pages))
        self.page.setAccessibleDescription(picture.text)
        if picture.page != self._page:
            self.view.verticalScrollBar().setValue(0)
        self._page, self._pages = picture.page, picture.pages
        where = (self._of, paper_words.page(picture.page + 1, picture.pages))
        self.where.say("     ".join(part for part in where if part))
        self._allow()

    def tell(self, verdict: Verdict | None) -> None:
        """Show what became of printing or saving."""
        self.verdict.paint(verdict)
        self.verdict.setVisible(verdict is not None)

    def forget(self) -> None:
        """Nothing of the paper stays on the screen or in its memory."""
        self.page.clear()
        self.page.setAccessibleDescription("")
        self._pages = 0

    def wide(self) -> int:
        """How wide the page is to be, in pixels of the screen."""
        room = self.view.viewport().size()
        whole = min(room.width() - _MARGIN, (room.height() - _MARGIN) / _A4)
        across = whole if not self._zoom else (room.width() - _MARGIN) * self._zoom
        return max(200, round(across * self.devicePixelRatioF()))

    def _allow(self) -> None:
        self.buttons[ScreenAct.PAGE_BACK].setEnabled(self._page > 0)
        self.buttons[ScreenAct.PAGE_NEXT].setEnabled(self._page + 1 < self._pages)
        for act in (ScreenAct.PAPER_PRINT, ScreenAct.PAPER_SAVE):
            self.buttons[act].setEnabled(self._pages > 0)

    def _connect(self) -> None:
        press = {act: button.clicked for act, button in self.buttons.items()}
        press[ScreenAct.PAGE_BACK].connect(lambda: self._turn(-1))
        press[ScreenAct.PAGE_NEXT].connect(lambda: self._turn(1))
        press[ScreenAct.PAGE_LARGER].connect(lambda: self._resize(_STEP))
        press[ScreenAct.PAGE_SMALLER].connect(lambda: self._resize(1 / _STEP))
        press[ScreenAct.PAGE_FITS].connect(self._fit)
        press[ScreenAct.PAPER_NEXT].connect(self.other_wanted)
        press[ScreenAct.PAPER_PRINT].connect(self.print_wanted)
        press[ScreenAct.PAPER_SAVE].connect(self.save_wanted)
        press[ScreenAct.PREVIEW_CLOSE].connect(self.close_wanted)

    def _turn(self, by: int) -> None:
        place = self._page + by
        if 0 <= place < self._pages:
            self.page_wanted.emit(place, self.wide())

    def _resize(self, by: float) -> None:
        self._zoom = min(_MOST, max(_LEAST, (self._zoom or 1 / _STEP) * by))
        self._again()

    @Slot()
    def _fit(self) -> None:
        self._zoom = 0.0
        self._again()

    def _again(self) -> None:
        if self._pages:
            self.page_wanted.emit(self._page, self.wide())

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever locks the bench, or goes on working, leaves no name in the memory of a picture."""
        super().hideEvent(event)
        self.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that fits goes on fitting."""
        super().resizeEvent(event)
        self._again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down turn; the arrows move what is larger than the screen. No scanner types these."""
        bar = self.view.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown:
                self._turn(1)
            case Qt.Key.Key_PageUp:
                self._turn(-1)
            case Qt.Key.Key_Down:
                bar.setValue(bar.value() + bar.singleStep() * 3)
            case Qt.Key.Key_Up:
                bar.setValue(bar.value() - bar.singleStep() * 3)
            case _:
                super().keyPressEvent(event)
