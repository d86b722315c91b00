"""The hub as a bench sees it, opened by the hub's administrator for entries that the bench cannot send itself."""

from __future__ import annotations

import psycopg
from psycopg import sql

from gms_desktop.errors import Refused
from gms_desktop.sync.postgres_transport import HubAddress, PostgresHub


class OnBehalf(PostgresHub):
    """A session of a superuser that has become a bench's: append() knows no difference, nor do its rights."""

    def __init__(self, dsn: str, login: str, scope: str) -> None:
        """Open the session.

        Args:
            dsn: the administrator's way to the database.
            login: the bench's login.
            scope: the bench's laboratory.

        Raises:
            Refused: when the administrator may not speak for a bench, or the hub has no such login.
            psycopg.OperationalError: when the server cannot be reached.
        """
        connection = psycopg.connect(dsn, autocommit=True)
        host = connection.info.host
        super().__init__(HubAddress(host, connection.info.port, connection.info.dbname, login), "", scope)
        try:
            connection.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(login)))
        except psycopg.Error as fault:
            connection.close()
            raise Refused(
                f"The hub does not let you take entries in for {login}: be a superuser of its server, and see that the "
                "bench is enrolled (gms-desktop hub status)."
            ) from fault
        self._connection = connection


def login_of(dsn: str, scope: str, writer: str, else_login: str) -> str:
    """The login that a writer belongs to at the hub; of a writer that it has not met, the one that is named.

    Raises:
        Refused: when the hub has no such laboratory, or the writer is new and the login not known.
        psycopg.OperationalError: when the server cannot be reached.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM hub.scope WHERE scope = %s", (scope,)).fetchone() is None:
            raise Refused(f"The file is of the laboratory {scope}, which this hub does not serve. Take it to its own.")
        row = connection.execute(
            "SELECT login FROM hub.writer WHERE scope = %s AND writer = %s", (scope, writer)
        ).fetchone()
        if row is None:
            row = connection.execute(
                "SELECT login FROM hub.bench WHERE scope = %s AND login = %s", (scope, else_login)
            ).fetchone()
    if row is None:
        raise Refused(
            "The hub has not met this bench. Enrol it, let it take up its code once, and name its login: --login."
        )
    return str(row[0])
