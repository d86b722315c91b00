"""What the fold itself must remember: subjects in dispute, and subjects frozen by a kind this version does not know."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.judge.premises import Judgement, Ruling
from gms_desktop.register.rows import Changes, new_row, table

table("dispute", "any", "verdict entry failures")
table("frozen", "any", "entry kind version#")
TABLES = frozenset({"dispute", "frozen"})


def disputed(entry: Entry, ruling: Ruling) -> Changes:
    """Rows that hold the subjects of an entry whose premises failed: shown everywhere as "in dispute"."""
    if ruling.judgement is Judgement.ACCEPTED:
        return {}
    said = "; ".join(f"{f.sort} {f.key}: stated {f.stated}, found {f.found}" for f in ruling.failures)
    return {
        ("dispute", subject): new_row("dispute", subject, verdict=ruling.judgement.value, entry=entry.id, failures=said)
        for subject in entry.premises.touches
    }


def froze(entry: Entry) -> Changes:
    """Rows that freeze the subjects of an entry which cannot be folded here."""
    return {
        ("frozen", subject): new_row("frozen", subject, entry=entry.id, kind=entry.kind, version=entry.version)
        for subject in entry.premises.touches
    }
