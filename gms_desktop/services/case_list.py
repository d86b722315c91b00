"""Open cases: what failed and is not settled, put together where one thing rests on another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from gms_desktop import review_words
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.store import Stored
from gms_desktop.judge import keys
from gms_desktop.register import look_up
from gms_desktop.services.resolve import Resolved


@dataclass(frozen=True)
class Case:
    """A root and all that rests on it.

    Attributes:
        root: the entry that the case is named by.
        rows: what the register holds of it, oldest first: one for each entry and each of its subjects.
    """

    root: str
    rows: tuple[Row, ...]

    @property
    def head(self) -> Row:
        """The row that says what the case is about."""
        return next((row for row in self.rows if row["entry"] == self.root), self.rows[0])

    @property
    def title(self) -> str:
        """What it is about, in words."""
        return row_title(self.head)

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that failed, oldest first."""
        return tuple(dict.fromkeys(row["entry"] for row in self.rows))

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everything that is held by it, but the other side."""
        return tuple(dict.fromkeys(row["subject"] for row in self.rows))


def row_title(row: Row) -> str:
    """What a row of a case is about, in words."""
    return review_words.title(row["sort"] or "", row["key"] or "", found=row["other"] is not None)


def open_cases(db: Database) -> tuple[Case, ...]:
    """Every case that waits, oldest first."""
    rows = look_up.case_entries(db)
    together = _Together()
    for row in rows:
        together.join(row["root"], f"s {row['subject']}")
        for named in _rests_on(row):
            together.join(row["root"], named)
    lots: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        lots[together.name(row["root"])].append(row)
    return tuple(Case(_root(lot), tuple(lot)) for lot in lots.values())


def waiting(db: Database) -> int:
    """How many things wait on the Review screen: each case, and together what settled ones left to do."""
    return len(open_cases(db)) + bool(look_up.case_tasks(db, 1))


def _root(lot: list[Row]) -> str:
    """The oldest root: that whose own first subject's holder is known comes before one that rests on nothing."""
    roots = [row["root"] for row in lot if row["entry"] == row["root"] and row["other"] is not None]
    return str((roots or [row["root"] for row in lot])[0])


def _rests_on(row: Row) -> list[str]:
    """Whom an entry that failed rests on: a subject that is not there, or a right that was withdrawn."""
    key, other = row["key"] or "", row["other"]
    if other is None and key == f"id:{row['stated']}":
        return [f"s {row['stated']}"]
    return [f"k {key}"] if other is None and keys.sort_of(key) == "role" else []


class _Together:
    """Names that belong together, however they were joined."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}

    def name(self, one: str) -> str:
        """The name that all of one lot have."""
        while (above := self._of.get(one, one)) != one:
            one = above
        return one

    def join(self, one: str, other: str) -> None:
        """Put two lots together."""
        first, second = self.name(one), self.name(other)
        if first != second:
            self._of[second] = first


def find_case(db: Database, root: str) -> Case | None:
    """The case that an entry belongs to, whatever it is named by now."""
    return next((case for case in open_cases(db) if case.root == root or root in case.entries), None)


def stories(db: Database, case: Case) -> tuple[Stored, ...]:
    """The entries of a case, in the order of the journal."""
    found = [store.by_identity(db, identity) for identity in case.entries]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.n))


def held(db: Database, subject: str) -> Row | None:
    """What holds a subject, on either side of a case; None when nothing does."""
    return look_up.case_of_subject(db, subject)


def held_code(db: Database, code: Resolved) -> Row | None:
    """What holds the thing that carries a code: also where all that would make the code known was refused."""
    specimens = dict.fromkeys(code.specimens)
    if code.number:
        specimens.update(dict.fromkeys(label["specimen"] for label in look_up.labels_of_number(db, code.number)))
    for specimen in specimens:
        if row := held(db, f"specimen:{specimen}"):
            return row
    return next(filter(None, (look_up.case_of_code(db, form) for form in forms(code))), None)


def task_on(db: Database, code: Resolved) -> Row | None:
    """What is left to do with the thing that carries a code."""
    return next(filter(None, (look_up.task_of_code(db, form) for form in forms(code))), None)


def forms(code: Resolved) -> tuple[str, ...]:
    """A code in every form that it may be kept in; never one that may name a patient."""
    if code.patients:
        return ()
    return tuple(dict.fromkeys([code.code, *(one.value for one in code.kinds if not one.private)]))
