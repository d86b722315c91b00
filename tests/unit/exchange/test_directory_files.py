"""Published Test Directories, and what becomes of them on the way here: nothing is dropped without a word."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gms_desktop.domain.test_directory import Section, spellings
from gms_desktop.exchange.directory_sheet import SPELLINGS, Column
from gms_desktop.exchange.test_directory import DirectoryReading, WorkbookSource, source_of

DATA = Path(__file__).parents[2] / "data" / "test-directory"
RARE, CANCER = DATA / "rare-and-inherited-disease-v5.1.xlsx", DATA / "cancer-2020-21.xlsx"
TITLE = "National Genomic Test Directory for rare and inherited disease, v6 April 2024"
HEADINGS = ("Clinical indication ID", "Test ID", "Clinical Indication", "Test Method")
ROWS = (("R14", "R14.1", "Acutely unwell children", "WGS"), ("R21", "R21.1", "Fetal anomalies", "Microarray"))


def reading_of(path: Path) -> DirectoryReading:
    return WorkbookSource(path.name, path.read_bytes()).read()


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> bytes:
    """A workbook of sheets, each a name and its rows; cells of the last one may be merged."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[-1].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(*rows: Sequence[object], merged: Sequence[str] = (), name: str = "directory.xlsx") -> DirectoryReading:
    return WorkbookSource(name, workbook(("Tests", rows), merged=merged)).read()


# --- as published


def test_the_published_directory_of_rare_disease_is_read_whole() -> None:
    said = reading_of(RARE)
    assert (said.indications, said.tests, said.rows, said.unread) == (372, 619, 619, ())
    assert said.directory is not None
    edition = said.directory.edition
    assert (edition.section, edition.version, edition.published, edition.draft) == (
        Section.RARE, "v5.1", "June 2023", False,
    )  # fmt: skip
    assert edition.title.startswith("National Genomic Test Directory for rare and inherited disease, v5.1 June 2023")
    assert said.sha256 == "651e5fd22b13125d014887c08e9afab585f298ed406bb9ef6efc849bbbed60ac"
    assert said.size == 82_648


def test_the_published_directory_of_cancer_is_read_from_its_merged_cells() -> None:
    said = reading_of(CANCER)
    assert (said.indications, said.tests, said.rows) == (203, 1_565, 1_565)
    assert [(one.sheet, one.row) for one in said.unread] == [("Explanatory note", 0)]
    assert said.directory is not None
    edition = said.directory.edition
    assert (edition.section, edition.version, edition.published, edition.draft) == (
        Section.CANCER, "2020/2021", "November 2020", True,
    )  # fmt: skip
    # The code of this indication is stated in the row above only, without being merged.
    assert said.directory.by_code["M215"].name == "Endometrial Cancer"
    assert said.directory.tests["M215.2"].name == "MLH1 promoter hypermethylation"


def test_every_test_that_another_reader_sees_in_the_cancer_directory_is_there() -> None:
    import openpyxl

    book = openpyxl.load_workbook(CANCER, read_only=True)
    codes = {str(row[2]).strip() for sheet in book.worksheets[1:] for row in sheet.iter_rows(2, values_only=True)}
    book.close()
    found = reading_of(CANCER).directory
    assert found is not None
    assert codes - {"None", ""} == found.tests.keys()


def test_a_trailing_space_is_no_part_of_a_code_or_category() -> None:
    found = reading_of(RARE).directory
    assert found is not None
    assert found.tests["R31.3"].indication == "R31"
    assert {test.category for test in found.tests.values()} >= {"Specialised", "Highly Specialised"}
    assert all(text == text.strip() for test in found.tests.values() for text in (test.category, test.method))


def test_the_spellings_of_methods_stay_as_published_and_those_that_differ_by_case_are_told_as_one() -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(RARE).worksheets[0]
    assert len({row[4] for row in sheet.iter_rows(3, values_only=True) if row[4]}) == 38
    found = reading_of(RARE).directory
    assert found is not None
    ways = spellings(found)
    assert len({test.method for test in found.tests.values()}) == 36
    assert len(ways) == 33
    assert ways["small panel"] == ("Small panel", "small panel")


def test_an_indication_that_goes_by_two_names_is_told() -> None:
    (note,) = reading_of(RARE).notes
    assert note.startswith("Row 63: R27.3 calls R27 “Congenital malformation and dysmorphism syndromes”")


# --- moved, renamed, missing


@pytest.mark.parametrize("above", [0, 1, 3, 12])
def test_headings_are_found_wherever_they_stand(above: int) -> None:
    said = read(*[[TITLE]] * above, HEADINGS, *ROWS)
    assert (said.tests, said.refused) == (2, "")


