"""What was made of what, from specimen to pool, as the register has it: the lineage of one thing, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gms_desktop.domain.lineage import Lineage
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import (
    examination_look_up,
    extraction_look_up,
    library_look_up,
    look_up,
    rack_look_up,
    tissue_look_up,
)
from gms_desktop.services import libraries, tissue_pieces

# More than a pool has libraries, with the tubes, eluates and specimens behind them.
_MOST = 4_000


def lineage(db: Database, subject: str) -> Lineage:
    """All that a thing was made of, and all that was made of it."""
    known: dict[str, tuple[str, ...]] = {}
    _walk(db, subject, known)
    return Lineage(known)


def _walk(db: Database, subject: str, known: dict[str, tuple[str, ...]]) -> None:
    above = [subject]
    while above and len(known) < _MOST:
        one = above.pop()
        parents = tuple(_parents(db, one))
        if parents and one not in known:
            known[one] = parents
            above += parents
    below, seen = [subject], {subject}
    while below and len(known) < _MOST:
        for child in _children(db, below.pop()):
            if child not in seen:
                seen.add(child)
                known[child] = tuple(_parents(db, child))
                below.append(child)


def _parents(db: Database, subject: str) -> Iterator[str]:
    sort, _, name = subject.partition(":")
    if sort == "pool":
        yield from (f"library:{row['id']}" for row in library_look_up.libraries_in(db, name))
    elif sort == "library":
        row = library_look_up.library(db, name)
        if row is not None and row["tube"]:
            yield f"tube:{row['tube']}"
    elif sort == "tube":
        row = rack_look_up.tube(db, name)
        if row is not None and row["source"]:
            yield f"{row['source_sort']}:{row['source']}"
    elif sort == "eluate":
        yield from (f"{row['sort']}:{row['parent']}" for row in extraction_look_up.parents(db, name))
    elif sort == "aliquot":
        row = examination_look_up.aliquot(db, name)
        if row is not None:
            yield f"specimen:{row['specimen']}"
    elif sort == "piece":
        yield from _of_piece(tissue_look_up.piece(db, name))


def _of_piece(row: Row | None) -> Iterator[str]:
    if row is not None and row["parent"]:
        yield f"piece:{row['parent']}"
    elif row is not None and row["specimen"]:
        yield f"specimen:{row['specimen']}"


def _pieces_extracted(db: Database, specimen: str) -> Iterator[str]:
    """The pieces of tissue that stand between a specimen and what was extracted from a tube of scrolls of it."""
    for eluate in extraction_look_up.eluates_of(db, specimen):
        above = [one for one in _parents(db, f"eluate:{eluate['id']}") if one.startswith("piece:")]
        while above:
            yield above[0]
            above = [one for one in _parents(db, above[0]) if one.startswith("piece:")]


def _children(db: Database, subject: str) -> Iterator[str]:
    sort, _, name = subject.partition(":")
    if sort == "library":
        yield from (f"pool:{row['id']}" for row in library_look_up.pools_of(db, name))
    elif sort == "tube":
        yield from (f"library:{row['id']}" for row in library_look_up.libraries_of_tube(db, name))
    elif sort in {"eluate", "aliquot", "piece"}:
        specimen = _specimen(db, sort, name)
        beside = _children(db, f"specimen:{specimen}") if specimen else ()
        yield from (one for one in beside if subject in _parents(db, one))
    elif sort == "specimen":
        yield from (f"aliquot:{row['id']}" for row in examination_look_up.aliquots_of(db, name))
        yield from (f"eluate:{row['id']}" for row in extraction_look_up.eluates_of(db, name))
        yield from _pieces_extracted(db, name)
        yield from (
            f"tube:{row['id']}" for row in rack_look_up.tubes_of_specimen(db, name) if row["state"] != "released"
        )


def _specimen(db: Database, sort: str, name: str) -> str | None:
    if sort == "piece":
        piece = tissue_look_up.piece(db, name)
        return tissue_pieces.root_specimen(db, piece) if piece else None
    row = extraction_look_up.eluate(db, name) if sort == "eluate" else examination_look_up.aliquot(db, name)
    return row["specimen"] if row else None


def told(db: Database, subjects: Iterable[str]) -> str:
    """Things in words, sort by sort: each by its name, or how many where they are many."""
    sorts: dict[str, list[str]] = {}
    for one in subjects:
        sorts.setdefault(one.partition(":")[0], []).append(one)
    return ", ".join(
        f"{len(each)} {_SEVERAL.get(sort, sort)}"
        if len(each) > _NAMED
        else ", ".join(f"{sort} {_name(db, sort, one.partition(':')[2])}" for one in each)
        for sort, each in sorts.items()
    )


_NAMED = 12
_SEVERAL = {
    "library": "libraries",
    "pool": "pools",
    "tube": "tubes",
    "eluate": "eluates",
    "aliquot": "aliquots",
    "piece": "pieces of tissue",
    "specimen": "specimens",
}


def _name(db: Database, sort: str, name: str) -> str:
    if sort == "library":
        return libraries.name(db, name)
    row = _row(db, sort, name)
    if row is None:
        return "not known here"
    return str(row.get("code") or row.get("accession") or row.get("number") or "without a number")


def _row(db: Database, sort: str, name: str) -> Row | None:
    if sort == "pool":
        return library_look_up.pool(db, name)
    if sort == "tube":
        return rack_look_up.tube(db, name)
    if sort == "eluate":
        return extraction_look_up.eluate(db, name)
    if sort == "aliquot":
        return examination_look_up.aliquot(db, name)
    if sort == "piece":
        return tissue_look_up.piece(db, name)
    return look_up.row(db, "specimen", name) if sort == "specimen" else None
