"""A printer's state as the bench reads it: what to do first, what next, what soon."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from devices.values import DeviceReport, DeviceState, PrinterCondition, PrinterStatus, PrinterWarning
from gms_desktop.services.device_words import device_lines, printer_state, printer_to_do, printer_tried
from gms_desktop.settings import PrinterSettings, ScannerSettings, Settings

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def status(condition: PrinterCondition, *also: PrinterCondition, warnings: tuple[PrinterWarning, ...] = ()) -> str:
    return printer_to_do(PrinterStatus(condition, b"", NOW, also=also, warnings=warnings))


@pytest.mark.parametrize("condition", set(PrinterCondition) - {PrinterCondition.READY})
def test_whatever_is_wrong_with_a_printer_it_says_what_to_do(condition: PrinterCondition) -> None:
    assert status(condition).endswith(".")


@pytest.mark.parametrize("condition", PrinterCondition)
def test_the_user_guide_says_what_to_do_about_every_state(condition: PrinterCondition) -> None:
    page = (Path(__file__).parents[3] / "docs" / "guide" / "scanners-and-printers.md").read_text("utf-8")
    states = page.partition("### What the printer says")[2].partition("## Without devices")[0]
    assert printer_state(PrinterStatus(condition, b"", NOW)) in states


@pytest.mark.parametrize("warning", PrinterWarning)
def test_a_printer_that_still_prints_says_what_to_do_soon(warning: PrinterWarning) -> None:
    assert "soon" in status(PrinterCondition.READY, warnings=(warning,))


def test_two_faults_are_said_in_their_order_and_the_pause_that_they_bring_is_not() -> None:
    said = status(PrinterCondition.HEAD_OPEN, PrinterCondition.PAPER_OUT, PrinterCondition.PAUSED)
    assert said == "Close the printer's head. Put labels in."
    assert status(PrinterCondition.PAUSED) == "Press Pause on the printer."
    assert status(PrinterCondition.READY) == ""


def test_a_scanner_that_is_ready_names_its_port_once() -> None:
    report = DeviceReport("Scanner", DeviceState.READY, "COM3", NOW)
    settings = Settings(scanner=ScannerSettings(mode="serial", port="COM3"))
    line = device_lines(settings, report, None, "Label printer")[0]
    assert (line.place, line.detail) == ("COM3, 9600 baud", "")


@pytest.mark.parametrize(("mode", "named"), [("drop", "folder"), ("queue", "print system"), ("zpl", "cable")])
def test_what_to_do_about_a_printer_that_is_away_is_of_the_way_that_leads_to_it(
    mode: Literal["drop", "queue", "zpl"], named: str
) -> None:
    away = PrinterStatus(PrinterCondition.UNREACHABLE, b"", NOW)
    settings = Settings(printer=PrinterSettings(mode=mode))
    assert named in device_lines(settings, None, away, "Label printer")[1].detail
    tried = dict(printer_tried(settings, away, None, asked=False, resolution=""))
    assert named in tried["To do"]
