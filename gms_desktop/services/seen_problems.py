"""What was seen on an unacceptable specimen and no reason says: a perceived problem too (specification line 413)."""

from __future__ import annotations

from collections.abc import Collection

from gms_desktop.journal.database import Database
from gms_desktop.services import specimen_lists
from gms_desktop.services.examined import examined

_SEEN = "seen:"


def of(db: Database, specimen: str, reasons: Collection[str]) -> tuple[str, ...]:
    """Codes of what was seen on a specimen, save what a reason given says already.

    It stands among the problems of a specimen that was found unacceptable; it makes none unacceptable.
    """
    listed = specimen_lists.types(db)
    seen = (listed.condition(code) for code in examined(db, specimen).condition or ())
    return tuple(f"{_SEEN}{one.code}" for one in seen if one is not None and one.reason not in reasons)


def words_of(db: Database) -> dict[str, str]:
    """Words of every such code."""
    return {f"{_SEEN}{one.code}": f"{one.words} (as seen)" for one in specimen_lists.types(db).conditions}
