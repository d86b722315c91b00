"""Command cards that a bench prints one by one through its queue; each is scanned once, and does nothing that time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop import card_words, queue_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.domain.label_queue import OUT, QUEUED
from gms_desktop.domain.label_sorts import ASKED, LabelSort
from gms_desktop.register import label_look_up, look_up
from gms_desktop.services import arrive, receive_commands, site_rules
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, Choice, Question

if TYPE_CHECKING:
    from gms_desktop.journal.database import Database, Row
    from gms_desktop.register.ledger import Draft, Ledger
    from gms_desktop.services.receive import Desk
    from gms_desktop.services.site_rules import Reason

SUBJECT = "writer"


def stuck(bench: str, card: Card) -> str:
    """What the copies of a bench's card are counted under."""
    return f"{SUBJECT}:{bench}:{card.value}"


def data(_db: Database, name: str) -> dict[str, object]:
    """What stands on a card; nothing for what is none."""
    value = name.partition(":")[2]
    if value not in set(Card):
        return {}
    card = Card(value)
    return {
        "code": command_card.code(card),
        "command": card_words.TITLES[card],
        "key": card_words.KEYS[card],
        "words": card_words.WHEN[card],
    }


def awaited(ledger: Ledger, bench: str, card: Card) -> str:
    """The copy of a card that was printed at a bench and not scanned back yet; empty where none is."""
    row = _newest(ledger, bench, card)
    return str(row["id"]) if row is not None and row["state"] in OUT else ""


def standing(ledger: Ledger, label: str) -> str:
    """How one copy stands now; empty for one that is not known."""
    row = look_up.row(ledger.db, "label", label)
    return str(row["state"]) if row is not None else ""


def command(ledger: Ledger, desk: Desk, answer: Answer | None, subject: str) -> Outcome:
    """Print cards, or ask which, and why one is printed again."""
    desk.told = {"by": "hand", "device": "screen"}
    printer = desk.place.route(LabelSort.CARD).printer
    cards = _named(subject, answer)
    if not cards:
        return _asked_which(answer)
    newest = {card: _newest(ledger, desk.place.bench, card) for card in cards}
    again = [row for row in newest.values() if row is not None and row["state"] not in QUEUED]
    reasons = site_rules.reasons(ledger.db, "reprint")
    reason = next((one for one in reasons if answer and one.code in answer.choices), None)
    if again and reason is None:
        return _asked_why(cards, reasons)
    drafts: list[Draft] = []
    for card, row in newest.items():
        drafts += _drafts(desk, card, row, reason)
    labels = tuple(str(draft.body["label"]) for draft in drafts if draft.kind == "label.intended")
    if not labels:
        return Outcome(queue_words.in_queue(command_card.code(cards[0])))
    return Outcome(card_words.printing(len(labels), printer), tuple(drafts), print_labels=labels)


def _drafts(desk: Desk, card: Card, row: Row | None, reason: Reason | None) -> tuple[Draft, ...]:
    if row is None:
        under, code = stuck(desk.place.bench, card), command_card.code(card)
        return (arrive.thing_draft(desk.place, LabelSort.CARD.value, under, code, 1, None),)
    if row["state"] in QUEUED or reason is None:
        return ()
    return receive_commands.reprint(desk, row, reason)[0]


def _named(subject: str, answer: Answer | None) -> list[Card]:
    named = subject.removeprefix(ASKED)
    wanted = named.split(",") if named else answer.choices if answer else ()
    return [card for card in Card if card.value in wanted]


def _newest(ledger: Ledger, bench: str, card: Card) -> Row | None:
    return next(iter(label_look_up.of_subject(ledger.db, stuck(bench, card))), None)


def _asked_which(answer: Answer | None) -> Outcome:
    asked = Question(
        Command.THING_LABEL,
        card_words.WHICH,
        tuple(Choice(card.value, card_words.TITLES[card]) for card in Card),
        confirm=card_words.PRINT_THESE,
        problems=(card_words.CHOOSE_CARDS,) if answer else (),
        subject=ASKED,
    )
    return Outcome(words.choose(card_words.PRINT, card_words.CHOOSE_CARDS), question=asked)


def _asked_why(cards: list[Card], reasons: tuple[Reason, ...]) -> Outcome:
    titles = ", ".join(card_words.TITLES[card] for card in cards)
    asked = Question(
        Command.THING_LABEL,
        card_words.why_again(titles),
        tuple(Choice(one.code, one.words) for one in reasons),
        many=False,
        confirm=card_words.PRINT_THESE,
        subject=f"{ASKED}{','.join(card.value for card in cards)}",
    )
    return Outcome(words.choose(card_words.PRINT, "Choose the reason, then confirm."), question=asked)
