"""Where a thing was and who held it, act by act: at a bench, in a place, with a courier, at its receiver, nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

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


def chain(
    db: Database, ordered: Sequence[Stored], lines: Sequence[TimelineLine], own: Descendant, made: Sequence[Descendant]
) -> tuple[Held, ...]:
    """The acts by which a thing, or what was made of it, changed hands.

    Args:
        db: the register.
        ordered: entries about it, oldest first.
        lines: the same in words.
        own: the thing itself.
        made: what was made of it.
    """
    found, names = [], _sent(db, (own, *made))
    for one, line in zip(ordered, lines, strict=True):
        entry = one.entry
        holder = _HOLDERS.get(entry.kind)
        if holder is None:
            continue
        became = said.UNDONE if line.undone else line.standing
        words = f"{line.words} ({became})" if became else line.words
        thing = _thing(db, entry) or names.get(str(entry.body.get("consignment")), own.number) or _touched(db, entry)
        found.append(Held(line.at, thing, words, holder(db, entry, line), line.who))
    return tuple(found)


def _sent(db: Database, things: Iterable[Descendant]) -> dict[str, str]:
    """Which of these things each consignment carried: what happens to all of it happens to them and no others."""
    found: dict[str, list[str]] = {}
    for one in things:
        for row in consignment_look_up.of_item(db, one.id):
            if row["sort"] == one.sort and row["state"] != "taken out":
                found.setdefault(str(row["consignment"]), []).append(one.number)
    return {consignment: ", ".join(dict.fromkeys(numbers)) for consignment, numbers in found.items()}


def _thing(db: Database, entry: Entry) -> str:
    """What an act is about where it names one thing; empty where it does not."""
    body = entry.body
    made = "piece" if entry.kind in _OF_A_PIECE else entry.kind.partition(".")[0]
    sort, name = (made, body.get(made)) if made in _MADE else (body.get("sort"), body.get("item"))
    thing = sent_things.of_row(db, str(sort), str(name)) if sort and name else None
    return thing.name if thing else ""


def _touched(db: Database, entry: Entry) -> str:
    """Of which things an act is: a patient and a request have no number of their own."""
    things = (sent_things.of_row(db, *one.split(":", 1)) for one in entry.premises.touches if ":" in one)
    return ", ".join(one.name for one in things if one)


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


def _corrected(db: Database, entry: Entry, line: TimelineLine) -> str:
    """Where it has not arrived after all, the courier has it."""
    if entry.body["at"] is not None:
        return _receiver(db, entry, line)
    row = consignment_look_up.consignment(db, entry.body["consignment"])
    return said.held_by_courier(str(row["courier"] or "")) if row else _bench(db, entry, line)


def _nobody(_db: Database, _entry: Entry, _line: TimelineLine) -> str:
    return said.NOWHERE


# In the history of what was cut from it, a block is still itself.
_OF_A_PIECE = frozenset({"tissue.piece_joined"})
_MADE = frozenset({"aliquot", "eluate", "tube", "piece"})
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
    "consignment.arrival_corrected": _corrected,
    "material.discarded": _nobody,
}
