"""What became of an entry: refused by the order, in dispute, or withdrawn when a case was settled."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop import review_words
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import Database
from gms_desktop.journal.store import Stored
from gms_desktop.register import case_look_up

Standing = tuple[VerdictKind, str]


def standings(db: Database, ordered: Sequence[Stored]) -> dict[str, Standing]:
    """For each of these entries that does not count as it reads, in which shape and word it is shown.

    Args:
        db: the register.
        ordered: entries of one thing, oldest first.
    """
    found: dict[str, Standing] = {}
    for one in ordered:
        entry = one.entry
        if one.verdict == "refused":
            found[entry.id] = (VerdictKind.REFUSED, review_words.NOT_COUNTED)
        elif one.verdict == "contested" and case_look_up.is_open(db, entry.id, entry.premises.touches):
            found[entry.id] = (VerdictKind.ATTENTION, review_words.STILL_IN_DISPUTE)
        elif entry.kind == "specimen.decided" and entry.because:
            for former in _decisions_before(ordered, one):
                found.setdefault(former, (VerdictKind.ALREADY, review_words.WITHDRAWN))
    return found


def _decisions_before(ordered: Sequence[Stored], kept: Stored) -> list[str]:
    """Those that a decision told again, when a case was settled, takes the place of."""
    specimen = kept.entry.body.get("specimen")
    before = ordered[: ordered.index(kept)]
    same = (one.entry for one in before if one.entry.kind == kept.entry.kind)
    return [entry.id for entry in same if entry.body.get("specimen") == specimen]
