"""Joins the Labels screen to the bench: the layout that is being changed, and what an act on it came to."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Answer, Question
from ui.actions import Place
from ui.payloads import Given, LayoutPut, LayoutWanted

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.documents.label_form import LabelLayout
    from gms_desktop.services.layout_views import LabelsView
    from ui.aside import Aside
    from ui.main_window import MainWindow

Run = Callable[[Future[Any], Callable[[Any], None]], None]
_LARGE, _LATER_MS = 3_000_000, 150


class LayoutDesk(QObject):
    """One layout being looked at, with the changes that nobody has proposed yet."""

    def __init__(
        self, window: MainWindow, bench: Bench, run: Run, aside: Aside, told: Callable[[Verdict], None]
    ) -> None:
        """Know where the screen is.

        Args:
            window: where it is.
            bench: asked for layouts.
            run: hands what a future brings to a method on this thread.
            aside: where a test label is printed.
            told: sounds what a test label came to.
        """
        super().__init__(window)
        self._window, self._bench, self._run, self._aside, self._told = window, bench, run, aside, told
        self._name, self._number, self._proposed = "", "", False
        self._view: LabelsView | None = None
        self._layout: LabelLayout | None = None
        self._chosen, self._dpi = "", 0
        self._joined = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._look_whole)

    def show(self, verdict: Verdict | None = None, question: Question | None = None) -> None:
        """Paint the screen anew; after a layout was proposed or approved, as it is kept."""
        from gms_desktop.layout_desk import LayoutDesk as AtTheBench
        from gms_desktop.services.layout_views import Looked

        self._join()
        if verdict is not None and verdict.kind is VerdictKind.FINISHED:
            self._layout = None
        looked = Looked(self._name, self._number, self._proposed)
        self._run(AtTheBench(self._bench).view(looked, verdict), lambda view: self._paint(view, question))

    def _paint(self, view: LabelsView, question: Question | None = None) -> None:
        before, self._view = self._view, view
        self._name = view.laid.layout.name
        self._proposed = view.proposed
        if self._layout is None or before is None or before.laid.sha256 != view.laid.sha256:
            self._layout = view.laid.layout
        if self._chosen not in {field.name for field in self._layout.fields}:
            self._chosen = self._layout.fields[0].name
        self._dpi = self._dpi or view.head.dpi
        self._window.labels.paint(view, question)
        self._look()

    def _look(self) -> None:
        """What a change comes to; of a large label the codes are read once the keys rest."""
        large = self._layout is not None and _dots(self._layout, self._dpi) > _LARGE
        self._show_trial(read=not large)
        if large:
            self._later.start()

    @Slot()
    def _look_whole(self) -> None:
        if self._window.place is Place.LABELS:
            self._show_trial(read=True)

    def _show_trial(self, *, read: bool) -> None:
        from gms_desktop.documents.label_trial import tried
        from ui.screens.labels import Look

        if self._view is None or self._layout is None:
            return
        trial = tried(self._layout, self._view.data, self._dpi, read=read)
        changed = self._layout != self._view.laid.layout
        self._window.labels.look(Look(self._layout, self._chosen, self._dpi, trial, changed))

    def _join(self) -> None:
        if self._joined:
            return
        self._joined = True
        screen = self._window.labels
        for signal, slot in (
            (screen.layout_wanted, self._another),
            (screen.number_wanted, self._of_number),
            (screen.dpi_wanted, self._at),
            (screen.field_chosen, self._choose),
            (screen.turned, self._turn),
            (screen.moved, self._move),
            (screen.sized, self._size),
            (screen.put, self._put),
            (screen.proposed_wanted, self._which),
            (screen.start_again, self._start_again),
            (screen.propose_wanted, self._propose),
            (screen.approve_wanted, self._approve),
            (screen.test_wanted, self._test),
        ):
            signal.connect(slot)

    # What is looked at

    @Slot(str)
    def _another(self, name: str) -> None:
        self._name, self._proposed, self._layout = name, False, None
        self.show()

    @Slot(bool)
    def _which(self, proposed: bool) -> None:
        self._proposed, self._layout = proposed, None
        self.show()

    @Slot(str)
    def _of_number(self, number: str) -> None:
        self._number = number
        self.show()

    @Slot(int)
    def _at(self, dpi: int) -> None:
        self._dpi = dpi
        self._look()

    @Slot(str)
    def _choose(self, name: str) -> None:
        self._chosen = name
        self._look()

    @Slot(int)
    def _turn(self, by: int) -> None:
        if self._layout is not None:
            names = [field.name for field in self._layout.fields]
            self._choose(names[(names.index(self._chosen) + by) % len(names)])

    # What is changed

    @Slot(float, float)
    def _move(self, right: float, down: float) -> None:
        from gms_desktop.documents.label_editing import moved

        self._change(lambda layout: moved(layout, self._chosen, right, down))

    @Slot(float, float)
    def _size(self, wider: float, taller: float) -> None:
        from gms_desktop.documents.label_editing import sized

        self._change(lambda layout: sized(layout, self._chosen, wider, taller))

    @Slot(object)
    def _put(self, given: LayoutPut) -> None:
        from gms_desktop.documents.label_editing import put

        self._change(lambda layout: put(layout, self._chosen, given.measure, given.value))

    @Slot()
    def _start_again(self) -> None:
        if self._view is not None:
            self._change(lambda _layout: self._view.laid.layout if self._view else _layout)

    def _change(self, how: Callable[[LabelLayout], LabelLayout]) -> None:
        if self._layout is not None and self._view is not None:
            self._layout = how(self._layout)
            self._look()

    # What is done

    @Slot(object)
    def _propose(self, wanted: LayoutWanted) -> None:
        from gms_desktop.documents.label_text import layout_text
        from gms_desktop.services.site_layouts import named

        if self._layout is None:
            return
        day = dates.to_local(datetime.now(UTC), self._bench.time_zone).date().isoformat()
        text = layout_text(named(self._layout, wanted.name, wanted.version, day))
        self._window.command_given.emit(Given(Command.PROPOSE_LAYOUT, Answer(comment=text), str(self._dpi)))

    @Slot()
    def _approve(self) -> None:
        self._window.command_given.emit(Given(Command.APPROVE_LAYOUT, None, self._in_view()))

    def _in_view(self) -> str:
        return f"{self._view.laid.layout.name} {self._view.laid.sha256}" if self._view else ""

    @Slot()
    def _test(self) -> None:
        from gms_desktop.layout_desk import LayoutDesk as AtTheBench

        name, _, digest = self._in_view().partition(" ")
        desk = AtTheBench(self._bench)
        self._run(self._aside.run(lambda: desk.print_test(name, digest), "test label"), self._tested)

    def _tested(self, verdict: Verdict) -> None:
        self._told(verdict)
        if self._window.place is Place.LABELS and not self._window.locked:
            self.show(verdict)


def _dots(layout: LabelLayout, dpi: int) -> float:
    from gms_desktop.documents.label_form import DOTS_PER_MM

    return layout.width * layout.height * DOTS_PER_MM.get(dpi, 1) ** 2
