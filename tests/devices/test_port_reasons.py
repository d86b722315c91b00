"""Why a port or folder cannot be had, said to whoever set it: never in the words of the operating system."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path

import pytest

from devices.faults import DeviceAway
from devices.folder_reasons import of_folder
from devices.printers.folder_printer import FolderPrinter
from devices.transports.reasons import ended, not_opened
from devices.transports.serial_line import SerialLine, SerialSettings
from devices.values import PrinterCondition

OF_THE_SYSTEM = re.compile(r"Errno|ioctl|directory|No such|Invalid|Could not")


def says(port: str) -> str:
    with pytest.raises(DeviceAway) as away:
        SerialLine(SerialSettings(port))
    assert not OF_THE_SYSTEM.search(away.value.detail), away.value.detail
    return away.value.detail


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names its ports otherwise")
def test_what_is_no_serial_port_is_said_to_be_none(tmp_path: Path) -> None:
    text = tmp_path / "labels.txt"
    text.write_text("no port", "utf-8")
    assert says("/dev/null") == "this is no serial port"
    assert says(str(text)) == "this is no serial port"
    assert says(str(tmp_path)) == "this is a folder, not a serial port"
    assert says(str(tmp_path / "ttyUSB9")) == "there is no such port on this computer"


def test_a_fault_that_is_not_known_is_named_by_its_number_alone() -> None:
    assert not_opened(OSError(errno.EXDEV, os.strerror(errno.EXDEV))).endswith(f"(number {errno.EXDEV} of the system)")
    assert not_opened(OSError("no number")) == "it cannot be opened"
    assert of_folder(OSError("no number")) == "it cannot be used"


def test_a_connection_that_ends_says_who_ended_it() -> None:
    assert ended(BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))) == "the other side ended the connection"
    assert ended(OSError(errno.EHOSTUNREACH, "")) == "no way leads to this address"
    assert ended(ValueError("file descriptor -1")).startswith("the connection was lost")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="only Linux has a folder that takes no file from anybody")
def test_a_folder_that_stands_and_takes_no_file_is_not_to_be_made() -> None:
    status = FolderPrinter("slides", Path("/proc")).status()
    assert (status.condition, status.detail) == (PrinterCondition.READ_ONLY, "it takes no file")
