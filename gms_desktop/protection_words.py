"""Every sentence about what protects a bench's data at rest: encryption, rights to files, exports, support bundles."""

from __future__ import annotations

ENCRYPTING = "The bench's file is being encrypted. This is done once; about a minute for each gigabyte."
ENCRYPTED = (
    "The bench's file lay open and is encrypted now. Print the recovery key (gms-desktop recovery-key), and encrypt "
    "copies made before, or destroy them: gms-desktop encrypt FILE."
)
NOTHING_OPEN = "Nothing lies open: the bench's files are encrypted."


def encrypted(name: str) -> str:
    """A file was encrypted."""
    return f"Encrypted and proved equal, row by row: {name}. The open file was deleted."


def not_there(name: str) -> str:
    """A file that was named is not there."""
    return f"{name} is not there. Name a bench's file or an old backup of it."


def lies_open(names: str) -> str:
    """Files that anybody can read."""
    return f"not encrypted: {names}. Close the application, then run: gms-desktop encrypt"


def others_may_read(names: str) -> str:
    """Files or folders that other accounts of this computer may read."""
    return f"other accounts may read {names}. Start gms-desktop run once: it takes the rights away"
