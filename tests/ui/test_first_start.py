"""The first set-up as a form: what is entered is what the bench begins with."""

from ui.first_start import first_start
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
