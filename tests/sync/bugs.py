"""Known bugs of sync engines, put into ours one at a time: the simulator must find each (reference F1 to F15 and more).

No switch is in the product: each bug replaces functions of it for as long as its context lasts. Those of sending, of
the engine and of lost histories are in sim_bugs_of_sending.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import sim_bugs_of_people
import sim_bugs_of_sending
import sim_hub
from sim_bug import BUGS, bug, commit, followed, put, stated_otherwise

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.judge import premises
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import disputes, driver, undo_log
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.register.ledger import Ledger
from gms_desktop.register.rows import subject_of
from gms_desktop.sync import digests_compared, rebase, replica, unplaced
from gms_desktop.sync.messages import Page, Standing

__all__ = ["BUGS", "sim_bugs_of_people", "sim_bugs_of_sending"]

# --- pages ---


@bug("F1", "the cursor is moved, and committed, before the page is folded")
def cursor_before_fold() -> Iterator[None]:
    read = rebase._read

    def moved(db: Database, *rest: Any) -> Any:
        found, reached = read(db, *rest)
        replica.put_standing(db, reached)
        commit(db)
        return found, reached

    with put((rebase, "_read", moved)):
        yield


@bug("F12", "a page is applied in two transactions")
def page_applied_in_parts() -> Iterator[None]:
    place = rebase._place_own

    def parted(db: Database, *rest: Any) -> None:
        place(db, *rest)
        commit(db)

    with put((rebase, "_place_own", parted)):
        yield


@bug("F1", "a page that lost its end is taken for whole, the cursor goes where the hub said")
def cut_page_taken() -> Iterator[None]:
    read = rebase._read

    def trusting(db: Database, head: Any, before: Standing, page: Page) -> Any:
        found, _ = read(db, head, before, replace(page, standing=followed(before, page)))
        return found, page.standing

    with put((rebase, "_read", trusting)):
        yield


@bug("section 2", "a gap in the positions of a page is not noticed")
def gap_not_noticed() -> Iterator[None]:
    read = rebase._read

    def closed_up(db: Database, head: Any, before: Standing, page: Page) -> Any:
        entries = tuple(replace(one, position=place) for place, one in enumerate(page.entries, before.position + 1))
        moved = {new.position: old for new, old in zip(entries, page.entries, strict=True)}
        found, _ = read(db, head, before, replace(page, entries=entries, standing=followed(before, page)))
        found.foreign = [(moved[placed.position], entry) for placed, entry in found.foreign]
        found.own = [(moved[placed.position], *rest) for placed, *rest in found.own]
        found.order = [(moved[placed.position], entry) for placed, entry in found.order]
        return found, page.standing

    with put((rebase, "_read", closed_up)):
        yield


@bug("I5", "a page that comes again is folded again")
def redelivery_folds_twice() -> Iterator[None]:
    take = rebase.take_page

    def again(ledger: Ledger, waiting: Any, page: Page) -> Any:
        before = replica.standing(ledger.db, ledger.head.scope)
        if page.after >= before.position:
            return take(ledger, waiting, page)
        fresh = Driver(ledger.db)
        last = store.last_n(ledger.db)
        fresh.fold_new([Arrived(last, sim_hub.parsed(one.content), Judgement(one.verdict)) for one in page.entries])
        fresh.digests.save(last)
        ledger.reload()
        return rebase.Taken(before)

    with put((rebase, "take_page", again)):
        yield


@bug("F7", "an entry of another bench that claims what is taken is dropped without a word")
def foreign_dropped_on_unique_violation() -> Iterator[None]:
    read = rebase._read

    def dropping(*rest: Any) -> Any:
        found, reached = read(*rest)
        dropped = {placed.position for placed, _ in found.foreign if placed.verdict == "refused"}
        found.foreign = [one for one in found.foreign if one[0].position not in dropped]
        found.order = [one for one in found.order if one[0].position not in dropped]
        return found, reached

    with put((rebase, "_read", dropping)):
        yield


@bug("F7", "an own entry that the hub refused gets no place")
def refused_not_stored() -> Iterator[None]:
    place = replica.place

    def accepted_only(db: Database, rows: Any) -> None:
        place(db, [row for row in rows if row[2] != "refused"])

    with put((replica, "place", accepted_only)):
        yield


@bug("F8", "an entry that cannot be folded stops the page")
def poison_stops_the_page() -> Iterator[None]:
    def folded(entry: Any, rows: Any) -> Any:
        if not driver.kinds.readable(entry.kind, entry.version, entry.body):
            return None
        changes: Any = {}
        for group in driver._BY_KIND[entry.kind]:
            changes.update(group.fold(entry, rows))
        return changes

    def reads(entry: Any) -> Any:
        if not driver.kinds.readable(entry.kind, entry.version, entry.body):
            return None
        return [key for group in driver._BY_KIND[entry.kind] for key in group.reads(entry)]

    with put((driver, "_folded", folded), (driver, "_reads", reads)):
        yield


@bug("F8", "a kind that this version does not know is folded as nothing")
def unknown_kind_folds_to_nothing() -> Iterator[None]:
    folded, reads = driver._folded, driver._reads
    nothing = (driver, "_folded", lambda entry, rows: folded(entry, rows) or {})
    with put(nothing, (driver, "_reads", lambda entry: reads(entry) or [])):
        yield


# --- rebase ---


@bug("section 8", "entries that a page overtakes stay as they are folded")
def overtaken_not_put_back() -> Iterator[None]:
    with put((rebase, "overtaken", lambda *_: [])):
        yield


@bug("section 8", "former values are put back oldest first")
def put_back_oldest_first() -> Iterator[None]:
    def in_order(db: Database, ns: Sequence[int]) -> Any:
        return [former for n in ns for former in undo_log.recall(db, n)]

    with put((undo_log, "newest_first", in_order)):
        yield


@bug("F9", "own entries that were put back are judged by the bench, whatever the hub found")
def own_verdict_for_hubs() -> Iterator[None]:
    in_order = rebase._in_order

    def judged_here(found: Any, numbers: Any, behind: Any) -> Any:
        foreign = set(numbers.values())
        arrived = in_order(found, numbers, behind)
        return [one if one.n in foreign else replace(one, verdict=None) for one in arrived]

    with put((rebase, "_in_order", judged_here)):
        yield


@bug("F9", "an own entry keeps the verdict that the bench gave it")
def own_verdict_kept() -> Iterator[None]:
    def place_own(db: Database, waiting: Any, found: Any) -> None:
        replica.place(db, [(mark.n, placed.position, mark.verdict) for placed, mark, _, _ in found.own])
        gone = {(writer, seq) for _, _, writer, seq in found.own}
        waiting.drop(entry for _, entry in found.order if (entry.writer, entry.seq) in gone)

    met = rebase.overtaken
    with put((rebase, "_place_own", place_own), (rebase, "overtaken", lambda rows, page, _flipped: met(rows, page))):
        yield


@bug("section 7", "what an entry's verdict rests on is not in its footprint")
def footprint_without_reads() -> Iterator[None]:
    whole = unplaced.footprint

    def half(said: Any) -> Any:
        return replace(whole(said), reads=frozenset())

    with put((unplaced, "footprint", half), (rebase, "footprint", half)):
        yield


@bug("section 7", "who touched a subject last is not in the footprint")
def footprint_without_last() -> Iterator[None]:
    whole = unplaced.footprint

    def half(said: Any) -> Any:
        found = whole(said)
        return replace(found, writes=frozenset(key for key in found.writes if not key.startswith("last:")))

    with put((unplaced, "footprint", half), (rebase, "footprint", half)):
        yield


@bug("F11", "what a page brings is folded in the order of the benches' clocks")
def wall_clock_decides() -> Iterator[None]:
    in_order = rebase._in_order

    def by_clock(*rest: Any) -> Any:
        return sorted(in_order(*rest), key=lambda one: one.entry.occurred_at)

    with put((rebase, "_in_order", by_clock)):
        yield


@bug("section 8", "entries folded behind a page do not keep what they changed")
def former_values_lost() -> Iterator[None]:
    with put((store, "put_formers", lambda _db, _formers: None)):
        yield


@bug("F11", "a writer that begins under a clock that was put back sorts before the one it follows")
def writer_named_by_a_wrong_clock() -> Iterator[None]:
    with put((Ledger, "_after", lambda self, _former: self.clock.now())):
        yield


@bug("F6", "a person is not told that a verdict has become another")
def flips_not_told() -> Iterator[None]:
    flips = rebase._flips

    def silent(*rest: Any) -> Any:
        flips(*rest)
        return []

    with put((rebase, "_flips", silent)):
        yield


@bug("section 5", "an undo states that nothing came after what it undoes, not that nothing came between")
def undone_on_any_ground() -> Iterator[None]:
    def change(kind: Any, said: Any) -> Any:
        if kind.name != "undone":
            return said
        return replace(said, requires=tuple(pair for pair in said.requires if not pair[0].startswith("ground:")))

    with stated_otherwise(change):
        yield


@bug("decision 25", "what was refused on top of another bench's work is forgotten by the work that comes after it")
def refused_on_top_forgotten() -> Iterator[None]:
    with put((premises, "_refused", lambda entry, _holders: premises._broken(entry))):
        yield


# --- the register and its digests ---


@bug("F9", "the digest is not saved after a page")
def digest_not_saved() -> Iterator[None]:
    write = rebase._write

    def unsaved(db: Database, *rest: Any) -> None:
        before = store.meta(db, "digests")
        write(db, *rest)
        store.put_meta(db, "digests", before or "{}")

    with put((rebase, "_write", unsaved)):
        yield


@bug("F10", "what is unplaced has a share in the digest that is compared with the hub's")
def unplaced_in_the_digest() -> Iterator[None]:
    with put((digests_compared, "placed_digests", lambda _db, digests, _unplaced: digests.as_text())):
        yield


@bug("F9", "the fold looks at what happens to be in memory")
def fold_reads_local_state() -> Iterator[None]:
    changes_of = Driver._changes

    def impure(self: Driver, *rest: Any) -> Any:
        changes = changes_of(self, *rest)
        for key, row in changes.items():
            if row is not None and key[0] == "specimen":
                changes[key] = row | {"compared": str(len(self._rows) % 7)}
        return changes

    with put((Driver, "_changes", impure)):
        yield


@bug("section 5", "the row of a dispute is not looked for where no entry has touched the subject yet")
def dispute_row_not_looked_for() -> Iterator[None]:
    def may_be_there(self: Driver, key: Any) -> bool:
        if key in self._rows:
            return False
        if self._holders.get(f"last:{subject_of(key)}", "unknown") is None:
            self._rows[key] = None
            return False
        return True

    before = Driver._before

    def unseen(self: Driver, key: Any) -> Any:
        if key[0] in disputes.TABLES and self._holders.get(f"last:{subject_of(key)}", "unknown") is None:
            self._rows.setdefault(key, None)
        return before(self, key)

    with put((Driver, "_may_be_there", may_be_there), (Driver, "_before", unseen)):
        yield


@bug("F15", "what was not shared yet is lost when a newer version folds everything anew")
def upgrade_loses_unplaced() -> Iterator[None]:
    in_order = store.in_fold_order

    def placed_only(db: Database, size: int = 1000) -> Iterator[Any]:
        for lot in in_order(db, size):
            if not store.has_hub(db) or lot[-1].position is not None:
                yield lot

    with put((store, "in_fold_order", placed_only)):
        yield
