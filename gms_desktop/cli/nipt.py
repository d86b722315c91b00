"""``nipt file`` and ``nipt measures``: the month's files for NCARDRS, and S02, S03 and S06 as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.cli.saving import save
from gms_desktop.cli.signed_in import SignedIn, signed_in
from gms_desktop.domain.dates import display
from gms_desktop.domain.nipt.metrics import Measure
from gms_desktop.errors import Refused
from gms_desktop.exchange import ncardrs
from gms_desktop.services import nipt_reports
from gms_desktop.services.nipt_reports import MeasureReport, Measures, MonthFiles

Say = Callable[[str], None]
DONE, TO_SEE_TO = 0, 1
_BY_HAND = {"by": "hand"}


def write_files(month: str, out: Path, data: Path, say: Say, badge: str, pin: str) -> int:
    """Write the files of a month into a folder, issued by whoever has this badge and PIN; nothing is overwritten.

    Args:
        month: such as ``2026-10``.
        out: the folder.
        data: the bench's data folder.
        say: prints a line.
        badge: of whoever issues them.
        pin: theirs.

    Returns:
        0 when no row has to be put right, 1 when some have.

    Raises:
        Refused: the month is not understood or has not begun, the folder is not there, a file is there already, a
            window has the bench open, or badge or PIN is not one.
        Unavailable: the folder cannot be written.
    """
    if not out.is_dir():
        raise Refused(f"{out} is no folder. Make it, or name another.")
    with signed_in(data, badge, pin) as by:
        made = nipt_reports.month_files(by.ledger, month)
        named = made.named()
        there = [name for name in named if (out / name).exists()]
        if there:
            raise Refused(f"{out / there[0]} is there already. Choose another folder: nothing is overwritten.")
        with by.ledger.db.write():
            by.ledger.append(by.entitled(nipt_reports.issued(by.ledger, made, _BY_HAND)), by.who.id)
        for name, content in named.items():
            _save(out / name, data, by, content)
    for line in _month_lines(made, out):
        say(line)
    return TO_SEE_TO if made.blocked else DONE


def _save(path: Path, data: Path, by: SignedIn, content: bytes) -> None:
    save(path, data, by, "nipt-file", lambda file: file.write(content))


def tell_measures(month: str, quarter: str, data: Path, say: Say) -> int:
    """Tell S02 and S03 of a month, or S06 of a quarter.

    Returns:
        0 when every measure was computed, 1 when one was refused.

    Raises:
        Refused: neither or both are given, or one is not understood.
    """
    if bool(month) == bool(quarter):
        raise Refused("Give either --month 2026-10 or --quarter “2026-27 Q3”.")
    with reading(data / DATABASE, data) as db:
        ledger = look_at(db)
        made = nipt_reports.month_measures(ledger, month) if month else nipt_reports.quarter_measures(ledger, quarter)
    for line in _measure_lines(made):
        say(line)
    return TO_SEE_TO if any(one.refused for one in made.reports) else DONE


def _month_lines(made: MonthFiles, out: Path) -> Iterator[str]:
    yield f"NIPT for NCARDRS, {made.period.name}"
    for pathway, file in made.files:
        found = f"{len(file.listed)} with findings, {file.blocked} to put right before submission"
        yield f"  {pathway.value:<4}  {file.rows} samples: {found}"
    for one in made.left_out:
        yield f"  {one.sample}  {one.why}"
    yield f"Written to {out}: {', '.join(made.named())}."
    yield ncardrs.STATEMENT


def _measure_lines(made: Measures) -> Iterator[str]:
    for report in made.reports:
        yield from _report_lines(report)
    if made.r445:
        yield f"R445 is kept apart: {made.r445} samples of it are not counted."
    if made.unrecorded:
        tubes = ", ".join(made.unrecorded)
        yield f"Tubes for cell-free DNA without a record of NIPT: {tubes}. Check that none is NIPT."
    yield ncardrs.STATEMENT


def _report_lines(report: MeasureReport) -> Iterator[str]:
    rule = report.rule
    yield f"NIPT {report.name}, {report.period.name}" + (f": {rule.words}" if rule else "")
    if report.refused:
        yield f"  Not computed. {report.refused}"
        return
    for measure in report.measures:
        yield from _clock_lines(measure, one_clock=len(report.measures) == 1)
    if rule:
        whose = "approved" if report.own else "an EXAMPLE: the laboratory has approved none"
        shown = f"acceptable {float(rule.acceptable)} %, achievable {float(rule.achievable)} %"
        yield f"  Thresholds since {display(rule.since)} ({whose}): {shown}"
        first, last = (display(day) for day in rule.submission(report.period))
        yield f"  Submission: {rule.submitted}: {first}" + (f" to {last}" if last != first else "")


def _clock_lines(measure: Measure, *, one_clock: bool) -> Iterator[str]:
    clock = "physically received and booked in alike" if one_clock else measure.clock.value
    figure = f"{measure.numerator} of {measure.denominator}"
    exactly = f" (exactly {measure.percent} %)" if measure.percent and measure.percent.denominator > 1 else ""
    share = f" = {measure.shown} %{exactly}, {measure.level}" if measure.denominator else ""
    yield f"  By {clock}: {figure}{share}" + ("" if measure.final else "; not final, some may still be in time")
    for listed, word in ((measure.not_in_time, "not in time"), (measure.left_out, "not counted")):
        yield from (f"    {one.id}  {word}: {one.why.value}" for one in listed)
