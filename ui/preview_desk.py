"""Papers in view: fetched, drawn, printed and saved beside the main thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
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
_LOOK_MS = 500


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
        # The paper that is still being made; what another brings that was left meanwhile is not shown.
        self._waits: Paper | None = None
        self._unseen = False
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._tell_so_far)

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

    def again(self) -> bool:
        """Show what takes minutes and is still being made, or came while nobody saw it; whether there is one."""
        if self._unseen:
            self._window.show_over(self.screen)
            self._page(0, self.screen.wide())
        elif self._waits is not None and self._waits.making is not None:
            self._window.show_over(self.screen)
        else:
            return False
        return True

    def _begin(self) -> None:
        paper, self._content = self._papers[self._place], b""
        self._waits, self._unseen = paper, False
        stops, saved = paper.making is not None, paper.saved
        self.screen.begin(paper.name, self._place, len(self._papers), paper.wait, stops=stops, saved=saved)
        if paper.making is not None:
            self._look.start()
        brought = self._aside.run(paper.bring, "fetching a paper")
        self._run(brought, partial(self._brought, paper), partial(self._not_brought, paper))

    @Slot()
    def _tell_so_far(self) -> None:
        if self._waits is not None and self._waits.making is not None and (far := self._waits.making.so_far()):
            self.screen.wait(far)

    def _came(self, paper: Paper) -> bool:
        """Whether what came is what is waited for."""
        if paper is not self._waits:
            return False
        self._waits = None
        self._look.stop()
        self.screen.came()
        return True

    def _brought(self, paper: Paper, content: bytes) -> None:
        if self._came(paper):
            self._content = content
            self._unseen = paper.making is not None
            self._page(0, self.screen.wide())

    def _not_brought(self, paper: Paper, fault: BaseException) -> None:
        if self._came(paper):
            self._failed(said.NOT_SHOWN)(fault)

    @Slot(int, int)
    def _page(self, page: int, wide: int) -> None:
        from gms_desktop.documents.page_pictures import page_picture

        content = self._content
        drawn: Future[PagePicture] = self._aside.run(lambda: page_picture(content, page, wide), "drawing a page")
        self._run(drawn, self._paint, self._failed(said.NOT_SHOWN))

    def _paint(self, picture: PagePicture) -> None:
        # What was closed or locked meanwhile is not drawn any more.
        if self._content and self.screen.isVisible():
            self._unseen = False
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
        if self._waits is not None and self._waits.making is not None:
            self._waits.making.stop()
        self._waits, self._unseen = None, False
        self._look.stop()
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
