"""The bench's own settings: devices, ports, sound, theme. Never a rule (ARCHITECTURE section 11)."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal

import tomli_w
from platformdirs import site_data_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gms_desktop.errors import Refused

FORMAT = 1


class ScannerSettings(BaseModel):
    """How codes come in: by keyboard burst, serial port, or both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Literal["keyboard", "serial"] = "keyboard"
    port: str = ""
    baud: int = 9600
    prefix: str = ""
    terminator: Literal["CR", "LF", "CRLF", "TAB"] = "CR"


class PrinterSettings(BaseModel):
    """The label printer: a ZPL printer by TCP, or a folder that labels are written to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Literal["zpl", "folder"] = "zpl"
    host: str = ""
    port: int = 9100
    dpi: Literal[203, 300, 600] = 300
    layout: str = "tube-25x51"


class Settings(BaseModel):
    """One bench's settings file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = FORMAT
    bench: str = "Bench 1"
    rehearsal: bool = False
    theme: Literal["light", "dark"] = "light"
    sound: int = Field(default=60, ge=0, le=100)
    idle_minutes: int = Field(default=10, ge=1, le=240)
    backup_folder: str = ""
    scanner: ScannerSettings = ScannerSettings()
    printer: PrinterSettings = PrinterSettings()


def data_folder() -> Path:
    """Where this bench keeps its file: the folder all its accounts share, or the person's own on Linux."""
    named = os.environ.get("GMS_DESKTOP_DATA")
    if named:
        return Path(named)
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
    except (OSError, ValueError) as fault:
        raise Refused(
            f"{path} cannot be read ({fault}). Put it right, or rename it and set the bench up again."
        ) from fault
    if said.get("format", 0) > FORMAT:
        raise Refused(f"{path} was written by a newer version. Install that version; the file is left as it is.")
    try:
        return Settings(**said)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Refused(f"{path}: {where} is not understood ({first['msg']}). Put that line right.") from fault


def write(folder: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "settings.new"
    fresh.write_bytes(tomli_w.dumps(settings.model_dump()).encode())
    fresh.replace(folder / "settings.toml")
