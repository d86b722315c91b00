"""The Send away screen: the consignment in view, what went in last, what stands in the way, and what may be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gms_desktop import send_words, series_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.standing import LEFT, State, Step, Told, steps
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    destination_view,
    incoming_view,
    parcel_labels,
    send_answers_kept,
    send_chase,
    send_commands,
    send_correcting,
    send_documents,
    send_item,
    send_logger,
    send_on_find,
    send_series,
    send_signed,
    send_together,
    sent_things,
    thing_label_commands,
)
from gms_desktop.services.find import local_minute
from gms_desktop.services.receive import Desk
from gms_desktop.services.send_lines import SendLine, SendView
from gms_desktop.services.views import Offer

# A scan paints the last things only: of a thousand nobody reads more, and the counts tell the rest.
_NEWEST = 24
_STANDING = 30


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None = None) -> SendView:
    """The screen as it stands; a letter is read once all of its codes are here, whatever is in view."""
    return replace(_view(ledger, desk, verdict), letter_whole=send_series.is_whole(desk))


def _view(ledger: Ledger, desk: Desk, verdict: Verdict | None) -> SendView:
    db, row = ledger.db, consignment_look_up.consignment(ledger.db, desk.send.consignment)
    if row is None and desk.send.places is not None:
        return destination_view.view(ledger, desk, desk.send.places, verdict)
    if row is None:
        return incoming_view.view(ledger, desk, verdict) or _none_in_view(ledger, desk, verdict)
    state, many = State(row["state"]), consignment_look_up.count(db, row["id"])
    prints = thing_label_commands.offers(db, desk, parcel_labels.in_hand(desk.send))
    return SendView(
        heading=f"{row['number']} for {row['name']}",
        verdict=verdict,
        state=_state(row, desk),
        facts=_facts(ledger, desk, row),
        items_title="1 thing in it" if many == 1 else f"{many} things in it, the last first" if many else "Empty",
        items=tuple(_line(one) for one in consignment_look_up.newest(db, row["id"], _NEWEST)),
        offers=(
            *_of_item(db, desk, row),
            *_offers(state, many),
            *send_correcting.offers(state),
            *send_chase.offers(ledger, row),
            *prints,
            Offer(Command.SEND_ASIDE, "Put aside"),
        ),
        question=desk.question,
        has_papers=bool(state is not State.OPEN and send_documents.kept(db, row["id"])),
        has_label=not prints,
        letter_whole=send_series.is_whole(desk),
    )


def _none_in_view(ledger: Ledger, desk: Desk, verdict: Verdict | None) -> SendView:
    """What has not ended, and what came in last; a letter whose codes are being scanned leads."""
    standing, came = _standing(ledger.db), incoming_view.listed(ledger, desk)
    shows = [Offer(Command.SEND_SHOW, "Go on with one")] if standing else []
    shows += [Offer(Command.SEND_INCOMING, "Sent to us")] if came else []
    shows.append(Offer(Command.SEND_PLACES, "Receivers"))
    offers = (Offer(Command.SEND_OPEN, "New consignment", usual=True), *shows, *_of_item(ledger.db, desk, None))
    return SendView(
        "Send away",
        verdict,
        listed=(*_letter(desk), *standing, *came),
        offers=(*offers, *_puts_letter_aside(desk)),
        question=desk.question,
    )


def _letter(desk: Desk) -> tuple[SendLine, ...]:
    """A letter whose codes are being scanned."""
    return (SendLine(*series_words.standing(desk.series), VerdictKind.ATTENTION),) if desk.series else ()


def _puts_letter_aside(desk: Desk) -> tuple[Offer, ...]:
    return (Offer(Command.SEND_ASIDE, series_words.PUT_ASIDE),) if desk.series else ()


def _state(row: Row, desk: Desk) -> str:
    said = send_words.STATES[State(row["state"])].capitalize()
    into = f"   Now {desk.send.container}" if desk.send.container else ""
    letter = f"   {series_words.standing(desk.series)[0]}" if desk.series else ""
    return f"{'URGENT   ' if row['priority'] == 'urgent' else ''}{said}{into}{letter}"


def _standing(db: Database) -> tuple[SendLine, ...]:
    return tuple(
        SendLine(
            f"{row['number']}  {row['name']}",
            send_words.STATES[State(row["state"])],
            VerdictKind.ATTENTION if row["state"] == State.PACKED else None,
        )
        for row in consignment_look_up.standing(db, _STANDING)
    )


def _line(row: Row) -> SendLine:
    wrong = row["told"] and row["told"] != Told.RECEIVED
    kind = VerdictKind.REFUSED if wrong else VerdictKind.ATTENTION if row["concessions"] else None
    name, _, detail = send_on_find.item_words(row).partition(", ")
    return SendLine(name, detail, kind)


def _facts(ledger: Ledger, desk: Desk, row: Row) -> tuple[tuple[str, str], ...]:
    destination, db = send_item.profile(ledger.db, row), ledger.db
    former = consignment_look_up.consignment(db, row["follows"] or "")
    after = ", ".join(str(one["number"]) for one in consignment_look_up.following(db, row["id"]))
    said = (
        ("Follows", former["number"] if former else ""),
        ("Followed by", after),
        ("Courier", " ".join(part for part in (row["courier"], row["reference"]) if part)),
        ("Taken", local_minute(row["handed_at"], desk.time_zone) if row["handed_at"] else ""),
        ("Expected there", _day(row["expected"])),
        ("Back by", _day(row["return_by"])),
        ("Kept papers", _papers(db, row)),
        ("Key of our signed file", send_signed.fingerprint(desk) if row["manifest"] else ""),
        ("Arrived", local_minute(row["arrived_at"], desk.time_zone) if row["arrived_at"] else ""),
        ("They said", _they_said(db, row)),
    )
    known = tuple((name, str(value)) for name, value in said if value)
    known += send_answers_kept.facts(db, desk, row["id"]) if row["arrived_at"] else ()
    known += send_correcting.facts(db, row)
    known += send_together.facts(db, row)
    known += (*send_chase.facts(db, desk, row), *send_logger.facts(db, desk, row))
    return known + (_of_destination(ledger, desk, destination, State(row["state"])) if destination else ())


def _they_said(db: Database, row: Row) -> str:
    """What the receiver said of what is amiss, last."""
    if not row["words_private"]:
        return ""
    return store.private_values(db, [f"consignment:{row['id']}"]).get(row["words_private"]) or ""


def _of_destination(ledger: Ledger, desk: Desk, destination: Destination, state: State) -> tuple[tuple[str, str], ...]:
    takes = ", ".join(send_words.SORTS[one] for one in sorted(destination.accepts))
    door = "" if state in LEFT else send_commands.door_words(send_commands.expected(ledger, desk, destination))
    said = (
        ("Arrival", door),
        ("Example", "This destination is made up: nothing may be sent" if destination.example else ""),
        ("Takes", takes),
        ("Needs", ", ".join(f"{one} id" for one in destination.identifiers)),
        ("Papers", ", ".join(destination.documents)),
        ("High risk", "taken" if destination.high_risk else "not taken"),
        ("Keep at", destination.temperature),
        ("Courier until", destination.cut_off.strftime("%H:%M") if destination.cut_off else ""),
        ("Telephone", destination.telephone),
        ("Address", ", ".join(destination.address)),
    )
    return tuple((name, value) for name, value in said if value)


def _papers(db: Database, row: Row) -> str:
    """The papers that are kept of a closed consignment, by the names that they are saved under."""
    if State(row["state"]) is State.OPEN:
        return ""
    return ", ".join(send_documents.NAMES[sort] for sort in send_documents.kept(db, row["id"]))


def _day(text: str | None) -> str:
    return dates.display(date.fromisoformat(text)) if text else ""


def _of_item(db: Database, desk: Desk, row: Row | None) -> tuple[Offer, ...]:
    """What may be done with what was scanned last."""
    at = desk.send
    holds = consignment_look_up.packed_in(db, at.sort, at.item) if at.item else None
    thing = sent_things.of_row(db, at.sort, at.item) if holds else None
    if holds is None or thing is None:
        return ()
    state, argument = State(holds["state"]), thing.subject
    if state is State.OPEN:
        here = row is not None and row["id"] == holds["id"]
        return (Offer(Command.SEND_TAKE_OUT, f"Take {thing.name} out", argument=argument),) if here else ()
    left = Offer(Command.SEND_LEFT_BEHIND, f"{thing.name} was left behind", argument=argument)
    if state not in LEFT:
        return (left,)
    back = Offer(Command.SEND_CAME_BACK, f"{thing.name} came back", argument=argument)
    return left, back, Offer(Command.SEND_RECALL_TOLD, f"Receiver told of {thing.name}", argument=argument)


_STEPS = {
    Step.CLOSE: (Command.SEND_CLOSE, "Close"),
    Step.REOPEN: (Command.SEND_REOPEN, "Take it back"),
    Step.HAND_OVER: (Command.SEND_HAND_OVER, "Hand to courier"),
    Step.ARRIVE: (Command.SEND_ARRIVED, "It arrived"),
    Step.RECONCILE: (Command.SEND_RECONCILE, "Reconcile"),
    Step.END: (Command.SEND_END, "End it"),
}
_USUAL = {
    State.OPEN: Step.CLOSE,
    State.PACKED: Step.HAND_OVER,
    State.HANDED_OVER: Step.ARRIVE,
    State.ARRIVED: Step.RECONCILE,
    State.RECONCILED: Step.END,
}


def _offers(state: State, many: int) -> tuple[Offer, ...]:
    usual = _USUAL.get(state)
    made = [Offer(*_STEPS[step], usual=step is usual) for step in steps(state) if step is not Step.CLOSE or many]
    if state is State.OPEN:
        made.append(Offer(Command.SEND_CONTAINER, "Box or bag"))
    else:
        made.append(Offer(Command.SEND_FOLLOW, "Following consignment"))
    return tuple(sorted(made, key=lambda one: not one.usual))
