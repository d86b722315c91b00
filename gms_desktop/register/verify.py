"""Proves a bench's file: every byte hashed, every chain whole, every commitment met, the register equal to its fold."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlcipher3 import dbapi2 as driver

from gms_desktop.journal import store
from gms_desktop.journal.canonical import NotCanonical
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.entry import from_bytes
from gms_desktop.journal.private import agrees
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import driver as driving
from gms_desktop.register import rebuild, versions
from gms_desktop.register.digests import Digests
from gms_desktop.register.rows import derived, row_hash

_MOST_FINDINGS = 50


@dataclass
class Verification:
    """What was counted and what did not hold. No finding means that the file is whole."""

    entries: int = 0
    writers: int = 0
    private: int = 0
    erased: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether everything held."""
        return not self.findings

    def found(self, finding: str) -> None:
        """Add a finding, up to a number that a person can read."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(finding)


def verify(db: Database, scratch: Database) -> Verification:
    """Check ``db`` from its bytes up.

    Args:
        db: the file to prove; it is only read.
        scratch: an empty database in memory that the journal is folded into.
    """
    result = Verification()
    versions.bring_up(scratch)
    fresh = driving.Driver(scratch)
    known = _check_journal(db, scratch, fresh, result)
    _check_heads(db, known, result)
    _check_private(db, result)
    _check_register(db, fresh, result)
    return result


def scratch_database() -> Database:
    """A database in memory."""
    raw = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    return Database(raw, "sqlite")


def _check_journal(
    db: Database, scratch: Database, fresh: driving.Driver, result: Verification
) -> dict[str, tuple[int, bytes]]:
    heads: dict[str, tuple[int, bytes]] = {}
    with scratch.write():
        for lot in store.since(db, 0, rebuild.LOT):
            for one in lot:
                _check_one(one, heads, result)
                result.entries += 1
                result.verdicts[one.verdict] = result.verdicts.get(one.verdict, 0) + 1
            rebuild.fold_again(fresh, lot)
    result.writers = len(heads)
    return heads


def _check_one(one: store.Stored, heads: dict[str, tuple[int, bytes]], result: Verification) -> None:
    entry = one.entry
    try:
        from_bytes(one.content)
    except NotCanonical as fault:
        result.found(f"entry {entry.id} is not in its canonical form: {fault}")
    seq, previous = heads.get(entry.writer, (0, first_hash(entry.writer, entry.scope)))
    if entry.seq != seq + 1:
        result.found(f"writer {entry.writer}: entry {seq + 1} is missing, {entry.seq} follows {seq}")
    if next_hash(previous, one.content) != one.hash:
        result.found(f"entry {entry.id} differs from its hash: it was changed after it was written")
    if one.verdict not in set(Judgement):
        result.found(f"entry {entry.id} has an unknown verdict {one.verdict}")
    heads[entry.writer] = (entry.seq, one.hash)


def _check_heads(db: Database, known: dict[str, tuple[int, bytes]], result: Verification) -> None:
    for head in store.writers(db):
        if known.get(head.writer, (0, first_hash(head.writer, head.scope))) != (head.last_seq, head.last_hash):
            result.found(f"writer {head.writer}: its head says {head.last_seq}, its last entry differs")


def _check_private(db: Database, result: Verification) -> None:
    for value in store.every_private(db):
        result.private += 1
        result.erased += value.value is None
        if not agrees(value):
            result.found(f"a private value of {value.subject} differs from its commitment")


def _check_register(db: Database, fresh: driving.Driver, result: Verification) -> None:
    wanted = fresh.digests.as_text()
    stored = Digests(db).as_text()
    result.tables = fresh.digests.counts()
    result.digests = wanted
    for name in sorted(derived.tables):
        actual = _digest_of_rows(db, name)
        if actual != wanted.get(name):
            result.found(f"table {name} differs from the journal. Run: gms-desktop rebuild")
        elif stored.get(name) != actual:
            result.found(f"the stored digest of table {name} differs from its rows. Run: gms-desktop rebuild")


def _digest_of_rows(db: Database, name: str) -> str | None:
    columns = ", ".join(f'"{column.name}"' for column in derived.tables[name].columns)
    total, there = 0, False
    names = [column.name for column in derived.tables[name].columns]
    for lot in db.stream(text_statement(f"SELECT {columns} FROM {name}")):  # noqa: S608
        for values in lot:
            there = True
            total += row_hash(name, dict(zip(names, values, strict=True)))
    return f"{total % 2**128:032x}" if there else None
