"""The unplaced entries of a bench with what each reads and writes, so that a page can be compared with all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.journal.store import Stored
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import replica


@dataclass(frozen=True, slots=True)
class Footprint:
    """The keys that an entry may change and those that its verdict rests on.

    The rows that an entry folds into belong to subjects it touches, and each of those has its ``last:`` key here: two
    entries that share no key share no row either (ARCHITECTURE section 7).
    """

    writes: frozenset[str]
    reads: frozenset[str]


def footprint(said: Premises) -> Footprint:
    """What an entry with these premises reads and writes."""
    writes = [key for pairs in (said.claims, said.releases) for key, _ in pairs]
    writes += [f"last:{subject}" for subject in said.touches]
    reads = [key for pairs in (said.requires, said.expects) for key, _ in pairs]
    return Footprint(frozenset(writes), frozenset(reads))


class Shared:
    """What a growing set of entries reads and writes."""

    def __init__(self) -> None:
        self._writes: set[str] = set()
        self._reads: set[str] = set()

    def add(self, one: Footprint) -> None:
        """Take one more entry in."""
        self._writes |= one.writes
        self._reads |= one.reads

    def meets(self, one: Footprint) -> bool:
        """Whether the order of this entry and of those taken in makes a difference."""
        mine = self._writes
        return not (mine.isdisjoint(one.writes) and mine.isdisjoint(one.reads) and self._reads.isdisjoint(one.writes))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An unplaced entry and its footprint."""

    stored: Stored
    footprint: Footprint


class Unplaced:
    """The unplaced entries of one database, read once and kept up to date. Everything here is derived."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rollbacks = ledger.rollbacks
        self._rows: list[Waiting] = []
        self._read_to: dict[str, int] = {}

    def forget(self) -> None:
        """Read everything anew the next time: after a transaction that was rolled back."""
        self._rollbacks = self._ledger.rollbacks
        self._rows = []
        self._read_to = {}

    def rows(self) -> list[Waiting]:
        """The unplaced entries, oldest first."""
        if self._rollbacks != self._ledger.rollbacks:
            self.forget()
        for one in replica.unplaced(self._ledger.db, self._read_to):
            self._rows.append(Waiting(one, footprint(one.entry.premises)))
            self._read_to[one.entry.writer] = one.entry.seq
        return self._rows

    def drop(self, entries: Iterable[Entry]) -> None:
        """These were placed or withdrawn."""
        gone = {(entry.writer, entry.seq) for entry in entries}
        self._rows = [one for one in self._rows if (one.stored.entry.writer, one.stored.entry.seq) not in gone]

    def judged(self, verdicts: dict[int, Stored]) -> None:
        """These were judged again: each under its place in the store."""
        self._rows = [
            Waiting(verdicts[one.stored.n], one.footprint) if one.stored.n in verdicts else one for one in self._rows
        ]


def overtaken(rows: Iterable[Waiting], page: Iterable[Footprint], flipped: Iterable[int] = ()) -> list[Waiting]:
    """The unplaced entries that a page overtakes: those that meet it, and those that rest on one of them.

    Args:
        rows: the unplaced entries, oldest first.
        page: footprints of the page's entries of other benches.
        flipped: places in the store of own entries for which the hub found another verdict than the bench.

    Returns:
        Oldest first. What is left commutes with the page and stays as it is folded.
    """
    shared, changed, found = Shared(), set(flipped), []
    for one in page:
        shared.add(one)
    for row in rows:
        if row.stored.n in changed or shared.meets(row.footprint):
            shared.add(row.footprint)
            found.append(row)
    return found
