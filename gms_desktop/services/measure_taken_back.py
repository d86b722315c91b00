"""What was once recorded for a tube and taken back: said on its history, and of the reading while it waits."""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop import measure_words
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.register import reading_look_up
from gms_desktop.services import measure_deciding, measure_matching, measured_runs


def facts(db: Database, item: str) -> Iterator[tuple[str, str]]:
    """What was once recorded for a thing and taken back: the reading, why, and what was judged of it there."""
    for row in reading_look_up.taken_back(db, item):
        reading = reading_look_up.reading(db, row["reading"])
        if reading is None:
            continue
        why = store.private_values(db, [item]).get(row["reason_private"] or "") or "reason erased"
        said = reading_look_up.former_judgements(db, row["reading"], row["corrected"] - 1)
        rested = "; ".join(dict.fromkeys(measure_deciding.judgement_words(one) for one in said))
        values = measured_runs.in_words(measured_runs.as_measured(reading))
        yield "Taken back", measure_words.was_taken_back(values, why, rested)


def came_from(db: Database, reading: str) -> str:
    """Which tube a reading that waits was taken from last, in words; empty for one that was of none."""
    row = next(iter(reading_look_up.takings_back(db, reading)), None)
    return measure_words.taken_from(_code(db, row["item"])) if row else ""


def _code(db: Database, item: str) -> str:
    found = measure_matching.item_of(db, item)
    return found.code if found else "This tube"
