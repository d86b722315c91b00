"""A file of nothing that is given up when the disk is full, so that what a person has just scanned can be saved."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

SIZE = 64 * 1024 * 1024
WARN_BELOW = 2 * 1024**3


def lay(folder: Path, size: int = SIZE) -> bool:
    """Lay the ballast down when it is not there. False when the disk has no room for it."""
    path = folder / "ballast"
    if path.exists() and path.stat().st_size >= size:
        return True
    if shutil.disk_usage(folder).free < 2 * size:
        return False
    block = bytes(1024 * 1024)
    with path.open("wb") as out:
        for _ in range(size // len(block)):
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return True


def give_up(folder: Path) -> bool:
    """Free the ballast's room. False when it was gone already."""
    path = folder / "ballast"
    if not path.exists():
        return False
    path.unlink()
    return True


def room(folder: Path) -> int:
    """Free bytes on the disk of ``folder``."""
    return shutil.disk_usage(folder).free
