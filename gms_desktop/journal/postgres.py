"""Opens a PostgreSQL connection for the same statements that run on a bench's SQLite file."""

from __future__ import annotations

from typing import Any

from gms_desktop.journal.database import Database


class _PsycopgConnection:
    """A psycopg connection seen as the driver connection that :class:`Database` knows."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, params: Any = None) -> Any:
        return self._connection.execute(sql, params or None)

    def cursor(self) -> Any:
        return self._connection.cursor()

    def close(self) -> None:
        self._connection.close()


def open_postgres(dsn: str) -> Database:
    """Connect to ``dsn`` with explicit transactions, as SQLite has them.

    Raises:
        psycopg.OperationalError: when the server does not answer.
    """
    import psycopg

    connection = psycopg.connect(dsn, autocommit=True)
    return Database(_PsycopgConnection(connection), "postgresql")
