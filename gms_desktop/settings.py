"""The bench's own settings: devices, ports, sound, theme. Never a rule (ARCHITECTURE section 11).

Plain classes and a table of what each setting may hold: a library for it took 0.1 s of every start.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from devices.folder_reasons import of_folder
from gms_desktop import toml_words
from gms_desktop.domain.exports import LONGEST_DAYS
from gms_desktop.domain.label_sorts import LabelSort
from gms_desktop.errors import Refused
from gms_desktop.port_words import PORTS, SPEEDS

FORMAT = 6
FIRST_PRINTER = "Label printer"
"""What the printer of the table ``printer`` is called where a sort of labels names the one that prints it."""


@dataclass(frozen=True)
class ScannerSettings:
    """How codes come in: by keyboard burst, or by a serial port.

    Attributes:
        mode: whether the scanner types its codes, or sends them over a port.
        port: ``COM3``, ``/dev/ttyACM0``, ``socket://host:port`` or ``rfc2217://host:port``.
        baud: the port's speed.
        prefix: what the scanner puts before each code.
        terminator: what it ends each code with.
        protocol: what it speaks on its port: codes alone, Zebra SSI, or Honeywell Host ACK.
        suffix: what it puts between each code and its end.
        aim: whether the self-test found that it sends AIM identifiers; empty where it was not tested.
        separator: how the group separator of GS1 arrived there: ``kept``, ``dropped``, or the text in its place.
        layout: how its keyboard layout and the computer's went together there. Both may have changed since, so no
            scan is put right or let through by it.
    """

    mode: Literal["keyboard", "serial"] = "keyboard"
    port: str = ""
    baud: int = 9600
    prefix: str = ""
    terminator: Literal["CR", "LF", "CRLF", "TAB"] = "CR"
    protocol: Literal["plain", "ssi", "host-ack"] = "plain"
    suffix: str = ""
    aim: Literal["", "sent", "not sent"] = ""
    separator: str = ""
    layout: str = ""


@dataclass(frozen=True)
class PrinterSettings:
    """The label printer, which speaks ZPL.

    Attributes:
        mode: ``zpl`` by TCP, ``serial`` by a serial line, ``queue`` by this computer's print system, ``drop`` by a
            folder that the printer's own program watches, or a ``folder`` that labels are kept in.
        host: name or address, for ``zpl``.
        port: TCP port, for ``zpl``.
        place: the serial port's name, the queue's, or the folder that is watched.
        baud: the serial line's speed.
        files: for ``drop``, the one name that the program looks for, or ``*.zpl`` for a name to each label.
        dpi: its resolution.
        layout: name of the label layout.
        model: as it stands on the printer, for one that does not tell it.
    """

    mode: Literal["zpl", "serial", "queue", "drop", "folder"] = "zpl"
    host: str = ""
    port: int = 9100
    place: str = ""
    baud: int = 9600
    files: str = "*.zpl"
    dpi: Literal[203, 300, 600] = 300
    layout: str = "tube-25x51"
    model: str = ""


@dataclass(frozen=True)
class LabelSettings:
    """One sort of labels at this bench.

    Attributes:
        printer: who prints it: ``Label printer`` or one of the table ``printers``; empty where it is not named.
        layout: name of its layout; empty for the sort's usual one.
    """

    printer: str = ""
    layout: str = ""


@dataclass(frozen=True)
class RackReaderSettings:
    """The rack reader.

    Attributes:
        protocol: what it speaks; ``folder``: its program writes files that are watched for; ``none``: there is none.
        at: ``host:port`` on the network.
        profile: what it is to be set to: a tube type, a rack type, or ``instrument/profile`` of IntelliCode.
        folder: where its program, or IntelliCode, writes its files.
        ways: in what it is otherwise than most of its make, with commas between (``gms_desktop.rack_reader_options``).
    """

    protocol: Literal["none", "fluidx", "intellicode", "dp5", "datapaq3", "visionmate", "folder"] = "none"
    at: str = ""
    profile: str = ""
    folder: str = ""
    ways: str = ""


@dataclass(frozen=True)
class NamedFolder:
    """A folder, and what people call the instrument that exports to it."""

    name: str
    path: str


@dataclass(frozen=True)
class InstrumentSettings:
    """The measuring instruments of this bench.

    Attributes:
        folders: where their programs export files to; a share works like a folder of this computer.
        dates: how each writes dates, numbers and units, where it was asked: ``Qubit: day first``, ``FLUOstar: unit
            ng/uL``.
    """

    folders: tuple[NamedFolder, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True)
class BalanceSettings:
    """The balance at this bench.

    Attributes:
        protocol: what it speaks; ``none``: there is none.
        port: as a scanner's.
        baud, parity: as the balance is set; 0 and empty as its maker delivers it.
    """

    protocol: Literal["none", "mt-sics", "sbi"] = "none"
    port: str = ""
    baud: int = 0
    parity: Literal["", "N", "E", "O"] = ""


@dataclass(frozen=True)
class BackupSettings:
    """Where backups go, how often one is made, and how many are kept.

    Attributes:
        folder: a folder on a second disk; ``""`` for the folder ``backups`` beside the bench's file.
        every_hours: hours from one backup to the next while the application runs.
        hourly: so many of the newest are kept.
        daily: the newest of each of so many days.
        weekly: the newest of each of so many weeks.
    """

    folder: str = ""
    every_hours: int = 1
    hourly: int = 12
    daily: int = 7
    weekly: int = 4


@dataclass(frozen=True)
class HubSettings:
    """Where the laboratory's central database is; the password is in the bench's secret store.

    Attributes:
        host: name or address, or the folder of a local socket; ``""`` for a bench without a hub.
        port: TCP port.
        database: the database's name.
        login: the bench's own login there.
        tls: ``verify-full`` checks certificate and name; ``disable`` is for a hub on this machine only.
        root_certificate: file of the authority that signed the hub's certificate; ``system``: this machine's.
    """

    host: str = ""
    port: int = 5432
    database: str = ""
    login: str = ""
    tls: Literal["verify-full", "disable"] = "verify-full"
    root_certificate: str = "system"


@dataclass(frozen=True)
class FhirSettings:
    """The integration engine.

    Attributes:
        folder: where fragments of status are written for it; ``""``: none are written.
    """

    folder: str = ""


@dataclass(frozen=True)
class ExportSettings:
    """Files that are saved from the bench.

    Attributes:
        folder: where they are proposed to go, and are taken away from; ``""`` for ``exports`` beside the bench's file.
        days: how long one may lie there.
    """

    folder: str = ""
    days: int = 7


_FHIR, _EXPORTS = FhirSettings(), ExportSettings()
_SCANNER, _PRINTER, _BACKUP, _HUB = ScannerSettings(), PrinterSettings(), BackupSettings(), HubSettings()
_RACK_READER, _INSTRUMENTS, _BALANCE = RackReaderSettings(), InstrumentSettings(), BalanceSettings()


@dataclass(frozen=True)
class Settings:
    """One bench's settings file."""

    format: int = FORMAT
    bench: str = "Bench 1"
    rehearsal: bool = False
    theme: Literal["light", "dark"] = "light"
    sound: int = 60
    idle_minutes: int = 10
    clipboard_seconds: int = 60
    scanner: ScannerSettings = _SCANNER
    printer: PrinterSettings = _PRINTER
    printers: Mapping[str, PrinterSettings] = field(default_factory=dict)
    labels: Mapping[str, LabelSettings] = field(default_factory=dict)
    rack_reader: RackReaderSettings = _RACK_READER
    instruments: InstrumentSettings = _INSTRUMENTS
    balance: BalanceSettings = _BALANCE
    backup: BackupSettings = _BACKUP
    hub: HubSettings = _HUB
    fhir: FhirSettings = _FHIR
    exports: ExportSettings = _EXPORTS


