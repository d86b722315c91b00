"""How an entry of a history reads when it does not count as it reads: undone, refused, in dispute, withdrawn."""

from __future__ import annotations

from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.views import TimelineLine
from ui import words


def moment_words(line: TimelineLine) -> str:
    """What was done, and in brackets what became of it."""
    became = words.UNDONE if line.undone else line.standing
    return f"{line.words} ({became})" if became else line.words


def moment_face(line: TimelineLine) -> str:
    """The colour it is said in: that of its shape, grey where it was undone."""
    if line.undone:
        return VerdictKind.ALREADY.value
    return line.kind.value if line.standing and line.kind else ""
