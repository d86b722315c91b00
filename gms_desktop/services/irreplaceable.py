"""Specimens that cannot be taken again: shown as such, and rejected only when it is said twice."""

from __future__ import annotations

import tomllib

from gms_desktop import words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database
from gms_desktop.services.site_rules import rule_text
from gms_desktop.services.views import Answer, Choice, Question

WORD = "irreplaceable"
_AGAIN = "again:reject"
_parsed: dict[str, frozenset[str]] = {}


def read_types(text: str) -> frozenset[str]:
    """The types of the site's list, in lower case.

    Raises:
        KeyError, TypeError, ValueError: when the text is no such list.
    """
    types = tomllib.loads(text)["types"]
    if not isinstance(types, list):
        raise TypeError("types is a list")
    return frozenset(str(kind).casefold() for kind in types)


def is_irreplaceable(db: Database, kind: str | None) -> bool:
    """Whether a specimen of a type cannot be taken again, by the site's list."""
    text = rule_text(db, "irreplaceable")
    if text.sha256 not in _parsed:
        _parsed.clear()
        _parsed[text.sha256] = read_types(text.text)
    return (kind or "").casefold() in _parsed[text.sha256]


def shown(db: Database, kind: str) -> str:
    """A type as it is shown."""
    return f"{kind}, {WORD}" if is_irreplaceable(db, kind) else kind


def asks_once_more(name: str, kind: str) -> Question:
    """The question before an irreplaceable specimen is rejected."""
    return Question(
        Command.REJECT,
        f"{name} is {WORD} ({kind}). Reject it all the same?",
        (Choice(_AGAIN, "It cannot be taken again, and is rejected"),),
        many=False,
        confirm="Reject it all the same",
    )


def verdict(name: str, kind: str) -> Verdict:
    """What is said beside that question."""
    return words.attention(
        WORD.capitalize(), f"{name}, {kind}, cannot be taken again. Could it be held, or accepted at discretion?"
    )


def said_again(answer: Answer | None) -> bool:
    """Whether it was said once more."""
    return bool(answer and _AGAIN in answer.choices)
