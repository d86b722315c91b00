"""What a bench says while its records are proved, on the command line and on screen."""

from __future__ import annotations

_READ = "entries are read and folded anew"
STOPPED = "The proof was stopped. It only reads: nothing was changed."
NOT_MADE = "The proof of this bench's file could not be made."
GOES_ON = "Scanning goes on meanwhile."


def so_far(done: int, whole: int) -> str:
    """How many entries were read, of how many."""
    return f"{done:,} of {whole:,} {_READ}."


def is_so_far(line: str) -> bool:
    """Whether a line tells of the way to the proof and not of what came of it."""
    return line.strip().endswith(f"{_READ}.")
