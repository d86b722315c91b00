"""Proves a bench's file: every byte hashed, every chain whole, every commitment met, the register equal to its fold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlcipher3 import dbapi2 as driver

from gms_desktop.journal import store
from gms_desktop.journal.canonical import NotCanonical
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.entry import from_bytes
from gms_desktop.journal.private import agrees
from gms_desktop.judge import keys
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import base as register_base
from gms_desktop.register import driver as driving
from gms_desktop.register import rebuild, touched, versions
from gms_desktop.register.digests import Digests
from gms_desktop.register.rows import derived, row_hash

_MOST_FINDINGS = 50


@dataclass
class Verification:
    """What was counted and what did not hold. No finding means that the file is whole.

    Up to the position ``base`` the register is what a base of the hub says; what follows was proved from the entries.
    ``heads`` has each writer's newest number and hash.
    """

    entries: int = 0
    base: int = 0
    writers: int = 0
    private: int = 0
    erased: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    heads: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether everything held."""
        return not self.findings

    def found(self, finding: str) -> None:
        """Add a finding, up to a number that a person can read."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(finding)


def verify(db: Database, scratch: Database, progress: Callable[[int], None] = lambda _done: None) -> Verification:
    """Check ``db`` from its bytes up.

    Args:
        db: the file to prove; it is only read.
        scratch: an empty database in memory that the journal is folded into.
        progress: told how many entries are read.
    """
    result = Verification()
    versions.bring_up(scratch)
    fresh = driving.Driver(scratch)
    journal = _Journal(result)
    with _one_moment(db):
        foldable = _check_journal(db, scratch, fresh, journal, progress)
        result.heads = journal.heads
        _check_heads(db, journal.heads, result)
        _check_private(db, journal, result)
        if foldable:
            _check_register(db, fresh, result)
            _check_keys(db, scratch, journal.heads, result)
    return result


@contextmanager
def _one_moment(db: Database) -> Iterator[None]:
    """Read everything as it stands at one moment: the bench may go on writing by another connection."""
    db.raw.execute("BEGIN" if db.dialect == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield
    finally:
        db.raw.execute("ROLLBACK")


def scratch_database() -> Database:
    """A database in memory."""
    raw = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    return Database(raw, "sqlite")


class _Journal:
    """What is gathered while the entries pass: each writer's head, and the commitments that no value stands for yet."""

    def __init__(self, result: Verification) -> None:
        self.result = result
        self.heads: dict[str, tuple[int, bytes]] = {}
        self.committed: set[str] = set()
        self._below: dict[str, tuple[int, bytes]] = {}

    def check(self, row: tuple[Any, ...]) -> store.Stored | None:
        """Check one row of the journal; None when it is no entry any more."""
        n, writer, seq, digest, content, verdict, position = row
        self.result.entries += 1
        if isinstance(content, str) or isinstance(digest, str):
            # Somebody wrote it by hand: SQLite takes any sort of value.
            self.result.found(f"entry {writer}/{seq} is text where bytes were written: it was changed")
            digest, content = (one.encode() if isinstance(one, str) else one for one in (digest, content))
        self.result.verdicts[verdict] = self.result.verdicts.get(verdict, 0) + 1
        if self.follows_base(position):
            self._chain(writer, seq, bytes(digest), bytes(content))
        else:
            self._chain_below(writer, seq, bytes(digest), bytes(content))
        if verdict not in set(Judgement):
            self.result.found(f"entry {writer}/{seq} has an unknown verdict {verdict}")
        try:
            entry = from_bytes(bytes(content))
        except NotCanonical as fault:
            self.result.found(f"entry {writer}/{seq} is not in its canonical form: {fault}")
            return None
        if (entry.writer, entry.seq) != (writer, seq):
            self.result.found(f"entry {writer}/{seq} says of itself that it is {entry.id}")
        self.result.kinds[entry.kind] = self.result.kinds.get(entry.kind, 0) + 1
        self.committed.update(entry.private)
        return store.Stored(n, entry, bytes(digest), bytes(content), verdict, position)

    def follows_base(self, position: int | None) -> bool:
        """Whether an entry at that position is not part of the base."""
        return position is None or position > self.result.base

    def _chain_below(self, writer: str, seq: int, digest: bytes, content: bytes) -> None:
        """Of what the base holds, some entries are kept still: each must follow the one kept before it."""
        before, previous = self._below.get(writer, (0, b""))
        if seq == before + 1 and before and next_hash(previous, content) != digest:
            self.result.found(f"entry {writer}/{seq} differs from its hash: it was changed after it was written")
        if self.heads.get(writer, (0, b""))[0] == seq and self.heads[writer][1] != digest:
            self.result.found(f"entry {writer}/{seq} is not the one that the base ends with")
        self._below[writer] = (seq, digest)

    def _chain(self, writer: str, seq: int, digest: bytes, content: bytes) -> None:
        before, previous = self.heads.get(writer, (0, None))
        if seq != before + 1:
            self.result.found(f"writer {writer}: entry {before + 1} is missing, {seq} follows {before}")
        if previous is None:
            previous = first_hash(writer, _scope_of(content))
        if next_hash(previous, content) != digest:
            self.result.found(f"entry {writer}/{seq} differs from its hash: it was changed after it was written")
        self.heads[writer] = (seq, digest)


