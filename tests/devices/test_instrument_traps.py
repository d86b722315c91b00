"""Files built to mislead: each trap is refused, named or read as what it is, and no file is claimed by two readers."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from instrument_files import DATA, cell, defects, made, said, sample

from devices.files.adapters import claims
from devices.files.table import MAX_BYTES
from devices.instruments import lunatic, nanodrop, run_files
from devices.instruments.headed import NOTHING_KNOWN
from devices.instruments.qubit import runs_in as qubit_runs
from devices.instruments.rows import SplitRows, text_rows
from devices.measured import Analyte, DateOrder, InstrumentRun, RefusedRun, RunDefect, RunRefusal, Says

MICRO = "\u00b5"
QUBIT = "Run ID,Assay Name,Test Name,Test Date,Qubit® tube conc.,Units,Original sample conc.,Units\n"
ROW = f"2023-11-04,HS,{{}},04/11/2023 1:06:59 {{}},30.4,ng/mL,6.08,ng/{MICRO}L\n"
SAMPLES = Path(__file__).parents[1] / "data"
BOMB = 210_000_000
ONE = "Date,Sample Name,Nucleic Acid(ng/uL),A260/A280,A260/A230,A260,A280\n"


def one(content: str | bytes, name: str = "run.csv") -> InstrumentRun:
    (run,) = run_files.runs_in(made(content, name))
    assert isinstance(run, InstrumentRun)
    return run


def refused(content: bytes) -> RunRefusal:
    (run,) = run_files.runs_in(made(content, "run.xlsx"))
    assert isinstance(run, RefusedRun)
    return run.why


@cache
def bomb() -> bytes:
    """A workbook of some hundred kilobytes with a part that unpacks to far more."""
    return packed(xl__big=bytes(BOMB))


def packed(**more: bytes) -> bytes:
    """The real Qubit workbook with more parts in it."""
    whole = io.BytesIO((DATA / "qubit4_example_2.xlsx").read_bytes())
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return whole.getvalue()


@pytest.mark.parametrize(
    "path", sorted(DATA.glob("*.*")) + sorted((DATA.parent / "racks").glob("*.*")), ids=lambda p: p.name
)
def test_no_reader_claims_another_instruments_file(path: Path) -> None:
    claimed_by = [one.name for one in run_files.INSTRUMENTS if one.runs_in(sample(str(path)), NOTHING_KNOWN)]
    named = {"qubit": "Qubit", "nanodrop": "NanoDrop", "lunatic": "Lunatic", "SQPD": "Tube volume scanner"}
    ours = [name for start, name in named.items() if path.name.startswith(start)]
    assert len(claimed_by) <= 1
    assert not ours or claimed_by == ours
    assert len({claim.adapter for claim in claims(sample(str(path)))}) <= 1


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace("\n", "\r").encode("mac-roman", "ignore"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: ("sep=,\n" + text).encode(),
        lambda text: ("sep=;\n" + text.replace(",", ";")).encode(),
        lambda text: text.replace(",", "\t").encode(),
    ],
    ids=[
        "BOM",
        "UTF-16",
        "UTF-16LE bare",
        "UTF-16BE bare",
        "Windows",
        "Mac, bare CR",
        "CRLF",
        "sep=,",
        "sep=;",
        "tabs",
    ],
)
def test_a_qubit_file_says_the_same_however_it_was_saved(encode: Callable[[str], bytes]) -> None:
    run = one(encode(QUBIT + ROW.format("Zoë", "AM")))
    assert run.measured[0].sample == "Zoë"
    assert said(run.measured[0]) == ("6.08", f"ng/{MICRO}L", "6.08")
    assert said(run.measured[0], Analyte.ASSAY_TUBE_CONCENTRATION) == ("30.4", "ng/mL", "0.0304")
    assert run.findings == ()


def test_semicolons_and_decimal_commas_go_together() -> None:
    run = one((QUBIT + ROW.format("T1", "PM")).replace(",", ";").replace("30.4", "30,4").replace("6.08", "1.206,08"))
    assert said(run.measured[0]) == ("1.206,08", f"ng/{MICRO}L", "1206.08")
    assert said(run.measured[0], Analyte.ASSAY_TUBE_CONCENTRATION)[2] == "0.0304"


def test_thousands_in_quotes_are_thousands() -> None:
    run = one(QUBIT + ROW.format("T1", "PM").replace("30.4", '"30,400.5"'))
    assert said(run.measured[0], Analyte.ASSAY_TUBE_CONCENTRATION) == ("30,400.5", "ng/mL", "30.4005")


def test_a_lone_number_with_a_comma_is_left_open_and_asked() -> None:
    run = one((QUBIT + ROW.format("T1", "PM")).replace(",", ";").replace("30.4", "30").replace("6.08", "1,206"))
    assert cell(run.measured[0]).says is Says.NOT_READABLE
    assert defects(run) == [RunDefect.DECIMALS_UNDECIDED]


@pytest.mark.parametrize(("half", "hour"), [("AM", 1), ("PM", 13), ("", 1)])
def test_the_clock_has_twelve_or_twenty_four_hours(half: str, hour: int) -> None:
    at = one(QUBIT + ROW.format("T1", half)).measured[0].at
    assert at is not None
    assert at.local is not None
    assert (at.local.hour, at.local.day, at.order) == (hour, 4, DateOrder.DAY_FIRST)


@pytest.mark.parametrize("written", ["2023-11-04 13:06:59", "4 Nov 2023 1:06:59 PM", "Nov 4, 2023 1:06:59 PM"])
def test_a_date_that_leaves_no_doubt_needs_no_evidence(written: str) -> None:
    row = ROW.format("T1", "PM").replace("04/11/2023 1:06:59 PM", f'"{written}"')
    at = one(QUBIT + row).measured[0].at
    assert at is not None
    assert str(at.local) == "2023-11-04 13:06:59"


def test_each_out_of_range_and_limit_stays_what_it_is() -> None:
    cells = {
        "Out of range": Says.OUT_OF_RANGE,
        "<0.50": Says.BELOW,
        ">120": Says.ABOVE,
        "": Says.BLANK,
        "N/A": Says.NOT_AVAILABLE,
    }
    for raw, says in cells.items():
        read = cell(one(QUBIT + ROW.format("T1", "PM").replace("6.08", raw)).measured[0])
        assert (read.raw, read.says) == (raw, says)


def test_two_runs_in_one_qubit_file_are_told_apart_by_their_run_ids() -> None:
    rows = ROW.format("T1", "PM"), ROW.format("T2", "PM").replace("2023-11-04", "2023-11-05").replace("6.08", "many")
    first, second = run_files.runs_in(made(QUBIT + "".join(rows)))
    assert isinstance(first, InstrumentRun)
    assert isinstance(second, InstrumentRun)
    assert (first.run_id, [each.sample for each in first.measured]) == ("2023-11-04", ["T1"])
    assert (second.run_id, [each.sample for each in second.measured]) == ("2023-11-05", ["T2"])
    assert (defects(first), defects(second)) == ([], [RunDefect.CELL_NOT_READABLE])


def test_two_files_put_one_after_the_other_are_two_runs() -> None:
    text = QUBIT + ROW.format("T1", "PM")
    runs = qubit_runs(made(text + text.replace("T1", "T2").replace("2023-11-04", "2023-11-05")))
    assert [[each.sample for each in run.measured] for run in runs] == [["T1"], ["T2"]]


def test_a_sample_named_like_a_formula_stays_the_text_it_is() -> None:
    name = "=cmd|' /C calc'!A0"
    assert one(QUBIT + ROW.format(name, "PM")).measured[0].sample == name
    import openpyxl

    book, written = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(QUBIT.strip().split(","))
    sheet.append(ROW.format("T1", "PM").strip().split(","))
    sheet["C2"].value, sheet["C2"].data_type = name, "s"
    book.save(written)
    assert one(written.getvalue(), "run.xlsx").measured[0].sample == name


def test_a_workbook_with_macros_or_links_is_refused() -> None:
    assert refused(packed(xl__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin")) is RunRefusal.MACROS
    assert refused(packed(xl__externalLinks__externalLink1=b"x")) is RunRefusal.MACROS


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refused(bomb()) is RunRefusal.TOO_LARGE


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bombed = bomb()
    lying = bombed.replace(BOMB.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bombed
    assert refused(lying) is RunRefusal.TOO_LARGE


def test_a_damaged_workbook_is_no_instruments_file() -> None:
    whole = (DATA / "qubit4_example_2.xlsx").read_bytes()
    for content in (whole[:4000], whole[:-300], b"PK\x03\x04" + zlib.compress(whole)):
        assert run_files.runs_in(made(content, "run.xlsx")) == ()


def test_a_file_too_large_to_be_a_run_is_refused_at_once() -> None:
    (run,) = run_files.runs_in(made(QUBIT.encode() + b" " * MAX_BYTES))
    assert isinstance(run, RefusedRun)
    assert run.why is RunRefusal.TOO_LARGE


def test_half_a_file_keeps_whole_rows_and_names_the_cut() -> None:
    whole = (QUBIT + ROW.format("T1", "PM") + ROW.format("T2", "PM")).encode()
    run = one(whole[:-18])
    assert RunDefect.CUT in defects(run)
    assert said(run.measured[0])[2] == "6.08"
    assert all(read.value is None for read in run.measured[1].quantities)


def test_a_heading_that_stands_twice_is_read_by_its_place() -> None:
    text = ONE.replace("A260,A280", "A260,A280,A260") + "7/19/2023,S1,5.0,1.8,1.9,1.0,0.5,99\n"
    (run,) = nanodrop.runs_in(made(text))
    assert said(run.measured[0], Analyte.A260) == ("1.0", "", "1.0")
    assert run.unread == ("A260",)


def test_dates_of_two_orders_in_one_file_decide_nothing() -> None:
    rows = "".join(f"{day},S1,5.0,1.8,1.9,1.0,0.5\n" for day in ("7/19/2023", "19/7/2023"))
    (run,) = nanodrop.runs_in(made(ONE + rows))
    assert [each.at.local if each.at else 0 for each in run.measured] == [None, None]
    assert defects(run) == [RunDefect.DATE_UNDECIDED]


def test_a_headless_lunatic_table_is_not_taken_for_a_nanodrops() -> None:
    file = sample("lunatic_a260_dsdna.csv")
    assert nanodrop.runs_in(file) == ()
    assert len(lunatic.runs_in(file)) == 1


def test_headings_without_a_row_are_a_run_that_measured_nothing() -> None:
    (run,) = run_files.runs_in(made(QUBIT))
    assert isinstance(run, RefusedRun)
    assert run.why is RunRefusal.NOTHING_MEASURED


def test_a_blank_line_above_a_lunatics_headings_stops_nothing() -> None:
    (run,) = lunatic.runs_in(made(b"\n" + sample("lunatic_a260_dsdna.csv").content))
    assert len(run.measured) == 32


def test_a_large_text_of_another_sort_is_looked_at_no_further_than_its_first_lines() -> None:
    file = made("a,b,c,d\n" * 1_000_000)
    assert run_files.runs_in(file) == ()
    rows = text_rows(file)
    assert rows is not None
    assert isinstance(rows.rows, SplitRows)
    assert rows.rows.looked_at < 100
