"""The laboratory's limits as the Measure screen shows them: each with what it is for, and whom a change affects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gms_desktop import limit_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.limits import ControlRange, QcLimits, Rule
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import control_form, limit_commands, limit_form, rights, site_rules
from gms_desktop.services.at_measure import AtLimits
from gms_desktop.services.limit_preview import DAYS, SHOWN, Preview
from gms_desktop.services.measure_views import MeasureView, ReadingLine
from gms_desktop.services.people import name_of
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Offer


def view(ledger: Ledger, desk: Desk, at: AtLimits, verdict: Verdict | None) -> MeasureView:
    """The limits: those drafted or proposed where a change is under way, else those in force."""
    db, waits = ledger.db, limit_commands.proposal(ledger.db)
    in_force, limits = site_rules.qc_limits(db), limit_commands.base(db, at.drafted)
    seen = at.preview if at.preview and (at.drafted or (waits and waits["sha256"] == at.preview.sha256)) else None
    note = "" if waits is None or at.drafted else limit_words.waits(waits["version"], name_of(db, waits["proposer"]))
    lines = tuple(_lines(limits, in_force, rights.laboratory_day(ledger), drafted=bool(at.drafted)))
    return MeasureView(
        heading=limit_words.LOOK if at.drafted else limit_words.DECIDE if waits else limit_words.HEADING,
        verdict=verdict
        or (limit_words.changes(seen.many, seen.tubes, DAYS, done=seen.done) if at.drafted and seen else None),
        lines=lines,
        lines_title=limit_words.IN_FORCE,
        lines_empty=limit_words.NO_LIMITS,
        columns=limit_words.COLUMNS,
        opens=Command.CHANGE_LIMIT,
        notes=tuple(one for one in (note, _how_many(seen, drafted=bool(at.drafted))) if one),
        runs=tuple(_affected(seen)) if seen else (),
        side_title=limit_words.CONTROLS if seen and seen.controls else limit_words.WHOM,
        looks_on=seen is not None and not seen.done,
        offers=tuple(_offers(at, str(waits["sha256"]) if waits else "", some=any(one.key for one in lines))),
        question=desk.question,
    )


def _lines(limits: QcLimits, in_force: QcLimits, today: date, *, drafted: bool) -> Iterator[ReadingLine]:
    approved = {(one.name, one.version) for one in in_force.rules}
    for rule in limits.not_passed(in_force, today):
        new = (rule.name, rule.version) not in approved
        state = (limit_words.UNSAVED if drafted else limit_words.PROPOSED) if new else ""
        yield from _of_rule(rule, state, new=new)
    now = limits.controls_on(today)
    for control in limits.controls:
        new = control not in in_force.controls
        if new or control in now or (control.effective or today) > today:
            state = (limit_words.UNSAVED if drafted else limit_words.PROPOSED) if new else ""
            yield _of_control(limits, control, state, new=new)


def _of_rule(rule: Rule, state: str, *, new: bool) -> Iterator[ReadingLine]:
    for place, limit in enumerate(rule.limits or (None,)):
        method = "" if limit is None else f"by {limit.method}" if limit.method else "any method"
        said = [f"{rule.name} v{rule.version}", limit_words.since(rule.effective), state]
        yield ReadingLine(
            key=limit_form.key(rule, place) if limit else "",
            sample=limit_words.line(limit) if limit else limit_words.GONE,
            tube=limit_words.is_for(rule.types, rule.tests, rule.receiving),
            how=rule.source,
            values=method,
            said=", ".join(part for part in said if part),
            kind=VerdictKind.ATTENTION if new else VerdictKind.MATCHES,
        )


def _of_control(limits: QcLimits, control: ControlRange, state: str, *, new: bool) -> ReadingLine:
    limit, mean, sd = control.limit, control.mean, control.sd
    said = [limit_words.control(control.name, control.lot), limit_words.since(control.effective), state]
    numbers = (format(mean, "f"), format(sd, "f")) if mean is not None and sd is not None else ("", "")
    return ReadingLine(
        key="" if control.taken_out else control_form.key(limits, control),
        sample=limit_words.GONE if control.taken_out else limit_words.control_line(limit, *numbers),
        tube=limit_words.OF_RUNS,
        how=control.source,
        values=f"by {limit.method}" if limit.method else "any method",
        said=", ".join(part for part in said if part),
        kind=VerdictKind.ATTENTION if new else VerdictKind.MATCHES,
    )


def _affected(seen: Preview) -> Iterator[ReadingLine]:
    for one in (*seen.controls[:SHOWN], *seen.affected):
        of = ", ".join(part for part in (one.number if one.number != one.code else "", one.kind) if part)
        yield ReadingLine(
            key="",
            sample=one.code,
            tube=of,
            how=one.values,
            values="",
            said=limit_words.changes_to(one.before, one.after),
            kind=VerdictKind.ATTENTION,
        )
    if seen.many > len(seen.affected):
        more = limit_words.more_tubes(seen.many - len(seen.affected))
        yield ReadingLine(key="", sample=more, tube="", how="", values="", said="", kind=VerdictKind.ATTENTION)


def _of_draft(at: AtLimits, seen: Preview | None) -> Verdict | None:
    if not at.drafted or seen is None:
        return None
    return limit_words.changes(seen.many, seen.tubes, DAYS, done=seen.done)


def _how_many(seen: Preview | None, *, drafted: bool) -> str:
    """How many a proposal affects; of a draft the verdict says so."""
    if seen is None:
        return ""
    if seen.done and not seen.many:
        return limit_words.nobody(DAYS)
    return "" if drafted else limit_words.affects(seen.many, seen.tubes, DAYS, done=seen.done)


def _offers(at: AtLimits, waits: str, *, some: bool) -> Iterator[Offer]:
    if at.drafted:
        yield Offer(Command.PROPOSE_LIMITS, "Propose the change", usual=True)
        yield Offer(Command.CHANGE_LIMIT, "One more limit")
        yield Offer(Command.CHANGE_CONTROL, "A control's range")
        yield Offer(Command.TAKE_LIMIT_OUT, "Take a limit out")
        yield Offer(Command.RUN_ASIDE, "Put aside")
        return
    if waits:
        yield Offer(Command.APPROVE_LIMITS, "Approve the limits", usual=True, argument=waits)
    yield Offer(Command.CHANGE_LIMIT, "Enter a new limit", usual=not waits)
    yield Offer(Command.CHANGE_CONTROL, "A control's range")
    if some:
        yield Offer(Command.TAKE_LIMIT_OUT, "Take a limit out")
    yield Offer(Command.RUN_ASIDE, "Back to measurements")
