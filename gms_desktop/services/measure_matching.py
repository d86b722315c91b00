"""Whose each reading of a run is, as the register knows it now, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from devices.measured import InstrumentRun, Measured, RunDefect
from gms_desktop.domain.racks.wells import Shape
from gms_desktop.domain.readings.controls import ControlRead, controls_read, with_controls
from gms_desktop.domain.readings.judging import Judged, judged
from gms_desktop.domain.readings.limits import QcLimits, Rule
from gms_desktop.domain.readings.matching import BY_EYE, How, Item, Known, Match, Why, matched, names_of
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import (
    examination_look_up,
    extraction_look_up,
    look_up,
    plate_look_up,
    rack_look_up,
    reading_look_up,
)
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import measured_runs, rights, site_rules, volume_left
from gms_desktop.services.at_measure import AtMeasure

T = TypeVar("T")
Steps = Generator[None, None, T]
_AT_ONCE = 8
"""Positions that are judged in one step."""
_ASKED_AT_ONCE = 250
"""Names that are looked for in one step."""
_MEASURED = frozenset({"tube", "specimen", "eluate", "aliquot"})


@dataclass(frozen=True)
class RunMatched:
    """A run with the tube of each position and what the rules say of it.

    Attributes:
        run: the run, its controls marked.
        matches, judged: as many as positions.
        controls: each control beside its range.
    """

    run: InstrumentRun
    matches: tuple[Match, ...]
    judged: tuple[tuple[Judged, ...], ...]
    controls: tuple[ControlRead, ...]

    @property
    def complete(self) -> bool:
        """Whether the file was whole."""
        return all(found.defect is not RunDefect.CUT for found in self.run.findings)

    @property
    def failed(self) -> tuple[ControlRead, ...]:
        """The controls that hold it."""
        return tuple(one for one in self.controls if one.failed)

    @property
    def by_eye(self) -> bool:
        """Whether a match stands on place or order alone."""
        return any(one.how in BY_EYE for one in self.matches)


def rules_today(ledger: Ledger) -> tuple[Rule, ...]:
    """The limits that count on the laboratory's day."""
    return limits_today(ledger).rules


def limits_today(ledger: Ledger) -> QcLimits:
    """The same with the ranges of controls that count on that day."""
    return site_rules.qc_limits(ledger.db).at(rights.laboratory_day(ledger))


def matched_runs(ledger: Ledger, at: AtMeasure) -> tuple[RunMatched, ...]:
    """The runs of the open file, matched and judged on what is so now."""
    return to_end(matched_in_steps(ledger, at))


