"""Commands at the laboratory's limits: look, change one, propose, approve. Nothing counts before a second person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256

from gms_desktop import limit_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.readings.limits import QcLimits, read_qc_limits
from gms_desktop.domain.readings.limits_text import limits_text, with_limit
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import site_data
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import limit_form, limit_preview, rights, site_rules
from gms_desktop.services.at_measure import AtLimits, AtMeasure, Preview
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
    return limit_preview.preview(ledger, read_qc_limits(waits["text"]), waits["sha256"]) if waits else None


def _change(ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Ask for one limit; once it is said, keep the change at this bench and show whom it affects."""
    db, today = ledger.db, rights.laboratory_day(ledger)
    at = desk.measure.limits or AtLimits()
    limits = base(db, at.drafted)
    instead = limit_form.limit_of(limits, answer.subject if answer else argument)
    said, problems = limit_form.read(db, answer, instead, today) if answer else (None, ())
    if said is None:
        return Outcome(limit_words.fill_in(), question=limit_form.question(instead, answer, problems, today))
    approved = {(one.name, one.version) for one in site_rules.qc_limits(db).rules}
    changed = with_limit(limits, said, instead, approved)
    text = limits_text(replace(changed, version=_next_version(db)), today.isoformat())
    seen = _checked(ledger, text)
    desk.measure = AtMeasure(limits=AtLimits(text, seen))
    many = len(seen.affected)
    return Outcome(limit_words.changes(many, seen.tubes, limit_preview.DAYS, more=seen.more))


def _checked(ledger: Ledger, text: str) -> Preview:
    """Whom a text affects, once it was read back as the limits it was written from."""
    try:
        limits = read_qc_limits(text)
    except (KeyError, ValueError, TypeError) as fault:
        raise Refused(str(fault)) from fault
    if len(text.encode()) > _MOST_BYTES:
        raise Refused("they are longer than one entry holds")
    return limit_preview.preview(ledger, limits, sha256(text.encode()).hexdigest())


def _next_version(db: Database) -> str:
    now = site_rules.rule_text(db, NAME)
    return str(int(now.version) + 1) if now.approved and now.version.isdecimal() else "1"


def _propose(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    at = desk.measure.limits
    who = rights.actor(ledger.db, desk.place.bench)
    if at is None or not at.drafted or who is None:
        return Outcome(limit_words.nothing_changed())
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
    _checked(ledger, waits["text"])
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
    Command.PROPOSE_LIMITS: _propose,
    Command.APPROVE_LIMITS: _approve,
}
