"""What Receive and Find offer about holds, requests that may proceed, consent and urgent work, and what they show."""

from __future__ import annotations

from datetime import date

from gms_desktop import consent_words, hold_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.priority_rule import URGENT
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import decision_look_up
from gms_desktop.services import irreplaceable, proceed_commands, stops
from gms_desktop.services.decision_subject import ON_RECEIVE
from gms_desktop.services.situation import Situation, Tube
from gms_desktop.services.views import Offer

Facts = tuple[tuple[str, str], ...]


def on_receive(here: Situation) -> tuple[Offer, ...]:
    """What may be said of the open request between two tubes."""
    argument = f"{ON_RECEIVE}{here.request['id']}"
    made = [
        Offer(Command.ASSESS_REQUEST, f"What came with {here.name}", argument=argument),
        Offer(Command.STATE_CONSENT, "Consent as stated", argument=argument),
    ]
    if here.request["priority"] != URGENT:
        made.append(Offer(Command.RAISE_PRIORITY, f"Raise {here.name} to urgent", argument=argument))
    return tuple(made)


def of_specimen(db: Database, row: Row) -> tuple[Offer, ...]:
    """What may be said of a specimen on Find."""
    number, made = row["accession"], []
    if decision_look_up.open_holds(db, row["id"]):
        made.append(Offer(Command.FOLLOW_UP, f"Chased, or answered: {number}", argument=row["id"]))
    elif row["outcome"] == "rejected":
        made.append(Offer(Command.FOLLOW_UP, f"Draft the letter about {number}", argument=row["id"]))
    urgent = decision_look_up.urgent(db, row["id"])
    if urgent is not None and urgent["state"] != "taken up":
        words = f"Who was told of {number}" if urgent["state"] == "nobody told" else f"Take {number} up"
        made.append(Offer(Command.URGENT, words, argument=row["id"]))
    # What is held is decided on first: so many buttons would stand over what is known of it.
    return tuple(made) if row["outcome"] == "on hold" else (*made, *of_request(row["id"], row["priority"]))


def of_patient(patient: str) -> tuple[Offer, ...]:
    """What may be said of a patient on Find."""
    return (Offer(Command.STATE_CONSENT, "Consent as stated", argument=patient),)


def of_request(argument: str, priority: str | None) -> tuple[Offer, ...]:
    """What may be said of a request on Find."""
    made = [
        Offer(Command.ASSESS_REQUEST, "What came with the request", argument=argument),
        Offer(Command.STATE_CONSENT, "Consent as stated", argument=argument),
    ]
    if priority != URGENT:
        made.append(Offer(Command.RAISE_PRIORITY, "Raise to urgent", argument=argument))
    return tuple(made)


def facts(db: Database, row: Row, request: Row | None) -> Facts:
    """What stops a specimen, how its holds stand, whether its request may proceed, and consent as stated."""
    found = [("Stopped", stops.as_words(stops.stops(db, row)))]
    known = store.private_values(db, [f"specimen:{row['id']}"])
    for hold in decision_look_up.open_holds(db, row["id"]):
        said = [f"chase {known.get(hold['whom_private'] or '') or 'the sender'}"]
        said += [f"by {day(hold['chase_by'])}"] if hold["chase_by"] else []
        said += [hold_words.chased(hold["chased"])] if hold["chased"] else []
        answer = known.get(hold["answer_private"] or "")
        said += [f"answered “{answer}”"] if answer else []
        found.append((f"Hold ({stops.hold_reasons(db, hold)})", ", ".join(said)))
    found += proceed_commands.facts(db, request, row["patient"])
    if irreplaceable.is_irreplaceable(db, row["type"]):
        found.append(("Can it be taken again", f"no: {irreplaceable.WORD}"))
    return tuple(found)


def day(text: str) -> str:
    """A day of the register as it is shown."""
    return dates.display(date.fromisoformat(text))


def title(db: Database, here: Situation) -> str:
    """Whether the open request may proceed, beside its name."""
    row = decision_look_up.assessment(db, here.request["id"])
    if row is None:
        return ""
    return f"   {consent_words.request_state(stops.absent(row), row['proceeds'])}"


def type_shown(db: Database, tube: Tube) -> str:
    """A tube's type, and whether it can be taken again."""
    return irreplaceable.shown(db, tube.type)
