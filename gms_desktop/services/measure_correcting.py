"""What a person corrects about measurements: a reading is of another tube, a run may not count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gms_desktop import measure_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    case_documents,
    case_list,
    measure_deciding,
    measure_matching,
    measured_runs,
)
from gms_desktop.services.find import local_minute
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_RUNS_OFFERED = 8


def take_back(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Take a reading from a tube that it is not of: it waits, and is given to the right one by scanning that."""
    db, name = ledger.db, (answer.subject if answer else "") or argument
    item = measure_deciding.subject(db, name)
    code = _code(db, item)
    rows = {row["id"]: row for row in reading_look_up.readings_of(db, item)}
    if not rows:
        return Outcome(words.refused("Nothing measured", f"{code} has no reading."))
    if case_list.held(db, item) is not None:
        return Outcome(measure_words.in_dispute(code))
    only = next(iter(rows)) if len(rows) == 1 else ""
    chosen = next((one for one in (answer.choices if answer else ()) if one in rows), only)
    why = answer.comment.strip() if answer else ""
    if answer is None or not chosen or not why:
        question = Question(
            Command.TAKE_BACK_READING,
            f"Which reading is not of {code}?",
            tuple(Choice(one, _words(db, row, desk.time_zone)) for one, row in rows.items()),
            many=False,
            comment_label=measure_words.WHY_TAKEN_BACK,
            confirm="Take it back",
            problems=() if answer is None else ("Choose the reading, and say why it is not this one's.",),
            subject=name,
            chosen=(only,) if only else (),
        )
        return Outcome(measure_words.take_back_why(code), question=question)
    recalled, others = _documents(db, item)
    drafts = (_taken_back(ledger, desk, item, rows[chosen], why), *recalled)
    return Outcome(measure_words.taken_back(code, len(recalled), others), drafts)


def _taken_back(ledger: Ledger, desk: Desk, item: str, row: Row, why: str) -> Draft:
    last, pen = f"last:reading:{row['id']}", ledger.pen()
    sort, _, name = item.partition(":")
    body = {
        "reading": row["id"],
        "item": {"sort": sort, "id": name},
        "corrected": (row["corrected"] or 0) + 1,
        "reason": pen.write(why, item),
        "rests_on": ledger.driver.holders([last])[last],
        "bench": desk.place.bench,
    }
    return Draft("reading.taken_back", body, pen.values, input=desk.told)


def _documents(db: Database, item: str) -> tuple[list[Draft], int]:
    """QC reports with the tube are recalled: they carry the value. How many other documents name it."""
    found = case_documents.about(db, item)
    reports = [one for one in found if one.body["sort"] == case_documents.QC_REPORT]
    return [draft for one in reports for draft in _recall(str(one.body["document"]))], len(found) - len(reports)


def _recall(document: str) -> Iterator[Draft]:
    body = {"document": document, "sort": case_documents.QC_REPORT, "reason": "a reading was taken back"}
    yield Draft(case_documents.RECALLED, body, input={"by": "hand", "device": "screen"})


def hold(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Hold a run by hand: with a reason. None of its readings stands until somebody releases it."""
    db, zone = ledger.db, desk.time_zone
    every = reading_look_up.runs_at(db, ledger.head.writer, _RUNS_OFFERED)
    runs = {row["id"]: row for row in every if row["state"] != "held"}
    if argument and (named := reading_look_up.run(db, argument)) is not None and named["state"] != "held":
        runs = {named["id"]: named}
    if not runs:
        return Outcome(words.refused("Nothing to hold", "Every run that was taken in here is held already."))
    only = next(iter(runs)) if len(runs) == 1 else ""
    chosen = next((one for one in (answer.choices if answer else ()) if one in runs), only)
    why = answer.comment.strip() if answer else ""
    if answer is None or not chosen or not why:
        question = Question(
            Command.HOLD_RUN,
            "Which run is held?",
            tuple(Choice(one, f"{measure_deciding.run_name(row)}, {_at(row, zone)}") for one, row in runs.items()),
            many=False,
            comment_label=measure_words.WHY_HELD,
            confirm="Hold this run",
            problems=() if answer is None else ("Choose the run, and say why it may not count.",),
            chosen=(only,) if only else (),
        )
        return Outcome(measure_words.hold_why(), question=question)
    pen = ledger.pen()
    body: dict[str, Any] = {
        "run": chosen,
        "failed": [],
        "reason": pen.write(why, f"run:{chosen}"),
        "bench": desk.place.bench,
    }
    what = measure_deciding.run_name(runs[chosen])
    return Outcome(measure_words.held_by_hand(what), (Draft("run.held", body, pen.values, input=desk.told),))


def _at(row: Row, zone: str) -> str:
    return (
        f"{row['positions']} position{'s' if row['positions'] != 1 else ''}, taken in {local_minute(row['at'], zone)}"
    )


def _words(db: Database, row: Row, zone: str) -> str:
    sample = measured_runs.sample_of(db, row) or "no name"
    values = measured_runs.in_words(measured_runs.as_measured(row))
    return f"{values}, {row['instrument']}, “{sample}”, {local_minute(row['at'], zone)}"


def _code(db: Database, item: str) -> str:
    found = measure_matching.item_of(db, item)
    return found.code if found else "This tube"
