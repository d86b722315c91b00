"""Questions to the register about consignments that were sent to us: their signed files, what came of each thing."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_signed = text_statement(
    "SELECT * FROM import_act WHERE layout = 'Signed consignment' ORDER BY at DESC, id LIMIT :most"
)
_arrived = text_statement(
    "SELECT s.* FROM expected_tube t JOIN request r ON r.id = t.request LEFT JOIN specimen s ON s.id = t.specimen "
    "WHERE t.code = :code AND r.sender = :sender ORDER BY s.received_at DESC, t.id"
)


def signed(db: Database, most: int) -> list[Row]:
    """Imports of signed consignments, the newest first."""
    return db.all(_signed, {"most": most})


def arrived(db: Database, code: str, sender: str) -> list[Row]:
    """What a sender's code is expected as: the specimen of each request, all of it empty where none has arrived."""
    return db.all(_arrived, {"code": code.upper(), "sender": sender.upper()})