class _NotUnderstood(ValueError):
    """A setting that means nothing here."""


#: Whether a value may stand there, and the words for what may.
_Form = tuple[Callable[[object], bool], str]


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _whole(low: int, high: int) -> _Form:
    def fits(said: object) -> bool:
        return isinstance(said, int) and not isinstance(said, bool) and low <= said <= high

    return fits, f"a whole number from {low} to {high}"


def _one_of(*offered: str | int) -> _Form:
    return lambda said: type(said) is type(offered[0]) and said in offered, " or ".join(map(str, offered))


_ANY: _Form = (lambda _said: True, "")
_TEXT: _Form = (lambda said: isinstance(said, str), "text in quotes")
_SCANNER_FORMS: dict[str, _Form] = {
    "mode": _one_of("keyboard", "serial"),
    "port": _TEXT,
    "baud": _whole(*SPEEDS),
    "prefix": _TEXT,
    "terminator": _one_of("CR", "LF", "CRLF", "TAB"),
    "protocol": _one_of("plain", "ssi", "host-ack"),
    "suffix": _TEXT,
    "aim": _one_of("", "sent", "not sent"),
    "separator": _TEXT,
    "layout": _TEXT,
}
_PRINTER_FORMS: dict[str, _Form] = {
    "mode": _one_of("zpl", "serial", "queue", "drop", "folder"),
    "host": _TEXT,
    "port": _whole(*PORTS),
    "place": _TEXT,
    "baud": _whole(*SPEEDS),
    "files": _TEXT,
    "dpi": _one_of(203, 300, 600),
    "layout": _TEXT,
    "model": _TEXT,
}
_LABEL_FORMS: dict[str, _Form] = {"printer": _TEXT, "layout": _TEXT}
_RACK_READER_FORMS: dict[str, _Form] = {
    "protocol": _one_of("none", "fluidx", "intellicode", "dp5", "datapaq3", "visionmate", "folder"),
    "at": _TEXT,
    "profile": _TEXT,
    "folder": _TEXT,
    "ways": _TEXT,
}
_INSTRUMENT_FORMS: dict[str, _Form] = {
    "folders": (lambda said: isinstance(said, list), "a list of tables with name and path"),
    "dates": (lambda said: isinstance(said, list) and all(isinstance(one, str) for one in said), "a list of texts"),
}
_FOLDER_FORMS: dict[str, _Form] = {"name": _TEXT, "path": _TEXT}
_BALANCE_FORMS: dict[str, _Form] = {
    "protocol": _one_of("none", "mt-sics", "sbi"),
    "port": _TEXT,
    "baud": _whole(0, SPEEDS[1]),
    "parity": _one_of("", "N", "E", "O"),
}
_FHIR_FORMS: dict[str, _Form] = {"folder": _TEXT}
_EXPORT_FORMS: dict[str, _Form] = {"folder": _TEXT, "days": _whole(1, LONGEST_DAYS)}
_BACKUP_FORMS: dict[str, _Form] = {
    "folder": _TEXT,
    "every_hours": _whole(1, 168),
    "hourly": _whole(1, 1000),
    "daily": _whole(0, 1000),
    "weekly": _whole(0, 520),
}
_HUB_FORMS: dict[str, _Form] = {
    "host": _TEXT,
    "port": _whole(*PORTS),
    "database": _TEXT,
    "login": _TEXT,
    "tls": _one_of("verify-full", "disable"),
    "root_certificate": _TEXT,
}
_FORMS: dict[str, _Form] = {
    "format": (_is_whole, "a whole number"),
    "bench": _TEXT,
    "rehearsal": (lambda said: isinstance(said, bool), "true or false"),
    "theme": _one_of("light", "dark"),
    "sound": _whole(0, 100),
    "idle_minutes": _whole(1, 240),
    "clipboard_seconds": _whole(5, 3600),
}


