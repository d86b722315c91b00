"""Fetches a base from the hub and loads it into a bench's file, where entries follow it as they follow any register.

What comes is encrypted under a key of its own until it is loaded; that is asked for each time and written nowhere.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from gms_desktop.journal import schema, store
from gms_desktop.journal.database import Database
from gms_desktop.register import base as register_base
from gms_desktop.register import versions
from gms_desktop.register.base import CHUNK, FORMAT, KEY_BYTES, RegisterBase
from gms_desktop.sync import replica
from gms_desktop.sync.messages import Standing
from gms_desktop.sync.transport import BaseOnOffer, Greeting, Hub, HubUnavailable

ATTACHED = "on_its_way"
"""Under this name the base's file is joined to the bench's."""

Progress = Callable[[int, int], None]


class BaseDiffers(Exception):
    """What was fetched is not the base that the hub offered; it is taken away."""


@dataclass(frozen=True, slots=True)
class FetchedBase:
    """A base that has come whole: its file, the key to it, and the position that it is of."""

    path: Path
    key: bytes
    position: int


def offered(hub: Greeting) -> BaseOnOffer | None:
    """The base that this version can load, if the hub has one."""
    version = versions.register_version()
    return next((one for one in hub.bases if one.register_version == version), None)


def fetch(hub: Hub, wanted: BaseOnOffer, folder: Path, tell: Progress = lambda _came, _size: None) -> FetchedBase:
    """Bring a base into ``folder``; what came in an earlier try that was cut short is gone on with.

    Args:
        hub: the hub.
        wanted: the base.
        folder: where its file is kept until it is loaded.
        tell: is told how many bytes of how many have come.

    Raises:
        HubUnavailable: when the hub gave no answer, or has taken the base away meanwhile.
        BaseDiffers: when it is not what the hub said it is.
    """
    path = folder / f"base-{wanted.position}-{wanted.sha256.hex()[:16]}.part"
    key = next(iter(hub.base(wanted)), b"")
    there = path.stat().st_size // CHUNK if path.exists() else 0
    with path.open("r+b" if there else "wb") as file:
        file.seek(there * CHUNK)
        file.truncate()
        for content in hub.base(wanted, first=1 + there):
            file.write(content)
            tell(len(key) + file.tell(), wanted.size)
    if len(key) + path.stat().st_size < wanted.size:
        raise HubUnavailable("The hub has not given the whole of its base. The bench asks again.")
    _check(path, key, wanted)
    return FetchedBase(path, key, wanted.position)


def _check(path: Path, key: bytes, wanted: BaseOnOffer) -> None:
    digest = sha256(key)
    with path.open("rb") as file:
        for content in iter(lambda: file.read(CHUNK), b""):
            digest.update(content)
    if len(key) != KEY_BYTES or not hmac.compare_digest(digest.digest(), wanted.sha256):
        path.unlink(missing_ok=True)
        raise BaseDiffers("What came is not the base that the hub offered. It was taken away; try again.")


def remove(folder: Path) -> None:
    """Take what was fetched away once it is loaded, and what earlier tries left."""
    for part in folder.glob("base-*.part"):
        with suppress(OSError):
            part.unlink()


def attach(db: Database, fetched: FetchedBase) -> RegisterBase:
    """Join the base's file to the bench's; :func:`detach` it when no transaction is open any more.

    Raises:
        BaseDiffers: when the file is no base that this version can load.
    """
    db.raw.execute(f"ATTACH ? AS {ATTACHED} KEY \"x'{fetched.key.hex()}'\"", (str(fetched.path),))
    form, said = db.raw.execute(f"SELECT format, said FROM {ATTACHED}.base").fetchone()  # noqa: S608
    if form != FORMAT:
        raise BaseDiffers(f"The base is of form {form}; this version knows {FORMAT}. Update this bench.")
    base = register_base.from_text(said)
    if base.register_version != versions.register_version():
        raise BaseDiffers("The base is of another version of the application. Update this bench or the hub.")
    return base


def detach(db: Database) -> None:
    """Part the base's file from the bench's again, outside a transaction."""
    db.raw.execute(f"DETACH {ATTACHED}")


def load(db: Database, base: RegisterBase, epoch: str) -> Standing:
    """Fill a fresh file with an attached base, in the caller's transaction, before its writer begins.

    Returns:
        Where the replica stands.
    """
    register_base.make_tables(db)
    versions.drop_indexes(db)
    for table in register_base.copied_tables():
        register_base.copy(db, table, f"{ATTACHED}.{table.name}", f"main.{table.name}")
        register_base.copy(db, table, f"{ATTACHED}.{table.name}", f"main.{register_base.kept(table.name)}")
    versions.make_indexes(db)
    for table in (schema.private, schema.private_term):
        register_base.copy(db, table, f"{ATTACHED}.{table.name}", f"main.{table.name}")
    register_base.put(db, base)
    register_base.put_digests(db, base)
    replica.put_heads(db, dict(base.heads))
    store.put_meta(db, "register_version", base.register_version)
    standing = Standing(base.position, base.order_hash, epoch)
    replica.put_standing(db, standing)
    return standing
