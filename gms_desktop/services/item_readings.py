"""What was measured of one tube: which readings stand for each quantity, how they lie apart, what is said of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from devices.measured import Quantity, Says
from gms_desktop.domain.readings.judging import FAILS, Word, worst
from gms_desktop.domain.readings.standing import Candidate, Spread, spread, standing
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.services import measured_runs


@dataclass(frozen=True)
class Standing:
    """One quantity of a tube by one sort of instrument: the readings that stand, their cells, how far they lie apart.

    ``judgements``: what was said of these readings when they were judged; ``by_person``: whether somebody chose.
    """

    name: str
    rows: tuple[Row, ...]
    cells: tuple[Quantity, ...]
    spread: Spread | None
    judgements: tuple[Row, ...]
    by_person: bool

    @property
    def word(self) -> Word:
        """The word that stands for all of them: the newest version of each rule counts."""
        return worst(Word(one["word"]) for one in newest(self.judgements))


@dataclass(frozen=True)
class _Read:
    row: Row
    cell: Quantity


def standings(db: Database, item: str) -> tuple[Standing, ...]:
    """Each quantity of a thing with the readings that stand for it; nothing where none may stand yet."""
    rows, chosen = reading_look_up.readings_of(db, item), reading_look_up.choices(db, item)
    by_name: dict[str, list[_Read]] = {}
    for row in rows:
        for cell in measured_runs.read_back(row["quantities"]):
            if cell.says is not Says.BLANK and not measured_runs.of_the_instrument(cell):
                by_name.setdefault(key_of(cell, row["instrument"]), []).append(_Read(row, cell))
    said = {row["id"]: reading_look_up.judgements(db, row["id"]) for row in rows}
    made = (_standing(found, chosen.get(key), said) for key, found in by_name.items())
    return tuple(one for one in made if one is not None)


def key_of(cell: Quantity, instrument: str | None) -> str:
    """What one reading stands for: a quantity, by one sort of instrument. Absorbance never replaces fluorescence."""
    sort = (instrument or "").partition(" ")[0]
    return ", ".join(part for part in (name_of(cell), sort) if part)


def name_of(cell: Quantity) -> str:
    """A quantity with the peak or region that it is of."""
    return f"{cell.analyte.value} {cell.part}".strip()


def _standing(found: list[_Read], choice: Row | None, said: dict[str, list[Row]]) -> Standing | None:
    candidates = [
        Candidate(it.row["id"], it.row["run"], _when(it.row), bool(it.row["complete"]), it.row["run_state"] == "held")
        for it in found
    ]
    named = standing(candidates, choice["reading"] if choice else "")
    stand = [it for it in found if it.row["id"] in named]
    if not stand:
        return None
    numbers = [it.cell.value for it in stand if it.cell.says is Says.NUMBER and it.cell.value is not None]
    judgements = tuple(row for it in stand for row in said[it.row["id"]] if is_about(row, it.cell))
    return Standing(
        name=name_of(stand[0].cell),
        rows=tuple(it.row for it in stand),
        cells=tuple(it.cell for it in stand),
        spread=spread(numbers),
        judgements=judgements,
        by_person=choice is not None and choice["reading"] in named,
    )


def _when(row: Row) -> str:
    """When it was measured, by the instrument's clock where that says; a file taken in late is no newer for it."""
    taken = json.loads(row["taken"] or "null")
    return str((taken or {}).get("local") or row["at"])[:19]


def is_about(row: Row, cell: Quantity) -> bool:
    """Whether a judgement is about a cell; one of the total is about the concentration that it was reckoned from."""
    total = row["of"] == "total amount" and cell.analyte.value == "concentration"
    return total or (row["of"] == cell.analyte.value and (row["part"] or "").casefold() == cell.part.casefold())


def newest(judgements: tuple[Row, ...]) -> tuple[Row, ...]:
    """Of several judgements of one reading by one rule those of its newest version."""
    last: dict[tuple[str, str], str] = {}
    for row in judgements:
        key = (row["reading"], row["rule"])
        last[key] = max(last.get(key, ""), row["at"])
    return tuple(row for row in judgements if row["at"] == last[row["reading"], row["rule"]])


def failing(db: Database, item: str) -> tuple[Row, ...]:
    """What a thing fails and nobody conceded: the judgements of the readings that stand."""
    conceded = {(row["rule"], row["version"]) for row in reading_look_up.concessions(db, item)}
    return tuple(row for row in _fails(standings(db, item)) if (row["rule"], row["version"]) not in conceded)


def _fails(every: tuple[Standing, ...]) -> Iterator[Row]:
    for one in every:
        yield from (row for row in newest(one.judgements) if Word(row["word"]) in FAILS)
