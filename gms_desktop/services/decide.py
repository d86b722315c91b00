"""A specimen's outcome: accepted, with a comment or at discretion too, on hold, rejected or surplus, with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop import hold_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import hold_terms, site_rules
from gms_desktop.services.compare import Line
from gms_desktop.services.identity import Identity
from gms_desktop.services.site_rules import Reason
from gms_desktop.services.views import Answer, Choice, Question

OUTCOMES = {
    Command.HOLD: "on hold",
    Command.REJECT: "rejected",
    Command.ACCEPT_WITH_COMMENT: "accepted with comment",
    Command.ACCEPT_AT_DISCRETION: "accepted at discretion",
    Command.SURPLUS: "surplus",
}
_REASONS_FOR = {
    Command.HOLD: "hold",
    Command.REJECT: "reject",
    Command.ACCEPT_AT_DISCRETION: "discretion",
    Command.SURPLUS: "surplus",
}
_TITLES = {
    Command.HOLD: "Why is tube {n} held?",
    Command.REJECT: "Why is tube {n} rejected?",
    Command.ACCEPT_AT_DISCRETION: "Why is tube {n} accepted at discretion?",
    Command.ACCEPT_WITH_COMMENT: "What must the report say of tube {n}?",
    Command.SURPLUS: "Why is tube {n} stored as surplus?",
}
_CONFIRM = {
    Command.HOLD: "Hold tube {n}",
    Command.REJECT: "Reject tube {n}",
    Command.ACCEPT_AT_DISCRETION: "Accept tube {n} at discretion",
    Command.ACCEPT_WITH_COMMENT: "Accept tube {n} with this comment",
    Command.SURPLUS: "Store tube {n} as surplus",
}


def question(
    db: Database,
    command: Command,
    number: int,
    problems: tuple[str, ...] = (),
    values: tuple[tuple[str, str], ...] = (),
) -> Question:
    """What must be said before the command can be carried out; ``values`` stand in a hold's fields at first."""
    used_for = _REASONS_FOR.get(command)
    reasons = site_rules.reasons(db, used_for) if used_for else ()
    holds = command is Command.HOLD
    choices = tuple(Choice(one.code, _offered(one, holds=holds), one.needs_comment) for one in reasons)
    return Question(
        command=command,
        title=_TITLES[command].format(n=number),
        choices=choices + (hold_terms.more_choices() if holds else ()),
        comment_label="Comment",
        fields=hold_terms.FIELDS if holds else (),
        confirm=_CONFIRM[command].format(n=number),
        problems=problems,
        values=values if holds else (),
    )


def _offered(reason: Reason, *, holds: bool) -> str:
    """A reason in words; of a hold also what it stops, where that is less than everything."""
    less = hold_words.stops_only(hold_terms.ordered(reason.stops)) if holds and reason.stops else ""
    return f"{reason.words} ({less})" if less else reason.words


def problems(db: Database, command: Command, answer: Answer) -> tuple[str, ...]:
    """What is missing in an answer, in words; nothing when it can be carried out."""
    used_for = _REASONS_FOR.get(command)
    if used_for is None:
        return () if answer.comment.strip() else ("Enter the comment.",)
    offered = {reason.code: reason for reason in site_rules.reasons(db, used_for)}
    chosen = hold_terms.reasons_of(answer) if command is Command.HOLD else answer.choices
    if not chosen or not set(chosen) <= offered.keys():
        return ("Choose at least one reason.",)
    needy = [offered[code].words for code in chosen if offered[code].needs_comment]
    wanted = (f"Enter a comment for “{needy[0]}”.",) if needy and not answer.comment.strip() else ()
    return (*wanted, *(hold_terms.problems(answer) if command is Command.HOLD else ()))


def decision(
    ledger: Ledger,
    specimen: str,
    outcome: str,
    compared: Sequence[Line],
    answer: Answer | None = None,
    rests_on: str | None = None,
    told: dict[str, str] | None = None,
    identity: Identity | None = None,
) -> Draft:
    """The draft of a decision.

    Args:
        ledger: the bench's ledger, inside a transaction.
        specimen: what is decided on.
        outcome: one of the six outcomes.
        compared: each line with how it stands.
        answer: reasons and comment.
        rests_on: the entry the decision was made on; None: the last one known here.
        told: how it came in.
        identity: what the site's identity rule comes to.
    """
    pen = ledger.pen()
    subject = f"specimen:{specimen}"
    last = rests_on or ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"]
    held = _terms(ledger, specimen, answer) if outcome == "on hold" else hold_terms.Terms((), "", None)
    body = {
        "specimen": specimen,
        "outcome": outcome,
        "reasons": list(hold_terms.reasons_of(answer)),
        "comment": pen.write(answer.comment.strip() if answer else None, subject),
        "compared": [line.as_body for line in compared],
        "identity": identity.as_body if identity else None,
        "stops": list(held.stops),
        "chase_whom": pen.write(held.whom, subject),
        "chase_by": held.by,
        "rests_on": last,
    }
    return Draft("specimen.decided", body, pen.values, told or {})


def _terms(ledger: Ledger, specimen: str, answer: Answer | None) -> hold_terms.Terms:
    """A hold's terms; where nothing was entered, whoever asked for the test is chased."""
    request = hold_terms.request_of(ledger.db, specimen)
    return hold_terms.terms(ledger, answer, hold_terms.requestor(ledger.db, request))


def outcome_words(outcome: str | None) -> str:
    """An outcome in words, also when there is none yet."""
    return words.OUTCOME_WORDS.get(outcome or "", "received, not decided")
