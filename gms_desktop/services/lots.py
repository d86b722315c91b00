"""Kits of reagents: scanned on the home screen, their lot is entered and may be cited by later steps."""

from __future__ import annotations

from datetime import date

from devices.values import Scan
from gms_desktop import lot_words
from gms_desktop.domain import lots
from gms_desktop.domain.dates import display
from gms_desktop.domain.identifiers.barcode import gs1
from gms_desktop.domain.identifiers.gs1 import Gs1Parts
from gms_desktop.domain.lots import Finding, Lot
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import lots as register
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.rights import today
from gms_desktop.services.views import Hit

Facts = tuple[tuple[str, str], ...]


def scan(ledger: Ledger, said: Scan, bench: str, time_zone: str) -> Outcome | None:
    """Answer the code of a kit; None where it is none, or that of a wristband or a consignment."""
    parts = gs1((said.symbology or "") + said.text)
    if parts is None or not parts.gtin or parts.private:
        return None
    lot = lots.lot_of(parts)
    row = register.lot(ledger.db, lot.id) if lot else None
    found = lots.judge(parts, _of_row(row) if row else None, today(ledger, time_zone))
    if lot is None:
        return Outcome(lot_words.no_lot(said.text))
    verdict = _words(found, lot, row, said.text, today(ledger, time_zone))
    if found not in {Finding.NEW, Finding.NO_EXPIRY}:
        return Outcome(verdict)
    told = {"by": said.entered.value, "device": said.source}
    return Outcome(verdict, (Draft("lot.entered", _body(parts, lot, bench), input=told),))


def may_be_used(db: Database, lot: str, day: date) -> Verdict | None:
    """Why a step on a day may not cite a lot; None when it may."""
    row = register.lot(db, lot)
    if row is None:
        return lot_words.no_lot(lot)
    expired = lots.is_expired(_of_row(row).expiry, day)
    return lot_words.expired(row["number"], row["gtin"], _until(row["expiry"])) if expired else None


def subject(text: str, symbology: str | None, db: Database) -> str | None:
    """The subject of the lot that a code names, where it was entered."""
    parts = gs1((symbology or "") + text)
    lot = lots.lot_of(parts) if parts else None
    return f"lot:{lot.id}" if lot and register.lot(db, lot.id) else None


def hit(db: Database, lot: str) -> Hit | None:
    """A lot as Find lists it."""
    row = register.lot(db, lot)
    return Hit(f"lot:{lot}", f"Lot {row['number']}", f"{row['gtin']}  {_use_by(row)}", "lot") if row else None


def facts(db: Database, lot: str) -> Facts:
    """What is known of a lot."""
    row = register.lot(db, lot)
    if row is None:
        return ()
    odd = lot_words.TWO_DATES if row["other_expiry"] else ""
    shown = (("Article (GTIN)", row["gtin"]), ("Lot", row["number"]), ("Use by", _until(row["expiry"])), ("Odd", odd))
    return tuple((name, value) for name, value in shown if value)


def _body(parts: Gs1Parts, lot: Lot, bench: str) -> dict[str, object]:
    return {
        "lot": lot.id,
        "gtin": lot.gtin,
        "number": lot.number,
        "expiry": lot.expiry.isoformat() if lot.expiry else None,
        "serial": parts.serial or None,
        "count": parts.count,
        "additional": parts.additional or None,
        "elements": [list(one) for one in parts.elements],
        "unread": list(parts.unread),
        "bench": bench,
    }


def _words(found: Finding, lot: Lot, row: Row | None, code: str, day: date) -> Verdict:
    said = _until(lot.expiry.isoformat() if lot.expiry else None)
    before = _until(row["expiry"]) if row else said
    match found:
        case Finding.RUN_IN:
            return lot_words.run_in(code)
        case Finding.EXPIRED:
            # This box may say a later date than one of its lot before: the one that is past is told.
            return lot_words.expired(lot.number, lot.gtin, said if lots.is_expired(lot.expiry, day) else before)
        case Finding.OTHER_EXPIRY:
            return lot_words.other_expiry(lot.number, lot.gtin, said, before)
        case Finding.NO_EXPIRY:
            return lot_words.entered_without_expiry(lot.number, lot.gtin)
        case Finding.KNOWN:
            return lot_words.known(lot.number, lot.gtin, before)
    return lot_words.entered(lot.number, lot.gtin, said)


def _of_row(row: Row) -> Lot:
    return Lot(row["gtin"], row["number"], date.fromisoformat(row["expiry"]) if row["expiry"] else None)


def _use_by(row: Row) -> str:
    return f"use by {_until(row['expiry'])}"


def _until(expiry: str | None) -> str:
    return display(date.fromisoformat(expiry)) if expiry else lot_words.NO_EXPIRY
