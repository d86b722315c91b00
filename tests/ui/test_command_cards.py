"""A card presses the button that its key presses, and does nothing where its key would do nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import fixtures_views as views
from at_the_bench import AtTheBench
from painted import paint
from PySide6.QtWidgets import QLabel, QWidget

from devices.values import Keyed, Scan
from gms_desktop import card_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.domain.label_sorts import ASKED
from gms_desktop.journal.database import text_statement
from gms_desktop.services.views import Answer
from gms_desktop.settings import LabelSettings
from ui.actions import Place, ScreenAct
from ui.cards import PRESSES, button_of, keys
from ui.main_window import MainWindow
from ui.payloads import Given

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def shows(person: AtTheBench, card: Card, at: datetime | None = None) -> None:
    """Hold a card before a scanner until all that it does is done: one that types where a time is given."""
    code, before = command_card.code(card), len(cards_judged(person))
    if at is None:
        person.desk.scanner.scan(code, "]d1")
    else:
        keyed = Keyed(len(code), 5, 9, prefixed=False)
        person.application._keyed(Scan(code.encode(), code, "]d1", at, "keyboard scanner", keyed=keyed))
    # Labels on their way to the printer are entries too: only the card's own says that it was answered.
    person.until(lambda: len(cards_judged(person)) > before)
    for _ in range(4):
        person.settle()


def cards_judged(person: AtTheBench) -> list[tuple[str, str]]:
    """Every card that was scanned, with what it came to, oldest first."""
    statement = text_statement("SELECT text, title FROM scan WHERE text LIKE '!GMS!%' ORDER BY seq")
    rows = person.bench.recorder.read(lambda ledger: ledger.db.all(statement, {})).result()
    return [(row["text"], row["title"]) for row in rows]


def test_every_card_presses_a_button() -> None:
    assert set(PRESSES) == set(Card)
    assert keys() == card_words.KEYS, "what is printed on a card without the window"


def test_a_button_is_there_for_its_card_as_soon_as_its_screen_is_painted(window: MainWindow) -> None:
    # What the screen follows may be painted right before the card is answered, with nothing done in between.
    paint(window, "receive")
    others = tuple(offer for offer in views.RECEIVE.offers if offer.command is not Command.HOLD)
    window.receive.paint(replace(views.RECEIVE, offers=others))
    assert button_of(window, Card.HOLD) is None
    window.receive.paint(views.RECEIVE)
    assert button_of(window, Card.HOLD) is not None


def test_a_tube_is_held_by_cards_alone_with_the_questions_that_keys_meet(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    receive = rehearsal.window.receive
    rehearsal.scans("r30000000001")
    shows(rehearsal, Card.HOLD)
    assert cards_judged(rehearsal) == [("!GMS!HOLD!", "Not open now")]
    assert "its button (key Ctrl Shift H) is not in view" in said(receive.verdict)

    rehearsal.scans("Q26-118834-1")
    rehearsal.printed(1)
    shows(rehearsal, Card.HOLD)
    assert cards_judged(rehearsal)[-1] == ("!GMS!HOLD!", "Card read")
    rehearsal.until(receive.question.isVisible)
    # A confirmation without a reason is refused as the key's is; so is another command beneath the open question.
    shows(rehearsal, Card.CONFIRM)
    rehearsal.until(receive.question.problems.isVisible)
    shows(rehearsal, Card.REJECT)
    assert cards_judged(rehearsal)[-1] == ("!GMS!REJECT!", "Not open now")
    assert "while a question is open" in said(receive.verdict)
    assert receive.question.isVisible()
    shows(rehearsal, Card.GO_BACK)
    rehearsal.until(lambda: not receive.question.isVisible())

    shows(rehearsal, Card.UNDO, AT)
    assert cards_judged(rehearsal)[-1] == ("!GMS!UNDO!", "Card read")
    undone = text_statement("SELECT count(*) FROM specimen WHERE accession IS NOT NULL")
    assert rehearsal.bench.recorder.read(lambda ledger: ledger.db.value(undone)).result() == 0


def test_a_card_that_is_read_twice_within_a_moment_confirms_once(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.scans("r30000000001")
    shows(rehearsal, Card.UNDO, AT)
    shows(rehearsal, Card.UNDO, AT + timedelta(milliseconds=900))
    assert [title for _, title in cards_judged(rehearsal)] == ["Card read", "Read twice"]


def test_a_card_on_another_screen_leaves_it_as_it_is_and_says_why(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.FIND)
    rehearsal.window.find_screen.field.edit.setText("oye")
    shows(rehearsal, Card.FINISH)
    assert rehearsal.window.place is Place.FIND
    assert "Not open now" in said(rehearsal.window.find_screen.verdict)
    rehearsal.goes_to(Place.PEOPLE)
    shows(rehearsal, Card.NEXT_RACK)
    assert rehearsal.window.place is Place.PEOPLE
    assert any("Next rack" in notice for notice in rehearsal.bench.strip().notices)
    rehearsal.desk.scanner.scan("!GMS!UNDOO!")
    rehearsal.until(lambda: any("Not a card" in notice for notice in rehearsal.bench.strip().notices))


def test_the_card_for_the_next_rack_puts_the_one_in_view_aside(rehearsal: AtTheBench) -> None:
    rehearsal.signs_in()
    rehearsal.goes_to(Place.RACKS)
    shows(rehearsal, Card.NEXT_RACK)
    assert cards_judged(rehearsal)[-1] == ("!GMS!NEXT-RACK!", "Not open now")
    assert "Not open now" in said(rehearsal.window.racks)
    rehearsal.scans("SA00000017")
    rehearsal.window.command_given.emit(Given(Command.REGISTER_RACK, None, "SA00000017"))
    rehearsal.until(lambda: "Rack SA00000017" in rehearsal.window.racks.heading.text())
    shows(rehearsal, Card.NEXT_RACK)
    assert cards_judged(rehearsal)[-1] == ("!GMS!NEXT-RACK!", "Card read")
    rehearsal.until(lambda: "SA00000017" not in rehearsal.window.racks.heading.text())


def test_a_locked_bench_takes_no_card_and_a_card_signs_out(rehearsal: AtTheBench) -> None:
    shows(rehearsal, Card.FINISH)
    assert cards_judged(rehearsal) == [("!GMS!FINISH!", "Locked")]
    rehearsal.signs_in()
    shows(rehearsal, Card.SIGN_OUT)
    rehearsal.until(lambda: rehearsal.window.locked)
    assert rehearsal.bench.session.operator is None


def test_a_card_that_was_printed_here_is_only_read_the_first_time(rehearsal: AtTheBench) -> None:
    person, devices = rehearsal, rehearsal.window.devices
    person.signs_in()
    cards = {"card": LabelSettings("Label printer")}
    person.bench.wear(replace(person.bench.settings, labels=cards))
    person.goes_to(Place.DEVICES)
    button = devices.sheets.buttons[ScreenAct.COMMAND_CARDS]
    person.until(lambda: button.accessibleName() == card_words.PRINT)
    button.click()
    person.until(lambda: devices.heading.text() == card_words.WHICH)
    person.window.command_given.emit(Given(Command.THING_LABEL, Answer((Card.UNDO.value,), subject=ASKED), ASKED))
    person.printed(1)
    shows(person, Card.UNDO)
    shows(person, Card.UNDO)
    assert next(title for _, title in cards_judged(person)) == "Card reads well"
    states = text_statement("SELECT state FROM label WHERE sort = 'card'")
    assert [row["state"] for row in person.bench.recorder.read(lambda ledger: ledger.db.all(states)).result()] == [
        "verified"
    ]
