"""Diluting the tubes of a plate to one concentration: planned tube by tube, looked at, then written for the robot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from devices.measured import Analyte, Says
from gms_desktop import dilution_words, plating_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.dilution import Dilution, Mix, Outcome, plan_dilution
from gms_desktop.domain.dilution_rules import amount
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange.worklists import hamilton, tecan
from gms_desktop.exchange.worklists.transfers import Transfer, WorklistError, transfers_of
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import plate_look_up, rack_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    case_list,
    item_readings,
    kept_files,
    left_out,
    measure_matching,
    plate_files,
    plate_gate,
    plate_volumes,
    site_rules,
    volume_left,
)
from gms_desktop.services import outcome as said
from gms_desktop.services.at_plate import DiluteTo
from gms_desktop.services.rack_views import FindingLine
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Question

_WRITTEN = frozenset({Outcome.DILUTE, Outcome.AS_IT_IS})
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}", re.ASCII)
_CARRIED = ("volume_ul", "diluent_ul")
_TYPES = {"csv": "text/csv", "gwl": "text/plain"}


@dataclass(frozen=True)
class Planned:
    """One tube of the plate: what stands for it and what is planned."""

    well: str
    code: str
    concentration: Decimal | None
    available: Decimal | None
    made: Dilution
    between: str = ""

    @property
    def words(self) -> str:
        """What is planned, or why nothing is."""
        between = f"{self.between} {self.well}" if self.between else ""
        return dilution_words.line(self.concentration, self.available, self.made, between)

    @property
    def is_written(self) -> bool:
        """Whether a robot is told of it."""
        return self.made.outcome in _WRITTEN or (self.made.outcome is Outcome.DILUTE_TWICE and bool(self.between))


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
    between = " ".join(given.get("between", "").split())
    problems = [] if concentration and volume else [dilution_words.NEEDS]
    problems += _not_empty(ledger.db, between)
    if answer is None or concentration is None or volume is None or problems:
        question = Question(
            Command.PLATE_DILUTE,
            f"To what are the tubes of {row['code']} diluted?",
            fields=dilution_words.FIELDS,
            confirm="Show each tube",
            problems=tuple(problems) if answer else (),
            values=answer.fields if answer else (("concentration", rules.concentration), ("volume", rules.volume)),
        )
        return said.Outcome(dilution_words.asks(), question=question)
    if volume > rules.bounds[2]:
        return said.Outcome(dilution_words.does_not_fit(volume, rules.bounds[2]))
    wanted = DiluteTo(concentration, volume, between)
    plan = planned(ledger.db, row, wanted)
    desk.plate = replace(desk.plate, dilution=wanted, seen=digest(plan))
    dilutes = sum(1 for one in plan if one.is_written)
    return said.Outcome(dilution_words.planned(dilutes, len(plan) - dilutes))


def _not_empty(db: Database, code: str) -> tuple[str, ...]:
    """Why a code is not that of an empty plate; nothing where it is, or none was entered."""
    if not code:
        return ()
    if not _CODE.fullmatch(code):
        return (dilution_words.no_code(code),)
    container = plate_look_up.plate_by_code(db, code) or rack_look_up.rack_by_code(db, code)
    known = container is not None or measure_matching.item_by_code(db, code) is not None
    return (dilution_words.in_use(code),) if known else ()


def planned(db: Database, row: Row, wanted: DiluteTo) -> tuple[Planned, ...]:
    """What is planned for each tube of a plate, well by well."""
    target = site_rules.dilution(db).target(wanted.concentration, wanted.volume)
    found = []
    for well, tube in left_out.without(db, row).tubes.items():
        concentration, available = _stands(db, tube.code, f"plate:{row['id']}")
        made = plan_dilution(concentration, available, target)
        found.append(Planned(well, tube.code, concentration, available, made, wanted.between))
    return tuple(found)


def digest(plan: tuple[Planned, ...]) -> str:
    """Names what was looked at: other volumes have another."""
    return sha256("\n".join(f"{one.well} {one.code} {one.words}" for one in plan).encode()).hexdigest()


def lines(db: Database, row: Row, wanted: DiluteTo) -> Iterator[FindingLine]:
    """Each tube with its volumes; those that are left out first."""
    plan = planned(db, row, wanted)
    for one in sorted(plan, key=lambda one: one.is_written):
        left = not one.is_written
        title = f"{one.well}  {one.code}{' left out' if left else ''}"
        yield FindingLine(title, one.words, VerdictKind.ATTENTION if left else VerdictKind.MATCHES, (one.well,))


def write(ledger: Ledger, desk: Desk, row: Row | None) -> said.Outcome:
    """Write the worklist of what was looked at, read back and compared with it."""
    wanted = desk.plate.dilution
    if row is None or wanted is None:
        return said.Outcome(dilution_words.nothing_planned())
    if stopped := left_out.undecided(ledger.db, row):
        well, why = next(iter(stopped.items()))
        return said.Outcome(plating_words.may_not_be_used(row["code"], well, why, len(stopped)))
    plan = planned(ledger.db, row, wanted)
    if digest(plan) != desk.plate.seen:
        desk.plate = replace(desk.plate, seen=digest(plan))
        return said.Outcome(dilution_words.changed())
    mixed = {one.code: one.made.mixes[0] for one in plan if one.is_written}
    if not mixed:
        return said.Outcome(dilution_words.nothing_to_do())
    try:
        drafts = [
            _kept(ledger, desk, row, sort, content) for sort, content in _contents(ledger.db, row, plan, wanted.between)
        ]
    except (WorklistError, Refused, Unavailable) as fault:
        return said.Outcome(plating_words.no_worklist(str(fault).rstrip(".")))
    desk.plate = replace(desk.plate, dilution=None, seen="")
    left = [one.code for one in plan if one.code not in mixed]
    tubes = {one["code"]: one["id"] for one in rack_look_up.tubes_by_codes(ledger.db, mixed).values()}
    taken = plate_volumes.taken(desk, row, {tubes[code]: mix.sample for code, mix in mixed.items() if code in tubes})
    return said.Outcome(dilution_words.written(row["code"], len(mixed), left), (*drafts, *taken))


def _kept(ledger: Ledger, desk: Desk, row: Row, sort: str, content: bytes) -> Draft:
    """A worklist is kept, and issued."""
    if desk.files is None:
        raise Refused("This bench keeps no files")
    document, form = ledger.identity(), plate_files.NAMES[sort].rpartition(".")[2]
    desk.files().put(content, _TYPES[form], f"document:{document}", kept_files.now(ledger))
    body = {"document": document, "sort": sort, "form": form, "sha256": sha256(content).hexdigest()}
    about = {"start": None, "end": None, "about": [f"plate:{row['id']}"], "replaces": None, "file": None}
    return Draft("document.issued", body | about, input=desk.told)


def _contents(db: Database, row: Row, plan: tuple[Planned, ...], between: str) -> list[tuple[str, bytes]]:
    """A worklist for each robot that the laboratory's rules let be told of diluent.

    Raises:
        WorklistError: when no robot can be told, or a text would say something else.
    """
    plate, rules = plate_gate.plate_of(db, row), site_rules.worklists(db)
    transfers = _transfers(db, row, plan, between)
    missing = [name for name in _CARRIED if name not in {one.field for one in rules.hamilton.columns}]
    if missing and rules.tecan.diluent is None:
        raise WorklistError([dilution_words.no_column(" and ".join(missing))])
    found = [] if missing else [(plate_files.DILUTION, hamilton.write(transfers, rules.hamilton, plate.shape))]
    if rules.tecan.diluent is not None:
        content = tecan.write(transfers, rules.tecan, plate.shape, plate_files.goes_on(db, row))
        found.append((plate_files.DILUTION_TECAN, content))
    return found


def _transfers(db: Database, row: Row, plan: tuple[Planned, ...], between: str) -> list[Transfer]:
    """Every transfer, first dilutions before what is taken of them; the well between is that of the plate."""
    by_code = {one.code: one.made.mixes for one in plan if one.is_written}
    sources = plate_gate.sources(db, row)
    every = transfers_of(plate_gate.plate_of(db, row), row["code"], sources, None, ("", ""))
    first, last = [], []
    for one in every:
        mixes = by_code.get(one.code, ())
        if len(mixes) == 2:
            into = replace(one, target=between)
            first.append(_mixed(into, mixes[0]))
            # What stands in the well between is no tube any more.
            last.append(_mixed(replace(one, source=between, source_well=one.target_well, code=""), mixes[1]))
        elif mixes:
            last.append(_mixed(one, mixes[0]))
    return first + last


def _mixed(one: Transfer, mix: Mix) -> Transfer:
    return replace(one, volume_ul=mix.sample, diluent_ul=mix.diluent)


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
