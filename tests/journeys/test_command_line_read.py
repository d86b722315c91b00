"""A device's file from the command line: what was understood, as JSON, or a sentence that nothing was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ui import command

INSTRUMENTS = Path(__file__).parents[1] / "data" / "instruments"
CAPTURE = Path(__file__).parents[1] / "data" / "racks" / "fluidx_xtr96_get_output.txt"


def says(capsys: pytest.CaptureFixture[str], file: Path) -> tuple[int, str, str]:
    capsys.readouterr()
    code = command.main(["read", str(file)])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    return code, said.out, said.err


def understood(capsys: pytest.CaptureFixture[str], file: Path) -> tuple[int, dict[str, Any]]:
    code, out, _ = says(capsys, file)
    return code, json.loads(out)


def test_the_real_capture_of_a_rack_reader_is_told_well_by_well(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = understood(capsys, CAPTURE)
    assert code == 0
    assert (told["adapter"], told["dialect"], told["tells_empty"]) == ("rack file", "D2", False)
    assert told["rack"] == {"state": "read", "code": "SA00826894", "source": "1d_rackid_1", "raw": "SA00826894"}
    assert told["counts"] == {"tube": 3, "empty": 0, "no read": 93, "not said": 0}
    assert told["wells"][0] == {"position": "A01", "state": "tube", "code": "FD20024619", "raw": " FD20024619"}
    assert (len(told["wells"]), told["findings"]) == (96, [])


def test_what_is_odd_is_told_in_words_and_by_the_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "SA12345678.csv"
    file.write_text("A1, FD20024619\nB1, FD20024619\n")
    code, told = understood(capsys, file)
    assert code == 1
    assert told["rack"]["source"] == "file name"
    assert [found["finding"] for found in told["findings"]] == ["wells left out", "one code in two wells"]
    assert told["findings"][0]["sentence"].startswith("Nothing is said of A02, A03, A04, A05 and 90 more.")
    assert told["findings"][1] == {
        "finding": "one code in two wells",
        "wells": ["A01", "B01"],
        "detail": "FD20024619",
        "sentence": "FD20024619 was read in A01 and B01. Look at each of these tubes.",
    }


@pytest.mark.parametrize("content", [b"", b"Run ID,Assay Name\n1,2\n", b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_nothing_understands_ends_with_2_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = tmp_path / "other.csv"
    file.write_bytes(content)
    code, out, err = says(capsys, file)
    assert (code, out) == (2, "")
    assert err.startswith("other.csv is not a file that can be understood here. Give it as the device wrote it.")


def test_a_workbook_with_two_racks_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet()):
        assert sheet is not None
        sheet.append(["A1", "FD20024619"])
        sheet.append(["A2", "NO READ"])
    book.save(tmp_path / "two.xlsx")
    code, _, err = says(capsys, tmp_path / "two.xlsx")
    assert code == 2
    assert "two.xlsx tells of more than one thing: rack file D9 D4, rack file D9 D4." in err


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = says(capsys, tmp_path / "gone.csv")
    assert (code, "is not there" in err) == (2, True)


def test_a_run_of_an_instrument_is_told_reading_by_reading_with_its_raw_cells(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, told = understood(capsys, INSTRUMENTS / "nanodrop_8000_example03.txt")
    (run,) = told["runs"]
    assert (code, told["adapter"], run["dialect"]) == (0, "instrument file", "NanoDrop 8000 TXT")
    first = run["readings"][0]
    assert (first["sample"], first["well"], first["analyte"]) == ("alpha", "A01", "concentration")
    assert (first["value"], first["unit"], first["raw"], first["raw_unit"]) == ("9.267", "ng/uL", "9.267", "ng/ul")
    assert first["time"] == {
        "raw": "4/14/2022 3:48 PM",
        "local": "2022-04-14T15:48:00",
        "order": "month first",
        "decided_by": "a day above 12 in this file",
    }
    assert "Curve Type" in run["unread_columns"]


def test_a_file_of_200_megabytes_is_refused_in_words_without_being_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "run.csv"
    with file.open("wb") as huge:
        huge.truncate(200_000_000)
    code, _, said = says(capsys, file)
    assert code == 2
    assert "run.csv is too large to be a run" in said
