"""A file as a device left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    return GivenFile(path.name, content, instant(path.stat().st_mtime_ns))


def instant(nanoseconds: int) -> datetime:
    """A file system's time, aware UTC, to the microsecond."""
    return _EPOCH + timedelta(microseconds=nanoseconds // 1000)
