"""Questions of Today to the register: of each list what stands first, urgent ones before all, and how much waits."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, Statement, text_statement
from gms_desktop.register import labels

# What is urgent stands first in every list; NULL, never said, is not.
_FIRST = "CASE WHEN {}.priority = 'urgent' THEN 0 ELSE 1 END"
_OF_SPECIMEN, _OF_REQUEST = _FIRST.format("s"), _FIRST.format("r")
_LABELS = (
    "FROM label_waiting w JOIN label l ON l.id = w.id AND l.bench = w.bench LEFT JOIN specimen s ON s.id = l.specimen "
    f"WHERE w.bench = :bench AND {labels.UNSETTLED}"
)
_labels = text_statement(f"SELECT l.*, s.priority {_LABELS} ORDER BY {_OF_SPECIMEN}, l.at, l.id LIMIT :most")
_count_labels = text_statement(f"SELECT count(*) {_LABELS}")
_UNDECIDED = "FROM specimen WHERE outcome IS NULL AND led_by IS NULL"
_urgent_undecided = text_statement(f"SELECT * {_UNDECIDED} AND priority = 'urgent' ORDER BY id LIMIT :most")
_undecided = text_statement(
    f"SELECT * {_UNDECIDED} AND (priority IS NULL OR priority <> 'urgent') ORDER BY id LIMIT :most"
)
_count_undecided = text_statement(f"SELECT count(*) {_UNDECIDED}")
_URGENT_EXPECTED = "FROM request WHERE state = 'expected' AND priority = 'urgent'"
_urgent_expected = text_statement(f"SELECT * {_URGENT_EXPECTED} ORDER BY at, id LIMIT :most")
_count_urgent_expected = text_statement(f"SELECT count(*) {_URGENT_EXPECTED}")
_not_to_proceed = text_statement(
    "SELECT a.*, r.patient, r.test, r.referral, r.priority FROM assessment a JOIN request r ON r.id = a.id "  # noqa: S608
    f"WHERE a.proceeds = 'no' ORDER BY {_OF_REQUEST}, a.at, a.id LIMIT :most"
)
_count_not_to_proceed = text_statement("SELECT count(*) FROM assessment WHERE proceeds = 'no'")
# The next step never comes for what is rejected once somebody was told of it, nor for the second number of a tube.
_URGENTS = (
    "FROM urgent u JOIN specimen s ON s.id = u.id WHERE u.state = :state AND s.led_by IS NULL "
    "AND (u.state <> 'told' OR s.outcome IS NULL OR s.outcome <> 'rejected')"
)
_urgents = text_statement(
    "SELECT u.*, s.accession, s.patient, s.type, s.priority, s.outcome, s.collected, s.bench, s.received_at, "
    f"s.delivery {_URGENTS} ORDER BY u.since, u.id LIMIT :most"
)
_count_urgents = text_statement(f"SELECT count(*) {_URGENTS}")
# Open deliveries, those with an urgent bag that nobody has opened before the others.
_open_deliveries = text_statement(
    "SELECT d.* FROM delivery d WHERE d.state = 'open' ORDER BY CASE WHEN EXISTS (SELECT 1 FROM bag b "
    "WHERE b.id >= d.id || '/' AND b.id < d.id || '0' AND b.urgent IS NOT NULL AND b.state <> 'opened') THEN 0 ELSE 1 "
    "END, d.at, d.id LIMIT :most"
)
_open_forms = text_statement(
    "SELECT i.*, r.priority FROM delivery_item i LEFT JOIN request r ON r.id = i.request WHERE i.state = 'open' "  # noqa: S608
    f"ORDER BY {_OF_REQUEST}, i.at, i.id LIMIT :most"
)
_count_forms = text_statement("SELECT count(*) FROM delivery_item WHERE state = 'open'")
# Labels made before their patient was named anew: of each tube its newest copy counts, and none that was spoiled.
_FORMER_NAME = (
    "FROM patient_name n CROSS JOIN specimen s WHERE n.cause <> 'as first stated' AND s.patient = n.patient "
    "AND EXISTS (SELECT 1 FROM label l WHERE l.id > s.accession || '.' AND l.id < s.accession || '/' "
    "AND l.specimen = s.id AND l.intended_at < n.since AND l.state <> 'spoiled' AND NOT EXISTS (SELECT 1 FROM label k "
    "WHERE k.id > s.accession || '.' AND k.id < s.accession || '/' AND k.specimen = s.id AND k.copy > l.copy))"
)
_former_names = text_statement(
    "SELECT s.id, s.accession, s.patient, s.priority, min(n.since) AS since "
    f"{_FORMER_NAME} GROUP BY s.id, s.accession, s.patient, s.priority ORDER BY {_OF_SPECIMEN}, since, s.id LIMIT :most"
)
_count_former_names = text_statement(f"SELECT count(DISTINCT s.id) {_FORMER_NAME}")
# Material of cancelled requests that nobody has decided to hold, store or reject, and that serves no other request.
_CANCELLED = (
    "FROM cancellation c JOIN specimen_request p ON p.request = c.id "
    "JOIN specimen s ON s.id = p.specimen WHERE c.state = 'cancelled' "
    "AND (s.outcome IS NULL OR s.outcome NOT IN ('on hold', 'rejected', 'surplus')) AND s.led_by IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM specimen_request o JOIN request r ON r.id = o.request "
    "WHERE o.id >= s.id || '/' AND o.id < s.id || '0' AND r.state NOT IN ('cancelled', 'cancelled, here'))"
)
_cancelled_material = text_statement(
    "SELECT s.id, s.accession, s.patient, s.priority, s.outcome, min(c.at) AS cancelled_at "
    f"{_CANCELLED} GROUP BY s.id, s.accession, s.patient, s.priority, s.outcome "
    f"ORDER BY {_OF_SPECIMEN}, cancelled_at, s.id LIMIT :most"
)
_count_cancelled_material = text_statement(f"SELECT count(DISTINCT s.id) {_CANCELLED}")
_WITHOUT = (
    "FROM add_on a JOIN request r ON r.id = a.id WHERE r.state NOT IN ('cancelled', 'cancelled, here') "
    "AND NOT EXISTS (SELECT 1 FROM reservation k WHERE k.request = a.id AND k.state IN ('reserved', 'used'))"
)
_without_material = text_statement(f"SELECT r.* {_WITHOUT} ORDER BY {_OF_REQUEST}, a.id LIMIT :most")
_count_without_material = text_statement(f"SELECT count(*) {_WITHOUT}")

Counted = tuple[list[Row], int]
"""What stands first of a list, and how much stands on it."""


def _counted(db: Database, first: Statement, count: Statement, most: int, **asked: str) -> Counted:
    rows = db.all(first, {"most": most, **asked})
    # What all fits needs no counting.
    return rows, len(rows) if len(rows) < most else int(db.value(count, asked or None))


def labels_at_bench(db: Database, bench: str, most: int) -> Counted:
    """Labels of a bench that are not on their tubes, the longest first."""
    return _counted(db, _labels, _count_labels, most, bench=bench)


def undecided(db: Database, most: int) -> Counted:
    """Specimens received and not decided, the longest first; not those whose number another one leads."""
    rows = db.all(_urgent_undecided, {"most": most})
    if len(rows) < most:
        rows += db.all(_undecided, {"most": most - len(rows)})
    return rows, len(rows) if len(rows) < most else int(db.value(_count_undecided))


def urgent_expected(db: Database, most: int) -> Counted:
    """Urgent requests of which nothing has arrived, known longest first."""
    return _counted(db, _urgent_expected, _count_urgent_expected, most)


def not_to_proceed(db: Database, most: int) -> Counted:
    """Requests of which somebody said that they may not go on yet, the longest first."""
    return _counted(db, _not_to_proceed, _count_not_to_proceed, most)


def urgents(db: Database, state: str, most: int) -> Counted:
    """Urgent specimens of which "nobody told" yet, or that were "told" and not taken up; the longest here first."""
    return _counted(db, _urgents, _count_urgents, most, state=state)


def open_deliveries(db: Database, most: int) -> list[Row]:
    """Deliveries whose count is not settled: those with an urgent bag that is closed first, then the oldest."""
    return db.all(_open_deliveries, {"most": most})


def open_forms(db: Database, most: int) -> Counted:
    """Forms whose specimen is looked for, the oldest first."""
    return _counted(db, _open_forms, _count_forms, most)


def former_names(db: Database, most: int) -> Counted:
    """Specimens whose label carries a former name, that named anew first coming first."""
    return _counted(db, _former_names, _count_former_names, most)


def cancelled_material(db: Database, most: int) -> Counted:
    """Material here whose every request was cancelled, and about which nothing is decided since."""
    return _counted(db, _cancelled_material, _count_cancelled_material, most)


def without_material(db: Database, most: int) -> Counted:
    """Tests that were added on and for which no material is kept, oldest first."""
    return _counted(db, _without_material, _count_without_material, most)
