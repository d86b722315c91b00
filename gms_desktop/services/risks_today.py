"""Today's list of specimens whose infection risk was learned later, while something made from them carries no sign."""

from __future__ import annotations

from gms_desktop import risk_words
from gms_desktop.journal.database import Database
from gms_desktop.register import risk_look_up
from gms_desktop.services import risks
from gms_desktop.services.today_items import MOST, of_specimen
from gms_desktop.services.views import WorkList


def worklist(db: Database) -> WorkList:
    """The list, urgent ones first, then the earliest statement."""
    rows, total = risk_look_up.learned_later(db, MOST)
    items = tuple(of_specimen(db, row, risk_words.to_do(risks.without_sign(db, row, row["yes_at"]))) for row in rows)
    return WorkList(risk_words.LEARNED_LATER, items, risk_words.NOTHING_LEARNED, total)
