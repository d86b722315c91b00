"""Takes a page of the agreed order into a bench's file: journal, keys, register, cursor, undo log in one transaction.

Own entries that the page does not overtake stay as they are folded and are only marked placed. Those it overtakes are
put back, newest first, the page is folded, and they are judged and folded again after it (ARCHITECTURE section 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gms_desktop.journal import store
from gms_desktop.journal.canonical import NotCanonical
from gms_desktop.journal.chain import next_hash
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry, from_hub
from gms_desktop.journal.store import Stored, Writer
from gms_desktop.judge.premises import Judgement, Ruling
from gms_desktop.register import labels, touched, undo_log, versions
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import replica
from gms_desktop.sync.digests_compared import differing
from gms_desktop.sync.messages import Page, Placed, Standing, next_order_hash
from gms_desktop.sync.unplaced import Unplaced, Waiting, footprint, overtaken

# So many entries may leave a note of a label that is settled by now: they are looked through when labels are listed.
_TIDY_EVERY = 4096
# Rows and holders in memory while pages are taken: those of some 20,000 entries.
_MOST_KEPT = 100_000
_JUDGEMENTS = {one.value: one for one in Judgement}


class PageDiffers(Exception):
    """A page does not follow from what the bench has, or was cut or changed on its way: nothing of it is taken."""


class Forked(Exception):
    """The hub holds other content under an own writer's seq: this file is a clone, or was put back from a copy."""

    def __init__(self, writer: str, seq: int) -> None:
        super().__init__(f"{writer}/{seq}")
        self.writer = writer
        self.seq = seq


@dataclass(frozen=True, slots=True)
class Flip:
    """An own entry whose verdict is not what the person was told: before, and now."""

    entry: Entry
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a page.

    Attributes:
        standing: where the replica stands now.
        foreign: entries of other benches.
        placed: own entries that found their place.
        flips: own entries whose verdict changed.
        update_needed: the application is too old to fold what follows, in words; None when it is not.
        differing: tables whose digest differs from the hub's: they are to be built anew.
    """

    standing: Standing
    foreign: int = 0
    placed: int = 0
    flips: tuple[Flip, ...] = ()
    update_needed: str | None = None
    differing: tuple[str, ...] = ()


@dataclass
class _Sorted:
    """A page, read: the entries of others to store, and own ones with their place in the store."""

    foreign: list[tuple[Placed, Entry]] = field(default_factory=list)
    own: list[tuple[Placed, replica.Mark, str, int]] = field(default_factory=list)
    order: list[tuple[Placed, Entry]] = field(default_factory=list)
    heads: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    update_needed: str | None = None


def take_page(ledger: Ledger, unplaced: Unplaced, page: Page) -> Taken:
    """Take a page in, inside the caller's transaction; the ledger is read again after it.

    Raises:
        PageDiffers: when the page does not follow from what is here.
        Forked: when the hub has other content under an own writer.
    """
    return take_pages(ledger, unplaced, (page,))


def take_pages(ledger: Ledger, unplaced: Unplaced, pages: Sequence[Page]) -> Taken:
    """Take pages that follow each other in, as :func:`take_page` does one: what several of them change is written once.

    Digests are compared where the last page ends.

    Raises:
        PageDiffers: when a page does not follow from what is here.
        Forked: when the hub has other content under an own writer.
    """
    db = ledger.db
    touched.follow(db)
    # Other drivers of this file keep rows in memory: this one sees the file as it is.
    driver = Driver(db, most_kept=_MOST_KEPT)
    taken, folded = Taken(replica.standing(db, ledger.head.scope)), 0
    for page in pages:
        if taken.update_needed is not None:
            break
        found, reached = _page(ledger, taken.standing, page)
        flips, count = _fold(db, unplaced, found, driver)
        folded += count
        replica.put_heads(db, found.heads)
        taken = Taken(
            reached,
            taken.foreign + len(found.foreign),
            taken.placed + len(found.own),
            (*taken.flips, *flips),
            found.update_needed,
        )
    _write(db, driver, folded)
    return replace(taken, differing=_end(ledger, unplaced, taken, pages[-1]))


def _page(ledger: Ledger, before: Standing, page: Page) -> tuple[_Sorted, Standing]:
    if page.after != before.position:
        raise PageDiffers(f"the page follows {page.after}, this bench is at {before.position}")
    found, reached = _read(ledger.db, ledger.head, before, page)
    store.add_private(ledger.db, page.private)
    return found, reached


def _write(db: Database, driver: Driver, folded: int) -> None:
    """Write what the pages changed, and the digests as they leave them."""
    driver.write()
    if folded:
        n = store.last_n(db)
        driver.digests.save(n)
        if n // _TIDY_EVERY != (n - folded) // _TIDY_EVERY:
            labels.tidy_waiting(db)


def _end(ledger: Ledger, unplaced: Unplaced, taken: Taken, last: Page) -> tuple[str, ...]:
    """Write down how far the replica has come; the tables whose digest differs there."""
    db, reached = ledger.db, taken.standing
    replica.put_standing(db, reached)
    replica.forget_lost(db, reached.position, last.head)
    store.put_head(db, ledger.head, store.last_n(db))
    ledger.reload()
    if taken.update_needed is not None:
        return ()
    return differing(db, ledger.driver.digests, unplaced, last.digests, reached.position)


def _read(db: Database, head: Writer, before: Standing, page: Page) -> tuple[_Sorted, Standing]:
    """Check order and chains, and tell own entries from others'."""
    scope, current = head.scope, head.writer
    found, order_hash, position = _Sorted(), before.order_hash, before.position
    own = set(replica.own_writers(db))
    spans = _spans(db, own, page)
    for placed in page.entries:
        entry = _entry(placed)
        if isinstance(entry, str):
            found.update_needed = entry
            break
        if placed.position != position + 1:
            raise PageDiffers(f"position {placed.position} follows {position}")
        position, order_hash = placed.position, next_order_hash(order_hash, placed.hash, placed.verdict)
        mark = spans.get((entry.writer, entry.seq))
        if mark is not None and mark.hash != placed.hash:
            raise Forked(entry.writer, entry.seq)
        _chain(db, scope, found, placed, entry, known=mark is not None)
        found.order.append((placed, entry))
        if mark is None:
            if entry.writer == current:
                # The hub has more of this writer than this file: it was put back from a copy, and must not go on as it.
                raise Forked(entry.writer, entry.seq)
            found.foreign.append((placed, entry))
        else:
            found.own.append((placed, mark, entry.writer, entry.seq))
    if found.update_needed is None and order_hash != page.standing.order_hash:
        raise PageDiffers("the order of the page is not the hub's")
    return found, Standing(position, order_hash, page.standing.epoch)


