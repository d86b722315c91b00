"""Where a file that is saved is proposed to go: the exports folder of the bench that is open."""

from __future__ import annotations

import threading
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir

if TYPE_CHECKING:
    from gms_desktop.exports import Exports

_NAME = "exports"
_open: list[Exports] = []


def begin(exports: Exports) -> None:
    """From now on files are proposed to go to this bench's folder, and what no desk saves is noted at it."""
    QDir.setSearchPaths(_NAME, [str(exports.folder)])
    _open[:] = [exports]


def end() -> None:
    """The bench is closed."""
    QDir.setSearchPaths(_NAME, [])
    _open.clear()


def proposed(name: str = "") -> str:
    """The path that a dialog begins with, for a file of this name; for a folder without one."""
    folders = QDir.searchPaths(_NAME)
    return str(Path(folders[0]) / name) if folders else name


def save(path: Path, content: bytes, sort: str) -> None:
    """Save a file that the open bench notes; never on the main thread, which would wait for it.

    Raises:
        OSError: it cannot be written there.
    """
    if _open:
        _open[0].save(path, content, sort)
    else:
        path.write_bytes(content)


def noted(path: Path, content: bytes, sort: str) -> None:
    """Have the open bench note what is saved already; nobody waits for it."""
    if _open:
        said = (path, len(content), sha256(content).hexdigest(), sort)
        threading.Thread(target=_open[0].note, args=said, name="noting an export", daemon=True).start()
