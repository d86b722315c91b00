"""What was measured as entries hold it, and back: every cell with its value, its unit and its raw text."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from devices.measured import Analyte, Measured, OwnTime, Quantity, Role, Says
from gms_desktop import measure_words
from gms_desktop.domain.readings.judging import Judged, Volume, judged
from gms_desktop.domain.readings.limits import Rule
from gms_desktop.domain.readings.matching import Item
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up

T = TypeVar("T")
_LONGEST = 200
"""Characters of one cell: what is longer is no value, and stands in the kept file."""

_ROOM_FOR_CELLS = 45_000
# What shows how the instrument worked, and is said of no tube.
_OF_THE_INSTRUMENT = frozenset(
    {Analyte.ASSAY_TUBE_CONCENTRATION, Analyte.FLUORESCENCE, Analyte.BACKGROUND, Analyte.ABSORBANCE}
)


def of_the_instrument(cell: Quantity) -> bool:
    """Whether a cell is of the assay, and of no tube."""
    return cell.analyte in _OF_THE_INSTRUMENT


def plain(text: str, most: int = _LONGEST) -> str:
    """Text of a file as an entry may hold it."""
    kept = "".join(one for one in text if one == "\t" or ord(one) >= 32)
    return unicodedata.normalize("NFC", kept.encode("utf-8", "replace").decode("utf-8"))[:most]


def cells(one: Measured) -> list[dict[str, Any]]:
    """The cells of one position that an entry has room for: those of the whole sample first, then peak by peak."""
    whole_first = sorted(_every_cell(one), key=lambda cell: bool(cell["part"]))
    return within(whole_first, _ROOM_FOR_CELLS)


def left_out(one: Measured) -> int:
    """How many cells of a position stand in the kept file alone."""
    return len(one.quantities) - len(cells(one))


def within(said: list[T], most: int) -> list[T]:
    """The first of these that are together written in so many bytes: an entry holds 64 kB."""
    kept, size = [], 0
    for each in said:
        size += len(json.dumps(each, ensure_ascii=False).encode())
        if size > most:
            break
        kept.append(each)
    return kept


def _every_cell(one: Measured) -> list[dict[str, Any]]:
    return [
        {
            "analyte": cell.analyte.value,
            "says": cell.says.value,
            "value": None if cell.value is None else format(cell.value, "f"),
            "unit": cell.unit,
            "raw": plain(cell.raw),
            "raw_unit": plain(cell.raw_unit),
            "column": plain(cell.column),
            "part": plain(cell.part),
        }
        for cell in one.quantities
    ]


def read_back(quantities: str) -> tuple[Quantity, ...]:
    """The cells of a reading as the register holds them."""
    return tuple(
        Quantity(
            analyte=Analyte(one["analyte"]),
            says=Says(one["says"]),
            value=None if one["value"] is None else Decimal(one["value"]),
            **{name: one[name] for name in ("unit", "raw", "raw_unit", "column", "part")},
        )
        for one in json.loads(quantities)
    )


def in_words(one: Measured) -> str:
    """What was measured of the whole sample, with units, and how much more the file says of peaks and regions."""
    cells = [cell for cell in one.quantities if cell.says is not Says.BLANK]
    whole = [cell for cell in cells if not cell.part and not of_the_instrument(cell)]
    parts = sum(1 for cell in cells if cell.part)
    said = [measure_words.cell(cell) for cell in whole or [cell for cell in cells if not cell.part]]
    return ", ".join([*said, *([measure_words.of_parts(parts)] if parts else [])])


def as_measured(row: dict[str, Any]) -> Measured:
    """A reading of the register as what was measured."""
    return Measured(
        line=row["line"],
        sample="",
        quantities=read_back(row["quantities"]),
        plate=row["plate"] or "",
        well=row["well"] or "",
        role=Role(row["role"]),
        assay=row["assay"] or "",
    )


def moment(at: OwnTime | None) -> dict[str, Any] | None:
    """A time on an instrument's own clock, with what decided the order of its date."""
    if at is None:
        return None
    local = at.local.isoformat() if at.local else None
    return {"raw": plain(at.raw), "local": local, "order": at.order.value, "decided_by": plain(at.decided_by)}


def judgement(one: Judged) -> dict[str, Any]:
    """One limit of one rule beside one cell, as an entry holds it."""
    limit, cell = one.limit, one.cell
    return {
        "rule": one.rule.name,
        "version": one.rule.version,
        "of": limit.of.value,
        "part": limit.part,
        "method": limit.method,
        "minimum": None if limit.minimum is None else str(limit.minimum),
        "maximum": None if limit.maximum is None else str(limit.maximum),
        "unit": limit.unit,
        "word": one.word.value,
        "value": None if cell is None or cell.value is None else format(cell.value, "f"),
        "says": None if cell is None else cell.says.value,
        "raw": None if cell is None else plain(cell.raw),
        "raw_unit": None if cell is None else plain(cell.raw_unit),
    }


def sample_of(db: Database, row: Row) -> str:
    """The sample's name as the file has it; empty where it was erased."""
    known = store.private_values(db, [f"reading:{row['id']}"]) if row["sample_private"] else {}
    return known.get(row["sample_private"] or "") or ""


def judged_row(db: Database, row: Row, item: Item, rules: Iterable[Rule]) -> tuple[Judged, ...]:
    """What rules say of a reading of the register, taken as one of a thing."""
    run = reading_look_up.run(db, row["run"])
    rules = [rule for rule in rules if rule.is_for(item.kind, item.tests)]
    names = (run["instrument"] if run else "", row["assay"] or "")
    return judged(rules, as_measured(row), names, volume_of(item))


def volume_of(item: Item) -> Volume | None:
    """How much there is of a thing, where that is known in uL."""
    if item.volume is None or item.volume[1] != "uL":
        return None
    try:
        return Volume(Decimal(item.volume[0]), item.volume[0])
    except InvalidOperation:
        return None