def _entry(placed: Placed) -> Entry | str:
    try:
        entry = from_hub(placed.content)
    except NotCanonical as fault:
        return f"an entry in a form this version cannot read ({fault})"
    if entry.ruleset > versions.RULESET:
        return f"entries under rule set {entry.ruleset}; this version knows {versions.RULESET}"
    return entry


def _spans(db: Database, own: set[str], page: Page) -> dict[tuple[str, int], replica.Mark]:
    """The own entries that the page may hold, by identity."""
    found = {}
    for writer in own:
        low = replica.placed_seq(db, writer) + 1
        for seq, mark in replica.marks(db, writer, low, low + len(page.entries)).items():
            found[writer, seq] = mark
    return found


def _chain(db: Database, scope: str, found: _Sorted, placed: Placed, entry: Entry, *, known: bool) -> None:
    seq, previous = found.heads.get(entry.writer) or replica.head(db, entry.writer, scope)
    if entry.scope != scope or entry.seq != seq + 1:
        raise PageDiffers(f"{entry.id} of {entry.scope} follows {seq}")
    if not known and next_hash(previous, placed.content) != placed.hash:
        raise PageDiffers(f"{entry.id} differs from its hash")
    found.heads[entry.writer] = (entry.seq, placed.hash)


def _fold(db: Database, unplaced: Unplaced, found: _Sorted, driver: Driver) -> tuple[list[Flip], int]:
    """Fold a page: the own entries whose verdict became another, and how many entries were folded."""
    crossed = _crossed(db, unplaced, found)
    flipped = [mark.n for placed, mark, _, _ in found.own if crossed or mark.verdict != placed.verdict]
    behind: list[Waiting] = []
    if (found.foreign or flipped) and unplaced.waits():
        moved = found.order if crossed else found.foreign
        met = [footprint(entry.premises) for _, entry in moved if unplaced.meets(entry.premises)]
        behind = overtaken(unplaced, met, flipped)
    if behind:
        driver.put_back(undo_log.newest_first(db, [one.stored.n for one in behind]))
    numbers = _store_foreign(db, found)
    _place_own(db, unplaced, found)
    arrived = _in_order(found, numbers, {one.stored.n for one in behind})
    placed_now = {one.n for one in arrived}
    later = [one for one in behind if one.stored.n not in placed_now]
    arrived += [Arrived(one.stored.n, one.stored.entry) for one in later]
    rulings = driver.fold_new(arrived, write=False)
    foreign = set(numbers.values())
    store.put_formers(db, {one.n: driver.formers.get(one.n) for one in arrived if one.n not in foreign})
    _erase(db, arrived, rulings)
    flips = _flips(db, unplaced, behind, dict(zip((one.n for one in arrived), rulings, strict=True)))
    return flips, len(arrived)


