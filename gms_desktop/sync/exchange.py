"""One exchange with the hub after the other: what the engine asks for, done with a real hub and the recorder.

Each function reads or writes the bench's file only by jobs on the recorder's thread, between which scans go first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from gms_desktop.domain.minting import Clock
from gms_desktop.recorder import Recorder
from gms_desktop.register import base, touched
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import (
    common_order,
    digests_compared,
    engine,
    giving_back,
    outbox,
    pins,
    rebase,
    replica,
    signatures,
)
from gms_desktop.sync.messages import (
    MOST_BYTES,
    MOST_ENTRIES,
    Answer,
    Page,
    Placed,
    Push,
    Standing,
    first_order_hash,
    next_order_hash,
)
from gms_desktop.sync.pace import Pace
from gms_desktop.sync.signatures import Signer
from gms_desktop.sync.transport import Hub, HubUnavailable
from gms_desktop.sync.unplaced import Unplaced

SIGNATURES_SECONDS = 5.0
# The canonical bytes name the kind in this one way.
_PIN_SET = b'"kind":"pin.set"'
_ORDER_LOT = 1000
_READ_LOT = 200


@dataclass
class Replica:
    """A bench's file as the sync sees it: the recorder, and what is remembered of the file on the recorder's thread.

    ``signer`` signs how far this bench's writers have come at the hub; None: nothing is signed, and nothing kept.
    ``ahead`` is what follows the batch that is under way; only the recorder's thread looks at it.
    """

    recorder: Recorder
    unplaced: Unplaced
    scope: str
    pace: Pace = field(default_factory=Pace)
    signer: Signer | None = None
    signatures_due: float = 0.0
    unsigned: signatures.Unsigned | None = None
    ahead: Push | None = None

    def waiting(self, ledger: Ledger) -> int:
        """Own entries that the hub has not acknowledged."""
        return outbox.waiting(ledger.db, ledger.head)

    def standing(self) -> Standing:
        """How far the replica has come."""
        return self.recorder.read(lambda ledger: replica.standing(ledger.db, self.scope), urgent=False).result()


def push(here: Replica, hub: Hub, number: int, most: int) -> engine.Event:
    """Send the next batch and write down what the hub acknowledged; while the hub judges it, read the one after it."""
    batch = here.recorder.write(lambda ledger: _next_push(here, ledger, most), urgent=False).result()
    if batch is None:
        return engine.NothingToPush(number)
    if outbox.is_full(batch, most):
        # The engine asks for twice as many once these are taken.
        here.recorder.write(lambda ledger: _read_ahead(here, ledger, 2 * most, batch), urgent=False)
    if _about_pins(one.content for one in batch.entries):
        # Before the entry that says so: whoever learns of a PIN finds it at the hub.
        pins.share(here.recorder, hub, batch.standing.epoch)
    said = hub.push(batch)

    def note(ledger: Ledger) -> int:
        outbox.note_answer(ledger.db, batch, said)
        return here.waiting(ledger)

    waiting = here.recorder.write(note, urgent=False).result()
    if here.signer is not None and not waiting and said.answer in {Answer.OK, Answer.DUP}:
        # Signed behind the next pull, so at most once for each: no push waits for it.
        here.unsigned = signatures.last_of(batch)
    return engine.Pushed(number, said.answer, waiting, said.head, batch.writer, said.detail)


def _next_push(here: Replica, ledger: Ledger, most: int) -> Push | None:
    ahead, here.ahead = here.ahead, None
    if ahead is not None and len(ahead.entries) <= most and (still := outbox.still_next(ledger.db, here.scope, ahead)):
        return still
    return outbox.next_push(ledger.db, here.scope, most)


def _read_ahead(here: Replica, ledger: Ledger, most: int, sent: Push) -> None:
    here.ahead = outbox.next_push(ledger.db, here.scope, most, sent)


def pull(here: Replica, hub: Hub, number: int, told: Callable[[rebase.Taken], None]) -> engine.Event:
    """Ask for the next page and take it in, in slices so short that a scan never waits for long."""
    before = here.standing()
    said = hub.pull(before, MOST_ENTRIES)
    _sign(here, hub)
    if said.page is None or _nothing_new(said.page, before):
        position = before.position
        if said.page is not None:
            _send_lost_again(here, position, said.head)
        return engine.Pulled(number, said.answer, position, said.head, _waiting(here), detail=said.detail)
    _read_unplaced(here, said.page)
    try:
        taken = _take(here, said.page, before, told)
    except rebase.Forked as fork:
        return engine.Pulled(
            number, said.answer, before.position, said.head, _waiting(here), forked=(fork.writer, fork.seq)
        )
    if _about_pins(one.content for one in said.page.entries):
        pins.share(here.recorder, hub, said.page.standing.epoch)
    if said.page.entries and taken.standing.position >= said.page.head:
        _keep_signatures(here, hub)
    return engine.Pulled(
        number,
        Answer.OK,
        taken.standing.position,
        said.page.head,
        _waiting(here),
        taken.update_needed,
        taken.differing,
    )


def _sign(here: Replica, hub: Hub) -> None:
    last = here.unsigned
    if here.signer is None or last is None:
        return
    # The entries are there all the same: what ails the line is found by the next exchange.
    with suppress(HubUnavailable):
        signatures.give(hub, here.signer, here.scope, last)
        if here.unsigned is last:
            here.unsigned = None


def _keep_signatures(here: Replica, hub: Hub) -> None:
    """What others signed of what has just come, every few seconds at most."""
    if here.signer is None or time.monotonic() < here.signatures_due:
        return
    here.signatures_due = time.monotonic() + SIGNATURES_SECONDS
    with suppress(HubUnavailable):
        signatures.take(here.recorder, hub, here.scope)


def _read_unplaced(here: Replica, page: Page) -> None:
    """A page of others' entries is compared with all that is unplaced: that is read in lots, between scans."""
    own = here.recorder.read(lambda ledger: replica.own_writers(ledger.db), urgent=False).result()
    signs = [f'"writer":"{writer}"'.encode() for writer in own]
    if all(any(sign in one.content for sign in signs) for one in page.entries):
        return
    while here.recorder.read(lambda _ledger: here.unplaced.read_some(_READ_LOT), urgent=False).result():
        pass


