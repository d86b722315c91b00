"""What every act of a person goes through before it is recorded: their right to it, and its second person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gms_desktop import people_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.rights import Alone
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import rights, second_person
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.rights import Actor
from gms_desktop.services.second_person import SecondWanted, Witness
from gms_desktop.services.views import Choice, Question


@dataclass(frozen=True)
class Beside:
    """Who stands beside: a witness, or nobody with the word that it is countersigned later."""

    witness: Witness | None = None
    later: bool = False


@dataclass(frozen=True)
class Pending:
    """An act that waits for its second person: what it is, and how it is begun again."""

    wanted: SecondWanted
    job: Callable[[Ledger], Any]

    @property
    def question(self) -> Question:
        """What can be said while nobody else is there."""
        rule = self.wanted.rule
        alone = () if rule.alone is Alone.WAIT else (Choice(rule.alone.value, people_words.ALONE_WORDS[rule.alone]),)
        return Question(
            command=Command.SECOND_PERSON,
            title="The second person scans their badge now",
            choices=alone,
            many=False,
            confirm="Go on without a second person here" if alone else "",
        )


def passed(
    ledger: Ledger, outcome: Outcome, actor: Actor | None, time_zone: str, bench: str, beside: Beside
) -> tuple[list[Draft], str | None]:
    """The drafts as they are recorded, and who is their witness.

    Raises:
        NotAllowed: when the person may not do it, or who stands beside may not confirm each job of it.
        SecondWanted: when a second person is to confirm it first.
    """
    if actor is None or not outcome.drafts:
        return list(outcome.drafts), None
    drafts = rights.entitled(ledger, outcome.drafts, actor, time_zone)
    try:
        return second_person.witnessed(ledger, drafts, actor, outcome.verdict, beside.witness, time_zone)
    except SecondWanted as wanted:
        if not beside.later or wanted.rule.alone is not Alone.COUNTERSIGN:
            raise
        return [*drafts, *(second_person.asked(ledger, one, actor.operator, bench) for one in wanted.every)], None
