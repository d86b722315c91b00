"""Our answer to a consignment that was sent to us is corrected, or taken back, with why and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop import answer_correct_words as said_of
from gms_desktop import answer_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.minting import instant
from gms_desktop.journal.database import Database
from gms_desktop.register import said_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import incoming
from gms_desktop.services.incoming import Incoming
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, Offer, Question

if TYPE_CHECKING:
    from gms_desktop.services.receive import Desk

KIND = "consignment.answer_corrected"


def is_withdrawn(db: Database, found: Incoming) -> bool:
    """Whether the last answer took everything back: then none counts."""
    if not found.answers:
        return False
    last = found.answers[-1].body["document"]
    every = said_look_up.of_kind(db, f"import:{found.act}", KIND)
    return any(one.body["withdrawn"] and one.body["document"] == last for one in every)


def counts(db: Database, found: Incoming) -> bool:
    """Whether an answer of ours counts, which a further one corrects."""
    return bool(found.answers) and not is_withdrawn(db, found)


def offers(db: Database, found: Incoming) -> tuple[Offer, ...]:
    """The button that takes our answer back."""
    return (Offer(Command.SEND_CORRECT, said_of.TAKE_BACK),) if counts(db, found) else ()


def take_back(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    """Write that nothing of our last answer holds, or ask why."""
    from gms_desktop.services import incoming_issue

    found = incoming.one(ledger.db, desk, desk.send.incoming)
    if found is None:
        return Outcome(answer_words.not_in_view())
    if found.manifest is None:
        return Outcome(answer_words.file_away())
    if not counts(ledger.db, found):
        return Outcome(said_of.none_to_take_back(found.manifest.consignment))
    why = answer.comment.strip() if answer else ""
    if not why:
        problems = (said_of.WHY_PROBLEM,) if answer else ()
        title = said_of.asks_take_back(found.manifest.consignment)
        question = Question(
            Command.SEND_CORRECT, title, comment_label=said_of.WHY, confirm=said_of.TAKE_BACK, problems=problems
        )
        return Outcome(words.choose(title, " ".join(problems)), question=question)
    last = incoming.last_answer(desk, found)
    at = last.received_at if last else instant(ledger.clock.now())
    said = incoming_issue.Said(at, (), "", why, withdrawn=True)
    return incoming_issue.issue(ledger, desk, found, said)


def draft(
    ledger: Ledger, desk: Desk, found: Incoming, document: str, replaces: str, why: str, *, withdrawn: bool
) -> Draft:
    """What stands in place of which answer, and why.

    Args:
        ledger: the bench's.
        desk: its memory.
        found: what was sent to us.
        document: the answer that counts now.
        replaces: the one that counted.
        why: that one was not right.
        withdrawn: whether nothing is said instead.
    """
    pen = ledger.pen()
    body = {
        "import": found.act,
        "document": document,
        "replaces": replaces,
        "withdrawn": withdrawn,
        "reason": pen.write(why, f"import:{found.act}"),
        "bench": desk.place.bench,
    }
    return Draft(KIND, body, pen.values, input=desk.told)
