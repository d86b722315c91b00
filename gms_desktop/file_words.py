"""What is said of a file that cannot be read where it lies: what stands there, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from devices.folder_reasons import of_folder


def not_read(path: Path, fault: OSError, name: str = "") -> str:
    """A file that a person gave.

    Args:
        path: where it is.
        fault: what the system answered.
        name: what it is called in the sentence; its name without its folder when empty.
    """
    shown = name or path.name or str(path)
    # Windows says of a folder only that it may not be read.
    if fault.errno == errno.EISDIR or path.is_dir():
        return f"{shown} is a folder, and one file was expected. Choose a file in it."
    if fault.errno in {errno.ENOENT, errno.ENOTDIR}:
        return f"{shown} is not there. Check its name and folder, then choose it again."
    if fault.errno in {errno.EACCES, errno.EPERM}:
        return f"{shown} cannot be read: this account has no right to it. Copy it to a folder of yours, or tell IT."
    return f"{shown} cannot be read: {of_folder(fault)}. Copy it to this computer, then choose it again."


def too_large_a_text(name: str, most: int) -> str:
    """A file that no rule set, layout or mapping can be, by its size; ``most`` in megabytes."""
    return f"{name} is larger than {most} MB, which no text of this sort is. Check that it is the file you mean."


def no_text(name: str, why: str) -> str:
    """A file whose bytes are no text."""
    return f"{name} cannot be read: {why}. Then give it again."
