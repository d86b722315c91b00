"""Files of expected requests: every good row lands, every other row says what stands where and what to do."""

from __future__ import annotations

import csv
import io
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.findings import Severity, SeverityProfile
from gms_desktop.domain.identifiers import ngis, nhs_number, ods, snomed
from gms_desktop.exchange import dwgs, gel1004
from gms_desktop.exchange.expected import Category, InfectionRisk, Reading, Role
from gms_desktop.exchange.layouts import read
from gms_desktop.exchange.mapped import MappingError, layout_of, layout_of_toml
from gms_desktop.exchange.problem_words import PROBLEM_WORDS, file_sentence, row_sentence

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data" / "exchange"
EXAMPLE = (ROOT / "resources" / "reference" / "example-mapping.toml").read_text(encoding="utf-8")


# The sample files carry NHS numbers kept for tests; at this laboratory that is a note, and notes ask for nothing.
TRAINING = SeverityProfile("training", severities={nhs_number.SYNTHETIC: Severity.NOTE})


def reading(name: str, mapping: dict[str, object] | None = None, profile: SeverityProfile = TRAINING) -> Reading:
    return read(name, (DATA / name).read_bytes(), mapping, profile)


def problems(found: Reading) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.reason_code) for each in found.problems]


def about_file(found: Reading) -> list[str]:
    return [each.reason_code for each in found.file_problems]


def sentences(found: Reading) -> list[str]:
    in_rows = [row_sentence(each) for row in (*found.rows, *found.refused) for each in row.findings]
    return in_rows + [file_sentence(each) for each in found.file_problems]