def _about_pins(contents: Iterable[bytes]) -> bool:
    return any(_PIN_SET in content for content in contents)


def _waiting(here: Replica) -> int:
    return here.recorder.read(here.waiting, urgent=False).result()


def _nothing_new(page: Page, before: Standing) -> bool:
    return not page.entries and page.standing == before


def _send_lost_again(here: Replica, position: int, head: int) -> None:
    """A hub that was put back may have nothing new, and lack what it acknowledged."""
    if here.recorder.read(lambda ledger: replica.lost(ledger.db, position, head), urgent=False).result():
        here.recorder.write(lambda ledger: replica.forget_lost(ledger.db, position, head), urgent=False).result()


def _take(here: Replica, page: Page, before: Standing, told: Callable[[rebase.Taken], None]) -> rebase.Taken:
    slices = _Slices(page, before)
    while True:
        part = slices.next(here.pace)
        taken, seconds = here.recorder.write(_timed(here, part), urgent=False).result()
        told(taken)
        if part.entries:
            here.pace.took([one.content for one in part.entries], seconds)
        if taken.update_needed is not None or slices.done:
            return taken


def _timed(here: Replica, part: Page) -> Callable[[Ledger], tuple[rebase.Taken, float]]:
    def take(ledger: Ledger) -> tuple[rebase.Taken, float]:
        begun = time.perf_counter()
        taken = rebase.take_page(ledger, here.unplaced, part)
        return taken, time.perf_counter() - begun

    return take


class _Slices:
    """A page in parts that follow each other, each a page itself."""

    def __init__(self, page: Page, before: Standing) -> None:
        self._page = page
        self._reached = before
        self._place = 0
        self.done = False

    def next(self, pace: Pace) -> Page:
        """The next part; the private values come with the first, the digests with the last."""
        page, begin = self._page, self._place
        fit = pace.fitting([one.content for one in page.entries[begin:]])
        entries = page.entries[begin : begin + fit]
        self._place += len(entries)
        self.done = self._place == len(page.entries)
        after = self._reached.position
        reached = page.standing if self.done else _after(self._reached, entries, page.standing.epoch)
        self._reached = reached
        digests = page.digests if self.done else ()
        return replace(
            page,
            after=after,
            entries=entries,
            private=page.private if begin == 0 else (),
            standing=reached,
            digests=digests,
        )


def _after(before: Standing, entries: tuple[Placed, ...], epoch: str) -> Standing:
    order_hash = before.order_hash
    for one in entries:
        order_hash = next_order_hash(order_hash, one.hash, one.verdict)
    return Standing(before.position + len(entries), order_hash, epoch)


