"""A digest for each table: the sum modulo 2^128 of its rows' hashes, kept as rows change.

It does not depend on the order of rows or entries, so it is equal on SQLite and PostgreSQL. All digests are written now
and then; after that each act leaves those that it changed beside its last entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register.rows import Row, RowKey, row_hash

MODULUS = 2**128

_META = "digests"
_PLACE = "n"


class Digests:
    """The digests of a database's register tables while rows change."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._sums: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        self._dirty: set[str] = set()
        self.known: dict[RowKey, int] = {}
        self.reload()

    def reload(self) -> None:
        """Read what is stored: after a start, and after a transaction that was rolled back."""
        stored = json.loads(store.meta(self._db, _META) or "{}")
        # The place of the entry that all digests were last written for.
        self.written_at = stored.pop(_PLACE, 0)
        for stand in store.stands_after(self._db, self.written_at):
            stand.pop(store.MINTED, None)
            stored.update(stand)
        self._sums = {name: int(digest, 16) for name, (digest, _) in stored.items()}
        self._rows = {name: count for name, (_, count) in stored.items()}
        self._dirty.clear()
        self.known.clear()

    def change(self, key: RowKey, before: Row | None, after: Row | None) -> None:
        """A row changed."""
        self.change_all([(key, before, after)])

    def change_all(self, rows: Iterable[tuple[RowKey, Row | None, Row | None]]) -> None:
        """Rows changed: take the former hash of each away and add the new one."""
        known, sums, counts = self.known, self._sums, self._rows
        for key, before, after in rows:
            name = key[0]
            total, count = sums.get(name, 0), counts.get(name, 0)
            if before is not None:
                former = known.pop(key, None)
                total -= row_hash(name, before) if former is None else former
                count -= 1
            if after is not None:
                known[key] = added = row_hash(name, after)
                total += added
                count += 1
            sums[name], counts[name] = total % MODULUS, count
            self._dirty.add(name)

    def news(self) -> list[str]:
        """The digests that changed since they were last written or asked for, as members of a JSON object."""
        changed, self._dirty = self._dirty, set()
        return [self._member(name) for name in sorted(changed)]

    def save(self, n: int) -> None:
        """Write all digests as they stand after the entry at ``n``."""
        self.in_place(self._db, n)
        self._dirty.clear()
        self.written_at = n

    def in_place(self, db: Database, n: int) -> None:
        """Write all digests for another database, whose register this one becomes, after its entry at ``n``."""
        members = [f'"{_PLACE}":{n}', *(self._member(name) for name in sorted(self._sums))]
        store.put_meta(db, _META, f"{{{','.join(members)}}}")

    def _member(self, name: str) -> str:
        return f'"{name}":["{self._sums[name]:032x}",{self._rows[name]}]'

    def as_text(self) -> dict[str, str]:
        """Digest by table, tables that are empty left out."""
        return {name: f"{total:032x}" for name, total in sorted(self._sums.items()) if self._rows[name]}

    def counts(self) -> dict[str, int]:
        """Rows by table."""
        return {name: count for name, count in sorted(self._rows.items()) if count}


def empty(db: Database) -> None:
    """Write down that the register is empty, whatever the entries so far left standing."""
    store.put_meta(db, _META, f'{{"{_PLACE}":{store.last_n(db)}}}')
