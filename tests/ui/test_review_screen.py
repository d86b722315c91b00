"""Review: both stories side by side, a story kept with a reason, nothing on a key that a scanner types."""

from __future__ import annotations

from typing import Any

import fixtures_review as views
from at_the_bench import AtTheBench
from painted import paint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services.views import Answer
from ui.actions import Place
from ui.main_window import MainWindow
from ui.payloads import Given
from ui.widgets.link_row import LinkRow


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def heard_of(signal: Any) -> list[Any]:
    heard: list[Any] = []
    signal.connect(heard.append)
    return heard


def test_both_stories_stand_side_by_side_with_who_where_and_when(window: MainWindow, app: QApplication):
    paint(window, "review")
    left, right = window.review.left, window.review.right
    assert left.mapTo(window, left.rect().topLeft()).y() == right.mapTo(window, right.rect().topLeft()).y()
    assert "Bench K7 Reception, B. Novak" in said(left)
    assert "Scanned Q26-118834-1: Matches" in said(right)
    assert "Take label 26K2Q0017M off its tube and destroy it" in said(window.review)


def test_each_story_is_kept_by_its_own_key_and_by_nothing_that_a_scanner_types(window: MainWindow, app: QApplication):
    paint(window, "review")
    app.processEvents()
    heard = heard_of(window.command_given)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_L, Qt.Key.Key_1):
        QTest.keyClick(window.windowHandle(), key)
    assert heard == []
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(
        window.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_R, both)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_W, both)
    assert heard == [
        Given(Command.KEEP_LEFT, None, "w/1"),
        Given(Command.KEEP_RIGHT, None, "w/1"),
        Given(Command.KEEP_BOTH, None, "w/1"),
    ]


def test_the_reason_goes_up_with_the_case_it_is_about(window: MainWindow, app: QApplication):
    paint(window, "review_question")
    heard = heard_of(window.command_given)
    question = window.review.question
    assert not window.review.offers.isVisible()
    question.choices.toggle("labels-compared").click()
    question.comment.edit.setText("form looked at")
    question.confirm.click()
    assert heard == [Given(Command.KEEP_LEFT, Answer(("labels-compared",), "form looked at", (), "w/1"))]


