"""A scan at index plates and pools: an index plate, a plate whose wells get indexes or are pooled, a pool's tube."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from devices.values import Entered, Scan
from gms_desktop import (
    discard_words,
    index_plate_words,
    indexing_words,
    plating_words,
    stored_words,
    tube_words,
    words,
)
from gms_desktop.domain import dates, lots
from gms_desktop.domain.identifiers import plate_code
from gms_desktop.domain.index_use import give
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import library_look_up, plate_look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, libraries, rights, site_rules
from gms_desktop.services.at_index import AtIndex
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved

PLACE = "plates"
# So many libraries fit into one entry: two sets of 96 four times over.
MOST_POOLED = 384


def is_known(db: Database, text: str) -> bool:
    """Whether a code is an index plate's or a pool's: it is shown as such, whatever Plates shows now."""
    code = text.strip()
    sort, _ = library_look_up.holder_of_plate_code(db, code)
    return sort == "index_plate" or library_look_up.pool_by_code(db, code) is not None


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    """Answer one scan at index plates and pools."""
    desk.told = {"by": said.entered.value, "device": said.source}
    if desk.question:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    if not desk.index.on:
        desk.index = AtIndex(on=True)
    return replace(_scan(ledger, desk, code, said), place=PLACE)


def _scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    db, text = ledger.db, said.text.strip()
    if case_list.held_code(db, code) is not None:
        return Outcome(tube_words.in_dispute(code.code))
    sort, held = library_look_up.holder_of_plate_code(db, text)
    if sort == "index_plate":
        return open_index_plate(ledger, desk, held)
    if sort == "plate":
        row = plate_look_up.plate(db, held)
        return open_plate(ledger, desk, row) if row is not None else Outcome(indexing_words.no_code(text))
    pool = library_look_up.pool_by_code(db, text)
    if pool is not None:
        desk.index = AtIndex(on=True, pool=pool["id"])
        return Outcome(indexing_words.pool_known(pool["code"], pool["libraries"]))
    if rack_look_up.holder_of_code(db, text) or code.number or code.matches or code.patients:
        return Outcome(indexing_words.no_code(text))
    if desk.index.pooling:
        if (another := plate_code.shape_of_another(code.kinds, but=plate_code.OF_A_TUBE)) is not None:
            return Outcome(indexing_words.pool_another_shape(text, plating_words.shape(another)))
        return _made(ledger, desk, text, typed=said.entered is Entered.TYPED)
    if (another := plate_code.shape_of_another(code.kinds)) is not None:
        return Outcome(plating_words.another_shape(text, another))
    return _unknown(db, desk, text, typed=said.entered is Entered.TYPED)


def _unknown(db: Database, desk: Desk, text: str, *, typed: bool) -> Outcome:
    if not plate_code.can_be_written(text):
        return Outcome(indexing_words.no_code(text))
    if typed:
        return Outcome(words.typed_number(text))
    if not library_look_up.sets(db):
        return Outcome(indexing_words.no_set())
    desk.index = replace(AtIndex(on=True, plate=desk.index.plate), code=text)
    return Outcome(indexing_words.not_known(text))


def open_index_plate(ledger: Ledger, desk: Desk, name: str) -> Outcome:
    """Take an index plate in hand; with a plate in view, its wells get indexes from it."""
    row = library_look_up.index_plate(ledger.db, name)
    if row is None or case_list.held(ledger.db, f"index_plate:{name}") is not None:
        return Outcome(tube_words.in_dispute(row["code"] if row else "This index plate"))
    waits = desk.index.plate
    desk.index = AtIndex(on=True, index_plate=name, plate=waits)
    plate = plate_look_up.plate(ledger.db, waits) if waits else None
    if plate is not None and waiting_wells(ledger.db, waits):
        return proposed(ledger, desk, row, plate)
    desk.index = replace(desk.index, plate="")
    expired = expiry_words(ledger, row)
    free = len(libraries.free(ledger.db, row))
    return Outcome(indexing_words.opened(row["code"], libraries.set_of(ledger.db, row).name, free, expired))


def expiry_words(ledger: Ledger, row: Row) -> str:
    """That the last day of use of an index plate is over; empty where it is not, or not known."""
    last = date.fromisoformat(row["expiry"]) if row["expiry"] else None
    if last is None or not lots.is_expired(last, rights.laboratory_day(ledger)):
        return ""
    return indexing_words.is_expired(dates.display(last))


def open_plate(ledger: Ledger, desk: Desk, row: Row) -> Outcome:
    """Take a plate in view, give its wells indexes, or have its libraries join the pool in hand."""
    if case_list.held(ledger.db, f"plate:{row['id']}") is not None:
        return Outcome(tube_words.in_dispute(row["code"]))
    if row["state"] == "discarded":
        return Outcome(stored_words.is_gone(f"Plate {row['code']}", row["route"]))
    if row["state"] != "made":
        return Outcome(indexing_words.not_made(row["code"]))
    if desk.index.pooling:
        return _into_pool(ledger, desk, row)
    known, waits = library_look_up.libraries_of_plate(ledger.db, row["id"]), waiting_wells(ledger.db, row["id"])
    index_plate = library_look_up.index_plate(ledger.db, desk.index.index_plate) if desk.index.index_plate else None
    if waits and index_plate is not None:
        return proposed(ledger, desk, index_plate, row)
    desk.index = AtIndex(on=True, plate=row["id"])
    if waits:
        return Outcome(indexing_words.plate_without(row["code"]))
    if known:
        return Outcome(indexing_words.has_all(row["code"], len(known)))
    return Outcome(indexing_words.holds_no_tube(row["code"]))


def waiting_wells(db: Database, plate: str) -> list[str]:
    """The wells of a plate that hold a tube's DNA and have no index yet."""
    known = library_look_up.libraries_of_plate(db, plate)
    held = [one for one in plate_look_up.wells(db, plate) if one["tube"] and not one["left_out_private"]]
    return [one["well"] for one in held if one["well"] not in known]


