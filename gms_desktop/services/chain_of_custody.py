"""Where a thing was and who held it, act by act: at a bench, in a place, with a courier, at its receiver, nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gms_desktop import history_words as said
from gms_desktop.documents.history import Held
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.journal.store import Stored
from gms_desktop.register import consignment_look_up
from gms_desktop.services import sent_things, stored_things
from gms_desktop.services.lineage import Descendant
from gms_desktop.services.views import TimelineLine

Holder = Callable[[Database, Entry, TimelineLine], str]


def chain(db: Database, ordered: Sequence[Stored], lines: Sequence[TimelineLine], own: Descendant) -> tuple[Held, ...]:
    """The acts by which a thing, or what was made of it, changed hands.

    Args:
        db: the register.
        ordered: entries about it, oldest first.
        lines: the same in words.
        own: the thing itself.
    """
    found = []
    for one, line in zip(ordered, lines, strict=True):
        entry = one.entry
        holder = _HOLDERS.get(entry.kind)
        if holder is None:
            continue
        became = said.UNDONE if line.undone else line.standing
        words = f"{line.words} ({became})" if became else line.words
        found.append(Held(line.at, _thing(db, entry, own), words, holder(db, entry, line), line.who))
    return tuple(found)


def _thing(db: Database, entry: Entry, own: Descendant) -> str:
    body = entry.body
    if not body.get("sort") or not body.get("item"):
        return own.number
    thing = sent_things.of_row(db, str(body["sort"]), str(body["item"]))
    return thing.name if thing else own.number


def _bench(_db: Database, _entry: Entry, line: TimelineLine) -> str:
    return f"{line.who} at {line.where}"


def _place(db: Database, entry: Entry, _line: TimelineLine) -> str:
    place = stored_things.place_words(db, entry.body["place"])
    return f"{entry.body['position']} of {place}" if entry.body["position"] else place


def _packed(db: Database, entry: Entry, line: TimelineLine) -> str:
    row = consignment_look_up.consignment(db, entry.body["consignment"])
    return f"consignment {row['number']} at {line.where}" if row else _bench(db, entry, line)


def _courier(_db: Database, entry: Entry, _line: TimelineLine) -> str:
    return said.held_by_courier(str(entry.body["courier"] or ""))


def _receiver(db: Database, entry: Entry, line: TimelineLine) -> str:
    row = consignment_look_up.consignment(db, entry.body["consignment"])
    return str(row["name"]) if row else _bench(db, entry, line)


def _nobody(_db: Database, _entry: Entry, _line: TimelineLine) -> str:
    return said.NOWHERE


_AT_THE_BENCH = (
    "specimen.received",
    "delivery.bag_found",
    "aliquot.made",
    "eluate.made",
    "tube.bound",
    "tissue.piece_joined",
    "tissue.cut",
    "tissue.scraped",
    "stored.taken_out",
    "consignment.item_unpacked",
    "consignment.item_returned",
    "consignment.reopened",
)
_HOLDERS: Mapping[str, Holder] = {
    **dict.fromkeys(_AT_THE_BENCH, _bench),
    "stored.put_away": _place,
    "consignment.item_packed": _packed,
    "consignment.closed": _packed,
    "consignment.handed_over": _courier,
    "consignment.arrived": _receiver,
    "material.discarded": _nobody,
}
