"""Exported files as the journal tells of them: noted when they are saved, and when they are taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gms_desktop.domain.exports import Export, Place, month_of, months_until
from gms_desktop.domain.minting import identity, instant
from gms_desktop.journal import store
from gms_desktop.journal.kinds_of_exports import REMOVED, SAVED
from gms_desktop.register import exports, look_up
from gms_desktop.register.ledger import Draft, Ledger

_BY_HAND = {"by": "hand", "device": "screen"}
_BY_ITSELF = {"by": "rule"}


def note_saved(
    ledger: Ledger, name: str, place: Place, sort: str, content: tuple[int, str], days: int, operator: str | None
) -> tuple[str, str]:
    """Write down that a file is about to be saved, inside the caller's transaction.

    Args:
        ledger: the bench's ledger.
        name: below the exports folder, or its whole path elsewhere.
        place: where it is saved.
        sort: what it is.
        content: its size in bytes and its SHA-256 in hex.
        days: how long it may lie there.
        operator: who saves it.

    Returns:
        The export's identity and month, for :func:`note_removed`.
    """
    now = ledger.clock.now()
    made, month, pen = identity(ledger.chance, now), month_of(now), ledger.pen()
    until = instant(now + timedelta(days=days)) if place is Place.OURS else None
    body = {
        "export": made,
        "month": month,
        "sort": sort,
        # A person may have named it after a patient.
        "name": pen.write(name, f"export:{made}"),
        "place": place.value,
        "size": content[0],
        "sha256": content[1],
        "kept_until": until,
        "bench": ledger.head.writer,
    }
    ledger.append([Draft(SAVED, body, pen.values, _BY_HAND)], operator)
    return made, month


def note_removed(ledger: Ledger, export: str, month: str, why: str, operator: str | None) -> None:
    """Write down that a file is not there any more, inside the caller's transaction."""
    body = {"export": export, "month": month, "why": why, "bench": ledger.head.writer}
    ledger.append([Draft(REMOVED, body, (), _BY_HAND if operator else _BY_ITSELF)], operator)


def listed(ledger: Ledger, months: Sequence[str] = ()) -> tuple[Export, ...]:
    """Every export of some months, of a year where none is named, of all benches that share, the newest first."""
    stored = exports.of_months(ledger.db, months or months_until(ledger.clock.now()))
    own = {writer.writer for writer in store.writers(ledger.db)}
    names = store.private_values(ledger.db, [f"export:{one.entry.body['export']}" for one in stored])
    found: dict[str, Export] = {}
    for one in stored:
        body = one.entry.body
        if one.entry.kind == SAVED:
            found[body["export"]] = _export(ledger, one, names, own=one.entry.writer in own)
        elif body["export"] in found:
            found[body["export"]] = replace(found[body["export"]], removed=body["why"])
    return tuple(reversed(found.values()))


def _export(ledger: Ledger, one: store.Stored, names: dict[str, str | None], *, own: bool) -> Export:
    entry, body = one.entry, one.entry.body
    began = look_up.incarnation(ledger.db, entry.writer)
    return Export(
        id=body["export"],
        month=body["month"],
        sort=body["sort"],
        name=names.get(body["name"]) or "",
        place=Place(body["place"]),
        size=body["size"],
        sha256=body["sha256"],
        saved_at=datetime.fromisoformat(entry.occurred_at),
        kept_until=datetime.fromisoformat(body["kept_until"]) if body["kept_until"] else None,
        operator=entry.operator,
        bench=str(began["bench"]) if began else "another bench",
        own=own,
    )
