"""Measurements as Find shows them: what stands for each quantity of a tube, what is said of it, where it came from."""

from __future__ import annotations

from gms_desktop import measure_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.judging import Word
from gms_desktop.domain.readings.limits import Limit, Rule
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import examination_look_up, extraction_look_up, rack_look_up, reading_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import item_readings, measure_deciding, measure_matching, measure_taken_back
from gms_desktop.services.item_readings import Standing
from gms_desktop.services.views import Offer

SORTS = frozenset({"tube", "eluate", "specimen"})


def facts(ledger: Ledger, sort: str, name: str) -> tuple[tuple[str, str], ...]:
    """What was measured of a thing; of a specimen, of everything that holds its DNA too."""
    if sort not in SORTS:
        return ()
    rules = measure_matching.rules_today(ledger)
    found = _of(ledger.db, f"{sort}:{name}", "", rules)
    if sort == "specimen":
        made = made_of(ledger.db, name)
        found += tuple(fact for item, code in made for fact in _of(ledger.db, item, f"{code}: ", rules))
    return found


def offers(ledger: Ledger, sort: str, name: str) -> tuple[Offer, ...]:
    """What may be decided about the measurements of a thing."""
    if sort not in SORTS:
        return ()
    db, item = ledger.db, f"{sort}:{name}"
    made = []
    if item_readings.failing(db, item):
        made.append(Offer(Command.CONCEDE, "Goes on although it fails", argument=name))
    if len(reading_look_up.readings_of(db, item)) > 1:
        made.append(Offer(Command.READING_STANDS, "Another reading stands", argument=name))
    if reading_look_up.readings_of(db, item):
        made.append(Offer(Command.TAKE_BACK_READING, "A reading is not of this tube", argument=name))
    if measure_deciding.unjudged(ledger, item):
        made.append(Offer(Command.JUDGE_AGAIN, "Judge by today's rules", argument=name))
    things = [item, *(one for one, _ in made_of(db, name))] if sort == "specimen" else [item]
    if any(reading_look_up.readings_of(db, one) for one in things):
        made.append(Offer(Command.QC_REPORT, "QC report", argument=name))
    return tuple(made)


def made_of(db: Database, specimen: str) -> list[tuple[str, str]]:
    """What holds a specimen's DNA: each tube, eluate and aliquot, as entries name it and in words."""
    tubes = [(f"tube:{row['id']}", f"tube {row['code']}") for row in rack_look_up.tubes_of_specimen(db, specimen)]
    eluates = [
        (f"eluate:{row['id']}", row["accession"] or "eluate") for row in extraction_look_up.eluates_of(db, specimen)
    ]
    aliquots = [(f"aliquot:{row['id']}", row["accession"]) for row in examination_look_up.aliquots_of(db, specimen)]
    return [*tubes, *eluates, *aliquots]


def _of(db: Database, item: str, before: str, rules: tuple[Rule, ...]) -> tuple[tuple[str, str], ...]:
    rows = reading_look_up.readings_of(db, item)
    taken_back = tuple((label, before + said) for label, said in measure_taken_back.facts(db, item))
    if not rows:
        return taken_back
    files = store.private_values(db, [f"run:{row['run']}" for row in rows])
    every = item_readings.standings(db, item)
    shown = [one for one in every if not one.cells[0].part or one.judgements]
    found = [("Measured", before + _standing(one, files)) for one in shown]
    if len(every) > len(shown):
        found.append(("Measured", before + measure_words.of_parts(len(every) - len(shown))))
    found += [("Measured", before + said) for said in _not_measured(db, item, every, rules)]
    found += [("Measured", f"{before}{row['instrument']}: {why}") for row in rows if (why := _does_not_count(row))]
    return (
        *found,
        *taken_back,
        *(("Goes on", before + _conceded(db, row)) for row in reading_look_up.concessions(db, item)),
    )


def _not_measured(db: Database, item: str, every: tuple[Standing, ...], rules: tuple[Rule, ...]) -> list[str]:
    """The limits of today's rules for a thing of which no reading that stands says anything."""
    thing = measure_matching.item_of(db, item) if rules else None
    if thing is None:
        return []
    return [
        measure_words.not_measured(f"{limit.of.value} {limit.part}".strip(), rule.name, rule.version)
        for rule in rules
        if rule.is_for(thing.kind, thing.tests)
        for limit in rule.limits
        if not any(_speaks_to(limit, one) for one in every)
    ]


def _speaks_to(limit: Limit, one: Standing) -> bool:
    """Whether something that stands is what a limit is about, judged by it or not yet."""
    if any((row["of"], row["part"] or "") == (limit.of.value, limit.part) for row in one.judgements):
        return True
    cell, row = one.cells[0], one.rows[0]
    same = cell.analyte is limit.of and cell.part.casefold() == limit.part.casefold()
    return same and limit.meant_by(row["instrument"] or "", row["assay"] or "")


def _does_not_count(row: Row) -> str:
    if row["run_state"] == "held":
        return measure_words.IS_HELD
    return "" if row["complete"] else measure_words.IS_CUT


def _standing(one: Standing, files: dict[str, str | None]) -> str:
    values = ", ".join(measure_words.value(cell) for cell in one.cells)
    parts = [f"{one.name} {values}"]
    if one.spread is not None:
        parts.append(measure_words.spread(one.spread, one.cells[0].unit))
    said = [measure_deciding.judgement_words(row) for row in item_readings.newest(one.judgements)]
    parts.append("; ".join(dict.fromkeys(said)) or Word.NO_RULE.value)
    row = one.rows[-1]
    if one.by_person:
        parts.append("stands because a person said so")
    return ", ".join([*parts, row["instrument"], _source(row, files)])


def _source(row: Row, files: dict[str, str | None]) -> str:
    """The file that a reading came in; of a weight the balance that told it."""
    if row["sha256"]:
        return files.get(row["file_private"] or "") or "a file"
    return f"serial {row['serial']}" if row["serial"] else "its serial number is not known"


def _conceded(db: Database, row: Row) -> str:
    why = store.private_values(db, [row["item"]]).get(row["reason_private"] or "") or "reason erased"
    return f"although it fails rule {row['rule']} v{row['version']}: {why}"
