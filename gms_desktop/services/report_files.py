"""Reports as files: PDF for paper, XLSX for those who count on. Each takes a second, so never on the main thread."""

from __future__ import annotations

from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.domain.minting import instant
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.find import local_minute
from gms_desktop.services.sign_in import Operator
from gms_desktop.services.views import DowntimeReport, ReportView


def imprint(ledger: Ledger, who: Operator | None) -> Imprint:
    """Who makes a document here and now."""
    laboratory = look_up.laboratory(ledger.db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    made_at = local_minute(instant(ledger.clock.now()), laboratory["time_zone"])
    name = who.name if who else "the application"
    return Imprint(laboratory["name"], made_at, name, bool(laboratory["rehearsal"]))


def unacceptable(view: ReportView, made: Imprint, form: str) -> bytes:
    """The report of unacceptable specimens as ``pdf`` or ``xlsx``."""
    from gms_desktop.documents.rejection_report_pdf import rejection_report_pdf
    from gms_desktop.documents.rejection_report_xlsx import rejection_report_xlsx

    return rejection_report_pdf(view, made) if form == "pdf" else rejection_report_xlsx(view, made)


def downtime(view: DowntimeReport, made: Imprint, form: str) -> bytes:
    """The account of downtime numbers as ``pdf`` or ``xlsx``."""
    from gms_desktop.documents.downtime_report import downtime_report_pdf, downtime_report_xlsx

    return downtime_report_pdf(view, made) if form == "pdf" else downtime_report_xlsx(view, made)
