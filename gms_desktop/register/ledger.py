"""Appends what a job decided: entries, private values, keys and register rows, in one transaction."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from gms_desktop.domain.identifiers import accession
from gms_desktop.domain.minting import Chance, Clock, identity, instant, moment_of
from gms_desktop.journal import kinds, store
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Body, Entry, Pair
from gms_desktop.journal.private import PrivateValue, commit
from gms_desktop.journal.store import Stored, Writer
from gms_desktop.judge.premises import Failure, Judgement
from gms_desktop.register import labels, look_up, touched, undo_log, versions
from gms_desktop.register.driver import Arrived, Driver

# So many entries lose their former values at once: about 10 ms.
_FORGET_LOT = 256
# So many entries are looked through at a start for the writer's head and the digests.
_WRITE_EVERY = 256
# So many entries of a large act are folded and written at once: about 15 ms, and worth their indexes.
_LOT = 64


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact or decision before it is an entry: the ledger adds writer, seq, time and premises."""

    kind: str
    body: Body
    private: tuple[PrivateValue, ...] = ()
    input: Mapping[str, str] = field(default_factory=dict)
    because: tuple[str, ...] = ()
    undoes: str | None = None
    # In which role it is done, and what else gives the right to it; None: the role that the person works in.
    role: str | None = None
    rights: tuple[Pair, ...] = ()


_NOT_TEXT = re.compile("[\0\ud800-\udfff]")


class PremiseFailed(Exception):
    """What the bench decided no longer stands on what is so: nothing was written."""

    def __init__(self, entry: Entry, failures: tuple[Failure, ...]) -> None:
        super().__init__(f"{entry.kind}: " + "; ".join(f"{f.sort} {f.key} is {f.found}" for f in failures))
        self.entry = entry
        self.failures = failures