def greet(
    here: Replica, hub: Hub, number: int, clock: Clock, learned: Callable[[int, list[str]], None]
) -> engine.Event:
    """Ask how the hub stands; measure the clock; share PINs; find how far the two orders are one."""
    begun, asked = clock.now(), time.perf_counter()
    said = hub.greet()
    half = (time.perf_counter() - asked) / 2
    offset = round(((said.server_time - begun).total_seconds() - half) * 1000)
    learned(offset, list(said.short_codes))
    if not said.recovering:
        pins.share(here.recorder, hub, said.head.epoch)
        here.signatures_due = 0.0
        _keep_signatures(here, hub)
    mine = here.standing()
    common = _common(here, hub, mine)
    differing = _differing(here, hub, mine) if common == mine.position else ()
    recovery = giving_back.recovery_of(said.head.epoch)
    recovered = bool(mine.epoch) and recovery > giving_back.recovery_of(mine.epoch)
    unheard = here.recorder.read(lambda ledger: giving_back.unheard(ledger.db, recovery), urgent=False).result()
    return engine.Greeted(number, said.head.position, said.recovering, recovered, common, differing, recovery, unheard)


def _differing(here: Replica, hub: Hub, mine: Standing) -> tuple[str, ...]:
    """Tables whose digest is not the hub's where this replica stands: a bench that is always level is compared too."""
    digests = hub.digests(mine.position)

    def compare(ledger: Ledger) -> tuple[str, ...]:
        touched.follow(ledger.db)
        if replica.standing(ledger.db, here.scope).position != mine.position:
            return ()
        return digests_compared.differing(ledger.db, ledger.driver.digests, here.unplaced, digests, mine.position)

    return here.recorder.write(compare, urgent=False).result() if digests else ()


def _common(here: Replica, hub: Hub, mine: Standing) -> int:
    """The last position at which the hub's order is this replica's: most often where the replica stands."""
    begin = here.recorder.read(lambda ledger: _begins(ledger, here.scope), urgent=False).result()

    def entries(after: int, until: int) -> Iterator[tuple[int, bytes, str]]:
        while rows := here.recorder.read(_order_of(after, until), urgent=False).result():
            yield from rows
            after = rows[-1][0]

    return common_order.common(hub.orders, entries, mine, begin)


def _begins(ledger: Ledger, scope: str) -> Standing:
    known = base.known(ledger.db)
    return Standing(known.position, known.order_hash) if known else Standing(0, first_order_hash(scope))


def _order_of(after: int, until: int) -> Callable[[Ledger], list[tuple[int, bytes, str]]]:
    return lambda ledger: replica.order_after(ledger.db, after, until, _ORDER_LOT)


def reoffer(here: Replica, hub: Hub, position: int) -> None:
    """Give the hub everything that this bench holds after a position, with the positions it had and what proves it.

    Raises:
        RecoveryClosed: when the recovery was closed before all was given; what was given until then counts.
    """
    recovery, stood = giving_back.recovery_of(hub.greet().head.epoch), here.standing().position
    if here.signer is not None:
        # A hub of the version before takes entries all the same.
        with suppress(HubUnavailable):
            hub.name_key(here.signer.public())
            signatures.give_back(here.recorder, hub, here.signer, here.scope)
    for entries, private in _offers(here, position):
        hub.reoffer(entries, private)
    hub.reoffer((), ())
    here.recorder.write(lambda ledger: giving_back.note_all_given(ledger.db, recovery, stood), urgent=False).result()


def _offers(here: Replica, position: int) -> Iterator[giving_back.Offers]:
    """What stands in this bench's order after a position, and what left it and the hub lacks, in lots."""

    def placed(ledger: Ledger) -> giving_back.Offers:
        return giving_back.offers(ledger.db, position, MOST_ENTRIES, MOST_BYTES)

    def gone(ledger: Ledger) -> tuple[giving_back.Offers, giving_back.Key]:
        return giving_back.offers_of_gone(ledger.db, last, MOST_ENTRIES, MOST_BYTES)

    while (offers := here.recorder.read(placed, urgent=False).result())[0]:
        position = offers[0][-1][0]
        yield offers
    last = giving_back.FIRST
    while True:
        offers, last = here.recorder.read(gone, urgent=False).result()
        if not offers[0]:
            return
        yield offers
