"""Whatever a sender's computer did to a text file, its cells come out as written, or the file says why not."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.exchange.decoding import decode
from gms_desktop.exchange.expected import FileProblem
from gms_desktop.exchange.problem_words import file_sentence
from gms_desktop.exchange.text_table import TextTable, read_table

HEADER = ["referral_id", "surname", "notes"]


def reasons(table: TextTable) -> list[str]:
    return [problem.reason_code for problem in table.problems]


def cells(table: TextTable) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def encoded(text: str, encoding: str) -> bytes:
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    return marks.get(encoding, b"") + text.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_name_with_accents_comes_through_every_encoding_separator_and_line_end(encoding, delimiter, line_end):
    lines = [delimiter.join(HEADER), delimiter.join(["r1", "Müller-Ó’Neill", "x"]), ""]
    table = read_table(encoded(line_end.join(lines), encoding))
    assert table.header == tuple(HEADER)
    assert cells(table) == [("r1", "Müller-Ó’Neill", "x")]
    assert table.delimiter == delimiter
    assert table.problems == ()


def cell_text(unwanted: str) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters=unwanted), max_size=30)


def tables(unwanted: str) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(cell_text(unwanted), min_size=3, max_size=3), min_size=1, max_size=8)


# Cells with line breaks need quotes; Python's own writer, when sparing with quotes, leaves some of them bare.
quoted = st.tuples(tables("\0"), st.just(csv.QUOTE_ALL))
sparing = st.tuples(tables("\0\r\n"), st.just(csv.QUOTE_MINIMAL))


@given(
    written=quoted | sparing,
    delimiter=st.sampled_from(",;\t"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]),
    stated=st.booleans(),
)
def test_any_cells_written_as_csv_come_back_as_written(written, delimiter, line_end, encoding, stated):
    rows, quoting = written
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows([HEADER, *rows])
    text = (f"sep={delimiter}{line_end}" if stated else "") + out.getvalue()
    table = read_table(encoded(text, encoding))
    holding = [(at, tuple(row)) for at, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    assert [(row.number, row.cells) for row in table.rows] == holding


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=20), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_any_cells_of_a_british_excel_come_back_as_written(rows):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows, ["Zo\xeb", "x", ""]])
    table = read_table(out.getvalue().encode("cp1252"))
    assert table.encoding == "cp1252"
    assert cells(table)[:-1] == [tuple(row) for row in rows if any(cell.strip() for cell in row)]


@given(st.binary(max_size=400))
def test_no_bytes_at_all_make_the_reader_fail(content):
    table = read_table(content)
    assert all(file_sentence(problem) for problem in table.problems)


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_no_text_at_all_makes_the_reader_fail(text):
    read_table(text.encode())


@given(st.text(st.sampled_from('ab,"\r\n \t;=sep'), max_size=200))
def test_no_tangle_of_quotes_and_line_ends_makes_the_reader_fail(text):
    table = read_table(text.encode())
    assert [row.number for row in table.rows] == sorted({row.number for row in table.rows})


def test_a_file_of_a_british_excel_is_read_and_the_assumed_letters_are_told():
    table = read_table("surname,forename\r\nMüller,Zoë\r\n".encode("cp1252"))
    assert cells(table) == [("Müller", "Zoë")]
    assert table.encoding == "cp1252"
    assert reasons(table) == ["encoding-assumed"]
    assert table.readable


def test_a_separator_named_in_the_first_line_wins_over_the_look_of_the_header():
    table = read_table(b"sep=;\r\na,b;c\r\n1,2;3\r\n")
    assert table.header == ("a,b", "c")
    assert cells(table) == [("1,2", "3")]
    assert table.rows[0].number == 2


def test_a_separator_that_is_not_read_is_named_as_the_fault():
    assert reasons(read_table(b"sep=|\na|b\n1|2\n")) == ["separator-unknown"]


def test_long_numbers_stay_text_with_their_leading_zeros():
    assert cells(read_table(b"id,n\n0012345678901234567890,1e5\n")) == [("0012345678901234567890", "1e5")]


def test_a_line_break_inside_quotes_does_not_shift_the_row_numbers():
    table = read_table(b'a,b\n1,"two\nlines"\n3,4\n')
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("1", "two\nlines")), (3, ("3", "4"))]


def test_blank_rows_are_left_out_and_still_counted():
    table = read_table(b"\n\na,b\n1,2\n,\n\n3,4\n")
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("1", "2")), (7, ("3", "4"))]


def test_rows_shorter_and_longer_than_the_header_keep_their_cells():
    assert cells(read_table(b"a,b,c\n1,2\n1,2,3,4\n")) == [("1", "2"), ("1", "2", "3", "4")]


def test_a_quotation_mark_without_its_partner_costs_one_row_only():
    table = read_table(b'a,b\n1,2\n3,"four\n5,6\n7,8\n')
    assert [(row.number, row.fault) for row in table.rows] == [(2, ""), (3, "quotes-broken"), (4, ""), (5, "")]
    assert cells(table)[2:] == [("5", "6"), ("7", "8")]


def test_text_after_a_closing_quote_costs_one_row_only():
    table = read_table(b'a,b\n"1"x,2\n5,6\n')
    assert [(row.number, row.fault) for row in table.rows] == [(2, "quotes-broken"), (3, "")]


def test_a_cell_too_long_to_be_one_costs_one_row_only():
    table = read_table(b"a,b\n1," + b"x" * 140_000 + b"\n5,6\n")
    assert [(row.number, row.fault) for row in table.rows] == [(2, "cell-too-long"), (3, "")]


def test_a_file_of_nothing_but_broken_quotes_is_given_up_and_says_from_where():
    table = read_table(b"a,b\n" + b'"1"x,2\n' * 300)
    assert reasons(table) == ["rows-unread"]
    assert len(table.rows) == 200


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "file-empty"),
    (b"\xef\xbb\xbf", "file-empty"),
    (b" \r\n \n", "file-empty"),
    (b",,\n,,\n", "file-empty"),
    (b"a,b\n", "no-rows"),
    (b"a,b\n1,\x002\n", "file-has-nul"),
    ("a,b\n1,2\n".encode("utf-16-le"), "file-has-nul"),
    (b"PK\x03\x04rest of a workbook", "file-not-text"),
    (b"a,b\n1,\x81\n", "encoding-unknown"),
    (b"\xef\xbb\xbfa,b\n1,\xfc\n", "encoding-unknown"),
    (b"\xff\xfea\x00,\x00b", "encoding-unknown"),
    (b'"a,b\n1,2\n', "header-broken"),
    (b"NHS no,nhs NO\n1,2\n", "column-repeated"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_in_words(content, reason):
    table = read_table(content)
    assert reason in reasons(table)
    assert not table.readable
    assert all(file_sentence(problem) for problem in table.problems)


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    problem = decode(b"x" * 3_000_000, limit=2_000_000).problems[0]
    assert problem == FileProblem("file-too-large", "3 MB, the limit is 2 MB")
    assert file_sentence(problem) == "The file has 3 MB, the limit is 2 MB. Ask the sender for it in smaller parts."
