"""Two decisions about one specimen: whichever a person keeps counts from now on, and the other counts no longer.

Nothing refused is revived: the decision that is kept is told again, by whoever keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.journal import kinds, store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.store import Stored
from gms_desktop.services.case_list import Case

DECIDED = "specimen.decided"
_LAST = "last:specimen:"


def is_about_decisions(row: Row) -> bool:
    """Whether a case is a decision that was refused since the specimen had changed meanwhile."""
    return row["verdict"] == "refused" and row["kind"] == DECIDED and str(row["key"] or "").startswith(_LAST)


def refused(failed: Sequence[Stored]) -> tuple[Stored, ...]:
    """What the other story comes to: of each specimen its newest decision that was refused and not taken back."""
    undone = {one.entry.undoes for one in failed}
    newest: dict[str, Stored] = {}
    for one in failed:
        entry = one.entry
        known = entry.kind == DECIDED and kinds.readable(entry.kind, entry.version, entry.body)
        if known and one.verdict == "refused" and entry.id not in undone:
            newest[entry.body["specimen"]] = one
    return tuple(newest.values())


def standing(db: Database, specimen: str, but: frozenset[str] = frozenset()) -> Stored | None:
    """The decision that counts.

    Args:
        db: the register.
        specimen: whose.
        but: decisions that are looked past, with all that was told again because of them.
    """
    entries = [one for one in store.of_subject(db, f"specimen:{specimen}") if one.verdict != "refused"]
    undone = {one.entry.undoes for one in entries}
    for one in reversed(entries):
        entry = one.entry
        if entry.kind == DECIDED and entry.id not in undone and but.isdisjoint((entry.id, *entry.because)):
            return one
    return None


def told_again(db: Database, case: Case, failed: Sequence[Stored], keeps: str) -> tuple[Stored, ...]:
    """The decisions that must be told again, so that those of the story kept are the ones that count."""
    if not is_about_decisions(case.head) or keeps not in {"left", "right"}:
        return ()
    other = refused(failed)
    those = frozenset(one.entry.id for one in other)
    made = []
    for one in other:
        specimen = str(one.entry.body["specimen"])
        now = standing(db, specimen)
        is_right = now is not None and one.entry.id in now.entry.because
        wanted = one if keeps == "right" else standing(db, specimen, those)
        if wanted is not None and is_right != (keeps == "right"):
            made.append(wanted)
    return tuple(made)


def outcomes(db: Database, case: Case, failed: Sequence[Stored]) -> tuple[str, str]:
    """What the decision on the left and the one on the right come to; empty where there is none."""
    other = refused(failed)
    right = next((one for one in other if one.entry.id == case.root), next(iter(other), None))
    if right is None:
        return "", ""
    left = standing(db, str(right.entry.body["specimen"]), frozenset(one.entry.id for one in other))
    return str(left.entry.body["outcome"]) if left else "", str(right.entry.body["outcome"])
