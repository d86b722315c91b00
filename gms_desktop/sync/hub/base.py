"""Makes bases: the register of a laboratory at one position as a file that a bench loads instead of a year of entries.

The file is SQLite, encrypted under a key of its own, which is the first chunk; so what a bench keeps of it while it is
on its way is of no use to anyone. It is copied from the hub's register as it stands at one moment.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.schema import CreateTable
from sqlcipher3 import dbapi2 as driver

from gms_desktop.journal import schema
from gms_desktop.journal.database import dialect_named
from gms_desktop.journal.private import search_terms
from gms_desktop.register import versions
from gms_desktop.register.base import CHUNK, FORMAT, KEY_BYTES, RegisterBase, copied_tables
from gms_desktop.sync.hub.hub_register import schema_of

_LOT = 5_000

_NEWEST = """SELECT position, made_at FROM hub.base WHERE scope = %s AND register_version = %s
    ORDER BY position DESC LIMIT 1"""
_FOLLOWED = "SELECT position, order_hash FROM hub.followed WHERE scope = %s AND register_version = %s"
_HEADS = """SELECT DISTINCT ON (writer) writer, seq, hash FROM hub.entry
    WHERE scope = %s AND position <= %s ORDER BY writer, seq DESC"""
_PRIVATE = """SELECT subject, commitment, salt, value FROM hub.private
    WHERE scope = %s AND position <= %s ORDER BY subject, commitment"""
_ADD = """INSERT INTO hub.base (scope, position, register_version, order_hash, heads, size, sha256, made_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, clock_timestamp())"""
_ADD_CHUNK = "INSERT INTO hub.base_chunk VALUES (%s, %s, %s, %s, %s)"
_KEEP_TWO = """DELETE FROM hub.base WHERE scope = %(scope)s AND register_version = %(version)s AND position NOT IN (
    SELECT position FROM hub.base WHERE scope = %(scope)s AND register_version = %(version)s
    ORDER BY position DESC LIMIT 2)"""


@dataclass(frozen=True, slots=True)
class Plan:
    """When a base is due: after so many entries, or after so long when there are any new ones."""

    entries: int = 50_000
    age: timedelta = timedelta(hours=20)
    least: int = 1_000


@dataclass(frozen=True, slots=True)
class Made:
    """A base that was made: its position, and its size in bytes."""

    position: int
    size: int


def due(connection: psycopg.Connection, scope: str, plan: Plan) -> bool:
    """Whether the laboratory should have a newer base."""
    version = versions.register_version()
    reached = connection.execute(_FOLLOWED, (scope, version)).fetchone()
    newest = connection.execute(_NEWEST, (scope, version)).fetchone()
    if reached is None:
        return False
    grown = reached[0] - (newest[0] if newest else 0)
    old = newest is None or newest[1] < datetime.now(UTC) - plan.age
    return bool(grown >= plan.entries or (old and grown >= plan.least))


def make(dsn: str, scope: str) -> Made | None:
    """Make a base of the register as it stands, and keep the newest two.

    Args:
        dsn: of an administrator of the hub.
        scope: the laboratory.

    Returns:
        What was made; None when the register has nothing, or has a base at this position.
    """
    version = versions.register_version()
    with tempfile.TemporaryDirectory(prefix="gms_desktop-base-") as folder:
        path, key = Path(folder) / "base.db", os.urandom(KEY_BYTES)
        with psycopg.connect(dsn) as connection:
            base = _written(connection, scope, version, path, key)
            if base is None:
                return None
        with psycopg.connect(dsn) as connection:
            return _stored(connection, base, path, key)


def _written(connection: psycopg.Connection, scope: str, version: str, path: Path, key: bytes) -> RegisterBase | None:
    """Write the file from one moment's view of the database."""
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    reached = connection.execute(_FOLLOWED, (scope, version)).fetchone()
    if reached is None or reached[0] == 0:
        return None
    newest = connection.execute(_NEWEST, (scope, version)).fetchone()
    if newest and newest[0] == reached[0]:
        return None
    register = schema_of(scope, version)
    digests = connection.execute(
        sql.SQL("SELECT value FROM {}.meta WHERE name = 'digests'").format(sql.Identifier(register))
    ).fetchone()
    assert digests is not None
    known = {name: said for name, said in json.loads(digests[0]).items() if name != "n"}
    heads = {writer: (seq, digest) for writer, seq, digest in connection.execute(_HEADS, (scope, reached[0]))}
    base = RegisterBase(scope, reached[0], reached[1], version, known, heads)
    raw = driver.connect(str(path), isolation_level=None)
    try:
        raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-64000"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN")
        _copy_register(connection, register, raw)
        _copy_private(connection, base, raw)
        raw.execute("CREATE TABLE base (format INTEGER NOT NULL, said TEXT NOT NULL)")
        raw.execute("INSERT INTO base VALUES (?, ?)", (FORMAT, base.as_text()))
        raw.execute("COMMIT")
    finally:
        raw.close()
    return base


def _copy_register(connection: psycopg.Connection, register: str, raw: Any) -> None:
    for table in copied_tables():
        raw.execute(str(CreateTable(table).compile(dialect=dialect_named("sqlite"))))
        names = [column.name for column in table.columns]
        asked = sql.SQL('SELECT {} FROM {} ORDER BY {} COLLATE "C"').format(
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.Identifier(register, table.name),
            sql.Identifier(names[0]),
        )
        for lot in _lots(connection, asked):
            _insert(raw, table.name, lot)


def _copy_private(connection: psycopg.Connection, base: RegisterBase, raw: Any) -> None:
    for table in (schema.private, schema.private_term):
        raw.execute(str(CreateTable(table).compile(dialect=dialect_named("sqlite"))))
    terms: list[tuple[str, str, str]] = []
    for lot in _lots(connection, sql.SQL(_PRIVATE), (base.scope, base.position)):
        _insert(raw, "private", lot)
        terms += [
            (term, subject, commitment)
            for subject, commitment, _salt, value in lot
            if value and not subject.startswith("scan:")
            for term in search_terms(value)
        ]
    _insert(raw, "private_term", sorted(set(terms)))


def _lots(connection: psycopg.Connection, asked: sql.Composable, values: Sequence[Any] = ()) -> Iterator[list[Any]]:
    with connection.cursor("base", binary=True) as cursor:
        cursor.itersize = _LOT
        cursor.execute(asked, values)  # type: ignore[arg-type]
        while lot := cursor.fetchmany(_LOT):
            yield lot


def _insert(raw: Any, table: str, rows: Sequence[Any]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        raw.cursor().executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608


def _stored(connection: psycopg.Connection, base: RegisterBase, path: Path, key: bytes) -> Made:
    """Put the file into the database in chunks, the key first; a reader sees it whole or not at all."""
    connection.execute("SET LOCAL ROLE gms_hub")
    digest, size = sha256(key), len(key)
    with path.open("rb") as file:
        while content := file.read(CHUNK):
            digest.update(content)
            size += len(content)
    heads = json.dumps({writer: [seq, head.hex()] for writer, (seq, head) in base.heads.items()})
    place = (base.scope, base.position, base.register_version)
    connection.execute(_ADD, (*place, base.order_hash, heads, size, digest.digest()))
    connection.execute(_ADD_CHUNK, (*place, 0, key))
    with path.open("rb") as file, connection.cursor() as cursor:
        for number, content in enumerate(iter(lambda: file.read(CHUNK), b""), start=1):
            cursor.execute(_ADD_CHUNK, (*place, number, content))
    connection.execute(_KEEP_TWO, {"scope": base.scope, "version": base.register_version})
    return Made(base.position, size)
