"""What entries of one kind say of a subject: of a thousand entries about a consignment only these are decoded."""

from __future__ import annotations

from gms_desktop.journal import store
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.entry import Entry, from_bytes

_said = text_statement(
    "SELECT e.bytes FROM touch t JOIN entry e ON e.n = t.n "
    "WHERE t.subject = :subject AND instr(e.bytes, CAST(:named AS BLOB)) > 0 ORDER BY t.n"
)


def of_kind(db: Database, subject: str, kind: str) -> list[Entry]:
    """Entries of a kind that touch a subject, oldest first."""
    known = db.tuples(_said, {"subject": subject, "named": f'"kind":"{kind}"'})
    entries = [from_bytes(bytes(content)) for (content,) in known]
    entries += [one.entry for one in store.newest(db) if subject in one.entry.premises.touches]
    # The words of a kind may stand in another entry's body too.
    return [one for one in entries if one.kind == kind]
