"""Rejection and failed QC by specimen type and requestor stand on the report, with their numbers."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from bench_top import WAIT_S, BenchTop
from measure_work import FIRST, approves, line, opens, qubit_file, tube
from python_calamine import CalamineWorkbook

from gms_desktop.domain.commands import Command
from gms_desktop.report_desk import report_bytes
from gms_desktop.reports.qc_rates import Seen, count, share


def test_a_share_names_what_it_is_of_and_nothing_is_no_share() -> None:
    assert share(1, 8) == "1 of 8, 12.5 %"
    assert share(0, 3) == "0 of 3, 0.0 %"
    assert share(0, 0) == "none"


def test_each_specimen_counts_once_under_its_type_and_requestor() -> None:
    one = Seen("EDTA blood", "Dr A", rejected=False, measured=True, judged=True, failed=True, conceded=False)
    two = Seen("EDTA blood", "Dr A", rejected=True, measured=False, judged=False, failed=False, conceded=False)
    made = count([one, two, Seen("saliva", "Dr A", *[False] * 5)])
    assert (made["EDTA blood", "Dr A"].received, made["EDTA blood", "Dr A"].failed) == (2, 1)
    assert made["saliva", "Dr A"].received == 1


def test_what_fails_counts_among_those_judged_on_screen_on_paper_and_in_the_workbook(
    bench: BenchTop, tmp_path: Path
) -> None:
    approves(bench)
    tube(bench)
    assert bench.bench.report().result(WAIT_S).qc == ()
    opens(bench, qubit_file(tmp_path, line(FIRST, "7")))
    bench.asks_for(Command.SAVE_RUN)
    [row] = bench.bench.report().result(WAIT_S).qc
    assert (row.kind, row.rejected, row.measured) == ("EDTA blood", "0 of 1, 0.0 %", "1 of 1, 100.0 %")
    assert (row.failed, row.conceded) == ("1 of 1, 100.0 %", "0 of 1, 0.0 %")
    paper = pypdfium2.PdfDocument(report_bytes(bench.bench, "", "", "pdf"))
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in paper)
    assert "Rejection and failed QC by specimen type and requestor" in text
    assert "1 of 1, 100.0 %" in text
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_bytes(bench.bench, "", "", "xlsx")))
    kept = book.get_sheet_by_name("QC").to_python()
    assert [row.kind, row.requestor, row.rejected, row.measured, row.failed, row.conceded] in kept
