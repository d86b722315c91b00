"""Brings a database file to this version: journal tables by alembic, register tables made anew from the journal.

A newer file is refused and left untouched.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable, Index

from gms_desktop.errors import Refused
from gms_desktop.journal import migrations, store
from gms_desktop.journal.database import Database
from gms_desktop.judge.keys import keys
from gms_desktop.register import base, digests
from gms_desktop.register.groups import GROUPS
from gms_desktop.register.labels import waiting
from gms_desktop.register.rows import derived

# Asking for the groups makes every table of the register known: of some of them only, the shape would be another.
EVERY_GROUP = GROUPS
RULESET = 2
NOT_BUILT = "0-not-built"
_DERIVED = (keys, derived, waiting)
# Before the names of the tables of a register that is folded beside this one, and of one whose place was taken.
COMING, FORMER = "coming_", "former_"
# How far that fold is, beside the journal.
FOLDING = "coming"
_NEWER = (
    "This bench's file was written by a newer version of the application. Install that version; "
    "the file has been left as it is."
)


def register_version() -> str:
    """A name for the shape of the register tables and the fold's own rules."""
    shape = ";".join(
        f"{table.name}({','.join(sorted(str(part.name) for part in (*table.columns, *table.indexes)))})"
        for metadata in _DERIVED
        for table in metadata.sorted_tables
    )
    return f"{RULESET}-{sha256(shape.encode()).hexdigest()[:12]}"


def is_current(db: Database) -> bool:
    """Whether the file needs nothing done.

    Raises:
        Refused: when the file was written by a newer version of the application.
    """
    revision = migrations.revision(db)
    if revision is not None and revision not in migrations.KNOWN:
        raise Refused(_NEWER)
    if revision != migrations.HEAD:
        return False
    found = store.meta(db, "register_version")
    if found and int(found.partition("-")[0]) > RULESET:
        raise Refused(_NEWER)
    return found == register_version()


def bring_up(db: Database) -> bool:
    """Make or upgrade the tables.

    Returns:
        Whether the register has to be rebuilt from the journal before it is used.

    Raises:
        Refused: when the file was written by a newer version of the application, or what its register would be made
            of stands in a base of another version.
    """
    if is_current(db):
        return False
    if migrations.revision(db) is not None:
        base.check_version(db, register_version())
    migrations.upgrade(db)
    with db.write():
        drop_register(db)
        make_register(db)
        rebuild_first = store.count(db) > 0 or base.known(db) is not None
        # Only the rebuild itself may say that a register which has entries to show is whole: a bench that is
        # switched off in between must rebuild at its next start.
        store.put_meta(db, "register_version", NOT_BUILT if rebuild_first else register_version())
    return rebuild_first


def make_register(db: Database) -> None:
    """Create the register's tables, empty."""
    for statement in _table_statements(migrations.dialect_of(db)):
        db.raw.execute(statement)
    make_indexes(db)


@cache
def _table_statements(dialect: Dialect) -> tuple[str, ...]:
    tables = [table for metadata in _DERIVED for table in metadata.sorted_tables]
    return tuple(str(CreateTable(table).compile(dialect=dialect)) for table in tables)


def make_indexes(db: Database) -> None:
    """Make the indexes of the register's tables: many rows are written sooner without them."""
    for _, _, statement in index_statements(migrations.dialect_of(db)):
        db.raw.execute(statement)


@cache
def index_statements(dialect: Dialect) -> tuple[tuple[str, str, str], ...]:
    """Each index of the register: its name, its table, and the statement that makes it."""
    made = []
    for index in _indexes():
        index.dialect_options[dialect.name]["where"] = index.dialect_options["sqlite"]["where"]
        made.append((str(index.name), str(index.table), str(CreateIndex(index).compile(dialect=dialect))))
    return tuple(made)


def drop_indexes(db: Database) -> None:
    """Take the indexes of the register's tables away until :func:`make_indexes` makes them again."""
    for index in _indexes():
        db.raw.execute(f"DROP INDEX IF EXISTS {index.name}")


def _indexes() -> list[Index]:
    tables = [table for metadata in _DERIVED for table in metadata.sorted_tables]
    return [index for table in tables for index in sorted(table.indexes, key=lambda index: str(index.name))]


def drop_register(db: Database) -> None:
    """Take the register's tables away, and those folded beside it: they are made again from the journal."""
    for metadata in _DERIVED:
        for table in metadata.sorted_tables:
            for prefix in ("", COMING, FORMER):
                db.raw.execute(f"DROP TABLE IF EXISTS {prefix}{table.name}")
    store.put_meta(db, FOLDING, "null")
    digests.empty(db)