def test_columns_may_stand_in_any_order_with_others_between_them() -> None:
    rows = [(row[3], "note", row[1], row[2], row[0]) for row in (HEADINGS, *ROWS)]
    assert read(*rows).tests == 2


@pytest.mark.parametrize("column", list(Column))
def test_a_column_is_known_by_each_of_its_headings_in_any_case_with_spaces_around(column: Column) -> None:
    own = {Column.INDICATION: 0, Column.TEST: 1, Column.INDICATION_NAME: 2}.get(column, 3)
    for way in SPELLINGS[column]:
        headings = list(HEADINGS)
        headings[own] = f"  {way.upper()} "
        method = () if column in {*list(Column)[:3], Column.METHOD, Column.TEST_NAME} else ("Technology",)
        said = read([*headings, *method], *([*row, *method] for row in ROWS))
        assert said.tests == 2, said.refused


@pytest.mark.parametrize(
    ("gone", "looked_for"),
    [
        (0, "clinical indication code (headed “Clinical indication ID”, “CI Code”"),
        (1, "test code (headed “Test ID”, “Test Code”)"),
        (2, "clinical indication name (headed “Clinical Indication”"),
    ],
)
def test_a_column_under_another_name_is_refused_with_what_was_looked_for_and_found(gone: int, looked_for: str) -> None:
    headings = [*HEADINGS, "Target/Genes"]
    headings[gone] = "Kennung"
    said = read([TITLE], headings, *ROWS)
    assert said.directory is None
    assert f"Looked for: {looked_for}" in said.refused
    assert "Found in row 2: " in said.refused
    assert "Kennung" in said.refused


def test_a_missing_column_in_one_sheet_of_several_refuses_the_whole_file() -> None:
    content = workbook(("Solid", (HEADINGS, *ROWS)), ("Sarcomas", ((*HEADINGS[:2], "Technology", "Test Name"), *ROWS)))
    said = WorkbookSource("x.xlsx", content).read()
    assert said.directory is None
    assert said.refused.startswith("Sheet “Sarcomas” lacks a column.")


def test_a_test_needs_a_name_or_a_method() -> None:
    said = read((*HEADINGS[:3], "Target/Genes"), *ROWS)
    assert "Looked for: test method (headed “Test Method”, “Technology”" in said.refused


def test_a_column_that_is_headed_twice_is_refused() -> None:
    said = read([*HEADINGS, "Test Code"], *ROWS)
    assert "a column is headed twice: Test Code" in said.refused


def test_a_sheet_more_is_listed_and_the_rest_is_read() -> None:
    content = workbook(("Read me", (["Notes of the service"],)), ("Tests", (HEADINGS, *ROWS)), ("Change log", ()))
    said = WorkbookSource("x.xlsx", content).read()
    assert said.tests == 2
    assert [(one.sheet, one.row) for one in said.unread] == [("Read me", 0), ("Change log", 0)]
    assert said.unread_rows == 0


# --- rows


def test_rows_that_are_not_read_are_listed_with_number_and_why() -> None:
    said = read(
        [TITLE],
        HEADINGS,
        *ROWS,
        ("R30", "", "Without a test", "WGS"),
        (None, None, None, None),
        ("R31", "31.3", "A number", "WGS"),
        ("R32", "R33.1", "Another's", "WGS"),
        ("Thirty-four", "R34.1", "Words", "WGS"),
        ("© NHS England",),
    )
    assert said.tests == 2
    assert {one.row: one.why for one in said.unread} == {
        5: "no test code stands in it",
        7: "“31.3” is not a test code such as R14.1",
        8: "test R33.1 stands under indication R32",
        9: "“Thirty-four” is not an indication code such as R14",
        10: "no test code stands in it",
    }
    assert said.unread_rows == 5


def test_merged_cells_are_filled_down_and_never_into_another_indication() -> None:
    rows = (
        HEADINGS,
        ("M1", "M1.1", "Colorectal", "Panel"),
        (None, "M1.2", None, "Hotspot"),
        (None, "M2.1", None, "Hotspot"),
        ("M2", "M2.2", "Ovarian", "Panel"),
    )
    said = read(*rows, merged=["A2:A3", "C2:C3"])
    assert said.directory is not None
    assert {code: one.name for code, one in said.directory.by_code.items()} == {"M1": "Colorectal", "M2": "Ovarian"}
    assert list(said.directory.tests) == ["M1.1", "M1.2", "M2.2"]
    (unread,) = said.unread
    assert (unread.row, unread.why) == (4, "the indication of test M2.1 is not stated, and above it stands M1")


