"""Folds a register anew beside the one at work, in lots between scans, and puts it in its place when it has caught up.

How far it has come stands in the bench's file: whatever ends the application, the register at work is whole, and the
fold goes on where it was at the next start. Nothing of the second register is seen before the one transaction that puts
it in place (decision 20).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from gms_desktop.journal import store
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import base as register_base
from gms_desktop.register import coming, touched, undo_log, versions
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.sync import replica
from gms_desktop.sync.messages import Standing
from gms_desktop.sync.rebase import Flip
from gms_desktop.sync.room_beside import Progress

LOT = 64
SLICE_SECONDS = 0.02
_CLEAR_LOT = 100
# So few entries are left that they are folded in the transaction that puts the register in place.
_CLOSE = 16

_placed = text_statement(
    "SELECT n, bytes, hash, verdict, position, formers FROM entry "
    "WHERE position > :position AND position <= :end ORDER BY position LIMIT :most"
)
_own = text_statement(
    "SELECT e.n, e.bytes, e.hash, e.verdict, e.position, e.formers FROM entry_place p JOIN entry e ON e.n = p.n "
    "WHERE p.writer = :writer AND p.seq > :seq AND p.n <= :until ORDER BY p.seq LIMIT :most"
)
_note = text_statement("INSERT INTO coming_found (n, verdict, formers) VALUES (:n, :verdict, :formers)")
_other_verdicts = text_statement(
    "SELECT e.n, e.bytes, e.hash, e.verdict, e.position, f.verdict FROM coming_found f JOIN entry e ON e.n = f.n "
    "WHERE f.verdict <> e.verdict ORDER BY f.n"
)
_take_over = text_statement(
    "UPDATE entry SET (verdict, formers) = (SELECT f.verdict, f.formers FROM coming_found f WHERE f.n = entry.n) "
    "WHERE n IN (SELECT n FROM coming_found)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The register that is to be folded.

    Attributes:
        end: up to where entries count as placed; those of own writers after it have no place.
        heads: seq of the last placed entry of each own writer, oldest writer first.
        judge: whether what has no place is judged again; else the verdicts stand.
        until: fold only up to this place in the store, for the former values alone: they are written as they are found,
            and nothing is put in place at the end. None: all of it, to be put in place.
    """

    end: Standing
    heads: Mapping[str, int]
    judge: bool = False
    until: int | None = None


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far the fold has come.

    Attributes:
        version: the register's; ``base``: the position of the file's base.
        judge: as wanted; so are ``until``, ``end`` and ``order_hash``.
        stage: ``clear``, ``base``, ``placed`` or ``own``.
        table: which table of the base is being copied, and ``after`` which key.
        position: of the last placed entry that is folded; ``own``: seq of the last one of each own writer.
        entries: how many are folded.
    """

    version: str
    base: int
    judge: bool
    until: int | None
    end: int
    order_hash: str
    stage: str = "clear"
    table: int = 0
    after: Sequence[str] = ()
    position: int = 0
    own: Mapping[str, int] = field(default_factory=dict)
    entries: int = 0


class FoldingBeside:
    """One fold beside the register at work. For the recorder's thread."""

    def __init__(self, wanted: Wanted, lot: int = LOT, seconds: float = SLICE_SECONDS) -> None:
        """Begin, or go on with what an earlier run of the application left.

        Args:
            wanted: what is to be folded.
            lot: how many entries are folded at once.
            seconds: for how long one step takes lot after lot.
        """
        self._wanted, self._lot, self._seconds = wanted, lot, seconds
        self._reached: _Reached | None = None
        self._driver: Driver | None = None
        self._total = 0

    def step(self, db: Database) -> bool:
        """Fold the next lots, in the caller's transaction; whether there is more to do before it is put in place."""
        begun = time.perf_counter()
        reached = self._begin(db)
        touched.follow(db)
        more = True
        while more:
            reached, more = self._piece(db, reached)
            if time.perf_counter() - begun >= self._seconds:
                break
        self._keep(db, reached)
        return more

    def put_in_place(self, db: Database) -> tuple[Flip, ...]:
        """Fold what is left and let the second register be the one at work, in the caller's transaction.

        Whoever keeps something of the register in memory has to read it again.

        Returns:
            The own entries whose verdict is another now.
        """
        reached = self._begin(db)
        touched.follow(db)
        while reached.stage != "own" or self._rows(db, reached, 1):
            reached, _ = self._piece(db, reached)
        stands = self._folding(coming.database(db)).digests
        flips = tuple(_flips(db))
        db.run(_take_over)
        coming.put_in_place(db)
        stands.in_place(db, store.last_n(db))
        abandon(db)
        self._driver = None
        return flips

    def knows(self, writers: Iterable[str]) -> bool:
        """Whether all that these own writers have written is folded; of one that began since nothing is."""
        return self._wanted.heads.keys() >= set(writers)

    def progress(self, db: Database) -> Progress:
        """How far it has come, an earlier run of the application included."""
        reached = self._begin(db)
        if reached.stage in {"clear", "base"}:
            return Progress(0, self._total)
        own = sum(seq - self._wanted.heads.get(writer, 0) for writer, seq in reached.own.items())
        return Progress(min(self._total, reached.position + own), self._total)

    # --- how far it is ---

    def _begin(self, db: Database) -> _Reached:
        """What the file says: also after a transaction that was rolled back, when memory says something else."""
        kept = _kept(db)
        if kept is None or not self._fits(db, kept):
            known, end = register_base.known(db), self._wanted.end
            kept = _Reached(
                versions.register_version(),
                known.position if known else 0,
                self._wanted.judge,
                self._wanted.until,
                end.position,
                end.order_hash.hex(),
                own=dict(self._wanted.heads),
            )
        else:
            # A writer that began since comes behind all others, and has nothing folded yet.
            own = kept.own if kept.stage == "own" else {}
            end = self._wanted.end
            kept = replace(kept, end=end.position, order_hash=end.order_hash.hex(), own={**self._wanted.heads, **own})
        if kept != self._reached:
            self._reached, self._driver = kept, None
            self._total = self._count(db)
        return kept

    def _count(self, db: Database) -> int:
        """How many entries are to be folded, those of the base included; what is done meanwhile comes on top."""
        if self._wanted.until is not None:
            return self._wanted.until
        heads = self._wanted.heads
        return self._wanted.end.position + sum(
            one.last_seq - heads[one.writer] for one in store.writers(db) if one.writer in heads
        )

    def _fits(self, db: Database, kept: _Reached) -> bool:
        """Whether what was folded so far is the beginning of what is wanted."""
        known, end = register_base.known(db), self._wanted.end
        wanted = (versions.register_version(), known.position if known else 0, self._wanted.judge, self._wanted.until)
        if (kept.version, kept.base, kept.judge, kept.until) != wanted:
            return False
        if (kept.end, kept.order_hash) == (end.position, end.order_hash.hex()):
            return True
        # More was placed since, behind all that is folded: only what had no place yet would be in another order now.
        return not kept.judge and kept.end < end.position and kept.stage != "own"

    def _keep(self, db: Database, reached: _Reached) -> None:
        if self._driver is not None:
            self._driver.digests.save(coming.AFTER_ALL)
        store.put_meta(db, versions.FOLDING, json.dumps(asdict(reached)))
        self._reached = reached

    # --- piece by piece ---

    def _piece(self, db: Database, reached: _Reached) -> tuple[_Reached, bool]:
        match reached.stage:
            case "clear":
                return self._clear(db, reached), True
            case "base":
                return self._copy_base(db, reached), True
            case "placed":
                return self._fold_placed(db, reached), True
            case _:
                return self._fold_own(db, reached)

    def _clear(self, db: Database, reached: _Reached) -> _Reached:
        if coming.clear(db, _CLEAR_LOT):
            return reached
        coming.make(db)
        store.put_meta(coming.database(db), "digests", json.dumps({"n": coming.AFTER_ALL}))
        return replace(reached, stage="base" if reached.base else "placed", position=reached.base)

    def _copy_base(self, db: Database, reached: _Reached) -> _Reached:
        tables = register_base.copied_tables()
        if reached.table == len(tables):
            known = register_base.known(db)
            if known is not None:
                register_base.put_digests(coming.database(db), known, coming.AFTER_ALL)
            return replace(reached, stage="placed")
        table = tables[reached.table]
        last = register_base.copy_some(
            db, table, register_base.kept(table.name), versions.COMING + table.name, reached.after, self._lot
        )
        if last is None:
            return replace(reached, table=reached.table + 1, after=())
        return replace(reached, after=tuple(last))

    def _fold_placed(self, db: Database, reached: _Reached) -> _Reached:
        where = {"position": reached.position, "end": reached.end, "most": self._lot}
        rows = db.tuples(_placed, where)
        if rows:
            self._fold(db, rows, judge=False)
            reached = replace(reached, position=rows[-1][4], entries=reached.entries + len(rows))
        return reached if len(rows) == self._lot else replace(reached, stage="own")

    def _fold_own(self, db: Database, reached: _Reached) -> tuple[_Reached, bool]:
        rows = self._rows(db, reached, self._lot)
        if rows:
            folded = self._fold(db, rows, judge=reached.judge)
            reached = replace(reached, own={**reached.own, **folded}, entries=reached.entries + len(rows))
        return reached, len(rows) >= (min(self._lot, _CLOSE) if reached.until is None else 1)

    def _rows(self, db: Database, reached: _Reached, most: int) -> list[tuple[Any, ...]]:
        for writer, seq in sorted(reached.own.items()):
            where = {"writer": writer, "seq": seq, "most": most, "until": coming.AFTER_ALL}
            if rows := db.tuples(_own, where | ({} if reached.until is None else {"until": reached.until})):
                return rows
        return []

    def _folding(self, second: Database) -> Driver:
        if self._driver is None:
            self._driver = Driver(second)
        return self._driver

    def _fold(self, db: Database, rows: Sequence[tuple[Any, ...]], *, judge: bool) -> dict[str, int]:
        """Fold entries of one stage; the last seq of each writer among them."""
        driver = self._folding(coming.database(db))
        remember_after = store.last_n(db) - undo_log.DEPTH
        arrived, was = [], {}
        for row in rows:
            one = store.stored(row[:5])
            own = one.entry.writer in self._wanted.heads
            unplaced = own and one.entry.seq > self._wanted.heads[one.entry.writer]
            verdict = None if judge else Judgement(one.verdict)
            # An entry of another bench that has its place leaves no former values: it is never put back by itself.
            remember = unplaced or (own and one.n > remember_after)
            arrived.append(Arrived(one.n, one.entry, verdict, remember))
            if remember:
                was[one.n] = (one.verdict, row[5])
        rulings = driver.fold_new(arrived, notes_end=True)
        if self._wanted.until is not None:
            store.put_formers(db, driver.formers)
            return {one.entry.writer: one.entry.seq for one in arrived}
        db.run_many(
            _note,
            [
                {"n": one.n, "verdict": ruling.judgement.value, "formers": driver.formers.get(one.n)}
                for one, ruling in zip(arrived, rulings, strict=True)
                if one.n in was and not _same(was[one.n], (ruling.judgement.value, driver.formers.get(one.n)))
            ],
        )
        return {one.entry.writer: one.entry.seq for one in arrived}


