"""Infection risk learned at any time, of a specimen or a patient, and its release under the laboratory's rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gms_desktop import examination_words, risk_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import risks, site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Offer, Question

_COMMANDS = frozenset({Command.STATE_RISK, Command.RELEASE_RISK})


@dataclass(frozen=True)
class _About:
    """What a risk is of: a specimen, or a patient with all their specimens."""

    sort: str
    id: str
    name: str
    specimens: tuple[Row, ...]

    def body(self, desk: Desk) -> dict[str, str | None]:
        return {
            "specimen": self.id if self.sort == "specimen" else None,
            "patient": self.id if self.sort == "patient" else None,
            "bench": desk.place.bench,
        }


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _COMMANDS


def offers(db_row: Row | None, sort: str, name: str, risk: risks.Risk | None) -> tuple[Offer, ...]:
    """Commands about the risk of what Find shows."""
    if sort == "patient":
        return (
            Offer(Command.STATE_RISK, "Infection risk, this patient", argument=name),
            Offer(Command.RELEASE_RISK, "Hazard off, this patient", argument=name),
        )
    if sort != "specimen" or db_row is None:
        return ()
    made = (Offer(Command.STATE_RISK, f"Infection risk, {db_row['accession']}", argument=name),)
    release = Offer(Command.RELEASE_RISK, f"Hazard off, {db_row['accession']}", argument=name)
    return (*made, release) if risk is not None and risk.hazard else made


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """State or release a risk, or ask what must be said first."""
    desk.told = {"by": "hand", "device": "screen"}
    about = _about(ledger, (answer.subject if answer else "") or argument)
    if about is None:
        return Outcome(examination_words.which_specimen(), place="find")
    outcome = (_state if given is Command.STATE_RISK else _release)(ledger, desk, about, answer)
    if outcome.question is not None:
        outcome = replace(outcome, question=replace(outcome.question, subject=about.id))
    return replace(outcome, place="find")


def _about(ledger: Ledger, name: str) -> _About | None:
    specimen = look_up.row(ledger.db, "specimen", name) if name else None
    if specimen is not None:
        return _About("specimen", name, str(specimen["accession"]), (specimen,))
    if name and look_up.row(ledger.db, "patient", name) is not None:
        records = (name, *look_up.linked_with(ledger.db, name))
        specimens = (row for one in records for row in look_up.specimens_of_patient(ledger.db, one))
        return _About("patient", name, "This patient", tuple(specimens))
    return None


def _state(ledger: Ledger, desk: Desk, about: _About, answer: Answer | None) -> Outcome:
    chosen = next((one for one in risk_words.CHOICES if answer and one in answer.choices), "")
    who = answer.comment.strip() if answer else ""
    if not chosen or not who:
        missing = [] if chosen else [risk_words.CHOOSE_ONE]
        missing += [] if who else [risk_words.WHO_MISSING]
        asked = Question(
            command=Command.STATE_RISK,
            title=f"{about.name}: is there a high infection risk?",
            choices=tuple(Choice(code, said) for code, said in risk_words.CHOICES.items()),
            many=False,
            comment_label="Who told us, and how",
            confirm="Record the risk",
            problems=tuple(missing) if answer else (),
        )
        said = " ".join(asked.problems) or risk_words.WHO_MISSING
        return Outcome(words.choose("Infection risk", said), question=asked)
    pen = ledger.pen()
    told = pen.write(who, f"{about.sort}:{about.id}")
    now = ledger.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    made = tuple(one for row in about.specimens for one in risks.without_sign(ledger.db, row, now))
    draft = Draft("risk.stated", about.body(desk) | {"risk": chosen, "told": told}, pen.values, desk.told)
    return Outcome(risk_words.stated(about.name, chosen, made), (draft,))


def _release(ledger: Ledger, desk: Desk, about: _About, answer: Answer | None) -> Outcome:
    if not any(risks.risk_of(ledger.db, row).hazard for row in about.specimens):
        return Outcome(risk_words.no_sign(about.name))
    offered = site_rules.reasons(ledger.db, "risk release")
    chosen = next((one for one in offered if answer and one.code in answer.choices), None)
    if chosen is None:
        asked = Question(
            command=Command.RELEASE_RISK,
            title=f"{about.name}: by which rule is the hazard sign taken off?",
            choices=tuple(Choice(one.code, one.words) for one in offered),
            many=False,
            confirm="Take the sign off",
            problems=(risk_words.REASON_MISSING,) if answer else (),
        )
        return Outcome(words.choose("Hazard sign", risk_words.REASON_MISSING), question=asked)
    last = f"last:{about.sort}:{about.id}"
    body = about.body(desk) | {"reason": chosen.code, "rests_on": ledger.driver.holders([last])[last]}
    return Outcome(risk_words.sign_off(about.name), (Draft("risk.released", body, input=desk.told),))
