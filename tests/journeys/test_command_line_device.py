"""Scanners on the command line: what is here, what a scanner sends, and a simulated one that hears its verdict."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from pathlib import Path
from queue import Queue
from typing import Literal

import pytest
from command_line import SETTINGS, Typed

from devices.scanners.serial_scanner import SerialScanner
from devices.simulators.host_ack_scanner import SimulatedHostAckScanner, Sound
from devices.simulators.scanner import SimulatedScanner
from devices.transports.serial_line import SerialSettings, open_serial
from devices.values import Judged, Scan
from gms_desktop import settings
from gms_desktop.cli import device_scanner
from gms_desktop.documents.self_test_sheet import codes_on
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.errors import Refused
from gms_desktop.rehearsal import scanner_console
from gms_desktop.settings import BalanceSettings, InstrumentSettings, NamedFolder, ScannerSettings
from gms_desktop.starting import dialogue_of
from ui import command


def gms(*arguments: str) -> int:
    return command.main(["device", *arguments])


def test_the_devices_of_the_settings_are_listed_with_what_they_speak(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zebra = ScannerSettings(mode="serial", port="COM7", protocol="ssi")
    settings.write(tmp_path, replace(SETTINGS, scanner=zebra))
    assert gms("list", "--data", str(tmp_path)) == 0
    said = capsys.readouterr().out
    assert "Scanner       COM7, Zebra SSI, 9600 baud" in said
    assert "\nPort " in said


def test_the_folders_of_instruments_and_the_balance_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = (NamedFolder("Qubit 2", "/srv/qubit"), NamedFolder("NanoDrop", "/srv/nanodrop"))
    balance = BalanceSettings("sbi", "COM5", 19200)
    settings.write(tmp_path, replace(SETTINGS, instruments=InstrumentSettings(folders), balance=balance))
    assert gms("list", "--data", str(tmp_path)) == 0
    said = capsys.readouterr().out
    for line in (
        "Balance       COM5, sbi, 19200 baud",
        "Qubit 2       /srv/qubit",
        "NanoDrop      /srv/nanodrop",
    ):
        assert f"\n{line}\n" in said


def test_a_bench_that_is_not_set_up_is_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gms("list", "--data", str(tmp_path)) == 0
    assert "not set up" in capsys.readouterr().out


def test_the_sheets_of_a_scanner_are_written_once_and_nothing_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, cards = tmp_path / "sheet.pdf", tmp_path / "cards.pdf"
    assert gms("self-test-sheet", "--out", str(sheet)) == 0
    assert gms("command-cards", "--out", str(cards)) == 0
    assert [kind for kind, _ in codes_on(sheet.read_bytes())] == ["]C0", "]d1", "]C1"]
    assert len(codes_on(cards.read_bytes())) == len(Card)
    said = capsys.readouterr().out
    assert "The self-test sheet is saved as" in said
    assert "The command cards are saved as" in said
    before = cards.read_bytes()
    assert gms("command-cards", "--out", str(cards)) == 2
    assert cards.read_bytes() == before
    assert gms("self-test-sheet", "--out", str(tmp_path / "no-such-folder" / "sheet.pdf")) == 2
    assert "Choose another name: nothing is overwritten." in capsys.readouterr().err


def test_a_probe_shows_each_code_with_its_bytes_and_answers_the_scanner(tmp_path: Path) -> None:
    said: Queue[str] = Queue()
    with SimulatedHostAckScanner(tmp_path, over="socket") as scanner:
        ended: Queue[int] = Queue()
        probing = threading.Thread(
            target=lambda: ended.put(device_scanner.probe(tmp_path, scanner.url, "host-ack", 0, 1.5, said.put))
        )
        probing.start()
        assert scanner.scan_and_hear("FD20024619", "]d1") == (Sound.GOOD_READ,)
        scanner.garbage(b"\xff\r")
        assert scanner.hear() == (Sound.RAZZ, Sound.RAZZ)
        probing.join()
    lines = list(said.queue)
    assert ended.get() == 0
    assert "code          'FD20024619', Data Matrix, 14 bytes 5d 64 31 46" in " ".join(lines)
    assert "Not clean: not text." in " ".join(lines)
    assert lines[-1] == "1 code came whole."


def test_a_probe_that_hears_nothing_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SimulatedScanner(tmp_path, over="socket") as scanner:
        options = ("--port", scanner.url, "--seconds", "0.2", "--data", str(tmp_path))
        assert gms("probe", "scanner", *options) == 1
    assert "0 codes came whole." in capsys.readouterr().out


def test_a_scanner_that_types_has_no_port_to_listen_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.write(tmp_path, replace(SETTINGS, scanner=ScannerSettings(prefix="~~")))
    assert gms("probe", "scanner", "--data", str(tmp_path)) == 2
    assert "types like a keyboard" in capsys.readouterr().err


def test_a_probe_without_a_port_or_with_an_unknown_protocol_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gms("probe", "scanner", "--data", str(tmp_path)) == 2
    assert "Give --port" in capsys.readouterr().err
    assert gms("probe", "scanner", "--port", "COM3", "--protocol", "morse", "--data", str(tmp_path)) == 2
    assert "plain, ssi, host-ack" in capsys.readouterr().err


def address(said: Queue[str]) -> str:
    """Of a simulated scanner: alone on its line, since it is copied from there."""
    assert said.get(timeout=10).endswith("Its port:")
    return said.get(timeout=10)


@pytest.mark.parametrize(("protocol", "heard"), [("ssi", "a high beep"), ("host-ack", "good read"), ("plain", "sent")])
def test_a_simulated_scanner_scans_what_is_typed_and_says_what_it_hears(
    protocol: Literal["plain", "ssi", "host-ack"], heard: str
) -> None:
    typed, said = Typed(), Queue[str]()
    console = threading.Thread(target=scanner_console.run, args=(protocol, "socket", typed, said.put))
    console.start()
    line, dialogue = SerialSettings(address(said)), dialogue_of(ScannerSettings(protocol=protocol), "Scanner")
    scans: Queue[Scan] = Queue()

    def judge(scan: Scan) -> None:
        scans.put(scan)
        reader.tell(scan, Judged.RIGHT)

    reader = SerialScanner("Scanner", lambda: open_serial(line), dialogue, judge, lambda _report: None)
    with reader:
        for words in ("!help", "!wink", "FD20024619", "!unplug", "FD20024619", "!replug", "!garbage", "!end", ""):
            typed.lines.put(words)
        lines = [said.get(timeout=20) for _ in range(7)]
        console.join()
    assert scans.get().text == "FD20024619"
    assert "!unplug" in lines[0]
    assert lines[1].startswith("!wink is no fault of this scanner. ")
    assert lines[2:] == [
        f"FD20024619: {heard}",
        "!unplug: done.",
        "the scanner is unplugged.",
        "!replug: done.",
        "!garbage: done.",
    ]


def test_a_reagent_kit_is_typed_with_its_identifier_and_group_separators() -> None:
    typed, said = Typed(), Queue[str]()
    console = threading.Thread(target=scanner_console.run, args=("plain", "socket", typed, said.put))
    console.start()
    line = SerialSettings(address(said))
    scans: Queue[Scan] = Queue()
    dialogue = dialogue_of(ScannerSettings(), "Scanner")
    with SerialScanner("Scanner", lambda: open_serial(line), dialogue, scans.put, lambda _report: None):
        typed.lines.put("]d2010501234567890010A7<GS>17261231")
        scan = scans.get(timeout=10)
        typed.lines.put("")
        console.join()
    assert (scan.symbology, scan.text) == ("]d2", "010501234567890010A7\x1d17261231")


def test_a_scanner_that_nobody_makes_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="plain, ssi, host-ack"):
        scanner_console.run("morse", "socket", sys.stdin, print)
