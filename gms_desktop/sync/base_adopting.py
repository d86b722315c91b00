"""Puts a newer base under a bench that is at work, in small lots between scans; its register stays as it is meanwhile.

The rows wait in tables of their own. Only when all are there do they take the former base's place, in one transaction;
whatever ends the application before that, the former base stands and the copying goes on where it was.
"""

from __future__ import annotations

import json

from sqlalchemy import MetaData
from sqlalchemy.schema import CreateTable

from gms_desktop.journal import store
from gms_desktop.journal.database import Database, dialect_named
from gms_desktop.register import base as register_base
from gms_desktop.register.base import RegisterBase, copied_tables, kept
from gms_desktop.sync import pruning, replica
from gms_desktop.sync.base_file import ATTACHED

LOT = 500
_META = "base_coming"


def may_adopt(db: Database, base: RegisterBase) -> bool:
    """Whether the base is newer than the one that the file has, and the replica has come at least as far."""
    known = register_base.known(db)
    newer = known is None or known.position < base.position
    return newer and replica.standing(db, base.scope).position >= base.position


def step(db: Database, base: RegisterBase, most: int = LOT) -> bool:
    """Copy the next rows of the attached base, or put it in its place, in the caller's transaction.

    Args:
        db: the bench's file, with the base attached.
        base: what :func:`~gms_desktop.sync.base_file.attach` gave.
        most: how many rows.

    Returns:
        Whether there is more to do.
    """
    place, last = _reached(db, base)
    tables = copied_tables()
    if place == len(tables):
        _put_in_place(db, base)
        return False
    table = tables[place]
    after = register_base.copy_some(db, table, f"{ATTACHED}.{table.name}", _coming(table.name), last, most)
    _reach(db, base, place + 1 if after is None else place, after or [])
    return True


def tidy(db: Database, most: int = LOT) -> bool:
    """Take rows of the former base away, in the caller's transaction. Whether there are more."""
    for table in copied_tables():
        name, key = _former(table.name), ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        if not _is_there(db, name):
            continue
        gone = db.raw.execute(
            f"DELETE FROM {name} WHERE ({key}) IN (SELECT {key} FROM {name} LIMIT ?)",  # noqa: S608
            (most,),
        ).rowcount
        if gone < most:
            db.raw.execute(f"DROP TABLE {name}")
        return True
    return False


def _reached(db: Database, base: RegisterBase) -> tuple[int, list[str]]:
    """Which table is being copied, and after which key."""
    said = json.loads(store.meta(db, _META) or "null")
    if said is None or said["position"] != base.position or said["after"] == "":
        for table in copied_tables():
            made = table.to_metadata(MetaData(), name=_coming(table.name))
            db.raw.execute(f"DROP TABLE IF EXISTS {made.name}")
            db.raw.execute(str(CreateTable(made).compile(dialect=dialect_named("sqlite"))))
        _reach(db, base, 0, [])
        return 0, []
    return said["table"], said["after"]


def _reach(db: Database, base: RegisterBase, place: int, after: list[str]) -> None:
    store.put_meta(db, _META, json.dumps({"position": base.position, "table": place, "after": after}))


def _put_in_place(db: Database, base: RegisterBase) -> None:
    for table in copied_tables():
        name = table.name
        db.raw.execute(f"DROP TABLE IF EXISTS {_former(name)}")
        if _is_there(db, kept(name)):
            db.raw.execute(f"ALTER TABLE {kept(name)} RENAME TO {_former(name)}")
        db.raw.execute(f"ALTER TABLE {_coming(name)} RENAME TO {kept(name)}")
    register_base.put(db, base)
    store.put_meta(db, _META, "null")
    pruning.begin_again(db)


def _is_there(db: Database, name: str) -> bool:
    found = db.raw.execute("SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND name = ?", (name,)).fetchone()
    return found is not None


def _coming(name: str) -> str:
    return f"base_coming_{name}"


def _former(name: str) -> str:
    return f"base_former_{name}"
