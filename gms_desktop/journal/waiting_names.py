"""Private values that the search index does not know yet, kept in memory by their words until it does.

An import leaves a thousand names, and the index follows when the bench is idle. Meanwhile each scan, and each row of
the next file, asks for a patient: what waits is read once, then only what is new.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.private import search_terms

Found = tuple[str, str]
_LOT = 100

_subjects = text_statement("SELECT subject FROM private_unindexed")
_values = text_statement(
    "SELECT subject, commitment, value FROM private "
    "WHERE value IS NOT NULL AND subject IN (SELECT value FROM json_each(:ids))",
    "SELECT subject, commitment, value FROM private WHERE value IS NOT NULL AND subject = ANY(:ids)",
)


class WaitingNames:
    """The values that wait for one database's search index, by word."""

    def __init__(self) -> None:
        self._words: dict[str, list[str]] = {}
        self._found: defaultdict[str, dict[Found, None]] = defaultdict(dict)
        self._seen: int | None = None

    def exact(self, db: Database, word: str) -> list[Found]:
        """Subjects and commitments of values that are this, as a whole or in one of their words."""
        self._follow(db)
        return list(self._found.get(word, ()))

    def beginning(self, db: Database, word: str) -> list[Found]:
        """Subjects and commitments of values that have a word beginning so."""
        self._follow(db)
        return [one for term, found in self._found.items() if term.startswith(word) for one in found]

    def read_ahead(self, db: Database) -> Iterator[None]:
        """Read what waits, giving way after each lot: whoever asks first then need not read all of it."""
        waiting = sorted({subject for (subject,) in db.tuples(_subjects)} - self._words.keys())
        for start in range(0, len(waiting), _LOT):
            self._read(db, waiting[start : start + _LOT])
            yield

    def forget(self, subject: str) -> None:
        """Read a subject's values anew: some of them were erased."""
        for word in self._words.pop(subject, ()):
            found = self._found[word]
            for one in [one for one in found if one[0] == subject]:
                del found[one]
            if not found:
                del self._found[word]
        self._seen = None

    def _follow(self, db: Database) -> None:
        # What a transaction has written may be rolled back: only outside of one does the count say what stands.
        changes = None if getattr(db.raw, "in_transaction", True) else getattr(db.raw, "total_changes", None)
        if changes is not None and changes == self._seen:
            return
        waiting = {subject for (subject,) in db.tuples(_subjects)}
        if not waiting:
            self._words, self._found = {}, defaultdict(dict)
        for subject in self._words.keys() - waiting:
            self.forget(subject)
        self._read(db, sorted(waiting - self._words.keys()))
        self._seen = changes

    def _read(self, db: Database, subjects: list[str]) -> None:
        if not subjects:
            return
        self._words.update((subject, []) for subject in subjects)
        ids = json.dumps(subjects) if db.dialect == "sqlite" else subjects
        for subject, commitment, value in db.tuples(_values, {"ids": ids}):
            for word in search_terms(value):
                self._words[subject].append(word)
                self._found[word][subject, commitment] = None


def any_waits(db: Database) -> bool:
    """Whether the search index has not followed to the end yet."""
    return db.one(_subjects) is not None


_known: WeakKeyDictionary[Database, WaitingNames] = WeakKeyDictionary()


def of(db: Database) -> WaitingNames:
    """The names that wait in a database."""
    names = _known.get(db)
    if names is None:
        names = _known[db] = WaitingNames()
    return names
