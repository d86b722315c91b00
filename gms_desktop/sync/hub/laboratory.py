"""A laboratory at the hub: its scope, its head row and its partition of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import psycopg
from psycopg import sql

from gms_desktop.sync.hub.migrations import migrate, revision
from gms_desktop.sync.messages import first_order_hash


@dataclass(frozen=True, slots=True)
class Laboratory:
    """A laboratory that the hub serves.

    Attributes:
        scope: its identity, minted when the first bench was set up.
        name: as people call it.
        rehearsal: whether only rehearsal benches may join.
    """

    scope: str
    name: str
    rehearsal: bool = False


def init(dsn: str, laboratory: Laboratory) -> None:
    """Bring the database up and give the laboratory its place in it; again is no harm.

    Raises:
        NewerHub: when a newer version has brought the database up.
        psycopg.Error: when the server cannot be reached or refuses.
    """
    migrate(dsn)
    with psycopg.connect(dsn) as connection:
        add(connection, laboratory)


@dataclass(frozen=True, slots=True)
class Standing:
    """A laboratory that a hub serves already: its scope and name, how many entries it holds, and its benches' names."""

    scope: str
    name: str
    entries: int
    benches: tuple[str, ...]


def standing(dsn: str) -> tuple[Standing, ...]:
    """The laboratories of a database; none when it is no hub yet.

    Raises:
        psycopg.Error: when the server cannot be reached or refuses.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        if revision(connection) is None:
            return ()
        rows = connection.execute(
            "SELECT s.scope, s.name, s.position, ARRAY(SELECT b.name FROM hub.bench b WHERE b.scope = s.scope "
            "ORDER BY b.name) FROM hub.scope s ORDER BY s.name, s.scope"
        ).fetchall()
    return tuple(Standing(scope, name, position, tuple(benches)) for scope, name, position, benches in rows)


def add(connection: psycopg.Connection, laboratory: Laboratory) -> None:
    """Give a further laboratory its place, as an administrator; one that has it keeps its order and its name."""
    connection.execute("SET LOCAL ROLE gms_hub")
    connection.execute(
        "INSERT INTO hub.scope (scope, position, order_hash, name, rehearsal) VALUES (%s, 0, %s, %s, %s) "
        "ON CONFLICT (scope) DO NOTHING",
        (laboratory.scope, first_order_hash(laboratory.scope), laboratory.name, laboratory.rehearsal),
    )
    partition = f"entry_{sha256(laboratory.scope.encode()).hexdigest()[:16]}"
    connection.execute(
        sql.SQL("CREATE TABLE IF NOT EXISTS hub.{} PARTITION OF hub.entry FOR VALUES IN ({})").format(
            sql.Identifier(partition), sql.Literal(laboratory.scope)
        )
    )
    connection.execute("RESET ROLE")
