"""Errors are of three kinds: refused, unavailable, and bugs. This module names the first two."""

from __future__ import annotations


class Refused(Exception):
    """What a person can put right: the text says what was met, what was expected and what to do."""


class Unavailable(Exception):
    """A device, a disk or the network: the text says what is away and what still works without it."""

    def __init__(self, sentence: str, *, still_works: str = "") -> None:
        super().__init__(f"{sentence} {still_works}".strip())
        self.sentence = sentence
        self.still_works = still_works
