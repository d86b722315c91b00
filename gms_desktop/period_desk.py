"""Reports over a period at a bench: read through a connection of its own, so that no scan waits for a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop.documents.period_report import PeriodReport
from gms_desktop.errors import Refused
from gms_desktop.journal.entry import Body
from gms_desktop.nipt_desk import looking
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, export_list, kept_files, qc_trend, report_files, turnaround, workload

if TYPE_CHECKING:
    from gms_desktop.bench import Bench

_REPORTS: dict[str, Callable[[Ledger, str, str, str], PeriodReport]] = {
    workload.SORT: workload.report,
    qc_trend.SORT: qc_trend.report,
    export_list.SORT: export_list.report,
}
_MEDIA = {
    "pdf": kept_files.PDF,
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _unheard(_done: int) -> None:
    """Nobody asks how far it has come."""


@dataclass(frozen=True)
class PeriodDesk:
    """Reports over a period as one bench tells them. All take a moment: never on the main thread."""

    bench: Bench

    def view(self, sort: str, start: str = "", end: str = "", told: Callable[[int], object] = _unheard) -> PeriodReport:
        """A report, by its sort, from one day to another; without days, this month so far.

        Args:
            sort: of the report.
            start: the first day.
            end: the last.
            told: how far the one that takes long has come; what it raises ends it, and nothing is made.
        """
        with looking(self.bench) as ledger:
            if sort == turnaround.SORT:
                return turnaround.report(ledger, start, end, self.bench.time_zone, told)
            return _REPORTS[sort](ledger, start, end, self.bench.time_zone)

    def issue(
        self, sort: str, start: str, end: str, form: str, told: Callable[[int], object] = _unheard
    ) -> tuple[str, bytes]:
        """Make a report as ``pdf``, ``csv`` or ``xlsx``, keep it, and record that it was issued.

        Returns:
            The identity of the document, and the file.

        Raises:
            Refused: it cannot be told for this period.
            LabelUnreadable: its code does not read back from its first page.
        """
        bench, report = self.bench, self.view(sort, start, end, told)
        if report.problems:
            raise Refused(" ".join(report.problems))
        who = bench.session.operator
        code, by = bench.recorder.read(lambda one: (one.identity(), report_files.imprint(one, who))).result()
        content = _write(form)(report, by, code)
        self._record(report, form, code, content)
        return code, content

    def again(self, document: str) -> bytes:
        """A report that was issued, as it was issued.

        Raises:
            Refused: no such document was issued here.
        """
        with looking(self.bench) as ledger:
            entry = case_documents.issued(ledger.db, document)
        if entry is None:
            raise Refused("No such document was issued here")
        return b"".join(self.bench.file.files.content(entry.body["sha256"]))

    def _record(self, report: PeriodReport, form: str, code: str, content: bytes) -> None:
        bench, digest, operator = self.bench, sha256(content).hexdigest(), self.bench.operator_id()
        at = bench.recorder.read(kept_files.now).result()
        bench.file.files.put(content, _MEDIA[form], f"document:{code}", at)
        body: Body = {"document": code, "sort": report.sort, "form": form, "sha256": digest}
        body |= {"start": report.start, "end": report.end, "about": [], "replaces": None, "file": None}
        draft = Draft(case_documents.ISSUED, body, input={"by": "hand", "device": "screen"})

        def record(ledger: Ledger) -> None:
            ledger.append([draft], operator)

        bench.recorder.write(record).result()
        bench.note_saved()


def _write(form: str) -> Callable[..., bytes]:
    from gms_desktop.documents.period_report_pdf import period_report_pdf
    from gms_desktop.documents.period_report_table import period_report_csv, period_report_xlsx

    return {"pdf": period_report_pdf, "csv": period_report_csv, "xlsx": period_report_xlsx}[form]
