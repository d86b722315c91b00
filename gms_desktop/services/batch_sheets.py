"""The sheet of an extraction batch: what it says of the batch as the register has it now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gms_desktop import extract_words
from gms_desktop.domain.extraction import Role
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import extraction_look_up, look_up
from gms_desktop.register import lots as lot_register
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import conceded_on_paper, eluates, extract_scans, lots
from gms_desktop.services.batches import OpenBatch
from gms_desktop.services.imprints import imprint

if TYPE_CHECKING:
    from gms_desktop.documents.batch_sheet import BatchSheet, SheetPosition


def sheet_of(ledger: Ledger, here: OpenBatch, bench: str) -> BatchSheet:
    """What the sheet of a batch says.

    Raises:
        Refused: when nothing is placed.
    """
    from gms_desktop.documents.batch_sheet import BatchSheet
    from gms_desktop.documents.rejection_report import made

    db, row, by = ledger.db, here.row, imprint(ledger, bench)
    laboratory = look_up.laboratory(db)
    if not here.positions or laboratory is None:
        raise Refused(extract_words.nothing_placed(row["number"]).sentence)
    used = [(one["part"], lot_register.lot(db, one["lot"])) for one in extraction_look_up.lots(db, row["id"])]
    facts = (
        ("State", extract_scans.state_words(here)),
        ("Instrument", row["instrument"] or "not stated"),
        ("Input", row["input"] or "not stated"),
        ("Elution", f"{row['elution']} µl, nominal" if row["elution"] else "not laid down"),
        *((part, f"lot {lot['number']}, {lots.use_by(lot)}") for part, lot in used if lot is not None),
        ("Blanks", ", ".join(here.batch.of(Role.BLANK)) or "no blank"),
    )
    return BatchSheet(
        number=row["number"],
        title=f"{row['words']} ({row['version']})",
        facts=facts,
        shape=Shape(row["rows"], row["columns"]),
        positions=tuple(_position(db, one) for one in here.positions.values()),
        laboratory=by.laboratory,
        made=f"As recorded. {made(by)}",
        rehearsal=by.rehearsal,
        conceded=tuple(_conceded(db, here, laboratory["time_zone"])),
    )


def _conceded(db: Database, here: OpenBatch, zone: str) -> Iterator[str]:
    """What goes on in the batch, or came out of it, although it fails."""
    for position, row in here.positions.items():
        said = conceded_on_paper.of_specimen(db, row["specimen"], zone) if row["specimen"] else ()
        of_eluate = (f"eluate:{row['eluate']}",) if row["eluate"] else ()
        every = (*said, *conceded_on_paper.of_things(db, of_eluate, zone))
        yield from (f"{position} {row['code'] or ''}: {words}" for words in every)


def _position(db: Database, row: Row) -> SheetPosition:
    from gms_desktop.documents.batch_sheet import SheetPosition

    made = extraction_look_up.eluate(db, row["eluate"]) if row["eluate"] else None
    out = f"out: {eluates.named(db, made)}" if made else ""
    if row["state"] == "failed":
        out = f"came to nothing: {row['reason']}"
    return SheetPosition(row["position"], row["role"], row["code"] or "", out)
