"""A step of the rehearsal that must come out as it should: what goes on from it would show nothing otherwise."""

from __future__ import annotations

from gms_desktop.services.answers import Answered


def went(answered: Answered, title: str) -> None:
    """A step came out as the rehearsal goes on from.

    Raises:
        RuntimeError: when it did not.
    """
    if not answered.verdict.title.startswith(title):
        raise RuntimeError(f"{title} was expected: {answered.verdict.title}. {answered.verdict.sentence}")
