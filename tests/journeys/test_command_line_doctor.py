"""The doctor: what is well with a bench, and what to do about the rest."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import SETTINGS, CommandLine, copy_of, set_up, spoil_page

from devices.scanners.ssi_packet import Opcode
from devices.simulators.scanner import SimulatedScanner
from devices.simulators.serial_zpl_printer import SimulatedSerialZplPrinter
from devices.simulators.ssi_scanner import SimulatedSsiScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop import settings
from gms_desktop.cli import doctor
from gms_desktop.cli.doctor_file import clock_line
from gms_desktop.journal import lease
from gms_desktop.journal.lock import BenchLock
from gms_desktop.settings import PrinterSettings, ScannerSettings

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def bench_to_examine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_up(tmp_path_factory.mktemp("doctor") / "bench")


@pytest.fixture
def gms(bench_to_examine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(copy_of(bench_to_examine, tmp_path / "bench"), capsys)


def to_do(out: str) -> dict[str, str]:
    """What needs doing, by the thing looked at."""
    return {line[4:19].strip(): line[20:] for line in out.splitlines() if line.startswith("DO  ")}


def test_a_bench_that_is_well_is_told_so(gms: CommandLine) -> None:
    said = gms("doctor")
    assert to_do(said.out) == {}
    assert said.code == 0
    assert "All is well." in said.out
    for thing in ("Python", "SQLite", "Qt", "Fonts", "Disk", "Secrets", "Lock", "File", "Lease", "Clock", "Scanner"):
        assert f"OK  {thing} " in said.out


def test_asked_for_a_page_is_made_shown_printed_and_read_back_by_another_process(gms: CommandLine) -> None:
    said = gms("doctor", "--papers")
    assert said.code == 0
    assert "OK  Papers          a page was made, shown, printed into a file and its 3 codes read back" in said.out


def test_where_no_page_can_be_made_the_doctor_says_why(gms: CommandLine) -> None:
    told: list[str] = []

    def fails() -> str:
        raise OSError("the application, started once more, ended with 3 and said nothing")

    assert doctor.examine(gms.data, told.append, papers=fails) == 1
    assert any(line.startswith("DO  Papers ") and "ended with 3" in line for line in told)


def test_a_bench_that_is_not_set_up_is_told_how_to_begin_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = CommandLine(tmp_path / "nothing", capsys)("doctor")
    assert said.code == 1
    assert "Start gms-desktop run" in to_do(said.out)["Data folder"]
    assert not (tmp_path / "nothing").exists()


def test_a_recovery_key_that_nobody_printed_is_asked_for(gms: CommandLine) -> None:
    assert "OK  Recovery key    shown on 02-Nov-2026" in gms("doctor").out
    db = gms.opened()
    db.raw.execute("DELETE FROM meta WHERE name = 'recovery_key_shown'")
    db.close()
    assert "Print it once: gms-desktop recovery-key" in to_do(gms("doctor").out)["Recovery key"]


def test_an_open_window_is_named_and_is_no_fault(gms: CommandLine) -> None:
    window = BenchLock(gms.data, "R. Okafor, process 4711")
    try:
        said = gms("doctor")
    finally:
        window.release()
    assert said.code == 0
    assert "open already: R. Okafor, process 4711" in said.out


def test_devices_that_answer_are_ready(gms: CommandLine, tmp_path: Path) -> None:
    with SimulatedScanner(tmp_path) as scanner, SimulatedZplPrinter() as printer:
        said = replace_devices(gms, scanner.url, printer.host, printer.port)
        assert said == {}


def test_devices_that_are_away_are_told_with_what_works_without_them(gms: CommandLine, tmp_path: Path) -> None:
    with SimulatedScanner(tmp_path) as scanner, SimulatedZplPrinter() as printer:
        gone = scanner.url, printer.host, printer.port
    said = replace_devices(gms, *gone)
    assert "Check its cable" in said["Scanner"]
    assert "Codes can be typed" in said["Scanner"]
    assert "Switch it on" in said["Label printer"]
    assert "Tubes can be received" in said["Label printer"]


def replace_devices(gms: CommandLine, url: str, host: str, port: int) -> dict[str, str]:
    scanner = ScannerSettings(mode="serial", port=url)
    printer = PrinterSettings(host=host, port=port)
    settings.write(gms.data, replace(SETTINGS, scanner=scanner, printer=printer))
    return to_do(gms("doctor").out)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pty")
def test_a_printer_on_a_serial_line_is_asked_how_it_is(gms: CommandLine, tmp_path: Path) -> None:
    with SimulatedSerialZplPrinter(tmp_path) as printer:
        printer.suffer(paper_out=True, warnings=0x2)
        settings.write(gms.data, replace(SETTINGS, printer=PrinterSettings(mode="serial", place=printer.url)))
        said = to_do(gms("doctor").out)["Label printer"]
    assert f"{printer.url}, 9600 baud, 300 dpi: paper out. Put labels in. Clean its print head soon." in said


def test_a_printer_swapped_for_another_resolution_is_told(gms: CommandLine) -> None:
    with SimulatedZplPrinter() as printer:
        there = PrinterSettings(host=printer.host, port=printer.port, dpi=300)
        settings.write(gms.data, replace(SETTINGS, printer=there))
        assert "Resolution" not in to_do(gms("doctor").out)
        printer.mind.dots_per_mm = 8
        said = to_do(gms("doctor").out)["Resolution"]
    assert "203 dpi, and the settings say 300 dpi" in said


def test_the_printer_that_stands_there_is_named(gms: CommandLine) -> None:
    with SimulatedZplPrinter() as printer:
        settings.write(gms.data, replace(SETTINGS, printer=PrinterSettings(host=printer.host, port=printer.port)))
        assert "OK  Printer model   SIMULATED-12DPMM, firmware V1.0, 300 dpi" in gms("doctor").out


def test_a_zebra_is_asked_who_it_is(gms: CommandLine, tmp_path: Path) -> None:
    with SimulatedSsiScanner(tmp_path, over="socket") as scanner:
        zebra = ScannerSettings(mode="serial", port=scanner.url, protocol="ssi")
        settings.write(gms.data, replace(SETTINGS, scanner=zebra))
        answering = threading.Thread(target=lambda: _answer_once(scanner))
        answering.start()
        said = gms("doctor").out
        answering.join()
    assert f"OK  Scanner         {scanner.url}, Zebra SSI, 9600 baud: ready." in said
    assert "SIMULATED SSI 1.0" in said


def _answer_once(scanner: SimulatedSsiScanner) -> None:
    for _ in range(200):
        scanner.attend(0.05)
        if any(packet.opcode == Opcode.REQUEST_REVISION for packet in scanner.packets):
            return


def test_a_scanner_that_speaks_something_else_than_the_settings_say_is_told(gms: CommandLine, tmp_path: Path) -> None:
    with SimulatedScanner(tmp_path, over="socket") as scanner:
        zebra = ScannerSettings(mode="serial", port=scanner.url, protocol="ssi")
        settings.write(gms.data, replace(SETTINGS, scanner=zebra))
        assert "no scanner answers in Zebra SSI" in to_do(gms("doctor").out)["Scanner"]


def test_a_queue_that_this_computer_does_not_have_is_told(gms: CommandLine) -> None:
    settings.write(gms.data, replace(SETTINGS, printer=PrinterSettings(mode="queue", place="no-such-queue")))
    said = to_do(gms("doctor").out)["Label printer"]
    assert "queue no-such-queue, 300 dpi" in said
    assert "Tubes can be received" in said


def test_a_label_folder_that_cannot_be_made_is_named(gms: CommandLine) -> None:
    (gms.data / "labels").rmdir()
    (gms.data / "labels").write_text("in the way", "utf-8")
    assert str(gms.data / "labels") in to_do(gms("doctor").out)["Label printer"]


def test_a_damaged_file_is_told_with_the_next_step(gms: CommandLine) -> None:
    spoil_page(gms.path, 0.5)
    said = gms("doctor")
    assert said.code == 1
    assert "damaged" in to_do(said.out)["File"]
    assert "gms-desktop doctor" not in to_do(said.out)["File"]


def test_a_file_set_aside_is_shown_until_someone_has_seen_to_it(gms: CommandLine) -> None:
    aside = gms.data / "bench.damaged-20261121T090000Z.db"
    aside.write_bytes(b"damaged")
    assert f"gms-desktop salvage {aside}" in to_do(gms("doctor").out)["Damaged file"]


def test_a_restored_file_is_not_taken_for_the_one_that_last_ran_here(gms: CommandLine) -> None:
    known = lease.read(gms.data / "lease.json")
    assert known is not None
    lease.write(gms.data / "lease.json", replace(known, seq=known.seq + 50))
    assert "restored backup" in to_do(gms("doctor").out)["Lease"]


def test_settings_that_cannot_be_understood_are_told_with_their_line(gms: CommandLine) -> None:
    (gms.data / "settings.toml").write_text("format = 1\n[printer]\nport = 'nine'\n", "utf-8")
    assert "printer.port is not understood" in to_do(gms("doctor").out)["Settings"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_secrets_that_others_may_read_are_told(gms: CommandLine) -> None:
    (gms.data / "secrets" / "bench-key.secret").chmod(0o644)
    assert "others may read bench-key.secret" in to_do(gms("doctor").out)["Secrets"]


def test_a_clock_an_hour_behind_the_file_gets_a_sentence(gms: CommandLine) -> None:
    later = datetime.now(UTC) + timedelta(hours=1, minutes=5, seconds=30)
    os.utime(gms.path, (later.timestamp(), later.timestamp()))
    said = to_do(gms("doctor").out)["Clock"]
    assert "which is 1 hour 5 minutes before the file bench.db was written" in said
    assert "Set the computer's clock" in said


def test_a_packed_program_that_is_newer_than_the_clock_says_that_the_clock_is_years_off(
    gms: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "gms-desktop"
    program.touch()
    made = datetime.now(UTC) + timedelta(days=700)
    os.utime(program, (made.timestamp(), made.timestamp()))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert "before the file gms-desktop was written" in to_do(gms("doctor").out)["Clock"]


def test_a_clock_behind_the_newest_entry_gets_a_sentence() -> None:
    line = clock_line(NOON, {"newest entry": NOON + timedelta(days=2, minutes=1)}, "Europe/London")
    assert not line.ok
    assert "21-Nov-2026 12:00, which is 2 days 1 minute before the newest entry was written" in line.words


def test_the_grain_of_a_file_system_is_no_wrong_clock() -> None:
    assert clock_line(NOON, {"file bench.db": NOON + timedelta(seconds=2)}, None).ok
