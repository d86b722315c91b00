"""Puts a bench together from its folder and settings: file, printer and scanner as the settings name them."""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from devices.printers.printer import LabelPrinter
from devices.values import Scan
from gms_desktop import left_behind, protection_words
from gms_desktop.bench import Bench
from gms_desktop.bench_file import BenchFile
from gms_desktop.domain.minting import Clock
from gms_desktop.journal import secret_store, store
from gms_desktop.register.ledger import Ledger
from gms_desktop.settings import FIRST_PRINTER, PrinterSettings, ScannerSettings, Settings

# Only the devices that the settings name are loaded.
if TYPE_CHECKING:
    from devices.scanners.dialogue import Dialogue
    from devices.scanners.serial_scanner import SerialScanner


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The time now, aware UTC."""
        return datetime.now(UTC)


class SystemChance:
    """The operating system's random bits."""

    def bits(self, count: int) -> int:
        """Random bits."""
        return secrets.randbits(count)

    def salt(self) -> bytes:
        """16 random bytes."""
        return secrets.token_bytes(16)


def application_version() -> str:
    """The version that stands in every entry."""
    from importlib.metadata import version

    return version("gms-desktop")


def bench_file(folder: Path, clock: Clock | None = None) -> BenchFile:
    """The bench's file in a folder, not taken yet; by the computer's clock where no other is given."""
    return BenchFile(folder, clock or SystemClock(), SystemChance(), application_version())


def printer_of(settings: Settings, folder: Path) -> LabelPrinter:
    """The first label printer that the settings name."""
    return printer_named(settings.printer, FIRST_PRINTER, folder)


def printer_named(said: PrinterSettings, name: str, folder: Path) -> LabelPrinter:
    """A label printer as settings name it."""
    if said.mode in _OF_A_PLACE and said.place:
        return _OF_A_PLACE[said.mode](said, name)
    if said.mode == "zpl" and said.host:
        from devices.printers.zpl_printer import ZplPrinter

        return ZplPrinter(name, said.host, said.port)
    from devices.printers.folder_printer import FolderPrinter

    labels = folder / "labels"
    # Labels carry names in the clear: only the bench's own account may look into their folder.
    with suppress(OSError):
        labels.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FolderPrinter("Label folder" if name == FIRST_PRINTER else name, labels)


def _serial_printer(said: PrinterSettings, name: str) -> LabelPrinter:
    from devices.printers.zpl_printer import serial_zpl_printer
    from devices.transports.serial_line import SerialSettings

    return serial_zpl_printer(name, SerialSettings(said.place, baud=said.baud, xonxoff=True))


def _queue(said: PrinterSettings, name: str) -> LabelPrinter:
    """A queue of this computer's print system, which hands ZPL on as it is."""
    if sys.platform == "win32":
        from devices.printers.windows_queue import WindowsQueue

        return WindowsQueue(name, said.place)
    from devices.printers.system_queue import SystemQueue

    return SystemQueue(name, said.place, raw=True)


def _drop(said: PrinterSettings, name: str) -> LabelPrinter:
    """A folder that the printer's own program watches: a label that disappears was taken."""
    from devices.printers.file_drop import DropProfile, FileDropPrinter

    each_its_own = said.files.startswith("*") or not said.files
    named = DropProfile(suffix=said.files[1:] or ".zpl") if each_its_own else DropProfile(file_name=said.files)
    return FileDropPrinter(name, Path(said.place), named)


_OF_A_PLACE: dict[str, Callable[[PrinterSettings, str], LabelPrinter]] = {
    "serial": _serial_printer,
    "queue": _queue,
    "drop": _drop,
}


def scanner_of(settings: Settings, bench: Bench, on_scan: Callable[[Scan], object]) -> SerialScanner | None:
    """The serial scanner that the settings name, started; None for a scanner that types."""
    said = settings.scanner
    if said.mode != "serial":
        return None
    from devices.scanners.serial_scanner import SerialScanner
    from devices.transports.serial_line import SerialSettings, open_serial

    line = SerialSettings(said.port, baud=said.baud)
    dialogue = dialogue_of(said, "Scanner")
    scanner = SerialScanner("Scanner", lambda: open_serial(line), dialogue, on_scan, bench.report_scanner)
    bench.scanners.add(scanner)
    scanner.start()
    return scanner


def dialogue_of(said: ScannerSettings, name: str) -> Dialogue:
    """How the scanner that the settings name talks."""
    from devices.scanners.dialogue import HostAck, Plain
    from devices.scanners.framing import Framing, Terminator

    framing = Framing(terminator=Terminator[said.terminator], prefix=said.prefix.encode(), suffix=said.suffix.encode())
    if said.protocol == "ssi":
        from devices.scanners.ssi import Ssi

        return Ssi(framing, name)
    return HostAck(framing, name) if said.protocol == "host-ack" else Plain(framing, name)


def start_bench(
    folder: Path,
    settings: Settings,
    begin: Callable[[Ledger, bytes], None] | None = None,
    changed: Callable[[], None] = lambda: None,
    tell: Callable[[str], None] = lambda _words: None,
    clock: Clock | None = None,
) -> Bench:
    """Take the folder and open the bench.

    Args:
        folder: its data folder.
        settings: its settings.
        begin: sets a fresh file up, given the laboratory's pepper.
        changed: told when a screen should be painted again.
        tell: is told, from another thread, how far an opening has come that takes long.
        clock: another than the computer's, for a rehearsal.

    Raises:
        Refused: when another window has it, or it is not set up.
        Unavailable: when the folder or file cannot be used.
    """
    left_behind.sweep_beside(time.time())
    file = bench_file(folder, clock)
    file.tell = tell
    file.take()
    first = (lambda ledger: begin(ledger, file.pepper)) if begin else None
    bench = Bench(file, settings, printer_of(settings, folder), first, changed)
    try:
        bench.start()
    except BaseException:
        bench.recorder.close()
        file.release()
        raise
    if not settings.rehearsal:
        _ask_for_recovery_key(bench)
        file.keep_backups(changed)
    bench.exports.begin()
    return bench


def _ask_for_recovery_key(bench: Bench) -> None:
    """Until somebody has shown it, which is to print it: without it a broken PC takes the bench with it."""
    shown = bench.recorder.read(lambda ledger: store.meta(ledger.db, secret_store.RECOVERY_KEY_SHOWN)).result()
    if shown is None:
        bench.file.notices.append(protection_words.PRINT_THE_KEY)
