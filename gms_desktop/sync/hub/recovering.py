"""Recovers a laboratory at a hub that was restored or took over from another server. As an administrator of the hub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from gms_desktop.errors import Refused

_FLIPPED = """SELECT writer, seq, former_position, former_verdict, outcome, position, verdict, why FROM hub.recovered
    WHERE scope = %s AND number = %s AND (outcome = 'left' OR (former_verdict <> '' AND verdict <> former_verdict))
    ORDER BY line"""
_STATE = """SELECT r.number, r.began_at, r.ended_at, r.reason, r.opened_by, coalesce(r.closed_by, ''),
    (SELECT count(*) FROM hub.gave_back g WHERE g.scope = r.scope),
    (SELECT count(DISTINCT o.hash) FROM hub.reoffered o WHERE o.scope = r.scope)
    FROM hub.recovery r WHERE r.scope = %s ORDER BY r.number DESC"""


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery of one laboratory.

    Attributes:
        number: by which benches know it.
        began_at: when it was opened; ``ended_at``: when it was closed, None while it is open.
        reason: why, in the words of who opened it.
        opened_by: who opened it; ``closed_by``: who closed it.
        benches: how many have given entries back while it is open, and how many ``entries`` are waiting for its end.
    """

    number: int
    began_at: datetime
    ended_at: datetime | None
    reason: str
    opened_by: str
    closed_by: str
    benches: int
    entries: int


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that a person must look at: its verdict is another one now, or it could not be put back."""

    entry: str
    former_position: int
    former_verdict: str
    outcome: str
    position: int | None
    verdict: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Closed:
    """What came of a recovery."""

    number: int
    placed: int
    there: int
    left_out: int
    changed: tuple[Changed, ...]


def begin(connection: psycopg.Connection, scope: str, reason: str, by: str) -> int:
    """Open a recovery: benches give back what they hold, nothing else goes in or out. Its number.

    Raises:
        Refused: when the hub has no such laboratory, one is open already, or no reason is given.
    """
    if not reason.strip() or not by.strip():
        raise Refused("Say why the hub is recovered, and who you are: both stand in its record for ever.")
    return int(_asked(connection, "SELECT hub.open_recovery(%s, %s, %s)", (scope, reason.strip(), by.strip()))[0])


def close(connection: psycopg.Connection, scope: str, by: str) -> Closed:
    """Put what was given back in its former order and open the laboratory again, in one transaction.

    Raises:
        Refused: when no recovery is open.
    """
    with connection.transaction():
        row = _asked(connection, "SELECT placed, there, left_out FROM hub.close_recovery(%s, %s)", (scope, by.strip()))
        number = _asked(connection, "SELECT max(number) FROM hub.recovery WHERE scope = %s", (scope,))[0]
        return Closed(int(number), row[0], row[1], row[2], changed(connection, scope, int(number)))


def changed(connection: psycopg.Connection, scope: str, number: int) -> tuple[Changed, ...]:
    """What a person must look at after a recovery, in the former order."""
    rows = connection.execute(_FLIPPED, (scope, number)).fetchall()
    return tuple(Changed(f"{writer}/{seq}", *rest) for writer, seq, *rest in rows)


def recoveries(connection: psycopg.Connection, scope: str) -> tuple[Recovery, ...]:
    """Every recovery of a laboratory, newest first."""
    return tuple(Recovery(*row) for row in connection.execute(_STATE, (scope,)).fetchall())


def waits_for_recovery(connection: psycopg.Connection, scope: str) -> bool:
    """Whether the server is not the one under which the laboratory last worked, and nobody has said so yet."""
    row = connection.execute(
        "SELECT instance <> hub.instance(scope) FROM hub.worked WHERE scope = %s", (scope,)
    ).fetchone()
    return bool(row and row[0])


def hand_over(connection: psycopg.Connection, scope: str, writer: str, login: str) -> None:
    """Give a writer to the bench that writes it: after a restore that forgot under which login it had joined.

    Raises:
        Refused: when the laboratory has no such writer or no such bench.
    """
    with connection.transaction():
        known = connection.execute("SELECT FROM hub.bench WHERE login = %s AND scope = %s", (login, scope)).fetchone()
        if known is None:
            raise Refused(f"{scope} has no bench {login}. gms-desktop hub status lists them.")
        moved = connection.execute(
            "UPDATE hub.writer SET login = %s WHERE scope = %s AND writer = %s RETURNING short_code",
            (login, scope, writer),
        ).fetchone()
        if moved is None:
            raise Refused(f"{scope} has no writer {writer}. gms-desktop hub status lists them.")
        connection.execute("UPDATE hub.short_code SET login = %s WHERE code = %s", (login, moved[0]))


def _asked(connection: psycopg.Connection, query: str, values: tuple[str, ...]) -> tuple[Any, ...]:
    try:
        row: tuple[Any, ...] | None = connection.execute(query, values).fetchone()
    except psycopg.Error as fault:
        if fault.sqlstate == "GMREF":
            raise Refused(fault.diag.message_primary or str(fault)) from fault
        raise
    assert row is not None
    return row
