"""Proves a hub's laboratory from the bytes up: chains, order, verdicts, private values, keys, register, files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from gms_desktop.journal.canonical import NotCanonical
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.entry import Entry, from_bytes
from gms_desktop.judge.premises import Judgement, changes_of, judge
from gms_desktop.register import versions
from gms_desktop.register.digests import MODULUS
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.register.files_cited import Citation, citation_of
from gms_desktop.register.rows import derived, row_hash
from gms_desktop.register.verify import scratch_database
from gms_desktop.sync.hub.verify_files import FilesProof, check_files, check_private, erased_by
from gms_desktop.sync.messages import first_order_hash, next_order_hash

_MOST_FINDINGS = 50
_LOT = 1000
_ENTRIES = """SELECT position, writer, seq, hash, bytes, verdict, order_hash FROM hub.entry
    WHERE scope = %s ORDER BY position"""
_FOLLOWED = """SELECT position, schema_name FROM hub.followed WHERE scope = %s AND register_version = %s"""


@dataclass
class Proof:
    """What was counted and what did not hold.

    Attributes:
        scope: the laboratory.
        entries: how many were checked; ``writers`` and ``private`` values likewise.
        verdicts: how often each was given.
        register_at: the position up to which the hub's register was compared with the fold; None when there is none.
        files: what was counted of the files that entries cite.
        findings: what did not hold, the first 50.
    """

    scope: str
    entries: int = 0
    writers: int = 0
    private: int = 0
    erased: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    register_at: int | None = None
    files: FilesProof = field(default_factory=FilesProof)
    findings: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether everything held."""
        return not self.findings

    def found(self, finding: str) -> None:
        """Add a finding."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(finding)


def verify(connection: psycopg.Connection, scope: str) -> Proof:
    """Check a laboratory as it stands at one moment; only reads. As an administrator of the hub.

    Args:
        connection: outside a transaction.
        scope: the laboratory.
    """
    proof = Proof(scope)
    with connection.transaction(), closing(scratch_database()) as scratch:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        versions.bring_up(scratch)
        with scratch.write():
            checked = _Checked(connection, proof, Driver(scratch))
            checked.entries()
        values = check_private(connection, scope, checked.committed, checked.erased, proof.found)
        proof.private, proof.erased = values.values, values.erased
        proof.files = check_files(connection, scope, checked.cited, proof.found)
    return proof


class _Checked:
    """What is gathered while the entries pass."""

    def __init__(self, connection: psycopg.Connection, proof: Proof, fresh: Driver) -> None:
        self._connection, self._proof, self._fresh = connection, proof, fresh
        self._heads: dict[str, tuple[int, bytes]] = {}
        self._holders: dict[str, str | None] = {}
        self._order_hash = first_order_hash(proof.scope)
        self.committed: set[str] = set()
        self.erased: set[tuple[str, str]] = set()
        self.cited: list[Citation] = []
        row = connection.execute(_FOLLOWED, (proof.scope, versions.register_version())).fetchone()
        self._followed: tuple[int, str] | None = (row[0], row[1]) if row else None

    def entries(self) -> None:
        """Every entry in its order, then what the hub keeps beside them."""
        for lot in self._lots():
            arrived = [one for row in lot if (one := self._entry(row)) is not None]
            if self._proof.clean and self._followed is not None:
                self._fresh.fold([one for one in arrived if one.n <= self._followed[0]], remember=False)
        self._check_heads()
        self._check_keys()
        if self._proof.clean and self._followed is not None:
            self._check_register(*self._followed)

    def _lots(self) -> Iterator[list[Any]]:
        with self._connection.cursor("verify", binary=True) as cursor:
            cursor.execute(_ENTRIES, (self._proof.scope,))
            while lot := cursor.fetchmany(_LOT):
                yield lot

    def _entry(self, row: tuple[Any, ...]) -> Arrived | None:
        position, writer, seq, digest, content, verdict, order_hash = row
        proof = self._proof
        proof.entries += 1
        proof.verdicts[verdict] = proof.verdicts.get(verdict, 0) + 1
        if position != proof.entries:
            proof.found(f"position {proof.entries} is missing, {position} is there")
        self._order_hash = next_order_hash(self._order_hash, digest, verdict)
        if self._order_hash != order_hash:
            proof.found(f"the order hash at position {position} differs: an entry or a verdict before it was changed")
            self._order_hash = order_hash
        self._chain(writer, seq, digest, content)
        try:
            entry = from_bytes(content)
        except NotCanonical as fault:
            proof.found(f"entry {writer}/{seq} is not in its canonical form: {fault}")
            return None
        if (entry.writer, entry.seq, entry.scope) != (writer, seq, proof.scope):
            proof.found(f"entry {writer}/{seq} says of itself that it is {entry.id} of {entry.scope}")
        self._judge(entry, verdict, position)
        self.committed.update(entry.private)
        self.erased.update(erased_by(entry, verdict))
        cited = citation_of(entry)
        self.cited += [cited] if cited is not None else []
        return Arrived(position, entry, Judgement(verdict))

    def _chain(self, writer: str, seq: int, digest: bytes, content: bytes) -> None:
        before, previous = self._heads.get(writer, (0, first_hash(writer, self._proof.scope)))
        if seq != before + 1:
            self._proof.found(f"writer {writer}: {seq} follows {before}")
        if next_hash(previous, content) != digest:
            self._proof.found(f"entry {writer}/{seq} differs from its hash: it was changed after it was written")
        self._heads[writer] = (seq, digest)

    def _judge(self, entry: Entry, verdict: str, position: int) -> None:
        ruling = judge(entry, self._holders)
        if ruling.judgement.value != verdict:
            self._proof.found(f"position {position} ({entry.kind}) is {verdict}; judged again it is {ruling.judgement}")
            self._holders.update(changes_of(entry, self._holders, Judgement(verdict)))
        else:
            self._holders.update(ruling.changes)

    def _check_heads(self) -> None:
        self._proof.writers = len(self._heads)
        rows = self._connection.execute(
            "SELECT writer, last_seq, last_hash FROM hub.writer WHERE scope = %s", (self._proof.scope,)
        ).fetchall()
        kept = {writer: (seq, bytes(digest)) for writer, seq, digest in rows if seq}
        for writer in sorted(kept.keys() ^ self._heads.keys()):
            self._proof.found(f"writer {writer} has entries or a head, not both")
        for writer in sorted(kept.keys() & self._heads.keys()):
            if kept[writer] != self._heads[writer]:
                self._proof.found(f"writer {writer}: its head says {kept[writer][0]}, its last entry differs")
        head = self._connection.execute(
            "SELECT position, order_hash FROM hub.scope WHERE scope = %s", (self._proof.scope,)
        ).fetchone()
        if head is None or (head[0], bytes(head[1])) != (self._proof.entries, self._order_hash):
            self._proof.found("the head row is not where the entries end")

    def _check_keys(self) -> None:
        rows = self._connection.execute("SELECT key, holder FROM hub.key_holder WHERE scope = %s", (self._proof.scope,))
        kept: dict[str, str] = dict(rows.fetchall())
        wanted = {key: holder for key, holder in self._holders.items() if holder is not None}
        for key in sorted(kept.keys() | wanted.keys()):
            if kept.get(key) != wanted.get(key):
                self._proof.found(f"key {key} is held by {kept.get(key)}, by the journal it is {wanted.get(key)}")

    def _check_register(self, position: int, schema: str) -> None:
        """The rows as they are, not the digests that are kept of them."""
        self._proof.register_at = position
        wanted = self._fresh.digests.as_text()
        for name in sorted(derived.tables):
            digest = self._digest(name, schema)
            if wanted.get(name) != digest:
                self._proof.found(f"table {name} of the hub's register differs from the journal. Run hub follow anew")

    def _digest(self, name: str, schema: str) -> str | None:
        columns = [str(column.name) for column in derived.tables[name].columns]
        asked = sql.SQL("SELECT {} FROM {}").format(
            sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(schema, name)
        )
        total, there = 0, False
        with self._connection.cursor("register", binary=True) as cursor:
            cursor.execute(asked)
            while lot := cursor.fetchmany(_LOT):
                there = True
                total += sum(row_hash(name, dict(zip(columns, row, strict=True))) for row in lot)
        return f"{total % MODULUS:032x}" if there else None
