"""The laboratory's own rules and lists, each in its approved version, whole; and what is proposed in its place."""

from __future__ import annotations

from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.database import Row as Found
from gms_desktop.journal.entry import Entry
from gms_desktop.register.rows import Changes, Group, RowKey, Rows, new_row, table

table("site_data", "site_data", "version effective sha256 text approver at")
table("site_proposal", "site_data", "version effective sha256 text comment proposer at")

_SAME = ("version", "effective", "sha256", "text")
# Rows of one sort of site data stand together under the first part of their names.
_begun = text_statement("SELECT * FROM site_data WHERE id >= :low AND id < :high ORDER BY id")
_proposed = text_statement("SELECT * FROM site_proposal WHERE id >= :low AND id < :high ORDER BY id")
_proposal = text_statement("SELECT * FROM site_proposal WHERE id = :id")


def reads(entry: Entry) -> list[RowKey]:
    """The rows of that name."""
    if entry.kind == "site_data.proposed":
        return [("site_proposal", entry.body["name"])]
    return [("site_data", entry.body["name"]), ("site_proposal", entry.body["name"])]


def fold(entry: Entry, rows: Rows) -> Changes:
    """The newest approved version stands, and so does the newest proposal until it, or another, is approved."""
    body = entry.body
    same = {name: body[name] for name in _SAME}
    key, proposal = ("site_data", body["name"]), ("site_proposal", body["name"])
    if entry.kind == "site_data.proposed":
        row = new_row("site_proposal", body["name"], at=entry.occurred_at, proposer=body["by"], comment=body["comment"])
        return {proposal: row | same}
    row = new_row("site_data", body["name"], at=entry.occurred_at, approver=body["by"])
    return {key: row | same} | ({proposal: None} if rows.get(proposal) is not None else {})


def proposal(db: Database, name: str) -> Found | None:
    """What is proposed under a name and not approved yet."""
    return db.one(_proposal, {"id": name})


def begun(db: Database, prefix: str) -> list[Found]:
    """What is approved under every name that begins so; the prefix ends in a hyphen."""
    return db.all(_begun, _range(prefix))


def proposed(db: Database, prefix: str) -> list[Found]:
    """What is proposed under every name that begins so; the prefix ends in a hyphen."""
    return db.all(_proposed, _range(prefix))


def _range(prefix: str) -> dict[str, str]:
    return {"low": prefix, "high": prefix[:-1] + chr(ord(prefix[-1]) + 1)}


GROUP = Group(frozenset({"site_data.approved", "site_data.proposed"}), reads, fold)
