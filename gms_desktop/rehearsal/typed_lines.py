"""Lines that a person types, read beside what a simulated device does meanwhile."""

from __future__ import annotations

import threading
from queue import Empty, SimpleQueue
from typing import TextIO

END = "!end"


class TypedLines:
    """Reads on a thread of its own until the input ends, or somebody types ``!end``.

    Args:
        typed: the input.
    """

    def __init__(self, typed: TextIO) -> None:
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        threading.Thread(target=self._read, args=(typed,), name="typed", daemon=True).start()

    def _read(self, typed: TextIO) -> None:
        for line in typed:
            self._lines.put(line.strip())
        self._lines.put(None)

    def next(self, seconds: float) -> str | None:
        """The next line; empty when none came in this time, None at the end."""
        try:
            line = self._lines.get(timeout=seconds)
        except Empty:
            return ""
        return None if line == END else line
