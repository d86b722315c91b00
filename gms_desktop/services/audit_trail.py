"""The audit trail: every entry of the journal in words, or those that are asked for, oldest first as they came here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gms_desktop.documents.audit_trail import Trace
from gms_desktop.journal import by_kind, store
from gms_desktop.journal.database import Database
from gms_desktop.journal.store import Stored
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import find, histories, inspections

_LOT = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are asked for; what is left empty leaves nothing out.

    Attributes:
        begin: the first moment, as entries write one.
        end: the first moment that no longer counts.
        person: a part of the name of who did it, in any case.
        kind: the beginning of the entry's kind, such as ``specimen.``.
        about: one thing, as entries name it: what became of it is told too.
    """

    begin: str = ""
    end: str = ""
    person: str = ""
    kind: str = ""
    about: str = ""


def trail(ledger: Ledger, asked: Asked, time_zone: str) -> Iterator[Trace]:
    """Each entry that was asked for, in lots, so that a million of them need no more memory than a thousand."""
    db = ledger.db
    undone = {one.entry.body["of"] for one in by_kind.of_kind(db, "undone") if one.verdict != "refused"}
    lots = _lots_of(histories.entries_about(db, asked.about)) if asked.about else store.since(db, 0, _LOT)
    for lot in lots:
        yield from _told(db, [one for one in lot if _is_asked(one, asked)], asked.person, undone, time_zone)


def _lots_of(entries: Sequence[Stored]) -> Iterator[list[Stored]]:
    every = iter(entries)
    while lot := list(islice(every, _LOT)):
        yield lot


def _is_asked(one: Stored, asked: Asked) -> bool:
    at = one.entry.occurred_at
    in_time = (not asked.begin or at >= asked.begin) and (not asked.end or at < asked.end)
    return in_time and one.entry.kind.startswith(asked.kind)


def _told(db: Database, lot: Sequence[Stored], person: str, undone: set[str], time_zone: str) -> Iterator[Trace]:
    lines = find.lines_of(db, lot, (), time_zone)
    for one, line in zip(lot, lines, strict=True):
        if person.casefold() not in line.who.casefold():
            continue
        entry = one.entry
        act = inspections.told(line) if entry.id not in undone or line.undone else f"{inspections.told(line)} (undone)"
        recorded = histories.recorded(entry, time_zone)
        yield Trace(line.at, entry.occurred_at, act, entry.kind, recorded, line.who, line.where, *_proof(one))


def _proof(one: Stored) -> tuple[str, str, str, str]:
    """By what an entry is found and proved: its identity, its place in the agreed order, how it stands, its hash."""
    return one.entry.id, "" if one.position is None else str(one.position), one.verdict, one.hash.hex()
