"""People at a window joined to a real bench: badges read for somebody, second persons, sessions without PIN."""

from __future__ import annotations

import pytest
from at_the_bench import AtTheBench
from PySide6.QtWidgets import QLabel, QWidget

from devices.values import Entered, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.journal import store
from gms_desktop.services import sign_in
from gms_desktop.starting import SystemClock
from ui.actions import Place
from ui.bench_window import BenchWindow
from ui.payloads import PinGiven, SubjectWanted
from ui.screens.people import PersonAdded, PinChanged

SINGLE, NEW_BADGE = "Q26-118901-1", "BADGE-NOVAK"


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def joined(person: AtTheBench) -> BenchWindow:
    assert person.application.joined is not None
    return person.application.joined


def tap(person: AtTheBench, code: str, entered: Entered = Entered.SCANNED) -> None:
    """A scan that may be recorded nowhere: the scanner's own count of entries is not waited for."""
    joined(person).scanned(Scan(code.encode(), code, None, SystemClock().now(), "Scanner", entered))
    person.settle()
    person.settle()


def stored(person: AtTheBench) -> bytes:
    def read(ledger: sign_in.Ledger) -> bytes:
        rows = ledger.db.all(store.text_statement("SELECT bytes FROM entry"))
        values = ledger.db.all(store.text_statement("SELECT value FROM private"))
        return b"\n".join([*(bytes(row["bytes"]) for row in rows), *(str(row["value"]).encode() for row in values)])

    return bytes(person.bench.recorder.read(read).result())


def goes_to_people(person: AtTheBench, name: str = "") -> None:
    person.goes_to(Place.PEOPLE)
    person.until(lambda: "R. Okafor" in said(person.window.people))
    if name:
        row = next(line for line in person.bench.people.view().result().people if line.name == name)
        person.window.people.person_wanted.emit(row.id)
        person.until(lambda: f"Person {name}" in said(person.window.people))


def adds(
    person: AtTheBench, name: str = "B. Novak", badge: str = NEW_BADGE, role: str = "biomedical scientist"
) -> None:
    goes_to_people(person)
    person.window.people.badge_wanted.emit("")
    tap(person, badge)
    person.window.people.added.emit(PersonAdded(name, role, "2468"))
    person.until(lambda: "Added" in said(person.window.people))


@pytest.fixture
def okafor(rehearsal: AtTheBench) -> AtTheBench:
    rehearsal.signs_in()
    return rehearsal


def test_a_person_is_added_with_a_badge_that_is_scanned_and_signs_in(okafor: AtTheBench):
    goes_to_people(okafor)
    screen = okafor.window.people
    screen.add_form.fields["name"].edit.setText("B. Novak")
    screen.add_form.choices["role"].toggle("biomedical scientist").click()
    for name in ("pin", "again"):
        screen.add_form.fields[name].edit.setText("2468")
    screen.add.click()
    assert "Read the new person's badge first" in said(screen)
    screen.badge.click()
    assert "Scan the badge now" in said(screen)
    before = okafor.entries()
    tap(okafor, NEW_BADGE)
    assert okafor.entries() == before
    assert okafor.window.place is Place.PEOPLE
    screen.add.click()
    okafor.until(lambda: "B. Novak is added" in said(screen))
    assert screen.add_form.entered()["pin"] == ""
    assert NEW_BADGE.encode() not in stored(okafor)
    okafor.scans(NEW_BADGE)
    okafor.until(lambda: okafor.window.locked)
    okafor.window.pin_given.emit(PinGiven("2468"))
    okafor.until(lambda: not okafor.window.locked)
    assert okafor.bench.strip().operator == "B. Novak"


def test_a_badge_that_is_typed_is_refused_there_and_awaited_still(okafor: AtTheBench):
    goes_to_people(okafor)
    okafor.window.people.badge_wanted.emit("")
    before = okafor.entries()
    tap(okafor, NEW_BADGE, Entered.TYPED)
    assert "never typed" in said(okafor.window.people)
    assert okafor.entries() == before
    tap(okafor, NEW_BADGE)
    assert "The badge is read" in said(okafor.window.people)


def test_a_badge_is_awaited_no_more_after_a_second_press_or_elsewhere(okafor: AtTheBench):
    goes_to_people(okafor)
    screen = okafor.window.people
    screen.badge.click()
    screen.badge.click()
    assert "No badge is awaited" in said(screen)
    screen.badge.click()
    okafor.goes_to(Place.TODAY)
    assert okafor.scans(SINGLE) == "Matches"
    assert okafor.window.place is Place.RECEIVE


