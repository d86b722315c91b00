"""``downtime-pack`` and ``downtime-report``: paper for an outage, and the account of every number afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from gms_desktop import settings
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.file_names import see_free
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.cli.saving import save
from gms_desktop.cli.signed_in import SignedIn, signed_in
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import downtime_issue, downtime_report, kept_files, report_files
from gms_desktop.services.views import DowntimeReport

Say = Callable[[str], None]
DONE, OPEN_NUMBERS = 0, 1
_FORMS = {".pdf": "pdf", ".xlsx": "xlsx"}


def make_pack(count: int, out: Path, data: Path, badge: str, pin: str, say: Say) -> int:
    """Make, issue and save a pack of downtime numbers for whoever has this badge and PIN.

    Args:
        count: how many numbers.
        out: the PDF to write; nothing is overwritten.
        data: the bench's data folder.
        badge: of whoever makes it.
        pin: theirs.
        say: prints a line.

    Raises:
        Refused: too few numbers are set aside, ``out`` cannot be written, a window has the bench open, badge or PIN is
            not one, or the person may not print packs.
    """
    see_free(out, ".pdf")
    with signed_in(data, badge, pin) as by:
        by.may("downtime")
        said = _issue(by, count, out, data)
    say(said)
    return DONE


def _issue(by: SignedIn, count: int, out: Path, data: Path) -> str:
    from gms_desktop.documents.downtime_pack import prove_pack
    from gms_desktop.services.downtime_files import told

    ledger, known = by.ledger, settings.read(data)
    planned = downtime_issue.plan(ledger, count)
    proof = prove_pack(downtime_issue.sheets(ledger, planned, known.bench if known else "", by.who.name))
    pack = ledger.identity()
    by.file.files.put(proof.payload, kept_files.PDF, f"downtime_pack:{pack}", kept_files.now(ledger))

    def issue(file: BinaryIO) -> None:
        # The file is begun before its numbers are issued: a folder that cannot be written costs none.
        with ledger.db.write():
            ledger.append(by.entitled(downtime_issue.issued(ledger, planned, proof, pack)), by.who.id)
        file.write(proof.payload)

    save(out, data, by, "downtime-pack", issue)
    said = told(planned, proof.pages)
    return f"{said.title}. {said.sentence} It is saved as {out}."


def account(pack: str, data: Path, say: Say) -> int:
    """Tell what became of every downtime number, of one pack or of all.

    Returns:
        0 when every number is accounted for, 1 when some are not.

    Raises:
        Refused: no such pack.
    """
    with reading(data / DATABASE, data) as db:
        return _told(_report(look_at(db), pack), say)


def save_account(out: Path, pack: str, data: Path, say: Say, badge: str, pin: str) -> int:
    """Tell what became of every downtime number, and save it as PDF or XLSX for whoever has this badge and PIN.

    Returns:
        0 when every number is accounted for, 1 when some are not.

    Raises:
        Refused: no such pack, an ending other than .pdf or .xlsx, a file that is there already, a window has the bench
            open, or badge or PIN is not one.
        Unavailable: ``out`` cannot be written.
    """
    see_free(out, *_FORMS)
    with signed_in(data, badge, pin) as by:
        report = _report(by.ledger, pack)
        content = report_files.downtime(report, report_files.imprint(by.ledger, by.who), _FORMS[out.suffix.lower()])
        save(out, data, by, "downtime-account", lambda file: file.write(content))
    code = _told(report, say)
    say(f"Written to {out}.")
    return code


def _report(ledger: Ledger, pack: str) -> DowntimeReport:
    laboratory = look_up.laboratory(ledger.db) or {}
    return downtime_report.report(ledger.db, laboratory.get("time_zone", "Europe/London"), pack)


def _told(report: DowntimeReport, say: Say) -> int:
    for line in _lines(report):
        say(line)
    return OPEN_NUMBERS if dict(report.totals)["open"] else DONE


def _lines(report: DowntimeReport) -> Iterator[str]:
    yield report.heading
    if report.totals and report.numbers:
        yield "  " + ", ".join(f"{name} {count}" for name, count in report.totals)
    for pack in report.packs:
        yield f"Pack {pack.pack}, {pack.name}, printed {pack.printed} at {pack.bench}: {pack.numbers}"
        counts = (("used", pack.used), ("spoiled", pack.spoiled), ("not used", pack.not_used))
        rest = (("missing", pack.missing), ("open", pack.open))
        yield "  " + ", ".join(f"{name} {many}" for name, many in (("issued", pack.issued), *counts, *rest))
    for line in report.numbers:
        details = (line.specimen, f"really received {line.happened}" if line.happened else "", line.reason)
        told = ", ".join(part for part in details if part)
        yield f"  {line.number}  {line.state}" + (f": {told}" if told else "")
