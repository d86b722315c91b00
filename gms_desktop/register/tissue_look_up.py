"""Questions to the register about tissue: cases, their pieces, assessments, pictures, agreements."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.judge.keys import turn

_case = text_statement("SELECT * FROM tissue_case WHERE id = :id")
_cases = text_statement("SELECT * FROM tissue_case ORDER BY at DESC, id LIMIT :most")
_case_by_number = text_statement(
    "SELECT c.* FROM key_holder k JOIN tissue_case c ON c.id = substr(k.holder, 13) WHERE k.key = :key"
)
# What came cut goes on like what was cut here; a block, fresh tissue or cytology stays or comes back.
_open = text_statement(
    "SELECT c.* FROM (SELECT DISTINCT tissue_case FROM piece WHERE state = 'here' AND specimen IS NOT NULL "
    "AND sort NOT IN ('section', 'slide', 'scroll tube')) q "
    "JOIN tissue_case c ON c.id = q.tissue_case "
    "ORDER BY CASE WHEN c.urgency = 'urgent' THEN 0 ELSE 1 END, c.at, c.id LIMIT :most"
)
_count_open = text_statement(
    "SELECT count(DISTINCT tissue_case) FROM piece WHERE state = 'here' AND specimen IS NOT NULL "
    "AND sort NOT IN ('section', 'slide', 'scroll tube')"
)
_unsent = text_statement(
    "WITH q_recent AS (SELECT * FROM tissue_case WHERE at > :since ORDER BY at DESC LIMIT 5000) "
    "SELECT * FROM q_recent q WHERE NOT EXISTS "
    "(SELECT 1 FROM piece p WHERE p.tissue_case = q.id AND p.state = 'here' AND p.specimen IS NOT NULL "
    "AND p.sort NOT IN ('section', 'slide', 'scroll tube')) "
    "AND EXISTS (SELECT 1 FROM piece p WHERE p.tissue_case = q.id AND p.state = 'here' "
    "AND p.sort IN ('section', 'slide', 'scroll tube')) "
    "AND NOT EXISTS (SELECT 1 FROM piece p CROSS JOIN consignment_item i CROSS JOIN consignment k "
    "WHERE p.tissue_case = q.id AND i.item = p.id AND i.state = 'packed' AND k.id = i.consignment "
    "AND k.handed_at IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM piece p CROSS JOIN extraction_position x WHERE p.tissue_case = q.id "
    "AND x.specimen = p.specimen AND (x.source_sort = 'piece' OR p.sort = 'scroll tube') AND x.state <> 'failed') "
    "ORDER BY q.at, q.id"
)
_piece = text_statement("SELECT * FROM piece WHERE id = :id")
_piece_by_number = text_statement(
    "SELECT p.* FROM key_holder k JOIN piece p ON p.id = substr(k.holder, 7) WHERE k.key = :key"
)
_piece_of_specimen = text_statement("SELECT * FROM piece WHERE specimen = :specimen ORDER BY at, id LIMIT 1")
_pieces_of_case = text_statement("SELECT * FROM piece WHERE tissue_case = :case ORDER BY at, number, id")
_pieces_of = text_statement("SELECT * FROM piece WHERE parent = :parent ORDER BY first_section, number, id")
_assessments = text_statement("SELECT * FROM tissue_assessment WHERE piece = :piece ORDER BY at, id")
_assessment = text_statement("SELECT * FROM tissue_assessment WHERE id = :id")
_told_apart = text_statement("SELECT * FROM tissue_apart WHERE id IN (:one, :other) ORDER BY at, id LIMIT 1")
_images = text_statement("SELECT * FROM piece_image WHERE piece = :piece ORDER BY at, id")
_agreements = text_statement("SELECT * FROM piece_agreement WHERE piece = :piece ORDER BY at, id")
# Each correction is looked through once, and what rests on it by index: hence the order of the joins.
_corrected_and_out = text_statement(
    "WITH q_piece AS (SELECT id, corrected_at FROM piece "
    "WHERE corrected_at IS NOT NULL ORDER BY corrected_at DESC LIMIT :most), "
    "q_assessment AS (SELECT piece AS id, corrected_at FROM tissue_assessment "
    "WHERE corrected_at IS NOT NULL ORDER BY corrected_at DESC LIMIT :most), "
    "q_case AS (SELECT id, corrected_at FROM tissue_case "
    "WHERE corrected_at IS NOT NULL ORDER BY corrected_at DESC LIMIT :most), "
    "q_corrected AS (SELECT id, corrected_at FROM q_piece UNION ALL SELECT id, corrected_at FROM q_assessment "
    "UNION ALL SELECT p.id, q.corrected_at FROM q_case q CROSS JOIN piece p WHERE p.tissue_case = q.id), "
    # A block, what was cut from it, and what was scraped off that.
    "q_family AS (SELECT id, corrected_at FROM q_corrected "
    "UNION ALL SELECT p.id, q.corrected_at FROM q_corrected q CROSS JOIN piece p WHERE p.parent = q.id "
    "UNION ALL SELECT s.id, q.corrected_at FROM q_corrected q CROSS JOIN piece p CROSS JOIN piece s "
    "WHERE p.parent = q.id AND s.parent = p.id), "
    "q_thing AS (SELECT id, corrected_at FROM q_family "
    "UNION ALL SELECT p.specimen, q.corrected_at FROM q_family q CROSS JOIN piece p "
    "WHERE p.id = q.id AND p.specimen IS NOT NULL) "
    "SELECT i.*, k.number AS consignment_number, k.name, k.state AS consignment_state, k.handed_at, k.arrived_at, "
    "q.corrected_at FROM q_thing q CROSS JOIN consignment_item i CROSS JOIN consignment k "
    "WHERE i.item = q.id AND k.id = i.consignment AND i.state = 'packed' AND k.handed_at < q.corrected_at "
    "AND (i.recall_noted_at IS NULL OR i.recall_noted_at < q.corrected_at) ORDER BY q.corrected_at, i.id"
)


def corrected_and_out(db: Database, most: int) -> list[Row]:
    """What of tissue left before something of it was corrected, and whose receiver was not told since.

    Args:
        db: the store.
        most: corrections that are looked through of pieces, of assessments and of cases, the newest first.

    Returns:
        Each as an item of its consignment with ``corrected_at``, the newest correction last; one of which several
        things were corrected stands several times.
    """
    return db.all(_corrected_and_out, {"most": most})


def case(db: Database, case: str) -> Row | None:
    """A case, by its identity."""
    return db.one(_case, {"id": case})


def case_by_number(db: Database, number: str) -> Row | None:
    """The case that has one of our numbers."""
    return db.one(_case_by_number, {"key": turn(f"accession:{number}")})


def cases(db: Database, most: int = 50) -> list[Row]:
    """Cases, the newest first."""
    return db.all(_cases, {"most": most})


def open_cases(db: Database, most: int) -> tuple[list[Row], int]:
    """Cases of which a block, fresh tissue or cytology is still here, the urgent first, and how many there are."""
    return db.all(_open, {"most": most}), int(db.value(_count_open, {}) or 0)


def unsent_cases(db: Database, since: str) -> list[Row]:
    """Cases of which no block is here any more but what was cut is, and nothing has left or was extracted.

    Args:
        db: the store.
        since: those opened after this are looked at, as entries write time: 5,000 at most, the newest.
    """
    return db.all(_unsent, {"since": since})


def piece(db: Database, piece: str) -> Row | None:
    """A piece, by its identity."""
    return db.one(_piece, {"id": piece})


def piece_by_number(db: Database, number: str) -> Row | None:
    """The piece that was cut under one of our numbers."""
    return db.one(_piece_by_number, {"key": turn(f"accession:{number}")})


def piece_of_specimen(db: Database, specimen: str) -> Row | None:
    """The piece that a specimen is."""
    return db.one(_piece_of_specimen, {"specimen": specimen})


def pieces_of_case(db: Database, case: str) -> list[Row]:
    """Everything of a case, in the order in which it came or was cut."""
    return db.all(_pieces_of_case, {"case": case})


def pieces_of(db: Database, parent: str) -> list[Row]:
    """What was cut from a piece, by its place in it."""
    return db.all(_pieces_of, {"parent": parent})


def assessments(db: Database, piece: str) -> list[Row]:
    """The assessments of a piece that stand, the oldest first: not those that were taken back."""
    return [one for one in every_assessment(db, piece) if not one["withdrawn"]]


def every_assessment(db: Database, piece: str) -> list[Row]:
    """All assessments of a piece, the oldest first: those that were taken back, too."""
    return db.all(_assessments, {"piece": piece})


def assessment(db: Database, assessment: str) -> Row | None:
    """An assessment, by its identity."""
    return db.one(_assessment, {"id": assessment})


def told_apart(db: Database, case: str, other: str, numbered: str) -> Row | None:
    """What a person said first of two cases in which one number stands: whichever of the two it was said at."""
    names = {"one": f"{case}/{other}.{numbered}", "other": f"{other}/{case}.{numbered}"}
    return db.one(_told_apart, names)


def images(db: Database, piece: str) -> list[Row]:
    """The pictures of a piece."""
    return db.all(_images, {"piece": piece})


def agreements(db: Database, piece: str) -> list[Row]:
    """What pathologists agreed to about a piece."""
    return db.all(_agreements, {"piece": piece})
