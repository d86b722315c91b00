"""Receivers' signed answers as they came: taken in with the arrival that they tell, kept beside each other, shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import answer_correct_words, answer_words, logger_words, send_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import State, Step, after
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange.consignments.contents import Acknowledgement
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import consignment_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    case_documents,
    incoming,
    incoming_issue,
    incoming_logger,
    kept_files,
    send_answer,
    send_commands,
    send_correcting,
    send_scans,
)
from gms_desktop.services.find import local_minute
from gms_desktop.services.outcome import Outcome

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

SORT = case_documents.ANSWER_RECEIVED


@dataclass(frozen=True)
class Kept:
    """An answer that was taken in, and what it says; None while its file is at another bench."""

    entry: Entry
    said: Acknowledgement | None


def answers(db: Database, desk: Desk, consignment: str) -> tuple[Kept, ...]:
    """Every answer to a consignment, in the order in which they were taken in."""
    found = (one for one in case_documents.ever_about(db, f"consignment:{consignment}") if one.body["sort"] == SORT)
    said = ((one, incoming.contents(desk, one.body["sha256"])) for one in found)
    return tuple(Kept(one, told if isinstance(told, Acknowledgement) else None) for one, told in said)


def facts(db: Database, desk: Desk, consignment: str) -> tuple[tuple[str, str], ...]:
    """Each answer in a line, the last first."""
    every = list(enumerate(answers(db, desk, consignment), start=1))
    told = [one.said for _, one in every if one.said is not None]
    counts = max(told, key=lambda said: said.written_at, default=None)
    logged = incoming_logger.in_answer(counts) if counts else ()
    return (*((f"Answer {place}", _line(desk, one)) for place, one in reversed(every)), *logged)


def _line(desk: Desk, one: Kept) -> str:
    if one.said is None:
        return f"{local_minute(one.entry.occurred_at, desk.time_zone)}: {answer_words.NOT_HERE}"
    said = incoming_issue.in_words(one.said)
    return f"{local_minute(one.said.written_at or one.entry.occurred_at, desk.time_zone)}: {said}"


def take(ledger: Ledger, desk: Desk, content: bytes) -> Outcome:
    """Take an answer in: its file is kept, and the arrival that it tells is recorded, in one act.

    Args:
        ledger: the bench's.
        desk: its memory.
        content: the file.
    """
    found = send_answer.matched(ledger, desk, content)
    if isinstance(found, Verdict):
        return Outcome(found, place=send_scans.PLACE)
    row = consignment_look_up.consignment(ledger.db, found.consignment)
    if row is None:
        raise RuntimeError("a matched answer has its consignment")
    number, state = str(row["number"]), State(row["state"])
    before, digest = answers(ledger.db, desk, row["id"]), sha256(content).hexdigest()
    if any(one.entry.body["sha256"] == digest for one in before):
        return Outcome(send_words.answer_known(number), place=send_scans.PLACE)
    send_scans.show(ledger, desk, row)
    is_older = any(one.said is not None and one.said.written_at > found.written_at for one in before)
    if is_older:
        outcome = Outcome(answer_words.older(number))
    elif state is State.ENDED:
        outcome = Outcome(answer_words.of_ended(number))
    else:
        outcome = _recorded(ledger, desk, row, found)
        if after(state, Step.ARRIVE) is None or outcome.question is not None:
            return outcome
    # An older one stands beside the one that counts; a later one stands in its place.
    counts = before[-1].entry.body["document"] if before and not is_older else None
    try:
        kept = _keep(ledger, desk, row["id"], content, counts)
    except (Refused, Unavailable) as fault:
        return Outcome(answer_words.not_kept(str(fault)), place=send_scans.PLACE)
    verdict = _with_temperature(outcome.verdict, found.many_outside)
    return replace(outcome, verdict=verdict, drafts=(*outcome.drafts, kept), place=send_scans.PLACE)


def _with_temperature(verdict: Verdict, many: int) -> Verdict:
    """A limit that was broken on the way is said with the arrival."""
    if not many:
        return verdict
    said = f"{verdict.sentence} {logger_words.told(many)}"
    return replace(verdict, kind=VerdictKind.ATTENTION, sentence=said)


def _recorded(ledger: Ledger, desk: Desk, row: Row, found: send_answer.Matched) -> Outcome:
    """The arrival, or what is put right of it."""
    is_said = State(row["state"]) in {State.ARRIVED, State.RECONCILED}
    if found.withdrawn and not is_said:
        return Outcome(answer_correct_words.they_took_back(str(row["number"])))
    if found.withdrawn:
        drafts = send_correcting.withdrawn(ledger, desk, row, found.correction)
        return Outcome(answer_correct_words.not_arrived(str(row["number"])), drafts)
    if is_said and found.correction:
        return send_correcting.told(ledger, desk, row, found.answer, found.correction)
    return send_commands.command(ledger, desk, Command.SEND_ARRIVED, found.answer, "")


def _keep(ledger: Ledger, desk: Desk, consignment: str, content: bytes, replaces: str | None) -> Draft:
    if desk.files is None:
        raise Refused("This bench keeps no files")
    document = ledger.identity()
    desk.files().put(content, incoming_issue.FILE_TYPE, f"document:{document}", kept_files.now(ledger))
    body = {
        "document": document,
        "sort": SORT,
        "form": "gmsc",
        "sha256": sha256(content).hexdigest(),
        "start": None,
        "end": None,
        "about": [f"consignment:{consignment}"],
        "replaces": replaces,
        "file": None,
    }
    return Draft("document.issued", body, input=dict(desk.told))
