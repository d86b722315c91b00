"""Entries of one kind, of which a journal has few: only their bytes are looked at until one of them is met."""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.store import Stored, stored

_every = text_statement("SELECT n, bytes, hash, verdict, position FROM entry WHERE n > :n ORDER BY n")


def of_kind(db: Database, kind: str) -> Iterator[Stored]:
    """Every entry of a kind, in order of arrival."""
    sign = f'"kind":"{kind}"'.encode()
    for lot in db.stream(_every, {"n": 0}):
        for values in lot:
            if sign in values[1] and (one := stored(values)).entry.kind == kind:
                yield one
