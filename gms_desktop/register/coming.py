"""A second register in the same file, under names of its own: folded beside the one at work, then put in its place.

The fold knows its tables by one name each. On the connection that :func:`database` gives, those names mean the second
register's tables, and ``meta`` a table of its own, so that its digests stand apart as well (decision 20).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, Text
from sqlalchemy.schema import CreateTable

from gms_desktop.journal import schema, store
from gms_desktop.journal.database import Database, RawConnection, dialect_named
from gms_desktop.register import versions
from gms_desktop.register.base import copied_tables
from gms_desktop.register.versions import COMING, FORMER

# What the second fold finds of entries and is written beside them only when it is put in place.
found = Table(
    "found",
    MetaData(),
    Column("n", Integer, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("formers", Text),
)
_GENERATION = "coming_generation"
# After every entry: what acts leave standing is about the register at work, and counts for nothing in the second one.
AFTER_ALL = 2**62


@cache
def tables() -> tuple[Table, ...]:
    """What stands beside the register at work while another one is folded."""
    return (*copied_tables(), schema.meta, found)


class _Renamed:
    """A driver's connection on which the names of the register's tables mean those of the second register."""

    def __init__(self, raw: RawConnection) -> None:
        self._raw = raw

    def execute(self, sql: str, params: Any = None, /) -> Any:
        """Run one statement and give its cursor."""
        return self._raw.execute(renamed(sql), params or {})

    def cursor(self) -> Any:
        """A new cursor."""
        return _RenamedCursor(self._raw.cursor())

    def close(self) -> None:
        """Nothing: the connection is the register's at work."""


class _RenamedCursor:
    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def executemany(self, sql: str, rows: Any) -> Any:
        return self._cursor.executemany(renamed(sql), rows)


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(sorted((table.name for table in tables()), key=len, reverse=True))
    # After a word that a table follows, or before the dot of a column: nowhere else is a name that of a table.
    return re.compile(rf'(?<![\w."])(?:(?P<word>(?:FROM|INTO|JOIN|UPDATE(?: OR FAIL)?)\s+)({names})\b|({names})(?=\.))')


@cache
def renamed(sql: str) -> str:
    """A statement with the second register's names in it."""
    return _named().sub(lambda one: f"{one['word'] or ''}{COMING}{one[2] or one[3]}", sql)


def database(db: Database) -> Database:
    """The second register of a bench's file, in the transaction that is open there."""
    return Database(_Renamed(db.raw), db.dialect)


def make(db: Database) -> None:
    """Make the second register's tables, empty, in the caller's transaction."""
    generation = int(store.meta(db, _GENERATION) or 0) + 1
    store.put_meta(db, _GENERATION, str(generation))
    for statement in _table_statements():
        db.raw.execute(statement)
    for name, table_name, statement in versions.index_statements(dialect_named("sqlite")):
        # An index goes with its table when that gets another name, and keeps its own: no two may have the same.
        begin, _, rest = statement.partition(f"INDEX {name} ON {table_name} ")
        db.raw.execute(f"{begin}INDEX {name}_{generation} ON {COMING}{table_name} {rest}")


@cache
def _table_statements() -> tuple[str, ...]:
    made = [table.to_metadata(MetaData(), name=COMING + table.name) for table in tables()]
    return tuple(str(CreateTable(table).compile(dialect=dialect_named("sqlite"))) for table in made)


def put_in_place(db: Database) -> None:
    """Let the second register be the one at work, in the caller's transaction; the former one waits to be cleared."""
    for table in copied_tables():
        name = table.name
        if _has_rows(db, name) or _has_rows(db, COMING + name):
            db.raw.execute(f"ALTER TABLE {name} RENAME TO {FORMER}{name}")
            db.raw.execute(f"ALTER TABLE {COMING}{name} RENAME TO {name}")


def clear(db: Database, most: int) -> bool:
    """Take away rows of what is neither at work nor being made, in the caller's transaction; whether there is more."""
    for name in left(db):
        key = _key(name)
        # Names of our own tables and columns: no text from outside is in this SQL.
        gone = db.raw.execute(
            f"DELETE FROM {name} WHERE ({key}) IN (SELECT {key} FROM {name} LIMIT ?)",  # noqa: S608
            (most,),
        ).rowcount
        if gone < most:
            db.raw.execute(f"DROP TABLE {name}")
        return True
    return False


def left(db: Database) -> list[str]:
    """The tables of a second or a former register that are there."""
    there = {name for (name,) in db.raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()}
    return [prefix + table.name for prefix in (FORMER, COMING) for table in tables() if prefix + table.name in there]


def _key(name: str) -> str:
    table = next(table for table in tables() if name in {COMING + table.name, FORMER + table.name})
    return ", ".join(f'"{column.name}"' for column in table.primary_key.columns)


def _has_rows(db: Database, name: str) -> bool:
    return bool(db.raw.execute(f"SELECT EXISTS (SELECT 1 FROM {name})").fetchone()[0])  # noqa: S608
