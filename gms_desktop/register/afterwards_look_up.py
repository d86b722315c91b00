"""Questions to the register about what became of requests, and about material that is kept for one."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_cancellation = text_statement("SELECT * FROM cancellation WHERE id = :id")
_details = text_statement("SELECT * FROM request_details WHERE id = :id")
_amendments = text_statement("SELECT * FROM amendment WHERE id >= :low AND id < :high ORDER BY at, id")
_test_amended = text_statement("SELECT max(at) FROM amendment WHERE id >= :low AND id < :high AND field = 'test'")
_shares = text_statement("SELECT * FROM request_share WHERE id >= :low AND id < :high ORDER BY at, id")
# Cancelled for us, and not confirmed by whom the request is shared with; or wanted again, and they heard otherwise.
_UNTOLD = (
    # Crossed, so that it begins with the few that are cancelled, not with all that are shared.
    "FROM cancellation c CROSS JOIN request_share s WHERE s.id >= c.id || '/' AND s.id < c.id || '0' "
    "AND c.state = 'cancelled' AND (s.confirmed_of IS NULL OR s.confirmed_of <> c.at)"
)
_UNTOLD_REVIVED = (
    "FROM request_share s CROSS JOIN cancellation c WHERE c.id = s.request "
    "AND s.told_of IS NOT NULL AND c.state = 'revived' AND (s.confirmed_of IS NULL OR s.confirmed_of <> c.at)"
)
_untold = text_statement(
    f"SELECT s.*, c.state AS standing, c.at AS since {_UNTOLD} "
    f"UNION ALL SELECT s.*, c.state AS standing, c.at AS since {_UNTOLD_REVIVED} ORDER BY since, id LIMIT :most"
)
_share = text_statement("SELECT * FROM request_share WHERE id = :id")
_add_on = text_statement("SELECT * FROM add_on WHERE id = :id")
_added_on = text_statement("SELECT * FROM add_on WHERE first = :first ORDER BY at, id")
_kept_for = text_statement("SELECT * FROM reservation WHERE request = :request AND state = 'reserved' ORDER BY id")
_used_for = text_statement("SELECT 1 FROM reservation WHERE request = :request AND state = 'used' LIMIT 1")
_kept = text_statement(
    "SELECT * FROM reservation WHERE id >= :low AND id < :high AND state = 'reserved' ORDER BY at, id"
)
_reserved = text_statement("SELECT * FROM reservation WHERE id = :id AND state = 'reserved'")


def _of(subject: str) -> dict[str, str]:
    return {"low": f"{subject}/", "high": f"{subject}0"}


def cancellation(db: Database, request: str) -> Row | None:
    """Who last cancelled a request or wanted it again; None where nobody did."""
    return db.one(_cancellation, {"id": request})


def details(db: Database, request: str) -> Row | None:
    """The clinical details of a request, where some were stated later."""
    return db.one(_details, {"id": request})


def amendments(db: Database, request: str) -> list[Row]:
    """Everything of a request that became another, oldest first."""
    return db.all(_amendments, _of(request))


def test_amended(db: Database, request: str) -> str | None:
    """When the test of a request last became another; None where it is as it came."""
    at = db.value(_test_amended, _of(request))
    return str(at) if at else None


def shares(db: Database, request: str) -> list[Row]:
    """Laboratories that a request is shared with, oldest first."""
    return db.all(_shares, _of(request))


def untold(db: Database, most: int) -> list[Row]:
    """Laboratories that have not confirmed that a request is cancelled, or wanted again; the longest waiting first.

    Each row is a share with ``standing``, ``cancelled`` or ``revived``, and ``since`` when.
    """
    return db.all(_untold, {"most": most})


def share(db: Database, name: str) -> Row | None:
    """One sharing of a request, by its place in the register."""
    return db.one(_share, {"id": name})


def add_on(db: Database, request: str) -> Row | None:
    """What a request was added on to; None for one that came by itself."""
    return db.one(_add_on, {"id": request})


def added_on(db: Database, first: str) -> list[Row]:
    """What was added on to a request, oldest first."""
    return db.all(_added_on, {"first": first})


def kept_for(db: Database, request: str) -> list[Row]:
    """Material that is kept for a request."""
    return db.all(_kept_for, {"request": request})


def was_used_for(db: Database, request: str) -> bool:
    """Whether material that was kept for a request was extracted for it."""
    return bool(db.value(_used_for, {"request": request}))


def reservations(db: Database, specimen: str) -> list[Row]:
    """What is kept of a specimen and of the tubes poured from it, and for which requests, oldest first."""
    return db.all(_kept, _of(specimen))


def reserved(db: Database, name: str) -> Row | None:
    """One of them by its identity; None for what is kept no more."""
    return db.one(_reserved, {"id": name})
