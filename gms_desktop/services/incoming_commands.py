"""Commands at a consignment that was sent to us: bring one into view, and write what came of it for its sender."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from gms_desktop import answer_correct_words, answer_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.minting import instant
from gms_desktop.exchange.consignments.contents import Manifest
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import incoming, incoming_answer, incoming_correcting, incoming_issue
from gms_desktop.services.at_send import AtSend
from gms_desktop.services.find import local_minute
from gms_desktop.services.incoming import HowFar, Incoming
from gms_desktop.services.incoming_answer import NotSaid
from gms_desktop.services.incoming_issue import Said
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, Choice, Question

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk


def show(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Bring one into view, or ask which."""
    every = {one.act: one for one in incoming.newest(ledger.db, desk) if one.manifest is not None}
    chosen = argument or next((one for one in (answer.choices if answer else ()) if one in every), "")
    found = every.get(chosen) or incoming.one(ledger.db, desk, chosen)
    if found is not None:
        return shown(ledger, desk, found)
    if not every:
        return Outcome(answer_words.nothing_came())
    choices = tuple(Choice(act, title(one.manifest)) for act, one in every.items() if one.manifest is not None)
    question = Question(Command.SEND_INCOMING, answer_words.WHICH, choices, many=False, confirm="Show it")
    return Outcome(words.choose(answer_words.WHICH, "Choose one, or scan its number."), question=question)


def by_number(ledger: Ledger, desk: Desk, text: str) -> Outcome | None:
    """The one whose sender's number was scanned; None where none of the newest has it."""
    for found in incoming.newest(ledger.db, desk, incoming.FAR_BACK):
        if found.manifest is not None and found.manifest.consignment.upper() == text.strip().upper():
            return shown(ledger, desk, found)
    return None


def shown(ledger: Ledger, desk: Desk, found: Incoming) -> Outcome:
    """One of them is in view."""
    if found.manifest is None:
        return Outcome(answer_words.file_away())
    desk.send = AtSend(incoming=found.act)
    far = incoming.how_far(ledger.db, desk, found.manifest)
    here = sum(1 for one in far if one.number)
    return Outcome(answer_words.came(found.manifest.consignment, found.manifest.sender.name, here, len(far)))


def title(manifest: Manifest) -> str:
    """One of them as a line of a list."""
    return f"{manifest.consignment}  from {manifest.sender.name}"


def write(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Write the answer, or ask what Receive does not know."""
    found = incoming.one(ledger.db, desk, desk.send.incoming)
    if found is None:
        return Outcome(answer_words.not_in_view())
    if found.manifest is None:
        return Outcome(answer_words.file_away())
    far = incoming.how_far(ledger.db, desk, found.manifest)
    said = {name: value.strip() for name, value in answer.fields} if answer else {}
    try:
        at = _arrived_at(ledger, desk, found.manifest, said.get(answer_words.AT, ""))
        nothing_else = answer is not None and answer_words.REST in answer.choices
        items = incoming_answer.found(found.manifest.consignment, far, said, nothing_else=nothing_else)
    except NotSaid as fault:
        return _asked(ledger, desk, found, far, answer, str(fault))
    if answer is None:
        return _asked(ledger, desk, found, far, None, "")
    why, corrects = answer.comment.strip(), incoming_correcting.counts(ledger.db, found)
    if corrects and not why:
        return _asked(ledger, desk, found, far, answer, answer_correct_words.WHY_PROBLEM)
    said_of_all = said.get(answer_words.WORDS, "")
    return incoming_issue.issue(ledger, desk, found, Said(at, items, said_of_all, why if corrects else ""))


def _arrived_at(ledger: Ledger, desk: Desk, manifest: Manifest, said: str) -> str:
    now = ledger.clock.now()
    found = dates.instant(dates.collection_time(said, dates.to_local(now, desk.time_zone).date()), desk.time_zone).utc
    if found is None:
        raise NotSaid(answer_words.NEEDS_AT)
    if found > now:
        raise NotSaid(answer_words.AT_AHEAD)
    if found.strftime("%Y%m%d%H%M") < _moment(manifest.closed_at).strftime("%Y%m%d%H%M"):
        raise NotSaid(answer_words.BEFORE_CLOSED)
    return instant(found)


def _moment(text: str) -> datetime:
    """When the sender says that it was closed; the beginning of time where that is no moment."""
    from datetime import UTC

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _asked(
    ledger: Ledger, desk: Desk, found: Incoming, far: tuple[HowFar, ...], answer: Answer | None, problem: str
) -> Outcome:
    """The question, with what Receive and the last answer say."""
    number = found.manifest.consignment if found.manifest else ""
    waits = incoming_answer.open_numbers(far)
    last = incoming.last_answer(desk, found)
    first = min((one.at for one in far if one.at), default="")
    at = last.received_at if last else first
    values = ((answer_words.AT, local_minute(at, desk.time_zone)),) if at else ()
    asks = answer_words.asks(number, len(far) - len(waits), len(far))
    question = Question(
        Command.SEND_ANSWER,
        asks,
        (Choice(answer_words.REST, answer_words.rest(waits)),) if waits else (),
        comment_label=answer_correct_words.WHY if incoming_correcting.counts(ledger.db, found) else "",
        fields=answer_words.FIELDS,
        confirm="Write the answer",
        problems=(problem,) if answer and problem else (),
        values=answer.fields if answer else (*values, *incoming_answer.former(far, last)),
        chosen=answer.choices if answer else (),
    )
    return Outcome(words.choose(asks, problem), question=question)
