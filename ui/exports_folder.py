"""Where a file that is saved is proposed to go: the exports folder of the bench that is open."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir

from devices.folder_reasons import of_folder
from gms_desktop.errors import Refused, Unavailable
from ui import words

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


class Saving(threading.Thread):
    """A file on its way to the disk, noted first; why it did not get there stands in ``why`` at the end.

    No daemon: whoever closes the window meanwhile has the file with its note, or neither.
    """

    def __init__(self, path: Path, content: bytes) -> None:
        super().__init__(name="saving a table")
        self._path, self._content, self.why = path, content, ""
        self.start()

    def run(self) -> None:
        """Save it."""
        try:
            save(self._path, self._content, "table")
        except OSError as fault:
            self.why = words.CANNOT_SAVE.format(path=self._path.name, why=of_folder(fault))
        except (Refused, Unavailable, RuntimeError) as fault:
            self.why = words.CANNOT_SAVE.format(path=self._path.name, why=fault)
