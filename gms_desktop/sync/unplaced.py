"""The unplaced entries of a bench with what each reads and writes, so that a page can be compared with all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from gms_desktop.journal import store
from gms_desktop.journal.database import text_statement
from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.journal.store import Stored
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import replica

_some = text_statement(
    "SELECT e.n, e.bytes, e.hash, e.verdict, e.position FROM entry_place p JOIN entry e ON e.n = p.n "
    "WHERE p.writer = :writer AND p.seq > :seq ORDER BY p.seq LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class Footprint:
    """The keys that an entry may change and those that its verdict rests on.

    The rows that an entry folds into belong to subjects it touches, and each of those has its ``last:`` key here: two
    entries that share no key share no row either (ARCHITECTURE section 7). Its ``ground:`` key changes only where the
    ``last:`` key stands here, and whoever reads the one reads the other.
    """

    writes: frozenset[str]
    reads: frozenset[str]


def footprint(said: Premises) -> Footprint:
    """What an entry with these premises reads and writes."""
    writes = [key for pairs in (said.claims, said.releases) for key, _ in pairs]
    writes += [f"last:{subject}" for subject in said.touches]
    reads = [key for pairs in (said.requires, said.expects) for key, _ in pairs]
    return Footprint(frozenset(writes), frozenset(reads))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An unplaced entry and its footprint."""

    stored: Stored
    footprint: Footprint


class Unplaced:
    """The unplaced entries of one database, read once and kept up to date. Everything here is derived.

    Found by the keys they write and read: what a page costs does not grow with how much waits for its place.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.forget()

    def forget(self) -> None:
        """Read everything anew the next time: after a transaction that was rolled back."""
        self._rollbacks = self._ledger.rollbacks
        # By the order in which they were made, and where each is found.
        self._rows: dict[int, Waiting] = {}
        self._next = 0
        self._by_n: dict[int, int] = {}
        self._by_identity: dict[tuple[str, int], int] = {}
        self._writers_of: defaultdict[str, set[int]] = defaultdict(set)
        self._readers_of: defaultdict[str, set[int]] = defaultdict(set)
        self._read_to: dict[str, int] = {}

    def rows(self) -> list[Waiting]:
        """The unplaced entries, oldest first."""
        self._read()
        return list(self._rows.values())

    def waits(self) -> bool:
        """Whether there are any."""
        self._read()
        return bool(self._rows)

    def meets(self, said: Premises) -> bool:
        """Whether an entry with these premises names a key that an unplaced entry reads or writes: most do not."""
        writers, readers = self._writers_of, self._readers_of
        for pairs in (said.claims, said.requires, said.expects, said.releases):
            for key, _ in pairs:
                if key in writers or key in readers:
                    return True
        return any(key in writers or key in readers for key in [f"last:{subject}" for subject in said.touches])

    def overtaken(self, page: Iterable[Footprint], flipped: Iterable[int]) -> list[Waiting]:
        """See :func:`overtaken`."""
        self._read()
        found: list[Waiting] = []
        seen = {self._by_n[n] for n in flipped if n in self._by_n}.union(*map(self._meeting, page))
        # The oldest first: whatever meets one that was found, and was made after it, is found too.
        waiting = sorted(seen)
        while waiting:
            place = heappop(waiting)
            row = self._rows[place]
            found.append(row)
            for later in self._meeting(row.footprint) - seen:
                if later > place:
                    seen.add(later)
                    heappush(waiting, later)
        return found

    def drop(self, entries: Iterable[Entry]) -> None:
        """These were placed or withdrawn."""
        for entry in entries:
            place = self._by_identity.pop((entry.writer, entry.seq), None)
            if place is not None:
                self._drop(place, self._rows.pop(place))

    def judged(self, verdicts: Mapping[int, Stored]) -> None:
        """These were judged again: each under its place in the store."""
        for n, row in verdicts.items():
            place = self._by_n.get(n)
            if place is not None:
                self._rows[place] = Waiting(row, self._rows[place].footprint)

    def read_some(self, most: int) -> bool:
        """Read so many of those that are not read yet: a bench that was long without a hub has very many.

        Returns:
            Whether there may be more.
        """
        if self._rollbacks != self._ledger.rollbacks:
            self.forget()
        db, left = self._ledger.db, most
        for writer in replica.own_writers(db):
            seq = max(replica.placed_seq(db, writer), self._read_to.get(writer, 0))
            rows = db.tuples(_some, {"writer": writer, "seq": seq, "most": left})
            self._take([store.stored(values) for values in rows])
            left -= len(rows)
            if not left:
                return True
        return False

    def _read(self) -> None:
        if self._rollbacks != self._ledger.rollbacks:
            self.forget()
        self._take(replica.unplaced(self._ledger.db, self._read_to))

    def _take(self, rows: Iterable[Stored]) -> None:
        for one in rows:
            self._add(Waiting(one, footprint(one.entry.premises)))
            self._read_to[one.entry.writer] = one.entry.seq

    def _add(self, row: Waiting) -> None:
        entry, place = row.stored.entry, self._next
        self._next += 1
        self._rows[place] = row
        self._by_n[row.stored.n] = self._by_identity[entry.writer, entry.seq] = place
        for key in row.footprint.writes:
            self._writers_of[key].add(place)
        for key in row.footprint.reads:
            self._readers_of[key].add(place)

    def _drop(self, place: int, row: Waiting) -> None:
        del self._by_n[row.stored.n]
        for index, keys in ((self._writers_of, row.footprint.writes), (self._readers_of, row.footprint.reads)):
            for key in keys:
                index[key].discard(place)
                if not index[key]:
                    del index[key]

    def _meeting(self, one: Footprint) -> set[int]:
        """Places of the entries whose order with this one makes a difference."""
        writers, readers = self._writers_of, self._readers_of
        found = [writers[key] for key in (*one.writes, *one.reads) if key in writers]
        return set().union(*found, *[readers[key] for key in one.writes if key in readers])


def overtaken(unplaced: Unplaced, page: Iterable[Footprint], flipped: Iterable[int] = ()) -> list[Waiting]:
    """The unplaced entries that a page overtakes: those that meet it, and those that rest on one of them.

    Two meet when one writes what the other writes or reads.

    Args:
        unplaced: the unplaced entries.
        page: footprints of the page's entries of other benches.
        flipped: places in the store of own entries for which the hub found another verdict than the bench.

    Returns:
        Oldest first. What is left commutes with the page and stays as it is folded.
    """
    return unplaced.overtaken(page, flipped)
