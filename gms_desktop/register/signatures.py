"""What was signed: the hash of what was on screen, and on which state of which subjects it rests."""

from __future__ import annotations

from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("signature", "signature", "job by role sha256 words_private at")
# One for each subject: a later entry of the subject voids the signature, and anyone can see that it does.
table("signature_of", "signature", "signature subject rests_on", "subject")

_KIND = "signed"


def reads(_entry: Entry) -> list[RowKey]:
    """A signature is new each time."""
    return []


def fold(entry: Entry, _rows: Rows) -> Changes:
    """Keep the signature, and each subject as it stood."""
    body = entry.body
    name = body["signature"]
    row = new_row("signature", name, words_private=body["words"], at=entry.occurred_at)
    row |= {field: body[field] for field in ("job", "by", "role", "sha256")}
    changes: Changes = {("signature", name): row}
    for place, rests_on in enumerate(body["rests_on"]):
        # Another program's entry may name fewer: the row is kept with what is not known left empty.
        subject, last = (*rests_on, None, None)[:2]
        row_id = f"{name}/{place:04d}"
        changes["signature_of", row_id] = new_row(
            "signature_of", row_id, signature=name, subject=subject, rests_on=last
        )
    return changes


GROUP = Group(frozenset({_KIND}), reads, fold)
