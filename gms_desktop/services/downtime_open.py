"""The downtime number that is being entered, and what has been said about it so far. A crash forgets it harmlessly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TiedTube:
    """The expected tube that a number stands for: its request and key, how it was matched, and its code."""

    request: str
    key: str
    matched: str
    code: str | None
    words: str


@dataclass(frozen=True)
class OpenNumber:
    """A downtime number whose form is being entered.

    Attributes:
        number: the number, as printed.
        tube: the expected tube, once one of its codes was scanned.
        values: what was entered so far, by field.
        problems: what is wrong with it, as (field, words).
        ask_hour: the time stands in the hour that came twice, so which of the two is asked.
    """

    number: str
    tube: TiedTube | None = None
    values: tuple[tuple[str, str], ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    ask_hour: bool = False