def manifest(*rows: dict[str, str], columns: tuple[str, ...] = dwgs.COLUMNS) -> bytes:
    """A dWGS manifest in which each row differs from a sound one by the cells given."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for at, changes in enumerate(rows):
        sound = {
            "referral_id": f"r300000{at:05}",
            "patient_ngis_id": f"p300000{at:05}",
            "glh_laboratory_id": "699C0",
            "primary_sample_type": "Germline sample",
            "primary_sample_state": "Blood",
            "dispatched_sample_lsid": f"17000{at:05}",
            "dispatched_sample_type": "DNA",
            "dispatched_sample_state": "DNA",
            "family_structure": "Singleton",
            "participant_type": "Proband",
        }
        writer.writerow([{**sound, **changes}.get(column, "") for column in columns])
    return out.getvalue().encode()


# The dWGS digital manifest


@pytest.mark.parametrize(
    "name",
    [
        "dwgs-utf8.csv",
        "dwgs-utf8-bom.csv",
        "dwgs-utf16le-tabs.txt",
        "dwgs-utf16be.csv",
        "dwgs-cp1252-semicolons.csv",
        "dwgs-bare-cr.csv",
    ],
)
def test_one_manifest_means_the_same_however_it_was_saved(name):
    plain, found = reading("dwgs-utf8.csv"), reading(name)
    assert found.layout == "dWGS digital manifest"
    assert found.rows == plain.rows
    assert not found.refused
    assert len(found.rows) == 4
    assert set(about_file(found)) <= {"encoding-assumed", "type-code-in-state"}


def test_a_manifest_row_carries_everything_the_bench_compares():
    row = reading("dwgs-utf8.csv").rows[1]
    assert row.row == 3
    assert (row.referral_id, row.test) == ("r30000000002", "R14.1")
    assert (row.role, row.role_as_written, row.family_structure) == (Role.PROBAND, "Proband", "Trio")
    assert (row.surname, row.forename, row.birth_date_iso) == ("TESTPATIENT-Müller", "Zoë", "2019-06-02")
    assert (row.nhs_number, row.ngis_participant_id) == ("9449307555", "p03751485482")
    assert row.specimen_codes == ("1700009502", "D26-0002")
    assert (row.specimen_type, row.specimen_type_code) == ("Germline sample", "258566005")
    assert (row.rack_id, row.rack_well, row.consignment) == ("SA12345678", "B01", "TEST-CONSIGN-1")
    assert (row.sender_ods, row.location, row.collected) == ("699C0", "RR8", "2026-08-18")
    assert (row.category, row.infection_risk) == (Category.NOT_STATED, InfectionRisk.NOT_STATED)
    assert row.raw["dispatched_sample_volume_(ul)"] == "120"
    assert row.findings == ()


def test_no_name_birth_date_or_number_of_a_patient_shows_in_a_trace():
    found = reading("dwgs-utf8.csv")
    shown = repr(found) + repr(reading("dwgs-resaved-by-spreadsheet.csv"))
    for private in ("TESTPATIENT", "Zoë", "1978-01-17", "9449305552", "p03751485481", "04/03/1985"):
        assert private not in shown


def test_a_file_without_headings_shows_its_first_row_on_the_screen_and_never_in_a_trace():
    found = read("Ada TESTPATIENT.csv", b"Ada,TESTPATIENT,9449305552\nBea,TESTPATIENT,9449307555\n")
    assert "Columns found: Ada, TESTPATIENT, 9449305552." in sentences(found)[0]
    assert "TESTPATIENT" not in repr(found)


def test_a_rack_code_built_from_a_patients_number_never_shows_in_a_trace():
    assert "9999999581" not in repr(reading("dwgs-traps.csv"))


def test_a_manifest_that_a_spreadsheet_saved_again_loses_the_rows_whose_tube_codes_are_gone_and_keeps_the_rest():
    found = reading("dwgs-resaved-by-spreadsheet.csv")
    assert problems(found) == [
        (2, "dispatched_sample_lsid", "number-shortened"),
        (3, "dispatched_sample_lsid", "number-shortened"),
        (4, "dispatched_sample_lsid", "number-with-decimals"),
    ]
    (row,) = found.rows
    assert (row.row, row.surname, row.raw["patient_surname"]) == (5, "TESTPATIENT", "  TESTPATIENT\u00a0")
    assert (row.birth_date, row.birth_date_iso) == ("04/03/1985", "")
    assert [each.reason_code for each in row.findings] == ["row-short", "date-order-open"]
    assert row_sentence(found.problems[0]) == (
        "Row 2, dispatched_sample_lsid: “1.7E+09” is what a spreadsheet made of a longer number. "
        "The identifier is lost. Type it from the request form, or ask the sender for the file as it was exported."
    )


def test_a_family_is_not_called_incomplete_because_one_of_its_rows_waits():
    assert "family-size" not in about_file(reading("dwgs-resaved-by-spreadsheet.csv"))


def test_a_manifest_without_needed_columns_says_which_were_found_and_which_each_layout_needs():
    found = reading("dwgs-missing-columns.csv")
    assert (found.layout, found.rows) == ("", ())
    assert about_file(found) == ["layout-unknown"]
    sentence = sentences(found)[0]
    assert "Columns found: referral_id, " in sentence
    assert "dWGS digital manifest needs also: glh_laboratory_id, dispatched_sample_lsid." in sentence
    assert "GEL1004 needs also: Participant ID" in sentence


def test_a_manifest_with_the_national_columns_only_is_read_and_says_what_it_leaves_out():
    found = reading("dwgs-national-columns-only.csv")
    assert len(found.rows) == 4
    absent = next(each for each in found.file_problems if each.reason_code == "columns-absent")
    assert absent.detail.split(", ") == list(dwgs.LOCAL_COLUMNS)


def test_the_traps_of_the_public_example_are_told_and_drop_no_row():
    found = reading("dwgs-traps.csv")
    assert len(found.rows) == 4
    assert about_file(found) == ["rack-several-consignments", "well-repeated", "family-size", "type-code-in-state"]
    assert [each.reason_code for each in found.rows[1].findings] == [
        "referral-pattern",
        "nhs-check-digit",
        "participant-pattern",
        "lab-sample-pattern",
    ]
    assert "patient-number-in-code" in [each.reason_code for each in found.rows[3].findings]
    assert "Rack SA12345678 has 3 consignment numbers." in sentences(found)[-4]


def test_a_laboratory_may_let_a_wrong_check_digit_keep_the_row_back():
    strict = SeverityProfile("strict", severities={nhs_number.CHECK_DIGIT: Severity.BLOCK})
    found = reading("dwgs-traps.csv", profile=strict)
    assert problems(found) == [(3, "patient_nhs_number", "nhs-check-digit")]
    assert [row.row for row in found.rows] == [2, 4, 5]


def test_every_empty_needed_cell_is_told_not_only_the_first():
    found = read("m.csv", manifest({"referral_id": " ", "dispatched_sample_lsid": ""}, {}, {"patient_ngis_id": ""}))
    assert problems(found) == [
        (2, "referral_id", "cell-required"),
        (2, "dispatched_sample_lsid", "cell-required"),
        (4, "patient_ngis_id", "cell-required"),
    ]
    assert [row.row for row in found.rows] == [3]


def test_headings_are_known_whatever_their_case_order_and_spaces():
    content = manifest({}, columns=tuple(reversed(dwgs.COLUMNS)))
    head, rest = content.split(b"\n", 1)
    shouted = head.decode().upper().replace("REFERRAL_ID", " Referral_ID ").encode()
    found = read("m.csv", shouted + b"\n" + rest)
    assert len(found.rows) == 1
    assert found.columns_unread == ()


def test_columns_that_no_layout_knows_are_listed_and_kept_with_the_row():
    found = read("m.csv", manifest({"freezer": "F3"}, columns=(*dwgs.COLUMNS, "freezer")))
    assert found.columns_unread == ("freezer",)
    assert found.rows[0].raw["freezer"] == "F3"


def test_two_different_rows_for_one_tube_are_both_kept_back():
    one_tube = {"dispatched_sample_lsid": "1700009999"}
    found = read("m.csv", manifest({}, one_tube, one_tube))
    assert problems(found) == [
        (3, "dispatched_sample_lsid", "tube-code-repeated"),
        (4, "dispatched_sample_lsid", "tube-code-repeated"),
    ]
    assert "stands in rows 3 and 4" in row_sentence(found.problems[0])


def test_a_row_written_twice_lands_once():
    found = read("m.csv", manifest({}) + manifest({}).split(b"\n", 1)[1])
    assert [row.row for row in found.rows] == [2]
    assert problems(found) == [(3, "", "row-repeated")]
    assert row_sentence(found.problems[0]) == "Row 3 says the same as row 2, which is read. Nothing needs doing."


def test_a_row_whose_cells_slipped_sideways_is_kept_back():
    content = manifest({}, {}).replace(b"p30000000000,", b"")
    found = read("m.csv", content)
    assert problems(found) == [(2, "", "row-too-short")]
    assert [row.row for row in found.rows] == [3]


def test_a_row_with_a_cell_too_many_is_kept_back_and_empty_cells_at_its_end_do_no_harm():
    lines = manifest({}, {}).decode().splitlines()
    found = read("m.csv", "\n".join([lines[0], lines[1] + ",more", lines[2] + ",,"]).encode())
    assert problems(found) == [(2, "", "row-too-long")]
    assert [row.row for row in found.rows] == [3]


def test_a_cancer_row_without_topography_or_tumour_content_is_told_and_lands():
    found = read("m.csv", manifest({"clinical_indication_test_type_id": "M1.1"}))
    assert [(each.reason_code, each.column) for each in found.warnings] == [
        ("cancer-field-blank", column) for column in dwgs.CANCER_MUST
    ]
    assert len(found.rows) == 1


def test_two_probands_in_one_referral_are_told():
    found = read("m.csv", manifest(*[{"referral_id": "r30000000099", "family_structure": "Duo"}] * 2))
    assert about_file(found)[-1] == "several-probands"


def test_a_tumour_and_a_germline_tube_of_one_person_count_as_one_person():
    same = {"referral_id": "r30000000099", "patient_ngis_id": "p30000000099"}
    assert "family-size" not in about_file(read("m.csv", manifest(same, same)))


def test_a_snomed_code_that_a_spreadsheet_cut_is_not_used():
    found = read("m.csv", manifest({"dispatched_sample_type": "3040001000004100|Block"}))
    assert found.rows[0].specimen_type_code == ""
    assert found.rows[0].specimen_type == "3040001000004100|Block"
    assert [each.reason_code for each in found.warnings] == ["snomed-spreadsheet"]


# GEL1004


@pytest.mark.parametrize("name", ["gel1004.csv", "gel1004-with-delivery-mode.csv"])
def test_a_gel1004_file_is_read_with_and_without_its_last_column(name):
    found = reading(name)
    assert (found.layout, found.file_problems, found.refused, found.columns_unread) == ("GEL1004", (), (), ())
    assert [row.role for row in found.rows] == [Role.PROBAND, Role.FAMILY_MEMBER, Role.PROBAND]
    assert [row.priority for row in found.rows] == ["Urgent", "Urgent", "Routine"]
    assert found.rows[0].specimen_codes == ("1700009511",)
    assert found.rows[0].sender_ods == "eme"
    assert found.warnings == ()


def test_a_gel1004_file_of_2019_with_one_tube_code_for_two_people_keeps_both_rows_back():
    found = reading("gel1004-2019-columns.csv")
    assert [each[2] for each in problems(found)] == ["tube-code-repeated", "tube-code-repeated"]
    assert {each.reason_code for row in found.refused for each in row.findings if not each.blocks} == {
        "participant-pattern",
        "referral-pattern",
        "well-shape",
    }


# A laboratory's own columns


def test_the_example_mapping_reads_a_hospital_export():
    found = reading("mapped-cp1252.csv", tomllib.loads(EXAMPLE))
    first, second, third = found.rows
    assert found.layout == "EXAMPLE hospital request export"
    assert (first.role, first.category, first.infection_risk) == (Role.PROBAND, Category.CLINICAL, InfectionRisk.YES)
    assert (first.birth_date_iso, first.specimen_codes) == ("1978-04-03", ("TB-0001", "26G0001"))
    assert (first.hospital_number, first.hospital_number_ods, first.sender_ods) == ("H100001", "RR8", "XXX")
    assert (first.requestor, first.location, first.request_number) == ("Dr Example", "Clinic 4", "ORD-1")
    assert (second.surname, second.specimen_type_code) == ("O’TESTPATIENT", "119297000")
    assert (third.category, third.birth_date) == (Category.EQA, "")
    assert found.columns_unread == ("Theatre list",)
    assert problems(found) == [(5, "Order number", "cell-required")]
    reasons = {each.reason_code for each in found.refused[0].findings}
    assert reasons == {"cell-required", "role-unknown", "date-not-real"}


def test_words_about_infection_that_are_not_understood_count_as_unknown_never_as_no():
    second = reading("mapped-cp1252.csv", tomllib.loads(EXAMPLE)).rows[1]
    assert second.infection_risk is InfectionRisk.UNKNOWN
    assert [each.reason_code for each in second.findings] == ["infection-risk-unknown"]


def mapped(rows: str) -> Reading:
    columns = {"specimen_codes": "Tube", "surname": "Name", "test": "Test"}
    return read("x.csv", f"Tube,Name,Test\n{rows}".encode(), {"required": ["specimen_codes"], "columns": columns})


def test_one_tube_may_be_sent_for_several_tests_but_not_for_two_people():
    assert len(mapped("T1,Smith,R14.1\nT1,Smith,R59.1\n").rows) == 2
    assert [each[2] for each in problems(mapped("T1,Smith,R14.1\nT1,Jones,R59.1\n"))] == ["tube-code-two-people"] * 2


def test_a_published_layout_is_still_known_when_a_mapping_is_given():
    assert reading("gel1004.csv", tomllib.loads(EXAMPLE)).layout == "GEL1004"


@pytest.mark.parametrize(("text", "words"), [
    ("name = ", "ends in the middle of a value"),
    ('required = ["surname"]', "name at least one column"),
    ('required = ["surname"]\n[columns]\nshoe_size = "x"', "shoe_size"),
    ('required = ["surname"]\n[columns]\nforename = "x"', "no column is given for surname"),
    ('[columns]\nforename = "x"', "list the fields"),
    ('required = ["surname"]\n[columns]\nsurname = ["a", "b"]', "give one heading"),
    ('required = ["surname"]\n[columns]\nsurname = 3', "heading of the column as text"),
    ('required = ["surname"]\ndate_order = "sideways"\n[columns]\nsurname = "a"', "day first"),
    ('required = ["surname"]\n[columns]\nsurname = "a"\n[constants]\nsender_ods = 699', "quotation marks"),
    ('required = ["surname"]\n[columns]\nsurname = "a"\n[constants]\nsurname = "b"', "stand in a column too"),
    ('required = ["surname"]\n[columns]\nsurname = "a"\n[constants]\ncategory = "fun"', "EQA"),
    ('required = ["surname"]\n[columns]\nsurname = "a"\n[values.role]\n"Boss" = "captain"', "proband"),
    ('requires = ["surname"]', "not a part of a mapping"),
    ('required = ["surname"]\ncolumns = "a"', "table of names and texts"),
])  # fmt: skip
def test_a_mapping_that_cannot_be_used_says_which_part_and_what_may_stand_there(text, words):
    with pytest.raises(MappingError, match=words):
        layout_of_toml(text)


def test_the_example_mapping_is_marked_as_an_example_throughout():
    assert EXAMPLE.startswith("# EXAMPLE")
    assert layout_of(tomllib.loads(EXAMPLE)).name.startswith("EXAMPLE")


# Everything


def test_every_reason_of_the_identifier_rules_has_a_sentence():
    assert set(PROBLEM_WORDS) >= nhs_number.CODES | ngis.CODES | ods.CODES | snomed.CODES


def test_no_sentence_blames_or_begs():
    for sentence in PROBLEM_WORDS.values():
        assert not {"invalid", "please", "sorry", "oops", "error:"} & set(sentence.lower().split())
        assert sentence.endswith((".", "{detail}."))


@pytest.mark.parametrize("name", sorted(each.name for each in DATA.iterdir() if each.suffix in {".csv", ".txt"}))
def test_every_sample_file_is_told_in_whole_sentences(name):
    assert all(sentence and "{" not in sentence for sentence in sentences(reading(name, tomllib.loads(EXAMPLE))))


odd_cell = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    st.sampled_from(["1.7E+09", "r30000000001", "9449305552", "258580003|Blood", "#REF!", "|"]),
)


@given(st.lists(st.lists(odd_cell, max_size=46), max_size=6), st.sampled_from([dwgs.COLUMNS, gel1004.COLUMNS]))
def test_whatever_stands_in_the_cells_every_row_lands_or_is_told_of(rows, columns):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([columns, *rows])
    found = read("x.csv", out.getvalue().encode())
    holding = [number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    assert sorted(each.row for each in (*found.rows, *found.refused)) == holding
    assert {each.row for each in found.problems} == {each.row for each in found.refused}
    assert all(sentences(found)) or not sentences(found)


@given(st.binary(max_size=300))
def test_whatever_the_bytes_a_reading_comes_back(content):
    found = read("x", content)
    assert found.size == len(content)
    assert found.rows == ()


def test_a_manifest_of_960_rows_lands_whole():
    wells = [f"{row}{column:02}" for column in range(1, 13) for row in "ABCDEFGH"]
    content = manifest(
        *[
            {
                "gmc_rack_id": f"SA{at // 96:08}",
                "gmc_rack_well": wells[at % 96],
                "patient_nhs_number": "9449305552",
                "patient_date_of_birth": "1978-01-17",
                "clinical_information": "x" * 200,
            }
            for at in range(960)
        ]
    )
    began = time.perf_counter()
    found = read("m.csv", content)
    print(f"960 rows, {len(content) / 1000:.0f} kB: {(time.perf_counter() - began) * 1000:.0f} ms")  # noqa: T201
    assert len(found.rows) == 960
    assert found.refused == ()
    assert found.file_problems == ()
