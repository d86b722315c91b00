"""What one kind of entry is: its nature, its body's fields, and its premises worked out from the body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from gms_desktop.journal.entry import Body, Premises


class Nature(StrEnum):
    """Whether an entry states what happened, what was decided, or only what was noticed."""

    FACT = "fact"
    DECISION = "decision"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind in one version: its nature, its body's fields, and its premises worked out from the body."""

    name: str
    version: int
    nature: Nature
    fields: frozenset[str]
    premises: Callable[[Body], Premises]


def kind(name: str, nature: Nature, fields: str, premises: Callable[[Body], Premises], version: int = 1) -> Kind:
    """A row of the table of kinds, its fields named in one line."""
    return Kind(name, version, nature, frozenset(fields.split()), premises)


def exists(subject: str) -> tuple[str, str]:
    """The key and holder that say that a subject is there."""
    return f"id:{subject}", subject
