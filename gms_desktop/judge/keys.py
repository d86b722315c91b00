"""The table of keys and who holds them, and the one list of sorts of key."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Column, MetaData, Table, Text, bindparam

from gms_desktop.journal.database import Database, Params, Statement, put, text_statement, upsert

# For ever: released only by undo of the claiming entry, or for a tube bound by mistake by a stated release.
# Who did something that somebody else confirms or reviews, and who that was: nobody ever takes another's place in it.
OF_PEOPLE = frozenset({"asked", "decided", "used", "opened", "reviewed"})
FOR_EVER = frozenset({"id", "accession", "tube", "label", "plate", "downtime", "index", "case", "tissue"}) | OF_PEOPLE
# For now: released on leaving.
FOR_NOW = frozenset(
    {"place", "consignment", "packed", "role", "competence", "administrator", "reception", "reservation"}
)
# Kept by the judge for every subject that a folded entry touches.
LAST = "last"
# Kept by the judge beside it: on what the newest run of one bench's work on a subject rests. That is the last entry of
# another writer before it, or the newest entry about the subject that failed.
GROUND = "ground"
# Kept by the judge too: what another writer had left when the newest entry about the subject was refused.
REFUSED = "refused"
OF_THE_JUDGE = frozenset({LAST, GROUND, REFUSED})

keys = MetaData()
key_holder = Table(
    "key_holder",
    keys,
    Column("key", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    sqlite_with_rowid=False,
)

_load = text_statement(
    "SELECT key, holder FROM key_holder WHERE key IN (SELECT value FROM json_each(:keys))",
    "SELECT key, holder FROM key_holder WHERE key = ANY(:keys)",
)
_every = Statement(key_holder.select())
_add = Statement(key_holder.insert())
_put = put(key_holder)
_hold = upsert(key_holder)
_drop = Statement(key_holder.delete().where(key_holder.c.key == bindparam("key")))


def load(db: Database, names: Collection[str]) -> dict[str, str | None]:
    """The holders of the keys named; a free key is None."""
    wanted = list(names)
    turned = [turn(name) for name in wanted]
    found = dict(db.tuples(_load, {"keys": json.dumps(turned) if db.dialect == "sqlite" else turned}))
    return {name: found.get(place) for name, place in zip(wanted, turned, strict=True)}


def every(db: Database) -> dict[str, str]:
    """Every key that is held, with its holder, for verification."""
    return {turn_back(key): holder for lot in db.stream(_every) for key, holder in lot}


def save(db: Database, changes: Iterable[tuple[str, bool, str | None]]) -> None:
    """Write changed holders: each key, whether somebody held it before, and its holder now (None frees it)."""
    added: list[Params] = []
    changed: list[Params] = []
    freed: list[Params] = []
    for key, was_held, holder in changes:
        if holder is None:
            freed.append({"key": turn(key)})
        else:
            (changed if was_held else added).append({"key": turn(key), "holder": holder})
    db.run_many(_add, added)
    db.run_many(_put, changed)
    db.run_many(_drop, freed)


def hold(db: Database, holders: Mapping[str, str]) -> None:
    """Write holders, whether or not somebody held their keys before."""
    db.run_many(_hold, [{"key": turn(key), "holder": holder} for key, holder in holders.items()])


def turn(key: str) -> str:
    """The key as it is stored, its last part first: all keys of one subject, and of new subjects, stand together."""
    head, _, last = key.rpartition(":")
    return f"{last}:{head}"


def turn_back(stored: str) -> str:
    """The key of what :func:`turn` made."""
    last, _, head = stored.partition(":")
    return f"{head}:{last}" if head else last


def sort_of(key: str) -> str:
    """The sort of a key: what stands before its first colon."""
    return key.partition(":")[0]


def unknown_sorts(names: Iterable[str]) -> set[str]:
    """Sorts of key that stand in no list: a kind that names one is a bug."""
    return {sort_of(name) for name in names} - FOR_EVER - FOR_NOW - OF_THE_JUDGE
