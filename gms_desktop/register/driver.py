"""Folds entries into the register: load the rows a batch needs, fold entry by entry, write what changed.

One query a table to load, one statement a table to write; every former value is kept for undo and for the digests.
"""

from __future__ import annotations

import json
from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import bindparam

from gms_desktop.journal import kinds, store
from gms_desktop.journal.database import Database, Statement, put, text_statement
from gms_desktop.journal.entry import Entry
from gms_desktop.journal.upcasters import upcast
from gms_desktop.judge import keys
from gms_desktop.judge.premises import Judgement, Ruling, changes_of, judge, note_keys
from gms_desktop.register import cases, disputes, labels, touched, undo_log
from gms_desktop.register.digests import Digests
from gms_desktop.register.groups import GROUPS
from gms_desktop.register.rows import Changes, Group, Row, RowKey, Rows, derived, is_whole, subject_of

_BY_KIND: dict[str, tuple[Group, ...]] = {
    kind: tuple(group for group in GROUPS if kind in group.kinds) for group in GROUPS for kind in group.kinds
}


_OWN = frozenset({"scan", "fix_it"})
_TABLES = frozenset(map(str, derived.tables))
_MOST_KEPT = 10_000
# A bench that is never idle, or takes in a large import: what is asked must not have too many entries to look through.
_FOLLOW_EVERY = 256
_MANY = 64


@dataclass(frozen=True, slots=True)
class Arrived:
    """An entry with its place in this store's order. A verdict that the hub gave stands; None: judge it here.

    What is never put back by itself, an entry of another bench that has its place, leaves no former values.
    """

    n: int
    entry: Entry
    verdict: Judgement | None = None
    remember: bool = True


