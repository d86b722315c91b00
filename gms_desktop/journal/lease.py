"""Tells a bench's own file from a restored backup or a cloned disk, before anything is minted.

A lease outside the database names the incarnation, the machine, the file and how far the writer had come. Any
difference means that this file is not the one that last ran here (ARCHITECTURE section 4).
"""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lease:
    """What is compared: a token renewed at every start, machine and file identity, and the writer's last entry.

    ``salt`` is what the file's pages are sealed with beside its key: of a damaged file it says whose it is.
    """

    token: str
    former_token: str
    machine: str
    file: str
    writer: str
    seq: int
    salt: str = ""


def read(path: Path) -> Lease | None:
    """The lease, or None when there is none or it cannot be read."""
    try:
        return Lease(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(path: Path, lease: Lease) -> None:
    """Put the lease in place of the former one, whole or not at all."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(lease)), "utf-8")
    fresh.replace(path)


def machine_identity() -> str:
    """A name for this machine that a cloned disk does not share where the system gives one."""
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return Path(place).read_text("ascii").strip() or platform.node()
        except OSError:
            continue
    return platform.node()


def file_identity(path: Path) -> str:
    """A name for the file itself: a copy put in its place has another."""
    status = path.stat()
    return f"{status.st_dev}:{status.st_ino}"


def difference(lease: Lease | None, token: str | None, machine: str, file: str, writer: str, seq: int) -> str | None:
    """Why this file is not the one that last ran here, or None when it is.

    Args:
        lease: what stands outside the database.
        token: the token inside it.
        machine: identity of this machine.
        file: identity of the file.
        writer: the writer inside the database.
        seq: its last entry there.
    """
    if lease is None:
        return "no lease"
    if token not in {lease.token, lease.former_token} or writer != lease.writer or seq < lease.seq:
        return "restored backup"
    if machine != lease.machine:
        return "other machine"
    return None if file == lease.file else "copied file"
