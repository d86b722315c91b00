"""TapeStation, Bioanalyzer and Fragment Analyzer files, with values checked by hand against the raw cells."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from devices.files.given import GivenFile, file_at
from devices.instruments.run_files import runs_in
from devices.measured import Analyte, InstrumentRun, Measured, Quantity, RefusedRun, Role, RunDefect, RunRefusal, Says

DATA = Path(__file__).parents[1] / "data" / "instruments"
AT = datetime(2026, 1, 1, tzinfo=UTC)
FRAGMENTS = DATA / "DNF-467_genomic_50kb.zip"


def given(content: bytes, name: str = "run.xml") -> GivenFile:
    return GivenFile(name, content, AT)


def only(file: GivenFile) -> InstrumentRun:
    (run,) = runs_in(file)
    assert isinstance(run, InstrumentRun)
    return run


def refusal(file: GivenFile) -> RefusedRun:
    (run,) = runs_in(file)
    assert isinstance(run, RefusedRun)
    return run


def cell(measured: Measured, analyte: Analyte, part: str = "") -> Quantity:
    return next(each for each in measured.quantities if (each.analyte, each.part) == (analyte, part))


def gdna_of_one_tape() -> bytes:
    """The real file, its lanes on the tape that its head names."""
    return gzip.decompress((DATA / "gDNA-Tubes-16.xml.gz").read_bytes()).replace(b"180717", b"200617")


def test_a_tapestation_tells_rin_and_concentration_of_each_lane() -> None:
    run = only(file_at(DATA / "tapestation_example_01.xml"))
    ladder, kidney = run.measured[:2]
    assert ladder.role is Role.LADDER
    assert kidney.sample == "Rat Kidney 400 ng/µl"
    assert (kidney.well, kidney.raw_well, kidney.plate) == ("A01", "A1", "01-S027-150626-02-000035")
    assert (cell(kidney, Analyte.RIN).raw, cell(kidney, Analyte.RIN).value) == ("8.6", Decimal("8.6"))
    told = cell(kidney, Analyte.CONCENTRATION)
    assert (told.raw, told.raw_unit, told.value, told.unit) == ("363", "ng/µl", Decimal(363), "ng/uL")
    assert run.serial == "DEDAA00054"
    assert kidney.at is not None
    assert kidney.at.raw == "2015-07-21T08:14:29-05:00"
    assert "RNA/Ratio28S18SHeight" in run.unread


@pytest.mark.parametrize("name", ["gDNA-Tubes-16.xml.gz", "D5000-Tubes-16.xml.gz"])
def test_a_file_whose_lanes_name_another_tape_is_refused_whole(name: str) -> None:
    told = refusal(file_at(DATA / name))
    assert told.why is RunRefusal.TAPES_DISAGREE
    assert "180" in told.detail


def test_a_genomic_tape_tells_din_and_sizes_beyond_its_range() -> None:
    run = only(given(gdna_of_one_tape()))
    first = run.measured[1]
    assert (first.sample, first.well) == ("gDNA sample 1", "B01")
    assert (cell(first, Analyte.DIN).raw, cell(first, Analyte.DIN).value) == ("9.5", Decimal("9.5"))
    size = cell(first, Analyte.PEAK_SIZE, "peak 1")
    assert (size.raw, size.says, size.value) == (">60000", Says.ABOVE, Decimal(60000))
    assert cell(run.measured[0], Analyte.DIN).says is Says.NOT_AVAILABLE
    assert str(run.at and run.at.local) == "2020-09-20 02:15:00"


def test_a_high_sensitivity_tape_is_a_thousand_times_less() -> None:
    plain = given(gdna_of_one_tape().replace("ng/µl".encode(), "pg/µl".encode(), 1))
    told = cell(only(plain).measured[1], Analyte.CONCENTRATION)
    assert (told.raw, told.raw_unit, told.value, told.unit) == ("27.2", "pg/µl", Decimal("0.0272"), "ng/uL")


def test_half_a_tapestation_file_is_refused() -> None:
    assert refusal(given(gdna_of_one_tape()[:20_000])).why is RunRefusal.CUT


def test_a_file_with_entities_of_its_own_is_refused_unread() -> None:
    bomb = gdna_of_one_tape().replace(b"<File>", b'<!DOCTYPE File [<!ENTITY a "aa">]><File>', 1)
    assert refusal(given(bomb)).why is RunRefusal.DAMAGED


REGIONS = (
    "FileName,WellId,Sample Description,From [bp],To [bp],Average Size [bp],Conc. [{0}],"
    "Region Molarity [{1}],% of Total,Region Comment\n"
    "run.HSD1000,B1,S1,100,700,312,845,4150,97.02,IDed\n"
)


@pytest.mark.parametrize(
    ("units", "concentration", "molarity"),
    [
        (("ng/µl", "nmol/l"), "845", "4150"),
        (("pg/Âµl", "pmol/l"), "0.845", "4.150"),
        (("pg/\ufffdl", "pmol/l"), "0.845", "4.150"),
    ],
)
def test_the_table_of_regions_is_read_by_the_units_in_its_headings(
    units: tuple[str, str], concentration: str, molarity: str
) -> None:
    run = only(given(REGIONS.format(*units).encode(), "regions.csv"))
    part = "region 100 to 700"
    assert cell(run.measured[0], Analyte.CONCENTRATION, part).value == Decimal(concentration)
    assert cell(run.measured[0], Analyte.MOLARITY, part).value == Decimal(molarity)
    assert run.measured[0].flags == ("IDed",)


def test_a_region_table_whose_unit_is_not_known_gives_no_concentration() -> None:
    run = only(given(REGIONS.format("furlongs", "nmol/l").encode(), "regions.csv"))
    assert cell(run.measured[0], Analyte.CONCENTRATION, "region 100 to 700").says is Says.NOT_READABLE
    assert [found.defect for found in run.findings] == [RunDefect.UNIT_NOT_KNOWN]


def test_a_bioanalyzer_tells_each_samples_peaks() -> None:
    run = only(file_at(DATA / "bioanalyzer_results.csv"))
    assert len(run.measured) == 12
    first = run.measured[0]
    told = cell(first, Analyte.CONCENTRATION, "peak 1")
    assert (told.raw, told.raw_unit, told.value) == ("25.65", "ng/µl", Decimal("25.65"))
    assert cell(first, Analyte.PEAK_SIZE, "peak 1").raw == "536"
    assert run.at is not None
    assert (run.at.raw, str(run.at.local)) == ("09 October 2014 11:18:00", "2014-10-09 11:18:00")


def test_a_bioanalyzer_file_with_a_damaged_heading_says_so() -> None:
    damaged = (DATA / "bioanalyzer_results.csv").read_bytes().replace(b"Peak Table", b"ak Table", 1)
    run = only(given(damaged, "run.csv"))
    assert RunDefect.LINE_NOT_UNDERSTOOD in {found.defect for found in run.findings}
    assert run.measured[0].quantities == ()


def test_a_bioanalyzer_file_with_fewer_samples_than_were_run_says_so() -> None:
    whole = (DATA / "bioanalyzer_results.csv").read_bytes()
    run = only(given(whole[: whole.index(b"Sample Name,D2")], "run.csv"))
    assert [(found.defect, found.detail) for found in run.findings] == [(RunDefect.CUT, "11 of 12 samples")]


def test_a_fragment_analyzer_tells_gqn_and_total_of_each_capillary() -> None:
    run = only(file_at(FRAGMENTS))
    first = run.measured[0]
    assert (first.sample, first.well, first.raw_well) == ("gDNA 1", "F01", "F1")
    assert (cell(first, Analyte.GQN).raw, cell(first, Analyte.GQN).value) == ("4.6", Decimal("4.6"))
    assert cell(first, Analyte.CONCENTRATION).raw == "43.9457"
    size = cell(first, Analyte.PEAK_SIZE, "peak 2")
    assert (size.raw, size.says) == (">60000", Says.ABOVE)
    assert not [each for each in first.quantities if each.part == "peak 1"], "the lower marker is the kit's own"
    assert run.measured[-1].role is Role.LADDER
    assert str(run.at and run.at.local) == "2018-10-19 16:30:00"


def test_a_smear_tells_the_share_above_a_size() -> None:
    smear = (
        "Well,Sample ID,Range,ng/uL,% Total,nmole/L,Avg. Size,%CV,Size Threshold (b.p.),DQN\n"
        "A1,S1,23000 bp to 200000 bp,31.2,71.4,0.9,48211,12.1,23000,7.1\n"
    )
    run = only(given(smear.encode(), "2026 01 02 03H 04M Smear Analysis Result.csv"))
    told = cell(run.measured[0], Analyte.PERCENT_OF_TOTAL, "smear 23000 bp to 200000 bp")
    assert (told.raw, told.value, told.unit) == ("71.4", Decimal("71.4"), "%")


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("run Peak Table.csv", b"0" * 60_000_000)
    assert refusal(given(packed.getvalue(), "run.zip")).why is RunRefusal.TOO_LARGE


def test_a_damaged_archive_is_refused() -> None:
    whole = bytearray(FRAGMENTS.read_bytes())
    at = whole.index(b"Peak Table.csv") + 200
    whole[at : at + 60] = b"\0" * 60
    assert refusal(given(bytes(whole), "run.zip")).why is RunRefusal.DAMAGED