class Driver:
    """Folds entries into one database's register.

    Args:
        db: the database.
        appends: the entries are new and are stored right after each batch by :meth:`fold_new`. On a bench's file, which
            has one writer, the keys that say who touched what last then follow.
        most_kept: how many rows and holders are kept in memory.
    """

    def __init__(self, db: Database, *, appends: bool = False, most_kept: int = _MOST_KEPT) -> None:
        self._db = db
        self._appends = appends
        self._most_kept = most_kept
        self._later = appends and db.dialect == "sqlite"
        self._last_follows = False
        self._rows: dict[RowKey, Row | None] = {}
        self._holders: dict[str, str | None] = {}
        # As each row stood before this batch, and whether somebody held each key.
        self._changed_rows: dict[RowKey, Row | None] = {}
        self._changed_keys: dict[str, bool] = {}
        self._held_at_once: dict[str, str] = {}
        # What the entries of the last batch changed, by their place.
        self.formers: dict[int, str] = {}
        self._frozen: set[str] = set()
        # Entries of the last batch whose body does not say which rows it is about.
        self._unread: set[str] = set()
        self.digests = Digests(db)
        self._begin()

    def reload(self) -> None:
        """Forget what was held in memory: after a transaction that was rolled back."""
        self.digests.reload()
        self._begin()

    def _begin(self) -> None:
        self._clear()
        self._frozen = {subject for (subject,) in self._db.tuples(_frozen_subjects)}

    def fold(self, arrived: Sequence[Arrived], *, remember: bool = True) -> list[Ruling]:
        """Judge and fold a batch of entries that are stored already, inside the caller's transaction.

        Args:
            arrived: entries in order.
            remember: keep former values for undo (a rebuild does so for the newest entries only).

        Returns:
            One ruling an entry. The caller decides what a refusal means.
        """
        if self._appends:
            # Entries may come in between others from now on: nothing of those before is left to follow.
            touched.follow(self._db)
        rulings = self._fold(arrived, remember, last_follows=False, notes_end=True)
        if remember:
            store.put_formers(self._db, {one.n: self.formers.get(one.n) for one in arrived})
        if arrived:
            self.digests.save(arrived[-1].n)
        return rulings

    def fold_new(
        self, arrived: Sequence[Arrived], *, remember: bool = True, notes_end: bool = False, write: bool = True
    ) -> list[Ruling]:
        """Judge and fold a batch that the caller then stores, with :attr:`formers` and the news of the digests.

        Args:
            arrived: entries in order.
            remember: keep former values for undo.
            notes_end: drop the notes of labels that it settles.
            write: write the changed rows; else they wait for :meth:`write`, so that what several batches of a
                transaction change is written once.
        """
        if self._appends and arrived and _passes(arrived[0].n, arrived[-1].n):
            touched.follow(self._db)
        return self._fold(arrived, remember, self._later, notes_end=notes_end, write=write)

    def write(self, *, notes_end: bool = False) -> None:
        """Write what batches changed that were folded without it, and count it in the digests."""
        self._write(notes_end=notes_end)

    def _fold(
        self,
        arrived: Sequence[Arrived],
        remember: bool,
        last_follows: bool,
        *,
        notes_end: bool = False,
        write: bool = True,
    ) -> list[Ruling]:
        # What was just written is what the next scan asks for. When it grows, all of it is forgotten.
        if len(self._rows) + len(self._holders) > self._most_kept:
            self._write(notes_end=notes_end)
            self._clear()
        self.formers = {}
        self._last_follows = last_follows
        current = [(one, upcast(one.entry)) for one in arrived]
        self._load([entry for _, entry in current])
        rulings = [self._one(one, entry, remember and one.remember) for one, entry in current]
        if write:
            self._write(notes_end=notes_end)
        return rulings

    def put_back(self, formers: Sequence[undo_log.Former]) -> None:
        """Put rows and keys back as they stood, inside the caller's transaction.

        Args:
            formers: what entries changed, the newest change first: of several of one row the last counts.
        """
        if self._appends:
            touched.follow(self._db)
        named = [one.row_id for one in formers if one.name == undo_log.KEYS and one.row_id not in self._holders]
        self._holders.update(keys.load(self._db, named))
        wanted: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for one in formers:
            if one.name != undo_log.KEYS and (one.name, one.row_id) not in self._rows:
                wanted[one.name][one.row_id] = None
        for table, ids in wanted.items():
            found = load_rows(self._db, table, list(ids))
            self._rows.update({(table, row_id): found.get(row_id) for row_id in ids})
        for one in formers:
            self._put_back(one)
        self._write()
        self._frozen = {subject for (subject,) in self._db.tuples(_frozen_subjects)}

    def _put_back(self, one: undo_log.Former) -> None:
        if one.name == undo_log.KEYS:
            self._changed_keys.setdefault(one.row_id, self._holders[one.row_id] is not None)
            self._holders[one.row_id] = cast("str | None", one.before)
        else:
            key = (one.name, one.row_id)
            self._changed_rows.setdefault(key, self._rows[key])
            self._rows[key] = one.row()

    def is_frozen(self, subjects: Collection[str]) -> bool:
        """Whether one of these subjects is frozen by something that this version cannot fold."""
        return not self._frozen.isdisjoint(subjects)

    def holders(self, names: Collection[str]) -> dict[str, str | None]:
        """The holders of the keys named as the newest entry leaves them; a free key is None."""
        unknown = [name for name in names if name not in self._holders]
        found = keys.load(self._db, unknown) if unknown else {}
        return {name: found[name] if name in found else self._holders[name] for name in names}

    def _load(self, entries: Sequence[Entry]) -> None:
        names: dict[str, object] = {}
        wanted: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._unread = set()
        for entry in entries:
            note_keys(entry.premises, names)
            reads = _reads(entry)
            if reads is None:
                self._unread.add(entry.id)
            else:
                for table, row_id in reads:
                    wanted[table][row_id] = None
        holders, rows = self._holders, self._rows
        if unknown := [name for name in names if name not in holders]:
            holders.update(keys.load(self._db, unknown))
        if taken_over := self._taken_over(entries):
            holders.update(keys.load(self._db, taken_over))
        for table, ids in wanted.items():
            unseen = [row_id for row_id in ids if self._may_be_there((table, row_id))]
            if unseen:
                found = load_rows(self._db, table, unseen)
                rows.update({(table, row_id): found.get(row_id) for row_id in unseen})

    def _taken_over(self, entries: Iterable[Entry]) -> list[str]:
        """The keys that are not known yet of what work rests on, of subjects where one works on what another left."""
        by: dict[str, str | None] = {}
        found: dict[str, None] = {}
        for entry in entries:
            own = f"{entry.writer}/"
            for subject in entry.premises.touches:
                before = by[subject] if subject in by else self._holders[f"last:{subject}"]
                if before is not None and not before.startswith(own):
                    found |= {key: None for key in _resting(subject) if key not in self._holders}
                by[subject] = own
        return list(found)

    def _may_be_there(self, key: RowKey) -> bool:
        if key in self._rows:
            return False
        # A subject that no entry has touched yet has no rows: there is nothing to look for. Only what was refused
        # leaves a row, of its dispute, and touches nothing.
        if key[0] not in disputes.TABLES and self._holders.get(f"last:{subject_of(key)}", "unknown") is None:
            self._rows[key] = None
            return False
        return True

    def _one(self, one: Arrived, entry: Entry, remember: bool) -> Ruling:
        ruling = self._judge(one, entry)
        # What fails breaks the ground of its subjects, which most that stands leaves alone.
        if unknown := [key for key in ruling.changes if key not in self._holders]:
            self._holders.update(keys.load(self._db, unknown))
        if not (remember or self._last_follows):
            self._change(entry, ruling)
            return ruling
        formers = self._change_keys(ruling)
        rows = self._change_rows(self._changes(entry, ruling))
        # An entry that leaves no row is told by its keys, should it be taken away.
        self._note_keys(formers, bool(rows))
        formers += rows
        if remember and formers:
            self.formers[one.n] = undo_log.as_text(formers)
        return ruling

    def _judge(self, one: Arrived, entry: Entry) -> Ruling:
        ruling = judge(entry, self._holders)
        if one.verdict is None or one.verdict is ruling.judgement:
            return ruling
        return Ruling(one.verdict, ruling.failures, changes_of(entry, self._holders, one.verdict))

    def _changes(self, entry: Entry, ruling: Ruling) -> Changes:
        held: Changes = {}
        if ruling.judgement is not Judgement.ACCEPTED:
            held = disputes.disputed(entry, ruling, self._before)
            if ruling.judgement is Judgement.REFUSED:
                return held
        touches, frozen = entry.premises.touches, self._frozen
        # What is in dispute is the fold's own memory: it is settled also where the subject itself cannot be folded.
        may = not frozen or frozen.isdisjoint(touches) or entry.kind in cases.GROUP.kinds
        # Who settles or opens a case, and fails at it, meets the case as this failure leaves it.
        rows = ChainMap(held, self._rows) if held else self._rows
        folded = _folded(entry, rows) if may and not (self._unread and entry.id in self._unread) else None
        if folded is None:
            frozen.update(touches)
            return held | disputes.froze(entry)
        return held | folded if held else folded

    def _change(self, entry: Entry, ruling: Ruling) -> None:
        """Keys and rows as an entry leaves them, without their former values."""
        holders, held, rows, first = self._holders, self._changed_keys, self._rows, self._changed_rows
        for key, holder in ruling.changes.items():
            if key not in held:
                held[key] = holders.get(key) is not None
            holders[key] = holder
        for row_key, after in self._changes(entry, ruling).items():
            before = rows[row_key] if row_key in rows else self._before(row_key)
            if before != after:
                rows[row_key] = after
                if row_key not in first:
                    first[row_key] = before

    def _change_keys(self, ruling: Ruling) -> list[undo_log.Former]:
        formers = []
        for key, holder in ruling.changes.items():
            former = self._holders.get(key)
            formers.append(undo_log.Former(undo_log.KEYS, key, former, holder))
            self._holders[key] = holder
        return formers

    def _note_keys(self, formers: Iterable[undo_log.Former], told_by_rows: bool) -> None:
        follows = self._last_follows
        for one in formers:
            if not (follows and touched.is_last(one.row_id)):
                self._changed_keys.setdefault(one.row_id, one.before is not None)
            elif not told_by_rows and one.after is not None:
                self._held_at_once[one.row_id] = one.after

    def _change_rows(self, changes: Changes) -> list[undo_log.Former]:
        formers = []
        for key, after in changes.items():
            before = self._before(key)
            if before == after:
                continue
            self._rows[key] = after
            self._changed_rows.setdefault(key, before)
            formers.append(undo_log.Former(key[0], key[1], before))
        return formers

    def _before(self, key: RowKey) -> Row | None:
        if key not in self._rows:
            # A row that carries the identity of its own entry cannot have stood there before.
            self._rows[key] = None if key[0] in _OWN else load_rows(self._db, key[0], [key[1]]).get(key[1])
        return self._rows[key]

    def _write(self, *, notes_end: bool = False) -> None:
        db, now = self._db, self._rows
        changed = [(key, before, now[key]) for key, before in self._changed_rows.items()]
        self.digests.change_all(changed)
        lots: defaultdict[Statement, list[Row]] = defaultdict(list)
        for (table, row_id), before, row in changed:
            if row is None:
                if before is not None:
                    lots[_drop(table)].append({"id": row_id})
            elif before is None:
                lots[_adds.get(table) or _add(table)].append(row)
            # Put as it was by a later entry of the batch: nothing to write.
            elif news := {name: value for name, value in row.items() if value != before[name]}:
                lots[_put(table, tuple(news))].append(news | {"id": row_id})
        for statement, rows in lots.items():
            db.run_many(statement, rows)
        labels.note_waiting(db, changed, notes_end=notes_end)
        if self._changed_keys:
            keys.save(db, [(key, there, self._holders[key]) for key, there in self._changed_keys.items()])
        if self._held_at_once:
            keys.hold(db, self._held_at_once)
        self._changed_rows = {}
        self._changed_keys = {}
        self._held_at_once = {}
        if len(self.digests.known) > self._most_kept:
            self.digests.known.clear()
        # Only a bench's file has one writer: elsewhere what is kept in memory may not be so any more.
        if db.dialect != "sqlite":
            self._clear()

    def _clear(self) -> None:
        self._rows = {}
        self._holders = {**touched.recent(self._db)} if self._later else {}
        self._changed_rows = {}
        self._changed_keys = {}
        self._held_at_once = {}


