"""How a hub stands, in numbers that its administrator asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from gms_desktop.register import versions
from gms_desktop.sync.hub.follow import ONE_FOLLOWER
from gms_desktop.sync.hub.recovering import Recovery, recoveries, waits_for_recovery

_LABORATORIES = "SELECT scope, name, rehearsal, position, hub.epoch(scope) FROM hub.scope ORDER BY scope"
_BENCHES = """SELECT b.login, b.name, b.state, b.code_valid_until,
    (SELECT max(e.received_at) FROM hub.writer w CROSS JOIN LATERAL (
        SELECT x.received_at FROM hub.entry x WHERE x.scope = w.scope AND x.writer = w.writer
        ORDER BY x.seq DESC LIMIT 1) AS e WHERE w.scope = b.scope AND w.login = b.login),
    (SELECT count(*) FROM hub.short_code c WHERE c.login = b.login AND c.writer IS NULL),
    EXISTS (SELECT FROM pg_stat_activity a WHERE a.usename = b.login),
    ARRAY(SELECT w.writer FROM hub.writer w WHERE w.scope = b.scope AND w.login = b.login ORDER BY w.writer)
    FROM hub.bench b WHERE b.scope = %s ORDER BY b.name, b.login"""
_FOLLOWED = "SELECT position, folded_at, trouble FROM hub.followed WHERE scope = %s AND register_version = %s"
# A lock on one number of 64 bits stands in two halves.
_FOLLOWS = """SELECT a.pid, a.backend_start FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND (l.classid::bigint << 32) | l.objid::bigint = %s"""
_BASES = "SELECT position, size, made_at, register_version FROM hub.base WHERE scope = %s ORDER BY position DESC"


@dataclass(frozen=True, slots=True)
class BenchState:
    """A bench as the hub knows it.

    Attributes:
        login: its own.
        name: as people call it.
        state: invited, active or revoked.
        code_valid_until: of the last code that was given for it.
        last_entry_at: when the hub received its last entry; None before the first.
        spare_codes: short codes that it has left.
        connected: whether it has a session now.
        writers: its writers, oldest first.
    """

    login: str
    name: str
    state: str
    code_valid_until: datetime
    last_entry_at: datetime | None
    spare_codes: int
    connected: bool
    writers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BaseState:
    """A base that the hub keeps."""

    position: int
    size: int
    made_at: datetime
    register_version: str


@dataclass(frozen=True, slots=True)
class LaboratoryState:
    """A laboratory at the hub.

    Attributes:
        scope: its identity; ``name`` as people call it; ``rehearsal``: whether only rehearsal benches may join.
        position: the last in its order; ``epoch``: the hub's for it.
        waits_for_recovery: whether the server is another than the one it last worked under.
        recovery: the open recovery, if there is one.
        followed: up to where the register of this version has come, None when it was never followed.
        trouble: why the register does not go on.
        benches: every bench; ``bases``: every base, newest first.
    """

    scope: str
    name: str
    rehearsal: bool
    position: int
    epoch: str
    waits_for_recovery: bool
    recovery: Recovery | None
    followed: int | None
    trouble: str
    benches: tuple[BenchState, ...]
    bases: tuple[BaseState, ...]


def following_since(connection: psycopg.Connection) -> datetime | None:
    """Since when ``hub follow`` runs; None when it does not."""
    row = connection.execute(_FOLLOWS, (ONE_FOLLOWER,)).fetchone()
    return row[1] if row else None


def laboratories(connection: psycopg.Connection) -> tuple[LaboratoryState, ...]:
    """How each laboratory stands. As an administrator of the hub."""
    return tuple(_laboratory(connection, *row) for row in connection.execute(_LABORATORIES).fetchall())


def _laboratory(
    connection: psycopg.Connection, scope: str, name: str, rehearsal: bool, position: int, epoch: str
) -> LaboratoryState:
    followed = connection.execute(_FOLLOWED, (scope, versions.register_version())).fetchone()
    benches = connection.execute(_BENCHES, (scope,)).fetchall()
    return LaboratoryState(
        scope,
        name,
        rehearsal,
        position,
        epoch,
        waits_for_recovery(connection, scope),
        next((one for one in recoveries(connection, scope) if one.ended_at is None), None),
        followed[0] if followed else None,
        followed[2] if followed else "",
        tuple(_bench(row) for row in benches),
        tuple(BaseState(*row) for row in connection.execute(_BASES, (scope,)).fetchall()),
    )


def _bench(row: tuple[Any, ...]) -> BenchState:
    return BenchState(row[0], row[1], row[2], row[3], row[4], row[5], row[6], tuple(row[7]))
