"""What the fold itself must remember: subjects in dispute, and subjects frozen by a kind this version does not know.

A case is a root, an entry whose premises failed, and all that fails because of it: an entry that fails while one of its
subjects is in dispute joins that subject's case. Each row belongs to a subject that its entry touches; the case as a
whole is a question to these rows (decision 19).
"""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop.journal.entry import Entry
from gms_desktop.judge import keys
from gms_desktop.judge.premises import Failure, Judgement, Ruling
from gms_desktop.register.rows import LONGEST_INDEXED, Changes, Row, RowKey, changed, new_row, table

# `entry` is the first that failed, `entries` how many are not settled yet, `root` the entry that names the case.
table("dispute", "any", "verdict entry failures root entries#", "root")
# One for each entry that failed and each subject it touches. `other` is who holds what this entry would have.
table(
    "case_entry",
    "any",
    "subject entry root verdict kind sort key stated other code sender_code operator writer at",
    "root",
    ("other", "other IS NOT NULL"),
    ("code", "code IS NOT NULL"),
    ("sender_code", "sender_code IS NOT NULL"),
)
table("frozen", "any", "entry kind version#")
TABLES = frozenset({"dispute", "case_entry", "case_task", "frozen"})

# What stands on a thing as a code, by the sort of the key that is claimed for it.
_CODES = ("accession", "tube", "label", "plate", "downtime")
_ARRIVAL = "last:arrival:"

Before = Callable[[RowKey], Row | None]


def part(subject: str, name: str) -> str:
    """The id of a row that is one of several of a subject."""
    return f"{subject}//{name}"


def disputed(entry: Entry, ruling: Ruling, before: Before) -> Changes:
    """Rows that hold the subjects of an entry whose premises failed: shown everywhere as "in dispute".

    Args:
        entry: the entry, and
        ruling: what the judge said of it.
        before: a row of one of the entry's subjects as it stands; None when there is none.
    """
    if ruling.judgement is Judgement.ACCEPTED:
        return {}
    touches = entry.premises.touches
    known = {subject: before(("dispute", subject)) for subject in touches}
    root = next((row["root"] for row in known.values() if row is not None), entry.id)
    common = _common(entry, ruling, root, before)
    changes: Changes = {}
    for subject, row in known.items():
        key = ("case_entry", part(subject, entry.id))
        again = before(key) is not None
        changes[key] = new_row("case_entry", key[1], subject=subject) | common
        # The codes of what was refused are found by one of its rows.
        common |= {"code": None, "sender_code": None}
        if row is None:
            changes["dispute", subject] = _held(subject, entry, ruling, root)
        elif not again:
            changes["dispute", subject] = changed(row, entries=row["entries"] + 1)
    return changes


def _held(subject: str, entry: Entry, ruling: Ruling, root: str) -> Row:
    said = "; ".join(f"{f.sort} {f.key}: stated {f.stated}, found {f.found}" for f in ruling.failures)
    verdict = ruling.judgement.value
    return new_row("dispute", subject, verdict=verdict, entry=entry.id, failures=said, root=root, entries=1)


def _common(entry: Entry, ruling: Ruling, root: str, before: Before) -> Row:
    failure = next((f for f in ruling.failures if f.found is not None), next(iter(ruling.failures), None))
    row: Row = {
        "entry": entry.id,
        "root": root,
        "verdict": ruling.judgement.value,
        "kind": entry.kind,
        "operator": entry.operator,
        "writer": entry.writer,
        "at": entry.occurred_at,
    }
    if failure is not None:
        other = _other(entry, failure, before)
        row |= {"sort": failure.sort, "key": failure.key, "stated": failure.stated, "other": other}
    if ruling.judgement is Judgement.REFUSED:
        row |= {"code": _code(entry), "sender_code": _text(entry.body.get("sender_code"))}
    return row


def _other(entry: Entry, failure: Failure, before: Before) -> str | None:
    """Who stands on the other side: of a tube received twice the specimen that has its place, else the holder found."""
    place = failure.key.removeprefix(_ARRIVAL)
    if place != failure.key and f"request:{place.partition('/')[0]}" in entry.premises.touches:
        kept = before(("expected_tube", place))
        if kept is not None and kept["specimen"]:
            return f"specimen:{kept['specimen']}"
    return _text(failure.found)


def _code(entry: Entry) -> str | None:
    claimed = (key for key, _ in entry.premises.claims if keys.sort_of(key) in _CODES)
    return next((key.partition(":")[2] for key in claimed), None)


def _text(value: object) -> str | None:
    return value if type(value) is str and 0 < len(value) <= LONGEST_INDEXED else None


def froze(entry: Entry) -> Changes:
    """Rows that freeze the subjects of an entry which cannot be folded here."""
    return {
        ("frozen", subject): new_row("frozen", subject, entry=entry.id, kind=entry.kind, version=entry.version)
        for subject in entry.premises.touches
    }