def _same(was: tuple[str, str | None], now: tuple[str, str | None]) -> bool:
    """Whether verdict and former values are the same: the columns of a row may stand in another order."""
    return was == now or (
        was[0] == now[0] and None not in {was[1], now[1]} and bool(json.loads(was[1] or "") == json.loads(now[1] or ""))
    )


def _flips(db: Database) -> Iterator[Flip]:
    for *values, now in db.tuples(_other_verdicts):
        one = store.stored(values)
        yield Flip(one.entry, one.verdict, now)


def _kept(db: Database) -> _Reached | None:
    said = json.loads(store.meta(db, versions.FOLDING) or "null")
    if said is None or not (said["stage"] == "clear" or coming.left(db)):
        return None
    return _Reached(**said | {"after": tuple(said["after"])})


def abandon(db: Database) -> None:
    """Nothing goes on with what is folded beside, in the caller's transaction: its tables are cleared when idle."""
    store.put_meta(db, versions.FOLDING, "null")


def is_under_way(db: Database) -> bool:
    """Whether a register is being folded beside, or was when the application ended."""
    return _kept(db) is not None


def clear_some(db: Database, seconds: float = SLICE_SECONDS) -> bool:
    """Take rows of a former register away, in the caller's transaction, while nothing is folded beside.

    Returns:
        Whether there may be more.
    """
    end = time.perf_counter() + seconds
    while not is_under_way(db) and coming.clear(db, _CLEAR_LOT):
        if time.perf_counter() >= end:
            return True
    return False


def wanted_now(db: Database, scope: str) -> Wanted:
    """The register as it should be: all that is placed, then what is not, each with the verdict it has."""
    heads = {writer: replica.placed_seq(db, writer) for writer in replica.own_writers(db)}
    return Wanted(replica.standing(db, scope), heads)
