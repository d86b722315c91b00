"""A file that a rack reader wrote, as one reading of one rack."""

from __future__ import annotations

from pathlib import Path

from devices.values import RackScan
from gms_desktop import file_words
from gms_desktop.errors import Refused, Unavailable

_MOST = 2_000_000


def read_rack_file(path: Path) -> RackScan:
    """Read a file.

    Raises:
        Refused: when nothing here reads it as a rack, or it holds several.
        Unavailable: when it cannot be read from its disk.
    """
    from devices.files.given import file_at
    from devices.rack_readers.rack_files import racks_in

    try:
        if path.stat().st_size > _MOST:
            raise Refused(f"{path.name} is too large for the file of a rack. Choose the file that the reader wrote.")
        racks = racks_in(file_at(path))
    except OSError as fault:
        raise Unavailable(file_words.not_read(path, fault)) from fault
    if not racks:
        raise Refused(f"Nothing here reads {path.name} as a rack. Choose the file that the rack reader wrote.")
    if len(racks) > 1:
        raise Refused(f"{path.name} holds {len(racks)} racks. Choose a file with one.")
    return racks[0]
