"""Every sentence about checkpoints that a person sees."""

from __future__ import annotations

NONE_KEPT = "not begun beside the backups yet: the first is made within a quarter of an hour of work"

NONE_THERE = "not there any more"
NO_KEY = "This bench's own signing key is not in its secret store: nobody here can say whose key signed the checkpoints"


def not_readable(number: int) -> str:
    """A line of the file is none of ours."""
    return f"checkpoint {number} cannot be read: the file of checkpoints was changed"


def not_its_key(number: int, at: str) -> str:
    """The signature is of another key, or of other words."""
    return f"checkpoint {number} of {at} is not signed by the key that it names: it was changed"


def one_gone(number: int, at: str) -> str:
    """It names another line before it than the one that stands there."""
    return f"checkpoint {number} of {at} follows another one than stands before it: some were taken away or added"


def newest_gone(at: str, folder: str) -> str:
    """The newest checkpoint that the bench noted is not in the folder."""
    return (
        f"the newest checkpoint that this bench made, of {at}, is not in {folder}: checkpoints were taken away, or the "
        "folder is another one"
    )


def begins_later(at: str) -> str:
    """The first line follows one that is not there."""
    return f"The checkpoints before {at} are not in this folder: they were taken away, or it is a new folder or disk"


def anothers_key(many: int) -> str:
    """Keys signed that are not this bench's, and nothing in the file says that it came from elsewhere."""
    keys = "another key than this bench's" if many == 1 else f"{many} keys that are not this bench's"
    return f"checkpoints are signed by {keys}: they were made anew, or brought here from elsewhere"


def former_keys(many: int) -> str:
    """Keys signed that are not this bench's, and the file says that it came from elsewhere."""
    keys = "another key" if many == 1 else f"{many} other keys"
    return f"Some checkpoints are signed by {keys}: this file was restored, or came from another machine, as it says"


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
