"""Referrals, participants, sample ids, ODS codes, tubes and SNOMED CT as files and forms carry them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.findings import Finding
from gms_desktop.domain.identifiers import fluidx, ngis, ods, snomed


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in found]


@given(st.from_regex(r"\A[rR][0-9]{11}\Z"))
def test_a_referral_is_r_and_eleven_digits_in_either_case(text: str) -> None:
    assert ngis.referral_findings(text) == ()
    assert ngis.normalise(text) == "r" + text[1:]


@given(st.from_regex(r"\A[pP][0-9]{11}\Z"))
def test_a_participant_is_p_and_eleven_digits_in_either_case(text: str) -> None:
    assert ngis.participant_findings(text) == ()
    assert ngis.is_participant(text)
    assert not ngis.is_referral(text)


def test_the_ids_of_the_public_example_file_break_their_pattern_and_are_still_taken() -> None:
    assert codes(ngis.referral_findings("r2026000201")) == ["referral-pattern"]
    assert codes(ngis.participant_findings("p2026000101")) == ["participant-pattern"]
    assert codes(ngis.lab_sample_findings("FX000000001")) == ["lab-sample-pattern"]
    assert ngis.is_referral("r2026000201")
    assert ngis.is_participant("p2026000101")


def test_a_lab_sample_id_is_ten_digits_and_its_leading_zero_counts() -> None:
    assert ngis.lab_sample_findings("0198515274") == ()
    assert codes(ngis.lab_sample_findings("198515274")) == ["lab-sample-pattern"]
    assert codes(ngis.lab_sample_findings("1.98515E+08")) == ["lab-sample-spreadsheet"]


@pytest.mark.parametrize("code", ["R0A", "RR8", "RTR", "RNN", "699X0", "8J834", "8j834", "8E834", "699X0A", " R0A "])
def test_a_published_organisation_code_has_no_finding(code: str) -> None:
    assert ods.findings(code) == ()
    assert ods.normalise(code) == code.strip().upper()


@pytest.mark.parametrize(
    ("code", "expected"),
    [("R0", "ods-pattern"), ("R0A1234", "ods-pattern"), ("R-A", "ods-pattern"), ("8E+34", "ods-spreadsheet")],
)
def test_an_odd_organisation_code_is_reported(code: str, expected: str) -> None:
    assert codes(ods.findings(code)) == [expected]


@pytest.mark.parametrize(
    "code", ["FD20024619", "FR00000001", "SA00112233", "NA0003372326", "1042942132", "0198515274", "1052533809"]
)
def test_a_real_tube_or_rack_code_has_no_finding(code: str) -> None:
    assert fluidx.findings(code) == ()


@pytest.mark.parametrize("code", ["XSA123456789", "FD200246190", "FD2002461", "10682031T0", "", "FD20024619\n"])
def test_a_code_that_only_contains_a_tube_code_is_none(code: str) -> None:
    assert codes(fluidx.findings(code)) == ["fluidx-pattern"]


def test_a_tube_code_in_small_letters_is_reported_and_not_repaired() -> None:
    assert codes(fluidx.findings("fd20024619")) == ["fluidx-case"]
    assert not fluidx.is_fluidx("fd20024619")
    assert fluidx.normalise(" fd2002 4619 ") == "FD20024619"


def test_a_tube_code_that_lost_its_zeros_in_a_spreadsheet_says_so() -> None:
    assert codes(fluidx.findings("198515274.0")) == ["fluidx-spreadsheet"]


SPECIFICATION_CODES = """119297000 69519002 258580003 122555007 440500007 441652008 441479001 258435002 364611000000101
396997002 119359002 258585008 119342007 258564008 733104004 119373006 258565009 702451000 119333000 122575003 418564007
122571007 309201001 258450006 430250001 122556008 737357006 258428005 608969007 258589002 258566005 441673008 70016006
787150001 787149001 702943006 702944000 787995009 405921002 371510003 726741007 13925004""".split()  # noqa: SIM905


@pytest.mark.parametrize("code", SPECIFICATION_CODES)
def test_a_specimen_code_in_use_has_no_finding(code: str) -> None:
    assert snomed.findings(code) == ()


@pytest.mark.parametrize("code", ["3040001000004100", "16214131000119100", "1.62141E+16", "258580003.0"])
def test_a_code_that_lost_its_last_digits_in_a_spreadsheet_says_so(code: str) -> None:
    assert codes(snomed.findings(code)) == ["snomed-spreadsheet"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("258580004", "snomed-check-digit"), ("25858", "snomed-length"), ("1" * 19, "snomed-length"),
        ("0258580003", "snomed-leading-zero"), ("DNA", "snomed-not-digits"), ("", "snomed-not-digits"),
    ],
)  # fmt: skip
def test_an_odd_code_is_reported_by_what_is_odd(code: str, expected: str) -> None:
    assert codes(snomed.findings(code)) == [expected]


def test_a_coded_value_is_parted_from_its_term() -> None:
    assert snomed.coded("258580003|Whole blood specimen (specimen)") == ("258580003", "Whole blood specimen (specimen)")
    assert snomed.coded("258580003 |Whole blood specimen|") == ("258580003", "Whole blood specimen")
    assert snomed.coded("258580003") == ("258580003", "")


@given(st.from_regex(r"\A[1-9][0-9]{4,16}\Z"))
def test_each_stem_has_exactly_one_verhoeff_digit_and_every_single_slip_is_caught(stem: str) -> None:
    right = [stem + digit for digit in "0123456789" if snomed.verhoeff_agrees(stem + digit)]
    assert len(right) == 1
    code = right[0]
    for place in range(len(code) - 1):
        left, after = code[place], code[place + 1]
        assert left == after or not snomed.verhoeff_agrees(code[:place] + after + left + code[place + 2 :])
        wrong = code[:place] + str((int(left) + 1) % 10) + code[place + 1 :]
        assert not snomed.verhoeff_agrees(wrong)


@given(st.text())
def test_any_text_gets_findings_of_known_codes(text: str) -> None:
    assert set(codes(ngis.referral_findings(text) + ngis.participant_findings(text))) <= ngis.CODES
    assert set(codes(ngis.lab_sample_findings(text))) <= ngis.CODES
    assert set(codes(ods.findings(text))) <= ods.CODES
    assert set(codes(fluidx.findings(text))) <= fluidx.CODES
    assert set(codes(snomed.findings(text))) <= snomed.CODES
