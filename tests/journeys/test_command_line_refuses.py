"""What a device cannot have is refused in words on the command line, before anything is opened or waited for."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.cli import device_rack_reader
from gms_desktop.errors import Refused
from ui import command

REFUSED = 2


def gms(capsys: pytest.CaptureFixture[str], *options: object) -> tuple[int, str]:
    capsys.readouterr()
    code = command.main(["device", *map(str, options)])
    said = capsys.readouterr()
    assert "Errno" not in said.out + said.err
    return code, said.out + said.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("probe", "printer", "--host", "10.1.1.9", "--port", 99999), "99999 is no port number"),
        (("probe", "printer", "--host", "10.1.1.9:99999"), "99999 is no port number"),
        (("probe", "printer", "--host", "10.1.1.9:9100", "--port", 6101), "Two ports are given"),
        (("probe", "printer", "--mode", "serial", "--place", "COM4", "--baud", 7), "7 is no speed of a port"),
        (
            ("probe", "printer", "--mode", "serial", "--place", "socket://h:99999"),
            "no address of a serial server",
        ),
        (("probe", "scanner", "--port", "COM3", "--baud", 7), "7 is no speed of a port"),
        (("probe", "scanner", "--port", "rfc2217://10.1.1.9"), "no address of a serial server"),
        (("probe", "scanner", "--port", "COM3", "--seconds", -1), "--seconds says how long to listen"),
        (("probe", "scanner", "--port", "COM3", "--seconds", "nan"), "--seconds says how long to listen"),
        (("probe", "rack-reader", "--at", "10.1.1.9:99999"), "99999 is no port number"),
        (("simulate", "printer", "--port", 99999), "99999 is no port number"),
        (("simulate", "rack-reader", "--port", -1), "-1 is no port number"),
    ],
    ids=lambda one: " ".join(map(str, one[-2:])) if isinstance(one, tuple) else "",
)
def test_a_number_that_no_device_can_have_is_refused(
    capsys: pytest.CaptureFixture[str], options: tuple[object, ...], words: str
) -> None:
    code, said = gms(capsys, *options)
    assert code != 0
    assert words in said


def test_a_port_behind_the_host_counts_and_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    with SimulatedZplPrinter() as printer:
        code, said = gms(capsys, "probe", "printer", "--host", f"{printer.host}:{printer.port}")
    assert code == 0
    assert f"Label printer {printer.host}:{printer.port}\n" in said


def test_a_scanner_from_which_nothing_came_is_told_what_to_look_at(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = gms(capsys, "probe", "scanner", "--port", "/dev/no-such-port", "--seconds", 0.05)
    assert code == 1
    assert "0 codes came whole." in said
    assert "gms-desktop device list names them all" in said


def test_a_computer_without_a_print_system_is_told_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, said = gms(capsys, "probe", "printer", "--mode", "queue", "--place", "labels")
    assert code == 1
    assert "no print system is installed on this computer" in said


def test_a_rack_reader_that_is_asked_says_at_once_what_is_waited_for(tmp_path: Path) -> None:
    order: list[str] = []
    device_rack_reader.probe("fluidx", "127.0.0.1:9", "96", "", None, None, order.append, order.append)
    assert "127.0.0.1:9" in order[0]
    assert "up to 90 s" in order[0]
    assert "cannot be reached" in order[1]
    with pytest.raises(Refused, match="no port number"):
        device_rack_reader.probe("fluidx", "127.0.0.1:0", "96", "", None, None, order.append)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("device", "gms-desktop device: say what is to be done: command-cards, list, probe"),
        ("device simulate toaster", "there is no 'toaster'. There are balance, printer, rack-reader, scanner."),
        ("device probe scanner --baud fast", "--baud cannot be read: it is a whole number."),
        ("device probe scanner --seconds long", "--seconds cannot be read: it is a number."),
        ("device probe printer --host", "--host wants a value behind it."),
        ("device list --all", "there is no --all here."),
        ("device list scanners", "there is more than it takes: scanners."),
        ("label render tube-25x51", "--out is missing."),
        ("label render", "layout is missing."),
        ("label render tube-25x51 --out o --dpi 250", "--dpi cannot be read: it is one of '203', '300', '600'."),
    ],
)
def test_a_line_that_is_misread_says_what_there_is_in_words(
    capsys: pytest.CaptureFixture[str], line: str, words: str
) -> None:
    assert command.main(line.split()) == REFUSED
    said = capsys.readouterr().err
    assert words in said
    assert "--help tells more." in said
    assert not {"error", "invalid"} & set(said.lower().replace(":", " ").split())


@pytest.mark.parametrize(
    "asks",
    [
        ["audit", "trail.csv"],
        ["recovery-key"],
        ["recovery-key", "--enter"],
        ["files", "--out", "."],
        ["carry-out", "stick.gms"],
    ],
    ids=" ".join,
)
def test_where_nobody_can_type_what_is_asked_for_it_is_said_what_to_give(
    asks: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.chdir(tmp_path)
    assert command.main([*asks, "--data", str(tmp_path / "bench")]) == 2
    said = capsys.readouterr().err
    assert "Give it on the command line" in said
    assert "Warning" not in said
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_told_before_its_passphrase_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = tmp_path / "stick.gms"
    assert command.main(["hub", "take-in", str(absent), "--database", "gms"]) == 2
    said = capsys.readouterr()
    assert f"{absent} is no file." in said.err
    assert "Passphrase" not in said.out + said.err
