"""What a scan or an act comes back with: one of seven verdicts, in words, and what is awaited next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class VerdictKind(StrEnum):
    """The shape, colour and tone of a verdict. "Accepted" is only ever a specimen's outcome."""

    FOUND = "found"
    MATCHES = "matches"
    ACCEPTED = "accepted"
    ATTENTION = "attention"
    REFUSED = "refused"
    ALREADY = "already"
    FINISHED = "finished"


@dataclass(frozen=True)
class Verdict:
    """The answer to one scan or act.

    Attributes:
        kind: shape, colour and tone.
        title: one or two words in large type ("Matches", "Not ours").
        sentence: what was scanned, what was expected, what to do.
    """

    kind: VerdictKind
    title: str
    sentence: str