def _passes(first: int, last: int) -> bool:
    """Whether the entries before these are to be followed first."""
    return last - first >= _MANY - 1 or (first - 2) // _FOLLOW_EVERY != (last - 1) // _FOLLOW_EVERY


def load_rows(db: Database, table: str, ids: Sequence[str]) -> Mapping[str, Row]:
    """Rows of a register table by id."""
    if len(ids) == 1:
        return {row["id"]: row for row in db.all(_load_one(table), {"id": ids[0]})}
    params = {"ids": json.dumps(ids) if db.dialect == "sqlite" else ids}
    return {row["id"]: row for row in db.all(_load(table), params)}


def _resting(subject: str) -> tuple[str, str]:
    return f"ground:{subject}", f"refused:{subject}"


def _reads(entry: Entry) -> list[RowKey] | None:
    """The rows that an entry must see to be folded; None when this version cannot say."""
    if not kinds.readable(entry.kind, entry.version, entry.body):
        return None
    found: list[RowKey] = []
    try:
        for group in _BY_KIND[entry.kind]:
            found += group.reads(entry)
        for table, row_id in found:
            if type(row_id) is not str or table not in _TABLES:
                return None
    except Exception:
        return None
    return found


def _folded(entry: Entry, rows: Rows) -> Changes | None:
    """What the entry makes of the rows; None when this version cannot say.

    Another application may have a fault, or know a kind that this one does not: then the subjects that the entry names
    are frozen, the same ones at every bench, and the rest of the work goes on.

    Args:
        entry: one of which :func:`_reads` could say what it reads.
        rows: those rows.
    """
    changes: Changes = {}
    touches = entry.premises.touches
    try:
        for group in _BY_KIND[entry.kind]:
            changes.update(group.fold(entry, rows))
        for key, row in changes.items():
            if not (row is None or is_whole(key, row)) or not (subject_of(key) in touches or _is_its_own(entry, key)):
                return None
    except Exception:
        return None
    return changes


