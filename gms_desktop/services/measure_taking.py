"""Takes a run's file up for a look at both sides; nothing is recorded before somebody saves it."""

from __future__ import annotations

from gms_desktop import measure_words
from gms_desktop.domain.readings.judging import FAILS, worst
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.measure_files import RunFile
from gms_desktop.register import look_up, reading_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import measure_matching, measure_saving
from gms_desktop.services.at_measure import AtMeasure
from gms_desktop.services.find import local_minute
from gms_desktop.services.measure_matching import RunMatched, Steps, to_end
from gms_desktop.services.measure_scans import PLACE
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk


def take(ledger: Ledger, desk: Desk, file: RunFile) -> Outcome:
    """Open a file: its runs are matched and judged, and shown beside the tubes. The same content twice is refused."""
    return opened(desk, to_end(take_in_steps(ledger, desk.time_zone, file)))


def take_in_steps(ledger: Ledger, time_zone: str, file: RunFile) -> Steps[tuple[AtMeasure | None, Verdict]]:
    """The same in steps: the work at the file, none for one that was taken in before, and what is said of it."""
    before = reading_look_up.runs_of_file(ledger.db, file.sha256)
    if before:
        return None, _again(ledger.db, before[0], file.name, time_zone)
    at = AtMeasure(file=file.name, content=file.content, sha256=file.sha256, instrument=file.instrument, runs=file.runs)
    runs = yield from measure_matching.matched_in_steps(ledger, at)
    return at, _said(at, runs)


def opened(desk: Desk, made: tuple[AtMeasure | None, Verdict]) -> Outcome:
    """A file that was worked out is the one in view; one that was taken in before is not."""
    at, verdict = made
    desk.measure = at or desk.measure
    return Outcome(verdict, place=PLACE)


def said_of(ledger: Ledger, desk: Desk) -> Verdict:
    """What the open file came to, in words."""
    return _said(desk.measure, measure_matching.matched_runs(ledger, desk.measure))


def _said(at: AtMeasure, runs: tuple[RunMatched, ...]) -> Verdict:
    failed = next((one for run in runs for one in run.failed), None)
    if failed is not None:
        return measure_words.held_file(at.file, measure_saving.control_words(failed))
    samples, tubes = counts(runs)
    instrument = " and ".join(dict.fromkeys(one.run.instrument for one in runs))
    fails = sum(1 for run in runs for said in run.judged if worst(one.word for one in said) in FAILS)
    return measure_words.file_open(at.file, instrument, samples, tubes, fails)


def counts(runs: tuple[measure_matching.RunMatched, ...]) -> tuple[int, int]:
    """How many samples there are, and how many of them have a tube."""
    samples = [match for run in runs for one, match in zip(run.run.measured, run.matches, strict=True) if _is(one.role)]
    return len(samples), sum(1 for match in samples if match.item is not None)


def _is(role: str) -> bool:
    return role == "sample"


def _again(db: Database, row: Row, now: str, time_zone: str) -> Verdict:
    known = store.private_values(db, [f"run:{row['id']}"])
    name = known.get(row["file_private"] or "") or now
    began = look_up.incarnation(db, row["bench"])
    bench = str(began["bench"]) if began else "another bench"
    return measure_words.taken_before(now, local_minute(row["at"], time_zone), bench, "" if name == now else name)
