"""Tissue cases and pieces as Find shows them."""

from __future__ import annotations

from gms_desktop.journal.database import Database
from gms_desktop.register import tissue_look_up
from gms_desktop.services import site_rules, tissue_facts, tissue_pieces, tissue_scans
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.views import Hit

Facts = tuple[tuple[str, str], ...]


def subjects(db: Database, code: Resolved, query: str) -> list[str]:
    """The case or the piece that has a number."""
    case = tissue_look_up.case_by_number(db, query.strip().upper())
    row = tissue_scans.found(db, code, query.strip())
    found = [f"tissue_case:{case['id']}"] if case else []
    return [*found, *([f"piece:{row['id']}"] if row and row["specimen"] is None else [])]


def hit(db: Database, sort: str, name: str) -> Hit | None:
    """One of them as Find lists it."""
    if sort == "tissue_case":
        case = tissue_look_up.case(db, name)
        return (
            Hit(f"tissue_case:{name}", f"Case {case['number']}", case["urgency"] or "", "tissue case") if case else None
        )
    row = tissue_look_up.piece(db, name)
    return Hit(f"piece:{name}", str(row["number"]), tissue_pieces.what(row), "tissue") if row else None


def related(db: Database, sort: str, name: str) -> list[str]:
    """What else happened to it: a specimen's happened to its piece, a piece's to the one that it was cut from."""
    if sort == "specimen":
        row = tissue_look_up.piece_of_specimen(db, name)
        return [f"piece:{row['id']}"] if row else []
    row = tissue_look_up.piece(db, name) if sort == "piece" else None
    return [f"piece:{row['parent']}"] if row and row["parent"] else []


def facts(db: Database, sort: str, name: str, time_zone: str) -> Facts:
    """What is known of a case, a piece, or the piece that a specimen is."""
    rules = site_rules.tissue(db) if sort in {"tissue_case", "piece", "specimen"} else None
    if rules is None:
        return ()
    if sort == "tissue_case":
        case = tissue_look_up.case(db, name)
        return tissue_facts.of_case(db, case, rules) if case else ()
    row = tissue_look_up.piece(db, name) if sort == "piece" else tissue_look_up.piece_of_specimen(db, name)
    if row is None:
        return ()
    case = tissue_look_up.case(db, row["tissue_case"]) if row["tissue_case"] else None
    due = tissue_facts.due(db, case, rules, time_zone, None)[0] if case else ""
    of_case = (("Tissue case", f"{case['number']}. {due}"), *tissue_facts.same(db, case)) if case else ()
    cut = tissue_look_up.pieces_of(db, row["id"])
    made = tuple((f"Cut: {one['number']}", tissue_pieces.what(one)) for one in cut)
    return (*of_case, *tissue_facts.of_piece(db, row, rules), *_assessed(db, row["id"]), *made)


def _assessed(db: Database, piece: str) -> Facts:
    found = tissue_look_up.assessments(db, piece)
    return tuple(
        (f"Assessed {tissue_facts.day(one['assessed_on'])}", f"{one['neoplastic']} % neoplastic nuclei")
        for one in found
    )
