"""Manifests that we send: what is written is read back, and what the receiver would stumble over is said before."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.exchange import dwgs, gel1004
from gms_desktop.exchange.consignments import table_out
from gms_desktop.exchange.consignments.table_out import Fault
from gms_desktop.exchange.consignments.table_out_words import WORDS, sentence
from gms_desktop.exchange.layouts import read
from gms_desktop.exchange.problem_words import PROBLEM_WORDS

DATA = Path(__file__).parents[2] / "data" / "exchange"


def sent(name: str = "dwgs-utf8.csv") -> list[dict[str, str]]:
    text = (DATA / name).read_text("utf-8")
    return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))]


def written(rows: list[dict[str, str]]) -> tuple[bytes, dict[str, Fault]]:
    made = table_out.write("dwgs", rows)
    return made.content, {one.code: one for one in made.faults}


def test_what_was_read_from_a_sender_is_written_as_that_sender_wrote_it() -> None:
    content, _ = written(sent())
    assert content.replace(b"\r\n", b"\n") == (DATA / "dwgs-utf8.csv").read_bytes().replace(b"\r\n", b"\n")


def test_the_headings_are_one_line_of_the_42_published_columns() -> None:
    content, _ = written(sent())
    assert content.partition(b"\r\n")[0].decode().split(",") == list(dwgs.COLUMNS)
    assert len(dwgs.COLUMNS) == 42


def test_numbers_keep_their_zeros() -> None:
    rows = sent()
    rows[0]["dispatched_sample_lsid"] = "0000009501"
    content, _ = written(rows)
    assert read("m.csv", content).rows[0].specimen_codes[0] == "0000009501"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=cmd|' /C calc'!A0", "formula"),
        ("+1", "formula"),
        ("@SUM(A1)", "formula"),
        ("two\nlines", "control-character"),
        ("Ada ", "outer-space"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_or_change_is_never_sent(cell: str, code: str) -> None:
    rows = sent()
    rows[1]["patient_forename"] = cell
    content, faults = written(rows)
    assert content == b""
    assert (faults[code].rows, faults[code].column) == ((2,), "patient_forename")


def test_a_tube_twice_is_refused() -> None:
    rows = sent()
    rows[1]["dispatched_sample_lsid"] = rows[0]["dispatched_sample_lsid"]
    content, faults = written(rows)
    assert content == b""
    assert faults["tube-code-repeated"].blocks


def test_two_tubes_in_one_well_are_refused() -> None:
    rows = sent()
    rows[1]["gmc_rack_well"], rows[1]["gmc_rack_id"] = rows[0]["gmc_rack_well"], rows[0]["gmc_rack_id"]
    content, faults = written(rows)
    assert content == b""
    assert faults["well-repeated"].rows == (1, 2)


def test_one_rack_in_two_consignments_is_refused() -> None:
    rows = sent()
    rows[1]["gmc_rack_id"] = rows[0]["gmc_rack_id"]
    rows[1]["glh_sample_consignment_number"] = "ANOTHER-1"
    content, faults = written(rows)
    assert content == b""
    assert faults["rack-several-consignments"].blocks


def test_half_a_family_is_said_and_sent() -> None:
    rows = sent()[:1]
    rows[0]["family_structure"] = "Trio"
    content, faults = written(rows)
    assert content
    assert not faults["family-size"].blocks


def test_a_tumour_without_its_germline_sample_is_said_and_sent() -> None:
    rows = sent()[:1]
    rows[0] |= {
        "clinical_indication_test_type_id": "M4.1",
        "dispatched_sample_type": "Solid tumour",
        "received_sample_topography": "76752008|Breast structure (body structure)",
        "received_sample_tumour_content_%": "60",
    }
    content, faults = written(rows)
    assert content
    said = sentence(faults["half-of-a-pair"], ["T-1"])
    assert said.startswith("T-1: the tumour sample of referral r30000000001 travels without its germline sample.")


def test_a_needed_cell_that_is_empty_is_named() -> None:
    rows = sent()
    rows[0]["referral_id"] = ""
    content, faults = written(rows)
    assert content == b""
    assert sentence(faults["cell-required"], ["T-1", "T-2"]) == (
        "T-1: referral_id is empty, and the receiver needs it. "
        "Put it right on the record, then make the manifest again."
    )


def test_a_heading_that_the_table_does_not_have_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError, match="colour"):
        table_out.write("dwgs", [{"colour": "red"}])


def test_the_retiring_message_is_written_and_read_back_too() -> None:
    row = dict.fromkeys(gel1004.COLUMNS, "") | {
        "Participant ID": "p03751485481",
        "Group ID": "r30000000001",
        "GMC Rack ID": "SA12345678",
        "Laboratory Sample ID": "1700009501",
        "Laboratory ID": "now",
        "GMC Rack Well": "A01",
        "Is Proband": "TRUE",
        "Rack Type": "RP",
    }
    made = table_out.write("gel1004", [row])
    assert read("m.csv", made.content).layout == "GEL1004"


@pytest.mark.parametrize("code", sorted(set(PROBLEM_WORDS) | set(WORDS)))
def test_every_fault_has_a_whole_sentence_that_asks_nothing_of_the_sender(code: str) -> None:
    fault = Fault(code, (1,), "patient_surname", "Ada", "a|b|c")
    said = sentence(fault, ["T-1"])
    assert said.startswith("T-1: ")
    assert said.endswith(".")
    assert "{" not in said
    assert "sk the sender" not in said


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=42, max_size=42))
def test_any_cells_are_written_as_they_are_or_not_at_all(cells: list[str]) -> None:
    row = dict(zip(dwgs.COLUMNS, cells, strict=True))
    content = table_out.write("dwgs", [row]).content
    if content:
        [_, back] = csv.reader(io.StringIO(content.decode(), newline=""))
        assert back == cells
