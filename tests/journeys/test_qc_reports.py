"""QC reports: what stands on paper, in the workbook and in the CSV is what the register holds, cell for cell."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import send_work
from bench_top import OKAFOR, WAIT_S, BenchTop
from extract_work import SINGLE, ended, labelled
from measure_work import FIRST, RULE, approves, line, opens, qubit_file, tube, view
from people_at_work import BRIGHT, MENSAH, added, stands_beside, works
from python_calamine import CalamineWorkbook
from rack_work import RACK, bound, rack_open
from rack_work import scans as rack_scans

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.extract_desk import ExtractDesk
from gms_desktop.register import files_cited
from gms_desktop.register.ledger import Draft
from gms_desktop.services.erase import erasure
from gms_desktop.settings import InstrumentSettings, NamedFolder

FORMULA = "=cmd|' /C calc'!A0"


def issued(bench: BenchTop) -> dict[str, bytes]:
    """The newest report in each of its forms, as it is kept."""
    entries = [json.loads(one) for one in bench.entries() if b'"document.issued"' in one]
    return {
        one["body"]["form"]: b"".join(bench.bench.file.files.content(one["body"]["sha256"])) for one in entries[-3:]
    }


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))


def packed(text: str) -> str:
    """Without the spaces and line ends that a column breaks words with."""
    return "".join(text.split())


def saved(bench: BenchTop, path: Path) -> None:
    opens(bench, path)
    assert bench.asks_for(Command.SAVE_RUN).kind is not VerdictKind.REFUSED


def test_a_report_of_a_run_says_what_the_register_says_on_paper_in_the_workbook_and_in_csv(
    bench: BenchTop, tmp_path: Path
) -> None:
    approves(bench)
    number = tube(bench)
    saved(bench, qubit_file(tmp_path, line("QC1", "10.1"), line(FIRST, "50.2"), line("somebody", "<0.5")))
    said = bench.asks_for(Command.QC_REPORT)
    assert (said.kind, said.title) == (VerdictKind.FINISHED, "Report made")
    made = issued(bench)
    assert set(made) == {"pdf", "xlsx", "csv"}
    paper = packed(text_of(made["pdf"]))
    [run] = bench.rows("SELECT sha256, instrument FROM run")
    for wanted in (run["sha256"], run["instrument"], "run.csv", FIRST, number, "meets rule eluate v3", "Page 1 of 1"):
        assert packed(wanted) in paper
    assert packed(f"by {OKAFOR.name}") in paper
    book = CalamineWorkbook.from_filelike(io.BytesIO(made["xlsx"])).get_sheet_by_name("QC").to_python()
    rows = list(csv.DictReader(io.StringIO(made["csv"].decode("utf-8-sig"))))
    held = [
        cell
        for row in bench.rows("SELECT quantities FROM reading ORDER BY line")
        for cell in json.loads(row["quantities"])
    ]
    assert len(held) == len([row for row in rows if row["SHA-256"]])
    head = next(place for place, row in enumerate(book) if "Quantity" in row)
    for cell, row, kept in zip(held, rows, book[head + 1 :], strict=False):
        assert (row["Value"], row["Unit"], row["Raw cell"].lstrip("'")) == (
            cell["value"] or "",
            cell["unit"],
            cell["raw"],
        )
        assert dict(zip(book[head], kept, strict=False))["Raw cell"] == cell["raw"]
        assert row["Says"] == cell["says"]
        assert packed(f"{cell['analyte']} {cell['part']}") in paper
        assert packed(cell["value"] or cell["raw"]) in paper


def test_a_sample_that_is_a_formula_is_never_run_by_a_spreadsheet(bench: BenchTop, tmp_path: Path) -> None:
    saved(bench, qubit_file(tmp_path, line(f'"{FORMULA}"', "5")))
    assert bench.asks_for(Command.QC_REPORT).title == "Report made"
    made = issued(bench)
    cells = [cell for row in csv.reader(io.StringIO(made["csv"].decode("utf-8-sig"))) for cell in row]
    assert f"'{FORMULA}" in cells
    assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in cells)
    archive = zipfile.ZipFile(io.BytesIO(made["xlsx"]))
    sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any("<f>" in sheet for sheet in sheets)
    assert 'quotePrefix="1"' in archive.read("xl/styles.xml").decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(made["xlsx"])).get_sheet_by_name("QC").to_python()
    assert any(FORMULA in row for row in book)
    assert packed(FORMULA) in packed(text_of(made["pdf"]))


@pytest.mark.parametrize("of", ["tube", "specimen"])
def test_a_report_of_a_tube_carries_its_concession_with_both_persons(bench: BenchTop, tmp_path: Path, of: str) -> None:
    approves(bench)
    number = tube(bench)
    saved(bench, qubit_file(tmp_path, line(FIRST, "7")))
    [item] = bench.rows("SELECT DISTINCT item FROM reading")
    name = item["item"].partition(":")[2]
    works(bench, OKAFOR)
    added(bench, BRIGHT, MENSAH)
    works(bench, BRIGHT)
    bench.says(Command.CONCEDE, "eluate|3", comment="No more blood", argument=name)
    stands_beside(bench, MENSAH)
    find = bench.looks_up(FIRST if of == "tube" else number).find
    assert find is not None
    offer = next(one for one in find.offers if one.command is Command.QC_REPORT)
    assert bench.asks_for(Command.QC_REPORT, offer.argument).title == "Report made"
    paper = packed(text_of(issued(bench)["pdf"]))
    assert packed("below minimum 10 ng/µL of rule eluate v3") in paper
    conceded = f"goes on although it fails rule eluate v3: No more blood ({BRIGHT.name} with {MENSAH.name},"
    assert packed(conceded) in paper
    for code in (FIRST, number):
        shown = bench.looks_up(code).find
        assert shown is not None
        assert sorted(one.file for one in shown.files if "QC report" in one.file) == [
            f"QC report {code}.csv",
            f"QC report {code}.pdf",
            f"QC report {code}.xlsx",
        ]


def test_a_fragment_analyzer_report_has_the_plate_well_by_well_and_each_electropherogram(
    bench: BenchTop, tmp_path: Path
) -> None:
    folders = (NamedFolder("Fragment Analyzer 2", str(tmp_path)),)
    bench.bench.settings = replace(bench.bench.settings, instruments=InstrumentSettings(folders))
    approves(bench, RULE.replace('method = "Qubit"', 'method = "Fragment Analyzer"'))
    tube(bench)
    path = tmp_path / "2018 10 19 16H 30M.zip"
    with zipfile.ZipFile(path, "w") as packed:
        quality = f"Well,Sample ID,GQN,Total conc. (ng/uL)\nA1,{FIRST},4.6,7.25\nB2,gDNA 2,6.0,30.0886\n"
        packed.writestr("2018 10 19 16H 30M Quality Table.csv", quality)
        drawn = "".join(f"{at}.00,{at % 7}.00,{at % 5}.50\n" for at in range(1, 60))
        packed.writestr("2018 10 19 16H 30M Electropherogram.csv", f"Time (sec),A1: {FIRST},B2: gDNA 2\n{drawn}")
    opens(bench, path)
    plot = view(bench).plot
    assert plot is not None
    assert [(well, one.text, one.level, one.mark) for well, one in plot.wells] == [
        ("A01", "7.25", 0.0, "!"),
        ("B02", "30.09", 1.0, ""),
    ]
    bench.asks_for(Command.SAVE_RUN)
    assert bench.asks_for(Command.QC_REPORT).title == "Report made"
    paper = text_of(issued(bench)["pdf"])
    assert "concentration, ng/µL" in paper
    assert "7.25 !" in paper
    assert f"Electropherogram of A01, {FIRST}" in paper
    assert "Electropherogram of B02, gDNA 2" in paper
    assert "Signal against: Time (sec)" in paper


def test_a_controls_values_stand_by_instrument_and_lot_with_the_rules_that_they_break(
    bench: BenchTop, tmp_path: Path
) -> None:
    with_mean = RULE.replace('min = "9"', 'mean = "10"\nsd = "0.4"\nmin = "9"')
    approves(bench, with_mean.replace('lot = "L77"', 'lot = "L76"'))
    saved(bench, qubit_file(tmp_path, line("QC1", "9.99", run="former lot"), name="former.csv"))
    approves(bench, with_mean)
    for place, value in enumerate(("10.1", "10.9", "10.95")):
        path = qubit_file(tmp_path, line("QC1", value, at=f"11/{23 + place}/2026 9:40:54 AM"), name=f"{place}.csv")
        saved(bench, path)
    opens(bench, qubit_file(tmp_path, line("QC1", "11.5", at="11/27/2026 9:40:54 AM"), name="open.csv"))
    [shown] = view(bench).controls
    assert [(one.value, one.broken) for one in shown.points][-2:] == [(10.95, "1-2s, 2-2s"), (11.5, "1-2s, 1-3s, 2-2s")]
    bench.asks_for(Command.RUN_ASIDE)
    [newest] = bench.rows("SELECT id FROM run ORDER BY at DESC, id DESC LIMIT 1")
    assert bench.asks_for(Command.QC_REPORT, newest["id"]).title == "Report made"
    paper = text_of(issued(bench)["pdf"])
    assert "Control QC1, lot L77, Qubit: concentration ng/µL" in paper
    assert "Mean 10, standard deviation 0.4 ng/µL, expected 9 to 11 ng/µL" in paper
    for said in ("10.9 1-2s", "10.95 1-2s, 2-2s", "+3 SD", "23-Nov-2026", "25-Nov-2026"):
        assert said in paper
    assert "Westgard's rules broken: 24-Nov-2026, 10.9: 1-2s; 25-Nov-2026, 10.95: 1-2s, 2-2s." in paper
    assert "9.99" not in paper


def test_of_several_runs_it_is_asked_which(bench: BenchTop, tmp_path: Path) -> None:
    assert bench.asks_for(Command.QC_REPORT).title == "Nothing measured"
    saved(bench, qubit_file(tmp_path, line("a", "5", run="r1")))
    saved(bench, qubit_file(tmp_path, line("b", "6", run="r2"), name="b.csv"))
    asked = bench.asks_for(Command.QC_REPORT)
    assert asked.title == "Of which run is the QC report"
    row, _ = bench.rows("SELECT id, sha256 FROM run ORDER BY at, id")
    assert bench.says(Command.QC_REPORT, row["id"]).title == "Report made"
    assert row["sha256"][:16] in text_of(issued(bench)["pdf"])


def erases(bench: BenchTop, subject: str) -> None:
    """An administrator erases every identifying value of a subject."""

    def erase(ledger) -> None:  # type: ignore[no-untyped-def]
        name = ledger.pen().write("EXAMPLE, Anna", "operator:anna")
        role = {"operator": "anna", "role": "administrator", "granter": None, "laboratory": "EXAMPLE"}
        ledger.append([Draft("operator.added", {"operator": "anna", "name": name, "badge": "b1"})], None)
        ledger.append([Draft("role.granted", role)], None)
        ledger.append([erasure(ledger, subject, "asked", "IG-7", "anna")], "anna")

    bench.write(erase)


def test_a_report_is_emptied_once_the_name_of_one_of_its_readings_is_erased_and_no_other_report(
    bench: BenchTop, tmp_path: Path
) -> None:
    tube(bench)
    saved(bench, qubit_file(tmp_path, line("EXAMPLE Anna", "50.2", run="r1"), line(FIRST, "7", run="r1")))
    saved(bench, qubit_file(tmp_path, line("other", "5", run="r2"), name="other.csv"))
    first, other = bench.rows("SELECT id FROM run ORDER BY at, id")
    made = []
    for run in (first, other):
        assert bench.says(Command.QC_REPORT, run["id"]).title == "Report made"
        entries = [json.loads(one)["body"] for one in bench.entries() if b'"document.issued"' in one]
        made.append({one["sha256"] for one in entries[-3:]})
    assert packed("EXAMPLE Anna") in papers(bench)[0]
    [named] = bench.rows("SELECT id FROM reading WHERE state = 'waiting' AND run = :run", run=first["id"])
    erases(bench, f"reading:{named['id']}")
    kept = bench.bench.file.files.citations()
    gone = bench.read(lambda ledger: files_cited.erased(ledger.db, kept))
    assert made[0] <= gone
    assert not made[1] & gone


def test_a_report_travels_as_a_kept_document_and_is_emptied_once_values_of_its_run_are_erased(
    bench: BenchTop, tmp_path: Path
) -> None:
    tube(bench)
    saved(bench, qubit_file(tmp_path, line("EXAMPLE Anna", "50.2")))
    assert bench.asks_for(Command.QC_REPORT).title == "Report made"
    [run] = bench.rows("SELECT id FROM run")
    hashes = {json.loads(one)["body"]["sha256"] for one in bench.entries() if b'"document.issued"' in one}
    assert hashes <= {one.sha256 for one in bench.read(lambda ledger: list(files_cited.own(ledger.db)))}
    kept = bench.bench.file.files.citations()
    assert not hashes & bench.read(lambda ledger: files_cited.erased(ledger.db, kept))

    erases(bench, f"run:{run['id']}")
    assert hashes <= bench.read(lambda ledger: files_cited.erased(ledger.db, kept))
    assert bench.asks_for(Command.QC_REPORT).title == "Report made"
    anew = bench.bench.file.files.citations()
    assert len(bench.read(lambda ledger: files_cited.erased(ledger.db, anew)) & hashes) == len(hashes)
    assert len(anew) == len(kept) + 3


CONCEDED = f"goes on although it fails rule eluate v3: No more blood ({BRIGHT.name} with {MENSAH.name},"


def papers(bench: BenchTop) -> list[str]:
    """Every PDF that was issued, without its spaces."""
    issued_so = [json.loads(one)["body"] for one in bench.entries() if b'"document.issued"' in one]
    made = [one["sha256"] for one in issued_so if one["form"] == "pdf"]
    return [packed(text_of(b"".join(bench.bench.file.files.content(one)))) for one in made]


def goes_on(bench: BenchTop, item: str) -> None:
    """A thing that fails is conceded by two people."""
    works(bench, OKAFOR)
    added(bench, BRIGHT, MENSAH)
    works(bench, BRIGHT)
    bench.says(Command.CONCEDE, "eluate|3", comment="No more blood", argument=item)
    stands_beside(bench, MENSAH)
    assert bench.count("reading.conceded") == 1


def test_the_map_of_a_rack_names_what_goes_on_although_it_fails(bench: BenchTop, tmp_path: Path) -> None:
    approves(bench)
    number = bench.receives(SINGLE)
    rack_open(bench)
    bound(bench, number, FIRST)
    saved(bench, qubit_file(tmp_path, line(FIRST, "7")))
    [item] = bench.rows("SELECT DISTINCT item FROM reading")
    goes_on(bench, item["item"].partition(":")[2])
    rack_scans(bench, RACK)
    assert bench.asks_for(Command.RACK_MAP).kind is VerdictKind.FINISHED
    assert packed(f"{FIRST}: {CONCEDED}") in papers(bench)[-1]


def test_the_sheet_of_a_batch_names_an_eluate_that_goes_on_although_it_fails(bench: BenchTop, tmp_path: Path) -> None:
    approves(bench)
    number = bench.receives(SINGLE)
    ended(bench, number)
    eluate = labelled(bench, number)
    batch = bench.bench.desk.extract.batch
    saved(bench, qubit_file(tmp_path, line(eluate, "7")))
    [item] = bench.rows("SELECT DISTINCT item FROM reading")
    goes_on(bench, item["item"].partition(":")[2])
    bench.bench.desk.extract = replace(bench.bench.desk.extract, batch=batch)
    paper = ExtractDesk(bench.bench).sheet().result(WAIT_S)
    assert packed(f"A01 {number}: {CONCEDED}") in packed(text_of(paper))


def test_the_papers_of_a_consignment_name_what_goes_on_although_it_fails(bench: BenchTop, tmp_path: Path) -> None:
    approves(bench)
    number = bench.receives(SINGLE)
    saved(bench, qubit_file(tmp_path, line(number, "7")))
    [item] = bench.rows("SELECT DISTINCT item FROM reading")
    goes_on(bench, item["item"].partition(":")[2])
    consignment = send_work.opens(bench, "blocks")
    assert send_work.scans(bench, number).title == "Packed, with concession"
    assert send_work.closes(bench).kind is not VerdictKind.REFUSED
    assert any(packed(CONCEDED) in one for one in papers(bench)), (number, consignment)


@pytest.mark.parametrize(
    ("receiving", "title"),
    [("blocks", "Outside a limit"), ("wgs", "Packed"), ("", "Outside a limit"), ("somebody else", "Outside a limit")],
)
def test_a_limit_that_one_receiver_asks_for_keeps_nothing_from_another(
    bench: BenchTop, tmp_path: Path, receiving: str, title: str
) -> None:
    approves(bench, RULE.replace('version = "3"', f'version = "3"\nreceiving = "{receiving}"'))
    number = bench.receives(SINGLE)
    saved(bench, qubit_file(tmp_path, line(number, "7")))
    send_work.opens(bench, "blocks")
    assert send_work.scans(bench, number).title == title
