"""Every real file, cell by cell: each number stands in its own raw text, and whole columns were read, none skipped.

The columns are taken out of the files here by ``csv`` alone, beside the readers.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instrument_files import DATA, made, sample
from python_calamine import CalamineWorkbook
from test_instrument_fuzz import is_what_it_says

from devices.files.table import text_of
from devices.instruments import run_files
from devices.measured import Analyte, InstrumentRun, RefusedRun, RunRefusal, Says

FILES = sorted(path.name for path in DATA.iterdir() if path.suffix != ".md")
OWN_TABLE = "quant_test.csv"
TWO_TAPES = ("gDNA-Tubes-16.xml.gz", "D5000-Tubes-16.xml.gz")
POSITIONS = {
    "SQPD-111.csv": 24,
    "bioanalyzer_results.csv": 12,
    "bmg_labtech.csv": 96,
    "DNF-467_genomic_50kb.zip": 12,
    "fluostar_picogreen_bare_cr.csv": 12,
    "lunatic_a260_dsdna.csv": 32,
    "nanodrop_8000_example03.txt": 6,
    "nanodrop_eight_example01.txt": 5,
    "nanodrop_one_dsDNA.csv": 6,
    "quantstudio_example01.txt": 16,
    "qubit4_example_1.csv": 2,
    "qubit4_example_2.xlsx": 2,
    "qubit_flex_example_01.csv": 6,
    "softmax_fluorescence_endpoint_utf16.txt": 288,
    "tapestation_example_01.xml": 4,
}
"""Counted by hand: rows, wells or lanes."""


def raw_text(name: str) -> str:
    """All that a file says, unpacked, with the cells of a workbook one beside the other."""
    content = (DATA / name).read_bytes()
    if name.endswith(".xlsx"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = [row for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python()]
        return "\n".join(
            "\t".join(f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row) for row in rows
        )
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(text_of(packed.read(each)) for each in packed.namelist())
    return text_of(gzip.decompress(content) if name.endswith(".gz") else content)


def run_of(name: str) -> InstrumentRun:
    (run,) = run_files.runs_in(sample(name))
    assert isinstance(run, InstrumentRun)
    return run


def test_each_real_file_is_here_and_counted() -> None:
    assert set(FILES) == {*POSITIONS, *TWO_TAPES, OWN_TABLE}


@pytest.mark.parametrize("name", TWO_TAPES)
def test_a_real_file_of_two_tapes_gives_no_value(name: str) -> None:
    (told,) = run_files.runs_in(sample(name))
    assert isinstance(told, RefusedRun)
    assert told.why is RunRefusal.TAPES_DISAGREE


@pytest.mark.parametrize("name", POSITIONS)
def test_each_number_of_a_real_file_stands_in_its_raw_text_and_no_position_is_lost(name: str) -> None:
    run, text = run_of(name), raw_text(name)
    assert len(run.measured) == POSITIONS[name]
    cells = [cell for one in run.measured for cell in one.quantities]
    assert any(cell.says is Says.NUMBER for cell in cells)
    for cell in cells:
        assert cell.raw.strip() in text
        assert cell.value is None or is_what_it_says(cell), cell
        assert cell.says not in {Says.BLANK, Says.OUT_OF_RANGE, Says.UNDETERMINED} or cell.value is None


@pytest.mark.parametrize(
    ("name", "mark", "below", "column", "analyte"),
    [
        ("qubit4_example_1.csv", ",", "Run ID", 4, Analyte.ASSAY_TUBE_CONCENTRATION),
        ("qubit4_example_1.csv", ",", "Run ID", 6, Analyte.CONCENTRATION),
        ("qubit_flex_example_01.csv", ",", "Run ID", 4, Analyte.CONCENTRATION),
        ("qubit_flex_example_01.csv", ",", "Run ID", 6, Analyte.ASSAY_TUBE_CONCENTRATION),
        ("nanodrop_one_dsDNA.csv", ",", "Date", 2, Analyte.CONCENTRATION),
        ("nanodrop_one_dsDNA.csv", ",", "Date", 3, Analyte.A260_280),
        ("nanodrop_one_dsDNA.csv", ",", "Date", 4, Analyte.A260_230),
        ("nanodrop_8000_example03.txt", "\t", "Plate ID", 6, Analyte.CONCENTRATION),
        ("nanodrop_8000_example03.txt", "\t", "Plate ID", 10, Analyte.A260_280),
        ("nanodrop_8000_example03.txt", "\t", "Plate ID", 11, Analyte.A260_230),
        ("nanodrop_eight_example01.txt", "\t", "Sample Id", 4, Analyte.CONCENTRATION),
        ("nanodrop_eight_example01.txt", "\t", "Sample Id", 5, Analyte.A260_280),
        ("lunatic_a260_dsdna.csv", ",", "Plate ID", 12, Analyte.CONCENTRATION),
        ("lunatic_a260_dsdna.csv", ",", "Plate ID", 16, Analyte.A260_230),
        ("lunatic_a260_dsdna.csv", ",", "Plate ID", 18, Analyte.A260_280),
        ("quantstudio_example01.txt", "\t", "Well", 14, Analyte.CT),
        ("SQPD-111.csv", ",", "RACKID", 2, Analyte.VOLUME),
    ],
)
def test_a_column_of_a_real_file_is_read_whole_and_in_its_order(
    name: str, mark: str, below: str, column: int, analyte: Analyte
) -> None:
    rows = list(csv.reader(io.StringIO(text_of((DATA / name).read_bytes()), newline=""), delimiter=mark))
    head = next(place for place, row in enumerate(rows) if len(row) > column and row[0].strip() == below)
    body = [row[column].strip() for row in rows[head + 1 : head + 1 + POSITIONS[name]]]
    read = [cell for one in run_of(name).measured for cell in one.quantities if cell.analyte is analyte]
    assert [cell.raw.strip() for cell in read] == body


@given(st.lists(st.tuples(st.floats(0, 1, allow_nan=False), st.binary(max_size=3)), min_size=1, max_size=5), st.data())
@settings(max_examples=40)
def test_damage_inside_what_is_packed_never_stops_a_reader_or_makes_up_a_value(
    edits: list[tuple[float, bytes]], data: st.DataObject
) -> None:
    """The tables in ProSize's archive and a genomic tape's XML, damaged before they are packed."""
    name = data.draw(st.sampled_from(["Peak Table.csv", "Quality Table.csv", "tape"]))
    if name == "tape":
        content = gzip.decompress((DATA / "gDNA-Tubes-16.xml.gz").read_bytes()).replace(b"180717", b"200617")
        file = made(damaged(content, edits), "run.xml")
    else:
        file = made(repacked(name, edits), "run.zip")
    for run in run_files.runs_in(file):
        if isinstance(run, InstrumentRun):
            for cell in (cell for one in run.measured for cell in one.quantities):
                assert cell.value is None or is_what_it_says(cell), cell


def damaged(content: bytes, edits: list[tuple[float, bytes]]) -> bytes:
    for place, piece in edits:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + len(piece) :]
    return content


def repacked(name: str, edits: list[tuple[float, bytes]]) -> bytes:
    made_of = io.BytesIO()
    with (
        zipfile.ZipFile(DATA / "DNF-467_genomic_50kb.zip") as whole,
        zipfile.ZipFile(made_of, "w", zipfile.ZIP_STORED) as packed,
    ):
        for each in whole.namelist():
            content = whole.read(each)
            packed.writestr(each, damaged(content, edits) if each.endswith(name) else content)
    return made_of.getvalue()


def test_an_archive_in_picograms_is_a_thousand_times_less() -> None:
    """A Femto Pulse exports the same tables in pg/ul."""
    made_of = io.BytesIO()
    with zipfile.ZipFile(DATA / "DNF-467_genomic_50kb.zip") as whole, zipfile.ZipFile(made_of, "w") as packed:
        for each in whole.namelist():
            packed.writestr(each, whole.read(each).replace(b"ng/u", b"pg/u"))
    (run,) = run_files.runs_in(made(made_of.getvalue(), "femto.zip"))
    assert isinstance(run, InstrumentRun)
    total = next(cell for cell in run.measured[0].quantities if cell.analyte is Analyte.CONCENTRATION)
    assert (total.raw, total.raw_unit, str(total.value), total.unit) == ("43.9457", "pg/uL", "0.0439457", "ng/uL")


def test_a_well_of_an_open_array_is_kept_as_written_and_named() -> None:
    (run,) = run_files.runs_in(made(sample("quantstudio_example01.txt").content.replace(b"\tA1\t", b"\tA1a1\t")))
    assert isinstance(run, InstrumentRun)
    assert (run.measured[0].well, run.measured[0].raw_well) == ("", "A1a1")
    assert [found.detail for found in run.findings] == ["A1a1"]
