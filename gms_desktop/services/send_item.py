"""What is known of a thing that is to leave: gathered from the register, judged by the rules of packing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from gms_desktop import send_words, tissue_words
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.packing import Item, PackingRules
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import (
    consignment_look_up,
    examination_look_up,
    extraction_look_up,
    library_look_up,
    look_up,
    plate_look_up,
    rack_look_up,
    reading_look_up,
    storage_look_up,
    tissue_look_up,
)
from gms_desktop.register.afterwards import CANCELLED, CANCELLED_HERE
from gms_desktop.services import (
    case_list,
    conceded_on_paper,
    eluate_stops,
    examined,
    item_readings,
    measure_deciding,
    risks,
    sent_things,
    site_rules,
    stops,
    tissue_adequacy,
    tissue_pieces,
)
from gms_desktop.services.people_words import person
from gms_desktop.services.rack_standing import LEAVING
from gms_desktop.services.stored_things import Thing

_CONCEDES = frozenset({"accepted with comment", "accepted at discretion"})
_WANTED_NO_MORE = frozenset({CANCELLED, CANCELLED_HERE})


@dataclass(frozen=True)
class Behind:
    """What stands behind a thing: the tubes in it, the eluates in those, and the specimens they come from."""

    tubes: tuple[Row, ...] = ()
    eluates: tuple[Row, ...] = ()
    specimens: tuple[Row, ...] = ()


def profile(db: Database, row: Row) -> Destination | None:
    """The destination of a consignment as its profile says now; None where it is in the profiles no more."""
    return next((one for one in site_rules.destinations(db) if one.code == row["destination"]), None)


def item_of(db: Database, thing: Thing, destination: Destination, site: PackingRules, consignment: str = "") -> Item:
    """A thing as the rules of packing look at it."""
    behind = stands_behind(db, thing)
    first = behind.specimens[0] if behind.specimens else None
    seen = examined.examined(db, first["id"]) if first else examined.Examined()
    found = examined.type_of(db, first, seen) if first else None
    item = Item(
        sort=thing.sort,
        number=sent_things.number_of(thing),
        material=found.code if found else "",
        material_words=str(first["type"] or "") if first else "",
        accepted=all(str(one["outcome"] or "").startswith("accepted") for one in behind.specimens),
        holds=tuple(dict.fromkeys((*_holds(db, behind), *_not_assessed(db, thing)))),
        failed=_failed(db, thing, behind, destination),
        short=_short(db, thing, destination),
        concessions=(*_conceded(db, thing, behind), *_agreed(db, thing, destination)),
        conceded=tuple(one for one in _measured(thing, behind) if reading_look_up.concessions(db, one)),
        disputed=_disputed(db, thing, behind),
        discarded=_discarded(db, thing),
        high_risk=any(risks.risk_of(db, one).hazard for one in behind.specimens),
        category_a=bool(site.category_a & set(seen.condition or ())),
        papers_missing=tuple(one for one in destination.documents if seen.papers.get(one) != "present"),
    )
    return _placed(db, _named(db, item, behind) if destination.identifiers else item, thing, consignment)


def stands_behind(db: Database, thing: Thing) -> Behind:
    """The tubes in a thing, the eluates in those, and the specimens they come from."""
    tubes = [row for row in _tubes(db, thing) if row is not None]
    eluates = [extraction_look_up.eluate(db, row["source"]) for row in tubes if row["source_sort"] == "eluate"]
    if thing.sort == "eluate":
        eluates.append(extraction_look_up.eluate(db, thing.id))
    here = [row for row in eluates if row is not None]
    specimens = dict.fromkeys(row["specimen"] for row in (*tubes, *here) if row["specimen"])
    if thing.sort == "specimen":
        specimens[thing.id] = None
    if thing.sort == "aliquot" and (poured := examination_look_up.aliquot(db, thing.id)) is not None:
        specimens[poured["specimen"]] = None
    specimens |= dict.fromkeys(_of_tissue(db, thing))
    rows = (look_up.row(db, "specimen", one) for one in specimens)
    return Behind(tuple(tubes), tuple(here), tuple(row for row in rows if row is not None))


def _of_tissue(db: Database, thing: Thing) -> Iterator[str]:
    """The specimen that a piece of tissue is, or was cut from."""
    row = tissue_look_up.piece(db, thing.id) if thing.sort == "piece" else None
    seen = set[str]()
    while row is not None and row["id"] not in seen:
        seen.add(row["id"])
        if row["specimen"]:
            yield str(row["specimen"])
        row = tissue_look_up.piece(db, row["parent"]) if row["parent"] else None


def _tubes(db: Database, thing: Thing) -> Iterable[Row | None]:
    match thing.sort:
        case "tube":
            return (rack_look_up.tube(db, thing.id),)
        case "rack":
            return rack_look_up.tubes_in_rack(db, thing.id)
        case "plate":
            return (rack_look_up.tube(db, one["tube"]) for one in plate_look_up.wells(db, thing.id) if one["tube"])
        case "pool":
            libraries = library_look_up.libraries_in(db, thing.id)
            return (rack_look_up.tube(db, one["tube"]) for one in libraries if one["tube"])
    return ()


def _holds(db: Database, behind: Behind) -> Iterable[str]:
    for row in behind.specimens:
        why = stops.why_not(db, row, LEAVING)
        if why:
            yield f"{row['accession']}: {why}" if len(behind.specimens) > 1 else why
    yield from filter(None, (eluate_stops.why(db, row) for row in behind.eluates))


def _not_assessed(db: Database, thing: Thing) -> tuple[str, ...]:
    return tissue_adequacy.why_not_sent(db, thing.id) if thing.sort == "piece" else ()


def _short(db: Database, thing: Thing, destination: Destination) -> tuple[str, ...]:
    return tissue_adequacy.short_of(db, thing.id, destination) if thing.sort == "piece" else ()


def _agreed(db: Database, thing: Thing, destination: Destination) -> tuple[str, ...]:
    if thing.sort != "piece" or destination.tissue is None or not tissue_adequacy.agreed_short(db, thing.id):
        return ()
    return (tissue_words.SENT_SHORT,)


def _measured(thing: Thing, behind: Behind) -> list[str]:
    tubes, eluates = (f"tube:{row['id']}" for row in behind.tubes), (f"eluate:{row['id']}" for row in behind.eluates)
    return list(dict.fromkeys([thing.subject, *tubes, *eluates]))


def _failed(db: Database, thing: Thing, behind: Behind, destination: Destination) -> tuple[str, ...]:
    failing = chain.from_iterable(item_readings.failing(db, one) for one in _measured(thing, behind))
    said = measure_deciding.failing_words(row for row in failing if _asks(db, row, destination))
    return (said,) if said else ()


def _asks(db: Database, judged: Row, destination: Destination) -> bool:
    """Whether a rule that fails counts for a destination: not where another of our destinations asks for it."""
    rule = site_rules.qc_limits(db).rule(judged["rule"], judged["version"])
    wanted = rule.receiving.strip().casefold() if rule else ""
    if not wanted or wanted in _names(destination):
        return True
    # Who is asked for in other words is none that we know: then it counts for everybody.
    return not any(wanted in _names(one) for one in site_rules.destinations(db))


def _names(destination: Destination) -> set[str]:
    return {destination.code.casefold(), destination.name.casefold()}


def _conceded(db: Database, thing: Thing, behind: Behind) -> tuple[str, ...]:
    rows = chain.from_iterable(reading_look_up.concessions(db, one) for one in _measured(thing, behind))
    of_rules = [send_words.conceded_rule(row["rule"], row["version"]) for row in rows]
    outcomes = {row["outcome"] for row in behind.specimens} & _CONCEDES
    return (*dict.fromkeys(of_rules), *sorted(outcomes))


def on_paper(db: Database, item: Item, zone: str) -> str:
    """What was conceded of a thing, for the papers that go with it: the rule, who, with whom, why and when."""
    every = (row for one in item.conceded for row in reading_look_up.concessions(db, one))
    of_rules = {send_words.conceded_rule(row["rule"], row["version"]) for row in every}
    others = (one for one in item.concessions if one not in of_rules)
    return "; ".join((*conceded_on_paper.of_things(db, item.conceded, zone), *others))


def _disputed(db: Database, thing: Thing, behind: Behind) -> bool:
    parts = (f"specimen:{row['id']}" for row in behind.specimens)
    every = (thing.subject, *parts, *(f"tube:{row['id']}" for row in behind.tubes))
    return any(case_list.held(db, one) is not None for one in dict.fromkeys(every))


def _discarded(db: Database, thing: Thing) -> str:
    piece = tissue_look_up.piece(db, thing.id) if thing.sort == "piece" else None
    if piece is not None and not tissue_pieces.piece_of(piece).state.may_be_used:
        return str(piece["state"])
    row = storage_look_up.stored(db, thing.id)
    return str(row["route"] or "discarded") if row is not None and row["state"] == "gone" else ""


def _named(db: Database, item: Item, behind: Behind) -> Item:
    requests = [
        row
        for specimen in behind.specimens
        for row in look_up.requests_of_specimen(db, specimen["id"])
        if row["state"] not in _WANTED_NO_MORE
    ]
    patients = [*(row["patient"] for row in behind.specimens), *(row["patient"] for row in requests)]
    numbers = (person(db, one).participant for one in dict.fromkeys(patients) if one)
    return replace(
        item,
        referrals=_different(str(row["referral"] or "") for row in requests),
        participants=_different(numbers),
        tubes=_different(str(row["code"] or "") for row in behind.tubes),
    )


def _different(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in said if one))


def _placed(db: Database, item: Item, thing: Thing, consignment: str) -> Item:
    row = consignment_look_up.packed_in(db, thing.sort, thing.id)
    if row is None:
        return item
    here = row["id"] == consignment
    return replace(item, packed_in=str(row["number"]), packed_here=here, sent=State(row["state"]) in LEFT)
