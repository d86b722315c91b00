"""A specimen as it was found: read from the register, and written as one fact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from gms_desktop.domain.specimen_types import SpecimenType
from gms_desktop.domain.volumes import How, Volume
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.journal.private import PrivateValue
from gms_desktop.register import examination_look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import specimen_lists


@dataclass(frozen=True)
class Examined:
    """What was seen so far. None, and an empty mapping: nobody has looked.

    Attributes:
        condition: codes of what was seen; empty: looked at, and nothing seen.
        volume: with ``how`` it is known, and ``volume_at`` when it was seen (UTC text).
        type_found: the type as found, in words, where it differs from the one expected.
        cytology: preparation, fixative, adequacy; the assessor stands among the private values.
        cells: white cells: "value" in 10^9/L or None, and "state", stated or not stated.
        papers: for each paper looked for, "present" or "absent".
        history: of extracted material: ODS code, source material and day; the rest is private.
    """

    condition: tuple[str, ...] | None = None
    volume: Volume | None = None
    how: str = ""
    volume_at: str = ""
    type_found: str = ""
    type_expected: str = ""
    cytology: Mapping[str, str | None] = field(default_factory=dict)
    cells: Mapping[str, str | None] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    history: Mapping[str, str | None] = field(default_factory=dict)


def examined(db: Database, specimen: str) -> Examined:
    """What was seen on a specimen."""
    row = examination_look_up.examination(db, specimen)
    return _of(row) if row else Examined()


def _of(row: Row) -> Examined:
    seen = json.loads(row["condition"]) if row["condition"] else None
    volume = Volume(row["volume"], row["volume_unit"], row["volume_raw"]) if row["volume"] else None
    named = ("cytology", "cells", "papers", "history")
    rest = {name: json.loads(row[name]) for name in named if row[name]}
    return Examined(
        condition=tuple(seen) if seen is not None else None,
        volume=volume,
        how=row["volume_how"] or "",
        volume_at=row["volume_at"] or row["at"] or "",
        type_found=row["type_found"] or "",
        type_expected=row["type_expected"] or "",
        **rest,
    )


def draft(
    specimen: str,
    bench: str,
    told: dict[str, str],
    seen: Mapping[str, object],
    private: tuple[PrivateValue, ...] = (),
) -> Draft:
    """The draft of an examination; whatever is not given was not looked at."""
    body: Body = dict.fromkeys(_SEEN)
    return Draft("specimen.examined", body | {"specimen": specimen, "bench": bench, **seen}, private, told)


_SEEN = ("condition", "volume", "type_found", "type_expected", "cytology", "cells", "papers", "history")


def volume_body(volume: Volume, how: How) -> dict[str, str]:
    """A volume as an entry states it: decimal text, its unit, as it was written, and how it is known."""
    return {"value": volume.value, "unit": volume.unit, "raw": volume.raw, "how": how.value}


def type_of(db: Database, specimen: Row, seen: Examined | None = None) -> SpecimenType | None:
    """The type of a specimen as found, else as it was expected; None for one that is on no list."""
    found = (seen or examined(db, specimen["id"])).type_found
    return specimen_lists.types(db).find(found or specimen["type"])


def private_words(db: Database, specimen: str, commitment: str | None) -> str:
    """A private value of a specimen; empty where none was stated or it was erased."""
    known = store.private_values(db, [f"specimen:{specimen}"]) if commitment else {}
    return known.get(commitment or "") or ""
