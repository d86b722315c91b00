"""Papers in view: fetched, drawn, printed and saved beside the main thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from ui import exports_folder
from ui import preview_words as said
from ui.exports_folder import proposed
from ui.fault_words import pass_on, sentence
from ui.papers import Paper
from ui.report_file import cannot_save

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.documents.page_pictures import PagePicture
    from ui.aside import Aside
    from ui.main_window import MainWindow

Run = Callable[..., None]


class PreviewDesk(QObject):
    """Shows one paper of several over the screen of the job."""

    def __init__(self, window: MainWindow, bench: Bench, run: Run, aside: Aside) -> None:
        """Nothing is made until a paper is looked at.

        Args:
            window: over whose screen it is shown.
            bench: whose printer is used.
            run: hands what a future brings to a method on this thread.
            aside: where papers are fetched, drawn and printed.
        """
        super().__init__(window)
        self._window, self._bench, self._run, self._aside = window, bench, run, aside
        self._papers: tuple[Paper, ...] = ()
        self._place = 0
        self._content = b""

    def look(self, papers: tuple[Paper, ...]) -> None:
        """Show the first of these papers."""
        from ui.screens.preview import PreviewScreen

        if "screen" not in vars(self):
            self.screen = PreviewScreen()
            self.screen.page_wanted.connect(self._page)
            self.screen.other_wanted.connect(self._other)
            self.screen.print_wanted.connect(self._print)
            self.screen.save_wanted.connect(self._save)
            self.screen.close_wanted.connect(self._close)
        self._papers, self._place = papers, 0
        self._window.show_over(self.screen)
        self._begin()

    def _begin(self) -> None:
        paper, self._content = self._papers[self._place], b""
        self.screen.begin(paper.name, self._place, len(self._papers), paper.wait)
        brought = self._aside.run(paper.bring, "fetching a paper")
        self._run(brought, self._brought, self._failed(said.NOT_SHOWN))

    def _brought(self, content: bytes) -> None:
        self._content = content
        self._page(0, self.screen.wide())

    @Slot(int, int)
    def _page(self, page: int, wide: int) -> None:
        from gms_desktop.documents.page_pictures import page_picture

        content = self._content
        drawn: Future[PagePicture] = self._aside.run(lambda: page_picture(content, page, wide), "drawing a page")
        self._run(drawn, self._paint, self._failed(said.NOT_SHOWN))

    def _paint(self, picture: PagePicture) -> None:
        # What was closed or locked meanwhile is not drawn any more.
        if self._content and self.screen.isVisible():
            self.screen.paint(picture)

    @Slot()
    def _other(self) -> None:
        self._place = (self._place + 1) % len(self._papers)
        self._begin()

    @Slot()
    def _print(self) -> None:
        from gms_desktop.paper_printing import print_paper
        from ui.system_paper import here

        settings, content = self._bench.settings, self._content
        done = self._aside.run(lambda: print_paper(settings, content, by_pages=here()), "printing a paper")
        self._run(done, self.screen.tell, self._failed(said.NOT_PRINTED))

    @Slot()
    def _save(self) -> None:
        name = proposed(Path(self._papers[self._place].name).name)
        path, _ = QFileDialog.getSaveFileName(self._window, said.SAVE_TITLE, name)
        if path:
            content = self._content
            done = self._aside.run(lambda: save(Path(path), content), "saving a paper")
            self._run(done, self.screen.tell, self._failed(said.NOT_SAVED))

    @Slot()
    def _close(self) -> None:
        self._papers, self._content = (), b""
        self.screen.forget()
        self._window.go(self._window.place)

    def _failed(self, title: str) -> Callable[[BaseException], None]:
        def tell(fault: BaseException) -> None:
            self.screen.tell(Verdict(VerdictKind.REFUSED, title, sentence(fault)))
            pass_on(fault)

        return tell


def save(path: Path, content: bytes) -> Verdict:
    """Save a paper as it is kept; never on the main thread.

    Raises:
        Unavailable: when it cannot be written there.
    """
    from gms_desktop import paper_words

    try:
        exports_folder.save(path, content, "paper")
    except OSError as fault:
        raise cannot_save(path, fault) from fault
    return paper_words.saved(str(path))


def kept(bench: Bench, sha256: str) -> Callable[[], bytes]:
    """What brings a file of the file store."""

    def bring() -> bytes:
        return b"".join(bench.file.files.content(sha256))

    return bring
