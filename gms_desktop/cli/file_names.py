"""The name of a file that a command is to write: its ending, its folder, and that nothing is there yet."""

from __future__ import annotations

from pathlib import Path

from gms_desktop.errors import Refused


def see_free(out: Path, *endings: str) -> None:
    """See before the work that a file can be written under a name.

    Args:
        out: the file.
        endings: what its name may end in, with the dot, in small letters.

    Raises:
        Refused: it ends otherwise, is there already, or its folder is not there.
    """
    if out.suffix.lower() not in endings:
        raise Refused(f"{out.name or out} would not open as what is written. End it in {' or '.join(endings)}.")
    if out.exists():
        raise Refused(f"{out} is there already. Choose another name: nothing is overwritten.")
    if not out.parent.is_dir():
        raise Refused(f"{out.parent} is no folder. Make it, or name another.")
