"""Reports as files: PDF for paper, XLSX for those who count on. Each takes a second, so never on the main thread."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.domain.minting import instant
from gms_desktop.files.store import FileStore
from gms_desktop.recorder import Recorder
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_documents, kept_files
from gms_desktop.services.find import local_minute
from gms_desktop.services.sign_in import Operator
from gms_desktop.services.views import DowntimeReport, ReportView

_MEDIA = {"pdf": kept_files.PDF, "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def imprint(ledger: Ledger, who: Operator | None) -> Imprint:
    """Who makes a document here and now."""
    laboratory = look_up.laboratory(ledger.db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    made_at = local_minute(instant(ledger.clock.now()), laboratory["time_zone"])
    name = who.name if who else "the application"
    return Imprint(laboratory["name"], made_at, name, bool(laboratory["rehearsal"]))


def issue(recorder: Recorder, files: FileStore, view: ReportView, who: Operator | None, form: str) -> bytes:
    """Make the report of unacceptable specimens, keep it, and record that it was issued: it may have to be recalled."""
    code, by = recorder.read(lambda ledger: (ledger.identity(), imprint(ledger, who))).result()
    content = unacceptable(view, by, form, code)
    digest, period = sha256(content).hexdigest(), (view.start, view.end)

    def record(ledger: Ledger) -> None:
        drafts = case_documents.issue(ledger, case_documents.UNACCEPTABLE, form, digest, period, code)
        told = [replace(draft, input={"by": "hand", "device": "screen"}) for draft in drafts]
        ledger.append(told, who.id if who else None)

    if not view.problems:
        files.put(content, _MEDIA[form], f"document:{code}", recorder.read(kept_files.now).result())
        recorder.write(record).result()
    return content


def unacceptable(view: ReportView, made: Imprint, form: str, code: str) -> bytes:
    """The report of unacceptable specimens as ``pdf`` or ``xlsx``."""
    from gms_desktop.documents.rejection_report_pdf import rejection_report_pdf
    from gms_desktop.documents.rejection_report_xlsx import rejection_report_xlsx

    return rejection_report_pdf(view, made, code) if form == "pdf" else rejection_report_xlsx(view, made)


def downtime(view: DowntimeReport, made: Imprint, form: str) -> bytes:
    """The account of downtime numbers as ``pdf`` or ``xlsx``."""
    from gms_desktop.documents.downtime_report import downtime_report_pdf, downtime_report_xlsx

    return downtime_report_pdf(view, made) if form == "pdf" else downtime_report_xlsx(view, made)
