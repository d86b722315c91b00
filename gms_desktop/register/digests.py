"""A digest for each table: the sum modulo 2^128 of its rows' hashes, kept as rows change.

It does not depend on the order of rows or entries, so it is equal on SQLite and PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, Table, Text

from gms_desktop.journal.database import Database, Statement, upsert
from gms_desktop.register.rows import Row, row_hash

MODULUS = 2**128

digests = MetaData()
register_digest = Table(
    "register_digest",
    digests,
    Column("name", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("row_count", BigInteger, nullable=False),
)
_put = upsert(register_digest)
_all = Statement(register_digest.select())


class Digests:
    """The digests of a database's register tables while rows change."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._sums: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        self._dirty: set[str] = set()
        self.reload()

    def reload(self) -> None:
        """Read what is stored: after a start, and after a transaction that was rolled back."""
        stored = self._db.all(_all)
        self._sums = {row["name"]: int(row["digest"], 16) for row in stored}
        self._rows = {row["name"]: row["row_count"] for row in stored}
        self._dirty.clear()

    def change(self, name: str, before: Row | None, after: Row | None) -> None:
        """A row changed: take its former hash away and add the new one."""
        total = self._sums.get(name, 0)
        if before is not None:
            total -= row_hash(name, before)
        if after is not None:
            total += row_hash(name, after)
        self._sums[name] = total % MODULUS
        self._rows[name] = self._rows.get(name, 0) + (after is not None) - (before is not None)
        self._dirty.add(name)

    def save(self) -> None:
        """Write the digests of the tables that changed."""
        self._db.run_many(
            _put,
            [{"name": n, "digest": f"{self._sums[n]:032x}", "row_count": self._rows[n]} for n in sorted(self._dirty)],
        )
        self._dirty.clear()

    def as_text(self) -> dict[str, str]:
        """Digest by table, tables that are empty left out."""
        return {name: f"{total:032x}" for name, total in sorted(self._sums.items()) if self._rows[name]}

    def counts(self) -> dict[str, int]:
        """Rows by table."""
        return {name: count for name, count in sorted(self._rows.items()) if count}
