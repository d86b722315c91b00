"""The corpus as a hub would give it: pages of the agreed order with the private values that their entries cite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from corpus import KEY, corpus

from gms_desktop.journal import store
from gms_desktop.journal.database import text_statement
from gms_desktop.journal.private import PrivateValue
from gms_desktop.journal.sqlite_file import open_for_reading
from gms_desktop.sync.messages import Page, Placed, Standing, first_order_hash, next_order_hash

EPOCH = "7000000000000000001/1/0"
_entries = text_statement("SELECT hash, bytes, verdict FROM entry ORDER BY n")


class Order:
    """An agreed order in memory: it is added to, and read in pages."""

    def __init__(self, scope: str) -> None:
        self.entries: list[Placed] = []
        self._private: dict[str, PrivateValue] = {}
        self._hashes = [first_order_hash(scope)]

    def add(self, rows: Iterable[tuple[bytes, bytes, str]], private: Iterable[PrivateValue]) -> None:
        """Place entries: hash, bytes and verdict of each."""
        for digest, content, verdict in rows:
            self._hashes.append(next_order_hash(self._hashes[-1], digest, verdict))
            self.entries.append(Placed(len(self.entries) + 1, verdict, "", digest, content))
        self._private.update((value.commitment, value) for value in private)

    @property
    def head(self) -> Standing:
        """Where the order ends."""
        return self.at(len(self.entries))

    def at(self, position: int) -> Standing:
        """How the order stands after an entry."""
        return Standing(position, self._hashes[position], EPOCH)

    def page(self, after: int, most: int) -> Page:
        """What follows a position."""
        entries = tuple(self.entries[after : after + most])
        cited = (one for placed in entries for one in json.loads(placed.content)["private"])
        private = tuple(self._private[one] for one in cited if one in self._private)
        return Page(after, entries, private, self.at(after + len(entries)), len(self.entries))

    def pages(self, size: int) -> Iterator[Page]:
        """All of it."""
        return (self.page(after, size) for after in range(0, len(self.entries), size))


def order_of_corpus(entries: int) -> Order:
    """The first entries of the corpus, as another bench has sent them."""
    db = open_for_reading(corpus(), KEY)
    order = Order(next(iter(store.writers(db))).scope)
    rows = islice((row for lot in db.stream(_entries) for row in lot), entries)
    order.add(((bytes(digest), bytes(content), verdict) for digest, content, verdict in rows), store.every_private(db))
    db.close()
    return order
