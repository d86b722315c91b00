"""Nothing that identifies a patient stands in a stored byte: only beside the journal, where it can be erased."""

from __future__ import annotations

import base64

import pytest
from bench_top import BenchTop, Person

from gms_desktop.domain.commands import Command

NAMES = ("FEATHERSTONEHAUGH", "Wilhelmina")
NHS, HOSPITAL, BORN = "9990000018", "H7733190", "1971-03-05"
REQUESTOR, COMMENT = "Dr Quillfeather", "Mother rang, 07700 900123"
PATIENT = Person(
    NAMES[0],
    "A-1",
    "A-1-1",
    forename=NAMES[1],
    nhs=NHS,
    hospital=HOSPITAL,
    born="05/03/1971",
    requestor=REQUESTOR,
)
SECRETS = (*NAMES, NHS, HOSPITAL, BORN, "05/03/1971", "05-Mar-1971", "Quillfeather", COMMENT, "900123")


def forms(text: str) -> list[bytes]:
    plain = text.encode()
    shapes = [plain, plain.lower(), plain.upper(), b" ".join([plain[:3], plain[3:6], plain[6:]])]
    return [*shapes, *(base64.b64encode(shape).rstrip(b"=")[:-1] for shape in shapes)]


def stand_in_the_bytes(bench: BenchTop, *texts: str) -> list[str]:
    stored = b"\n".join(bench.entries())
    return [text for text in texts for form in forms(text) if len(form) > 3 and form in stored]


def test_after_a_whole_shift_no_name_number_date_requestor_or_comment_stands_in_any_entry(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    bench.expects(PATIENT, Person("BELL", "A-2", "A-2-1", nhs="1.7E+09", hospital="H99112233"), name="BELL-RUTH.csv")
    bench.scans(NHS)
    bench.scans("999 000 0018")
    bench.asks_for(Command.NO_CODE)
    number = bench.label()
    bench.says(Command.SOMETHING_DIFFERS, "surname")
    bench.says(Command.HOLD, "other", comment=COMMENT)
    bench.scans(number)
    bench.scans(HOSPITAL)
    bench.looks_up(NAMES[0])
    bench.types(NAMES[1])
    bench.undoes()
    bench.says(Command.UNANNOUNCED, "person", surname=NAMES[0], forename=NAMES[1], born="05-Mar-1971", nhs=NHS,
               hospital=HOSPITAL, hospital_ods="RR8", type="EDTA blood", requestor=REQUESTOR)  # fmt: skip
    assert stand_in_the_bytes(bench, *SECRETS, "BELL-RUTH", "H99112233") == []


def test_the_private_values_are_known_beside_the_journal(empty_bench: BenchTop) -> None:
    empty_bench.expects(PATIENT)
    kept = {row["value"] for row in empty_bench.rows("SELECT value FROM private")}
    assert {*NAMES, NHS, HOSPITAL, BORN, REQUESTOR} <= kept


@pytest.mark.parametrize("code", [NHS, "999 000 0018", HOSPITAL, "p12345678901", "9434765919", "4471920", "447192"])
def test_a_scan_that_may_identify_a_patient_keeps_its_text_among_the_private_values(
    empty_bench: BenchTop, code: str
) -> None:
    empty_bench.expects(PATIENT)
    empty_bench.scans(code)
    assert stand_in_the_bytes(empty_bench, code) == []
    assert empty_bench.view.scans[0].code == code


def test_a_nhs_number_read_with_one_digit_wrong_is_private_too(empty_bench: BenchTop) -> None:
    empty_bench.scans("9990000017")
    assert stand_in_the_bytes(empty_bench, "9990000017") == []


def test_a_nhs_number_scanned_at_a_locked_screen_is_private_too(empty_bench: BenchTop) -> None:
    empty_bench.expects(PATIENT)
    empty_bench.restart()
    empty_bench.scans(NHS)
    assert stand_in_the_bytes(empty_bench, NHS) == []


def test_a_patients_number_entered_as_the_tubes_code_is_asked_for_in_its_own_field(bench: BenchTop) -> None:
    bench.says(Command.UNANNOUNCED, "person", surname="Bell", type="EDTA blood", code=NHS, sender="RR8")
    assert bench.view.question is not None
    (problem,) = bench.view.question.problems
    assert "NHS number" in problem
    assert stand_in_the_bytes(bench, NHS) == []


def test_a_file_that_uses_the_nhs_number_as_request_or_tube_code_keeps_it_out_of_the_bytes(
    empty_bench: BenchTop,
) -> None:
    made = empty_bench.expects(Person("OKORO", NHS, NHS, nhs=NHS))
    assert len(made.landed) + len({problem.row for problem in made.waiting}) == 1
    assert stand_in_the_bytes(empty_bench, NHS) == []


def test_a_file_whose_only_numbers_are_the_patients_lands_once(empty_bench: BenchTop) -> None:
    row = Person("OKORO", NHS, NHS, nhs=NHS)
    assert len(empty_bench.expects(row).landed) == 1
    assert len(empty_bench.expects(row).already) == 1


def test_a_tube_whose_only_code_is_the_patients_number_is_received_as_one_without_a_code(empty_bench: BenchTop) -> None:
    made = empty_bench.expects(Person("OKORO", "A-1", NHS, nhs=NHS))
    assert len(made.landed) == 1
    assert empty_bench.scans(NHS).title == "Found"
    assert empty_bench.asks_for(Command.NO_CODE).title == "Matches"
    assert empty_bench.scans(empty_bench.label()).title == "Accepted"
    assert stand_in_the_bytes(empty_bench, NHS) == []


def test_a_product_code_and_our_own_label_stay_readable_in_the_journal(bench: BenchTop) -> None:
    bench.scans("5012345678900")
    assert b"5012345678900" in bench.entries()[-1]
