"""Recovers a laboratory at a hub that was restored or took over from another server. As an administrator of the hub."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from gms_desktop.errors import Refused
from gms_desktop.sync.hub import given_back
from gms_desktop.sync.hub.given_back import Unproved

MOST_BYTES_OF_A_BENCH = 4_000_000_000
_FLIPPED = """SELECT writer, seq, former_position, former_verdict, outcome, position, verdict, why FROM hub.recovered
    WHERE scope = %s AND number = %s
        AND (outcome = 'left' OR why <> '' OR (former_verdict <> '' AND verdict <> former_verdict))
    ORDER BY line"""
_STATE = """SELECT r.number, r.began_at, r.ended_at, r.reason, r.opened_by, coalesce(r.closed_by, ''),
    (SELECT count(*) FROM hub.gave_back g WHERE g.scope = r.scope),
    (SELECT count(DISTINCT o.hash) FROM hub.reoffered o WHERE o.scope = r.scope),
    ARRAY(SELECT b.name || ' (' || b.login || ')' FROM hub.gave_back g JOIN hub.bench b USING (login)
        WHERE g.scope = r.scope AND g.turned_away > 0 ORDER BY 1),
    ARRAY(SELECT b.name || ' (' || b.login || ')' FROM hub.bench b
        WHERE b.scope = r.scope AND b.state = 'active' AND r.ended_at IS NULL
            AND NOT EXISTS (SELECT FROM hub.gave_back g WHERE g.scope = b.scope AND g.login = b.login) ORDER BY 1)
    FROM hub.recovery r WHERE r.scope = %s ORDER BY r.number DESC"""

# One that has said nothing for a minute is not waited for: it was switched off, or is of an earlier version.
_GIVING = """SELECT b.name || ' (' || b.login || ')' FROM hub.gave_back g JOIN hub.bench b USING (login)
    WHERE g.scope = %s AND NOT g.all_given AND g.at > clock_timestamp() - interval '1 minute' ORDER BY 1"""


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery of one laboratory.

    Attributes:
        number: by which benches know it.
        began_at: when it was opened; ``ended_at``: when it was closed, None while it is open.
        reason: why, in the words of who opened it.
        opened_by: who opened it; ``closed_by``: who closed it.
        benches: how many have given entries back while it is open, and how many ``entries`` are waiting for its end.
        turned_away: benches that gave more than the recovery takes of one: the rest was not kept.
        silent: benches that were not heard so far, while it is open; one that has nothing to give says so.
    """

    number: int
    began_at: datetime
    ended_at: datetime | None
    reason: str
    opened_by: str
    closed_by: str
    benches: int
    entries: int
    turned_away: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


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


def begin(
    connection: psycopg.Connection, scope: str, reason: str, by: str, most_bytes: int = MOST_BYTES_OF_A_BENCH
) -> int:
    """Open a recovery: benches give back what they hold, nothing else goes in or out. Its number.

    Args:
        connection: of an administrator.
        scope: the laboratory.
        reason: why; it stands in the hub's record.
        by: who.
        most_bytes: how much the hub keeps of what one bench gives back and no other gave before.

    Raises:
        Refused: when the hub has no such laboratory, one is open already, or no reason is given.
    """
    if not reason.strip() or not by.strip():
        raise Refused("Say why the hub is recovered, and who you are: both stand in its record for ever.")
    with connection.transaction():
        number = _asked(connection, "SELECT hub.open_recovery(%s, %s, %s)", (scope, reason.strip(), by.strip()))[0]
        connection.execute(
            "UPDATE hub.recovery SET most_bytes = %s WHERE scope = %s AND number = %s", (most_bytes, scope, number)
        )
    return int(number)


def unproved(connection: psycopg.Connection, scope: str) -> tuple[Unproved, ...]:
    """What was given back so far and neither its writer's signature nor its writer's own bench proves."""
    with connection.transaction():
        return given_back.unproved(connection, scope)


def close(
    connection: psycopg.Connection, scope: str, by: str, place: Collection[str] = (), leave: Collection[str] = ()
) -> Closed:
    """Put what was given back in its former order and open the laboratory again, in one transaction.

    Args:
        connection: of an administrator.
        scope: the laboratory.
        by: who; it stands in the hub's record.
        place: writers whose unproved entries are placed on this person's word.
        leave: writers whose unproved entries are left out.

    Raises:
        Refused: when no recovery is open, a bench is in the middle of giving back, or nobody has said of unproved
            entries whether they are placed.
    """
    with connection.transaction():
        # Nothing is given back from here on: what is proved is what is placed.
        connection.execute("SELECT FROM hub.scope WHERE scope = %s FOR UPDATE", (scope,))
        if giving := [str(name) for (name,) in connection.execute(_GIVING, (scope,)).fetchall()]:
            raise Refused(
                f"Nothing was closed: {', '.join(giving)} is in the middle of giving entries back. Close again in a "
                "minute. A bench that falls silent on the way is waited for no longer than that."
            )
        unsaid = [one for one in given_back.unproved(connection, scope) if one.writer not in {*place, *leave}]
        if unsaid:
            raise Refused(
                "Nothing was closed. These entries are signed by nobody, and the bench that wrote them did not give "
                "them back. Ask there; then say for each writer --place WRITER or --leave WRITER:\n"
                + "\n".join(f"  {in_words(one)}" for one in unsaid)
            )
        given_back.settle(connection, scope, place, by.strip())
        row = _asked(connection, "SELECT placed, there, left_out FROM hub.close_recovery(%s, %s)", (scope, by.strip()))
        number = _asked(connection, "SELECT max(number) FROM hub.recovery WHERE scope = %s", (scope,))[0]
        return Closed(int(number), row[0], row[1], row[2], changed(connection, scope, int(number)))


def in_words(one: Unproved) -> str:
    """Entries that nothing proves, as a person reads them."""
    whose = f" of {one.owner}" if one.owner else ", of a bench that this hub has forgotten"
    return f"{one.writer}{whose}: entries {one.first} to {one.last}, offered by {', '.join(one.offered_by)}"


def changed(connection: psycopg.Connection, scope: str, number: int) -> tuple[Changed, ...]:
    """What a person must look at after a recovery, in the former order."""
    rows = connection.execute(_FLIPPED, (scope, number)).fetchall()
    return tuple(Changed(f"{writer}/{seq}", *rest) for writer, seq, *rest in rows)


def recoveries(connection: psycopg.Connection, scope: str) -> tuple[Recovery, ...]:
    """Every recovery of a laboratory, newest first."""
    return tuple(_recovery(row) for row in connection.execute(_STATE, (scope,)).fetchall())


def _recovery(row: tuple[Any, ...]) -> Recovery:
    number, began_at, ended_at, reason, opened_by, closed_by, benches, entries, turned_away, silent = row
    said = (number, began_at, ended_at, reason, opened_by, closed_by, benches, entries)
    return Recovery(*said, turned_away=tuple(turned_away), silent=tuple(silent))


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
