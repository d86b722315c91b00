"""Identity at the bench: marking what does not agree, telling patients apart, and what the label's scan may accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gms_desktop import identity_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identity_rule import Finding, State
from gms_desktop.journal.database import Database
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import identity
from gms_desktop.services.compare import APART, FIELD_WORDS, Line, marked, values, with_state
from gms_desktop.services.identity import Identity, named
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.situation import Situation, Tube
from gms_desktop.services.views import Answer, Choice, Question

_STATE, _APART, _NOTHING = "=", "apart:", "apart:nothing"


@dataclass(frozen=True)
class AtLabel:
    """What the label's scan finds: the comparison as it then stands, and what must be said first."""

    identity: Identity
    stopped: Outcome | None = None


def at_label(ledger: Ledger, here: Situation, tube: Tube) -> AtLabel:
    """Whether scanning the label may accept the tube: it says that all agrees that nobody marked."""
    found = identity.of_tube(ledger.db, here, tube, by_eye=True)
    return AtLabel(found, _stopped(ledger.db, here, tube, found))


def _stopped(db: Database, here: Situation, tube: Tube, found: Identity) -> Outcome | None:
    if found.judged.finding is not Finding.MET:
        return Outcome(identity_words.decide_first(tube.number, found.judged, named(found.judged.differing)))
    supports = identity.supporting_that_differ(db, tube)
    if supports:
        return Outcome(identity_words.supports_differ(tube.number, named(supports)))
    if found.met or found.alike is None:
        return None
    states = values(db, here, tube)
    fields = tuple(field for field in found.alike.fields if field in states)
    if not fields:
        return Outcome(identity_words.nothing_apart(tube.number))
    return Outcome(identity_words.tell_apart(tube.number), question=_apart(tube, fields, states))


def _apart(tube: Tube, fields: Sequence[str], states: dict[str, str]) -> Question:
    # A number goes on one line whole, or it is compared by halves.
    whole = {field: states[field].replace(" ", "\u00a0") for field in fields}
    choices = tuple(Choice(f"{_APART}{field}", f"{FIELD_WORDS[field]} agrees: {whole[field]}") for field in fields)
    return Question(
        command=Command.SOMETHING_DIFFERS,
        title=f"What on tube {tube.number} tells the two patients apart?",
        choices=(*choices, Choice(_NOTHING, identity_words.NOTHING_TELLS)),
        confirm="Say that it agrees",
        subject=str(tube.specimen["id"] if tube.specimen else ""),
    )


def too_few(db: Database, here: Situation | None) -> bool:
    """Whether what was marked as absent or illegible leaves too little that agrees, and nothing is decided yet."""
    tube = here.in_hand if here else None
    if here is None or tube is None or tube.specimen is None or tube.specimen["outcome"] or tube.cancelled:
        return False
    return bool(marked(tube)) and identity.of_tube(db, here, tube, by_eye=True).judged.finding is Finding.NOT_MET


def note(db: Database, here: Situation, tube: Tube) -> str:
    """What stands under the comparison."""
    if tube.specimen is None or tube.specimen["outcome"] is not None:
        return identity_words.COMPARED_NOTE
    found = identity.of_tube(db, here, tube, by_eye=True)
    return identity_words.COMPARED_NOTE if found.alike is None or found.apart else identity_words.TOLD_APART_NOTE


def compared_now(told: dict[str, str], tube: Tube, shown: AtLabel) -> list[Draft]:
    """That a tube whose outcome was said before was compared when its label went on; nothing where that is known."""
    assert tube.specimen is not None
    kept = [line.as_body for line in shown.identity.lines]
    was = tube.specimen["outcome"]
    return [_draft(tube, kept, told)] if was == "on hold" and not _is_recorded(tube, shown.identity.lines) else []


def _is_recorded(tube: Tube, lines: Sequence[Line]) -> bool:
    from gms_desktop.services.compare import recorded

    known = recorded(tube.specimen)
    return all(known.get(line.field) == line for line in lines)


def _draft(tube: Tube, compared: list[list[str]], told: dict[str, str]) -> Draft:
    assert tube.specimen is not None
    return Draft("specimen.compared", {"specimen": tube.specimen["id"], "compared": compared}, input=told)


def something_differs(
    ledger: Ledger, told: dict[str, str], here: Situation | None, tube: Tube | None, answer: Answer | None
) -> Outcome:
    """Mark lines as differing, absent or illegible, take every mark back, or say what tells two patients apart."""
    if here is None or tube is None or tube.specimen is None:
        return Outcome(words.nothing_in_hand())
    if answer is None:
        return Outcome(identity_words.asked(tube.number), question=_question(ledger.db, here, tube))
    if any(code.startswith(_APART) for code in answer.choices):
        return _told_apart(ledger, told, here, tube, answer)
    there = values(ledger.db, here, tube)
    fields = tuple(field for field in FIELD_WORDS if field in answer.choices and field in there)
    state = next((one for one in State if f"{_STATE}{one.value}" in answer.choices), State.DIFFERS)
    lines = with_state(ledger.db, here, tube, fields, state)
    draft = _draft(tube, [line.as_body for line in lines], told)
    if not fields:
        return Outcome(words.nothing_differs(tube.number), (draft,) if marked(tube) else ())
    enough = identity.suffices(ledger.db, lines)
    return Outcome(identity_words.marked(tube.number, named(fields), state.value, enough=enough), (draft,))


def _question(db: Database, here: Situation, tube: Tube) -> Question:
    fields = tuple(Choice(name, FIELD_WORDS[name]) for name in values(db, here, tube))
    states = tuple(Choice(f"{_STATE}{code}", f"… {said.lower()}") for code, said in identity_words.STATES.items())
    title = f"What does not agree on tube {tube.number}?"
    return Question(Command.SOMETHING_DIFFERS, title, (*states, *fields), confirm="Mark it so")


def _told_apart(ledger: Ledger, told: dict[str, str], here: Situation, tube: Tube, answer: Answer) -> Outcome:
    found = identity.of_tube(ledger.db, here, tube, by_eye=False)
    offered = found.alike.fields if found.alike else ()
    fields = tuple(field for field in offered if f"{_APART}{field}" in answer.choices)
    if not fields:
        there = [field for field in offered if field in values(ledger.db, here, tube)]
        lines = with_state(ledger.db, here, tube, there, State.ILLEGIBLE)
        draft = _draft(tube, [line.as_body for line in lines], told)
        return Outcome(identity_words.nothing_apart(tube.number), (draft,))
    lines = with_state(ledger.db, here, tube, fields, State.AGREES, APART)
    draft = _draft(tube, [line.as_body for line in lines], told)
    return Outcome(identity_words.told_apart(tube.number, named(fields)), (draft,))


def problem(found: Identity) -> str:
    """Why a tube cannot be accepted with a comment only; empty when it can."""
    if found.judged.finding is not Finding.MET:
        return identity_words.only_at_discretion(found.judged, named(found.judged.differing))
    if found.met:
        return ""
    return f"{identity_words.WHY_APART} Scan the label: it asks for what tells them apart. Or accept at discretion."