def _crossed(db: Database, unplaced: Unplaced, found: _Sorted) -> bool:
    """Whether the hub has own entries of several writers in another order than this bench."""
    if not found.own or len(replica.unfinished_writers(db)) < 2:
        return False
    mine = [one.stored.n for one in unplaced.rows()[: len(found.own)]]
    return mine != [mark.n for _, mark, _, _ in found.own]


def _store_foreign(db: Database, found: _Sorted) -> dict[int, int]:
    """Store the entries of others. The place of each in the store, by position."""
    first = store.last_n(db) + 1
    rows = [
        Stored(n, entry, placed.hash, placed.content, placed.verdict, placed.position)
        for n, (placed, entry) in enumerate(found.foreign, first)
    ]
    store.add_indexed(db, rows)
    return {placed.position: n for n, (placed, _) in enumerate(found.foreign, first)}


def _place_own(db: Database, unplaced: Unplaced, found: _Sorted) -> None:
    replica.place(db, [(mark.n, placed.position, placed.verdict) for placed, mark, _, _ in found.own])
    placed_ids = {(writer, seq) for _, _, writer, seq in found.own}
    unplaced.drop(entry for _, entry in found.order if (entry.writer, entry.seq) in placed_ids)


def _in_order(found: _Sorted, numbers: dict[int, int], behind: set[int]) -> list[Arrived]:
    """What is folded of the page: all entries of others, and of the own ones those that were put back."""
    own = {placed.position: mark.n for placed, mark, _, _ in found.own}
    arrived = []
    for placed, entry in found.order:
        n = numbers.get(placed.position)
        if n is not None:
            arrived.append(Arrived(n, entry, _JUDGEMENTS[placed.verdict], remember=False))
        elif own[placed.position] in behind:
            arrived.append(Arrived(own[placed.position], entry, _JUDGEMENTS[placed.verdict]))
    return arrived


def _erase(db: Database, arrived: Sequence[Arrived], rulings: Sequence[Ruling]) -> None:
    for one, ruling in zip(arrived, rulings, strict=True):
        if one.entry.kind == "private.erased" and ruling.judgement is not Judgement.REFUSED:
            # Of a body that is not one this takes what can be read, as the hub does: nothing in it may stop a page.
            subject, named = one.entry.body.get("subject"), one.entry.body.get("commitments")
            if type(subject) is str and type(named) is list:
                store.erase_private(db, subject, [commitment for commitment in named if type(commitment) is str])


def _flips(db: Database, unplaced: Unplaced, behind: Sequence[Waiting], rulings: dict[int, Ruling]) -> list[Flip]:
    flips, judged = [], {}
    for one in behind:
        now = rulings[one.stored.n].judgement.value
        if now != one.stored.verdict:
            flips.append(Flip(one.stored.entry, one.stored.verdict, now))
            judged[one.stored.n] = replace(one.stored, verdict=now)
    store.put_verdicts(db, {n: row.verdict for n, row in judged.items()})
    unplaced.judged(judged)
    return flips
