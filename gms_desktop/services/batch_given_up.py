"""A batch that has not started is dropped, or something is taken out of it: with a reason, and what is freed waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gms_desktop import extract_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.extraction import Role
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import batches, extract_scans, site_rules
from gms_desktop.services.at_extract import AtExtract
from gms_desktop.services.batches import OpenBatch
from gms_desktop.services.extract_scans import of_batch
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question


def taken_out(ledger: Ledger, desk: Desk, here: OpenBatch, answer: Answer | None, argument: str) -> Outcome:
    """Take what stands in a position out of the batch, or ask why."""
    number, position = here.row["number"], (answer.subject if answer else "") or argument or desk.extract.position
    row = here.positions.get(position)
    if here.state != "placing":
        return Outcome(extract_words.not_so_far(number, extract_scans.state_words(here)))
    if row is None:
        return Outcome(extract_words.which_position("take it out"))
    what, reason = row["code"] or f"the {row['role']}", _reason(ledger.db, answer)
    in_hand = desk.extract.scanned and desk.extract.position == position
    unseen = row["role"] == Role.SPECIMEN.value and not in_hand
    if reason is None:
        asked = _why(ledger.db, Command.TAKE_OUT_OF_BATCH, f"Why is {what} taken out of {position}?", position, answer)
        if unseen:
            asked = replace(
                asked,
                choices=tuple(replace(one, label=extract_words.without_its_scan(one.label)) for one in asked.choices),
            )
            return Outcome(extract_words.scan_before_out(what, position), question=asked)
        return Outcome(extract_words.choose_why_out(what, position), question=asked)
    if unseen:
        reason = {**reason, "words": extract_words.without_its_scan(reason["words"])}
    again = _waits_again(ledger.db, here, row)
    body = of_batch(ledger, desk, here) | {"position": position, "specimen": row["specimen"]}
    draft = Draft("extraction.taken_out", body | {"reason": reason, "again": again}, input=desk.told)
    desk.extract = replace(desk.extract, position="", scanned=False)
    return Outcome(extract_words.taken_out(what, position, number, again=again), (draft,))


def dropped(ledger: Ledger, desk: Desk, here: OpenBatch, answer: Answer | None, _argument: str) -> Outcome:
    """Drop the batch, or ask why."""
    number, reason = here.row["number"], _reason(ledger.db, answer)
    if here.state != "placing":
        return Outcome(extract_words.not_so_far(number, extract_scans.state_words(here)))
    rows = [row for row in here.positions.values() if row["role"] == Role.SPECIMEN.value]
    if reason is None:
        asked = _why(ledger.db, Command.DROP_BATCH, f"Why is batch {number} dropped?", "", answer)
        return Outcome(extract_words.choose_why_dropped(number, len(rows)), question=asked)
    again = [row["specimen"] for row in rows if _waits_again(ledger.db, here, row)]
    body = of_batch(ledger, desk, here) | {"specimens": list(dict.fromkeys(row["specimen"] for row in rows))}
    draft = Draft("extraction.dropped", body | {"again": list(dict.fromkeys(again)), "reason": reason}, input=desk.told)
    desk.extract = AtExtract()
    return Outcome(extract_words.dropped(number, len(rows)), (draft,))


def _reason(db: Database, answer: Answer | None) -> Mapping[str, str] | None:
    reasons = site_rules.extraction(db).given_up
    code = next((one for one in reasons if answer and one in answer.choices), "")
    return {"code": code, "words": reasons[code]} if code else None


def _why(db: Database, command: Command, title: str, position: str, answer: Answer | None) -> Question:
    reasons = site_rules.extraction(db).given_up
    return Question(
        command,
        title,
        tuple(Choice(code, said) for code, said in reasons.items()),
        many=False,
        confirm="Take it out" if position else "Drop the batch",
        problems=(extract_words.CHOOSE_REASON,) if answer else (),
        subject=position,
    )


def _waits_again(db: Database, here: OpenBatch, row: Row) -> bool:
    """Whether a specimen goes back on the worklist: nothing came of it yet, and it stands in no other batch."""
    if row["specimen"] is None or extraction_look_up.eluates_of(db, row["specimen"]):
        return False
    return not any(
        (one["batch"], one["position"]) != (here.row["id"], row["position"]) and _counts(db, here, one)
        for one in extraction_look_up.positions_of_specimen(db, row["specimen"])
    )


def _counts(db: Database, here: OpenBatch, other: Row) -> bool:
    """Whether another position still has the specimen: not one of the same batch, which is given up with it."""
    batch = extraction_look_up.batch(db, other["batch"])
    gone = other["state"] == "failed" or batch is None or batch["state"] == batches.DROPPED
    return not gone and other["batch"] != here.row["id"]
