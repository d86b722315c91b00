"""The ``gms-desktop`` entry point: a window is opened without loading the command line, everything else by it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from gms_desktop.errors import Refused

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; give its exit code."""
    if sys.platform == "win32":
        from ui.open_mark import mark_open

        mark_open()
    said = sys.argv[1:] if arguments is None else list(arguments)
    folder = _folder_of_plain_run(said)
    if folder is None:
        from ui.command_line import carry_out

        return carry_out(said)
    try:
        return open_window(folder, rehearsal=False)
    except Exception as fault:  # the last place where a fault can become a sentence
        from gms_desktop.cli.app import told

        return told(fault, folder)


def _folder_of_plain_run(said: Sequence[str]) -> Path | None:
    """The data folder of ``run`` as it is given every morning; None for any other command line."""
    if list(said) == ["run"]:
        from gms_desktop.settings import data_folder

        return data_folder()
    is_plain = len(said) == 3 and list(said[:2]) == ["run", "--data"] and not said[2].startswith("-")
    return Path(said[2]) if is_plain else None


def open_window(folder: Path, *, rehearsal: bool) -> int:
    """Open the window on a data folder, until it is closed.

    Raises:
        Refused: where no window can be opened.
    """
    _needs_display("gms-desktop rehearse --headless")
    # What is loaded at a start stays: looking through it for garbage took a tenth of the time. The window tidies.
    gc.disable()
    try:
        from ui.run import run
    except ImportError as fault:
        raise Refused(f"No window can be opened here ({fault}). Run: gms-desktop doctor.") from fault
    return run(folder, rehearsal=rehearsal)


def open_plugs() -> int:
    """Open the rehearsal with a hub: two benches, each a process of its own, and the window with their plugs.

    Raises:
        Refused: where no window can be opened, or there is no PostgreSQL.
    """
    _needs_display("gms-desktop rehearse --hub --headless")
    try:
        from ui.plugs import run
    except ImportError as fault:
        raise Refused(f"No window can be opened here ({fault}). Run: gms-desktop doctor.") from fault
    return run()


def _needs_display(instead: str) -> None:
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _DISPLAYS):
        raise Refused(f"There is no display here. To try the bench without one: {instead}.")
