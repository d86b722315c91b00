"""Every sentence about checkpoints that a person sees."""

from __future__ import annotations

NONE_KEPT = "none is kept beside the backups yet: one is made within a quarter of an hour of work"


def not_readable(number: int) -> str:
    """A line of the file is none of ours."""
    return f"checkpoint {number} cannot be read: the file of checkpoints was changed"


def not_its_key(number: int, at: str) -> str:
    """The signature is of another key, or of other words."""
    return f"checkpoint {number} of {at} is not signed by the key that it names: it was changed"


def one_gone(number: int, at: str) -> str:
    """It names another line before it than the one that stands there."""
    return f"checkpoint {number} of {at} follows another one than stands before it: some were taken away or added"


def rewritten(writer: str, seq: int, at: str) -> str:
    """The entry that was signed is another one now."""
    return (
        f"the checkpoint of {at} signed another entry {writer}/{seq} than stands in the file: the history was written "
        "anew"
    )


def missing(writer: str, last: int, seq: int) -> str:
    """Entries that were signed are not in the file, and nothing in it says why."""
    return (
        f"writer {writer}: checkpoints signed {seq} of its entries, the file has {last}: it was put back to an older "
        "state, or written anew"
    )


def explained(writer: str, last: int, seq: int, cause: str, at: str) -> str:
    """Entries that were signed are not in the file, whose next writer says why."""
    return f"Of writer {writer} entries {last + 1} to {seq} are not here: {cause}, {at}"


def later(writer: str, last: int, seq: int) -> str:
    """A copy ends where it was made."""
    return f"This copy ends at entry {last} of writer {writer}; checkpoints signed up to {seq} since"


def counted(count: int, newest: str, prints: str) -> str:
    """How many checkpoints there are, the newest, and whose keys signed them."""
    return f"{count}, the newest of {newest}, signed by key {prints}"
