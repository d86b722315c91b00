"""``support``: one file for whoever helps with this bench, with nothing in it that identifies anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from devices.folder_reasons import of_folder
from gms_desktop import protection_words as words
from gms_desktop import settings, support_bundle
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.doctor import QtCheck, lines_of
from gms_desktop.cli.file_names import see_free
from gms_desktop.cli.reading import reading
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files import tables
from gms_desktop.journal import store
from gms_desktop.journal.sqlite_file import DriverError

Say = Callable[[str], None]


def make_bundle(out: Path, data: Path, say: Say, qt: QtCheck | None = None) -> int:
    """Write the bundle.

    Args:
        out: the zip to write.
        data: the bench's data folder.
        say: prints a line.
        qt: says which Qt works here; left out when None.

    Raises:
        Refused: the file is there already, does not end in .zip, or its folder is not there.
        Unavailable: it cannot be written.
    """
    see_free(out, ".zip")
    try:
        said = settings.read(data)
    except Refused:
        said = None
    doctor = [(line.ok, line.what, line.words) for line in lines_of(data, qt)]
    parts = support_bundle.parts_of(data, said, doctor, _counts(data))
    try:
        support_bundle.write(out, parts, datetime.now(UTC))
    except OSError as fault:
        raise Unavailable(words.bundle_not_written(str(out), of_folder(fault))) from fault
    say(words.bundle_written(str(out)))
    return 0


def _counts(data: Path) -> dict[str, int]:
    """Entries by kind, and the sizes of the files in megabytes; of a file that cannot be read only its size."""
    found: Counter[str] = Counter()
    for name in (DATABASE, tables.NAME):
        path = data / name
        if path.exists():
            found[f"{path.stem} file MB"] = path.stat().st_size // 1_000_000
    try:
        with reading(data / DATABASE, data) as db:
            for lot in store.since(db):
                found.update(one.entry.kind for one in lot)
    except (Refused, Unavailable, DriverError):
        return dict(found)
    return dict(found)
