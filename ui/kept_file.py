"""Saves a copy of a file as it came where a person says, or asks for it where it is; off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from gms_desktop.services.views import ImportLine
from ui import words
from ui.exports_folder import proposed

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def copy_job(parent: QWidget, bench: Bench, line: ImportLine) -> Callable[[], str] | None:
    """Ask where, when the file is here; what saves or fetches it and says so. None when the person let it be."""
    from gms_desktop.kept_copies import save_file
    from gms_desktop.services.kept_files import Wanted

    wanted = Wanted(line.sha256, line.subject, line.came_in_at)
    if line.kept != "here":
        return partial(save_file, bench, wanted, None)
    path, _ = QFileDialog.getSaveFileName(parent, words.EXPECTED_SAVE_COPY, proposed(Path(line.file).name))
    return partial(save_file, bench, wanted, Path(path)) if path else None
