"""Questions to the register about volumes."""

from __future__ import annotations

from gms_desktop.journal.database import Database, Row, text_statement

_stated = text_statement("SELECT * FROM volume_stated WHERE item = :item ORDER BY at, entry")
# What went into a tube that has never held liquid was never taken.
_taken = text_statement(
    "SELECT v.* FROM volume_taken v LEFT JOIN fluidx_tube t ON t.id = substr(v.target, 6) "
    "WHERE v.item = :item AND (t.state IS NULL OR t.state <> 'released') ORDER BY v.at, v.entry"
)
_emptied = text_statement("SELECT DISTINCT item FROM volume_stated WHERE how = 'emptied' ORDER BY item")


def stated(db: Database, item: str) -> list[Row]:
    """Every volume that was stated of a container, oldest first."""
    return db.all(_stated, {"item": item})


def taken(db: Database, item: str) -> list[Row]:
    """All that was taken from a container, oldest first."""
    return db.all(_taken, {"item": item})


def emptied(db: Database) -> list[str]:
    """The containers of which somebody ever said that they are empty."""
    return [row["item"] for row in db.all(_emptied, {})]
