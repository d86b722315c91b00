"""What is recorded when a run is saved: the run with its file, each reading, what the rules said of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from devices.measured import Measured
from gms_desktop import instrument_words, measure_words
from gms_desktop.domain.readings.controls import ControlRead
from gms_desktop.domain.readings.judging import Judged
from gms_desktop.domain.readings.matching import Item, Match
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import measured_runs, site_rules
from gms_desktop.services.at_measure import AtMeasure
from gms_desktop.services.measure_matching import RunMatched
from gms_desktop.services.measured_runs import plain
from gms_desktop.services.receive import Desk
from gms_desktop.services.site_rules import RuleText

_LONGEST_TEXT = 2_000
_ROOM_FOR_HEADINGS = 20_000
_TYPED = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True)
class _Run:
    ledger: Ledger
    desk: Desk
    at: AtMeasure
    rules: RuleText
    name: str
    matched: RunMatched

    @property
    def told(self) -> dict[str, str]:
        return {"by": "file", "device": self.matched.run.instrument}


def run_subject(run: str) -> str:
    """The subject that a run's file is kept for."""
    return f"run:{run}"


def drafts(ledger: Ledger, desk: Desk, at: AtMeasure, runs: tuple[tuple[str, RunMatched], ...]) -> Iterator[Draft]:
    """The entries of a file: each run under the identity that its file is kept for."""
    rules = site_rules.rule_text(ledger.db, "qc-limits")
    for number, (name, matched) in enumerate(runs, start=1):
        yield from _of_run(_Run(ledger, desk, at, rules, name, matched), number)


def _of_run(it: _Run, number: int) -> Iterator[Draft]:
    yield _imported(it, number)
    both = zip(it.matched.run.measured, it.matched.matches, it.matched.judged, strict=True)
    for place, (one, match, said) in enumerate(both, start=1):
        reading = it.ledger.identity()
        yield _recorded(it, reading, one, match, (number, place))
        if said:
            yield judged_draft(reading, said, it.rules, it.desk.place.bench)
    if it.matched.failed:
        failed = [failed_control(one) for one in it.matched.failed]
        body = {"run": it.name, "failed": failed, "reason": None, "bench": it.desk.place.bench}
        yield Draft("run.held", body, input=it.told)


def _imported(it: _Run, number: int) -> Draft:
    run, pen, subject = it.matched.run, it.ledger.pen(), run_subject(it.name)
    details = json.dumps([[found.defect.value, plain(found.detail)] for found in run.findings][:50], ensure_ascii=False)
    named = {name: plain(getattr(run, name)) for name in ("instrument", "dialect", "model", "serial", "software")}
    body = {
        "run": it.name,
        "number": number,
        "sha256": it.at.sha256,
        "size": len(it.at.content),
        "file": pen.write(plain(it.at.file), subject),
        **named,
        "measured_by": pen.write(plain(run.operator), subject),
        "run_id": _number(run.run_id),
        "assay": plain(run.assay),
        "taken": measured_runs.moment(run.at),
        "unread": measured_runs.within([plain(one) for one in run.unread], _ROOM_FOR_HEADINGS),
        "findings": [[found.defect.value, list(found.lines[:50])] for found in run.findings[:50]],
        "details": pen.write(details if run.findings else "", subject),
        "positions": len(run.measured),
        "complete": it.matched.complete,
        "bench": it.desk.place.bench,
    }
    return Draft("run.imported", body, pen.values, input=it.told)


def _number(run_id: str) -> str:
    """A run's own number or time; a name that somebody typed may be a patient's, and stands in the kept file."""
    return "" if _TYPED.search(run_id) else plain(run_id)


def _recorded(it: _Run, reading: str, one: Measured, match: Match, at_place: tuple[int, int]) -> Draft:
    number, place = at_place
    pen, subject = it.ledger.pen(), f"reading:{reading}"
    sample = " / ".join(plain(name) for name in (one.sample, one.sample_id) if name)
    at = one.at or it.matched.run.at
    body = {
        "reading": reading,
        "run": it.name,
        "sha256": it.at.sha256,
        "number": number,
        "place": place,
        "line": one.line,
        # What somebody typed at an instrument may be a patient's name.
        "sample": pen.write(sample, subject),
        "plate": plain(one.plate) if _is_code(one.plate) else "",
        "well": plain(one.well),
        "role": one.role.value,
        "taken": measured_runs.moment(at),
        "assay": plain(one.assay or it.matched.run.assay),
        "quantities": measured_runs.cells(one),
        "flags": pen.write("; ".join(plain(flag) for flag in one.flags)[:_LONGEST_TEXT], subject),
        "item": item_body(match.item),
        "how": match.how.value if match.how else None,
        "bench": it.desk.place.bench,
    }
    return Draft("reading.recorded", body, pen.values, input=it.told)


def _is_code(plate: str) -> bool:
    """Whether a plate's name is a code: a free name may be anything, and stands in the kept file."""
    kept = plate.replace("-", "").replace("_", "")
    return kept.isascii() and kept.isalnum() and any(map(str.isdigit, kept)) and any(map(str.isalpha, kept))


def item_body(item: Item | None) -> dict[str, Any] | None:
    """A thing as an entry names it, with the code that it was known by."""
    return {"sort": item.sort, "id": item.id, "code": item.code} if item else None


def judged_draft(
    reading: str, said: tuple[Judged, ...], rules: RuleText, bench: str, corrected: int | None = 0
) -> Draft:
    """What the rules in force say of a reading, which was corrected so many times."""
    judgements = [measured_runs.judgement(one) for one in said]
    body = {
        "reading": reading,
        "corrected": corrected or 0,
        "set": rules.name,
        "version": rules.version,
        "sha256": rules.sha256,
    }
    return Draft("reading.judged", body | {"judgements": judgements, "bench": bench}, input={"by": "rule"})


def failed_control(one: ControlRead) -> dict[str, Any]:
    """A control that holds a run, as an entry names it."""
    return {
        "line": one.line,
        "control": one.control.name,
        "lot": one.control.lot,
        "of": one.control.limit.of.value,
        "word": one.word.value,
        "expected": measure_words.expected(one.control.limit),
        "raw": plain(one.cell.raw) if one.cell else None,
        "raw_unit": plain(one.cell.raw_unit) if one.cell else None,
    }


def control_words(one: ControlRead) -> str:
    """A control beside its range, in words."""
    said = f"{one.word.value}, {measure_words.value(one.cell)}" if one.cell else one.word.value
    limit = one.control.limit
    return measure_words.control(one.control.name, one.control.lot, said, limit.of, measure_words.expected(limit))


def findings_in_words(matched: RunMatched) -> tuple[str, ...]:
    """What is odd about a run's file, in sentences."""
    return tuple(instrument_words.finding(found) for found in matched.run.findings)