def proposed(ledger: Ledger, desk: Desk, index_plate: Row, plate: Row) -> Outcome:
    """Give the wells of a plate their indexes, for a person to look at."""
    expired = expiry_words(ledger, index_plate)
    waits, free = waiting_wells(ledger.db, plate["id"]), libraries.free(ledger.db, index_plate)
    desk.index = AtIndex(on=True, index_plate=index_plate["id"], plate=plate["id"])
    if expired:
        return Outcome(words.refused("Past its last day", f"{index_plate['code']}: {expired}"))
    given = give(waits, free)
    if given is None:
        return Outcome(indexing_words.too_few(index_plate["code"], len(free), len(waits)))
    desk.index = replace(desk.index, wells=tuple(given.wells.items()))
    return Outcome(indexing_words.proposed(plate["code"], index_plate["code"], len(given.wells), same=given.same))


def _into_pool(ledger: Ledger, desk: Desk, row: Row) -> Outcome:
    known = library_look_up.libraries_of_plate(ledger.db, row["id"])
    if not known:
        return Outcome(indexing_words.no_libraries(row["code"]))
    now = tuple(dict.fromkeys((*desk.index.pooled, *(one["id"] for one in known.values()))))
    if len(now) > MOST_POOLED:
        return Outcome(indexing_words.pool_full(MOST_POOLED))
    desk.index = replace(desk.index, plate=row["id"], pooled=now)
    pooled = in_hand(ledger.db, desk.index)
    found = [*stopped_words(ledger.db, pooled).values(), *libraries.said(libraries.odd(ledger.db, pooled))]
    return Outcome(indexing_words.into_pool(row["code"], len(known), len(now), found))


def stopped_words(db: Database, pooled: list[Row]) -> dict[str, str]:
    """The libraries that may not be sequenced, each with why."""
    found = {row["id"]: _gone(db, row["plate"]) or libraries.stopped(db, row) for row in pooled}
    return {one: indexing_words.may_not_be_pooled(libraries.name(db, one), why) for one, why in found.items() if why}


def _gone(db: Database, plate: str) -> str:
    row = plate_look_up.plate(db, plate)
    return discard_words.PLATE_GONE if row is not None and row["state"] == "discarded" else ""


def in_hand(db: Database, at: AtIndex) -> list[Row]:
    """The libraries that go into the pool in hand."""
    return [row for one in at.pooled if (row := library_look_up.library(db, one)) is not None]


def _made(ledger: Ledger, desk: Desk, code: str, *, typed: bool) -> Outcome:
    """The pool gets the code of its tube: only where all of its libraries can be told apart."""
    pooled = in_hand(ledger.db, desk.index)
    if not pooled:
        return Outcome(indexing_words.pool_empty())
    if not plate_code.can_be_written(code):
        return Outcome(indexing_words.no_pool_code(code))
    if typed:
        return Outcome(words.typed_number(code))
    if len(pooled) < len(desk.index.pooled):
        return Outcome(words.changed_meanwhile())
    stopped = stopped_words(ledger.db, pooled)
    if stopped:
        return Outcome(indexing_words.pool_not_made(code, next(iter(stopped.values()))))
    blocks = [one for one in libraries.odd(ledger.db, pooled) if one.blocks]
    if blocks:
        return Outcome(indexing_words.pool_not_made(code, index_plate_words.finding(blocks[0])))
    rules, plates = site_rules.pools(ledger.db), dict[str, list[str]]()
    for row in pooled:
        plates.setdefault(row["plate"], []).append(row["well"])
    body = {
        "pool": ledger.identity(),
        "code": code,
        "libraries": [{"plate": plate, "wells": wells} for plate, wells in plates.items()],
        "mismatches": rules.mismatches,
        "rules": rules.version,
        "bench": desk.place.bench,
    }
    desk.index = AtIndex(on=True, pool=str(body["pool"]))
    return Outcome(indexing_words.pooled(code, len(pooled)), (Draft("pool.made", body, input=desk.told),))
