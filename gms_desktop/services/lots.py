"""Kits of reagents: scanned on the home screen, their lot is entered and may be cited by later steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from devices.values import Scan
from gms_desktop import lot_words
from gms_desktop.domain import lots
from gms_desktop.domain.commands import Command
from gms_desktop.domain.dates import display
from gms_desktop.domain.identifiers.barcode import gs1
from gms_desktop.domain.identifiers.gs1 import Gs1Parts
from gms_desktop.domain.lots import Finding, Lot, Standing, Use
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import lots as register
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.rights import laboratory_day, today
from gms_desktop.services.views import Choice, Hit, Offer, WorkItem, WorkList

Facts = tuple[tuple[str, str], ...]
_SHOWN = (Standing.RECEIVED, Standing.RELEASED, *lots.ENDS)
_MOST_CHOICES = 12


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
    """What is said to a step on a day that is to cite a lot: refused, or a warning; None when it may."""
    row = register.lot(db, lot)
    return lot_words.unknown(lot) if row is None else _told(db, row, standing(row, day))


def of_new(db: Database, row: Mapping[str, Any]) -> Verdict | None:
    """The same of a kit that is only entered now."""
    return _told(db, row, Standing.RECEIVED)


def _told(db: Database, row: Mapping[str, Any], stands: Standing) -> Verdict | None:
    use = lots.may_use(stands, site_rules.lots(db))
    article = lot_words.named(row["words"] or "", row["gtin"])
    if use is Use.YES:
        return None
    if stands is Standing.EXPIRED:
        return lot_words.expired(row["number"], article, _until(row["expiry"]))
    said = lot_words.not_released if use is Use.NO else lot_words.used_all_the_same
    return said(row["number"], article, stands)


def standing(row: Row, day: date) -> Standing:
    """How a lot stands on a day."""
    return lots.standing(row["state"] or Standing.RECEIVED.value, _of_row(row).expiry, day)


def usable(db: Database, day: date) -> list[Row]:
    """The lots that a step may cite on a day, those released last first."""
    states = [Standing.RELEASED]
    states += [] if site_rules.lots(db) is lots.Unreleased.REFUSE else [Standing.RECEIVED]
    rows = [row for state in states for row in register.in_state(db, state.value, _MOST_CHOICES)]
    return [row for row in rows if lots.may_use(standing(row, day), site_rules.lots(db)) is not Use.NO]


def choice(row: Row) -> Choice:
    """A lot as it is chosen from a list."""
    return Choice(row["id"], f"{lot_words.named(row['words'] or '', row['gtin'])}, lot {row['number']}, {use_by(row)}")


def subject(text: str, symbology: str | None, db: Database) -> str | None:
    """The subject of the lot that a code names, where it was entered."""
    parts = gs1((symbology or "") + text)
    lot = lots.lot_of(parts) if parts else None
    return f"lot:{lot.id}" if lot and register.lot(db, lot.id) else None


def subjects(db: Database, query: str) -> list[str]:
    """Every lot, where "lots" is looked for; else those of a number as it is printed."""
    text = query.strip()
    if text.casefold() == "lots":
        return [f"lot:{row['id']}" for state in _SHOWN for row in register.in_state(db, state.value)]
    return [f"lot:{row['id']}" for row in register.numbered(db, text)]


def hit(db: Database, lot: str) -> Hit | None:
    """A lot as Find lists it."""
    row = register.lot(db, lot)
    if row is None:
        return None
    title = f"Lot {row['number']}, {lot_words.named(row['words'] or '', row['gtin'])}"
    return Hit(f"lot:{lot}", title, use_by(row), "lot")


def dated(ledger: Ledger, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Hits of which each lot says how it stands today."""
    day = laboratory_day(ledger)
    rows = {one.subject: register.lot(ledger.db, one.subject.partition(":")[2]) for one in hits if one.kind == "lot"}
    return tuple(
        replace(one, detail=detail(ledger.db, row, day)) if (row := rows.get(one.subject)) else one for one in hits
    )


def detail(db: Database, row: Row, day: date) -> str:
    """How a lot stands, until when it may be used, and in how much it was used."""
    state = lot_words.STATES[standing(row, day)]
    return f"{state}, {use_by(row)}, {lot_words.used_in(*register.cited(db, row['id']))}"


def offers(ledger: Ledger, sort: str, name: str) -> tuple[Offer, ...]:
    """What may be done with a lot that Find shows."""
    row = register.lot(ledger.db, name) if sort == "lot" else None
    if row is None:
        return ()
    stands = standing(row, laboratory_day(ledger))
    release = Offer(Command.RELEASE_LOT, lot_words.RELEASE, usual=True, argument=name)
    end = Offer(Command.END_LOT, lot_words.END, argument=name)
    may_be_released = stands in {Standing.RECEIVED, *lots.ENDS}
    return (*((release,) if may_be_released else ()), *(() if stands in lots.ENDS else (end,)))


def waiting(ledger: Ledger) -> WorkList:
    """Lots that nobody released yet, as a list that leads to them."""
    db, day = ledger.db, laboratory_day(ledger)
    rows = [row for row in register.in_state(db, Standing.RECEIVED.value) if standing(row, day) is Standing.RECEIVED]
    items = tuple(
        WorkItem(f"Lot {row['number']}", detail(db, row, day), VerdictKind.ATTENTION, "find", row["number"])
        for row in rows[:_MOST_CHOICES]
    )
    return WorkList(lot_words.LOTS, items, lot_words.NO_LOTS, len(rows))


def facts(ledger: Ledger, lot: str) -> Facts:
    """What is known of a lot."""
    db, row = ledger.db, register.lot(ledger.db, lot)
    if row is None:
        return ()
    odd = lot_words.TWO_DATES if row["other_expiry"] else ""
    private = store.private_values(db, [f"lot:{lot}"])
    shown = (
        ("State", lot_words.STATES[standing(row, laboratory_day(ledger))]),
        ("What it is", row["words"] or "not named yet"),
        ("Article (GTIN)", row["gtin"] if row["gtin"].isdigit() else ""),
        ("Lot", row["number"]),
        ("Use by", _until(row["expiry"])),
        ("Acceptance test" if row["state"] == Standing.RELEASED else "Why", private.get(row["note_private"] or "")),
        ("Used", lot_words.used_in(*register.cited(db, lot))),
        ("Odd", odd),
    )
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
        "words": None,
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


def use_by(row: Row) -> str:
    """A lot's last day of use in words."""
    return f"use by {_until(row['expiry'])}"


def _until(expiry: str | None) -> str:
    return display(date.fromisoformat(expiry)) if expiry else lot_words.NO_EXPIRY
