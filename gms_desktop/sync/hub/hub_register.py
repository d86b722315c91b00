"""The hub's own register of one laboratory: the bench's fold, on PostgreSQL, in a schema of its own.

Rows and standing change in one transaction, so whatever ends the process, no entry is folded twice and none is left
out. A register of another version is folded beside the one in use, which is taken away when the new one has caught up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gms_desktop.journal.canonical import NotCanonical
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry, from_hub
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import base, digests, versions
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.sync.hub.copying import open_copying
from gms_desktop.sync.messages import Standing, first_order_hash

DIGEST_EVERY = 1000
_KEPT_IDLE = 20_000

_STANDING = """SELECT position, order_hash FROM hub.followed
    WHERE scope = %(scope)s AND register_version = %(version)s FOR UPDATE"""
_HEAD = "SELECT position, order_hash FROM hub.scope WHERE scope = %(scope)s"
_ORDER_AT = "SELECT order_hash FROM hub.entry WHERE scope = %(scope)s AND position = %(position)s"
_NEXT = """SELECT position, bytes, verdict, order_hash FROM hub.entry
    WHERE scope = %(scope)s AND position > %(position)s AND position <= %(end)s ORDER BY position"""
_BEGIN = """INSERT INTO hub.followed VALUES (%(scope)s, %(version)s, %(schema)s, 0, %(order_hash)s, now(), '')
    ON CONFLICT (scope, register_version) DO UPDATE SET position = 0, order_hash = EXCLUDED.order_hash, trouble = ''"""
_REACHED = """UPDATE hub.followed SET position = %(position)s, order_hash = %(order_hash)s,
    folded_at = clock_timestamp(), trouble = %(trouble)s WHERE scope = %(scope)s AND register_version = %(version)s"""
_DIGEST = """INSERT INTO hub.digest (scope, position, table_name, digest, register_version)
    VALUES (%(scope)s, %(position)s, %(table)s, %(digest)s, %(version)s)
    ON CONFLICT (scope, position, table_name)
    DO UPDATE SET digest = EXCLUDED.digest, register_version = EXCLUDED.register_version"""
_OLD_IDLE = f"""DELETE FROM hub.digest
    WHERE scope = %(scope)s AND position < %(before)s AND position %% {DIGEST_EVERY} <> 0"""  # noqa: S608


def schema_of(scope: str, version: str) -> str:
    """The schema of a laboratory's register: letters and digits only."""
    return f"register_{sha256(scope.encode()).hexdigest()[:8]}_{version.replace('-', '_')}"


@dataclass(frozen=True, slots=True)
class _Read:
    """A stretch of the agreed order, and why it ends before its end, if it does."""

    arrived: list[Arrived]
    reached: Standing
    trouble: str = ""


