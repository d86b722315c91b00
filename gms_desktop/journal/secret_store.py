"""Where a bench keeps its keys: behind one port, with a store for each platform (ARCHITECTURE section 14)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol

RECOVERY_KEY_SHOWN = "recovery_key_shown"
"""When the recovery key was shown last, beside the journal: it is asked for where it never was."""


class SecretStore(Protocol):
    """Keeps secrets by name."""

    def get(self, name: str) -> bytes | None:
        """The secret, or None."""

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret."""


class FileSecrets:
    """A folder only the bench's account can read: for Linux, the rehearsal and the tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """The secret, or None."""
        try:
            return bytes.fromhex((self._folder / f"{name}.secret").read_text("ascii"))
        except FileNotFoundError:
            return None

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret in a file of its own with rights for the owner only."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{name}.secret"
        fresh = path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secret.hex())
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)


class KeyringSecrets:
    """The platform's own store through keyring: Windows Credential Manager, macOS keychain, Secret Service."""

    def get(self, name: str) -> bytes | None:
        """The secret, or None."""
        import keyring

        found = keyring.get_password("gms_desktop", name)
        return bytes.fromhex(found) if found else None

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret."""
        import keyring

        keyring.set_password("gms_desktop", name, secret.hex())


def secrets_of(folder: Path) -> SecretStore:
    """The store for a bench's data folder: its own files on Linux, the platform's store elsewhere."""
    own = FileSecrets(folder / "secrets")
    if sys.platform.startswith("linux") or (folder / "secrets").exists():
        return own
    return KeyringSecrets()


def key_of(store: SecretStore, name: str = "bench-key") -> bytes | None:
    """The 32 bytes of raw key to a bench's file, or None when none was made."""
    return store.get(name)


def make_key(store: SecretStore, name: str = "bench-key") -> bytes:
    """Make and keep a key of 32 random bytes, or give the one that is kept."""
    known = store.get(name)
    if known is None:
        known = os.urandom(32)
        store.put(name, known)
    return known
