"""What every change of a request is asked for: who wants it, how they said so, and why."""

from __future__ import annotations

from collections.abc import Mapping

from gms_desktop import afterwards_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.entry import Body
from gms_desktop.register.ledger import Ledger, Pen
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, Choice, Question

FIND = "find"
WHO_AND_WHY = (("asked_by", afterwards_words.WHO_ASKED), ("reason", afterwards_words.WHY))
HOW = tuple(Choice(code, said.capitalize()) for code, said in afterwards_words.HOW.items())


def fields_of(answer: Answer | None) -> dict[str, str]:
    """What was entered, without the spaces around it."""
    return {name: value.strip() for name, value in answer.fields} if answer else {}


def missing(answer: Answer, *, why: bool = True) -> tuple[str, ...]:
    """What is missing of who asked, how and why."""
    said = fields_of(answer)
    found = []
    if how_of(answer) is None:
        found.append("Choose how it was asked.")
    if not said.get("asked_by"):
        found.append("Enter who asked for it.")
    if why and not said.get("reason"):
        found.append("Enter why.")
    return tuple(found)


def how_of(answer: Answer) -> str | None:
    """How it was asked; None where nothing was chosen."""
    return next((code for code in afterwards_words.HOW if code in answer.choices), None)


def question(
    given: Command,
    title: str,
    confirm: str,
    subject: str,
    answer: Answer | None,
    wrong: tuple[str, ...],
    told: str,
    fields: tuple[tuple[str, str], ...] = (),
    values: Mapping[str, str] | None = None,
    choices: tuple[Choice, ...] = (),
) -> Outcome:
    """The question, with what is done so far and where the material is said above it.

    Args:
        given: the command that is answered.
        title: what is asked.
        confirm: the words of the button that carries it out.
        subject: the request or the specimen that it is about.
        answer: what was answered before, when something was missing.
        wrong: what is missing.
        told: what is done, and where the material is.
        fields: what else is entered.
        values: what stands in the fields at first.
        choices: what else is chosen, before how it was asked.
    """
    asked = Question(
        given,
        title,
        (*choices, *HOW),
        many=bool(choices),
        fields=(*fields, *WHO_AND_WHY),
        confirm=confirm,
        problems=wrong,
        subject=subject,
        values=answer.fields if answer else tuple((values or {}).items()),
    )
    head = "There is a problem" if wrong else confirm
    return Outcome(words.choose(head, " ".join((*wrong, told))), question=asked, place=FIND)


def body_of(pen: Pen, request: str, answer: Answer, ledger: Ledger) -> Body:
    """Who asked, how and why, as an entry holds it."""
    said, subject = fields_of(answer), f"request:{request}"
    return {
        "request": request,
        "asked_by": pen.write(said.get("asked_by"), subject),
        "how": how_of(answer),
        "reason": pen.write(said.get("reason"), subject),
        "bench": ledger.head.writer,
    }


def last_said(ledger: Ledger, what: str, request: str) -> str | None:
    """The entry that last cancelled or amended a request, as known here."""
    key = f"last:{what}:{request}"
    return ledger.driver.holders([key])[key]
