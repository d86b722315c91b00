"""The Measure screen: the open file line by line beside the tubes, else the readings that wait and the last runs."""

from __future__ import annotations

from collections.abc import Iterator

from devices.measured import Measured, Quantity, Role, Says
from gms_desktop import measure_words
from gms_desktop.documents.qc_report import PlatePlot
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.judging import FAILS, Judged, Word, worst
from gms_desktop.domain.readings.matching import BY_EYE, Match, twice
from gms_desktop.domain.readings.standing import spread
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import reading_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    control_charts,
    limit_view,
    measure_deciding,
    measure_matching,
    measure_saving,
    measure_taken_back,
    measured_runs,
    plate_plots,
    table_view,
)
from gms_desktop.services.at_measure import AtMeasure
from gms_desktop.services.find import local_minute
from gms_desktop.services.measure_commands import asks_how
from gms_desktop.services.measure_matching import RunMatched
from gms_desktop.services.measure_views import MeasureView, ReadingLine
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Offer

_RUNS_SHOWN = 8


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None = None) -> MeasureView:
    """The screen as it stands."""
    if desk.measure.limits is not None:
        return limit_view.view(ledger, desk, desk.measure.limits, verdict)
    if desk.measure.table is not None:
        return table_view.view(ledger, desk, desk.measure.table, verdict)
    return _of_file(ledger, desk, verdict) if desk.measure.file else _without_file(ledger, desk, verdict)


def _of_file(ledger: Ledger, desk: Desk, verdict: Verdict | None) -> MeasureView:
    at, runs = desk.measure, measure_matching.matched_runs(ledger, desk.measure)
    lines = [line for number, run in enumerate(runs) for line in _lines(run, number, at.named)]
    waiting = any(_waits(one, match) for run in runs for one, match in zip(run.run.measured, run.matches, strict=True))
    return MeasureView(
        heading=_heading(at.file, runs, eye=not at.seen),
        verdict=verdict,
        file=at.file,
        lines=tuple(lines),
        notes=tuple(note for run in runs for note in _notes(run)),
        offers=tuple(_offers(runs, at, waiting=waiting)),
        question=desk.question,
        plot=_plot(runs),
        controls=tuple(one for run in runs for one in control_charts.open_charts(ledger.db, run.run, run.controls)),
    )


def _plot(runs: tuple[RunMatched, ...]) -> PlatePlot | None:
    """The open file well by well; of a file with several runs each stands in its own report."""
    if len(runs) != 1:
        return None
    [run] = runs
    both = zip(run.run.measured, run.judged, strict=True)
    said = {one.well: (one.quantities, judged) for one, judged in both if one.well}

    def fails(well: str, cell: Quantity) -> bool:
        return any(one.word in FAILS and one.cell == cell for one in said[well][1])

    return plate_plots.plot({well: quantities for well, (quantities, _) in said.items()}, fails)


def _heading(file: str, runs: tuple[RunMatched, ...], *, eye: bool) -> str:
    if eye and any(run.by_eye for run in runs):
        return "Compare both sides"
    return "Save the run as held" if any(run.failed for run in runs) else f"Save {file}"


def _offers(runs: tuple[RunMatched, ...], at: AtMeasure, *, waiting: bool) -> Iterator[Offer]:
    eye = any(run.by_eye for run in runs) and not at.seen
    if eye:
        yield Offer(Command.RUN_SEEN, "Both sides agree", usual=True)
    readings = sum(len(run.matches) for run in runs)
    if not eye:
        yield Offer(Command.SAVE_RUN, f"Save {readings} reading{'s' if readings != 1 else ''}", usual=True)
    if waiting:
        yield Offer(Command.NAME_READING, "Scan the next one's tube")
    if at.rack:
        yield Offer(Command.RUN_ORDER, "By well or by order")
    if how := asks_how(at):
        yield Offer(Command.RUN_DATES, how)
    yield Offer(Command.RUN_ASIDE, "Put aside")


def _lines(run: RunMatched, number: int, named: tuple[int, int] | None) -> Iterator[ReadingLine]:
    both = zip(run.run.measured, run.matches, run.judged, strict=True)
    controls = {one.line: measure_words.control_said(one.word, one.control.limit) for one in run.controls}
    failed = {one.line for one in run.failed}
    for place, (one, match, said) in enumerate(both):
        yield ReadingLine(
            key=f"{number}/{place}" if one.role is Role.SAMPLE else "",
            sample=sample_words(one.sample, one.sample_id, one.well, one.role),
            tube=_tube(match),
            how=_whose(match),
            values=measured_runs.in_words(one),
            said=controls.get(one.line) or _said(one, match, said),
            kind=VerdictKind.REFUSED if one.line in failed else _kind(one, match, said),
            chosen=(number, place) == named,
        )


def sample_words(sample: str, other: str, well: str, role: Role) -> str:
    """The file's side of a line."""
    name = " / ".join(part for part in (sample, other) if part) or "no name"
    what = "" if role is Role.SAMPLE else f" ({measure_words.ROLES[role]})"
    return f"{well}  {name}{what}".strip()


def _tube(match: Match) -> str:
    if match.item is None:
        return measure_words.WHY[match.why] if match.why else ""
    return match.item.code


def _whose(match: Match) -> str:
    """Whose the tube is, and what the match stands on."""
    item = match.item
    if item is None or match.how is None:
        return ""
    number = item.number if item.number != item.code else ""
    return ", ".join(part for part in (number, item.kind, measure_words.HOW[match.how]) if part)


def _said(one: Measured, match: Match, said: tuple[Judged, ...]) -> str:
    if one.role is not Role.SAMPLE:
        return ""
    if match.item is None:
        return ""
    met = dict.fromkeys(measure_words.judgement(each) for each in said if each.word is Word.MEETS)
    other = [f"{each.limit.of.value} {measure_words.judgement(each)}" for each in said if each.word is not Word.MEETS]
    return "; ".join([*other, *met]) or Word.NO_RULE.value


