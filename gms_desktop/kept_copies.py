"""Saves copies of files as they came, for the person at an open bench."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop.files.kept import State
from gms_desktop.services.kept_files import Wanted, now, save_copy

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def save_file(bench: Bench, wanted: Wanted, path: Path | None) -> str:
    """Save a copy of a file, or ask for it where it is; waits for the disk, so never on the main thread.

    Returns:
        What was done, in words.

    Raises:
        Refused, Unavailable: as :func:`~gms_desktop.services.kept_files.save_copy` says.
    """
    at, kept = bench.recorder.read(now).result(), bench.file.kept_file(wanted.sha256)
    if path is not None and kept is not None and kept.state is State.HERE:
        bench.exports.note(path, kept.size, wanted.sha256, "file-as-it-came")
    return save_copy(bench.file.files, wanted, path, at, has_hub=bool(bench.hub.settings.host))
