"""A digest for each table: the sum modulo 2^128 of its rows' hashes, kept as rows change.

It does not depend on the order of rows or entries, so it is equal on SQLite and PostgreSQL.
"""

from __future__ import annotations

import json

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register.rows import Row, RowKey, row_hash

MODULUS = 2**128

META = "digests"


class Digests:
    """The digests of a database's register tables while rows change."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._sums: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._dirty: set[str] = set()
        self.known: dict[RowKey, int] = {}
        self.reload()

    def reload(self) -> None:
        """Read what is stored: after a start, and after a transaction that was rolled back."""
        stored = json.loads(store.meta(self._db, META) or "{}")
        self._sums = {name: int(digest, 16) for name, (digest, _) in stored.items()}
        self._rows = {name: count for name, (_, count) in stored.items()}
        self._texts = {name: f'"{name}":["{digest}",{count}]' for name, (digest, count) in stored.items()}
        self._dirty.clear()
        self.known.clear()

    def change(self, key: RowKey, before: Row | None, after: Row | None) -> None:
        """A row changed: take its former hash away and add the new one."""
        name = key[0]
        total = self._sums.get(name, 0)
        if before is not None:
            known = self.known.pop(key, None)
            total -= row_hash(name, before) if known is None else known
        if after is not None:
            self.known[key] = row_hash(name, after)
            total += self.known[key]
        self._sums[name] = total % MODULUS
        self._rows[name] = self._rows.get(name, 0) + (after is not None) - (before is not None)
        self._dirty.add(name)

    def save(self) -> None:
        """Write the digests: one row beside the head of the writer, on the page that every act writes."""
        if self._dirty:
            for name in self._dirty:
                self._texts[name] = f'"{name}":["{self._sums[name]:032x}",{self._rows[name]}]'
            store.change_meta(self._db, META, f"{{{','.join(self._texts[name] for name in sorted(self._texts))}}}")
        self._dirty.clear()

    def as_text(self) -> dict[str, str]:
        """Digest by table, tables that are empty left out."""
        return {name: f"{total:032x}" for name, total in sorted(self._sums.items()) if self._rows[name]}

    def counts(self) -> dict[str, int]:
        """Rows by table."""
        return {name: count for name, count in sorted(self._rows.items()) if count}
