"""Takes away what an earlier run that was cut short left in the system's folder for temporary files."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

PREFIXES = (
    *(f"gms-desktop-{what}-" for what in ("drill", "replay", "rehearsal", "printer", "scanner", "balance")),
    *("gms_desktop-base-", "gms_sounds_"),
)
# Nothing that the application makes there is worked at for as long.
OLDER_THAN_S = 24 * 3600.0


def sweep(now: float, place: Path | None = None) -> list[str]:
    """Take our own folders away that nobody has touched for a day.

    Args:
        now: the time, in seconds since 1970.
        place: another folder than the system's.

    Returns:
        Their names.
    """
    gone = []
    with suppress(OSError), os.scandir(place or tempfile.gettempdir()) as found:
        for one in found:
            if one.name.startswith(PREFIXES) and _is_left(one, now):
                shutil.rmtree(one.path, ignore_errors=True)
                gone.append(one.name)
    return gone


def _is_left(one: os.DirEntry[str], now: float) -> bool:
    with suppress(OSError):
        status = one.stat(follow_symlinks=False)
        ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
        return ours and one.is_dir(follow_symlinks=False) and now - status.st_mtime > OLDER_THAN_S
    return False


def sweep_beside(now: float) -> None:
    """As :func:`sweep`, while the bench opens."""
    threading.Thread(target=sweep, args=(now,), name="temporary files", daemon=True).start()
