"""Takes a hub's history into the file of a bench that joins: it is not at work yet, and no scan waits for it.

Many pages are taken in one transaction, in which what several of them change is written once, while those that follow
come over the line. Whatever ends it, all lots before are there, and it goes on where they end.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import rebase, replica
from gms_desktop.sync.messages import Page, PullAnswer, Standing
from gms_desktop.sync.transport import HubUnavailable
from gms_desktop.sync.unplaced import Unplaced

# Pages in one transaction: at most 8,000 entries, some 10 MB of bytes and 60 MB of rows in memory.
PAGES = 16

Pull = Callable[[Standing], PullAnswer]
"""Asks the hub for the page after a standing."""


@dataclass(frozen=True, slots=True)
class _Lot:
    """Pages that follow each other, and what ended them too soon. Fewer than :data:`PAGES`: the last lot."""

    pages: tuple[Page, ...]
    fault: HubUnavailable | None = None


def take_history(ledger: Ledger, pull: Pull, told: Callable[[rebase.Taken, Page], None]) -> int:
    """Take everything that the hub has placed, each lot of pages in a transaction of its own.

    Args:
        ledger: the ledger of the bench that joins.
        pull: asks the hub; called from one other thread at a time.
        told: told after each lot what came of it, and its last page; what it raises ends the taking.

    Returns:
        How many entries came.

    Raises:
        HubUnavailable: when the hub does not answer, or gives no page; what came before is taken.
        PageDiffers: when a page does not follow from what is here.
    """
    db, unplaced, came, stop = ledger.db, Unplaced(ledger), 0, Event()
    with ThreadPoolExecutor(1, "history") as line:
        coming = line.submit(_lot, pull, replica.standing(db, ledger.head.scope), stop)
        try:
            while True:
                lot = coming.result()
                last = len(lot.pages) < PAGES
                if not last:
                    coming = line.submit(_lot, pull, lot.pages[-1].standing, stop)
                if lot.pages:
                    with db.write():
                        taken = rebase.take_pages(ledger, unplaced, lot.pages)
                    came += taken.foreign + taken.placed
                    told(taken, lot.pages[-1])
                if lot.fault is not None:
                    raise lot.fault
                if last:
                    return came
        finally:
            stop.set()


def _lot(pull: Pull, after: Standing, stop: Event) -> _Lot:
    pages: list[Page] = []
    try:
        while len(pages) < PAGES and not stop.is_set():
            said = pull(after)
            if said.page is None:
                raise HubUnavailable(said.detail)
            if not said.page.entries:
                break
            pages.append(said.page)
            after = said.page.standing
    except HubUnavailable as fault:
        return _Lot(tuple(pages), fault)
    return _Lot(tuple(pages))