def _is_its_own(entry: Entry, key: RowKey) -> bool:
    """Whether a row of no subject that the entry touches belongs to the entry itself or to the one it undoes."""
    name, row_id = key
    return name in _OWN and any(
        row_id == one or row_id.endswith(f"/{one}") for one in (entry.id, entry.undoes or entry.id)
    )


_frozen_subjects = Statement(derived.tables["frozen"].select().with_only_columns(derived.tables["frozen"].c.id))
_loads: dict[str, Statement] = {}
_loads_of_one: dict[str, Statement] = {}
_adds: dict[str, Statement] = {}
_puts: dict[tuple[str, tuple[str, ...]], Statement] = {}
_drops: dict[str, Statement] = {}


def _load(table: str) -> Statement:
    if table not in _loads:
        columns = ", ".join(f'"{column.name}"' for column in derived.tables[table].columns)
        # Table and column names are our own, from the register's definition: no text from outside is in this SQL.
        wanted = f"SELECT {columns} FROM {table} WHERE id"  # noqa: S608
        _loads[table] = text_statement(wanted + " IN (SELECT value FROM json_each(:ids))", wanted + " = ANY(:ids)")  # noqa: S608
    return _loads[table]


def _load_one(table: str) -> Statement:
    if table not in _loads_of_one:
        found = derived.tables[table]
        _loads_of_one[table] = Statement(found.select().where(found.c.id == bindparam("id")))
    return _loads_of_one[table]


def _add(table: str) -> Statement:
    if table not in _adds:
        _adds[table] = Statement(derived.tables[table].insert())
    return _adds[table]


def _put(table: str, names: tuple[str, ...]) -> Statement:
    # Each index that holds a column which is set is written again, also where its value stays.
    if (table, names) not in _puts:
        _puts[table, names] = put(derived.tables[table], names)
    return _puts[table, names]


def _drop(table: str) -> Statement:
    if table not in _drops:
        found = derived.tables[table]
        _drops[table] = Statement(found.delete().where(found.c.id == bindparam("id")))
    return _drops[table]
