"""The rejection of an irreplaceable specimen is asked once more, with its name, before it is recorded."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import words
from gms_desktop.domain.commands import Command
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import irreplaceable
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer


def is_second(answer: Answer) -> bool:
    """Whether an answer is the one to the question that is asked once more."""
    return irreplaceable.said_again(answer)


def asked(
    ledger: Ledger, desk: Desk, given: Command, name: str, kind: str, answer: Answer, subject: str = ""
) -> Answer | Outcome:
    """The answer with which a decision is recorded, or what is said in its place.

    Args:
        ledger: the bench's.
        desk: remembers the first answer while the second is awaited.
        given: the decision.
        name: the specimen as it is named.
        kind: its type.
        answer: to the first question, or to the second.
        subject: what the question is about.
    """
    first = desk.said_once
    if not irreplaceable.said_again(answer):
        if given is not Command.REJECT or not irreplaceable.is_irreplaceable(ledger.db, kind):
            return answer
        desk.said_once = answer
        question = replace(irreplaceable.asks_once_more(words.begun(name), kind), subject=subject)
        return Outcome(irreplaceable.verdict(words.begun(name), kind), question=question)
    desk.said_once = None
    return first or Outcome(words.cancelled())
