"""What a scan can be, without a guess."""

from __future__ import annotations

from datetime import date

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.identifiers import accession, symbology
from gms_desktop.domain.identifiers.barcode import Kind, Recognised, gs1, is_gtin, proves_itself, recognise

OURS = accession.mint("A", "K7Q3ZD", 66)
SHORT = accession.mint("A", "7K2", 66)
BOX = "0109506000134352172712001012AB\x1d21XYZ"


def kinds(text: str, symbology_id: str | None = None) -> set[Kind]:
    return {found.kind for found in recognise(text, symbology_id)}


def one(text: str, kind: Kind) -> Recognised:
    return next(found for found in recognise(text) if found.kind is kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OURS, {Kind.ACCESSION}),
        (SHORT, {Kind.ACCESSION}),
        (accession.spoken(OURS).lower(), {Kind.ACCESSION}),
        ("FD20024619", {Kind.FLUIDX}),
        ("NA0003372326", {Kind.FLUIDX}),
        ("r20260002011", {Kind.REFERRAL}),
        ("R2026000201", {Kind.REFERRAL}),
        ("P20260001011", {Kind.PARTICIPANT}),
        ("1042942132", {Kind.FLUIDX, Kind.LAB_SAMPLE_ID}),
        ("9449305552", {Kind.FLUIDX, Kind.LAB_SAMPLE_ID, Kind.NHS_NUMBER}),
        ("944 930 5552", {Kind.NHS_NUMBER}),
        ("944 930 5553", {Kind.NHS_NUMBER}),
        ("8J834", {Kind.ODS}),
        ("5901234123457", {Kind.GTIN}),
        ("5901234123458", {Kind.UNKNOWN}),
        ("fd20024619", {Kind.UNKNOWN}),
        ("XSA123456789", {Kind.UNKNOWN}),
        ("", {Kind.UNKNOWN}),
    ],
)
def test_every_kind_that_a_text_can_be_is_listed(text: str, expected: set[Kind]) -> None:
    assert kinds(text) == expected


def test_only_what_identifies_a_patient_is_private() -> None:
    assert one("P20260001011", Kind.PARTICIPANT) == Recognised(Kind.PARTICIPANT, "p20260001011", private=True)
    assert one("944-930-5552", Kind.NHS_NUMBER) == Recognised(Kind.NHS_NUMBER, "9449305552", private=True)
    assert not any(found.private for code in (OURS, "FD20024619", "r20260002011") for found in recognise(code))


def test_a_private_value_does_not_show_in_a_log_line() -> None:
    assert "9449305552" not in repr(recognise("9449305552"))
    assert "8018" not in repr(gs1("]d28018950600013435200005"))


def test_an_aim_identifier_is_parted_from_the_code_it_precedes() -> None:
    assert symbology.split("]d1FD20024619") == ("]d1", "FD20024619")
    assert symbology.split("FD20024619") == (None, "FD20024619")
    assert symbology.split("]") == (None, "]")
    assert kinds("]d1FD20024619") == kinds("FD20024619", "]d1") == {Kind.FLUIDX}
    assert symbology.meaning("]d1") == "Data Matrix"
    assert symbology.meaning("]x9") == "]x9"


def test_a_code_written_and_read_back_from_its_pixels_says_its_symbology() -> None:
    for form, name in (
        (zxingcpp.BarcodeFormat.DataMatrix, "Data Matrix"),
        (zxingcpp.BarcodeFormat.Code128, "Code 128"),
    ):
        read = zxingcpp.read_barcode(zxingcpp.create_barcode(OURS, form).to_image(scale=4))
        assert read is not None
        assert symbology.meaning(read.symbology_identifier) == name
        assert kinds(read.symbology_identifier + read.text) == {Kind.ACCESSION}


def test_a_reagent_box_says_its_article_lot_and_expiry() -> None:
    parts = gs1("]d2" + BOX)
    assert parts is not None
    assert (parts.gtin, parts.lot, parts.serial) == ("09506000134352", "12AB", "XYZ")
    assert parts.expiry == date(2027, 12, 31)
    assert not parts.private
    assert kinds(BOX, "]d2") == {Kind.GS1}
    assert gs1(BOX) == gs1("\x1d" + BOX) == parts


def test_a_wristband_is_private() -> None:
    parts = gs1("]d28018950600013435200005")
    assert parts is not None
    assert parts.private
    assert recognise("8018950600013435200005", "]d2")[0].private


@pytest.mark.parametrize(
    "text",
    ["]d2010950600013435X", "]C10109506000134353", "]d20109506000134352179913", "]d1" + BOX, "1052533809", "]d2"],
)
def test_a_code_that_is_not_gs1_or_fails_its_check_is_not_read_as_gs1(text: str) -> None:
    assert gs1(text) is None


def test_an_article_code_of_a_shop_scanner_is_a_reagent_box() -> None:
    assert is_gtin("5901234123457")
    assert not is_gtin("5901234123456")
    assert Kind.GTIN in kinds("5901234123457", "]E0")


@pytest.mark.parametrize(
    "parts",
    [
        (OURS, OURS), (OURS, SHORT), (OURS, "r20260002011"), ("FD20024619", "FD20024619"), ("1042942132", OURS),
        ("FD20024619", "1042942132", "NA0003372326"),
    ],
)  # fmt: skip
def test_two_scans_run_together_are_told_apart(parts: tuple[str, ...]) -> None:
    found = one("".join(parts), Kind.RUN_TOGETHER)
    assert found.parts == parts
    assert found.value == "".join(parts)
    assert not found.private


def test_codes_run_together_with_a_patient_in_them_are_private() -> None:
    assert one(OURS + "p20260001011", Kind.RUN_TOGETHER).private
    assert one("9449305552" + OURS, Kind.RUN_TOGETHER).private


@given(st.sampled_from(accession.LETTERS), st.integers(0, 2**30 - 1), st.integers(0, 32**4 - 1))
def test_one_of_our_numbers_alone_is_never_taken_for_two(letter: str, bits: int, counter: int) -> None:
    number = accession.mint(letter, accession.short_code_from_bits(bits), counter)
    assert kinds(number) == {Kind.ACCESSION}
    assert one(number + number, Kind.RUN_TOGETHER).value == number + number


def test_our_number_proves_itself_and_so_does_gs1_that_says_it_is() -> None:
    assert proves_itself(OURS)
    assert proves_itself("]C0" + OURS)
    assert proves_itself("]d2" + BOX)


@pytest.mark.parametrize(
    "text", ["FD20024619", OURS.lower(), OURS[:-1] + "?", OURS[:2] + OURS[2:].lower(), "", "oil", BOX, "]D2" + BOX]
)
def test_what_could_be_another_code_proves_nothing(text: str) -> None:
    assert not proves_itself(text)


@given(st.text(max_size=60) | st.text("0123456789rpNAFD]dC1\x1d ", max_size=60))
def test_any_text_is_recognised_as_something(text: str) -> None:
    found = recognise(text)
    assert found
    assert len(found) == 1 or all(each.kind is not Kind.UNKNOWN for each in found)
    assert len({each.kind for each in found}) == len(found)


@given(st.sampled_from(["]d2", "]C1", "]Q3"]), st.text("0123456789AB\x1d\x1e%\"'", max_size=50) | st.text())
def test_any_text_may_come_in_a_gs1_symbol(prefix: str, text: str) -> None:
    gs1(prefix + text)
