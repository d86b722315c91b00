"""Commands at the laboratory's limits: look, change one, propose, approve. Nothing counts before a second person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from gms_desktop import limit_words, toml_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.limits import ControlRange, QcLimits, read_qc_limits
from gms_desktop.domain.readings.limits_text import (
    limits_text,
    with_control,
    with_limit,
    without_control,
    without_limit,
)
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import site_data
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import control_form, limit_form, limit_out_form, rights, site_rules
from gms_desktop.services.at_measure import AtLimits, AtMeasure
from gms_desktop.services.limit_preview import DAYS, Preview
from gms_desktop.services.measure_scans import PLACE
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people import name_of
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer

NAME = "qc-limits"
_MOST_BYTES = 48_000
"""An entry holds the whole text."""


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    desk.told = {"by": "hand", "device": "screen"}
    try:
        outcome = _DO[given](ledger, desk, answer, argument)
    except Refused as fault:
        outcome = Outcome(limit_words.not_usable(str(fault).rstrip(".")))
    desk.question = outcome.question
    return replace(outcome, place=PLACE)


def proposal(db: Database) -> Row | None:
    """The change that waits to be approved."""
    return site_data.proposal(db, NAME)


def base(db: Database, drafted: str) -> QcLimits:
    """What a further change is made to: the draft, else what waits to be approved, else what is in force."""
    waits = proposal(db)
    return read_qc_limits(drafted or (waits["text"] if waits else site_rules.rule_text(db, NAME).text))


def _show(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    """Bring the limits into view, with whom the change that waits would affect."""
    desk.measure = AtMeasure(limits=AtLimits(preview=_of_proposal(ledger)))
    return Outcome(limit_words.shown())


def _of_proposal(ledger: Ledger) -> Preview | None:
    waits = proposal(ledger.db)
    return Preview(ledger, read_qc_limits(waits["text"]), waits["sha256"]) if waits else None


def _change(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Ask for one limit; once it is said, keep the change at this bench and show whom it affects."""
    if control_form.is_key(argument):
        return _change_control(ledger, desk, None, argument)
    db, limits = ledger.db, _here(ledger, desk)
    instead = limit_form.limit_of(limits, answer.subject if answer else argument)
    name = instead[0].name if instead else limit_form.rule_named(answer)
    first = _first_day(ledger, name)
    said, problems = limit_form.read(db, answer, instead, first) if answer else (None, ())
    if said is None:
        return Outcome(limit_words.fill_in(), question=limit_form.question(instead, answer, problems, first))
    return _drafted(ledger, desk, with_limit(limits, said, instead, _approved(db)))