def _kind(one: Measured, match: Match, said: tuple[Judged, ...]) -> VerdictKind | None:
    if one.role is not Role.SAMPLE:
        return None
    if match.item is None:
        return VerdictKind.ATTENTION
    word = worst(each.word for each in said)
    if word in FAILS:
        return VerdictKind.REFUSED
    if match.how in BY_EYE or word in {Word.NOT_READABLE, Word.NOT_MEASURED}:
        return VerdictKind.ATTENTION
    return VerdictKind.MATCHES


def _waits(one: Measured, match: Match) -> bool:
    return one.role is Role.SAMPLE and match.item is None


def _notes(run: RunMatched) -> Iterator[str]:
    """What is odd about a run: its controls, its file, tubes that were measured several times, columns not read."""
    yield from (measure_saving.control_words(one) for one in run.failed)
    yield from measure_saving.findings_in_words(run)
    yield from _replicates(run)
    for one in run.run.measured:
        if more := measured_runs.left_out(one):
            yield measure_words.more_in_the_file(one.line, more)
    if run.run.unread:
        yield f"Not read: {', '.join(run.run.unread)}."


def _replicates(run: RunMatched) -> Iterator[str]:
    for subject, count in twice(run.matches).items():
        of = [one for one, match in zip(run.run.measured, run.matches, strict=True) if _is_of(match, subject)]
        code = next(match.item.code for match in run.matches if match.item and match.item.subject == subject)
        by_name: dict[tuple[str, str], list[object]] = {}
        for one in of:
            for cell in one.quantities:
                if cell.says is Says.NUMBER and not measured_runs.of_the_instrument(cell):
                    by_name.setdefault((f"{cell.analyte.value} {cell.part}".strip(), cell.unit), []).append(cell.value)
        said = [
            f"{name}: {measure_words.spread(made, unit)}"
            for (name, unit), found in by_name.items()
            if (made := spread(found)) is not None  # type: ignore[arg-type]
        ]
        yield f"{code} was measured {count} times in this run. {'; '.join(said)}".strip()


def _is_of(match: Match, subject: str) -> bool:
    return match.item is not None and match.item.subject == subject


def _without_file(ledger: Ledger, desk: Desk, verdict: Verdict | None) -> MeasureView:
    db = ledger.db
    waiting = reading_look_up.waiting(db)
    named = next((one for one in waiting if one["id"] == desk.measure.waiting), None)
    offers = [Offer(Command.NAME_READING, "Scan a tube for a reading that waits")] if waiting and not named else []
    if named:
        offers.append(Offer(Command.RUN_ASIDE, "Put aside"))
    held = reading_look_up.held_runs(db)
    if held:
        offers.append(Offer(Command.RELEASE_RUN, "Release the held run", argument=held[0]["id"]))
    if reading_look_up.runs_at(db, ledger.head.writer, 1):
        offers.append(Offer(Command.QC_REPORT, "QC report of a run"))
        offers.append(Offer(Command.HOLD_RUN, "Hold a run"))
    offers.append(Offer(Command.SHOW_LIMITS, "Limits"))
    offers.append(Offer(Command.SHOW_TABLES, "Own tables"))
    return MeasureView(
        heading="Scan its tube" if named else measure_words.BEGIN,
        on_pan=desk.measure.pan.code if desk.measure.pan else "",
        verdict=verdict,
        lines=tuple(_waiting(db, row, chosen=row is named, zone=desk.time_zone) for row in waiting),
        lines_title=measure_words.WAITING,
        lines_empty=measure_words.NOTHING_WAITS,
        runs=tuple(_runs(ledger, desk.time_zone)),
        offers=tuple(offers),
        question=desk.question,
    )


def _waiting(db: Database, row: Row, *, chosen: bool, zone: str) -> ReadingLine:
    file = store.private_values(db, [f"run:{row['run']}"]).get(row["file_private"] or "") or "a file"
    before = measure_taken_back.came_from(db, row["id"]) if row["corrected"] else ""
    return ReadingLine(
        key=row["id"],
        sample=f"{row['well'] or ''}  {measured_runs.sample_of(db, row) or 'no name'}".strip(),
        tube=before or "waits for its tube",
        how=f"{row['instrument']}, {file}, {local_minute(row['at'], zone)}",
        values=measured_runs.in_words(measured_runs.as_measured(row)),
        said="",
        kind=VerdictKind.ATTENTION,
        chosen=chosen,
    )


def _runs(ledger: Ledger, zone: str) -> Iterator[ReadingLine]:
    db = ledger.db
    here = reading_look_up.runs_at(db, ledger.head.writer, _RUNS_SHOWN)
    held = [row for row in reading_look_up.held_runs(db) if row["id"] not in {one["id"] for one in here}]
    for row in (*held, *here):
        file = store.private_values(db, [f"run:{row['id']}"]).get(row["file_private"] or "") or "a file"
        yield ReadingLine(
            key="",
            sample=f"{row['instrument']}  {row['run_id'] or ''}".strip(),
            tube=f"{row['positions']} position{'s' if row['positions'] != 1 else ''}, {file}",
            how=local_minute(row["at"], zone),
            values="",
            said=_state(db, row),
            kind=VerdictKind.REFUSED if row["state"] == "held" else None,
        )


def _state(db: Database, row: Row) -> str:
    if row["state"] == "held":
        return "; ".join(["held", *measure_deciding.held_words(db, row)])
    cut = "" if row["complete"] else measure_words.IS_CUT
    return "; ".join(part for part in ("released" if row["state"] == "released" else "", cut) if part)
