"""What a known bug is, and how it is put into the product for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from gms_desktop.journal import kinds
from gms_desktop.journal.database import Database
from gms_desktop.sync.messages import Page, Standing, next_order_hash


@dataclass(frozen=True)
class Bug:
    """A bug: where it was seen (a line of the reference, or a rule of ours), what it does, and how it is put in."""

    name: str
    seen: str
    words: str
    present: Callable[[], AbstractContextManager[None]]


BUGS: dict[str, Bug] = {}


def bug(seen: str, words: str) -> Callable[[Callable[[], Iterator[None]]], Callable[[], AbstractContextManager[None]]]:
    def register(run: Callable[[], Iterator[None]]) -> Callable[[], AbstractContextManager[None]]:
        present = contextmanager(run)
        BUGS[run.__name__] = Bug(run.__name__, seen, words, present)
        return present

    return register


def put(*changes: tuple[Any, str, Any]) -> ExitStack:
    stack = ExitStack()
    for where, name, value in changes:
        stack.enter_context(patch.object(where, name, value))
    return stack


def stated_otherwise(change: Callable[[Any, Any], Any]) -> ExitStack:
    """The premises of entries as a broken table of kinds would state them."""
    stated = kinds.premises_of

    def broken(kind: Any, *rest: Any) -> Any:
        return change(kind, stated(kind, *rest))

    return put((kinds, "premises_of", broken))


def commit(db: Database) -> None:
    db.raw.execute("COMMIT")
    db.raw.execute("BEGIN IMMEDIATE")


def followed(before: Standing, page: Page) -> Standing:
    """Where the entries that are in the page lead, whatever the hub says of it."""
    order_hash = before.order_hash
    for one in page.entries:
        order_hash = next_order_hash(order_hash, one.hash, one.verdict)
    return Standing(before.position + len(page.entries), order_hash, page.standing.epoch)
