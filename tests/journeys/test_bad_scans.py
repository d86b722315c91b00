"""Codes that are not what was expected: each gets a sentence that says what to do, and nothing is lost."""

from __future__ import annotations

import base64
import json

import pytest
from bench_top import BenchTop, Person

from devices.values import Entered, Keyed, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services import expect

SINGLE, ANOTHER = "Q26-118901-1", "Q26-118902-1"


@pytest.mark.parametrize(
    ("code", "title", "words"),
    [
        ("NOT-KNOWN-1", "Not expected", "Scan another code of it, or book an unannounced arrival."),
        ("5012345678900", "Not a specimen", "a reagent box. Scan a tube, its request or its referral."),
        ("]C10105012345678900", "Not a specimen", "product code"),
        ("RR8", "Not a specimen", "an organisation code"),
        ("FD20024619", "Not expected", "Scan another code of it"),
        ("r99999999999", "Not a specimen", "a referral that is not expected here"),
        ("p99999999999", "Not a specimen", "a participant number of nobody expected here"),
        ("999 000 1111", "Not a specimen", "an NHS number of nobody expected here"),
        ("FD20024619FD20024620", "Two codes at once", "Cover one of them, then scan again."),
        ("fd20024619", "Not expected", "Scan another code of it"),
        ("Q26#118901", "Not expected", "Scan another code of it"),
    ],
)
def test_a_code_of_the_wrong_kind_is_refused_with_what_to_do_and_receives_nothing(
    bench: BenchTop, code: str, title: str, words: str
) -> None:
    said = bench.scans(code)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, title)
    assert words in said.sentence
    assert bench.rows("SELECT id FROM specimen") == []
    assert bench.view.scans[0].words == title.lower()


@pytest.mark.parametrize(
    "code", ["NOT-KNOWN-1", "5012345678900", "RR8", "FD20024619FD20024620", "fd20024619", "Q26#118901", ANOTHER]
)
def test_no_wrong_code_moves_the_tube_that_is_in_hand(bench: BenchTop, code: str) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    assert bench.scans(code).kind is VerdictKind.REFUSED
    assert bench.in_hand.accession == number
    assert bench.scans(number).title == "Accepted"


@pytest.mark.parametrize(
    ("code", "title", "words"),
    [
        ("fd20024619", "Caps Lock", "Turn Caps Lock off, then scan again."),
        ("]D1fd20024619", "Caps Lock", "Turn Caps Lock off, then scan again."),
        ("Q26#118901", "Keyboard layout", "Set scanner and computer to the same layout."),
        ("Q26£118901", "Keyboard layout", "Set scanner and computer to the same layout."),
    ],
)
def test_a_code_typed_through_a_wrong_keyboard_state_is_refused_where_what_was_meant_is_not_certain(
    bench: BenchTop, code: str, title: str, words: str
) -> None:
    said = bench.keys(code)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, title)
    assert words in said.sentence


