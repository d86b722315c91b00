"""QC reports: what the register holds of a run, or of everything that was measured of a specimen, put on paper."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from devices.measured import Quantity, Role
from gms_desktop import measure_words
from gms_desktop.documents.qc_report import QcReport, ReportRun, ReportValue
from gms_desktop.domain import dates
from gms_desktop.domain.readings.judging import FAILS, Word
from gms_desktop.domain.readings.matching import Item
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import item_readings, measure_deciding, measure_matching, measure_on_find, measured_runs
from gms_desktop.services.find import local_minute
from gms_desktop.services.people import name_of

_STATES = {"held": measure_words.IS_HELD, "released": measure_words.WAS_RELEASED}
_CODE_LENGTH = 16


@dataclass
class _Reading:
    """What is looked up once for all values of a report."""

    db: Database
    zone: str
    runs: dict[str, ReportRun] = field(default_factory=dict)
    items: dict[str, Item | None] = field(default_factory=dict)
    standing: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    conceded: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)


def of_run(ledger: Ledger, run: Row, zone: str) -> QcReport:
    """The report of one run."""
    it = _Reading(ledger.db, zone)
    rows = reading_look_up.readings_of_run(ledger.db, run["id"])
    values = tuple(_values(it, rows))
    made = _run(it, run["id"])
    failed = (*measure_deciding.failed_words(run), *_release(ledger.db, run))
    named = measure_deciding.run_name(run)
    return QcReport(f"QC report: {named}", run["sha256"][:_CODE_LENGTH], (made,), values, failed)


def of_item(ledger: Ledger, subject: str, zone: str) -> QcReport:
    """The report of a tube; of a specimen, of everything that holds its DNA too."""
    it, sort = _Reading(ledger.db, zone), subject.partition(":")[0]
    made = measure_on_find.made_of(ledger.db, subject.partition(":")[2]) if sort == "specimen" else []
    rows = [row for one in (subject, *(one for one, _ in made)) for row in reading_look_up.readings_of(ledger.db, one)]
    item = _item(it, subject)
    values = tuple(_values(it, rows))
    notes = tuple(
        f"{run.instrument}, {run.file}: {words}"
        for name, run in it.runs.items()
        if (row := reading_look_up.run(ledger.db, name)) is not None
        for words in (*measure_deciding.failed_words(row), *_release(ledger.db, row))
    )
    code = item.code if item else subject.partition(":")[2]
    return QcReport(f"QC report: {_named(item)}", code, tuple(it.runs.values()), values, notes)


def _named(item: Item | None) -> str:
    if item is None:
        return "a thing not known here"
    of = f", specimen {item.number}" if item.number and item.number != item.code else ""
    return f"{item.sort} {item.code}{of}" + (f", {item.kind}" if item.kind else "")


def subjects(ledger: Ledger, report_of: str, rows: Iterable[Row]) -> list[str]:
    """What a report is about: the thing itself, runs, tubes and specimens: by these it is recalled and erased."""
    rows = list(rows)
    found = dict.fromkeys([report_of, *(f"run:{row['run']}" for row in rows)])
    for name in dict.fromkeys(row["item"] for row in rows if row["item"]):
        item = measure_matching.item_of(ledger.db, name)
        found |= dict.fromkeys([name, *([f"specimen:{item.specimen}"] if item and item.specimen else [])])
    return list(found)


def _values(it: _Reading, rows: list[Row]) -> Iterator[ReportValue]:
    for row in rows:
        run, item = _run(it, row["run"]), _item(it, row["item"]) if row["item"] else None
        said = reading_look_up.judgements(it.db, row["id"])
        typed = store.private_values(it.db, [f"reading:{row['id']}"])
        for cell in measured_runs.read_back(row["quantities"]):
            about = [one for one in item_readings.newest(tuple(said)) if item_readings.is_about(one, cell)]
            yield ReportValue(
                run=run.key,
                place=row["well"] or f"line {row['line']}",
                sample=_sample(typed.get(row["sample_private"] or "") or "no name", row["role"]),
                tube=item.code if item else "",
                specimen=item.number if item else "",
                quantity=_quantity(cell),
                shown=measure_words.value(cell),
                value="" if cell.value is None else measure_words.number(cell.value),
                unit=cell.unit,
                says=cell.says.value,
                raw=cell.raw,
                raw_unit=cell.raw_unit,
                differs=_differs(cell),
                said=_said(row, item, about, cell),
                conceded=_conceded(it, row["item"], about),
                stands=_stands(it, row, cell),
                flags=typed.get(row["flags_private"] or "") or "",
            )


def _quantity(cell: Quantity) -> str:
    return f"{cell.analyte.value} {cell.part}".strip()


def _sample(name: str, role: str) -> str:
    return name if role == Role.SAMPLE.value else f"{name} ({role})"


def _differs(cell: Quantity) -> str:
    """The raw cell with its unit, where it is not what is shown."""
    raw = f"{cell.raw} {cell.raw_unit}".strip()
    same = raw.replace("µ", "u").replace("μ", "u") == measure_words.value(cell)
    return "" if same or not raw else raw


def _said(row: Row, item: Item | None, about: list[Row], cell: Quantity) -> str:
    if row["role"] != Role.SAMPLE.value or measured_runs.of_the_instrument(cell):
        return ""
    if item is None:
        return measure_words.WAITS
    said = (
        (f"{one['of']} " if one["of"] != cell.analyte.value else "") + measure_deciding.judgement_words(one)
        for one in about
    )
    return "; ".join(dict.fromkeys(said)) or Word.NO_RULE.value


def _stands(it: _Reading, row: Row, cell: Quantity) -> str:
    if not row["item"] or measured_runs.of_the_instrument(cell):
        return ""
    if row["item"] not in it.standing:
        it.standing[row["item"]] = {
            (each["id"], one.name) for one in item_readings.standings(it.db, row["item"]) for each in one.rows
        }
    return "" if (row["id"], _quantity(cell)) in it.standing[row["item"]] else measure_words.DOES_NOT_STAND


def _conceded(it: _Reading, name: str | None, about: list[Row]) -> str:
    if not name:
        return ""
    if name not in it.conceded:
        it.conceded[name] = dict(_concessions(it, name))
    rules = dict.fromkeys((one["rule"], one["version"]) for one in about if Word(one["word"]) in FAILS)
    return "; ".join(it.conceded[name][rule] for rule in rules if rule in it.conceded[name])


def concessions_of(db: Database, name: str, zone: str) -> tuple[str, ...]:
    """What was conceded of a thing, in the words of its report: for every paper that goes on with it."""
    return tuple(words for _, words in _concessions(_Reading(db, zone), name))


def _concessions(it: _Reading, name: str) -> Iterator[tuple[tuple[str, str], str]]:
    typed = store.private_values(it.db, [name])
    beside = {
        (one.entry.body["rule"], one.entry.body["version"]): one.entry.witness
        for one in store.of_subject(it.db, name)
        if one.entry.kind == "reading.conceded"
    }
    for row in reading_look_up.concessions(it.db, name):
        rule = (row["rule"], row["version"])
        who = name_of(it.db, row["operator"])
        witness = beside.get(rule)
        second = name_of(it.db, witness) if witness else ""
        why = typed.get(row["reason_private"] or "") or "reason erased"
        yield rule, measure_words.conceded(*rule, why, who, second, local_minute(row["at"], it.zone))


def _release(db: Database, run: Row) -> tuple[str, ...]:
    if run["state"] == "held" and run["reason_private"]:
        return measure_deciding.held_words(db, run)[-1:]
    if run["state"] != "released":
        return ()
    why = store.private_values(db, [f"run:{run['id']}"]).get(run["reason_private"] or "") or "reason erased"
    return (measure_words.released_because(why, by_control=bool(measure_deciding.failed_words(run))),)


def _run(it: _Reading, name: str) -> ReportRun:
    if name not in it.runs:
        row = reading_look_up.run(it.db, name)
        if row is None:
            raise RuntimeError("a reading stands in a run")
        it.runs[name] = _report_run(it, row, str(len(it.runs) + 1))
    return it.runs[name]


def _report_run(it: _Reading, row: Row, key: str) -> ReportRun:
    typed = store.private_values(it.db, [f"run:{row['id']}"])
    states = (_STATES.get(row["state"], ""), "" if row["complete"] else measure_words.IS_CUT)
    return ReportRun(
        key=key,
        instrument=" ".join(part for part in (row["instrument"], row["model"], row["serial"]) if part),
        assay=row["assay"] or "",
        file=typed.get(row["file_private"] or "") or "name erased",
        sha256=row["sha256"],
        measured=_measured(it.db, row),
        measured_by=typed.get(row["measured_by_private"] or "") or "",
        taken_in=local_minute(row["at"], it.zone),
        taken_in_by=name_of(it.db, row["operator"]),
        state="; ".join(part for part in states if part) or measure_words.COUNTS,
    )


def _measured(db: Database, run: Row) -> str:
    """When it was measured by the instrument's own clock; by the first of its readings where the run has no time."""
    said = json.loads(run["taken"] or "null")
    if said is None:
        rows = reading_look_up.readings_of_run(db, run["id"])
        said = next((at for row in rows if (at := json.loads(row["taken"] or "null")) is not None), None)
    if said is None:
        return measure_words.NO_TIME
    if said["local"] is None:
        return f"“{said['raw']}”, day and month not decided"
    return dates.display_minute(datetime.fromisoformat(said["local"]))


def _item(it: _Reading, subject: str) -> Item | None:
    if subject not in it.items:
        it.items[subject] = measure_matching.item_of(it.db, subject)
    return it.items[subject]
