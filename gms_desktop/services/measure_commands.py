"""Commands at Measure: match, look at both sides, save a run, release one that is held, say which reading stands."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import replace

from devices.files.given import GivenFile
from devices.measured import RunDefect
from gms_desktop import measure_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Unavailable
from gms_desktop.measure_files import read_given, without_unit, written
from gms_desktop.register import reading_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    kept_files,
    limit_commands,
    measure_correcting,
    measure_matching,
    measure_saving,
    measure_taking,
    measured_runs,
    qc_report_commands,
    site_tables,
    table_commands,
)
from gms_desktop.services.at_measure import AtMeasure
from gms_desktop.services.measure_deciding import concede, judge_again, release, say_stands
from gms_desktop.services.measure_scans import PLACE
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_BY_SCREEN = {"by": "hand", "device": "screen"}
_TYPES = {".csv": "text/csv", ".txt": "text/plain", ".xml": "application/xml"}
_AT_ONCE = 16
_BINARY = "application/octet-stream"


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    desk.told = dict(_BY_SCREEN)
    outcome = _DO[given](ledger, desk, answer, argument)
    if given in _ON_FIND or (given is Command.QC_REPORT and not qc_report_commands.is_of_a_run(ledger, argument)):
        return replace(outcome, place="find")
    desk.question = outcome.question
    return replace(outcome, place=PLACE)


def _save(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    """Keep the file, then record its runs in one act."""
    steps = saved_in_steps(ledger, desk, desk.measure)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            outcome: Outcome = end.value
            if outcome.drafts:
                desk.measure = AtMeasure()
            return outcome


def saved_in_steps(
    ledger: Ledger, desk: Desk, at: AtMeasure, kept: tuple[str, ...] = ()
) -> Generator[None, None, Outcome]:
    """What is recorded when a file is saved, worked out in steps; the file is kept before.

    Args:
        ledger: the bench's.
        desk: keeps the file.
        at: the file.
        kept: the runs that it was kept for already, where this is worked out anew.
    """
    if not at.file:
        return Outcome(measure_words.file_first(), place=PLACE)
    if reading_look_up.runs_of_file(ledger.db, at.sha256):
        return Outcome(words.changed_meanwhile(), place=PLACE)
    runs = yield from measure_matching.matched_in_steps(ledger, at)
    if any(run.by_eye for run in runs) and not at.seen:
        return Outcome(measure_words.look_first(), place=PLACE)
    names = kept or tuple(ledger.identity() for _ in runs)
    named = tuple(zip(names, runs, strict=True))
    if not kept:
        _keep(ledger, desk, at, names)
    drafts = []
    for draft in measure_saving.drafts(ledger, desk, at, named):
        drafts.append(draft)
        if len(drafts) % _AT_ONCE == 0:
            yield
    samples, tubes = measure_taking.counts(runs)
    failed = next((one for run in runs for one in run.failed), None)
    held = measure_saving.control_words(failed) if failed else ""
    return Outcome(measure_words.saved(at.file, samples, samples - tubes, held), tuple(drafts), place=PLACE)


def _keep(ledger: Ledger, desk: Desk, at: AtMeasure, runs: Iterable[str]) -> None:
    if desk.files is None:
        raise Unavailable("The file cannot be kept here, so nothing of it was saved.")
    store = desk.files()
    ending = "." + at.file.rpartition(".")[2].casefold()
    for run in runs:
        store.put(at.content, _TYPES.get(ending, _BINARY), measure_saving.run_subject(run), kept_files.now(ledger))


def _aside(_ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    beside = limit_commands.aside(desk) or table_commands.aside(desk)
    if beside is not None:
        return beside
    file, waiting = desk.measure.file, desk.measure.waiting or desk.measure.pan
    if not file and not waiting:
        return Outcome(measure_words.file_first())
    desk.measure = AtMeasure()
    return Outcome(measure_words.put_aside(file) if file else words.cancelled())


def _name(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    """Name the position of the open file, or the reading that waits, whose tube is scanned next."""
    at = desk.measure
    if at.file:
        return _name_position(ledger, desk, argument)
    waiting = reading_look_up.waiting(ledger.db)
    row = next((one for one in waiting if one["id"] == argument), None) or next(iter(waiting), None)
    if row is None:
        return Outcome(words.refused(measure_words.NO_FILE, measure_words.NOTHING_WAITS))
    desk.measure = replace(at, waiting=row["id"])
    return Outcome(measure_words.scan_for(measured_runs.sample_of(ledger.db, row), row["well"] or ""))


def _name_position(ledger: Ledger, desk: Desk, argument: str) -> Outcome:
    runs = measure_matching.matched_runs(ledger, desk.measure)
    places = [(number, place) for number, run in enumerate(runs) for place in range(len(run.matches))]
    by_key = {f"{number}/{place}": (number, place) for number, place in places}
    without = [it for it in places if runs[it[0]].matches[it[1]].item is None and _is_sample(runs, it)]
    place = by_key.get(argument) or next(iter(without), None)
    if place is None:
        return Outcome(measure_words.seen() if runs else measure_words.file_first())
    desk.measure = replace(desk.measure, named=place)
    one = runs[place[0]].run.measured[place[1]]
    return Outcome(measure_words.scan_for(one.sample, one.well))


def _is_sample(runs: tuple[measure_matching.RunMatched, ...], place: tuple[int, int]) -> bool:
    return runs[place[0]].run.measured[place[1]].role.value == "sample"


def _seen(_ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    if not desk.measure.file:
        return Outcome(measure_words.file_first())
    desk.measure = replace(desk.measure, seen=True)
    return Outcome(measure_words.seen())


def _by_order(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    """The rack's tubes in the order of the run, or again by well."""
    at = desk.measure
    if not at.file or not at.rack:
        return Outcome(words.refused("No rack", "Scan the rack whose tubes were measured, then match by the order."))
    desk.measure = replace(at, by_order=not at.by_order, seen=False)
    return Outcome(measure_taking.said_of(ledger, desk))


