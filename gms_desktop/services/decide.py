"""A specimen's outcome: accepted, with a comment or at discretion too, on hold, rejected or surplus, with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop import words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import site_rules
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


def question(db: Database, command: Command, number: int, problems: tuple[str, ...] = ()) -> Question:
    """What must be said before the command can be carried out."""
    used_for = _REASONS_FOR.get(command)
    reasons = site_rules.reasons(db, used_for) if used_for else ()
    return Question(
        command=command,
        title=_TITLES[command].format(n=number),
        choices=tuple(Choice(reason.code, reason.words, reason.needs_comment) for reason in reasons),
        comment_label="Comment",
        confirm=_CONFIRM[command].format(n=number),
        problems=problems,
    )


def problems(db: Database, command: Command, answer: Answer) -> tuple[str, ...]:
    """What is missing in an answer, in words; nothing when it can be carried out."""
    used_for = _REASONS_FOR.get(command)
    if used_for is None:
        return () if answer.comment.strip() else ("Enter the comment.",)
    offered = {reason.code: reason for reason in site_rules.reasons(db, used_for)}
    if not answer.choices or not set(answer.choices) <= offered.keys():
        return ("Choose at least one reason.",)
    needy = [offered[code].words for code in answer.choices if offered[code].needs_comment]
    return (f"Enter a comment for “{needy[0]}”.",) if needy and not answer.comment.strip() else ()


def decision(
    ledger: Ledger,
    specimen: str,
    outcome: str,
    compared: Sequence[tuple[str, str]],
    answer: Answer | None = None,
    rests_on: str | None = None,
    told: dict[str, str] | None = None,
) -> Draft:
    """The draft of a decision.

    Args:
        ledger: the bench's ledger, inside a transaction.
        specimen: what is decided on.
        outcome: one of the six outcomes.
        compared: each field with how it was compared.
        answer: reasons and comment.
        rests_on: the entry the decision was made on; None: the last one known here.
        told: how it came in.
    """
    pen = ledger.pen()
    subject = f"specimen:{specimen}"
    last = rests_on or ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"]
    chosen = answer.choices if answer else ()
    offered = {reason.code: reason for reason in site_rules.reasons(ledger.db, "hold")}
    stops = {stop for code in chosen if code in offered for stop in offered[code].stops} if outcome == "on hold" else ()
    body = {
        "specimen": specimen,
        "outcome": outcome,
        "reasons": list(chosen),
        "comment": pen.write(answer.comment.strip() if answer else None, subject),
        "compared": [list(pair) for pair in compared],
        "stops": sorted(stops) or (["opening", "testing", "leaving"] if outcome == "on hold" else []),
        "rests_on": last,
    }
    return Draft("specimen.decided", body, pen.values, told or {})


def outcome_words(outcome: str | None) -> str:
    """An outcome in words, also when there is none yet."""
    return words.OUTCOME_WORDS.get(outcome or "", "received, not decided")
