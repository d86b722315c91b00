"""The first set-up as a form: what is entered is what the bench begins with."""

from ui.first_start import OR_EMPTY, first_start
from ui.joining import field_of
from ui.payloads import FormGiven

ENTERED = {
    "laboratory": "Genomic Laboratory",
    "ods_code": "R0A",
    "letter": "K",
    "bench_name": "Bench 7",
    "administrator": "A. Admin",
    "badge": "~BADGE001",
    "pin": "135790",
    "pin_again": "135790",
    "scanner_mode": "keyboard",
    "scanner_prefix": "~",
    "scanner_port": "",
    "printer_mode": "folder",
    "printer_host": "",
    "printer_port": "9100",
}


def test_a_badge_scanned_before_the_prefix_is_known_is_the_badge_that_signs_in_later() -> None:
    settings, first, problems = first_start(FormGiven(tuple(ENTERED.items())))
    assert problems == ()
    assert first is not None
    assert first.badge == "BADGE001"
    assert settings is not None
    assert settings.scanner.prefix == "~"


def test_two_pins_that_differ_are_told() -> None:
    _, _, problems = first_start(FormGiven(tuple({**ENTERED, "pin_again": "1"}.items())))
    assert [name for name, _ in problems] == ["pin_again"]


def of_the_hub(**said: str) -> FormGiven:
    return FormGiven(tuple({**ENTERED, "hub_code": "GMS-HUB-EXAMPLE", "hub_certificate": "", **said}.items()))


def test_with_an_enrolment_code_what_is_wrong_with_the_laboratory_is_told_and_not_passed_over() -> None:
    settings, first, problems = first_start(of_the_hub(ods_code="?", pin_again="1"))
    assert (settings, first) == (None, None)
    assert [name for name, _ in problems] == ["ods_code", "pin_again", ""]
    assert "ODS code" in problems[0][1]
    assert problems[-1][1] == OR_EMPTY


def test_with_an_enrolment_code_and_no_laboratory_all_of_it_comes_from_the_hub() -> None:
    empty = dict.fromkeys(("laboratory", "ods_code", "letter", "administrator", "pin", "pin_again"), "")
    settings, first, problems = first_start(of_the_hub(**empty))
    assert settings is not None
    assert (first, problems) == (None, ())


def test_a_wrong_printer_port_is_told_beside_what_is_wrong_with_the_laboratory() -> None:
    _, _, problems = first_start(
        of_the_hub(ods_code="?", printer_mode="zpl", printer_host="10.1.1.9", printer_port="many")
    )
    assert {name for name, _ in problems} == {"ods_code", "printer_port", ""}


def test_what_joining_came_to_stands_beside_the_field_that_it_is_about() -> None:
    assert field_of("ca.pem holds no certificate. Ask for the file.") == "hub_certificate"
    assert field_of("This is no enrolment code. Scan it again.") == "hub_code"
