"""Joins the Send away screen to the bench."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Question
from ui import send_words as words
from ui.actions import Place
from ui.fault_words import pass_on, sentence
from ui.label_files import save_label

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.send_desk import SendDesk as Asked
    from gms_desktop.services.send_lines import SendView
    from ui.aside import Aside
    from ui.main_window import MainWindow

Run = Callable[..., None]


class SendDesk(QObject):
    """The consignment in view."""

    def __init__(self, window: MainWindow, bench: Bench, run: Run, aside: Aside) -> None:
        """Listen to the window.

        Args:
            window: where the screen is.
            bench: asked for it.
            run: hands what a future brings to a method on this thread.
            aside: where files are written.
        """
        super().__init__(window)
        self._window, self._run, self._bench, self._aside = window, run, bench, aside
        self._view: SendView | None = None
        window.label_wanted.connect(self._label)
        window.papers_wanted.connect(self._papers)
        window.answer_given.connect(self._answer)

    def show(self, verdict: Verdict | None = None) -> None:
        """Show the consignment that is open."""
        self._run(self._asked().view(verdict), self._paint)

    def not_saved(self, verdict: Verdict) -> None:
        """Say on what is in view that an act was not saved."""
        if self._view is None:
            self.show(verdict)
        else:
            self._paint(replace(self._view, verdict=verdict))

    @property
    def question(self) -> Question | None:
        """What stands open on the screen."""
        return self._view.question if self._view else None

    def _asked(self) -> Asked:
        from gms_desktop.send_desk import SendDesk as Asked

        return Asked(self._bench)

    @Slot()
    def _label(self) -> None:
        if self._window.place is Place.SEND_AWAY:
            save_label(self._window, self._aside, self._run, self._asked().label, self.show)

    @Slot(str)
    def _papers(self, folder: str) -> None:
        saved = self._aside.run(lambda: self._asked().save_papers(Path(folder)), "saving the papers of a consignment")
        self._run(saved, lambda paths: self.show(self._saved(folder, len(paths))), self._not_saved)

    def _saved(self, folder: str, many: int) -> Verdict:
        from gms_desktop import answer_words, send_words

        to_us = self._view is not None and self._view.to_us
        return (answer_words.papers_saved if to_us else send_words.papers_saved)(folder, many)

    @Slot(str)
    def _answer(self, path: str) -> None:
        taken = self._aside.run(lambda: self._asked().take_file(Path(path)), "taking an answer or a logger's file in")
        self._run(taken, self.show, self._not_read)

    def _letter(self, verdict: Verdict | None) -> None:
        if verdict is not None:
            self.show(verdict)

    def _not_read(self, fault: BaseException) -> None:
        self.show(Verdict(VerdictKind.REFUSED, words.ANSWER_NOT_READ, sentence(fault)))
        pass_on(fault)

    def _not_saved(self, fault: BaseException) -> None:
        self.show(Verdict(VerdictKind.REFUSED, words.PAPERS_NOT_SAVED, sentence(fault)))
        pass_on(fault)

    def _paint(self, view: SendView) -> None:
        self._view = view
        self._window.send_away.paint(view)
        if view.letter_whole:
            taken = self._aside.run(lambda: self._asked().take_letter(), "taking a scanned letter in")
            self._run(taken, self._letter, self._not_read)