def _dates(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """How the instrument writes its dates: asked once, kept, and the file is read again by it."""
    at = desk.measure
    if not at.file:
        return Outcome(measure_words.file_first())
    said, title = _asked(at)
    chosen = next((one for one in answer.choices if one in said), "") if answer else ""
    if not chosen:
        offered = tuple(Choice(code, label) for code, label in said.items())
        question = Question(Command.RUN_DATES, title, offered, many=False, confirm="Read the file so")
        return Outcome(words.choose(title, "Choose one."), question=question)
    desk.keep_dates(at.instrument, chosen)
    told = (*at.written, chosen)
    given = GivenFile(at.file, at.content, ledger.clock.now())
    read = read_given(given, {at.instrument: written(*told)}, site_tables.texts(ledger.db)).runs
    # What wrote the file was told by its folder, perhaps: it stays so however its dates are written.
    name, dialect = at.runs[0].instrument, at.runs[0].dialect
    runs = (one if one.instrument == name else replace(one, instrument=name, dialect=dialect) for one in read)
    desk.measure = replace(at, runs=tuple(runs), written=told)
    return Outcome(measure_words.written_so(at.instrument, said[chosen]))


def _asked(at: AtMeasure) -> tuple[Mapping[str, str], str]:
    """What the open file leaves open first: the answers in words, and the question."""
    raw, decimals, headings = undecided(at), _decimals_open(at), without_unit(at.runs)
    if not raw and decimals:
        return measure_words.DECIMALS, measure_words.ask_decimals(at.instrument, decimals)
    if not raw and headings:
        return measure_words.UNITS, measure_words.ask_unit(at.instrument, headings[0])
    orders = {order.value: how for order, how in measure_words.ORDERS.items()}
    return orders, measure_words.ask_order(at.instrument, raw)


def undecided(at: AtMeasure) -> str:
    """A date of the open file that could be read in two ways; empty where there is none."""
    return _open(at, RunDefect.DATE_UNDECIDED)


def _decimals_open(at: AtMeasure) -> str:
    """A number of the open file that could be read in two ways."""
    return _open(at, RunDefect.DECIMALS_UNDECIDED)


def asks_how(at: AtMeasure) -> str:
    """What a person may say of how the open file is written; empty where it leaves nothing open."""
    if undecided(at):
        return measure_words.HOW_DATES
    if _decimals_open(at):
        return measure_words.HOW_NUMBERS
    return measure_words.HOW_UNITS if without_unit(at.runs) else ""


def _open(at: AtMeasure, defect: RunDefect) -> str:
    return next((one.detail for run in at.runs for one in run.findings if one.defect is defect), "")


_ON_FIND = frozenset({Command.READING_STANDS, Command.JUDGE_AGAIN, Command.CONCEDE, Command.TAKE_BACK_READING})
_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.SAVE_RUN: _save,
    Command.RUN_ASIDE: _aside,
    Command.NAME_READING: _name,
    Command.RUN_SEEN: _seen,
    Command.RUN_ORDER: _by_order,
    Command.RUN_DATES: _dates,
    Command.RELEASE_RUN: release,
    Command.HOLD_RUN: measure_correcting.hold,
    Command.TAKE_BACK_READING: measure_correcting.take_back,
    Command.READING_STANDS: say_stands,
    Command.JUDGE_AGAIN: judge_again,
    Command.CONCEDE: concede,
    Command.QC_REPORT: qc_report_commands.report,
}
