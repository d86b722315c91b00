"""What a bench keeps of a base: the register at one position, under which there may be no entries any more.

A register is its base and the fold of what follows. The base's tables stand in the bench's own file, under names of
their own, so that a copy of the file is whole and a rebuild needs nothing but the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import MetaData, Table
from sqlalchemy.schema import CreateTable

from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Statement, dialect_named, text_statement
from gms_desktop.judge.keys import keys
from gms_desktop.register.labels import waiting
from gms_desktop.register.rows import derived

FORMAT = 1
KEY_BYTES = 32
CHUNK = 256 * 1024
"""A base travels as its key, and then its file in pieces of this size."""
_META = "base"
_LOT = 2_000


@dataclass(frozen=True, slots=True)
class RegisterBase:
    """A register at one position.

    Attributes:
        scope: the laboratory.
        position: in the agreed order; ``order_hash``: the order's hash there.
        register_version: the shape of its tables and the rules of the fold.
        digests: digest and number of rows of each table.
        heads: seq and hash of each writer's last entry up to there.
    """

    scope: str
    position: int
    order_hash: bytes
    register_version: str
    digests: Mapping[str, tuple[str, int]]
    heads: Mapping[str, tuple[int, bytes]]

    def as_text(self) -> str:
        """As JSON."""
        said = {
            "scope": self.scope,
            "position": self.position,
            "order_hash": self.order_hash.hex(),
            "register_version": self.register_version,
            "digests": {name: list(one) for name, one in self.digests.items()},
            "heads": {writer: [seq, digest.hex()] for writer, (seq, digest) in self.heads.items()},
        }
        return json.dumps(said, sort_keys=True)


def from_text(text: str) -> RegisterBase:
    """Read what :meth:`RegisterBase.as_text` wrote.

    Raises:
        ValueError, KeyError, TypeError: when it is something else.
    """
    said = json.loads(text)
    return RegisterBase(
        said["scope"],
        said["position"],
        bytes.fromhex(said["order_hash"]),
        said["register_version"],
        {name: (one[0], one[1]) for name, one in said["digests"].items()},
        {writer: (seq, bytes.fromhex(digest)) for writer, (seq, digest) in said["heads"].items()},
    )


def copied_tables() -> tuple[Table, ...]:
    """The tables that a base holds, by name."""
    return tuple(table for metadata in (keys, derived, waiting) for table in metadata.sorted_tables)


def kept(name: str) -> str:
    """Under which name a table of the base stands in the bench's file."""
    return f"base_{name}"


def known(db: Database) -> RegisterBase | None:
    """The base of this file, or None: then its register follows from its entries alone."""
    text = store.meta(db, _META)
    return None if text is None else from_text(text)


def put(db: Database, base: RegisterBase) -> None:
    """Write which base the file has, in the transaction that has filled or named its tables."""
    store.put_meta(db, _META, base.as_text())


def check_version(db: Database, wanted: str) -> None:
    """See that a register of the wanted version can be made here.

    Raises:
        Refused: when what it would be made of stands in a base of another version.
    """
    base = known(db)
    if base is not None and base.register_version != wanted:
        raise Refused(
            "This bench's older work stands in a base of the former version of the application; this version needs "
            "another. Start the former version; when the hub has a base of the new one, join again. Nothing changed."
        )


def make_tables(db: Database) -> None:
    """Make the tables that a base is kept in, empty, in the caller's transaction."""
    for name, statement in _table_statements():
        db.raw.execute(f"DROP TABLE IF EXISTS {name}")
        db.raw.execute(statement)


@cache
def _table_statements() -> tuple[tuple[str, str], ...]:
    made = [table.to_metadata(MetaData(), name=kept(table.name)) for table in copied_tables()]
    return tuple((table.name, str(CreateTable(table).compile(dialect=dialect_named("sqlite")))) for table in made)


def put_back(db: Database) -> RegisterBase | None:
    """Fill the empty register with what the base holds, in the caller's transaction.

    Returns:
        The base; None when the file has none.
    """
    base = known(db)
    if base is not None:
        for table in copied_tables():
            copy(db, table, kept(table.name), table.name)
        put_digests(db, base)
    return base


def copy(db: Database, table: Table, source: str, target: str) -> None:
    """Copy every row of a table to another one of the same columns, in whichever order each has them."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    # Names of our own tables and columns: no text from outside is in this SQL.
    db.raw.execute(f"INSERT INTO {target} ({columns}) SELECT {columns} FROM {source}")  # noqa: S608


def copy_some(
    db: Database, table: Table, source: str, target: str, after: Sequence[str], most: int
) -> list[str] | None:
    """Copy the next rows of a table in the order of its key, in the caller's transaction.

    Args:
        db: the bench's file.
        table: says which columns there are.
        source: the name that the rows are under.
        target: under which they shall be as well.
        after: the key of the last row that was copied, empty for none.
        most: how many rows.

    Returns:
        The key of the last row; None when there are no more.
    """
    # Names of our own tables and columns: no text from outside is in this SQL.
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    key = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    beyond = f"WHERE ({key}) > ({_marks(len(after))})" if after else ""
    rows = db.raw.execute(
        f"SELECT {columns} FROM {source} {beyond} ORDER BY {key} LIMIT ?",  # noqa: S608
        (*after, most),
    ).fetchall()
    if rows:
        insert = f"INSERT INTO {target} ({columns}) VALUES ({_marks(len(table.columns))})"  # noqa: S608
        db.raw.cursor().executemany(insert, rows)
    if len(rows) < most:
        return None
    last = dict(zip(table.columns.keys(), rows[-1], strict=True))
    return [last[column.name] for column in table.primary_key.columns]


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def put_digests(db: Database, base: RegisterBase, n: int | None = None) -> None:
    """Write the digests of a register that stands as its base does, after the ``n``-th entry, else after the last."""
    members: dict[str, Any] = {
        "n": store.last_n(db) if n is None else n,
        **{name: list(one) for name, one in base.digests.items()},
    }
    store.put_meta(db, "digests", json.dumps(members))


def copy_into(db: Database, other: Database) -> RegisterBase | None:
    """Fill another database's empty register with this file's base, inside that one's transaction."""
    base = known(db)
    if base is not None:
        for table in copied_tables():
            add = Statement(table.insert())
            names = [column.name for column in table.columns]
            for lot in _rows(db, table):
                other.run_many(add, [dict(zip(names, values, strict=True)) for values in lot])
        put_digests(other, base)
    return base


def _rows(db: Database, table: Table) -> Iterator[list[Any]]:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return db.stream(text_statement(f"SELECT {columns} FROM {kept(table.name)}"), None, _LOT)  # noqa: S608
