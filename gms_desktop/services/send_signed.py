"""The signed file of a consignment: what its receiver's copy of this application turns into expected requests.

A tube goes with the rack and well it stands in; a thing of several patients, as a plate or a pool, names nobody.
"""

from __future__ import annotations

from decimal import Decimal

from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.packing import Item as Packed
from gms_desktop.domain.minting import instant
from gms_desktop.exchange.consignments import contents, signed_file
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, look_up, rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import send_item, sent_things
from gms_desktop.services.people_words import person
from gms_desktop.services.receive import Desk


def signed(ledger: Ledger, desk: Desk, row: Row, destination: Destination, items: list[tuple[Row, Packed]]) -> bytes:
    """The file, under the laboratory's key.

    Args:
        ledger: the bench's.
        desk: its memory, with the laboratory's secret.
        row: the consignment.
        destination: as its profile says now.
        items: what is packed, with what is known of each.
    """
    return signed_file.sign(manifest(ledger, row, destination, items), signed_file.laboratory_key(desk.secret()))


def fingerprint(desk: Desk) -> str:
    """The laboratory's key as its receivers compare it on the telephone, before they enter it among their senders."""
    return signed_file.fingerprint(signed_file.laboratory_key(desk.secret()).public_key().public_bytes_raw())


def manifest(ledger: Ledger, row: Row, destination: Destination, items: list[tuple[Row, Packed]]) -> contents.Manifest:
    """What the file says."""
    db = ledger.db
    former, laboratory = consignment_look_up.consignment(db, row["follows"] or ""), look_up.laboratory(db)
    zone = str(laboratory["time_zone"]) if laboratory else "Europe/London"
    return contents.Manifest(
        sender=_sender(db),
        receiver=contents.Party(name=destination.name, ods=destination.ods, telephone=destination.telephone),
        consignment=str(row["number"]),
        closed_at=instant(ledger.clock.now()),
        items=tuple(made for one in items if (made := _item(db, *one, destination, zone)) is not None),
        priority=str(row["priority"]),
        temperature=destination.temperature,
        coldest=_degrees(destination.coldest),
        warmest=_degrees(destination.warmest),
        follows=str(former["number"]) if former else "",
    )


def _degrees(limit: Decimal | None) -> str:
    return "" if limit is None else f"{limit:f}"


def _sender(db: Database) -> contents.Party:
    laboratory = look_up.laboratory(db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    return contents.Party(name=laboratory["name"], ods=laboratory["ods"] or "")


def _item(db: Database, packed: Row, known: Packed, destination: Destination, zone: str) -> contents.Item | None:
    thing = sent_things.of_row(db, packed["sort"], packed["item"])
    if thing is None:
        return None
    behind = send_item.stands_behind(db, thing)
    alone = behind.specimens[0] if len(behind.specimens) == 1 else None
    requests = look_up.requests_of_specimen(db, alone["id"]) if alone else []
    asked = requests[0] if requests else {}
    rack, well = stands(db, behind.tubes[0]) if thing.sort == "tube" else ("", "")
    number = sent_things.number_of(thing)
    return contents.Item(
        number=number,
        sort=thing.sort,
        codes=tuple(dict.fromkeys((*(str(one["code"]) for one in behind.tubes), number))),
        type=str(alone["type"] or "") if alone else "",
        rack=rack,
        well=well,
        referral=str(asked.get("referral") or ""),
        test=str(asked.get("test") or ""),
        role=str(asked.get("role") or ""),
        collected=str(asked.get("collected") or ""),
        high_risk="high infection risk" if known.high_risk else "",
        concession=send_item.on_paper(db, known, zone),
        back_by=_back_by(destination),
        person=_person(db, alone) if alone else contents.Person(),
    )


def stands(db: Database, tube: Row) -> tuple[str, str]:
    """The code of the rack that a tube stands in, and its well."""
    rack = rack_look_up.rack(db, tube["rack"]) if tube["rack"] else None
    return (str(rack["code"]), str(tube["well"] or "")) if rack else ("", "")


def _back_by(destination: Destination) -> str:
    return f"within {destination.return_days} days" if destination.return_days else ""


def _person(db: Database, specimen: Row) -> contents.Person:
    who = person(db, specimen["patient"])
    return contents.Person(
        surname=who.surname,
        forename=who.forename,
        birth_date=who.born,
        nhs_number=who.nhs,
        hospital_number=next((number for _, number in who.hospital), ""),
        participant=who.participant,
    )
