"""The laboratory's limits as the Measure screen shows them: each with what it is for, and whom a change affects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gms_desktop import limit_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.limits import QcLimits, Rule
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import limit_commands, limit_form, rights, site_rules
from gms_desktop.services.at_measure import AtLimits, Preview
from gms_desktop.services.limit_preview import DAYS
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
    return MeasureView(
        heading=limit_words.LOOK if at.drafted else limit_words.DECIDE if waits else limit_words.HEADING,
        verdict=verdict,
        lines=tuple(_lines(limits, in_force, rights.laboratory_day(ledger), drafted=bool(at.drafted))),
        lines_title=limit_words.IN_FORCE,
        lines_empty=limit_words.NO_LIMITS,
        columns=limit_words.COLUMNS,
        opens=Command.CHANGE_LIMIT,
        notes=tuple(one for one in (note, _nobody(seen)) if one),
        runs=tuple(_affected(seen)) if seen else (),
        side_title=limit_words.WHOM,
        offers=tuple(_offers(at, str(waits["sha256"]) if waits else "")),
        question=desk.question,
    )


def _lines(limits: QcLimits, in_force: QcLimits, today: date, *, drafted: bool) -> Iterator[ReadingLine]:
    approved = {(one.name, one.version) for one in in_force.rules}
    now = {(one.name, one.version) for one in in_force.on(today)}
    for rule in limits.rules:
        name = (rule.name, rule.version)
        if name in approved and name not in now and (rule.effective is None or rule.effective <= today):
            # A version that a later one took the place of: old judgements name it, nothing is judged by it.
            continue
        new = name not in approved
        state = (limit_words.UNSAVED if drafted else limit_words.PROPOSED) if new else ""
        yield from _of_rule(rule, state, new=new)


def _of_rule(rule: Rule, state: str, *, new: bool) -> Iterator[ReadingLine]:
    for place, limit in enumerate(rule.limits):
        method = f"by {limit.method}" if limit.method else "any method"
        said = [f"{rule.name} v{rule.version}", limit_words.since(rule.effective), state]
        yield ReadingLine(
            key=limit_form.key(rule, place),
            sample=limit_words.line(limit),
            tube=limit_words.is_for(rule.types, rule.tests, rule.receiving),
            how=rule.source,
            values=method,
            said=", ".join(part for part in said if part),
            kind=VerdictKind.ATTENTION if new else VerdictKind.MATCHES,
        )


def _affected(seen: Preview) -> Iterator[ReadingLine]:
    for one in seen.affected:
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


def _nobody(seen: Preview | None) -> str:
    return limit_words.nobody(DAYS) if seen is not None and not seen.affected else ""


def _offers(at: AtLimits, waits: str) -> Iterator[Offer]:
    if at.drafted:
        yield Offer(Command.PROPOSE_LIMITS, "Propose the change", usual=True)
        yield Offer(Command.CHANGE_LIMIT, "One more limit")
        yield Offer(Command.RUN_ASIDE, "Put aside")
        return
    if waits:
        yield Offer(Command.APPROVE_LIMITS, "Approve the limits", usual=True, argument=waits)
    yield Offer(Command.CHANGE_LIMIT, "Enter a new limit", usual=not waits)
    yield Offer(Command.RUN_ASIDE, "Back to measurements")
