"""Lets a bench join the hub, gives it short codes, and takes it off again. As an administrator of the hub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import sql

from gms_desktop.domain.identifiers.accession import ALPHABET
from gms_desktop.domain.minting import Chance
from gms_desktop.sync.enrolment_code import SECRET_LENGTH, EnrolmentCode

SPARE_CODES = 4
CODE_HOURS = 24
_MOST_DRAWS = 1000


class CannotEnrol(Exception):
    """The hub cannot take this bench; the words say why."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A bench that may join: its login, the code to print, until when it holds, and its short codes."""

    login: str
    code: EnrolmentCode
    valid_until: datetime
    short_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where benches reach the hub: host, port and database as they stand in the code."""

    host: str
    port: int
    database: str


def enrol(connection: psycopg.Connection, place: Place, name: str, scope: str, chance: Chance) -> Enrolment:
    """Make a login for a bench, with a one-time code and spare short codes, in one transaction.

    Args:
        connection: of an administrator who may make roles.
        place: where the bench will reach the hub.
        name: of the bench, as people call it.
        scope: the laboratory that it belongs to.
        chance: where the secret and the codes are drawn from.

    Raises:
        CannotEnrol: when the hub has no such laboratory or no short codes left.
        NotAnEnrolmentCode: when the place cannot be written in a code.
    """
    login = f"gms_bench_{_drawn(chance, 8).lower()}"
    code = EnrolmentCode(place.host, place.port, place.database, login, _drawn(chance, SECRET_LENGTH))
    with connection.transaction():
        if connection.execute("SELECT 1 FROM hub.scope WHERE scope = %s", (scope,)).fetchone() is None:
            raise CannotEnrol(f"The hub has no laboratory {scope}. Run hub init for it first.")
        _make_role(connection, login, code.secret)
        row = connection.execute(
            "INSERT INTO hub.bench (login, scope, name, state, enrolled_at, code_valid_until) "
            "VALUES (%s, %s, %s, 'invited', now(), now() + make_interval(hours => %s)) RETURNING code_valid_until",
            (login, scope, name.strip(), CODE_HOURS),
        ).fetchone()
        assert row is not None
        return Enrolment(login, code, row[0], more_short_codes(connection, login, chance))


@dataclass(frozen=True, slots=True)
class Known:
    """A bench that the hub knows already: its login, its name, and whether it is invited, active or revoked."""

    login: str
    name: str
    state: str


def known_as(connection: psycopg.Connection, scope: str, name: str) -> tuple[Known, ...]:
    """The benches of a laboratory that people call by this name, however it is written."""
    rows = connection.execute(
        "SELECT login, name, state FROM hub.bench WHERE scope = %s ORDER BY enrolled_at, login", (scope,)
    ).fetchall()
    wanted = _plain(name)
    return tuple(Known(*row) for row in rows if _plain(row[1]) == wanted)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def invite_again(connection: psycopg.Connection, place: Place, login: str, chance: Chance) -> EnrolmentCode:
    """A new code for a bench that lost its password or let its code run out; the old one holds no more.

    Raises:
        CannotEnrol: when there is no such bench.
    """
    code = EnrolmentCode(place.host, place.port, place.database, login, _drawn(chance, SECRET_LENGTH))
    with connection.transaction():
        changed = connection.execute(
            "UPDATE hub.bench SET state = 'invited', code_valid_until = now() + make_interval(hours => %s) "
            "WHERE login = %s",
            (CODE_HOURS, login),
        )
        if not changed.rowcount:
            raise CannotEnrol(f"The hub has no bench {login}.")
        verifier = _verifier(connection, login, code.secret)
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(login), sql.Literal(verifier))
        )
        _end_sessions(connection, login)
    return code


def more_short_codes(
    connection: psycopg.Connection, login: str, chance: Chance, count: int = SPARE_CODES
) -> tuple[str, ...]:
    """Issue further short codes of three characters to a bench; none was ever issued before.

    Raises:
        CannotEnrol: when nearly all 32 768 are used.
    """
    issued: list[str] = []
    for _ in range(_MOST_DRAWS):
        if len(issued) == count:
            break
        code = _drawn(chance, 3)
        made = connection.execute(
            "INSERT INTO hub.short_code (code, login, issued_at) VALUES (%s, %s, clock_timestamp()) "
            "ON CONFLICT DO NOTHING",
            (code, login),
        )
        issued += [code] * made.rowcount
    if len(issued) < count:
        raise CannotEnrol("The hub has hardly any short codes left: 32 768 are all there are.")
    return tuple(issued)


def revoke(connection: psycopg.Connection, login: str) -> None:
    """Take a bench off the hub at once: its login is closed, its sessions end, its entries stay.

    Raises:
        CannotEnrol: when there is no such bench.
    """
    with connection.transaction():
        changed = connection.execute("UPDATE hub.bench SET state = 'revoked' WHERE login = %s", (login,))
        if not changed.rowcount:
            raise CannotEnrol(f"The hub has no bench {login}.")
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(login)))
    _end_sessions(connection, login)


def _end_sessions(connection: psycopg.Connection, login: str) -> None:
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (login,))


def _make_role(connection: psycopg.Connection, login: str, secret: str) -> None:
    name = sql.Identifier(login)
    connection.execute(
        sql.SQL("CREATE ROLE {} LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT 2 IN ROLE gms_bench PASSWORD {}").format(
            name, sql.Literal(_verifier(connection, login, secret))
        )
    )
    # A bench that forgets a transaction must not sit on the head row that every other bench of its scope needs.
    for setting, value in (("idle_in_transaction_session_timeout", "5s"), ("statement_timeout", "60s")):
        connection.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.SQL(setting), sql.Literal(value)))


def _verifier(connection: psycopg.Connection, login: str, secret: str) -> str:
    """The SCRAM verifier: the secret itself never reaches the server or its log."""
    made = connection.pgconn.encrypt_password(secret.encode(), login.encode(), b"scram-sha-256")
    return made.decode()


def _drawn(chance: Chance, length: int) -> str:
    return "".join(ALPHABET[chance.bits(5)] for _ in range(length))