def _change_control(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Ask for what is expected of one control; once it is said, keep the change at this bench."""
    db, limits, today = ledger.db, _here(ledger, desk), rights.laboratory_day(ledger)
    instead = control_form.control_of(limits, answer.subject if answer else argument)
    approved = site_rules.qc_limits(db).controls
    made, problems = control_form.read(db, answer, instead, today, approved) if answer else (None, ())
    if made is None:
        first = control_form.first_day(instead, today, approved) if instead else today
        asked = control_form.question(limits, instead, answer, problems, first)
        return Outcome(limit_words.fill_in_control(), question=asked)
    changed = _drafted(ledger, desk, with_control(limits, made, instead, approved))
    return replace(changed, verdict=_of_controls(desk))


def _take_out(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Ask which limit is taken out, from when and why; the last of a rule takes the rule out."""
    limits = _here(ledger, desk)
    known = limit_out_form.choices(limits, site_rules.qc_limits(ledger.db), rights.laboratory_day(ledger))
    if not known:
        return Outcome(limit_words.nothing_to_take_out())
    named = next((one for one in answer.choices if one in known), "") if answer else ""
    if (control := control_form.control_of(limits, named)) is not None:
        return _take_control_out(ledger, desk, known, answer, control)
    out = limit_form.limit_of(limits, named)
    first = _first_day(ledger, out[0].name if out else "")
    said, problems = limit_out_form.read(answer, out, first) if answer else (None, ())
    if said is None or out is None:
        asked = limit_out_form.question(known, answer, problems, (argument, first))
        return Outcome(limit_words.say_which(), question=asked)
    return _drafted(ledger, desk, without_limit(limits, out, *said, _approved(ledger.db)))


def _of_controls(desk: Desk) -> Verdict:
    at = desk.measure.limits
    return limit_words.control_changes(len(at.preview.controls) if at and at.preview else 0, DAYS)


def _take_control_out(
    ledger: Ledger, desk: Desk, known: Mapping[str, str], answer: Answer | None, out: ControlRange
) -> Outcome:
    limits, approved = _here(ledger, desk), site_rules.qc_limits(ledger.db).controls
    first = control_form.first_day(out, rights.laboratory_day(ledger), approved)
    said, problems = limit_out_form.read(answer, out, first) if answer else (None, ())
    if said is None:
        asked = limit_out_form.question(known, answer, problems, (control_form.key(limits, out), first))
        return Outcome(limit_words.say_which(), question=asked)
    changed = _drafted(ledger, desk, without_control(limits, out, *said, approved))
    return replace(changed, verdict=_of_controls(desk))


def _here(ledger: Ledger, desk: Desk) -> QcLimits:
    return base(ledger.db, desk.measure.limits.drafted if desk.measure.limits else "")


def _approved(db: Database) -> set[tuple[str, str]]:
    return {(one.name, one.version) for one in site_rules.qc_limits(db).rules}


def _first_day(ledger: Ledger, name: str) -> date:
    """The first day that a change of a rule may have: before an approved version's own day that one would come back."""
    days = [one.effective for one in site_rules.qc_limits(ledger.db).rules if one.name == name and one.effective]
    return max([rights.laboratory_day(ledger), *days])


def _drafted(ledger: Ledger, desk: Desk, changed: QcLimits) -> Outcome:
    """Keep the change at this bench, with whom it affects."""
    today = rights.laboratory_day(ledger)
    text = limits_text(replace(changed, version=_next_version(ledger.db)), today.isoformat())
    seen = _checked(ledger, text)
    desk.measure = AtMeasure(limits=AtLimits(text, seen))
    return Outcome(limit_words.changes(seen.many, seen.tubes, DAYS, done=seen.done))


def _checked(ledger: Ledger, text: str) -> Preview:
    """Whom a text affects, once it was read back as the limits it was written from."""
    limits = _readable(text)
    if len(text.encode()) > _MOST_BYTES:
        raise Refused("they are longer than one entry holds")
    return Preview(ledger, limits, sha256(text.encode()).hexdigest())


def _readable(text: str) -> QcLimits:
    try:
        return read_qc_limits(text)
    except (KeyError, ValueError, TypeError) as fault:
        raise Refused(toml_words.why(fault)) from fault


def _next_version(db: Database) -> str:
    now = site_rules.rule_text(db, NAME)
    return str(int(now.version) + 1) if now.approved and now.version.isdecimal() else "1"


def _propose(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    at = desk.measure.limits
    who = rights.actor(ledger.db, desk.place.bench)
    if at is None or not at.drafted or who is None:
        return Outcome(limit_words.nothing_changed())
    if at.preview is not None and not at.preview.done:
        return Outcome(limit_words.still_looking(at.preview.tubes))
    limits = read_qc_limits(at.drafted)
    body = _body(limits.version, at.drafted, rights.laboratory_day(ledger).isoformat())
    desk.measure = AtMeasure(limits=replace(at, drafted=""))
    draft = Draft("site_data.proposed", body | {"comment": "", "by": who.operator}, input=desk.told)
    return Outcome(limit_words.proposed(limits.version, rights.who_may(ledger.db, "approve rules")), (draft,))


def _approve(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    """Approve what waits: never by whoever proposed it, and only what was on the screen with whom it affects."""
    db = ledger.db
    waits, who = proposal(db), rights.actor(db, desk.place.bench)
    if waits is None or who is None:
        return Outcome(limit_words.nothing_proposed())
    if waits["proposer"] == who.operator:
        return Outcome(limit_words.by_another(name_of(db, who.operator)))
    at = desk.measure.limits
    seen = at.preview.sha256 if at and at.preview else ""
    if argument != waits["sha256"] or seen != argument:
        desk.measure = AtMeasure(limits=AtLimits(preview=_of_proposal(ledger)))
        return Outcome(limit_words.changed_meanwhile())
    if at is not None and at.preview is not None and not at.preview.done:
        return Outcome(limit_words.still_looking(at.preview.tubes))
    _readable(waits["text"])
    body = _body(waits["version"], waits["text"], waits["effective"])
    draft = Draft("site_data.approved", body | {"by": who.operator}, input=desk.told)
    return Outcome(limit_words.approved(waits["version"]), (draft,))


def _body(version: str, text: str, effective: str) -> dict[str, object]:
    digest = sha256(text.encode()).hexdigest()
    return {"name": NAME, "version": version, "effective": effective, "sha256": digest, "text": text}


def aside(desk: Desk) -> Outcome | None:
    """Put an unsaved change aside, else close the limits; None where they are not in view."""
    at = desk.measure.limits
    if at is None:
        return None
    desk.measure = AtMeasure(limits=AtLimits() if at.drafted else None)
    return Outcome(limit_words.put_aside() if at.drafted else limit_words.closed())


_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.SHOW_LIMITS: _show,
    Command.CHANGE_LIMIT: _change,
    Command.CHANGE_CONTROL: _change_control,
    Command.TAKE_LIMIT_OUT: _take_out,
    Command.PROPOSE_LIMITS: _propose,
    Command.APPROVE_LIMITS: _approve,
}