def to_end(steps: Steps[T]) -> T:
    """What steps come to, done one after the other."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: T = end.value
            return made


def matched_in_steps(ledger: Ledger, at: AtMeasure) -> Steps[tuple[RunMatched, ...]]:
    """The same in steps, between which scans may go first."""
    db = ledger.db
    limits = limits_today(ledger)
    runs = [with_controls(run, limits) for run in at.runs]
    known = yield from _known(db, at, [one for run in runs for one in run.measured])
    by_hand, made = dict(at.by_hand), []
    for number, run in enumerate(runs):
        of_run = {place: item for (of, place), item in by_hand.items() if of == number}
        made.append((yield from _matched(db, run, limits, known, of_run)))
    return tuple(made)


def count(ledger: Ledger, at: AtMeasure, how: How) -> int:
    """How many positions of the open file are matched so: a few questions, however many there are."""
    limits = limits_today(ledger)
    runs = [with_controls(run, limits) for run in at.runs]
    known, found = to_end(_known(ledger.db, at, [one for run in runs for one in run.measured])), 0
    for number, run in enumerate(runs):
        by_hand = {place: item for (of, place), item in at.by_hand if of == number}
        found += sum(1 for match in matched(run.measured, known, by_hand) if match.how is how)
    return found


def _matched(
    db: Database, run: InstrumentRun, limits: QcLimits, known: Known, by_hand: dict[int, Item]
) -> Steps[RunMatched]:
    matches, said = list[Match](), list[tuple[Judged, ...]]()
    for one, match in zip(run.measured, matched(run.measured, known, by_hand), strict=True):
        matches.append(_whole(db, match))
        said.append(judged_of(limits, run, one, matches[-1].item))
        if len(said) % _AT_ONCE == 0:
            yield
    return RunMatched(run, tuple(matches), tuple(said), controls_read(run, limits))


def _whole(db: Database, match: Match) -> Match:
    """A match with all that is known of its tube."""
    if match.item is None or match.how is How.SCANNED:
        return match
    item = item_of(db, match.item.subject, match.item.code)
    return replace(match, item=item) if item is not None else Match(why=Why.NOT_KNOWN)


def judged_of(limits: QcLimits, run: InstrumentRun, one: Measured, item: Item | None) -> tuple[Judged, ...]:
    """What the rules for a thing say of what was measured of it; nothing where none is for it."""
    if item is None:
        return ()
    rules = [rule for rule in limits.rules if rule.is_for(item.kind, item.tests)]
    return judged(rules, one, (run.instrument, run.assay, one.assay), measured_runs.volume_of(item))


def item_by_code(db: Database, code: str) -> Item | None:
    """The thing that a code stands on: a FluidX tube, or what has one of our numbers."""
    bare = _bare_by_codes(db, [code]).get(code)
    return item_of(db, bare.subject, bare.code) if bare is not None else None


def _bare_by_codes(db: Database, codes: Iterable[str]) -> dict[str, Item]:
    """What matching asks of things, by the codes on them: which each is. A code of nothing measured is left out."""
    wanted = list(dict.fromkeys(code for code in codes if code))
    found = {code: _bare(row) for code, row in rack_look_up.tubes_by_codes(db, wanted).items()}
    for number, holder in reading_look_up.holders_of_numbers(db, wanted).items():
        sort, _, name = holder.partition(":")
        if sort in _MEASURED and number not in found:
            found[number] = Item(sort, name, number, "")
    return found


def _bare(tube: Row) -> Item:
    return Item("tube", tube["id"], str(tube["code"]), str(tube["specimen"] or ""))


def item_of(db: Database, subject: str, code: str = "", *, with_volume: bool = True) -> Item | None:
    """A thing, by its subject; without how much is left of it where nobody needs that."""
    sort, _, name = subject.partition(":")
    if sort == "tube":
        row = rack_look_up.tube(db, name)
        return _tube(db, row, with_volume=with_volume) if row else None
    if sort == "specimen":
        row = look_up.row(db, "specimen", name)
        return _of(db, "specimen", row, row["id"], code or row["accession"], with_volume=with_volume) if row else None
    if sort == "eluate":
        row = extraction_look_up.eluate(db, name)
    elif sort == "aliquot":
        row = examination_look_up.aliquot(db, name)
    else:
        row = None
    number = code or (row["accession"] if row else "") or ""
    return _of(db, sort, row, row["specimen"], number, with_volume=with_volume) if row else None


def _tube(db: Database, row: Row, *, with_volume: bool = True) -> Item:
    return _of(db, "tube", row, row["specimen"], row["code"], with_volume=with_volume)


def _of(db: Database, sort: str, row: Row, specimen: str | None, code: str, *, with_volume: bool) -> Item:
    of = look_up.row(db, "specimen", specimen) if specimen else None
    tests = [one["test"] for one in look_up.requests_of_specimen(db, specimen)] if specimen else []
    return Item(
        sort=sort,
        id=row["id"],
        code=str(code),
        specimen=str(specimen or ""),
        number=str(of["accession"]) if of else "",
        kind=str(of["type"] or "") if of else "",
        tests=tuple(str(one) for one in tests if one),
        volume=_volume(db, f"{sort}:{row['id']}") if with_volume else None,
    )


def _volume(db: Database, item: str) -> tuple[str, str] | None:
    """What is left of it; a nominal volume judges nothing, and no amount is reckoned from less than nothing."""
    one = volume_left.left(db, item)
    counts = one is not None and one.ul > 0 and one.stated.how != "nominal"
    return (format(one.ul, "f"), "uL") if one is not None and counts else None


def _known(db: Database, at: AtMeasure, measured: list[Measured]) -> Steps[Known]:
    names, items = list(names_of(measured)), dict[str, Item]()
    for start in range(0, len(names), _ASKED_AT_ONCE):
        items |= _bare_by_codes(db, names[start : start + _ASKED_AT_ONCE])
        yield
    known = Known(items, patients=_patients(db, names))
    if at.plate:
        return replace(known, wells=_wells_of_plate(db, at.plate), place=How.PLATE_AND_WELL)
    if at.rack and at.by_order:
        return replace(known, in_order=_in_order(db, at.rack), place=How.RUN_ORDER)
    if at.rack:
        return replace(known, wells=_wells_of_rack(db, at.rack), place=How.RACK_AND_WELL)
    plates = {one.plate.strip() for one in measured if one.plate.strip()}
    named = rack_look_up.rack_by_code(db, plates.pop()) if len(plates) == 1 else None
    if named is not None:
        # The file itself names the rack that was measured.
        return replace(known, wells=_wells_of_rack(db, named["id"]), place=How.RACK_AND_WELL)
    return known


def _patients(db: Database, names: Iterable[str]) -> frozenset[str]:
    """Names of ten digits that are a patient's number here: a tube's code has that shape too."""
    digits = [name for name in names if name.isdecimal() and len(name) == 10]
    return frozenset(
        name for name in digits if any(one.startswith("patient:") for one, _ in store.find_exact_private(db, name))
    )


def _wells_of_rack(db: Database, rack: str) -> dict[str, Item]:
    tubes: dict[str, list[Row]] = {}
    for row in rack_look_up.tubes_in_rack(db, rack):
        tubes.setdefault(row["well"] or "", []).append(row)
    # Of two tubes that are recorded in one well nobody knows which was measured.
    return {well: _bare(rows[0]) for well, rows in tubes.items() if well and len(rows) == 1}


def _wells_of_plate(db: Database, plate: str) -> dict[str, Item]:
    found = {one["well"]: rack_look_up.tube(db, one["tube"]) for one in plate_look_up.wells(db, plate) if one["tube"]}
    return {well: _bare(row) for well, row in found.items() if row is not None}


def _in_order(db: Database, rack: str) -> tuple[Item, ...]:
    row, wells = rack_look_up.rack(db, rack), _wells_of_rack(db, rack)
    shape = Shape(row["rows"], row["columns"]) if row else None
    return tuple(wells[well] for well in shape.wells if well in wells) if shape else ()
