"""Files that a person gives or asks for: taken in and made beside the main thread, and told of when they are there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gms_desktop.domain.verdicts import Verdict
from ui import words
from ui.aside import Aside
from ui.counting import Counting
from ui.papers import Paper
from ui.payloads import AuditWanted, FileGiven, LookWanted, NiptReportWanted, ReportWanted
from ui.preview_desk import PreviewDesk, kept

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from ui.main_window import MainWindow

Run = Callable[..., None]


class FilesDesk(QObject):
    """The files of one bench, and the period of its report."""

    def __init__(
        self,
        window: MainWindow,
        bench: Bench,
        aside: Aside,
        run: Run,
        taken_in: Callable[[Verdict], None],
        made: Callable[[str], None],
    ) -> None:
        """Listen to the window.

        Args:
            window: where files are given and asked for.
            bench: takes them in and makes them.
            aside: where that is done.
            run: hands what a future brings to a method on this thread.
            taken_in: told what a file came to.
            made: told where a file is.
        """
        super().__init__(window)
        self._window, self._bench, self._aside, self._run = window, bench, aside, run
        self._taken_in, self._told = taken_in, made
        self._period, self._month = ("", ""), ""
        self._preview = PreviewDesk(window, bench, run, aside)
        # A proof takes minutes: no file that is saved meanwhile waits for it.
        self._proofs = PreviewDesk(window, bench, run, Aside())
        window.file_given.connect(self._take_in)
        window.report_wanted.connect(self._report)
        self._counting = Counting(self)
        self._counting.counted.connect(window.reports.count)
        window.reports.stop_wanted.connect(self._counting.stop)
        window.nipt_wanted.connect(self._nipt)
        window.key_wanted.connect(self._recovery_key)
        for wanted in (window.copy_wanted, window.pack_wanted, window.account_wanted, window.sheet_wanted):
            wanted.connect(self._save)

    def made(self, future: Future[str]) -> None:
        """Tell of a file once it is there."""
        self._run(future, self._told)

    def show_reports(self) -> None:
        """Somebody went to Reports: what they looked at last is read anew."""
        if self._window.reports.shows_audit:
            self._window.reports.trail.show_asked()
        elif self._window.reports.shows_nipt:
            self._nipt(NiptReportWanted(self._month))
        else:
            self._run(self._bench.report(*self._period), self._window.reports.paint)

    @Slot()
    def _recovery_key(self) -> None:
        from gms_desktop.recovery_paper import recovery_paper

        self._preview.look((Paper(words.RECOVERY_KEY_FILE, lambda: recovery_paper(self._bench), saved=False),))

    @Slot(object)
    def _take_in(self, given: FileGiven) -> None:
        from ui.taking_in import take_in

        self._run(self._aside.run(lambda: take_in(self._bench, Path(given.path)), "taking in"), self._taken_in)

    def _audit(self, wanted: AuditWanted) -> None:
        from gms_desktop.records_desk import RecordsDesk
        from ui.audit_file import audit_job
        from ui.program import this_program

        if wanted.form == "screen":
            desk = RecordsDesk(self._bench, this_program())
            view = self._aside.run(lambda: desk.view(wanted.asked), "audit trail")
            self._run(view, self._window.reports.paint_audit)
            return
        job = audit_job(self._window, self._bench, wanted)
        if job is not None:
            saved = self._aside.run(job, "audit trail")
            self._run(saved, lambda path: self._told(words.REPORT_SAVED.format(path=path)))

    @Slot(object)
    def _report(self, wanted: ReportWanted | AuditWanted) -> None:
        if isinstance(wanted, AuditWanted):
            self._audit(wanted)
            return
        if wanted.form == "screen":
            self._period = (wanted.start, wanted.end)
            self._run(self._bench.report(wanted.start, wanted.end), self._window.reports.paint)
            return
        from ui.report_file import proof_paper, report_job, report_papers

        if wanted.form == "proof":
            # Whoever went on working meanwhile comes back to the proof that is being made.
            if not self._proofs.again():
                self._proofs.look((proof_paper(self._bench),))
            return
        if wanted.form == "look":
            self._preview.look(report_papers(self._bench, wanted))
            return
        counting = self._counting.begin() if wanted.sort == "turnaround" else Counting()
        job = report_job(self._window, self._bench, wanted, counting.told)
        if job is not None:
            saved = self._aside.run(job, "report")
            saved.add_done_callback(lambda _done: counting.ended())
            self._run(saved, lambda path: self._told(words.REPORT_SAVED.format(path=path)))

    @Slot(object)
    def _nipt(self, wanted: NiptReportWanted) -> None:
        from gms_desktop.nipt_desk import NiptDesk

        desk = NiptDesk(self._bench)
        if wanted.form == "screen":
            self._month = wanted.month
            view = self._aside.run(lambda: desk.view(wanted.month), "NIPT of a month")
            self._run(view, self._window.reports.paint_nipt)
            return
        from ui.report_file import nipt_folder

        folder = nipt_folder(self._window, wanted.month)
        if folder is not None:
            self.made(self._aside.run(lambda: desk.write(wanted.month, folder), "NIPT files"))

    @Slot(object)
    def _save(self, wanted: object) -> None:
        if isinstance(wanted, LookWanted):
            self._preview.look((Paper(wanted.line.file, kept(self._bench, wanted.line.sha256)),))
            return
        from ui.downtime_file import file_job

        job = file_job(self._window, self._bench, wanted)
        if job is not None:
            self.made(self._aside.run(job, "downtime file"))
