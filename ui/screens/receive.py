"""Receive: the tube in hand against its request, its label, and what may be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Offer, ReceiveView
from ui.screens.screen import Screen
from ui.theme.tokens import Space
from ui.widgets.banner import PatientBanner
from ui.widgets.card import Card, Scroll
from ui.widgets.check_list import CheckList
from ui.widgets.delivery_strip import DeliveryStrip
from ui.widgets.offer_bar import OfferBar
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.scan_list import ScanList
from ui.widgets.touch_bar import TouchBar
from ui.widgets.tube_list import TubeList
from ui.widgets.undo_button import UndoButton
from ui.widgets.verdict_panel import VerdictPanel

# What is seldom wanted stands with the tube, so that the bar below keeps to the next step; unless it is that step.
_WITH_THE_TUBE = frozenset(
    {
        Command.PUT_LABEL_OFF,
        Command.PRINT_AGAIN,
        Command.LABEL_SPOILED,
        Command.ASSESS_REQUEST,
        Command.STATE_CONSENT,
        Command.RAISE_PRIORITY,
    }
)


def _is_beside(offer: Offer) -> bool:
    return offer.command in _WITH_THE_TUBE and not offer.usual


class ReceiveScreen(Screen):
    """Paints a ``ReceiveView``.

    Signals:
        given(Given): a command, or the answer to a question.
    """

    given = Signal(object)

    def __init__(self, *, motion: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Receive", parent)
        self.verdict = VerdictPanel(motion=motion)
        self.banner = PatientBanner()
        self.checks = CheckList()
        self.tubes = TubeList()
        self.offers = OfferBar()
        self.seen = OfferBar()
        self.beside = OfferBar()
        self.touches = TouchBar()
        self.question = QuestionPanel()
        self.scans = ScanList()
        self.delivery = DeliveryStrip()
        self.undo = UndoButton()
        self._bar = QHBoxLayout()
        self._work = Scroll("Tubes")
        self._view = ReceiveView("", None, None)
        self._checks_card = Card()
        self._tubes_card = Card()
        self._build()
        self._connect()

    def paint(self, view: ReceiveView) -> None:
        """Show the view, and lay the screen out once: otherwise each part that comes or goes lays all of it out."""
        focused = QApplication.focusWidget()
        self.body.setEnabled(False)
        self._show(view)
        self.body.setEnabled(True)
        self.body.update()
        self.leave_focus(focused, asked=view.question is not None)

    def shrink(self, *, small: bool) -> None:
        """On a small screen the verdict is lower, Undo stands behind the offers, and cards give way to the work."""
        self.verdict.shrink(small=small)
        if small:
            self._bar.removeWidget(self.undo)
            self.offers.end_with(self.undo)
        else:
            self.offers.end_with(None)
            self._bar.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._give_way()

    def _give_way(self) -> None:
        """A question has the room of what there is nothing to compare in; a small screen has room for two cards."""
        asked, compared = self._view.question is not None, bool(self._view.checks)
        self._checks_card.setVisible(compared or not (asked or self._small))
        self.scans.setVisible(not self._small or not (asked or compared))
        self._show_delivery()

    def _show_delivery(self) -> None:
        """How far a delivery is booked gives way on a small screen while nothing is to be done about it."""
        line = self._view.delivery
        silent = line is not None and not line.offers and line.kind is None
        self.delivery.setVisible(line is not None and not (self._small and silent))

    def _show(self, view: ReceiveView) -> None:
        self.order(view.heading)
        self.verdict.paint(view.verdict)
        self.banner.paint(view.banner)
        self._checks_card.entitle(view.checks_title or "Tube against request")
        self.checks.paint(view.checks, view.checks_note)
        self._tubes_card.entitle(view.tubes_title or ("" if view.question else "Tubes"))
        asked = view.question is not None
        if asked != (self._view.question is not None):
            self._work.verticalScrollBar().setValue(0)
        self._view = view
        self._give_way()
        self.banner.setVisible(view.banner is not None or not asked)
        tubes = tuple(tube for tube in view.tubes if tube.current or not asked)
        self.tubes.paint(tubes)
        self.tubes.setVisible(bool(tubes and not (asked and self._small)) or not asked)
        self.offers.paint(() if asked else tuple(one for one in view.offers if not _is_beside(one)))
        self.beside.paint(() if asked else tuple(one for one in view.offers if _is_beside(one)))
        self.seen.paint(() if asked else view.seen)
        self.touches.paint(() if asked else view.touches)
        self.question.paint(view.question, view.heading)
        self.scans.paint(view.scans)
        self.undo.paint(view.undo)
        self.delivery.paint(view.delivery)
        self._show_delivery()

    def _build(self) -> None:
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.delivery)
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self._checks_card, 12)
        cards.addWidget(self._tubes_card, 17)
        cards.addWidget(self.scans, 11)
        self.body.addLayout(cards, 1)
        self._bar.setSpacing(Space.GAP)
        self._bar.addWidget(self.offers, 1)
        self._bar.addWidget(self.question.buttons, 1)
        self._bar.addStretch(0)
        self._bar.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._bar)
        checks = Scroll("What to compare")
        checks.body.addWidget(self.checks)
        checks.body.addStretch(1)
        self._checks_card.body.addWidget(checks, 1)
        work = self._work
        work.body.addWidget(self.tubes)
        work.body.addWidget(self.touches)
        work.body.addWidget(self.seen)
        work.body.addWidget(self.beside)
        work.body.addWidget(self.question)
        work.body.addStretch(1)
        self._tubes_card.body.addWidget(work, 1)

    def _connect(self) -> None:
        for source in (self.offers, self.seen, self.beside, self.touches, self.question, self.undo, self.delivery):
            source.given.connect(self.given)
