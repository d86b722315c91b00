"""What is here of a patient, in words: specimens and what was poured from them, and whether each may serve a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gms_desktop import afterwards_words, consent_words, risk_words
from gms_desktop.domain.material import Kept, Material, amount
from gms_desktop.domain.time_limits import Standing
from gms_desktop.domain.volumes import Volume
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import afterwards_look_up, examination_look_up, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    afterwards,
    case_list,
    concessions,
    irreplaceable,
    material_left,
    risks,
    specimen_lists,
    stops,
    time_left,
)
from gms_desktop.services.examined import Examined, examined


@dataclass(frozen=True)
class Stored:
    """One thing that may serve: a specimen, or a tube poured from it.

    Attributes:
        number: ours.
        aliquot: the tube that was poured; None for the specimen itself.
        what: its kind, quality and consent, in words.
        material: what the rule asks of it.
        volume: how much of it is left, in words.
    """

    number: str
    specimen: Row
    aliquot: Row | None
    what: str
    material: Material
    volume: str

    @property
    def key(self) -> str:
        """Names it in an answer."""
        return str(self.aliquot["id"] if self.aliquot else self.specimen["id"])

    @property
    def why_not(self) -> str:
        """Why it cannot serve; empty where it can."""
        return self.material.why_not

    @property
    def words(self) -> str:
        """What it is, its quality as far as known, and how much is left."""
        return f"{self.number}  {self.what}, {self.volume}"


def stored(ledger: Ledger, patient: str, time_zone: str) -> tuple[Stored, ...]:
    """Everything of a patient that is here, each specimen with what was poured from it."""
    rows = [row for row in look_up.specimens_of_patient(ledger.db, patient) if row["led_by"] is None]
    return tuple(one for row in rows for one in _of_specimen(ledger, row, time_zone))


def _of_specimen(ledger: Ledger, specimen: Row, time_zone: str) -> Iterator[Stored]:
    db, seen, number = ledger.db, examined(ledger.db, specimen["id"]), str(specimen["accession"])
    poured = examination_look_up.aliquots_of(db, specimen["id"])
    spun = bool(poured or examination_look_up.separations_of(db, specimen["id"]))
    volume, how = (None, "") if spun else material_left.left(db, f"specimen:{specimen['id']}", *_seen(seen))
    made = _material(db, specimen, None, volume, _poured_off(poured))
    late = (one.limit.step for one in time_left.running(ledger, specimen, time_zone) if _is_past(one))
    quality = _quality(db, specimen, seen)
    said = (_kind(specimen, seen, spun=spun), *quality, *(f"{step} past its limit" for step in late))
    yield Stored(number, specimen, None, ", ".join(said), made, _left(made, volume, how))
    for row in poured:
        stated = Volume(row["volume"], row["volume_unit"], row["volume_raw"]) if row["volume"] else None
        volume, how = material_left.left(db, f"aliquot:{row['id']}", stated, row["volume_how"] or "", row["at"])
        made = _material(db, specimen, row, volume, "")
        grade = (f"haemolysis {row['haemolysis'].lower()}",) if row["haemolysis"] else ()
        what = ", ".join((f"{row['material']} from {number}", *grade, *quality))
        yield Stored(row["accession"], specimen, row, what, made, _left(made, volume, how))


def _seen(seen: Examined) -> tuple[Volume | None, str, str]:
    return seen.volume, seen.how, seen.volume_at


def _is_past(one: time_left.Left) -> bool:
    return one.left.standing is Standing.PAST


def _kind(specimen: Row, seen: Examined, *, spun: bool) -> str:
    kind = seen.type_found or str(specimen["type"])
    return f"{kind} after plasma was poured" if spun else kind


def _poured_off(poured: list[Row]) -> str:
    """Where the cells have a tube of their own, nothing is left in the first one."""
    if not any(row["material"] == "cells" for row in poured):
        return ""
    return f"poured off into {', '.join(str(row['accession']) for row in poured)}"


def _quality(db: Database, specimen: Row, seen: Examined) -> list[str]:
    """What was conceded, else the outcome; what was seen; and what stands beside it."""
    conceded = "; ".join(said for _, said in concessions.concessions(db, specimen))
    listed = specimen_lists.types(db)
    said = [conceded or str(specimen["outcome"] or "not decided")]
    said += [listed.condition_words(code).lower() for code in seen.condition or ()]
    if irreplaceable.is_irreplaceable(db, specimen["type"]):
        said.append(irreplaceable.WORD)
    if risks.risk_of(db, specimen).hazard:
        said.append(risk_words.HAZARD)
    refused = stops.refused_uses(db, specimen["patient"]).get("storage")
    return [*said, consent_words.refused_use("storage", refused)] if refused else said


def _material(db: Database, specimen: Row, aliquot: Row | None, volume: Volume | None, poured_off: str) -> Material:
    rows = afterwards_look_up.reservations(db, specimen["id"])
    mine = [row for row in rows if row["aliquot"] == (aliquot["id"] if aliquot else None)]
    return Material(
        outcome=specimen["outcome"],
        poured_off=poured_off,
        stopped="; ".join(dict.fromkeys(stop.why for stop in stops.of_material(db, specimen))),
        ml=volume.ml if volume else None,
        kept=tuple(Kept(afterwards.name_of_request(db, row["request"]), kept_ml(row)) for row in mine),
        disputed=case_list.held(db, f"specimen:{specimen['id']}") is not None,
    )


def kept_ml(row: Row) -> Decimal | None:
    """How much is kept; None: all that was left."""
    return Volume(row["volume"], row["volume_unit"], "").ml if row["volume"] else None


def facts(db: Database, sort: str, row: Row | None) -> tuple[tuple[str, str], ...]:
    """What is kept of a specimen and of what was poured from it, and what was conceded of it, for Find."""
    if sort != "specimen" or row is None:
        return ()
    kept = afterwards_look_up.reservations(db, row["id"])
    return (*(("Kept for", _kept_words(db, one)) for one in kept), *concessions.concessions(db, row))


def _kept_words(db: Database, row: Row) -> str:
    of = _tube(db, row)
    much = f"{row['volume']} {row['volume_unit']}" if row["volume"] else ""
    what = " of ".join(filter(None, (much, of)))
    name = afterwards.name_of_request(db, row["request"])
    return f"{name} ({what})" if what else name


def _tube(db: Database, row: Row) -> str:
    aliquot = examination_look_up.aliquot(db, row["aliquot"]) if row["aliquot"] else None
    return str(aliquot["accession"]) if aliquot else ""


def number_of(db: Database, row: Row) -> str:
    """Our number on what is kept: the specimen's, or that of the tube poured from it."""
    specimen = look_up.row(db, "specimen", row["specimen"])
    return _tube(db, row) or (str(specimen["accession"]) if specimen else "material")


def _left(material: Material, volume: Volume | None, how: str) -> str:
    if volume is None:
        return afterwards_words.VOLUME_UNKNOWN
    recorded = f"{volume.words} {how}".strip()
    free = material.free_ml
    if free is None or not material.kept:
        return recorded
    return f"{amount(free)} free of {recorded}"
