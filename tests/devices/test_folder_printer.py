"""A folder stands in for a printer."""

from datetime import UTC, datetime
from pathlib import Path

from devices.printers.folder_printer import FolderPrinter
from devices.printers.printer import LabelPrinter
from devices.printers.zpl_printer import ZplPrinter
from devices.values import PrinterCondition, Sent


def test_each_label_is_a_whole_file_of_its_own_in_the_order_sent(tmp_path: Path) -> None:
    printer = FolderPrinter("folder", tmp_path, lambda: datetime(2026, 11, 3, 9, 30, tzinfo=UTC))
    labels = [b"^XA^FD%d^FS^XZ" % number for number in range(3)]
    assert [printer.send(label) for label in labels] == [Sent.SENT] * 3
    assert [path.read_bytes() for path in sorted(tmp_path.glob("label-20261103T093000-*.zpl"))] == labels
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_that_is_there_is_ready_and_one_that_is_gone_is_unreachable(tmp_path: Path) -> None:
    assert FolderPrinter("folder", tmp_path).status().condition is PrinterCondition.READY
    gone = FolderPrinter("folder", tmp_path / "gone")
    assert gone.status().condition is PrinterCondition.UNREACHABLE
    assert gone.send(b"^XA^XZ") is Sent.NOT_SENT


def test_both_printers_are_label_printers(tmp_path: Path) -> None:
    printers: list[LabelPrinter] = [FolderPrinter("folder", tmp_path), ZplPrinter("zebra", "127.0.0.1")]
    assert [printer.name for printer in printers] == ["folder", "zebra"]