def test_our_own_label_typed_with_caps_lock_on_is_put_right_as_its_check_character_proves(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    assert bench.keys(number.swapcase()).title == "Accepted"
    [notice] = bench.bench.strip().notices
    assert "Caps Lock is on." in notice
    judged = [json.loads(entry)["body"] for entry in bench.entries() if b'"kind":"scan.judged"' in entry][-1]
    assert (judged["text"], judged["repaired"], judged["entered"]) == (number, "caps lock", "scanned")
    assert base64.b64decode(judged["raw"]).decode() == number.swapcase()
    assert judged["keyed"] == {
        "keys": 12, "median_ms": 5, "longest_ms": 9, "prefixed": False, "layout_known": False,
    }  # fmt: skip


def test_what_a_person_types_is_never_put_right_and_keeps_the_rhythm_of_its_keys(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    bench.clock.forward(5)
    slow = Keyed(keys=9, median_ms=180, longest_ms=420, prefixed=False)
    typed = Scan(b"x", f"{number}#", None, bench.clock.now(), "typed code", Entered.TYPED, keyed=slow)
    bench.bench.scan(typed).result(15)
    judged = [json.loads(entry)["body"] for entry in bench.entries() if b'"kind":"scan.judged"' in entry][-1]
    assert (judged["entered"], judged["repaired"]) == ("typed", None)
    assert (judged["keyed"]["median_ms"], judged["keyed"]["longest_ms"]) == (180, 420)


def test_a_kit_typed_with_caps_lock_on_is_read_as_it_was_printed(bench: BenchTop) -> None:
    assert bench.keys("]D2010950600013435217271231" + "1012ab").title == "Lot entered"
    assert bench.rows("SELECT number FROM lot") == [{"number": "12AB"}]


def test_a_prefix_that_shows_the_layout_right_lets_every_sign_pass(bench: BenchTop) -> None:
    shown = Keyed(keys=14, median_ms=5, longest_ms=9, prefixed=True, layout_known=True)
    assert bench.keys("Q26#118901", shown).title == "Not expected"


def test_our_label_run_together_with_a_tubes_code_accepts_nothing(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    assert bench.scans(f"{number}FD20024619").kind is VerdictKind.REFUSED
    assert bench.scans(f"{number}{number}").kind is VerdictKind.REFUSED
    assert bench.in_hand.accession == number


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_label_of_which_letters_are_lost_accepts_nothing(bench: BenchTop, cut: int) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    for code in (number[:-cut], number[cut:]):
        if code:
            assert bench.scans(code).kind is VerdictKind.REFUSED
    assert bench.in_hand.accession == number


@pytest.mark.parametrize("junk", [b"\x00\xff\x01junk\r", b"Q26-118\x00901-1\r", b"\xff\xfe\xfd\r", b"\x1b[2J\r"])
def test_bytes_that_are_no_code_are_refused_recorded_and_harmless(bench: BenchTop, junk: bytes) -> None:
    before = bench.count("scan.judged")
    bench.scanner.garbage(junk)
    said = bench.answered()
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not readable")
    assert "Wipe the code, then scan again. If every code comes so, check its speed" in said.sentence
    assert bench.count("scan.judged") == before + 1
    assert bench.scans(SINGLE).title == "Matches"


def test_a_very_long_scan_is_refused_and_kept(bench: BenchTop) -> None:
    bench.scanner.garbage(b"A" * 3000 + b"\r")
    assert bench.answered().kind is VerdictKind.REFUSED
    said = bench.scans(SINGLE)
    while said.title == "Not readable":
        said = bench.answered()
    assert said.title == "Matches"


def test_a_scan_of_ten_megabytes_is_refused_at_once_and_little_of_it_is_kept(bench: BenchTop) -> None:
    began = sum(map(len, bench.entries()))
    assert bench.types("A" * 10_000_000).kind is VerdictKind.REFUSED
    bench.scanner.garbage(b"A" * 1_000_000 + b"\r")
    while bench.answered().kind is VerdictKind.REFUSED and bench.count("scan.judged") < 60:
        pass
    said = bench.scans(SINGLE)
    while said.title == "Not readable":
        said = bench.answered()
    assert said.title == "Matches"
    assert sum(map(len, bench.entries())) - began < 250_000


def test_our_number_in_small_letters_typed_by_hand_is_understood(bench: BenchTop) -> None:
    bench.scans(SINGLE)
    number = bench.label()
    assert bench.types(number.lower()).title == "Scan the label"
    bench.scans(number)
    assert bench.types(number.lower()).title == "Already received"


def test_a_nhs_number_with_a_wrong_check_digit_in_a_file_lands_with_a_warning(empty_bench: BenchTop) -> None:
    made = empty_bench.expects(Person("OKORO", "A-1", "A-1-1", nhs="9990000019"))
    assert len(made.landed) == 1
    assert made.waiting == []
    assert [problem.reason_code for problem in made.reading.warnings] == ["nhs-check-digit"]
    assert empty_bench.scans("A-1-1").title == "Matches"
    assert empty_bench.view.banner is not None
    assert empty_bench.view.banner.nhs_number == "999 000 0019"


def test_a_nhs_number_with_a_wrong_check_digit_still_opens_its_request(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("OKORO", "A-1", "A-1-1", nhs="9990000019"))
    assert empty_bench.scans("9990000019").title == "Found"


def test_a_number_mangled_by_a_spreadsheet_is_refused_with_its_row_and_reason(empty_bench: BenchTop) -> None:
    made = empty_bench.expects(Person("OKORO", "A-1", "A-1-1", nhs="1.7E+09"), Person("BELL", "A-2", "A-2-1"))
    assert len(made.landed) == 1
    (problem,) = made.waiting
    assert (problem.row, problem.reason_code) == (2, "number-shortened")


def test_a_birth_date_in_the_future_is_said_of_an_arrival_and_nothing_is_booked(bench: BenchTop) -> None:
    bench.says(Command.UNANNOUNCED, "person", surname="Bell", type="EDTA blood", born="01-Jan-2031")
    assert bench.view.question is not None
    assert bench.view.question.problems == ("The date is in the future. Check the year.",)
    assert bench.rows("SELECT id FROM specimen") == []


def test_a_birth_date_in_the_future_in_a_file_is_named_and_the_row_is_not_lost(empty_bench: BenchTop) -> None:
    made = empty_bench.expects(Person("OKORO", "A-1", "A-1-1", born="01/01/2031"))
    assert "date-in-future" in [problem.reason_code for problem in (*made.reading.warnings, *made.waiting)]
    assert made.landed or made.waiting


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"a,b,c\n1,2,3\n", "No known layout has these columns"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "bytes that are not text"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_says_why_and_changes_nothing(
    bench: BenchTop, content: bytes, sentence: str
) -> None:
    before = len(bench.entries())
    made = bench.takes_in("odd.csv", content)
    said = expect.in_words(made)
    assert (said.kind, said.title) == (VerdictKind.REFUSED, "Not imported")
    assert sentence in said.sentence
    assert len(bench.entries()) == before


def test_an_unknown_code_is_looked_up_in_find_and_says_that_nothing_was_found(bench: BenchTop) -> None:
    answered = bench.looks_up("NOT-KNOWN-1")
    assert answered.verdict.title == "Nothing found"
    assert answered.find is not None
    assert answered.find.hits == ()
