"""Questions to the register about infection risk."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_of = {
    sort: text_statement(f"SELECT * FROM {sort}_risk WHERE id = :id")  # noqa: S608
    for sort in ("specimen", "patient")
}
_YES = "WHERE k.released_at IS NULL AND k.yes_at IS NOT NULL"
_RELEASED = "COALESCE((SELECT r.released_at FROM {sort}_risk r WHERE r.id = {of}), '')"
_RELEASED_ELSEWHERE = (
    "SELECT 1 FROM patient_link m JOIN patient_risk r ON r.id = m.other WHERE m.id > s.patient || '/' "
    "AND m.id < s.patient || '0' AND m.state = 'linked' AND r.released_at >= q.yes_at"
)
# What was made of it before and carries no sign: the newest label of its own that was not spoiled, or that of a tube
# which was poured from it.
_COPIES = "{of}.id > {number} || '.' AND {of}.id < {number} || '/'"
_OWN = "SELECT 1 FROM label l WHERE {} AND l.specimen = s.id AND l.state <> 'spoiled' AND l.intended_at < q.yes_at {}"
_NO_LATER = "AND NOT EXISTS (SELECT 1 FROM label k WHERE {} AND k.copy > l.copy {})"
_BARE = _OWN.format(
    _COPIES.format(of="l", number="s.accession"),
    _NO_LATER.format(_COPIES.format(of="k", number="s.accession"), "AND k.specimen = s.id AND k.state <> 'spoiled'"),
)
_BARE_TUBE = (
    f"SELECT 1 FROM aliquot a JOIN label l ON {_COPIES.format(of='l', number='a.accession')} "  # noqa: S608
    "WHERE a.specimen = s.id AND l.intended_at < q.yes_at "
    f"{_NO_LATER.format(_COPIES.format(of='k', number='a.accession'), '')}"
)
# Specimens whose risk became known after they were received, themselves or by their patient, under
# whichever record, and stands.
_LATER = (
    f"FROM (SELECT k.id AS specimen, k.yes_at FROM specimen_risk k {_YES} UNION ALL "  # noqa: S608
    f"SELECT p.id, k.yes_at FROM patient_risk k JOIN specimen p ON p.patient = k.id {_YES} UNION ALL "
    "SELECT p.id, k.yes_at FROM patient_risk k JOIN patient_link n ON n.id > k.id || '/' AND n.id < k.id || '0' "
    f"JOIN specimen p ON p.patient = n.other {_YES} AND n.state = 'linked') q "
    "CROSS JOIN specimen s WHERE s.id = q.specimen AND q.yes_at > s.received_at "
    f"AND q.yes_at > {_RELEASED.format(sort='specimen', of='s.id')} "
    f"AND q.yes_at > {_RELEASED.format(sort='patient', of='s.patient')} "
    f"AND NOT EXISTS ({_RELEASED_ELSEWHERE}) "
    f"AND (EXISTS ({_BARE}) OR EXISTS ({_BARE_TUBE}))"
)
_ever = text_statement(
    "SELECT 1 FROM specimen s WHERE s.id = :id AND (s.risk = 'yes' "
    "OR EXISTS (SELECT 1 FROM specimen_risk k WHERE k.id = s.id AND k.yes_at IS NOT NULL) "
    "OR EXISTS (SELECT 1 FROM patient_risk k WHERE k.id = s.patient AND k.yes_at IS NOT NULL) "
    "OR EXISTS (SELECT 1 FROM patient_link n JOIN patient_risk k ON k.id = n.other WHERE n.id > s.patient || '/' "
    "AND n.id < s.patient || '0' AND n.state = 'linked' AND k.yes_at IS NOT NULL))"
)
_OF_SPECIMEN = "s.id, s.accession, s.patient, s.priority"
_learned = text_statement(
    f"SELECT {_OF_SPECIMEN}, max(q.yes_at) AS yes_at {_LATER} GROUP BY {_OF_SPECIMEN} "
    "ORDER BY CASE WHEN s.priority = 'urgent' THEN 0 ELSE 1 END, yes_at, s.id LIMIT :most"
)
_count_learned = text_statement(f"SELECT count(DISTINCT s.id) {_LATER}")


def may_be(db: Database, specimen: str) -> bool:
    """Whether a "yes" was ever stated of a specimen, by its request, of itself or of its patient, however it stands."""
    return db.value(_ever, {"id": specimen}) is not None


def stated_of(db: Database, sort: str, name: str) -> Row | None:
    """What was stated of a ``specimen`` or a ``patient``."""
    return db.one(_of[sort], {"id": name})


def learned_later(db: Database, most: int) -> tuple[list[Row], int]:
    """Specimens whose risk was learned after something was made of them that carries no sign, and how many there are.

    Urgent ones come first, then the earliest statement.
    """
    rows = db.all(_learned, {"most": most})
    return rows, len(rows) if len(rows) < most else int(db.value(_count_learned))
