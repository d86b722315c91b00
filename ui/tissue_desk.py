"""Joins the Tissue screen to the bench."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Question
from ui import tissue_words
from ui.fault_words import pass_on, sentence
from ui.papers import Paper
from ui.payloads import FileGiven
from ui.preview_desk import PreviewDesk, kept

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.tissue_view import TissueView
    from ui.aside import Aside
    from ui.main_window import MainWindow

Run = Callable[..., None]


class TissueDesk(QObject):
    """The case in view."""

    def __init__(
        self, window: MainWindow, bench: Bench, run: Run, aside: Aside, answered: Callable[[Any], None]
    ) -> None:
        """Listen to the window.

        Args:
            window: where the screen is.
            bench: asked for it.
            run: hands what a future brings to a method on this thread.
            aside: where files are read.
            answered: takes what the bench answered to an act.
        """
        super().__init__(window)
        self._window, self._run, self._bench = window, run, bench
        self._aside, self._answered = aside, answered
        self._view: TissueView | None = None
        self._preview = PreviewDesk(window, bench, run, aside)
        window.picture_given.connect(self._attach)

    def show(self, verdict: Verdict | None = None) -> None:
        """Show the case that is open."""
        from gms_desktop.tissue_desk import TissueDesk as Asked

        self._run(Asked(self._bench).view(verdict), self._paint)

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

    @Slot(object)
    def _attach(self, given: FileGiven) -> None:
        from gms_desktop.tissue_desk import TissueDesk as Asked

        if not given.path:
            pictures = self._view.pictures if self._view else ()
            self._preview.look(tuple(Paper(name, kept(self._bench, sha256)) for name, sha256 in pictures))
            return
        attached = self._aside.run(lambda: Asked(self._bench).attach(Path(given.path)).result(), "keeping a picture")
        self._run(attached, self._answered, self._failed)

    def _failed(self, fault: BaseException) -> None:
        self.show(Verdict(VerdictKind.REFUSED, tissue_words.NOT_KEPT, sentence(fault)))
        pass_on(fault)

    def _paint(self, view: TissueView) -> None:
        self._view = view
        self._window.tissue.paint(view)
        for place, (_, sha256) in enumerate(view.pictures):
            self._draw(view.piece, place, kept(self._bench, sha256))

    def _draw(self, piece: str, place: int, bring: Callable[[], bytes]) -> None:
        """A small picture, when it has come; one that cannot be drawn is told where it is looked at."""
        from gms_desktop.documents.page_pictures import PagePicture, page_picture

        small = self._window.tissue.thumbnails
        wide = small.wide()

        def drawn(picture: PagePicture) -> None:
            if self._view is not None and self._view.piece == piece:
                small.show_picture(place, picture)

        self._run(self._aside.run(lambda: page_picture(bring(), 0, wide), "drawing a small picture"), drawn, _no_matter)


def _no_matter(_fault: BaseException) -> None:
    """Its place stays empty: looking at it says why."""
