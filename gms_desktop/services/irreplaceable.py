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
_AGAIN, _INSTEAD = "again:reject", "again:keep"
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
        (Choice(_AGAIN, f"Reject {name}: it cannot be taken again"), Choice(_INSTEAD, "Do not reject it")),
        many=False,
        confirm="Say it once more",
    )


def verdict(name: str, kind: str) -> Verdict:
    """What is said beside that question."""
    return words.attention(
        WORD.capitalize(), f"{name}, {kind}, cannot be taken again. Could it be held, or accepted at discretion?"
    )


def said_again(answer: Answer | None) -> bool | None:
    """Whether it was said once more; None for an answer to another question."""
    chosen = set(answer.choices) if answer else set()
    return True if _AGAIN in chosen else False if _INSTEAD in chosen else None
