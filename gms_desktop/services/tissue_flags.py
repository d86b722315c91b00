"""Whether a case that is flagged, as for a trial, has what that asks: tissue, and what else of the same person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from gms_desktop import tissue_fit_words
from gms_desktop.domain.tissue.assessment import Assessment, Short, falls_short, speaks
from gms_desktop.domain.tissue.flags import Flag
from gms_desktop.domain.tissue.rules import TissueRules
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, storage_look_up
from gms_desktop.services import specimen_lists, tissue_pieces

Line = tuple[str, str, VerdictKind]


def of_case(case: Row, rules: TissueRules) -> list[Flag]:
    """The flags of a case, in the order of the list."""
    chosen = json.loads(case["flags"] or "[]")
    return [one for one in rules.flags if one.code in chosen]


def lines(
    db: Database, case: Row, pieces: Sequence[Row], known: Sequence[Assessment], rules: TissueRules
) -> Iterator[Line]:
    """Each flag of which something is laid down that can be looked at, and in what the case falls short of it."""
    for flag in of_case(case, rules):
        if flag.asks is None and not flag.beside:
            continue
        short = _short(db, flag, pieces, known)
        if short:
            yield flag.words, tissue_fit_words.falls_short(len(short)), VerdictKind.ATTENTION
        else:
            yield flag.words, tissue_fit_words.ALL_LAID_DOWN, VerdictKind.ACCEPTED
        for one in short:
            yield tissue_fit_words.way(one.what, one.there), tissue_fit_words.asked(one.asked), VerdictKind.ATTENTION


def on_today(
    db: Database, case: Row, pieces: Sequence[Row], known: Sequence[Assessment], rules: TissueRules
) -> tuple[str, ...]:
    """The flags of a case, each with what is missing yet."""
    return tuple(
        tissue_fit_words.flagged(flag.words, [one.what for one in _short(db, flag, pieces, known)])
        for flag in of_case(case, rules)
    )


def _short(db: Database, flag: Flag, pieces: Sequence[Row], known: Sequence[Assessment]) -> tuple[Short, ...]:
    cut = [tissue_pieces.piece_of(one) for one in pieces]
    of_tissue = falls_short(speaks(known), cut, flag.asks) if flag.asks else ()
    if not flag.beside or any(_is_here(db, one, flag.beside) for one in _of_the_same_person(db, pieces)):
        return of_tissue
    return (Short(tissue_fit_words.of_same_person(flag.beside), "none is here", "with the tissue"), *of_tissue)


def _of_the_same_person(db: Database, pieces: Sequence[Row]) -> Iterator[Row]:
    arrived = (look_up.row(db, "specimen", row["specimen"]) for row in pieces if row["specimen"])
    patients = {str(one["patient"]) for one in arrived if one is not None and one["patient"]}
    linked = {other for one in patients for other in look_up.linked_with(db, one)}
    for patient in sorted(patients | linked):
        yield from look_up.specimens_of_patient(db, patient)


def _is_here(db: Database, specimen: Row, material: str) -> bool:
    known = specimen_lists.types(db).find(specimen["type"])
    if known is None or known.material != material or not str(specimen["outcome"] or "").startswith("accepted"):
        return False
    stored = storage_look_up.stored(db, specimen["id"])
    return stored is None or stored["state"] != "gone"
