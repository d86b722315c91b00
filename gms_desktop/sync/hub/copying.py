"""PostgreSQL as a fold writes it: new rows go in by COPY, several times as fast as a statement for each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gms_desktop.journal.database import Database, Params, Statement
from gms_desktop.journal.postgres import open_postgres

_PLAIN_INSERT = re.compile(r"INSERT INTO (\w+) \(([^()]+)\) VALUES \([^()]*(?:\([^()]+\)s[^()]*)*\)")
_FEW = 8


class CopyingDatabase(Database):
    """The same statements, with many new rows of one table copied in."""

    def run_many(self, statement: Statement, rows: Sequence[Params]) -> None:
        """Run a statement once for each row of values; a plain insert of many rows as one COPY."""
        found = _PLAIN_INSERT.fullmatch(statement.sql(self.dialect)) if len(rows) > _FEW else None
        if found is None:
            super().run_many(statement, rows)
            return
        columns = [name.strip().strip('"') for name in found[2].split(",")]
        with self.raw.cursor() as cursor, cursor.copy(f"COPY {found[1]} ({found[2]}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in columns])


def open_copying(dsn: str) -> Database:
    """Connect as :func:`~gms_desktop.journal.postgres.open_postgres` does.

    Raises:
        psycopg.OperationalError: when the server does not answer.
    """
    return CopyingDatabase(open_postgres(dsn).raw, "postgresql")