def _fitting(said: object, forms: Mapping[str, _Form], within: str = "") -> dict[str, Any]:
    if not isinstance(said, dict):
        raise _NotUnderstood(f"{within} is not understood (it should be a table)")
    for name, value in said.items():
        where = f"{within}.{name}" if within else name
        if name not in forms:
            raise _NotUnderstood(f"{where} is not understood (there is no such setting)")
        fits, wanted = forms[name]
        if not fits(value):
            raise _NotUnderstood(f"{where} is not understood (it should be {wanted})")
    return said


def _settings(said: dict[str, Any]) -> Settings:
    scanner = ScannerSettings(**_fitting(said.pop("scanner", {}), _SCANNER_FORMS, "scanner"))
    printer = PrinterSettings(**_fitting(said.pop("printer", {}), _PRINTER_FORMS, "printer"))
    backup = BackupSettings(**_fitting(said.pop("backup", {}), _BACKUP_FORMS, "backup"))
    hub = HubSettings(**_fitting(said.pop("hub", {}), _HUB_FORMS, "hub"))
    reader = RackReaderSettings(**_fitting(said.pop("rack_reader", {}), _RACK_READER_FORMS, "rack_reader"))
    balance = BalanceSettings(**_fitting(said.pop("balance", {}), _BALANCE_FORMS, "balance"))
    instruments = _instruments(_fitting(said.pop("instruments", {}), _INSTRUMENT_FORMS, "instruments"))
    fhir = FhirSettings(**_fitting(said.pop("fhir", {}), _FHIR_FORMS, "fhir"))
    exports = ExportSettings(**_fitting(said.pop("exports", {}), _EXPORT_FORMS, "exports"))
    printers = _printers(_table(said.pop("printers", {}), "printers"))
    labels = _labels(_table(said.pop("labels", {}), "labels"), {"", FIRST_PRINTER, *printers})
    rest = _fitting(said, _FORMS)
    made = Settings(**rest, fhir=fhir, scanner=scanner, printer=printer, rack_reader=reader, backup=backup, hub=hub)
    return replace(made, exports=exports, instruments=instruments, balance=balance, printers=printers, labels=labels)


