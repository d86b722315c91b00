"""Turnaround and workload at a bench: what was received and decided stands in them, on paper as in the register."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pypdfium2
import pytest
from bench_top import BenchTop, Person

from gms_desktop.errors import Refused
from gms_desktop.nipt_desk import looking
from gms_desktop.period_desk import PeriodDesk
from gms_desktop.services import case_documents
from ui.payloads import ReportWanted
from ui.report_file import write_period_report


@pytest.fixture
def desk(empty_bench: BenchTop) -> PeriodDesk:
    """Two specimens were received, labelled and accepted."""
    empty_bench.expects(*(Person(f"P{n}", f"P-{n}", f"P-{n}-1") for n in range(2)))
    for n in range(2):
        empty_bench.scans(f"P-{n}-1")
        empty_bench.scans(empty_bench.label())
    return PeriodDesk(empty_bench.bench)


def text_of(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return " ".join("".join(page.get_textpage().get_text_range() for page in pdf).split())
    finally:
        pdf.close()


def test_turnaround_counts_each_stage_from_the_receipt(desk: PeriodDesk) -> None:
    told = desk.view("turnaround")
    assert told.heading == "2 specimens received, 0 of them sent away so far"
    rows = {row[0]: row for row in told.tables[0].rows}
    assert rows["Accepted"] == ("Accepted", 2, 0, 0, *[2] * 7)
    assert rows["Extracted"] == ("Extracted", 0, "–", "–", *[0] * 7)
    assert told.tables[0].columns[4:] == tuple(f"≤ {days} d" for days in (3, 5, 7, 14, 21, 42, 84))


def test_workload_counts_what_was_done_in_each_hour_of_the_laboratory(desk: PeriodDesk) -> None:
    (table,) = desk.view("workload").tables
    assert table.columns == ("Hour", "Received", "Decided", "Labelled", "Extracted", "Read")
    assert table.rows == (("09:00–09:59", 2, 2, 2, 0, 0),)


@pytest.mark.parametrize("sort", ["turnaround", "workload"])
def test_paper_and_tables_say_what_the_screen_says_and_are_kept_as_they_were(desk: PeriodDesk, sort: str) -> None:
    told = desk.view(sort)
    code, paper = desk.issue(sort, "", "", "pdf")
    said = text_of(paper)
    for part in (told.title, told.heading, code, "Page 1 of 1", *told.notes):
        assert " ".join(part.split()) in said
    for table in told.tables:
        for row in table.rows:
            assert " ".join(str(cell) for cell in row) in said
    assert desk.again(code) == paper
    rows = list(csv.reader(io.StringIO(desk.issue(sort, "", "", "csv")[1].decode("utf-8-sig"))))
    assert [str(cell) for cell in told.tables[0].rows[0]] in rows
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(desk.issue(sort, "", "", "xlsx")[1]))
    assert [cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line].count("f") == 0


def test_a_period_beyond_the_loaded_calendar_is_refused_in_words(desk: PeriodDesk) -> None:
    told = desk.view("turnaround", "01-Dec-2027", "02-Jan-2028")
    assert not told.tables
    assert told.problems[0].startswith("02-Jan-2028 is not in the calendar of bank holidays")
    with pytest.raises(Refused, match="approve a longer calendar"):
        desk.issue("turnaround", "01-Dec-2027", "02-Jan-2028", "pdf")


def test_the_file_is_written_as_its_name_ends_and_any_other_is_refused(bench: BenchTop, tmp_path: Path) -> None:
    wanted = ReportWanted("", "", "file", "workload")
    for form, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"")):
        path = write_period_report(bench.bench, wanted, tmp_path / f"workload.{form}")
        assert path.read_bytes().startswith(begins)
    with pytest.raises(Refused, match=r"workload\.txt is none of PDF, XLSX and CSV"):
        write_period_report(bench.bench, wanted, tmp_path / "workload.txt")


def test_a_report_that_is_stopped_is_neither_made_nor_kept(desk: PeriodDesk) -> None:
    def stop(_done: int) -> None:
        raise Refused("stopped")

    with pytest.raises(Refused, match="stopped"):
        desk.issue("turnaround", "", "", "pdf", stop)
    with looking(desk.bench) as ledger:
        assert not list(case_documents.standing(ledger.db, "turnaround"))
