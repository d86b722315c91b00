"""What becomes of what is saved and copied from the bench, as the Settings form has it."""

from __future__ import annotations

from pathlib import Path

from gms_desktop.domain.exports import LONGEST_DAYS
from gms_desktop.settings import ExportSettings, Settings
from ui.payloads import Problem

_DAYS, _SECONDS = (1, LONGEST_DAYS), (5, 3600)


def saving_values(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The fields of the exports folder and of the clipboard."""
    return (
        ("exports_folder", settings.exports.folder),
        ("exports_days", str(settings.exports.days)),
        ("clipboard_seconds", str(settings.clipboard_seconds)),
    )


def saving_settings(said: dict[str, str], former: Settings) -> tuple[ExportSettings, int, list[Problem]]:
    """The folder, its days and the clipboard's seconds as entered."""
    folder = said.get("exports_folder", former.exports.folder).strip()
    days = _whole(said.get("exports_days", str(former.exports.days)), _DAYS)
    seconds = _whole(said.get("clipboard_seconds", str(former.clipboard_seconds)), _SECONDS)
    problems = []
    if folder and not Path(folder).is_dir():
        problems.append(
            Problem("exports_folder", "Enter a folder that is there, with its whole path, or leave it empty.")
        )
    if days is None:
        problems.append(Problem("exports_days", f"Enter a number of days from {_DAYS[0]} to {_DAYS[1]}."))
    if seconds is None:
        problems.append(Problem("clipboard_seconds", f"Enter a number of seconds from {_SECONDS[0]} to {_SECONDS[1]}."))
    if problems or days is None or seconds is None:
        return former.exports, former.clipboard_seconds, problems
    return ExportSettings(folder, days), seconds, []


def _whole(text: str, between: tuple[int, int]) -> int | None:
    number = int(text) if text.strip().isascii() and text.strip().isdigit() else None
    return number if number is not None and between[0] <= number <= between[1] else None