def _table(said: object, within: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise _NotUnderstood(f"{within} is not understood (it should be a table)")
    return said


def _printers(said: dict[str, Any]) -> dict[str, PrinterSettings]:
    if FIRST_PRINTER in said:
        raise _NotUnderstood(f"printers.{FIRST_PRINTER} is not understood (that name is the first printer's)")
    return {name: PrinterSettings(**_fitting(one, _PRINTER_FORMS, f"printers.{name}")) for name, one in said.items()}


def _labels(said: dict[str, Any], named: set[str]) -> dict[str, LabelSettings]:
    made = {}
    for sort, one in _fitting(said, dict.fromkeys(LabelSort, _ANY), "labels").items():
        made[sort] = LabelSettings(**_fitting(one, _LABEL_FORMS, f"labels.{sort}"))
        if made[sort].printer not in named:
            wanted = " or ".join(sorted(named - {""}))
            raise _NotUnderstood(f"labels.{sort}.printer is not understood (it should be {wanted})")
    return made


def _instruments(said: dict[str, Any]) -> InstrumentSettings:
    folders = [_fitting(one, _FOLDER_FORMS, "instruments.folders") for one in said.get("folders", ())]
    named = tuple(NamedFolder(str(one.get("name", "")), str(one.get("path", ""))) for one in folders)
    return InstrumentSettings(named, tuple(said.get("dates", ())))


def _to_2(said: dict[str, Any]) -> dict[str, Any]:
    """Format 2: the folder for backups has a table of its own, with how often and how many."""
    folder = said.pop("backup_folder", "")
    return {**said, "format": 2, **({"backup": {"folder": folder}} if folder else {})}


def _to_3(said: dict[str, Any]) -> dict[str, Any]:
    """Format 3: what a scanner was found to do stands beside how it is set; nothing was found of it before."""
    return {**said, "format": 3}


def _to_4(said: dict[str, Any]) -> dict[str, Any]:
    """Format 4: a bench may have more printers, and names who prints which labels; until then one printed them all."""
    return {**said, "format": 4}


def _to_5(said: dict[str, Any]) -> dict[str, Any]:
    """Format 5: a folder for the integration engine; until then nothing was written for one."""
    return {**said, "format": 5}


def _to_6(said: dict[str, Any]) -> dict[str, Any]:
    """Format 6: files that are saved from the bench go to one folder and expire."""
    return {**said, "format": 6}


_STEPS = (_to_2, _to_3, _to_4, _to_5, _to_6)


def data_folder() -> Path:
    """Where this bench keeps its file: the folder all its accounts share, or the person's own on Linux."""
    named = os.environ.get("GMS_DESKTOP_DATA")
    if named:
        return Path(named)
    from platformdirs import site_data_path, user_data_path

    if os.name == "nt":
        return site_data_path("gms_desktop", appauthor=False)
    shared = Path("/var/lib/gms_desktop")
    return shared if shared.is_dir() and os.access(shared, os.W_OK) else user_data_path("gms_desktop")


def read(folder: Path) -> Settings | None:
    """The settings, or None when the bench is not set up.

    Raises:
        Refused: when the file cannot be understood, or is of a newer version.
    """
    path = folder / "settings.toml"
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as fault:
        why = of_folder(fault) if isinstance(fault, OSError) else toml_words.why(fault)
        raise Refused(
            f"{path} cannot be read: {why}. Put it right, or rename it and set the bench up again."
        ) from fault
    version = said.get("format", 0)
    if _is_whole(version) and version > FORMAT:
        raise Refused(f"{path} was written by a newer version. Install that version; the file is left as it is.")
    if _is_whole(version) and version < FORMAT:
        for step in _STEPS[max(0, version - 1) :]:
            said = step(said)
    try:
        return _settings(said)
    except _NotUnderstood as fault:
        raise Refused(f"{path}: {fault}. Put that line right.") from fault


def write(folder: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all."""
    import tomli_w

    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "settings.new"
    fresh.write_bytes(tomli_w.dumps(asdict(settings)).encode())
    fresh.replace(folder / "settings.toml")