def test_a_code_that_stands_twice_is_taken_once_and_told() -> None:
    other = ("R14", "R14.1", "Acutely unwell children", "Microarray")
    said = read(HEADINGS, *ROWS, ROWS[0], other)
    assert said.tests == 2
    assert [(one.row, one.why) for one in said.unread] == [
        (4, "test R14.1 stands in row 2 already, in the same words"),
        (5, "test R14.1 stands in row 2 already, in other words: that row was taken"),
    ]
    assert said.directory is not None
    assert said.directory.tests["R14.1"].method == "WGS"


def test_a_code_in_small_letters_or_with_spaces_is_the_same_code() -> None:
    said = read(HEADINGS, ("r14 ", " r14.1", "Acutely  unwell\nchildren", "WGS"))
    assert said.directory is not None
    assert said.directory.tests.keys() == {"R14.1"}
    assert said.directory.by_code["R14"].name == "Acutely unwell children"


# --- edition


@pytest.mark.parametrize(
    ("title", "name", "version", "published"),
    [
        (TITLE, "x.xlsx", "v6", "April 2024"),
        ("National Genomic Test Directory", "directory_v7.1_March_2025.xlsx", "v7.1", "March 2025"),
        ("National Genomic Test Directory 2020/21", "x.xlsx", "2020/21", ""),
        ("", "x.xlsx", "", ""),
    ],
)
def test_the_edition_is_what_title_or_file_name_say_and_else_blank(
    title: str, name: str, version: str, published: str
) -> None:
    said = read([title or None], HEADINGS, *ROWS, name=name)
    assert said.directory is not None
    assert (said.directory.edition.version, said.directory.edition.published) == (version, published)


# --- not a workbook


def test_a_text_file_is_no_directory_and_left_to_the_requests() -> None:
    assert source_of("requests.csv", b"Order number,NHS number\n1,2\n") is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(RARE.read_bytes()[:40_000], id="loaded in part"),
        pytest.param(b"PK\x03\x04" + bytes(500), id="only the beginning of one"),
        pytest.param(RARE.read_bytes().replace(b"xl/worksheets", b"xl/worksheetz"), id="its sheets under other names"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000), id="an old file of nothing"),
    ],
)
def test_a_damaged_workbook_is_refused_in_words(content: bytes) -> None:
    source = source_of("directory.xlsx", content)
    assert source is not None
    said = source.read()
    assert said.directory is None
    assert "damaged" in said.refused or "No sheet holds a Test Directory" in said.refused


def locked() -> bytes:
    """A spreadsheet under a password: a compound file that holds an encrypted package (MS-OFFCRYPTO)."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", fat, end, *range(3, 11), end, *[free] * 117)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + bytes(2)
        links = struct.pack("<HBBIII36xIQ", len(text), kind, 1, free, free, child, start, size)
        return text.ljust(64, b"\0") + links

    names = entry("Root Entry", 5, 1, end, 0) + entry("EncryptedPackage", 2, free, 2, 4096)
    return head + table + names.ljust(512, b"\0") + bytes(range(256)) * 18


def test_a_workbook_with_a_password_says_so() -> None:
    said = WorkbookSource("secret.xlsx", locked()).read()
    assert said.refused.startswith("The workbook is protected by a password.")


def test_a_workbook_that_unpacks_beyond_all_measure_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/x.xml", "w") as part:
        for _ in range(401):
            part.write(bytes(1_000_000))
    assert "which no directory needs" in WorkbookSource("x.xlsx", out.getvalue()).read().refused


SMALL = workbook(("Tests", ([TITLE], HEADINGS, *ROWS)))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.binary(min_size=1, max_size=30))
def test_bytes_spoiled_on_the_way_never_raise(place: int, junk: bytes) -> None:
    said = WorkbookSource("x.xlsx", SMALL[:place] + junk + SMALL[place + len(junk) :]).read()
    assert said.refused or said.directory is not None


cells = st.one_of(
    st.none(), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6), st.integers(), st.floats()
)
codes = st.sampled_from(["R1", "R1.1", "R1.2", "R2", "R2.1", "M1", "r1.1 ", "", None])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(codes, codes, cells, cells), max_size=8))
def test_every_row_that_holds_something_is_read_or_listed(rows: list[tuple[object, ...]]) -> None:
    from gms_desktop.exchange.directory_sheet import SheetRow, UnreadRow, header_of, rows_of
    from gms_desktop.exchange.workbook import Sheet, _text

    table = tuple(tuple(_text(cell) for cell in row) for row in (HEADINGS, *rows))
    sheet = Sheet("Tests", table)
    header = header_of(sheet)
    assert header is not None
    outcomes = list(rows_of(sheet, header))
    assert [one.row for one in outcomes] == [number for number, row in enumerate(table[1:], 2) if any(row)]
    for one in outcomes:
        assert isinstance(one, UnreadRow) or (isinstance(one, SheetRow) and one.test.code)
