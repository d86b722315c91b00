"""A file as a device left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath


@dataclass(frozen=True)
class GivenFile:
    """A whole file.

    Attributes:
        name: its name without its folder.
        content: its bytes.
        written: when it was last written, aware UTC.
    """

    name: str
    content: bytes
    written: datetime

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return PurePath(self.name).stem


def file_at(path: Path) -> GivenFile:
    """A file that lies there whole; raises ``OSError``."""
    content = path.read_bytes()
    return GivenFile(path.name, content, datetime.fromtimestamp(path.stat().st_mtime, UTC))
