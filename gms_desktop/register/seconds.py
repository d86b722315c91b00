"""What a second person is asked to confirm or countersign, and what they said."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, changed, new_row, table

# `alone` is how it is done with one person on duty; `act` the entry that asked, which is the act itself where it was
# done already and is to be countersigned.
table(
    "second",
    "second",
    "job subject words_private sha256 by alone due bench act state decided_by decided_at reason_private used_at at",
    "state,at",
)

_KINDS = frozenset({"second.asked", "second.given", "second.declined", "second.used"})


def reads(entry: Entry) -> list[RowKey]:
    """The row of what was asked."""
    return [("second", entry.body["second"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """Note what was asked, and how it was answered."""
    body, at = entry.body, entry.occurred_at
    key = ("second", body["second"])
    if entry.kind == "second.asked":
        same = {name: body[name] for name in ("job", "subject", "sha256", "by", "alone", "due", "bench")}
        row = new_row("second", key[1], words_private=body["words"], act=entry.action, state="asked", at=at)
        return {key: row | same}
    known = rows.get(key) or new_row("second", key[1])
    if entry.kind == "second.used":
        return {key: changed(known, state="used", used_at=at)}
    if known["state"] == "used":
        # The same person confirmed it at another bench too, and it has served by now.
        return {}
    given = entry.kind == "second.given"
    said = {"decided_by": body["by"], "decided_at": at, "reason_private": None if given else body["reason"]}
    return {key: changed(known, state="given" if given else "declined", **said)}


GROUP = Group(_KINDS, reads, fold)
