"""Rack files of every dialect are known by what stands in them, and nothing is read that does not stand there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from racks import AT, EXTRACTED, racks, readable, states

from devices.files.adapters import claims
from devices.files.given import GivenFile
from devices.rack_readers.cells import RackProfile
from devices.rack_readers.rack_files import racks_in
from devices.simulators.rack import SimulatedRack, unpadded
from devices.values import (
    RACK_48,
    RACK_96,
    RackDefect,
    RackId,
    RackIdState,
    RackScan,
    WellState,
)

DATA = Path(__file__).parents[1] / "data" / "racks"
RACK = SimulatedRack(EXTRACTED, "SA12345678")


def given_file(text: str | bytes, name: str = "scan.csv") -> GivenFile:
    return GivenFile(name, text.encode() if isinstance(text, str) else text, AT)


def only(text: str | bytes, name: str = "scan.csv", profile: RackProfile | None = None) -> RackScan:
    (scan,) = racks_in(given_file(text, name), profile) if profile else racks_in(given_file(text, name))
    return scan


def defects(scan: RackScan) -> dict[RackDefect, tuple[str, ...]]:
    return {finding.defect: finding.positions for finding in scan.findings}


def by_column(rack: SimulatedRack) -> tuple[str, ...]:
    return rack.shape.positions_by_column


def d1(rack: SimulatedRack) -> list[str]:
    return [f"{rack.rack_id},{position},{rack.tubes.get(position, '')}" for position in by_column(rack)]


def d2(rack: SimulatedRack) -> list[str]:
    said = [(at, rack.word(at, tells_empty=False)) for at in rack.shape.positions]
    return [
        f"{unpadded(at)},{word if at in rack.tubes else ' ' + word}, 2d_rackid_1,{rack.rack_id}" for at, word in said
    ]


def d3(rack: SimulatedRack) -> list[str]:
    head = [f"Rack ID,{rack.rack_id},,", f"Tube Count,{len(readable(rack))},,", "Rack ID,Well,2D Barcode, "]
    words = [(at, rack.word(at, tells_empty=True)) for at in rack.shape.positions]
    return head + [f"{rack.rack_id},{unpadded(at)},{word}," for at, word in words]


def d4(rack: SimulatedRack) -> list[str]:
    return [f"{unpadded(at)}, {rack.word(at, tells_empty=False)}" for at in rack.shape.positions]


def d5(rack: SimulatedRack) -> list[str]:
    words = [(at, rack.word(at, tells_empty=False)) for at in by_column(rack)]
    return [f"{rack.rack_id}, {unpadded(at)}, {word}" for at, word in words]


def d6(rack: SimulatedRack) -> list[str]:
    words = [(at, rack.tubes.get(at) or "No TrakMate") for at in rack.shape.positions]
    head = ["Date & time of Trace = 23 Aug 2012 01:42:01 PM", f"Rack Base Name: {rack.rack_id}"]
    return head + [f"    {at};    {word}" for at, word in words]


def d7(rack: SimulatedRack) -> list[str]:
    return ["Tube Barcode,Tube Position"] + [f"{rack.tubes.get(at, '')},{at}" for at in rack.shape.positions]


def d8(rack: SimulatedRack) -> list[str]:
    def words(at: str) -> str:
        if at not in rack.tubes:
            return ",EMPTY"
        return f"{rack.tubes[at]},OK" if rack.tubes[at] else ",UNKNOWN"

    return ["TUBE,BARCODE,STATUS"] + [f"{at},{words(at)}" for at in by_column(rack)]


def tecan(rack: SimulatedRack) -> list[str]:
    words = [(at, rack.word(at, tells_empty=False)) for at in rack.shape.positions]
    return [f"rackid,{rack.rack_id}"] + [f"{unpadded(at)},{word}" for at, word in words]


Dialect = Callable[[SimulatedRack], list[str]]
DIALECTS: dict[str, Dialect] = {
    "D1": d1, "D2": d2, "D3": d3, "D4": d4, "D5": d5, "D6": d6, "D7": d7, "D8": d8, "Tecan": tecan,
}  # fmt: skip
NAMES_RACK = {"D1", "D2", "D3", "D5", "D6", "Tecan"}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_dialect_is_known_by_its_content(dialect: str, end: str) -> None:
    scan = only("".join(line + end for line in DIALECTS[dialect](RACK)))
    assert (scan.dialect, scan.tubes, scan.shape) == (dialect, EXTRACTED, RACK_96)
    assert scan.rack_id.code == ("SA12345678" if dialect in NAMES_RACK else "")
    assert not scan.findings


@given(st.sampled_from(sorted(DIALECTS)), racks(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_no_well_is_lost_and_no_tube_is_made_up_in_any_dialect(dialect: str, rack: SimulatedRack, code: str) -> None:
    scan = only("\n".join([*DIALECTS[dialect](rack), ""]).encode(code))
    assert scan.tubes == readable(rack)
    assert scan.shape == rack.shape
    assert sum(states(scan).values()) == rack.shape.rows * rack.shape.columns
    assert WellState.NOT_SAID not in states(scan)


@given(st.sampled_from(sorted(DIALECTS)), racks(), st.data())
def test_a_file_cut_anywhere_yields_no_tube_that_is_not_in_the_rack(
    dialect: str, rack: SimulatedRack, data: st.DataObject
) -> None:
    whole = "\n".join([*DIALECTS[dialect](rack), ""]).encode()
    at = data.draw(st.integers(0, len(whole)))
    for scan in racks_in(given_file(whole[:at])):
        assert scan.tubes.items() <= readable(rack).items()


def test_two_racks_of_unread_tubes_are_not_taken_for_tubes() -> None:
    scan = only("A1,NO READ, 2d_rackid_1,SA00826894\nA2,NO READ, 2d_rackid_1,SA00826895\n")
    assert (scan.tubes, scan.rack_id.state) == ({}, RackIdState.DISAGREES)


@pytest.mark.parametrize("text", ["SA12345678,A01", "SA12345678,A01,", "SA12345678,A01\nSA12345678,A02\n"])
def test_a_racks_code_is_never_taken_for_a_tubes(text: str) -> None:
    assert all(not scan.tubes for scan in racks_in(given_file(text)))


@given(st.binary(max_size=400) | st.lists(st.sampled_from(["A1", ",", "\n", "FD20024619", "NO READ"])).map("".join))
def test_no_arrangement_of_bytes_yields_a_tube_that_was_not_in_them(content: bytes | str) -> None:
    data = content.encode() if isinstance(content, str) else content
    for scan in racks_in(given_file(data)):
        assert all(code.encode() in data for code in scan.tubes.values())


def spoilt(line: str, how: str) -> list[str]:
    """A line as a person or a program may have spoilt it."""
    match how:
        case "dropped":
            return []
        case "twice":
            return [line, line]
        case "another rack":
            return [line.replace("SA00826894", "SA00000001").replace("SA12345678", "SA00000001")]
        case "rack unread":
            return [line.replace("SA00826894", "NO READ").replace("SA12345678", "NO READ")]
        case "short":
            return [line.rpartition(",")[0]]
        case "noise":
            return ["#### 12:30", line]
    return [line]


@given(
    st.sampled_from(sorted(DIALECTS)),
    racks(),
    st.dictionaries(
        st.integers(0, 100),
        st.sampled_from(["dropped", "twice", "another rack", "rack unread", "short", "noise"]),
        max_size=6,
    ),
    st.booleans(),
    st.booleans(),
)
def test_a_spoilt_file_never_moves_a_tube_or_makes_one_of_the_racks_code(
    dialect: str, rack: SimulatedRack, spoils: dict[int, str], ended: bool, blanked: bool
) -> None:
    lines = DIALECTS[dialect](rack)
    if blanked:
        lines = [re.sub(r"(FD|00|10)\d{8}\b|NO READ", "", line) for line in lines]
    spoiled = [new for at, line in enumerate(lines) for new in spoilt(line, spoils.get(at, ""))]
    text = "\n".join(spoiled) + ("\n" if ended else "")
    for scan in racks_in(given_file(text)):
        assert scan.tubes.items() <= readable(rack).items()
        told = " ".join([*(well.raw for well in scan.wells), *(finding.detail for finding in scan.findings)])
        assert all(code in told for code in readable(rack).values() if code in text)


@given(st.permutations(range(96)), st.sampled_from(["D1", "D2", "D4", "D5"]))
def test_the_order_of_the_lines_means_nothing(order: list[int], dialect: str) -> None:
    lines = DIALECTS[dialect](RACK)
    assert only("\n".join([lines[at] for at in order] + [""])).tubes == EXTRACTED


@settings(max_examples=20)
@given(st.permutations([0, 1, 2]), st.permutations([0, 1, 2, 3]))
def test_the_order_of_the_columns_means_nothing(three: list[int], four: list[int]) -> None:
    def turned(lines: list[str], order: list[int]) -> str:
        cells = [line.split(",") for line in lines]
        return "".join(",".join(row[at] for at in order) + "\n" for row in cells)

    full = SimulatedRack({at: f"FD{number:08d}" for number, at in enumerate(RACK_96.positions)}, "SA12345678")
    for scan in (only(turned(d5(full), three)), only(turned(d2(full), four))):
        assert (scan.tubes, scan.rack_id.code) == (full.tubes, "SA12345678")


def test_the_real_capture_of_a_fluidx_reader_is_read() -> None:
    scan = only((DATA / "fluidx_xtr96_get_output.txt").read_bytes())
    assert scan.tubes == {"A01": "FD20024619", "A02": "FD20024698", "A03": "FD20024711"}
    assert scan.rack_id == RackId(RackIdState.READ, "SA00826894", "1d_rackid_1", "SA00826894")
    assert states(scan) == {WellState.TUBE: 3, WellState.NO_READ: 93}
    assert not scan.tells_empty


@pytest.mark.parametrize("place", ["A1", "A01", "a1", "A/01", " A01 "])
def test_a_place_may_be_written_in_any_of_the_ways_seen(place: str) -> None:
    assert only(f"{place},FD20024619\nB1,FD20024620\n").tubes["A01"] == "FD20024619"


def test_columns_10_to_12_are_read_as_they_are() -> None:
    text = "A9,FD20024619\nA10,FD20024620\nA11,FD20024621\nA12,FD20024622\n"
    assert list(only(text).tubes) == ["A09", "A10", "A11", "A12"]


def test_leading_zeros_are_part_of_a_code() -> None:
    assert only("A1,0198515274\nA2,0000000001\n").tubes == {"A01": "0198515274", "A02": "0000000001"}


def test_trailing_commas_and_spaces_do_not_change_what_is_read() -> None:
    lines = [line + " , ,  " for line in d4(RACK)]
    assert only("\n".join(lines) + "\n").tubes == EXTRACTED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("dialect", [d1, d5])
def test_a_byte_order_mark_is_no_part_of_the_first_cell(
    dialect: Callable[[SimulatedRack], list[str]], encoding: str
) -> None:
    text = "\n".join(dialect(RACK)) + "\n"
    scan = only(text.encode(encoding))
    assert (scan.tubes, scan.rack_id.code) == (EXTRACTED, RACK.rack_id)


def test_48_wells_are_found_in_a_profile_for_96() -> None:
    rack = SimulatedRack({"A01": "FR05653780", "F08": "FR05653801"}, shape=RACK_48)
    scan = only("\n".join(d4(rack)) + "\n", profile=RackProfile(RACK_96))
    assert scan.shape == RACK_48
    assert defects(scan) == {RackDefect.OTHER_SIZE: ()}


def test_a_well_that_is_left_out_is_not_an_empty_one() -> None:
    lines = [line for line in d4(RACK) if not line.startswith(("B1,", "C4,"))]
    scan = only("\n".join(lines) + "\n")
    assert defects(scan) == {RackDefect.WELLS_NOT_SAID: ("B01", "C04")}
    assert states(scan)[WellState.NOT_SAID] == 2


def test_one_well_named_twice_has_no_tube_to_go_by() -> None:
    scan = only("\n".join([*d4(RACK), "A1, FD20029999"]) + "\n")
    assert defects(scan) == {RackDefect.POSITION_TWICE: ("A01",)}
    assert "A01" not in scan.tubes
    assert scan.wells[0].raw == " FD20024619 |  FD20029999"


def test_one_code_in_two_wells_is_named_with_both_and_both_stand() -> None:
    scan = only("\n".join(d4(SimulatedRack({"A01": "FD20024619", "D05": "FD20024619"}))) + "\n")
    assert defects(scan) == {RackDefect.CODE_TWICE: ("A01", "D05")}
    assert scan.tubes == {"A01": "FD20024619", "D05": "FD20024619"}


def test_a_well_outside_the_rack_is_named() -> None:
    scan = only("\n".join([*d4(RACK), "J13, FD20029999"]) + "\n")
    assert defects(scan) == {RackDefect.POSITION_OUTSIDE: ("J13",)}
    assert scan.findings[0].detail == "J13: FD20029999"
    assert "FD20029999" not in scan.tubes.values()


@pytest.mark.parametrize("word", ["READ ERROR", "ERR99", "FD2002 4619", "???", "1.9E+09"])
def test_what_is_no_code_is_no_tube(word: str) -> None:
    scan = only("\n".join(d4(RACK)).replace("FD20024698", word) + "\n")
    assert "A02" not in scan.tubes
    assert scan.wells[1].state is WellState.NOT_SAID
    assert set(defects(scan)) <= {RackDefect.TEXT_NOT_A_CODE, RackDefect.CODE_IS_A_NUMBER}
    assert list(defects(scan).values()) == [("A02",)]


def test_two_racks_in_one_file_leave_no_rack_to_go_by() -> None:
    scan = only("\n".join(d1(RACK)).replace("SA12345678,H12", "SA99999999,H12") + "\n")
    assert scan.rack_id.state is RackIdState.DISAGREES
    assert RackDefect.RACK_ID_DISAGREES in defects(scan)


def test_the_files_name_is_the_rack_where_nothing_else_is_and_must_agree_where_something_is() -> None:
    assert only("\n".join(d4(RACK)) + "\n", "SA12345678.csv").rack_id == RackId(
        RackIdState.READ, "SA12345678", "file name", "SA12345678"
    )
    assert only("\n".join(d1(RACK)) + "\n", "SA12345678.csv").rack_id.state is RackIdState.READ
    assert only("\n".join(d1(RACK)) + "\n", "SA00000001.csv").rack_id.state is RackIdState.DISAGREES
    assert only("\n".join(d4(RACK)) + "\n", "20261103.csv").rack_id.state is RackIdState.NOT_SAID


def test_a_declared_count_that_is_not_what_was_read_is_a_finding() -> None:
    scan = only("\n".join(d3(RACK)).replace("Tube Count,4", "Tube Count,5") + "\n")
    assert [(found.defect, found.detail) for found in scan.findings] == [(RackDefect.TUBE_COUNT, "5 declared, 4 read")]


@pytest.mark.parametrize("said", ["FD20024619,EMPTY", ",OK", "FD20024619,UNKNOWN", "FD20024619,PERHAPS"])
def test_a_status_that_disagrees_with_its_code_leaves_no_tube(said: str) -> None:
    scan = only("\n".join(d8(RACK)).replace("FD20024619,OK", said) + "\n")
    assert (scan.wells[0].state, scan.wells[0].raw) == (WellState.NOT_SAID, said)


def test_a_reader_that_has_words_for_both_can_tell_an_empty_well_and_a_profile_knows_better() -> None:
    assert only("\n".join(d3(RACK)) + "\n").tells_empty
    assert not only("\n".join(d1(RACK)) + "\n").tells_empty
    assert only("\n".join(d1(RACK)) + "\n", profile=RackProfile(tells_empty=True)).tells_empty


def test_the_words_of_a_reader_are_those_of_its_profile() -> None:
    profile = RackProfile(no_read=("Kein Code",), empty=("Leer",))
    scan = only("A1,kein code\nA2,LEER\nA3,FD20024619\n", profile=profile)
    assert [well.state for well in scan.wells[:3]] == [WellState.NO_READ, WellState.EMPTY, WellState.TUBE]


def test_the_time_and_rack_of_a_trakmate_are_kept_in_its_own_words() -> None:
    scan = only("\r\n".join(d6(SimulatedRack({"A01": "1034998087"}, "02498606"))) + "\r\n", "trace.txt")
    assert (scan.own_time, scan.rack_id.code) == ("23 Aug 2012 01:42:01 PM", "02498606")


@pytest.mark.parametrize(
    "lines",
    [
        ["Tube Row,Tube Column,Barcode", "A,1,FD20024619", "H,12,FD20024800"],
        ["Tube Row,Tube Col,Barcode", "1,1,FD20024619", "8,12,FD20024800"],
        ["Pos;Identifier", "A1;FD20024619", "H12;FD20024800"],
        ["Position\tBarcode", "A01\tFD20024619", "H12\tFD20024800"],
        ["sep=,", "Well,2D Barcode", "A01,FD20024619", "H12,FD20024800"],
    ],
)
def test_headings_may_be_any_of_those_in_use(lines: list[str]) -> None:
    scan = only("\n".join([*lines, ""]))
    assert (scan.dialect, scan.tubes) == ("D7", {"A01": "FD20024619", "H12": "FD20024800"})


def workbook(rows: list[list[object]], more: list[list[object]] | None = None) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for sheet, those in ((book.active, rows), (book.create_sheet(), more or [])):
        assert sheet is not None
        for row in those:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("dialect", sorted(DIALECTS.keys() - {"D6"}))
def test_a_spreadsheet_is_read_as_the_same_table_would_be(dialect: str) -> None:
    rows: list[list[object]] = [list(row) for row in csv.reader(DIALECTS[dialect](RACK))]
    scan = only(workbook(rows), "G900167892.xlsx")
    assert (scan.dialect, scan.tubes) == (f"D9 {dialect}", EXTRACTED)


def test_a_code_that_a_spreadsheet_keeps_as_a_number_has_lost_its_zeros_and_is_no_tube() -> None:
    scan = only(workbook([["A1", 198515274], ["A2", "0198515274"], ["A3", "NO READ"], ["A4", "NO READ"], ["A5", ""]]))
    assert scan.tubes == {"A02": "0198515274"}
    assert defects(scan)[RackDefect.CODE_IS_A_NUMBER] == ("A01",)


def test_a_workbook_with_two_racks_makes_two_claims() -> None:
    rows: list[list[object]] = [["A1", "FD20024619"], ["A2", "NO READ"]]
    assert len(claims(given_file(workbook(rows, rows), "two.xlsx"))) == 2


def test_a_workbook_that_was_not_written_to_its_end_is_no_rack() -> None:
    whole = workbook([["A1", "FD20024619"], ["A2", "NO READ"]])
    assert len(racks_in(given_file(whole))) == 1
    for cut in (8, len(whole) // 2, len(whole) - 1):
        assert racks_in(given_file(whole[:cut])) == ()
    assert racks_in(given_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RACKID,TUBE,VOLAVG\n,A01,0.0000\n,A02,12.5\n",
        "Well,Concentration\nA1,12.5\nA2,13.1\n",
        "A1,12.5\nA2,13.1\n",
        "A1\nA2\n",
        "SourcePlateID,SourceWellID,DestinationPlateID\nDN1,A1,DN2\n",
        "PK\x03\x04 not a workbook",
    ],
)
def test_a_file_of_another_sort_is_no_racks(text: str) -> None:
    assert [claim for claim in claims(given_file(text)) if claim.adapter == "rack file"] == []


def test_the_other_sample_files_of_instruments_are_no_racks() -> None:
    for path in (DATA.parent / "exchange").glob("*.csv"):
        assert claims(given_file(path.read_bytes(), path.name)) == (), path.name