class Pen:
    """Writes identifying values beside an entry: the body gets the commitment, the values travel with the draft."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._values: list[PrivateValue] = []

    def write(self, value: str | None, subject: str) -> str | None:
        """Commit to a value; nothing stated stays nothing.

        What no text holds, such as a byte of a file's name that is not UTF-8, stands as U+FFFD.
        """
        if not value:
            return None
        made = commit(_NOT_TEXT.sub("\ufffd", value), self._chance.salt(), subject)
        self._values.append(made)
        return made.commitment

    @property
    def values(self) -> tuple[PrivateValue, ...]:
        """What was written."""
        return tuple(self._values)


class Ledger:
    """One database's journal and register, with the head of the writer that appends here."""

    def __init__(self, db: Database, chance: Chance, clock: Clock, app: str) -> None:
        self.db = db
        self.chance = chance
        self.clock = clock
        self.app = app
        self.driver = Driver(db, appends=True)
        # Whoever remembers something of this file beside it compares how often a transaction was rolled back.
        self.rollbacks = 0
        # How far the hub's clock is ahead, in milliseconds, as last measured; None where no hub was asked.
        self.clock_offset: int | None = None
        self._measured_at: datetime | None = None
        self._head: Writer | None = None
        self._n = 0
        # What is left for when the bench is idle: from where former values are kept, and the notes of labels that wait.
        self._forgotten: int | None = None
        self._labels_untidy = False
        # How many numbers the journal knows of, and the entry at which head and digests were last written whole.
        self._minted = 0
        self._written_at = 0
        self.reload()

    def roll_back(self) -> None:
        """Forget what a transaction that was rolled back left in memory."""
        self.rollbacks += 1
        self.reload()

    def reload(self) -> None:
        """Read the head again: at the start, and when others wrote to the file."""
        self._head = next((w for w in store.writers(self.db) if w.state == "current"), None)
        self._n = store.last_n(self.db)
        self.driver.reload()
        self._minted = self._head.numbers_minted if self._head else 0
        self._written_at = self.driver.digests.written_at

    @property
    def head(self) -> Writer:
        """The current writer's head.

        Raises:
            RuntimeError: before a writer has begun.
        """
        if self._head is None:
            raise RuntimeError("no writer has begun in this database")
        return self._head

    @property
    def has_writer(self) -> bool:
        """Whether a writer has begun."""
        return self._head is not None

    def clock_measured(self, offset: int) -> None:
        """The hub's time less this clock's, in milliseconds, as just measured."""
        self.clock_offset, self._measured_at = offset, self.clock.now()

    @property
    def clock_went_back(self) -> bool:
        """Whether the clock was set back since it was measured against the hub: the offset then says nothing."""
        return self._measured_at is not None and self.clock.now() < self._measured_at

    def identity(self) -> str:
        """A new identity."""
        return identity(self.chance, self.clock.now())

    def pen(self) -> Pen:
        """A pen for one draft's identifying values."""
        return Pen(self.chance)

    def next_number(self, letter: str) -> str:
        """Mint our next number; it is spent when the transaction commits, and never reused."""
        head = self.head
        self._head = replace(head, numbers_minted=head.numbers_minted + 1)
        return accession.mint(letter, head.short_code, head.numbers_minted + 1)

    def begin_writer(self, scope: str, short_code: str, cause: str, bench: str) -> None:
        """Mint a writer for this incarnation of the database; the former ones mint no more."""
        former = self._head.writer if self._head else None
        if self._head:
            store.put_head(self.db, self._head, self._n)
        store.retire_writers(self.db)
        writer = identity(self.chance, self._after(former))
        self._head = Writer(writer, scope, short_code, 0, first_hash(writer, scope), 0)
        self._minted = 0
        store.put_writer(self.db, self._head, self._n)
        body: Body = {"writer": writer, "short_code": short_code, "cause": cause, "former": former, "bench": bench}
        self.append([Draft("writer.began", body)], None)

    def _after(self, former: str | None) -> datetime:
        """Now, but after the former writer began, however the clock was put back since: writers sort as they began."""
        now = self.clock.now()
        return now if former is None else max(now, moment_of(former) + timedelta(milliseconds=1))

    def append(self, drafts: Sequence[Draft], operator: str | None, witness: str | None = None) -> list[Entry]:
        """Append one act inside the caller's transaction.

        Raises:
            PremiseFailed: when a premise that must hold does not; the caller rolls back.
            NotCanonical, TooLarge: when a draft cannot be written as an entry.
            ValueError: when the witness is the operator.
        """
        steps = self.append_in_steps(drafts, operator, witness)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                entries: list[Entry] = end.value
                return entries

    def append_in_steps(
        self, drafts: Sequence[Draft], operator: str | None, witness: str | None = None
    ) -> Generator[None, None, list[Entry]]:
        """Append one act as :meth:`append` does, in steps after each of which the caller may still roll all back."""
        if witness is not None and witness == operator:
            raise ValueError("nobody is their own witness")
        at, previous, written = instant(self.clock.now()), self.head.last_hash, list[Entry]()
        while len(written) < len(drafts):
            lot = drafts[len(written) : len(written) + _LOT]
            entries = self._entries(lot, len(written), at, operator, witness)
            rows = self._folded(entries, self._n + len(written), previous)
            beside = {n: store.Beside(formers) for n, formers in self.driver.formers.items()}
            self._put_private(lot)
            written += entries
            n, previous = rows[-1].n, rows[-1].hash
            if len(written) == len(drafts):
                beside[n] = store.Beside(self.driver.formers.get(n), self._advance(len(written), previous))
            store.add(self.db, rows, beside)
            if len(written) < len(drafts):
                # The next lot would have them followed, and all of them read again for it.
                touched.follow(self.db, rows)
            yield
        return written

    def tidy(self) -> None:
        """Empty a lot of the former values that are too old to be undone, and the notes of labels that are settled.

        Inside a transaction of its own, when the bench is idle: both read pages that no act has touched for long.
        """
        if self._labels_untidy:
            labels.tidy_waiting(self.db, self.head.writer)
            self._labels_untidy = False
        until = self._n - undo_log.DEPTH
        if self._forgotten is None:
            # What the last run of the application may have left: it forgot up to about here.
            self._forgotten = max(0, until - 4 * _FORGET_LOT)
        if until - self._forgotten >= _LOT:
            done = min(until, self._forgotten + _FORGET_LOT)
            undo_log.forget_before(self.db, done, done - self._forgotten)
            self._forgotten = done

    def _folded(self, entries: Sequence[Entry], n: int, previous: bytes) -> list[Stored]:
        arrived = [Arrived(n + place, entry) for place, entry in enumerate(entries, start=1)]
        rows = []
        for one, ruling in zip(arrived, self.driver.fold_new(arrived), strict=True):
            if ruling.judgement is Judgement.REFUSED:
                raise PremiseFailed(one.entry, ruling.failures)
            content = one.entry.to_bytes()
            previous = next_hash(previous, content)
            rows.append(Stored(one.n, one.entry, previous, content, ruling.judgement.value, None))
        return rows

    def record_again(self, entries: Sequence[Entry], private: Sequence[PrivateValue]) -> None:
        """Append entries that follow the head's chain as they are, in the caller's transaction, whatever the verdict.

        They tell what was recorded before under a writer that had to be left (ARCHITECTURE section 4).
        """
        arrived = [Arrived(self._n + place, entry) for place, entry in enumerate(entries, start=1)]
        rows, previous = [], self.head.last_hash
        for one, ruling in zip(arrived, self.driver.fold_new(arrived), strict=True):
            content = one.entry.to_bytes()
            previous = next_hash(previous, content)
            rows.append(Stored(one.n, one.entry, previous, content, ruling.judgement.value, None))
        beside = {n: store.Beside(formers) for n, formers in self.driver.formers.items()}
        if rows:
            last = rows[-1].n
            beside[last] = store.Beside(self.driver.formers.get(last), self._advance(len(rows), previous))
        store.add_private(self.db, private)
        store.add(self.db, rows, beside)

    def _put_private(self, drafts: Sequence[Draft]) -> None:
        store.add_private(self.db, [value for draft in drafts for value in draft.private])
        for draft in drafts:
            if draft.kind == "private.erased":
                store.erase_private(self.db, draft.body["subject"], draft.body["commitments"])

    def _entries(
        self, drafts: Sequence[Draft], before: int, at: str, operator: str | None, witness: str | None
    ) -> list[Entry]:
        head = self.head
        action = f"{head.writer}/{head.last_seq + 1}"
        role = self._role_of(operator)
        return [
            Entry(
                writer=head.writer,
                seq=head.last_seq + place,
                scope=head.scope,
                occurred_at=at,
                clock_offset=self.clock_offset,
                app=self.app,
                kind=draft.kind,
                version=(kind := kinds.newest(draft.kind)).version,
                action=action,
                body=draft.body,
                premises=kinds.premises_of(kind, draft.body, operator, draft.role or role, draft.rights),
                private=tuple(value.commitment for value in draft.private),
                operator=operator,
                witness=witness,
                input=draft.input,
                undoes=draft.undoes,
                because=draft.because,
                ruleset=versions.RULESET,
            )
            for place, draft in enumerate(drafts, start=before + 1)
        ]

    def _role_of(self, operator: str | None) -> str | None:
        """The role that a person works in: whatever else they may do, that of the bench rather than of the office."""
        held = look_up.roles(self.db, operator) if operator is not None else []
        return next((role for role in held if role != "administrator"), next(iter(held), None))

    def _advance(self, count: int, digest: bytes) -> str | None:
        """Move the head on. What the act leaves standing, to be stored beside its last entry."""
        head = self.head
        seq = head.last_seq + count
        self._head = head = Writer(head.writer, head.scope, head.short_code, seq, digest, head.numbers_minted)
        self._n += count
        if self._n - self._written_at >= _WRITE_EVERY:
            store.put_head(self.db, head, self._n)
            self.driver.digests.save(self._n)
            self._labels_untidy = True
            self._minted, self._written_at = head.numbers_minted, self._n
            return None
        members = self.driver.digests.news()
        if head.numbers_minted != self._minted:
            self._minted = head.numbers_minted
            members.append(f'"{store.MINTED}":{self._minted}')
        return f"{{{','.join(members)}}}" if members else None