def test_another_badge_is_given_by_scanning_it(okafor: AtTheBench):
    goes_to_people(okafor, "M. Silva")
    okafor.window.people.badge.click()
    tap(okafor, "BADGE-SILVA-2")
    okafor.until(lambda: "Badge given" in said(okafor.window.people))
    assert b"BADGE-SILVA-2" not in stored(okafor)
    tap(okafor, "BADGE-SILVA-2")
    okafor.until(lambda: "M. Silva, enter your PIN" in said(okafor.window.sign_in))


def test_ones_own_pin_is_changed_and_a_wrong_present_one_is_told(okafor: AtTheBench):
    goes_to_people(okafor, "R. Okafor")
    screen, me = okafor.window.people, okafor.bench.operator_id()
    assert me is not None
    screen.pin_changed.emit(PinChanged(me, "97531", "1111"))
    okafor.until(lambda: "not the PIN" in said(screen))
    screen.pin_changed.emit(PinChanged(me, "97531", "2468"))
    okafor.until(lambda: "PIN changed" in said(screen))


def test_roles_are_given_and_withdrawn_by_buttons_that_say_whose(okafor: AtTheBench):
    goes_to_people(okafor, "M. Silva")
    screen = okafor.window.people
    okafor.until(screen.offers.isVisible)
    screen.offers.button(Command.CHANGE_ROLE.value).click()
    okafor.until(lambda: "M. Silva is technician no more" in said(screen))
    assert "no role: cannot sign in" in said(screen)


def test_whoever_loses_the_last_role_is_at_the_lock_which_says_why(rehearsal: AtTheBench):
    rehearsal.signs_in()
    adds(rehearsal, role="administrator")
    me = rehearsal.bench.operator_id()
    for role in ("biomedical scientist", "administrator"):
        rehearsal.bench.command(Command.CHANGE_ROLE, None, f"{me}/{role}").result()
    rehearsal.until(lambda: rehearsal.window.locked)
    rehearsal.until(lambda: "were withdrawn" in said(rehearsal.window.sign_in))
    tap(rehearsal, "BADGE-OKAFOR")
    rehearsal.until(lambda: "R. Okafor has no role" in said(rehearsal.window.sign_in))


# --- the second person


@pytest.fixture
def parting(okafor: AtTheBench) -> AtTheBench:
    """R. Okafor looks at one of two linked patients on Find; B. Novak is at hand."""
    adds(okafor)
    one, other = patients(okafor)
    okafor.bench.command(Command.LINK_PATIENTS, None, f"propose:{one}/{other}").result()
    signs_in_as(okafor, NEW_BADGE)
    assert okafor.bench.command(Command.LINK_PATIENTS, None, f"link:{one}/{other}").result().verdict.title == "Linked"
    signs_in_as(okafor, "BADGE-OKAFOR")
    okafor.goes_to(Place.FIND)
    okafor.window.subject_wanted.emit(SubjectWanted(f"patient:{one}"))
    screen = okafor.window.find_screen
    okafor.until(lambda: screen.offers.isVisible() and "Part from" in screen.offers.button(PART.value).text())
    return okafor


PART = Command.LINK_PATIENTS


def patients(person: AtTheBench) -> tuple[str, str]:
    def read(ledger: sign_in.Ledger) -> list[str]:
        return [row["id"] for row in ledger.db.all(store.text_statement("SELECT id FROM patient ORDER BY id LIMIT 2"))]

    one, other = person.bench.recorder.read(read).result()
    return str(one), str(other)


def signs_in_as(person: AtTheBench, badge: str) -> None:
    tap(person, badge)
    person.until(lambda: person.window.locked and person.bench.session.awaiting is not None)
    person.window.pin_given.emit(PinGiven("2468"))
    person.until(lambda: not person.window.locked)


def asks_to_part(person: AtTheBench) -> None:
    screen = person.window.find_screen
    screen.offers.button(PART.value).click()
    person.until(lambda: "The second person scans their badge now" in said(screen))


def test_the_second_person_enters_a_pin_beside_whose_work_it_is_and_the_session_stays_open(parting: AtTheBench):
    asks_to_part(parting)
    tap(parting, NEW_BADGE)
    parting.until(lambda: parting.window.asking_second)
    shown = said(parting.window)
    assert "B. Novak, enter your PIN as the second person" in shown
    assert "Your PIN signs this work of R. Okafor" in shown
    assert "count as two people again" in shown
    assert "R. Okafor" in said(parting.window.foot)
    assert not parting.window.locked
    parting.window.pin_given.emit(PinGiven("1111"))
    parting.until(lambda: "not the PIN" in said(parting.window.sign_in))
    assert parting.window.asking_second
    parting.window.pin_given.emit(PinGiven("2468"))
    parting.until(lambda: not parting.window.asking_second)
    parting.until(lambda: "Parted" in said(parting.window.find_screen))
    assert not parting.window.find_screen.question.isVisible()
    assert parting.bench.strip().operator == "R. Okafor"


