"""Label printers on the command line: who is there, how it is, and a simulated one that draws and reads its labels."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Queue

import pytest
from command_line import SETTINGS, Typed
from PIL import Image

from devices.printers.file_drop import DropProfile, FileDropPrinter
from devices.printers.zpl_printer import ZplPrinter, serial_zpl_printer
from devices.simulators.file_drop import SimulatedFileDrop
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.transports.serial_line import SerialSettings
from devices.values import PrinterCondition, Sent
from gms_desktop import settings
from gms_desktop.documents.label_data import examples
from gms_desktop.documents.label_layout import product_layout
from gms_desktop.documents.label_pixels import prove_data
from gms_desktop.errors import Refused
from gms_desktop.rehearsal import printer_console
from gms_desktop.rehearsal.printer_console import Made
from gms_desktop.rehearsal.printer_faults import ZPL
from gms_desktop.settings import PrinterSettings
from ui import command

LAYOUT = product_layout()
LABEL = prove_data(examples(LAYOUT), LAYOUT, 300)


def probe(*options: object) -> int:
    return command.main(["device", "probe", "printer", *map(str, options)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    settings.write(tmp_path, SETTINGS)
    return tmp_path


def test_a_printer_that_is_well_says_who_it_is_and_ends_with_0(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SimulatedZplPrinter() as printer:
        assert probe("--host", printer.host, "--port", printer.port, "--data", data) == 0
        assert printer.labels == []
    said = capsys.readouterr().out
    assert "Identity      SIMULATED-12DPMM, firmware V1.0, 300 dpi" in said
    assert "State         ready" in said
    assert said.endswith("Ready.\n")


@pytest.mark.parametrize(
    ("faults", "state", "to_do"),
    [
        ({"paper_out": True}, "paper out", "Put labels in."),
        ({"silent": True}, "silent", "It does not answer: look for labels, ribbon or an open head;"),
        ({"refuses": True}, "away", "Switch it on and check its cable and address."),
        ({"errors": 0x1000}, "jam", "take out what is stuck"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_a_printer_that_is_not_ready_says_what_to_do_and_ends_with_1(
    data: Path, capsys: pytest.CaptureFixture[str], faults: dict[str, bool], state: str, to_do: str
) -> None:
    with SimulatedZplPrinter() as printer:
        printer.suffer(**faults)
        settings.write(data, replace(SETTINGS, printer=PrinterSettings(host=printer.host, port=printer.port)))
        assert probe("--data", data) == 1
    said = capsys.readouterr().out
    assert f"State         {state}" in said
    assert to_do in said
    assert said.endswith("Not ready.\n")


def test_what_will_be_wrong_soon_is_said_of_a_printer_that_is_ready(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SimulatedZplPrinter() as printer:
        printer.suffer(warnings=2)
        assert probe("--host", printer.host, "--port", printer.port, "--data", data) == 0
    assert "Clean its print head soon." in capsys.readouterr().out


def test_a_printer_of_another_resolution_than_the_settings_is_not_ready(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SimulatedZplPrinter() as printer:
        printer.mind.dots_per_mm = 8
        assert probe("--host", printer.host, "--port", printer.port, "--data", data) == 1
    assert "203 dpi, and the settings say 300 dpi" in capsys.readouterr().out


def test_before_a_bench_is_set_up_a_printers_own_resolution_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with SimulatedZplPrinter() as printer:
        printer.mind.dots_per_mm = 24
        assert probe("--host", printer.host, "--port", printer.port, "--data", tmp_path / "nothing") == 0
    assert "600 dpi" in capsys.readouterr().out
    assert not (tmp_path / "nothing").exists()


def test_a_serial_printer_is_asked_at_its_port(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SimulatedZplPrinter() as printer:
        port = f"socket://{printer.host}:{printer.port}"
        assert probe("--place", port, "--data", data) == 0
    assert f"Label printer {port}, 9600 baud\n" in capsys.readouterr().out


def test_a_watched_folder_is_tried_and_cannot_say_who_watches_it(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert probe("--mode", "drop", "--place", tmp_path, "--data", data) == 0
    assert "cannot be asked who it is" in capsys.readouterr().out
    assert probe("--mode", "drop", "--place", tmp_path / "gone", "--data", data) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "No printer is named"),
        (("--mode", "telepathy"), "zpl, serial, queue, drop, folder"),
        (("--mode", "queue"), "--place"),
        (("--mode", "zpl"), "--host"),
    ],
)
def test_a_printer_that_is_not_named_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str
) -> None:
    assert probe(*options, "--data", tmp_path / "nothing") == 2
    assert words in capsys.readouterr().err


class Console:
    """A simulated printer in a terminal."""

    def __init__(self, made: Made, out: Path) -> None:
        self.typed, self.said, self.out = Typed(), Queue[str](), out
        self.thread = threading.Thread(target=printer_console.run, args=(made, out, self.typed, self.said.put))
        self.thread.start()

    def type(self, line: str) -> str:
        """Type a word, and hear what comes of it."""
        self.typed.lines.put(line)
        return self.hear()

    def hear(self) -> str:
        return self.said.get(timeout=20)

    def end(self) -> None:
        self.typed.lines.put("!end")
        self.typed.lines.put("")
        self.thread.join()


@contextmanager
def console(made: Made, out: Path) -> Iterator[Console]:
    made_console = Console(made, out)
    try:
        yield made_console
    finally:
        made_console.end()


def test_a_simulated_printer_draws_each_label_and_says_what_can_be_read_from_it(tmp_path: Path) -> None:
    with console(Made(), tmp_path / "out") as at:
        assert "!help" in at.hear()
        address = at.hear().partition("Address ")[2].partition(";")[0]
        host, _, port = address.partition(", port ")
        assert at.hear() == f"socket://{host}:{port}", "alone on its line: it is copied from there"
        printer = ZplPrinter("Label printer", host, int(port))
        assert printer.send(LABEL.payload) is Sent.SENT
        said = at.hear()
        assert "label 1: " in said
        assert all(f"{name} {text}" in said for name, text in LABEL.decoded)
        assert at.type("!paper-out") == "paper-out: no labels in it."
        assert printer.status().condition is PrinterCondition.PAPER_OUT
        assert at.type("!paper-out") == "paper-out: not any more."
        assert at.type("!errors 40") == "errors: it is so now."
        assert printer.status().condition is PrinterCondition.PRINT_HEAD
        assert at.type("!garbage") == "garbage: it is so now."
        assert printer.status().condition is PrinterCondition.GARBLED
        assert at.type("!well") == "Everything is put right."
        assert printer.status().condition is PrinterCondition.READY
        assert printer.send(b"^XA^FDnot ours^XZ") is Sent.SENT
        assert "kept, not drawn" in at.hear()
    with Image.open(tmp_path / "out" / "label-001.png") as picture:
        assert picture.size == LABEL.picture.size
    assert (tmp_path / "out" / "label-002.zpl").read_bytes() == b"^XA^FDnot ours^XZ"


def test_help_names_every_fault_of_the_printer(tmp_path: Path) -> None:
    with console(Made(dpi=203), tmp_path / "out") as at:
        for _ in range(3):
            at.hear()
        said = [at.type("!help"), *(at.hear() for _ in range(len(ZPL)))]
    assert all(any(line.startswith(f"  !{word} ") for line in said) for word in ZPL)
    assert [line for line in said if line.endswith("so from the start: typed, it holds no more")] == [
        line for line in said if "!answers-when-out" in line or "!knows-hq" in line
    ]


def test_a_word_that_is_no_fault_is_named_before_the_help(tmp_path: Path) -> None:
    with console(Made(dpi=203), tmp_path / "out") as at:
        for _ in range(3):
            at.hear()
        assert at.type("!wink") == "!wink is no fault of this printer."


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
def test_a_simulated_printer_on_a_serial_line_is_unplugged_and_plugged_in_again(tmp_path: Path) -> None:
    with console(Made(over="pty"), tmp_path / "out") as at:
        assert "baud" in at.hear()
        port = at.hear()
        printer = serial_zpl_printer("Label printer", SerialSettings(port, baud=9600))
        assert printer.status().condition is PrinterCondition.READY
        assert at.type("!unplug") == "Its cable is out."
        assert printer.status().condition is PrinterCondition.UNREACHABLE
        assert at.type("!replug") == "Its cable is in again."
        assert printer.status().condition is PrinterCondition.READY


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
def test_a_serial_printer_of_another_speed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with console(Made(over="pty", baud=19200), tmp_path / "out") as at:
        assert "baud" in at.hear()
        port = at.hear()
        nothing = tmp_path / "nothing"
        assert probe("--mode", "serial", "--place", port, "--baud", 9600, "--data", nothing) == 1
        assert "set the same speed" in capsys.readouterr().out
        assert probe("--mode", "serial", "--place", port, "--baud", 19200, "--data", nothing) == 0


def test_a_simulated_folder_printer_takes_files_until_its_program_ends(tmp_path: Path) -> None:
    watched = tmp_path / "watched"
    watched.mkdir()
    with console(Made(over="drop", folder=watched), tmp_path / "out") as at:
        assert "watches the folder" in at.hear()
        printer = FileDropPrinter("Slide printer", watched, DropProfile(suffix=".zpl", accept_s=5))
        assert printer.send(LABEL.payload) is Sent.SENT
        assert LABEL.decoded[0][1] in at.hear()
        assert at.type("!never-reads") == "never-reads: its program does not run."
        left = FileDropPrinter("Slide printer", watched, DropProfile(suffix=".zpl", accept_s=0.1))
        assert left.send(LABEL.payload) is Sent.UNKNOWN


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Made(over="pigeon"), "tcp, pty or drop"),
        (Made(dpi=400), "203, 300, 600"),
        (Made(over="drop", folder=Path("no such folder")), "--folder DIR"),
    ],
)
def test_a_printer_that_cannot_be_simulated_is_refused_in_words(tmp_path: Path, made: Made, words: str) -> None:
    with pytest.raises(Refused, match=words):
        printer_console.run(made, tmp_path / "out", io.StringIO(), print)


def test_a_bench_whose_printer_is_a_watched_folder_prints_through_it(tmp_path: Path) -> None:
    from gms_desktop.starting import printer_of

    with SimulatedFileDrop(tmp_path, "slides.txt", every_s=0.05) as program:
        said = replace(SETTINGS, printer=PrinterSettings(mode="drop", place=str(tmp_path), files="slides.txt"))
        assert printer_of(said, tmp_path).send(LABEL.payload) is Sent.SENT
        assert program.printed == [LABEL.payload]
