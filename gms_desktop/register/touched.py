"""Who touched each subject last, and where entries stand: both follow the entries.

The key ``last:SUBJECT`` is a page of its own to every act, and each entry keeps it beside its bytes already, among the
former values. So it goes into the table of keys together with the indexes of the journal (decision 13).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.store import Stored
from gms_desktop.judge import keys
from gms_desktop.register import undo_log

_PREFIXES = tuple(f"{sort}:" for sort in keys.OF_THE_JUDGE)


def is_last(key: str) -> bool:
    """Whether the key says who touched a subject last, or tells on what that work rests."""
    return key.startswith(_PREFIXES)


def recent(db: Database) -> dict[str, str]:
    """The judge's own keys, with their holders, of entries which the indexes do not know yet."""
    return {
        key: after
        for formers in store.newest_formers(db)
        for name, key, _before, after in json.loads(formers)
        if name == undo_log.KEYS and is_last(key)
    }


def every_key(db: Database) -> dict[str, str]:
    """Every key that is held, with its holder, those that follow included."""
    return keys.every(db) | recent(db)


def follow(db: Database, in_hand: Sequence[Stored] = ()) -> int:
    """Bring the indexes of the journal and the ``last:`` keys up to the newest entry, in the caller's transaction.

    Args:
        db: the bench's file.
        in_hand: the newest entries, where the caller has just stored them.

    Returns:
        How many entries were waiting for it.
    """
    keys.hold(db, recent(db))
    return store.index_entries(db, in_hand)
