"""What entries about exported files state: a file was saved outside the encrypted stores, or was taken away again.

They are found by the month in which the file was saved: ``exports:2026-11``.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind

SAVED, REMOVED = "export.saved", "export.removed"


def saved(body: Body) -> Premises:
    """A file was saved: what sort, of what content, and until when it may lie there. Its name is a private value."""
    made = exists(f"export:{body['export']}")
    return Premises((made[1], f"exports:{body['month']}"), (made,))


def removed(body: Body) -> Premises:
    """A file that was saved is not there any more, and why."""
    made = exists(f"export:{body['export']}")
    return Premises((made[1], f"exports:{body['month']}"), expects=(made,))


ROWS = (
    kind(SAVED, Nature.FACT, "export month sort name place size sha256 kept_until bench", saved),
    kind(REMOVED, Nature.FACT, "export month why bench", removed),
)
