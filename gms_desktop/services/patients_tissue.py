"""What of tissue is a patient's alone, and the numbers by which other laboratories know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, tissue_look_up
from gms_desktop.services import tissue_pieces, tissue_same

_CASES_NAMED = ("case", "earlier")
_IN_A_CASE = frozenset({"tissue.piece_joined", "tissue.piece_moved"})


def subjects(db: Database, specimens: Sequence[str]) -> list[str]:
    """The pieces that these specimens are, what was cut of and said of each, and the cases that are nobody else's."""
    pieces = _pieces(db, specimens)
    found = [f"piece:{row['id']}" for row in pieces]
    for row in pieces:
        found += [f"tissue_assessment:{one['id']}" for one in tissue_look_up.every_assessment(db, row["id"])]
    return [*found, *(f"tissue_case:{case['id']}" for case in _cases(db, pieces, specimens))]


def numbers(db: Database, specimens: Sequence[str]) -> tuple[str, ...]:
    """The numbers of reports and blocks that were written of them, in the words of whoever wrote them."""
    pieces = _pieces(db, specimens)
    of_pieces = store.private_values(db, [f"piece:{row['id']}" for row in pieces])
    cases = _cases(db, pieces, specimens)
    of_cases = store.private_values(db, [f"tissue_case:{case['id']}" for case in cases])
    told = [of_pieces.get(row[name] or "") for row in pieces for name in ("outside_private", "report_private")]
    told += [of_cases.get(case["histology_private"] or "") for case in cases]
    return tuple(dict.fromkeys(one for one in told if one))


def _pieces(db: Database, specimens: Sequence[str]) -> list[Row]:
    arrived = (tissue_look_up.piece_of_specimen(db, one) for one in specimens)
    return [row for piece in arrived if piece is not None for row in tissue_pieces.family(db, piece)]


def _cases(db: Database, pieces: Sequence[Row], specimens: Sequence[str]) -> list[Row]:
    """Also those that a piece was moved out of, and those that were opened for it and stayed empty."""
    names = dict.fromkeys(name for row in pieces if row["specimen"] for name in _was_in(db, row))
    known = [case for name in names if (case := tissue_look_up.case(db, name)) is not None]
    empty = [other for case in known for other in _empty_beside(db, case)]
    every = {case["id"]: case for case in (*known, *empty)}
    return [case for case in every.values() if _is_nobody_elses(db, case, specimens)]


def _was_in(db: Database, row: Row) -> Iterator[str]:
    yield row["tissue_case"]
    for one in store.of_subject(db, f"piece:{row['id']}"):
        if one.entry.kind in _IN_A_CASE:
            yield from (one.entry.body[name] for name in _CASES_NAMED if one.entry.body.get(name))


def _empty_beside(db: Database, case: Row) -> Iterator[Row]:
    histology = store.private_values(db, [f"tissue_case:{case['id']}"]).get(case["histology_private"] or "")
    for other in tissue_same.with_histology(db, histology, case["id"]) if histology else ():
        if not tissue_look_up.pieces_of_case(db, other["id"]):
            yield other


def _is_nobody_elses(db: Database, case: Row, specimens: Sequence[str]) -> bool:
    others = {row["specimen"] for row in tissue_look_up.pieces_of_case(db, case["id"]) if row["specimen"]}
    return not any(_names_somebody(db, one) for one in others - set(specimens))


def _names_somebody(db: Database, specimen: str) -> bool:
    """Whether a specimen is of somebody who was not erased: two records of one person are erased in turn."""
    row = look_up.row(db, "specimen", specimen)
    if row is None or not row["patient"]:
        return True
    return any(store.private_values(db, [f"patient:{row['patient']}"]).values())
