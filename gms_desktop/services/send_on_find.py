"""Consignments as Find shows them: what is in one, how it stands; and where a thing was sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gms_desktop import send_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import LEFT, State, Told
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import (
    consignment_look_up,
    examination_look_up,
    extraction_look_up,
    rack_look_up,
    tissue_look_up,
)
from gms_desktop.services import send_together
from gms_desktop.services.views import Hit, Offer


def subjects(db: Database, query: str) -> list[str]:
    """The consignment that has a number."""
    row = consignment_look_up.by_number(db, query.strip().partition("-BOX-")[0].partition("-BAG-")[0].upper())
    return [f"consignment:{row['id']}"] if row else []


def hit(db: Database, name: str) -> Hit | None:
    """A consignment as Find lists it."""
    row = consignment_look_up.consignment(db, name)
    if row is None:
        return None
    many = consignment_look_up.count(db, name)
    things = "1 thing" if many == 1 else f"{many} things"
    detail = f"{row['name']}, {things}: {send_words.STATES[State(row['state'])]}"
    return Hit(f"consignment:{name}", f"Consignment {row['number']}", detail, "consignment")


def facts(db: Database, sort: str, name: str, time_zone: str) -> tuple[tuple[str, str], ...]:
    """What is known of a consignment, or of where a thing and what was made of it went."""
    if sort == "consignment":
        row = consignment_look_up.consignment(db, name)
        return _of_consignment(db, row, time_zone) if row else ()
    found = []
    for thing, title in _things(db, sort, name):
        for row in consignment_look_up.of_item(db, thing):
            label = f"Sent, {title}" if title else "Sent"
            found.append((label, _of_item(row, time_zone)))
    return tuple(found)


def offers(db: Database, sort: str, name: str) -> tuple[Offer, ...]:
    """What Find offers: to go on with a consignment."""
    if sort != "consignment" or consignment_look_up.consignment(db, name) is None:
        return ()
    return (Offer(Command.SEND_SHOW, "Go on with it", argument=name),)


def _of_consignment(db: Database, row: Row, time_zone: str) -> tuple[tuple[str, str], ...]:
    known = store.private_values(db, [f"consignment:{row['id']}"])
    former = consignment_look_up.consignment(db, row["follows"] or "")
    after = ", ".join(str(one["number"]) for one in consignment_look_up.following(db, row["id"]))
    said = (
        ("For", row["name"]),
        ("State", send_words.STATES[State(row["state"])]),
        ("Priority", row["priority"]),
        ("Follows", former["number"] if former else ""),
        ("Followed by", after),
        ("Closed", _minute(row["closed_at"], time_zone) if row["closed_at"] else ""),
        ("Courier", " ".join(part for part in (row["courier"], row["reference"]) if part)),
        ("Taken", _minute(row["handed_at"], time_zone) if row["handed_at"] else ""),
        ("Signed by", known.get(row["signed_private"] or "")),
        ("Expected there", row["expected"]),
        ("Back by", row["return_by"]),
        ("Arrived", _minute(row["arrived_at"], time_zone) if row["arrived_at"] else ""),
        ("Told by", known.get(row["how_private"] or "")),
        ("They said", known.get(row["words_private"] or "")),
    )
    items = tuple(("Holds", item_words(one)) for one in consignment_look_up.items(db, row["id"], 100))
    return (*((name, str(value)) for name, value in said if value), *send_together.facts(db, row), *items)


def item_words(row: Row) -> str:
    """A thing of a consignment in one line."""
    told = send_words.TOLD[Told(row["told"])] if row["told"] else ""
    name = f"{send_words.ONE.get(row['sort'], row['sort'])} {row['number']}"
    return ", ".join(part for part in (name, row["container"], row["concessions"], told) if part)


def _of_item(row: Row, time_zone: str) -> str:
    state = State(row["consignment_state"])
    to = f"{row['consignment_number']} for {row['name']}"
    if row["state"] != "packed":
        return f"{row['state']}: {to}"
    when = f", {_minute(row['handed_at'], time_zone)}" if row["handed_at"] else ""
    told = f", {send_words.TOLD[Told(row['told'])]}" if row["told"] else ""
    left = "left in" if state in LEFT else "packed in"
    return f"{left} {to}{when}: {send_words.STATES[state]}{told}"


def _things(db: Database, sort: str, name: str) -> Iterator[tuple[str, str]]:
    """A thing itself, and for a specimen what was poured and extracted from it."""
    if sort not in send_words.SORTS:
        return
    yield name, ""
    if sort == "specimen":
        yield from ((row["id"], str(row["accession"])) for row in examination_look_up.aliquots_of(db, name))
        yield from ((row["id"], str(row["accession"] or "")) for row in extraction_look_up.eluates_of(db, name))
        yield from ((row["id"], str(row["code"])) for row in rack_look_up.tubes_of_specimen(db, name))
        piece = tissue_look_up.piece_of_specimen(db, name)
        yield from ((row["id"], "") for row in (piece,) if row is not None)


def _minute(at: str, time_zone: str) -> str:
    return dates.display_minute(dates.to_local(datetime.fromisoformat(at), time_zone))
