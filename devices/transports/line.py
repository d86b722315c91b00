"""What every line of bytes to a device can do, and how one is opened from its address."""

from __future__ import annotations

from typing import Protocol


class Line(Protocol):
    """An open two-way line of bytes. Every method raises ``DeviceAway`` when the other side is gone."""

    @property
    def address(self) -> str:
        """Where the line leads, as in the settings."""
        ...

    def read(self, timeout_s: float) -> bytes:
        """The bytes that are there, waiting at most ``timeout_s`` seconds for the first; empty when none came."""
        ...

    def write(self, data: bytes) -> None:
        """Hand over all of ``data`` within the line's own time limit."""
        ...

    def finish(self, timeout_s: float) -> bool:
        """Say that nothing more will be sent; true when the other side took it all and said so within the time."""
        ...

    def close(self) -> None:
        """Let go of the line; more than once does no harm."""
        ...