def test_going_back_from_the_second_persons_pin_changes_nothing_and_shows_the_work_again(parting: AtTheBench):
    asks_to_part(parting)
    tap(parting, NEW_BADGE)
    parting.until(lambda: parting.window.asking_second)
    parting.window.sign_in.other.click()
    parting.until(lambda: parting.window.screen_in_view is parting.window.find_screen)
    parting.settle()
    assert parting.bench.sessions.pending is None
    assert not parting.window.find_screen.question.isVisible()


def test_ones_own_badge_is_refused_where_the_work_is_and_the_question_stays(parting: AtTheBench):
    asks_to_part(parting)
    tap(parting, "BADGE-OKAFOR")
    parting.until(lambda: "Same person" in said(parting.window.find_screen))
    assert parting.window.place is Place.FIND
    assert parting.window.find_screen.question.isVisible()
    tap(parting, "BADGE-SILVA")
    parting.until(lambda: "May not confirm" in said(parting.window.find_screen))


def test_going_elsewhere_gives_up_what_waited_for_a_second_person(parting: AtTheBench):
    asks_to_part(parting)
    parting.goes_to(Place.TODAY)
    parting.until(lambda: parting.bench.sessions.pending is None)
    tap(parting, NEW_BADGE)
    parting.until(lambda: parting.window.locked)


def test_what_is_asked_at_another_bench_stands_on_today_in_the_rail_and_is_confirmed_there(parting: AtTheBench):
    asks_to_part(parting)
    question = parting.window.find_screen.question
    question.choices.toggle("another bench").click()
    question.confirm.click()
    parting.until(lambda: "Asked at another bench" in said(parting.window.find_screen))
    parting.until(lambda: parting.window.rail.items[Place.CONFIRM].waiting == 1)
    signs_in_as(parting, NEW_BADGE)
    parting.goes_to(Place.TODAY)
    parting.until(lambda: "To confirm or review" in said(parting.window.today))
    parting.goes_to(Place.CONFIRM)
    screen = parting.window.confirm
    parting.until(screen.offers.isVisible)
    screen.offers.button(Command.DECLINE_SECOND.value).click()
    parting.until(screen.question.isVisible)
    screen.question.cancel.click()
    parting.until(screen.offers.isVisible)
    screen.offers.button(Command.CONFIRM_SECOND.value).click()
    parting.until(lambda: "Confirmed" in said(screen))
    parting.until(lambda: parting.window.rail.items[Place.CONFIRM].waiting == 0)


# --- without a PIN


def test_a_session_without_pin_is_opened_from_the_lock_with_a_reason_and_the_strip_says_so(okafor: AtTheBench):
    okafor.gives(Command.SIGN_OUT)
    okafor.until(lambda: okafor.window.locked)
    screen = okafor.window.sign_in
    screen.no_pin.click()
    okafor.until(screen.without_pin.isVisible)
    screen.without_pin.open.click()
    assert "Choose who you are" in said(screen)
    silva = next(operator for operator, name in okafor.bench.people.without_pin().result() if name == "M. Silva")
    screen.without_pin.people.toggle(silva).click()
    screen.without_pin.reasons.toggle("other").click()
    screen.without_pin.open.click()
    okafor.until(lambda: "with another reason, enter it" in said(screen))
    screen.without_pin.comment.edit.setText("reader mended")
    screen.without_pin.open.click()
    okafor.until(lambda: not okafor.window.locked)
    for place in Place:
        okafor.goes_to(place)
        assert "WITHOUT PIN" in said(okafor.window.foot)
    okafor.gives(Command.SIGN_OUT)
    okafor.until(lambda: okafor.window.locked)
    assert "WITHOUT PIN" not in said(okafor.window.foot)


# --- handing over


def test_a_shift_is_handed_over_by_one_and_taken_over_by_another(okafor: AtTheBench):
    adds(okafor)
    okafor.goes_to(Place.HANDOVER)
    screen = okafor.window.handover
    okafor.until(screen.hand_over.isVisible)
    screen.note.edit.setText("The courier rings twice.")
    screen.add_note.click()
    okafor.until(lambda: "The courier rings twice." in said(screen))
    okafor.until(lambda: screen.note.text == "")
    screen.hand_over.click()
    okafor.until(lambda: "Handed over" in said(screen))
    assert not screen.take_over.isVisible()
    signs_in_as(okafor, NEW_BADGE)
    okafor.until(screen.take_over.isVisible)
    screen.take_over.click()
    okafor.until(lambda: "Taken over" in said(screen))
