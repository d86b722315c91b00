"""A worklist says exactly what was planned, or it is not handed out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gms_desktop.domain.extraction import Batch, Position, Protocol, Role
from gms_desktop.domain.index_plates import Orientation
from gms_desktop.domain.plates.contents import Buffer, Control, Plate, Tube
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.exchange.worklists import fluidx_plot, hamilton, position_file, sample_sheet, tecan
from gms_desktop.exchange.worklists.sample_sheet import SheetRow
from gms_desktop.exchange.worklists.settings import Diluent, read_worklist_rules
from gms_desktop.exchange.worklists.tables import read_table_of
from gms_desktop.exchange.worklists.transfers import Transfer, WorklistError, transfers_of

DATA = Path(__file__).parents[2] / "data" / "worklists"
TEXT = files("resources").joinpath("rules", "worklists.toml").read_text("utf-8")
RULES = read_worklist_rules(TEXT)
WELLS = Shape(8, 12).wells
ONE = Transfer("SA00826894", "A01", "FD20024619", "LP1000999", "B12", Decimal("10.50"), None, "96 FluidX", "Twin.Tec")


def tube(code: str) -> Tube:
    return Tube(code, "p1", "r1", "proband")


PLATE = Plate(
    1, "proband", {"A01": tube("1700009505"), "B01": Buffer("B-1"), "A02": tube("0042"), "H12": Control("N", "1")}
)


def test_a_real_hamilton_worklist_is_read_with_the_columns_that_are_shipped() -> None:
    told = hamilton.read((DATA / "hamilton_cherrypick.csv").read_bytes(), RULES.hamilton)
    assert len(told) == 96
    assert (told[0]["source"], told[0]["source_well"], told[-1]["target_well"]) == ("10001", "A1", "H12")


def test_a_real_tecan_worklist_is_read_with_its_positions_down_the_columns() -> None:
    told = tecan.read((DATA / "tecan_case_1.gwl").read_bytes())
    assert len(told) == 14
    assert told[7] == {
        "source": "SQPD-9001-U",
        "source_type": "ABgene 0765",
        "source_well": "A01",
        "code": "",
        "target": "SQPD-9999-U",
        "target_type": "ABgene 0800",
        "target_well": "A01",
        "volume_ul": "178.0",
    }


def test_a_hamilton_line_as_the_method_wants_it() -> None:
    lines = hamilton.write([ONE], RULES.hamilton).decode().splitlines()
    assert lines[0].split(",")[:2] == ["SourcePlateID", "SourceWellID"]
    assert lines[1] == "SA00826894,A1,96 FluidX,10.5,LP1000999,B12,Twin.Tec,10.5,0"


def test_a_method_may_want_other_columns_padded_wells_and_fixed_texts() -> None:
    head, _, rest = TEXT.partition("[[hamilton.column]]")
    tail = rest[rest.index("# Position file") :]
    stand = (("Labware", 'text = "Rack 1"'), ("Tube", 'field = "code"'), ("To", 'field = "target_well"'))
    columns = "".join(f'[[hamilton.column]]\nheading = "{heading}"\n{said}\n' for heading, said in stand)
    how = read_worklist_rules(head.replace("padded = false", "padded = true") + columns + tail).hamilton
    content = hamilton.write([replace(ONE, volume_ul=None)], how)
    assert content == b"Labware,Tube,To\nRack 1,FD20024619,B12\n"


@pytest.mark.parametrize("bad", ['field = "owner"', 'field = "code"\ntext = "x"', ""])
def test_a_column_has_a_field_of_a_transfer_or_a_text(bad: str) -> None:
    with pytest.raises(ValueError, match="SourcePlateID has one of"):
        read_worklist_rules(TEXT.replace('field = "source"', bad, 1))


@pytest.mark.parametrize("content", [b'"half', b"\xff\xfe", b"", b"A,B\r\n1,2\r\n"])
def test_what_is_no_table_of_the_method_is_not_read(content: bytes) -> None:
    with pytest.raises(WorklistError):
        hamilton.read(content, RULES.hamilton)


def test_a_column_stands_once() -> None:
    with pytest.raises(ValueError, match="heading of its own"):
        read_worklist_rules(TEXT.replace('"SourceWellID"', '"SourcePlateID"'))


def test_a_tecan_transfer_is_taken_up_put_down_and_washed() -> None:
    assert tecan.write([ONE], RULES.tecan) == (
        b"A;SA00826894;;96 FluidX;1;FD20024619;10.50\r\nD;LP1000999;;Twin.Tec;90;;10.50\r\nW;\r\n"
    )
    with_class = tecan.write([ONE], replace(RULES.tecan, liquid_class="Water", wash=False))
    assert with_class.splitlines()[0] == b"A;SA00826894;;96 FluidX;1;FD20024619;10.50;Water;;"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"A;x;;t;1;c;1.0\r\n", "not put down"),
        (b"D;x;;t;1;c;1.0\r\n", "not understood"),
        (b"A;x;;t;1;c;1.0\r\nD;y;;t;1;;2.0\r\n", "not what was taken up"),
        (b"A;x;;t;97;c;1.0\r\nD;y;;t;1;;1.0\r\n", "no position 97"),
    ],
)
def test_a_tecan_text_that_says_half_is_not_read(text: bytes, said: str) -> None:
    with pytest.raises(WorklistError, match=said):
        tecan.read(text)


@pytest.mark.parametrize(
    ("transfer", "said"),
    [
        (replace(ONE, volume_ul=None), "no volume"),
        (replace(ONE, volume_ul=Decimal(0)), "no volume"),
        (replace(ONE, target_well="I01"), "no well"),
    ],
)
def test_a_plan_that_is_not_whole_makes_no_worklist(transfer: Transfer, said: str) -> None:
    with pytest.raises(WorklistError, match=said):
        hamilton.write([transfer], RULES.hamilton)
    with pytest.raises(WorklistError, match=said):
        tecan.write([transfer], RULES.tecan)


def test_no_well_is_filled_twice_and_nothing_makes_no_worklist() -> None:
    with pytest.raises(WorklistError, match="filled twice"):
        hamilton.write([ONE, replace(ONE, code="FD2")], RULES.hamilton)
    with pytest.raises(WorklistError, match="nothing is to be"):
        tecan.write([], RULES.tecan)


WITH_DILUENT = replace(RULES.tecan, diluent=Diluent("Diluent", "Trough 100ml", 2, "Water"))
DILUTED = replace(ONE, volume_ul=Decimal("5.5"), diluent_ul=Decimal("4.5"))


def test_diluent_is_not_lost_on_a_robot_whose_worklist_cannot_say_it() -> None:
    assert b",4.5\n" in hamilton.write([DILUTED], RULES.hamilton)
    with pytest.raises(WorklistError, match="does not say where diluent stands"):
        tecan.write([DILUTED], RULES.tecan)


def test_a_tecan_puts_diluent_into_a_well_before_what_it_dilutes_from_its_positions_in_turn() -> None:
    other = replace(DILUTED, code="FD2", source_well="B01", target_well="C12", diluent_ul=Decimal(0))
    third = replace(DILUTED, code="FD3", source_well="C01", target_well="D12")
    content = tecan.write([DILUTED, other, third], WITH_DILUENT, said=["FD20024619 fails; all the same"])
    assert content.decode().splitlines() == [
        "C;FD20024619 fails, all the same",
        "A;Diluent;;Trough 100ml;1;;4.5;Water;;",
        "D;LP1000999;;Twin.Tec;90;;4.5;Water;;",
        "W;",
        "A;SA00826894;;96 FluidX;1;FD20024619;5.5",
        "D;LP1000999;;Twin.Tec;90;;5.5",
        "W;",
        "A;SA00826894;;96 FluidX;2;FD2;5.5",
        "D;LP1000999;;Twin.Tec;91;;5.5",
        "W;",
        "A;Diluent;;Trough 100ml;2;;4.5;Water;;",
        "D;LP1000999;;Twin.Tec;92;;4.5;Water;;",
        "W;",
        "A;SA00826894;;96 FluidX;3;FD3;5.5",
        "D;LP1000999;;Twin.Tec;92;;5.5",
        "W;",
    ]
    told = tecan.read(content, diluent=WITH_DILUENT.diluent)
    assert [one.get("diluent_ul", "0") for one in told] == ["4.5", "0", "4.5"]


@pytest.mark.parametrize(
    "lines",
    [
        ("A;Diluent;;T;1;;4.5", "D;P;;X;1;;4.5"),
        ("A;Diluent;;T;1;;4.5", "D;P;;X;1;;4.5", "A;R;;X;1;a;5.0", "D;P;;X;2;;5.0"),
        ("A;Diluent;;T;1;;4.5", "D;P;;X;1;;4.5", "A;Diluent;;T;1;;4.5", "D;P;;X;1;;4.5"),
    ],
    ids=["nothing follows", "another well", "twice"],
)
def test_diluent_without_its_sample_is_not_read(lines: tuple[str, ...]) -> None:
    with pytest.raises(WorklistError):
        tecan.read("\r\n".join(lines).encode(), diluent=WITH_DILUENT.diluent)


def test_a_rack_that_is_called_as_the_diluent_is_makes_no_worklist() -> None:
    with pytest.raises(WorklistError, match="a rack is called Diluent"):
        tecan.write([replace(DILUTED, source="Diluent")], WITH_DILUENT)


def test_a_laboratory_says_where_its_diluent_stands() -> None:
    said = TEXT.replace('[tecan.diluent]\nlabel = ""', '[tecan.diluent]\nlabel = "Diluent"')
    assert read_worklist_rules(said).tecan.diluent == Diluent("Diluent", "", 1, "")
    former = TEXT[: TEXT.index("[tecan.diluent]")] + TEXT[TEXT.index("[sample_sheet.header]") :]
    assert read_worklist_rules(former).tecan.diluent is None, "a set that was approved before"
    for wrong in ("positions = 0", 'positions = "1"'):
        with pytest.raises(ValueError, match="position"):
            read_worklist_rules(said.replace("positions = 1", wrong))


@pytest.mark.parametrize("code", ["A;B", "A\nB", "Ä1", "A\x0bB"])
def test_a_code_that_the_text_cannot_carry_is_told_and_never_changed(code: str) -> None:
    with pytest.raises(WorklistError):
        tecan.write([replace(ONE, code=code)], RULES.tecan)


transfers = st.lists(
    st.builds(
        Transfer,
        source=st.text(max_size=5),
        source_well=st.sampled_from(WELLS),
        code=st.text(max_size=5),
        target=st.sampled_from(["LP1", "LP2"]),
        target_well=st.sampled_from(WELLS),
        volume_ul=st.decimals("0.01", "1000", places=2),
        diluent_ul=st.none() | st.decimals("0", "100", places=1),
        source_type=st.text(max_size=4),
        target_type=st.sampled_from(["Twin.Tec", ""]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: (one.target, one.target_well),
)


@settings(max_examples=40)
@given(transfers)
def test_whatever_is_planned_the_text_says_it_or_there_is_none(plan: list[Transfer]) -> None:
    try:
        content = hamilton.write(plan, RULES.hamilton)
    except WorklistError:
        content = b""
    if content:
        told = hamilton.read(content, RULES.hamilton)
        assert [one["source"] for one in told] == [one.source for one in plan]
        assert [Decimal(one["volume_ul"]) for one in told] == [one.volume_ul for one in plan]
    try:
        content = tecan.write(plan, RULES.tecan)
    except WorklistError:
        return
    told = tecan.read(content)
    assert [(one["code"], one["source_well"], one["target_well"]) for one in told] == [
        (one.code, one.source_well, one.target_well) for one in plan
    ]


def test_transfers_follow_the_plate_and_a_tube_in_no_rack_is_told() -> None:
    sources = {"1700009505": ("SA1", "C05"), "0042": ("SA2", "A01")}
    made = transfers_of(PLATE, "LP1", sources, Decimal(50), ("96 FluidX", "Twin.Tec"))
    assert [(one.source, one.source_well, one.code, one.target_well) for one in made] == [
        ("SA1", "C05", "1700009505", "A01"),
        ("SA2", "A01", "0042", "A02"),
    ]
    with pytest.raises(WorklistError, match="tube 0042 stands in no rack"):
        transfers_of(PLATE, "LP1", {"1700009505": ("SA1", "C05")}, Decimal(50), ("", ""))


def test_the_four_fields_of_a_plate_row_by_row_with_no_read_for_all_that_is_no_sample() -> None:
    content = fluidx_plot.write(PLATE, "SA12345678")
    lines = content.decode().splitlines()
    assert len(lines) == 96
    assert lines[0] == "A1,1700009505, 2d_rackid_1,SA12345678"
    assert lines[1] == "A2,0042, 2d_rackid_1,SA12345678"
    assert lines[12] == "B1, NO READ, 2d_rackid_1,SA12345678"
    assert lines[95] == "H12, NO READ, 2d_rackid_1,SA12345678"
    assert fluidx_plot.read(content) == ("SA12345678", {"A01": "1700009505", "A02": "0042"})


@pytest.mark.parametrize("code", ["NO READ", "\ud800", "A,B", " A", "A\n", ""])
def test_a_tube_that_a_plot_cannot_say_is_told(code: str) -> None:
    with pytest.raises(WorklistError):
        fluidx_plot.write(replace(PLATE, wells={"A01": tube(code)}), "SA1")


def test_a_plot_of_two_racks_or_of_half_a_plate_is_not_read() -> None:
    whole = fluidx_plot.write(PLATE, "SA1")
    with pytest.raises(WorklistError, match="2 racks"):
        fluidx_plot.read(whole.replace(b",SA1\r\n", b",SA2\r\n", 1))
    with pytest.raises(WorklistError, match="95 wells"):
        fluidx_plot.read(whole[whole.index(b"\n") + 1 :])


def batch(code: str = "ZK7Q3ZD00229") -> Batch:
    protocol = Protocol("dna-blood", "3", "DNA from blood", "DNA", Shape(8, 12))
    held = {"A02": Position(Role.CONTROL, "L-9"), "B01": Position(Role.BLANK), "A01": Position(Role.SPECIMEN, code)}
    return Batch("B1", protocol, positions=held)


def test_an_extraction_robot_is_told_each_position_in_the_order_of_filling() -> None:
    assert position_file.write(batch(), RULES.extraction).decode().splitlines() == [
        "Batch,Position,Role,Sample",
        "B1,A01,specimen,ZK7Q3ZD00229",
        "B1,B01,blank,",
        "B1,A02,control,L-9",
    ]
    unpadded = position_file.write(batch(), replace(RULES.extraction, padded=False))
    assert unpadded.splitlines()[1] == b"B1,A1,specimen,ZK7Q3ZD00229"


def test_a_batch_with_nothing_in_it_has_no_positions_to_tell() -> None:
    with pytest.raises(WorklistError, match="nothing is placed"):
        position_file.write(replace(batch(), positions={}), RULES.extraction)


@given(st.text(max_size=10))
def test_whatever_a_specimen_is_called_its_position_is_told_or_there_is_no_file(code: str) -> None:
    try:
        content = position_file.write(batch(code), RULES.extraction)
    except WorklistError:
        return
    assert read_table_of(content, RULES.extraction)[0]["code"] == code


ROWS = [SheetRow("LP1-A01", "AACCGGTTAC", "TTGGCCAATG", "1"), SheetRow("LP1-B01", "CCAATTGGCA", "GGTTAACCGT", "1")]


def test_a_sample_sheet_has_its_sections_and_a_line_for_each_library() -> None:
    content = sample_sheet.write("RUN_1", ROWS, Orientation.FORWARD, RULES.sheet)
    assert content.decode().splitlines() == [
        "[Header]",
        "FileFormatVersion,2",
        "RunName,RUN_1",
        "InstrumentPlatform,NovaSeqXSeries",
        "IndexOrientation,Forward",
        "",
        "[Reads]",
        "Read1Cycles,151",
        "Read2Cycles,151",
        "Index1Cycles,10",
        "Index2Cycles,10",
        "",
        "[BCLConvert_Settings]",
        "SoftwareVersion,4.1.23",
        "FastqCompressionFormat,gzip",
        "",
        "[BCLConvert_Data]",
        "Lane,Sample_ID,Index,Index2",
        "1,LP1-A01,AACCGGTTAC,TTGGCCAATG",
        "1,LP1-B01,CCAATTGGCA,GGTTAACCGT",
    ]


@pytest.mark.parametrize("way", [Orientation.REVERSE, Orientation.NOT_STATED])
def test_where_i5_is_not_known_to_be_forward_there_is_no_sheet(way: Orientation) -> None:
    with pytest.raises(WorklistError, match="i5 indexes are"):
        sample_sheet.write("RUN_1", ROWS, way, RULES.sheet)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (replace(ROWS[0], sample="LP1 A01"), "letters, digits"),
        (replace(ROWS[0], i7="AACN"), "an index is of"),
        (replace(ROWS[1], sample="again"), "indexes stand twice"),
    ],
)
def test_a_library_that_a_sheet_cannot_say_or_tell_apart_is_named(row: SheetRow, said: str) -> None:
    with pytest.raises(WorklistError, match=said):
        sample_sheet.write("RUN_1", [ROWS[1], row], Orientation.FORWARD, RULES.sheet)


def test_a_setting_with_a_comma_makes_no_sheet() -> None:
    how = replace(RULES.sheet, settings={"OverrideCycles": "Y151,I8"})
    with pytest.raises(WorklistError):
        sample_sheet.write("RUN_1", ROWS, Orientation.FORWARD, how)


def test_every_line_of_a_lane_less_run_has_the_further_columns() -> None:
    how = replace(RULES.sheet, columns={"OverrideCycles": "Y151;I8;I8;Y151"})
    content = sample_sheet.write("RUN_1", [replace(one, lane="") for one in ROWS], Orientation.FORWARD, how)
    assert content.decode().splitlines()[-1] == "LP1-B01,CCAATTGGCA,GGTTAACCGT,Y151;I8;I8;Y151"
