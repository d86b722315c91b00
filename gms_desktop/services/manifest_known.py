"""What the register knows of one tube that a manifest of whole genome sequencing has a row for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from devices.measured import Analyte, Quantity, Says
from gms_desktop.domain import dates
from gms_desktop.domain.readings.judging import Word
from gms_desktop.domain.remaining import shown
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import examination_look_up, extraction_look_up, look_up, rack_look_up, tissue_look_up
from gms_desktop.register.afterwards import CANCELLED, CANCELLED_HERE
from gms_desktop.services import (
    examined,
    item_readings,
    plate_families,
    sent_things,
    site_rules,
    tissue_adequacy,
    tissue_pieces,
    volume_left,
)
from gms_desktop.services.people_words import Person, person
from gms_desktop.services.send_item import stands_behind

_WANTED_NO_MORE = frozenset({CANCELLED, CANCELLED_HERE})
_GOOD = frozenset({Word.MEETS, Word.NO_RULE})
OVER_23_KB = ">23kb"
"""How a reading of the part above 23 kb is named here, whatever spaces its instrument writes."""


@dataclass(frozen=True)
class Known:
    """One tube with everything that a row of a manifest is made of; empty where the register says nothing.

    Attributes:
        number: by which people name the thing that is packed.
        tube: its FluidX code; empty for what is in no tube.
        told: what the request tells of the specimen, as ``proband`` or ``tumour``.
        type_code, type_words: of the specimen, as found.
        material: what is in the tube, in the words of the extraction; empty where it was filled from a specimen.
        neoplastic: percentage of neoplastic nuclei as it was assessed last.
        readings: the values that stand, by quantity.
        passed: whether what was measured meets every rule by which it was judged.
    """

    number: str
    tube: str = ""
    rack: str = ""
    well: str = ""
    specimen: Row = field(default_factory=dict)
    request: Row = field(default_factory=dict)
    structure: str = ""
    person: Person | None = None
    told: str = ""
    type_code: str = ""
    type_words: str = ""
    eluate: str = ""
    material: str = ""
    protocol: str = ""
    volume: str = ""
    banked: str = ""
    neoplastic: str = ""
    received_on: str = ""
    collected_on: str = ""
    readings: dict[str, str] = field(default_factory=dict)
    passed: bool = False


def known(db: Database, packed: Row, time_zone: str) -> Known:
    """What the register knows of a packed thing.

    Args:
        db: the register.
        packed: the row of the thing in its consignment.
        time_zone: of the laboratory, for the day of arrival.
    """
    thing = sent_things.of_row(db, packed["sort"], packed["item"])
    tube = rack_look_up.tube(db, packed["item"]) if packed["sort"] == "tube" else None
    behind = stands_behind(db, thing) if thing is not None else None
    if tube is None or behind is None or len(behind.specimens) != 1:
        return Known(str(packed["number"]))
    [specimen] = behind.specimens
    request = _request(db, specimen)
    referral = look_up.row(db, "referral", request["referral"]) if request.get("referral") else None
    type_ = examined.type_of(db, specimen)
    eluate = next(iter(behind.eluates), None)
    rack = rack_look_up.rack(db, tube["rack"]) if tube["rack"] else None
    values, passed = _measured(db, tube, eluate)
    received = dates.to_local(datetime.fromisoformat(specimen["received_at"]), time_zone).date()
    return Known(
        number=str(packed["number"]),
        tube=str(tube["code"]),
        rack=str(rack["code"]) if rack else "",
        well=str(tube["well"] or "") if rack else "",
        specimen=specimen,
        request=request,
        structure=str((referral or {}).get("structure") or ""),
        person=person(db, specimen["patient"]),
        told=plate_families.type_of(db, site_rules.plating(db), tube),
        type_code=type_.code if type_ else "",
        type_words=str(specimen["type"] or ""),
        eluate=str(eluate["accession"] or "") if eluate else "",
        material=_material(db, tube, eluate),
        protocol=_protocol(db, eluate),
        volume=_left(db, f"tube:{tube['id']}"),
        banked=_left(db, f"eluate:{eluate['id']}") if eluate else "",
        neoplastic=_neoplastic(db, specimen["id"]),
        received_on=received.isoformat(),
        collected_on=_day(str(specimen["collected"] or request.get("collected") or ""), received),
        readings=values,
        passed=passed,
    )


def _request(db: Database, specimen: Row) -> Row:
    """The first request of a specimen that still stands."""
    every = look_up.requests_of_specimen(db, specimen["id"])
    return next((one for one in every if one["state"] not in _WANTED_NO_MORE), {})


def _material(db: Database, tube: Row, eluate: Row | None) -> str:
    if eluate is not None:
        return str(eluate["material"] or "")
    poured = examination_look_up.aliquot(db, tube["source"]) if tube["source_sort"] == "aliquot" else None
    return str(poured["material"] or "") if poured else ""


def _protocol(db: Database, eluate: Row | None) -> str:
    batch = extraction_look_up.batch(db, eluate["batch"]) if eluate and eluate["batch"] else None
    return str(batch["words"] or batch["protocol"] or "") if batch else ""


def _left(db: Database, item: str) -> str:
    """µl that are left, as decimal text; empty where nobody stated or measured any."""
    left = volume_left.left(db, item)
    return shown(left.ul).removesuffix(" µl") if left is not None else ""


def _neoplastic(db: Database, specimen: str) -> str:
    piece = tissue_look_up.piece_of_specimen(db, specimen)
    said = tissue_adequacy.assessments(db, tissue_pieces.family(db, piece)) if piece else []
    return f"{said[-1].neoplastic:f}" if said else ""


def _day(written: str, received: date) -> str:
    """The day of what was written before it was received, ISO; empty where it is no certain date."""
    on = dates.collection_time(written, received).on if written else None
    return on.isoformat() if on is not None else ""


def _measured(db: Database, tube: Row, eluate: Row | None) -> tuple[dict[str, str], bool]:
    """The values that stand of a tube, and of its eluate what was not measured in the tube; whether they meet."""
    items = [f"tube:{tube['id']}", *([f"eluate:{eluate['id']}"] if eluate else [])]
    found, words = dict[str, str](), set[Word]()
    for item in items:
        standings = item_readings.standings(db, item)
        found = _agreed(standings, site_rules.manifests(db).concentration_by) | found
        words |= {one.word for one in standings if one.judgements}
    return {name: value for name, value in found.items() if value}, Word.MEETS in words and words <= _GOOD


def _agreed(standings: tuple[item_readings.Standing, ...], by: str) -> dict[str, str]:
    """Each quantity once; where two instruments or two readings say two things it is left unsaid: nobody chose."""
    said: dict[str, set[str]] = {}
    for quantity, value in _values(tuple(one for one in standings if not _gives_way(one, standings, by))):
        said.setdefault(quantity, set()).add(value)
    return {quantity: next(iter(values)) if len(values) == 1 else "" for quantity, values in said.items()}


def _gives_way(one: item_readings.Standing, standings: tuple[item_readings.Standing, ...], by: str) -> bool:
    """Whether a concentration stands beside one of the instrument that the laboratory names."""
    if not by or one.name != Analyte.CONCENTRATION.value or _is_by(one, by):
        return False
    return any(other.name == one.name and _is_by(other, by) for other in standings)


def _is_by(one: item_readings.Standing, by: str) -> bool:
    return all(str(row["instrument"] or "").casefold().startswith(by.casefold()) for row in one.rows)


def _values(standings: tuple[item_readings.Standing, ...]) -> Iterator[tuple[str, str]]:
    for one in standings:
        for cell in one.cells:
            if cell.says is Says.NUMBER and isinstance(cell.value, Decimal):
                yield _name(cell), format(cell.value, "f")


def _name(cell: Quantity) -> str:
    region = "".join(cell.part.casefold().split())
    if cell.analyte is Analyte.PERCENT_OF_TOTAL and region == OVER_23_KB:
        return OVER_23_KB
    unit = cell.unit.casefold().replace("µ", "u")
    if cell.analyte is Analyte.CONCENTRATION and unit != "ng/ul":
        return f"{cell.analyte.value} in {cell.unit}"
    return cell.analyte.value if not cell.part else f"{cell.analyte.value} {cell.part}"
