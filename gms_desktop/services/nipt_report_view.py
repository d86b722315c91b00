"""NIPT of a month as the Reports screen shows it: the measures, and each row and sample that somebody must look at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from gms_desktop import nipt_words
from gms_desktop.domain.dates import display
from gms_desktop.domain.findings import Severity
from gms_desktop.domain.nipt import periods
from gms_desktop.domain.nipt.codes import Pathway
from gms_desktop.domain.nipt.metrics import Clock, Measure
from gms_desktop.errors import Refused
from gms_desktop.exchange import ncardrs
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import nipt_reports, site_rules
from gms_desktop.services.nipt_reports import MeasureReport, Measures, MonthFiles
from gms_desktop.services.nipt_views import NOT_COMPUTED, MeasureLine, NiptLine, NiptReportView

_FILES = {Pathway.FASP: "Screening file", Pathway.R445: "R445 file"}
_BY = {Clock.PHYSICAL: "counted from physical receipt", Clock.BOOKED: "counted from booking in"}
_BOTH_CLOCKS = "physical receipt and booking in alike"


@dataclass(frozen=True)
class NiptMonth:
    """Everything about NIPT of a month, computed together."""

    files: MonthFiles
    monthly: Measures
    quarterly: Measures

    @property
    def reports(self) -> tuple[MeasureReport, ...]:
        """S02, S03 and S06."""
        return (*self.monthly.reports, *self.quarterly.reports)

    def named(self) -> dict[str, bytes]:
        """Every file of the month by its name, the measures among them."""
        return self.files.named({f"nipt-measures-{self.files.period.name}.csv": _measures_file(self.reports)})


def of_month(ledger: Ledger, month: str) -> NiptMonth:
    """Everything about NIPT of a month, and of the quarter that it is in.

    Args:
        ledger: the bench's, which is only read.
        month: such as ``2026-10``; empty for the newest month that is over.

    Raises:
        Refused: when the month is written in another way, or has not begun.
    """
    files = nipt_reports.month_files(ledger, month or last_month(ledger))
    quarter = periods.quarter_of(files.period.first).name
    monthly = nipt_reports.month_measures(ledger, files.period.name)
    return NiptMonth(files, monthly, nipt_reports.quarter_measures(ledger, quarter))


def last_month(ledger: Ledger) -> str:
    """The newest month that is over at the laboratory."""
    return periods.month_before(nipt_reports.today(ledger)).name


def view(ledger: Ledger, month: str) -> NiptReportView:
    """The Reports screen for NIPT of a month; one that cannot be shown says why."""
    try:
        made = of_month(ledger, month)
    except Refused as fault:
        return NiptReportView("Choose the month", month, problems=(str(fault),))
    period = made.files.period
    after = periods.step(period, 1)
    rows = {pathway: file.rows for pathway, file in made.files.files}
    return NiptReportView(
        heading=nipt_words.month_heading(made.files.blocked, sum(rows.values()), nipt_words.period(period)),
        month=period.name,
        before=periods.step(period, -1).name,
        after=after.name if after.first <= nipt_reports.today(ledger) else "",
        totals="     ".join(f"{_FILES[pathway]}: {_samples(count)}" for pathway, count in rows.items()),
        measures=tuple(line for report in made.reports for line in _measure_lines(report)),
        lines=(*_findings(made.files), *_listed(made)),
        notes=tuple(_notes(ledger, made)),
    )


def _samples(count: int) -> str:
    return "1 sample" if count == 1 else f"{count} samples"


def _measure_lines(report: MeasureReport) -> Iterator[MeasureLine]:
    name = f"{report.name}  {report.rule.words}" if report.rule else report.name
    period = nipt_words.period(report.period)
    if report.refused or report.rule is None:
        yield MeasureLine(name, period, level=NOT_COMPUTED, remark=report.refused)
        return
    whose = "approved" if report.own else "EXAMPLE"
    shown = f"acceptable {float(report.rule.acceptable)} %, achievable {float(report.rule.achievable)} %: {whose}"
    for one in report.measures:
        yield MeasureLine(
            name,
            period,
            _clock(one, report),
            f"{one.numerator} of {one.denominator}",
            f"{one.shown} %" if one.denominator else "",
            one.level or "no sample came",
            shown,
            "" if one.final else "Not final: some may still be in time.",
        )


def _clock(one: Measure, report: MeasureReport) -> str:
    return _BY[one.clock] if len(report.measures) > 1 else _BOTH_CLOCKS


def _findings(files: MonthFiles) -> tuple[NiptLine, ...]:
    """Findings about rows, those to put right first on top, then samples that stand in no file."""
    found = [
        NiptLine(
            f"{_FILES[pathway]}, row {row.place}",
            row.sample,
            one.item,
            nipt_words.SEVERITIES[one.severity],
            nipt_words.found(one),
            first=one.severity is Severity.BLOCK,
        )
        for pathway, file in files.files
        for row in file.listed
        for one in row.found
    ]
    left = tuple(
        NiptLine("No file", one.sample, "", "check", f"{one.why[:1].upper()}{one.why[1:]}.") for one in files.left_out
    )
    order = list(nipt_words.SEVERITIES.values())
    return (*sorted(found, key=lambda line: order.index(line.severity)), *left)


def _listed(made: NiptMonth) -> Iterator[NiptLine]:
    """Samples that a measure lists, and tubes that may be NIPT without a record of it."""
    for report in made.reports:
        for one in report.measures:
            where = f"{report.name}, {one.clock.value}" if len(report.measures) > 1 else report.name
            for listed, word in ((one.not_in_time, "not in time"), (one.left_out, "not counted")):
                yield from (NiptLine(where, each.id, "", word, f"{_begun(each.why.value)}.") for each in listed)
    for number in made.monthly.unrecorded:
        yield NiptLine("No record", number, "", "check", "A tube for cell-free DNA without a record of NIPT.")


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _notes(ledger: Ledger, made: NiptMonth) -> Iterator[str]:
    if made.monthly.r445:
        yield f"R445 is kept apart: {_samples(made.monthly.r445)} of it not counted by S02 and S03."
    for report in made.reports:
        if report.rule is not None and report.name != "S03":
            first, last = (display(day) for day in report.rule.submission(report.period))
            what = "The file, S02 and S03" if report.name == "S02" else f"S06 of {nipt_words.period(report.period)}"
            yield f"{what}: submitted {first}" + (f" to {last}." if last != first else " at the latest.")
    calendar = site_rules.working_days(ledger.db)
    covered = nipt_words.covered(calendar.since, calendar.until)
    yield f"Bank holidays of England and Wales are loaded for {covered}; published at www.gov.uk/bank-holidays."
    yield ncardrs.STATEMENT


def _measures_file(reports: tuple[MeasureReport, ...]) -> bytes:
    """The measures and every sample that they list, as CSV."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(("MEASURE", "PERIOD", "RECEIPT", "IN TIME", "COUNTED", "PERCENT", "LEVEL", "SAMPLE ID", "WHY"))
    for report in reports:
        if report.refused:
            out.writerow((report.name, report.period.name, "", "", "", "", NOT_COMPUTED, "", report.refused))
        for one in report.measures:
            out.writerows(_measure_rows(report, one))
    return text.getvalue().encode()


def _measure_rows(report: MeasureReport, one: Measure) -> Iterator[tuple[object, ...]]:
    named = (report.name, report.period.name, _clock(one, report))
    not_final = "" if one.final else "not final"
    yield (*named, one.numerator, one.denominator, one.shown, one.level, "", not_final)
    for listed, word in ((one.not_in_time, "not in time"), (one.left_out, "not counted")):
        yield from ((*named, "", "", "", word, each.id, each.why.value) for each in listed)
