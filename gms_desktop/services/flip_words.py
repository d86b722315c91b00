"""What a person is told of own acts that count otherwise since others were first: with number and patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gms_desktop import hub_words
from gms_desktop.journal.entry import Entry
from gms_desktop.register import case_look_up, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.entry_words import entry_words
from gms_desktop.services.people_words import person

if TYPE_CHECKING:
    from gms_desktop.sync.rebase import Flip

_MANY = 3


@dataclass(frozen=True)
class FlipNotice:
    """A notice, and the acts it is about: it goes when their cases are settled. Without any it waits to be read."""

    words: str
    about: tuple[Entry, ...] = ()


def notices(ledger: Ledger, flips: Sequence[Flip]) -> list[FlipNotice]:
    """A notice for each, or one for all when they are more than anybody reads one by one."""
    names = {flip.entry.id: _named(ledger, flip.entry) for flip in flips}
    failing = {flip.entry.id: (flip.entry,) if flip.now in {"contested", "refused"} else () for flip in flips}
    if len(flips) > _MANY:
        numbers = tuple(dict.fromkeys(filter(None, names.values())))
        every = tuple(entry for entries in failing.values() for entry in entries)
        return [FlipNotice(hub_words.many_flipped(len(flips), numbers), every)]
    return [
        FlipNotice(
            hub_words.flipped(entry_words(ledger.db, flip.entry), names[flip.entry.id], flip.was, flip.now),
            failing[flip.entry.id],
        )
        for flip in flips
    ]


def settled(ledger: Ledger, told: Iterable[FlipNotice]) -> list[FlipNotice]:
    """Those of which every case is settled by now."""
    return [one for one in told if one.about and not any(_is_open(ledger, entry) for entry in one.about)]


def _is_open(ledger: Ledger, entry: Entry) -> bool:
    return case_look_up.is_open(ledger.db, entry.id, entry.premises.touches)


def _named(ledger: Ledger, entry: Entry) -> str:
    """Number and patient of the specimen that an act was about; empty when it was about none."""
    number = str(entry.body.get("accession") or "")
    patients = list(_patients(ledger, entry))
    for subject in entry.premises.touches:
        sort, _, identity = subject.partition(":")
        known = look_up.row(ledger.db, "specimen", identity) if sort == "specimen" else None
        if known is not None:
            number = number or str(known["accession"])
            patients.append(str(known["patient"] or ""))
    patient = next(filter(None, patients), "")
    name = person(ledger.db, patient).name if patient else ""
    return " ".join(part for part in (number, name) if part)


def _patients(ledger: Ledger, entry: Entry) -> Iterator[str]:
    if entry.body.get("accession") and isinstance(entry.body.get("patient"), str):
        yield entry.body["patient"]
    for subject in entry.premises.touches:
        sort, _, identity = subject.partition(":")
        if sort == "label":
            label = look_up.row(ledger.db, "label", identity)
            known = look_up.row(ledger.db, "specimen", label["specimen"]) if label and label["specimen"] else None
            if known is not None:
                yield str(known["patient"] or "")