def _scope_of(content: bytes) -> str:
    try:
        return str(json.loads(content)["scope"])
    except (ValueError, LookupError, TypeError):
        return ""


# In the order of the fold: what has a place in a hub's order first.
_rows = (
    text_statement(
        "SELECT n, writer, seq, hash, bytes, verdict, position FROM entry WHERE position IS NOT NULL ORDER BY position"
    ),
    text_statement(
        "SELECT n, writer, seq, hash, bytes, verdict, position FROM entry WHERE position IS NULL ORDER BY writer, seq"
    ),
)
_touched = text_statement("SELECT n, subject FROM touch")
_placed_heads = text_statement("SELECT writer, seq, hash FROM chain_head")


def _check_journal(
    db: Database, scratch: Database, fresh: driving.Driver, journal: _Journal, progress: Callable[[int], None]
) -> bool:
    result, indexed = journal.result, store.indexed_to(db)
    wanted = 0
    with scratch.write():
        _begin_at_base(db, scratch, fresh, journal)
        for rows in (rows for statement in _rows for rows in db.stream(statement, size=rebuild.LOT)):
            lot = [one for row in rows if (one := journal.check(row)) is not None]
            for one in lot:
                if one.n <= indexed:
                    wanted += sum(hash((one.n, subject)) for subject in set(one.entry.premises.touches))
            # The fold of a journal that was tampered with proves nothing about the register.
            if result.clean:
                rebuild.fold_again(fresh, [one for one in lot if journal.follows_base(one.position)])
            progress(result.entries)
    foldable = result.clean
    # The index stands in another order than the fold: both are summed up and the sums compared.
    if wanted != sum(hash((n, subject)) for lot in db.stream(_touched) for n, subject in lot):
        result.found("the index of what entries touch differs from their bytes")
    return foldable


def _begin_at_base(db: Database, scratch: Database, fresh: driving.Driver, journal: _Journal) -> None:
    base = register_base.copy_into(db, scratch)
    if base is None:
        return
    journal.result.base = base.position
    journal.heads.update(base.heads)
    for name in sorted(derived.tables):
        digest = _digest_of_rows(scratch, name)
        if digest != (base.digests[name][0] if base.digests.get(name, ("", 0))[1] else None):
            journal.result.found(f"table {name} of the base differs from its digest. Join the hub again")
    fresh.reload()


def _check_heads(db: Database, known: dict[str, tuple[int, bytes]], result: Verification) -> None:
    placed = {writer: (seq, bytes(digest)) for writer, seq, digest in db.tuples(_placed_heads)}
    heads = {head.writer: head for head in store.writers(db)}
    result.writers = len(known)
    for head in heads.values():
        found = known.get(head.writer, (0, first_hash(head.writer, head.scope)))
        # A writer that was left may have gone on elsewhere: then its end is what the hub has placed of it.
        left = head.state != "current" and placed.get(head.writer) == found
        if found != (head.last_seq, head.last_hash) and not left:
            result.found(f"writer {head.writer}: its head says {head.last_seq}, its last entry differs")
    for writer in sorted(known.keys() - heads.keys()):
        if writer not in placed:
            result.found(f"writer {writer} has entries and no head")
        elif placed[writer] != known[writer]:
            result.found(
                f"writer {writer}: the hub placed {placed[writer][0]} of its entries, {known[writer][0]} are here"
            )


def _check_private(db: Database, journal: _Journal, result: Verification) -> None:
    for value in store.every_private(db):
        result.private += 1
        result.erased += value.value is None
        journal.committed.discard(value.commitment)
        if not agrees(value):
            result.found(f"a private value of {value.subject} differs from its commitment")
    # Erasing empties the value and leaves its row: a row that is gone was taken away by other means.
    if journal.committed:
        result.found(f"{len(journal.committed)} private values that entries cite are not there")


def _check_keys(db: Database, scratch: Database, heads: dict[str, tuple[int, bytes]], result: Verification) -> None:
    held, wanted = touched.every_key(db), keys.every(scratch)
    # The head follows the newest entries: that one of them was taken away, the keys it changed remember.
    for writer, seq in sorted(_newest_named(held).items()):
        known, _ = heads.get(writer, (0, b""))
        if seq > known:
            result.found(f"writer {writer}: its head says {known}, its keys name entry {seq}")
    for key in sorted(held.keys() | wanted.keys()):
        if held.get(key) != wanted.get(key):
            result.found(f"key {key} is held by {held.get(key)}, by the journal it is {wanted.get(key)}")


def _newest_named(held: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, holder in held.items():
        if keys.sort_of(key) == keys.LAST:
            writer, _, seq = holder.partition("/")
            found[writer] = max(found.get(writer, 0), int(seq)) if seq.isdecimal() else found.get(writer, 0)
    return found


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
    names = [str(column.name) for column in derived.tables[name].columns]
    for lot in db.stream(text_statement(f"SELECT {columns} FROM {name}")):  # noqa: S608
        for values in lot:
            there = True
            total += row_hash(name, dict(zip(names, values, strict=True)))
    return f"{total % 2**128:032x}" if there else None
