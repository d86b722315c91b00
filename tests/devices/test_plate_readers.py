"""SoftMax Pro, BMG and QuantStudio files, with values checked by hand against the raw cells."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.files.given import GivenFile, file_at
from devices.instruments import bmg
from devices.instruments.cells import told
from devices.instruments.headed import NOTHING_KNOWN, Known
from devices.instruments.quantstudio import OMITTED
from devices.instruments.run_files import INSTRUMENTS, runs_in
from devices.measured import Analyte, InstrumentRun, Role, RunDefect, Says

DATA = Path(__file__).parents[1] / "data" / "instruments"
OWN_TABLE = "quant_test.csv"
FILES = sorted(path for path in DATA.iterdir() if path.suffix != ".md" and path.name != OWN_TABLE)
PICOGREEN = DATA / "fluostar_picogreen_bare_cr.csv"
QPCR = DATA / "quantstudio_example01.txt"


def run_of(file: GivenFile) -> InstrumentRun:
    (run,) = runs_in(file)
    assert isinstance(run, InstrumentRun)
    return run


def changed(path: Path, old: str, new: str) -> GivenFile:
    content = path.read_bytes().replace(old.encode(), new.encode())
    return GivenFile(path.name, content, datetime(2026, 1, 1, tzinfo=UTC))


def test_softmax_tells_each_group_and_carries_the_samples_name_down() -> None:
    run = run_of(file_at(DATA / "softmax_fluorescence_endpoint_utf16.txt"))
    assert len(run.measured) == 3 * 96
    first, second = run.measured[:2]
    assert (first.sample, first.well, first.role) == ("CONTROL_85196", "A01", Role.CONTROL)
    assert (second.sample, second.well) == ("CONTROL_85196", "A02")
    assert (first.quantities[0].raw, first.quantities[0].value) == ("-2.808", Decimal("-2.808"))
    unknown = next(each for each in run.measured if each.well == "B04")
    assert (unknown.sample, unknown.quantities[0].raw) == ("SAMPLE_38902", "-0.532")
    assert {each.plate for each in run.measured} == {"BNCH_28465721_96w", "BNCH_49917577_96w", "BNCH_94389207_96w"}


def test_half_a_softmax_file_says_so() -> None:
    whole = (DATA / "softmax_fluorescence_endpoint_utf16.txt").read_bytes()
    run = run_of(GivenFile("run.txt", whole[: len(whole) // 4 * 2], datetime(2026, 1, 1, tzinfo=UTC)))
    assert RunDefect.CUT in {found.defect for found in run.findings}


def test_mars_tells_a_matrix_of_ninety_six() -> None:
    run = run_of(file_at(DATA / "bmg_labtech.csv"))
    assert len(run.measured) == 96
    told_of = {each.well: each.quantities[0].raw for each in run.measured}
    assert (told_of["A01"], told_of["C01"], told_of["H12"]) == ("0.073", "0.502", "0.207")
    assert run.run_id == "445"
    assert run.at is not None
    assert (run.at.raw, str(run.at.local)) == ("5/14/2021 3:29:50 PM", "2021-05-14 15:29:50")


def test_a_fit_by_the_standard_curve_has_no_unit_until_the_laboratory_says_one() -> None:
    run = run_of(file_at(PICOGREEN))
    raw, fit = run.measured[0].quantities
    assert (raw.analyte, raw.raw, raw.value) == (Analyte.FLUORESCENCE, "79293", Decimal(79293))
    assert (fit.raw, fit.says) == ("75.783", Says.NOT_READABLE)
    assert [found.defect for found in run.findings] == [RunDefect.UNIT_NOT_KNOWN]
    heading = "linear regression fit based on raw data (485/520)"
    (said,) = bmg.runs_in(file_at(PICOGREEN), Known(units=((heading, "ng/uL"),)))
    assert said.measured[0].quantities[1].value == Decimal("75.783")


def test_a_standard_and_a_blank_are_no_samples() -> None:
    run = run_of(changed(PICOGREEN, "Sample X1,", "Standard S1,"))
    assert run.measured[0].role is Role.STANDARD


def test_quantstudio_tells_threshold_cycles() -> None:
    run = run_of(file_at(QPCR))
    first = run.measured[0]
    assert (first.sample, first.well, first.assay) == ("1SAMPLE_1.1", "A01", "TARGET_1")
    assert (first.quantities[0].raw, first.quantities[0].value) == ("18.717", Decimal("18.717"))
    assert run.model == "ViiA 7"


@pytest.mark.parametrize("word", ["Undetermined", "undetermined"])
def test_undetermined_is_no_number(word: str) -> None:
    cell = run_of(changed(QPCR, "18.717\t18.717", f"{word}\t")).measured[0].quantities[0]
    assert (cell.says, cell.value) == (Says.UNDETERMINED, None)


def test_a_cyrillic_letter_in_the_heading_is_still_ct() -> None:
    assert run_of(changed(QPCR, "\tCT\t", "\tC\u0442\t")).measured[0].quantities[0].raw == "18.717"


def test_a_well_that_was_omitted_is_marked_and_stays() -> None:
    run = run_of(changed(QPCR, "A1\tfalse", "A1\ttrue"))
    assert run.measured[0].flags == (OMITTED,)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_belongs_to_one_instrument(path: Path) -> None:
    claimed = [each.name for each in INSTRUMENTS if each.runs_in(file_at(path), NOTHING_KNOWN)]
    assert len(claimed) == 1, claimed


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_never_breaks_a_reader_nor_yields_a_value_its_cell_does_not_say(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    for run in runs_in(GivenFile(path.name, bytes(content), datetime(2026, 1, 1, tzinfo=UTC))):
        if isinstance(run, InstrumentRun):
            for cell in (cell for each in run.measured for cell in each.quantities):
                assert cell.value is None or told(cell.raw).value is not None or "," in cell.raw
