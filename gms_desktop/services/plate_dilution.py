"""Diluting the tubes of a plate to one concentration: planned tube by tube, looked at, then written for the robot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from devices.measured import Analyte, Says
from gms_desktop import dilution_words, plating_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.dilution import Dilution, Outcome, plan_dilution
from gms_desktop.domain.dilution_rules import amount
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange.worklists import hamilton
from gms_desktop.exchange.worklists.transfers import WorklistError, transfers_of
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    case_list,
    item_readings,
    kept_files,
    left_out,
    plate_files,
    plate_gate,
    plate_volumes,
    site_rules,
    volume_left,
)
from gms_desktop.services import outcome as said
from gms_desktop.services.rack_views import FindingLine
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Question

WRITTEN = frozenset({Outcome.DILUTE, Outcome.AS_IT_IS})
_CARRIED = ("volume_ul", "diluent_ul")


@dataclass(frozen=True)
class Planned:
    """One tube of the plate: what stands for it and what is planned."""

    well: str
    code: str
    concentration: Decimal | None
    available: Decimal | None
    made: Dilution

    @property
    def words(self) -> str:
        """What is planned, or why nothing is."""
        return dilution_words.line(self.concentration, self.available, self.made)


def dilute(ledger: Ledger, desk: Desk, row: Row | None, answer: Answer | None) -> said.Outcome:
    """Ask for the target, then show what it comes to for each tube."""
    rules = site_rules.dilution(ledger.db)
    if row is None or row["state"] != "made":
        return said.Outcome(dilution_words.made_first())
    if stopped := left_out.undecided(ledger.db, row):
        well, why = next(iter(stopped.items()))
        return said.Outcome(plating_words.may_not_be_used(row["code"], well, why, len(stopped)))
    if rules.bounds is None:
        return said.Outcome(dilution_words.blank())
    given = dict(answer.fields) if answer else {}
    concentration, volume = amount(given.get("concentration", "")), amount(given.get("volume", ""))
    if concentration is None or volume is None:
        question = Question(
            Command.PLATE_DILUTE,
            f"To what are the tubes of {row['code']} diluted?",
            fields=dilution_words.FIELDS,
            confirm="Show each tube",
            problems=(dilution_words.NEEDS,) if answer else (),
            values=answer.fields if answer else (("concentration", rules.concentration), ("volume", rules.volume)),
        )
        return said.Outcome(dilution_words.asks(), question=question)
    if volume > rules.bounds[2]:
        return said.Outcome(dilution_words.does_not_fit(volume, rules.bounds[2]))
    plan = planned(ledger.db, row, (concentration, volume))
    desk.plate = replace(desk.plate, dilution=(concentration, volume), seen=digest(plan))
    dilutes = sum(1 for one in plan if one.made.outcome in WRITTEN)
    return said.Outcome(dilution_words.planned(dilutes, len(plan) - dilutes))


def planned(db: Database, row: Row, wanted: tuple[Decimal, Decimal]) -> tuple[Planned, ...]:
    """What is planned for each tube of a plate, well by well."""
    target = site_rules.dilution(db).target(*wanted)
    found = []
    for well, tube in left_out.without(db, row).tubes.items():
        concentration, available = _stands(db, tube.code, f"plate:{row['id']}")
        found.append(
            Planned(well, tube.code, concentration, available, plan_dilution(concentration, available, target))
        )
    return tuple(found)


def digest(plan: tuple[Planned, ...]) -> str:
    """Names what was looked at: other volumes have another."""
    return sha256("\n".join(f"{one.well} {one.code} {one.words}" for one in plan).encode()).hexdigest()


def lines(db: Database, row: Row, wanted: tuple[Decimal, Decimal]) -> Iterator[FindingLine]:
    """Each tube with its volumes; those that are left out first."""
    plan = planned(db, row, wanted)
    for one in sorted(plan, key=lambda one: one.made.outcome in WRITTEN):
        left = one.made.outcome not in WRITTEN
        title = f"{one.well}  {one.code}{' left out' if left else ''}"
        yield FindingLine(title, one.words, VerdictKind.ATTENTION if left else VerdictKind.MATCHES, (one.well,))


def write(ledger: Ledger, desk: Desk, row: Row | None) -> said.Outcome:
    """Write the worklist of what was looked at, read back and compared with it."""
    wanted = desk.plate.dilution
    if row is None or wanted is None or desk.files is None:
        return said.Outcome(dilution_words.nothing_planned())
    if stopped := left_out.undecided(ledger.db, row):
        well, why = next(iter(stopped.items()))
        return said.Outcome(plating_words.may_not_be_used(row["code"], well, why, len(stopped)))
    plan = planned(ledger.db, row, wanted)
    if digest(plan) != desk.plate.seen:
        desk.plate = replace(desk.plate, seen=digest(plan))
        return said.Outcome(dilution_words.changed())
    mixed = {one.code: one.made.mixes[0] for one in plan if one.made.outcome in WRITTEN}
    if not mixed:
        return said.Outcome(dilution_words.nothing_to_do())
    try:
        content, document = _content(ledger.db, row, plan), ledger.identity()
        kept_at = kept_files.now(ledger)
        desk.files().put(content, "text/csv", f"document:{document}", kept_at)
    except (WorklistError, Refused, Unavailable) as fault:
        return said.Outcome(plating_words.no_worklist(str(fault).rstrip(".")))
    body = {"document": document, "sort": plate_files.DILUTION, "form": "csv", "sha256": sha256(content).hexdigest()}
    about = {"start": None, "end": None, "about": [f"plate:{row['id']}"], "replaces": None, "file": None}
    desk.plate = replace(desk.plate, dilution=None, seen="")
    left = [one.code for one in plan if one.code not in mixed]
    draft = Draft("document.issued", body | about, input=desk.told)
    tubes = {one["code"]: one["id"] for one in rack_look_up.tubes_by_codes(ledger.db, mixed).values()}
    taken = plate_volumes.taken(desk, row, {tubes[code]: mix.sample for code, mix in mixed.items() if code in tubes})
    return said.Outcome(dilution_words.written(row["code"], len(mixed), left), (draft, *taken))


def _content(db: Database, row: Row, plan: tuple[Planned, ...]) -> bytes:
    """The worklist.

    Raises:
        WorklistError: when the laboratory's columns leave a volume out, or the text would say something else.
    """
    plate, how = plate_gate.plate_of(db, row), site_rules.worklists(db).hamilton
    missing = [name for name in _CARRIED if name not in {one.field for one in how.columns}]
    if missing:
        raise WorklistError([dilution_words.no_column(" and ".join(missing))])
    mixes = {one.code: one.made.mixes[0] for one in plan if one.made.outcome in WRITTEN}
    every = transfers_of(plate, row["code"], plate_gate.sources(db, row), None, ("", ""))
    transfers = [
        replace(one, volume_ul=mixes[one.code].sample, diluent_ul=mixes[one.code].diluent)
        for one in every
        if one.code in mixes
    ]
    return hamilton.write(transfers, how, plate.shape)


def _stands(db: Database, code: str, plate: str) -> tuple[Decimal | None, Decimal | None]:
    """The concentration that stands for a tube, or for the eluate in it, and how much is known to be in the tube."""
    row = rack_look_up.tube_by_code(db, code)
    if row is None or case_list.held(db, f"tube:{row['id']}") is not None:
        return None, None
    eluate = [f"eluate:{row['source']}"] if row["source_sort"] == "eluate" else []
    found = (_concentration(db, item) for item in (f"tube:{row['id']}", *eluate))
    concentration = next((one for one in found if one is not None), None)
    left = volume_left.left(db, f"tube:{row['id']}", beside=plate)
    return concentration, left.ul if left else None


def _concentration(db: Database, item: str) -> Decimal | None:
    """The mean of the replicates that stand; none where one of them is no plain number in ng/uL."""
    name = Analyte.CONCENTRATION.value
    stands = next((one for one in item_readings.standings(db, item) if one.name == name), None)
    if stands is None:
        return None
    numbers = [cell.value for cell in stands.cells if cell.says is Says.NUMBER and cell.unit == "ng/uL"]
    values = [one for one in numbers if one is not None]
    return sum(values, Decimal(0)) / len(values) if values and len(values) == len(stands.cells) else None