def test_another_case_of_the_list_is_asked_for(window: MainWindow, app: QApplication):
    paint(window, "review")
    heard = heard_of(window.case_wanted)
    rows = [row for row in window.review.findChildren(LinkRow) if row.isVisible()]
    QTest.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    rows[2].setFocus()
    QTest.keyClick(rows[2], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["w/2", "tasks w/3"]


def test_whoever_may_not_settle_a_case_is_told_whom_to_ask(window: MainWindow, app: QApplication):
    paint(window, "review_read")
    assert "Put the tubes in the review rack" in said(window.review)
    assert not window.review.offers.isVisible()


def test_an_empty_list_says_how_it_gets_filled(window: MainWindow, app: QApplication):
    paint(window, "review_empty")
    assert "What two people or benches recorded that does not go together" in said(window.review)
    assert not window.review.left.isVisible()


def received_again(person: AtTheBench) -> str:
    """The first tube received here was received at another bench as well, which did not know of it."""

    def job(ledger: Any) -> str:
        row = look_up.specimens_of_request(ledger.db, look_up.tubes_by_code(ledger.db, "Q26-118901-1")[0][0])[0]
        request = look_up.requests_of_specimen(ledger.db, row["id"])[0]
        number = ledger.next_number("Z")
        body = {name: row[name] for name in ("type", "sender_code", "sender", "collected", "delivery", "bag", "risk")}
        body |= {name: row[name] for name in ("priority", "category", "matched", "bench", "patient", "tube")}
        more = {
            "specimen": ledger.identity(),
            "accession": number,
            "requests": [request["id"]],
            "follows": None,
            "taken": None,
        }
        ledger.append([Draft("specimen.received", body | more)], None)
        return str(number)

    number = str(person.bench.recorder.write(job).result())
    # As the sync says it when it took a page in.
    person.bench.changed()
    return number


def test_a_case_is_settled_at_the_bench_and_its_tasks_are_done_there(rehearsal: AtTheBench):
    rehearsal.signs_in()
    rehearsal.goes_to(Place.RECEIVE)
    rehearsal.scans("Q26-118901-1")
    first = rehearsal.printed(1)
    assert rehearsal.scans(first) == "Accepted"
    second = received_again(rehearsal)
    assert rehearsal.scans(second) == "In dispute"
    assert rehearsal.scans(first) == "In dispute"
    rehearsal.until(lambda: rehearsal.window.rail.items[Place.REVIEW].waiting == 1)
    rehearsal.goes_to(Place.REVIEW)
    screen = rehearsal.window.review
    rehearsal.until(screen.offers.isVisible)
    rehearsal.window.command_given.emit(
        Given(Command.KEEP_LEFT, None, screen.offers.button("keep what stands").offer.argument)
    )
    rehearsal.until(screen.question.isVisible)
    screen.question.choices.toggle("tubes-looked-at").click()
    screen.question.confirm.click()
    rehearsal.until(lambda: "Settled" in said(screen))
    rehearsal.until(screen.offers.isVisible)
    screen.offers.button("print a label that a case left to do").click()
    assert rehearsal.printed(2) == first
    rehearsal.until(lambda: not screen.offers.isVisible())
    rehearsal.until(lambda: rehearsal.window.rail.items[Place.REVIEW].waiting == 0)
    assert rehearsal.scans(first) != "In dispute"


def test_a_line_of_today_leads_to_its_case(rehearsal: AtTheBench):
    rehearsal.signs_in()
    rehearsal.goes_to(Place.RECEIVE)
    rehearsal.scans("Q26-118901-1")
    rehearsal.scans(rehearsal.printed(1))
    received_again(rehearsal)
    rehearsal.goes_to(Place.TODAY)
    row = next(
        r for r in rehearsal.window.today.findChildren(LinkRow) if "received at two benches" in r.accessibleName()
    )
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    rehearsal.until(lambda: rehearsal.window.place is Place.REVIEW)
    rehearsal.until(lambda: "What stands" in said(rehearsal.window.review))


def test_one_key_prints_and_another_says_that_a_label_is_destroyed(window: MainWindow, app: QApplication):
    paint(window, "review_tasks")
    app.processEvents()
    heard = heard_of(window.command_given)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_P, both)
    assert [given.command for given in heard] == [Command.CASE_LABEL] * 2
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F, both)
    assert heard[-1].command is Command.CASE_TASK
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_S, both)
    assert heard[-1].command is Command.CASE_DESTROYED
    print_label, destroyed = (window.review.offers.button(one.value) for one in (Command.CASE_LABEL, heard[-1].command))
    assert "Ctrl Shift P" in print_label.accessibleName() + print_label.text() + said(print_label)
    assert "Ctrl Shift S" in destroyed.accessibleName() + destroyed.text() + said(destroyed)


def test_what_another_bench_settles_leaves_this_screen_at_once(rehearsal: AtTheBench):
    rehearsal.signs_in()
    rehearsal.goes_to(Place.RECEIVE)
    rehearsal.scans("Q26-118901-1")
    rehearsal.scans(rehearsal.printed(1))
    rehearsal.goes_to(Place.REVIEW)
    assert "Nothing waits for review" in said(rehearsal.window.review)
    received_again(rehearsal)
    rehearsal.until(lambda: "received at two benches" in said(rehearsal.window.review))


def test_going_back_from_the_reason_changes_nothing(window: MainWindow, app: QApplication):
    paint(window, "review_question")
    heard = heard_of(window.command_given)
    window.review.question.cancel.click()
    assert heard == [Given(Command.CANCEL)]
    assert views.REVIEW_QUESTION.question is not None
