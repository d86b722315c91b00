"""What was made of a thing, however often over: aliquots, eluates, tubes, pieces of tissue and libraries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gms_desktop.journal.database import Database
from gms_desktop.register import (
    examination_look_up,
    extraction_look_up,
    library_look_up,
    look_up,
    rack_look_up,
    tissue_look_up,
)
from gms_desktop.services import libraries, scrolls_extracted, sent_things

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Descendant:
    """One thing: its sort and identity, what it is called, and what it was made from."""

    sort: str
    id: str
    number: str
    parent: str

    @property
    def subject(self) -> str:
        """What its own entries are about."""
        return f"{self.sort}:{self.id}"


def itself(db: Database, sort: str, name: str) -> Descendant:
    """A thing as it stands in its own line."""
    return Descendant(sort, name, _number(db, sort, name), "")


def below(db: Database, sort: str, name: str) -> tuple[Descendant, ...]:
    """Everything that was made of a thing, each once, what was made first before what was made of it.

    Of a request and of a patient, of their specimens, which stand in it too.
    """
    found = {f"{sort}:{name}": itself(db, sort, name)}
    waiting = list(found.values())
    for one in waiting:
        for made_sort, made in _children(db, one.sort, one.id):
            subject = f"{made_sort}:{made}"
            if subject not in found and len(found) <= _MOST:
                parent = _source(db, made) if made_sort == "tube" else one.number
                found[subject] = Descendant(made_sort, made, _number(db, made_sort, made), parent or one.number)
                waiting.append(found[subject])
    return tuple(waiting[1:])


def _children(db: Database, sort: str, name: str) -> Iterator[tuple[str, str]]:
    match sort:
        case "patient":
            yield from (("specimen", row["id"]) for row in look_up.specimens_of_patient(db, name))
        case "request":
            yield from (("specimen", row["id"]) for row in look_up.specimens_of_request(db, name))
        case "specimen":
            yield from (("aliquot", row["id"]) for row in examination_look_up.aliquots_of(db, name))
            yield from (("eluate", row["id"]) for row in extraction_look_up.eluates_of(db, name))
            yield from (("tube", row["id"]) for row in rack_look_up.tubes_of_specimen(db, name))
            piece = tissue_look_up.piece_of_specimen(db, name)
            yield from (("piece", row["id"]) for row in (piece,) if row is not None)
        case "eluate" | "aliquot":
            yield from _poured_from(db, sort, name)
        case "piece":
            yield from (("piece", row["id"]) for row in tissue_look_up.pieces_of(db, name))
            yield from (("eluate", one) for one in scrolls_extracted.eluates_of(db, name))
        case "tube":
            yield from (("library", row["id"]) for row in library_look_up.libraries_of_tube(db, name))


def _poured_from(db: Database, sort: str, name: str) -> Iterator[tuple[str, str]]:
    """The tubes that an eluate or an aliquot went into: they are their specimen's too."""
    row = extraction_look_up.eluate(db, name) if sort == "eluate" else examination_look_up.aliquot(db, name)
    for tube in rack_look_up.tubes_of_specimen(db, row["specimen"]) if row and row["specimen"] else ():
        if (tube["source_sort"], tube["source"]) == (sort, name):
            yield "tube", tube["id"]


def _source(db: Database, tube: str) -> str:
    """What a tube was filled from, which is not always what it is looked up by."""
    row = rack_look_up.tube(db, tube)
    return _number(db, row["source_sort"], row["source"]) if row and row["source"] else ""


def _number(db: Database, sort: str, name: str) -> str:
    if sort == "library":
        return libraries.name(db, name)
    if sort in {"patient", "request"}:
        return ""
    thing = sent_things.of_row(db, sort, name)
    return thing.name if thing and thing.name else "without a number"