class HubRegister:
    """Follows one laboratory. For one thread; nothing is remembered that the database does not hold."""

    def __init__(self, dsn: str, scope: str) -> None:
        """Open the register, making it when this version has none yet.

        Raises:
            psycopg.Error: when the server cannot be reached or refuses.
        """
        self.scope = scope
        self.version = versions.register_version()
        self.schema = schema_of(scope, self.version)
        self.trouble = ""
        self.db: Database = open_copying(dsn)
        self._named: dict[str, Any] = {"scope": scope, "version": self.version, "schema": self.schema}
        try:
            self._prepare()
            self._driver = Driver(self.db)
        except BaseException:
            self.db.close()
            raise

    def _prepare(self) -> None:
        raw = self.db.raw
        raw.execute(f"CREATE SCHEMA IF NOT EXISTS {self.schema} AUTHORIZATION gms_hub")
        # Two settings that only this session has: its plain names mean this register, and it owns what it makes.
        raw.execute(f"SET search_path = {self.schema}")
        raw.execute("SET ROLE gms_hub")
        versions.bring_up(self.db)
        with self.db.write():
            if not self._rows(_STANDING):
                self._begin_anew()

    def _begin_anew(self) -> None:
        # Emptied, not made anew: the views for reports stand on these tables.
        self.db.raw.execute(f"TRUNCATE {', '.join(table.name for table in base.copied_tables())}")
        digests.empty(self.db)
        self.db.raw.execute(_BEGIN, self._named | {"order_hash": first_order_hash(self.scope)})

    def standing(self) -> Standing:
        """How far the register has come."""
        position, order_hash = self._rows(_STANDING.removesuffix("FOR UPDATE"))[0]
        return Standing(position, bytes(order_hash))

    def head(self) -> int:
        """The hub's last position."""
        return int(self._rows(_HEAD)[0][0])

    def step(self) -> bool:
        """Fold the next stretch, up to the next position at which digests are kept.

        Returns:
            Whether there may be more to fold at once.
        """
        try:
            with self.db.write():
                return self._step()
        except BaseException:
            self._driver.reload()
            raise

    def _step(self) -> bool:
        before = self._standing_of_this_hub()
        read = self._read(before)
        self.trouble = read.trouble
        if not read.arrived:
            if read.trouble:
                self._reached(before)
            return False
        self._driver.fold(read.arrived, remember=False)
        self._reached(read.reached)
        if read.reached.position % DIGEST_EVERY == 0:
            self._put_digests(read.reached.position)
        return not read.trouble

    def _standing_of_this_hub(self) -> Standing:
        """Where the register stands; at the start again when its order is not the hub's any more."""
        position, order_hash = self._rows(_STANDING)[0]
        if position:
            there = self._rows(_ORDER_AT, position=position)
            if not there or bytes(there[0][0]) != bytes(order_hash):
                self._begin_anew()
                self._driver.reload()
                return Standing(0, first_order_hash(self.scope))
        return Standing(position, bytes(order_hash))

    def _read(self, before: Standing) -> _Read:
        end = before.position - before.position % DIGEST_EVERY + DIGEST_EVERY
        arrived: list[Arrived] = []
        reached = before
        for position, content, verdict, order_hash in self._rows(_NEXT, position=before.position, end=end):
            entry = _entry(bytes(content))
            if isinstance(entry, str):
                return _Read(arrived, reached, entry)
            arrived.append(Arrived(position, entry, Judgement(verdict)))
            reached = Standing(position, bytes(order_hash))
        return _Read(arrived, reached)

    def _reached(self, reached: Standing) -> None:
        now = {"position": reached.position, "order_hash": reached.order_hash, "trouble": self.trouble}
        self.db.raw.execute(_REACHED, self._named | now)

    def digests(self) -> dict[str, str]:
        """The digest of each table that is not empty."""
        return self._driver.digests.as_text()

    def note_digests(self) -> None:
        """Write the digests of where the register stands, so that benches that are level can compare theirs."""
        with self.db.write():
            position = int(self._rows(_STANDING)[0][0])
            if position and not self._rows(
                "SELECT FROM hub.digest WHERE scope = %(scope)s AND position = %(position)s "
                "AND register_version = %(version)s LIMIT 1",
                position=position,
            ):
                self._put_digests(position)
                self.db.raw.execute(_OLD_IDLE, self._named | {"before": position - _KEPT_IDLE})

    def _put_digests(self, position: int) -> None:
        rows = [
            self._named | {"position": position, "table": table, "digest": digest}
            for table, digest in self._driver.digests.as_text().items()
        ]
        self.db.raw.cursor().executemany(_DIGEST, rows)

    def drop_former(self) -> tuple[str, ...]:
        """Take the registers of other versions away: this one has caught up. Their schemas."""
        with self.db.write():
            former = [
                schema
                for (schema,) in self._rows(
                    "DELETE FROM hub.followed WHERE scope = %(scope)s AND register_version <> %(version)s "
                    "RETURNING schema_name"
                )
            ]
            for schema in former:
                self.db.raw.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        return tuple(former)

    def close(self) -> None:
        """Let go of the database."""
        self.db.close()

    def _rows(self, sql: str, **values: Any) -> Sequence[tuple[Any, ...]]:
        found: Sequence[tuple[Any, ...]] = self.db.raw.execute(sql, self._named | values).fetchall()
        return found


def _entry(content: bytes) -> Entry | str:
    try:
        entry = from_hub(content)
    except NotCanonical as fault:
        return f"this version is too old: an entry in a form that it cannot read ({fault})"
    if entry.ruleset > versions.RULESET:
        return f"this version is too old: entries under rule set {entry.ruleset}, it knows {versions.RULESET}"
    return entry
