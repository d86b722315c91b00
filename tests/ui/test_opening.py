"""What stands in the window while the bench opens, and when it cannot be opened."""

from dataclasses import replace
from pathlib import Path

from at_the_bench import AtTheBench, application
from PySide6.QtWidgets import QApplication, QLabel

from devices.simulators.host_ack_scanner import SimulatedHostAckScanner, Sound
from ui import words
from ui.bench_top import BenchTop
from ui.payloads import FormGiven

SAID = {
    "scanner_mode": "keyboard", "scanner_prefix": "", "scanner_port": "", "printer_mode": "folder",
    "printer_host": "", "printer_port": "9100",
    "laboratory": "Genomic Laboratory", "ods_code": "R0A", "letter": "K", "bench_name": "Bench 7",
    "administrator": "A. Admin", "badge": "B-1", "pin": "135790", "pin_again": "135790",
}  # fmt: skip


def in_view(person: AtTheBench) -> str:
    screen = person.window.screen_in_view
    assert screen is not None
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def stands_refused(person: AtTheBench, sentence: str) -> None:
    person.until(lambda: words.CANNOT_OPEN in in_view(person))
    assert sentence in in_view(person)
    assert person.window.screen_in_view is person.window.sign_in
    assert not person.window.rail.isEnabled()


def test_while_it_opens_the_window_says_so_and_the_rail_rests(app: QApplication, tmp_path: Path) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        assert person.window.screen_in_view is person.window.sign_in
        assert words.OPENING in in_view(person)
        assert not person.window.rail.isEnabled()
        person.until(lambda: person.application.joined is not None)
        assert words.SIGN_IN_FIRST in in_view(person)


def test_screens_that_nobody_has_asked_for_are_made_while_there_is_time(app: QApplication, tmp_path: Path) -> None:
    with application(app, tmp_path, rehearsal=True, loads_rest=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.until(lambda: "handover" in vars(person.window) and "keys" in vars(person.window))
        assert not person.window.furnish_more()


def test_a_second_window_says_who_has_the_bench(rehearsal: AtTheBench, tmp_path: Path) -> None:
    with application(rehearsal.app, tmp_path, rehearsal=True) as second:
        stands_refused(second, "already")


def test_a_folder_that_cannot_be_made_is_named(app: QApplication, tmp_path: Path) -> None:
    (tmp_path / "bench").write_text("a file where the folder should be")
    with application(app, tmp_path / "bench", rehearsal=True) as person:
        stands_refused(person, "cannot be written")


def test_settings_are_written_once_the_bench_has_its_first_writer(first_start: AtTheBench, tmp_path: Path) -> None:
    first_start.window.set_up_given.emit(FormGiven(tuple(SAID.items())))
    assert not (tmp_path / "settings.toml").exists()
    first_start.until(lambda: first_start.application.joined is not None)
    assert (tmp_path / "settings.toml").exists()


def test_a_first_start_that_fails_leaves_no_settings_and_says_why(app: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "bench"
    folder.write_text("a file where the folder should be")
    with application(app, folder) as person:
        person.window.set_up_given.emit(FormGiven(tuple(SAID.items())))
        stands_refused(person, "cannot be written")
        assert folder.is_file()


def test_the_things_to_scan_go_with_the_window(rehearsal: AtTheBench) -> None:
    top = rehearsal.application.bench_top
    assert isinstance(top, BenchTop)
    assert top.isVisible()
    rehearsal.window.close()
    assert not top.isVisible()
    assert not top._look.isActive()


def test_another_scanner_in_the_settings_is_listened_to_at_once_and_the_former_one_no_more(
    rehearsal: AtTheBench, tmp_path: Path
) -> None:
    with SimulatedHostAckScanner(tmp_path, over="socket") as honeywell:
        said = replace(rehearsal.bench.settings.scanner, port=honeywell.url, protocol="host-ack")
        settings = replace(rehearsal.bench.settings, scanner=said)
        rehearsal.bench.settings = settings
        joined = rehearsal.application.joined
        assert joined is not None
        joined.settings_changed.emit(settings)
        rehearsal.until(lambda: rehearsal.bench.devices()[0].ready)
        assert "Honeywell Host ACK" in rehearsal.bench.devices()[0].place
        honeywell.scan("BADGE-OKAFOR")
        rehearsal.until(lambda: bool(rehearsal.bench.session.awaiting))
        assert honeywell.hear() == (Sound.GOOD_READ,)
