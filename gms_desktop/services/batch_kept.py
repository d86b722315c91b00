"""What of a batch is kept for a test that was added on: a person says whether it is extracted for that one.

A specimen may serve several tests, and nothing else tells for which of them its DNA is made: unless it is said, what is
kept stays kept, and is taken off what is free beside what was extracted.
"""

from __future__ import annotations

from gms_desktop import extract_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import afterwards_look_up
from gms_desktop.services import afterwards, stored_material
from gms_desktop.services.batches import OpenBatch
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Choice, Question


def kept(db: Database, here: OpenBatch) -> tuple[Row, ...]:
    """What is kept of the specimens, and of the tubes poured from them, that stand in a batch."""
    placed = {row["source"]: row["specimen"] for row in here.positions.values() if row["specimen"]}
    rows = (row for one in dict.fromkeys(placed.values()) for row in afterwards_look_up.reservations(db, one))
    return tuple(row for row in rows if (row["aliquot"] or row["specimen"]) in placed)


def asked(db: Database, rows: tuple[Row, ...]) -> Outcome:
    """The question before the batch starts."""
    choices = tuple(
        Choice(row["id"], extract_words.kept_for(stored_material.number_of(db, row), _name(db, row))) for row in rows
    )
    question = Question(Command.START_BATCH, extract_words.KEPT_TITLE, choices, confirm="Start the batch")
    return Outcome(words.choose(extract_words.KEPT_TITLE, extract_words.KEPT_HINT), question=question)


def _name(db: Database, row: Row) -> str:
    return afterwards.name_of_request(db, row["request"])
