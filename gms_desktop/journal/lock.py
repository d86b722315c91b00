"""One bench, one database, one application at a time: a second one is told who has it.

SQLite's own file lock is used, since it works alike on Windows and Linux and is let go when a process dies.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from gms_desktop.errors import Refused


class BenchLock:
    """Held from start to end by the one application that may write this bench's file."""

    def __init__(self, folder: Path, holder: str) -> None:
        """Take the lock.

        Args:
            folder: the bench's data folder.
            holder: who takes it, in words that the second one is shown.

        Raises:
            Refused: when another application has it, naming who.
        """
        self._words = folder / "in-use-by.txt"
        try:
            self._connection = sqlite3.connect(
                folder / "bench.lock", isolation_level=None, timeout=0, check_same_thread=False
            )
        except sqlite3.OperationalError as fault:
            raise Refused(
                f"{folder} cannot be written. Give the bench's account write access to its folder."
            ) from fault
        try:
            self._connection.execute("PRAGMA journal_mode=DELETE")
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            self._connection.close()
            if "locked" not in str(fault):
                raise
            raise Refused(
                f"This bench's file is open already: {self._who()}. Use that window, or close it and start again."
            ) from fault
        self._words.write_text(holder, "utf-8")

    def _who(self) -> str:
        try:
            return self._words.read_text("utf-8").strip() or "another window"
        except OSError:
            return "another window"

    def release(self) -> None:
        """Let go."""
        self._words.unlink(missing_ok=True)
        self._connection.close()
