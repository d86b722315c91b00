from dataclasses import replace

import fixtures_views as views
import pytest
from painted import paint
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Answer, DeliveryLine, Offer
from ui.actions import Place
from ui.main_window import MainWindow
from ui.payloads import FileGiven, FindWanted, Given, PinGiven, ReportWanted, ScreenWanted, SubjectWanted
from ui.widgets.link_row import LinkRow
from ui.widgets.verdict_panel import VerdictPanel


def said(widget: QWidget) -> str:
    """All the words in view."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible()).replace("\u200b", "")


def heard_of(signal) -> list:
    heard: list = []
    signal.connect(lambda *given: heard.append(given[0] if given else None))
    return heard


def row(window: MainWindow, text: str) -> LinkRow:
    return next(each for each in window.findChildren(LinkRow) if each.isVisible() and text in each.accessibleName())


def test_receive_shows_the_order_the_verdict_the_person_and_the_raw_codes(window: MainWindow, app: QApplication):
    paint(window, "receive")
    shown = said(window.receive)
    for words in (
        "Compare, label tube 1",
        "Matches",
        "OYELARAN, Baby of Temi",
        "999 000 0018",
        "]d2010950600013435217261231",
    ):
        assert words in shown
    assert window.receive.verdict.accessibleName().startswith("Matches. Proband's tube 1")


def test_what_was_not_stated_is_said_to_be_so(window: MainWindow, app: QApplication):
    paint(window, "receive_refused")
    assert "not stated" in said(window.receive.banner)


def test_a_tube_held_asks_why_and_sends_the_reasons_up(window: MainWindow, app: QApplication):
    paint(window, "receive_question")
    heard = heard_of(window.command_given)
    question = window.receive.question
    assert not window.receive.offers.isVisible()
    question.choices.toggle("clotted").click()
    question.choices.toggle("volume").click()
    question.comment.edit.setText("one small clot")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_C, both)
    assert heard == [Given(Command.HOLD, Answer(("volume", "clotted"), "one small clot", ()))]


def test_an_answer_says_what_its_question_was_about(window: MainWindow, app: QApplication):
    asked = replace(views.HOLD_QUESTION, subject="0193-tube-1")
    paint(window, "receive_question")
    window.receive.paint(replace(views.RECEIVE_QUESTION, question=asked))
    assert window.receive.question.answer().subject == "0193-tube-1"


def test_the_same_question_about_another_tube_begins_afresh(window: MainWindow, app: QApplication):
    paint(window, "receive_question")
    window.receive.question.comment.edit.setText("one small clot")
    asked = replace(views.HOLD_QUESTION, subject="0193-tube-2")
    window.receive.paint(replace(views.RECEIVE_QUESTION, question=asked))
    assert window.receive.question.answer().comment == ""


def test_what_was_entered_stays_when_the_question_comes_back_with_problems(window: MainWindow, app: QApplication):
    paint(window, "receive_unannounced")
    question = window.receive.question
    question.fields["forename"].edit.setText("Ade")
    asked = views.RECEIVE_UNANNOUNCED.question
    assert asked is not None
    again = replace(views.RECEIVE_UNANNOUNCED, question=replace(asked, problems=("Enter the surname",)))
    window.receive.paint(again)
    assert question.answer().fields[1] == ("forename", "Ade")
    assert question.problems.hasFocus()
    assert "There is a problem" in said(question)


def test_going_back_from_a_question_changes_nothing(window: MainWindow, app: QApplication):
    paint(window, "receive_question")
    heard = heard_of(window.command_given)
    window.receive.question.cancel.click()
    assert heard == [Given(Command.CANCEL)]


def test_only_one_reason_is_chosen_where_one_is_asked_for(window: MainWindow, app: QApplication):
    paint(window, "settings")
    theme = window.settings.form.choices["theme"]
    theme.toggle("dark").click()
    assert theme.chosen() == ("dark",)


def test_undo_names_what_it_undoes_and_rests_when_there_is_nothing(window: MainWindow, app: QApplication):
    paint(window, "receive")
    assert "Undo: print label 1" in window.receive.undo.text()
    paint(window, "receive_empty")
    assert not window.receive.undo.isEnabled()


def test_a_line_of_today_leads_to_its_job(window: MainWindow, app: QApplication):
    paint(window, "today")
    heard = heard_of(window.screen_wanted)
    QTest.mouseClick(row(window, "r30000000007"), Qt.MouseButton.LeftButton)
    line = row(window, "26K7Q0031C")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == [ScreenWanted(Place.RECEIVE, "r30000000007"), ScreenWanted(Place.FIND, "26K7Q0031C")]


def test_find_sends_what_was_typed_and_what_was_chosen(window: MainWindow, app: QApplication):
    paint(window, "find")
    queries, subjects = heard_of(window.find_wanted), heard_of(window.subject_wanted)
    window.find_screen.field.edit.setText("  okafor ")
    window.find_screen.search.click()
    QTest.mouseClick(row(window, "r30000000001"), Qt.MouseButton.LeftButton)
    assert queries == [FindWanted("okafor")]
    assert subjects == [SubjectWanted("r1")]
    assert "Hold: too little blood (undone)" in said(window.find_screen)


def test_find_shows_what_is_known_from_its_beginning_once_a_question_is_answered(window: MainWindow, app: QApplication):
    window.go(Place.FIND)
    known = replace(views.FIND, facts=tuple((f"Fact {place}", "what is known of it") for place in range(60)))
    window.find_screen.paint(known)
    window.find_screen.paint(replace(known, question=views.HOLD_QUESTION))
    app.processEvents()
    assert window.find_screen.question.choices.isAncestorOf(app.focusWidget())
    window.find_screen.paint(known)
    app.processEvents()
    assert window.find_screen._chosen_page.verticalScrollBar().value() == 0


def test_on_a_small_screen_find_shows_the_next_step_and_where_the_others_are(window: MainWindow, app: QApplication):
    window.go(Place.FIND)
    window.resize(1024, 768)
    app.processEvents()
    step = Offer(Command.NIPT_FORM, "NIPT form states", usual=True)
    window.find_screen.paint(replace(views.FIND, offers=(step, *views.FIND.offers)))
    find = window.find_screen
    assert find.next_step.button("what a NIPT form states").isVisible()
    assert find.offers.button("reject").isVisible()
    assert "stands below what is known" in said(find)
    window.resize(1440, 900)
    app.processEvents()
    assert not find.next_step.isVisible()
    assert find.offers.button("what a NIPT form states").isVisible()


def test_on_a_small_screen_how_far_a_delivery_is_booked_gives_way_to_what_is_compared(
    window: MainWindow, app: QApplication
):
    window.resize(1024, 768)
    paint(window, "receive")
    app.processEvents()
    window.receive.paint(replace(views.RECEIVE, delivery=DeliveryLine("Delivery van 22-Nov-2026 08:10", "2 of 11")))
    assert not window.receive.delivery.isVisible()
    urgent = DeliveryLine("Delivery van 22-Nov-2026 08:10", "An urgent bag is closed", VerdictKind.ATTENTION)
    window.receive.paint(replace(views.RECEIVE, delivery=urgent))
    assert window.receive.delivery.isVisible()


def test_a_dropped_file_is_handed_over(window: MainWindow, app: QApplication, tmp_path):
    paint(window, "expected_empty")
    heard = heard_of(window.file_given)
    file = tmp_path / "requests.csv"
    file.write_text("Referral ID\n")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.expected.drop.dropEvent(event)
    assert heard == [FileGiven(str(file))]


@pytest.mark.parametrize("form", ["screen", "pdf", "xlsx"])
def test_a_report_is_asked_for_with_its_period(window: MainWindow, app: QApplication, form):
    paint(window, "reports")
    heard = heard_of(window.report_wanted)
    buttons = {"screen": window.reports.show_period, "pdf": window.reports.pdf, "xlsx": window.reports.xlsx}
    buttons[form].click()
    assert heard == [ReportWanted("01-Oct-2026", "31-Oct-2026", form)]


def test_no_file_is_made_of_an_empty_report(window: MainWindow, app: QApplication):
    window.go(Place.REPORTS)
    window.reports.paint(views.REPORT_EMPTY)
    assert not window.reports.pdf.isEnabled()
    assert not window.reports.xlsx.isEnabled()


def test_a_device_that_is_away_says_what_works_without_it(window: MainWindow, app: QApplication):
    paint(window, "devices")
    shown = said(window.devices)
    assert "Rack reader needs you" in shown
    assert "Racks can be read at bench K2" in shown


def test_settings_are_sent_as_entered_and_problems_stand_beside_their_fields(window: MainWindow, app: QApplication):
    paint(window, "settings")
    heard = heard_of(window.settings_saved)
    window.settings.form.fields["idle_minutes"].edit.setText("15")
    window.settings.save.click()
    assert heard[0]["idle_minutes"] == "15"
    assert heard[0]["theme"] == "light"
    assert heard[0]["scanner_prefix"] == "~"


def test_the_first_set_up_takes_the_badge_from_a_scan_and_shows_neither_badge_nor_pin(
    window: MainWindow, app: QApplication
):
    paint(window, "set_up")
    heard = heard_of(window.set_up_given)
    window.set_up.badge_read("BADGE-0007")
    window.set_up.form.fields["pin"].edit.setText("483920")
    window.set_up.confirm.click()
    assert heard[0]["badge"] == "BADGE-0007"
    assert heard[0]["pin"] == "483920"
    assert "BADGE-0007" not in said(window)
    assert "483920" not in repr(heard[0])


def test_problems_of_the_set_up_take_the_focus_and_keep_what_was_entered(window: MainWindow, app: QApplication):
    paint(window, "set_up")
    window.set_up.form.fields["ods_code"].edit.setText("RR8")
    window.set_up.paint(views.SET_UP_PROBLEMS)
    assert window.set_up.form.problems.hasFocus()
    assert window.set_up.form.fields["ods_code"].text == "RR8"
    assert said(window.set_up).count("Enter the name of the laboratory") == 2


def test_the_rehearsal_is_one_press_away(window: MainWindow, app: QApplication):
    paint(window, "set_up")
    heard = heard_of(window.rehearsal_wanted)
    window.set_up.rehearse.click()
    assert len(heard) == 1


def test_a_pin_is_given_by_touch_or_ctrl_enter_and_forgotten_at_once(window: MainWindow, app: QApplication):
    paint(window, "pin")
    heard = heard_of(window.pin_given)
    pad = window.sign_in.pad
    assert pad.edit.hasFocus()
    QTest.keyClicks(pad.edit, "4839")
    QTest.keyClick(pad.edit, Qt.Key.Key_Return)
    assert heard == []
    QTest.keyClick(pad.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == [PinGiven("4839")]
    assert pad.edit.text() == ""
    assert "4839" not in repr(heard[0])


def test_the_lock_remembers_where_the_work_stood(window: MainWindow, app: QApplication):
    paint(window, "receive_question")
    window.receive.question.comment.edit.setText("half a sent")
    paint(window, "locked")
    assert window.screen_in_view is window.sign_in
    window.paint_strip(views.STRIP)
    assert window.screen_in_view is window.receive
    assert window.receive.question.comment.text == "half a sent"


def test_the_list_of_keys_opens_and_closes_with_one_key(window: MainWindow, app: QApplication):
    paint(window, "receive")
    window.rail.keys.click()
    assert window.screen_in_view is window.keys
    window.rail.keys.click()
    assert window.screen_in_view is window.receive


def test_the_strip_is_quiet_when_all_is_well_and_names_a_device_that_is_away(window: MainWindow, app: QApplication):
    paint(window, "receive")
    assert "!  Rack reader is away" in said(window.foot)
    window.paint_strip(views.STRIP_NOTICE)
    assert "!" not in said(window.foot)
    assert not window.ribbon.isVisible()
    assert "put the tube in the review rack" in said(window.notices)


def test_a_verdict_fades_in_once_and_stands_still_where_motion_is_off(app: QApplication, qtbot):
    verdict = Verdict(VerdictKind.ACCEPTED, "Accepted", "Label 26K7Q0042X is on tube 1.")
    still, moving = VerdictPanel(motion=False), VerdictPanel(motion=True)
    still.paint(verdict)
    assert still.graphicsEffect() is None
    moving.paint(verdict)
    assert moving.graphicsEffect() is not None
    qtbot.waitUntil(lambda: moving.graphicsEffect() is None)
    moving.paint(verdict)
    assert moving.graphicsEffect() is None
    for each in (still, moving):
        each.deleteLater()


def test_two_refusals_in_quick_succession_leave_the_last_one_in_view(app: QApplication, qtbot):
    panel = VerdictPanel(motion=True)
    for title in ("Not ours", "Not this label"):
        panel.paint(Verdict(VerdictKind.REFUSED, title, "Scan the label of tube 1."))
    qtbot.waitUntil(lambda: panel.graphicsEffect() is None)
    assert panel.accessibleName().startswith("Not this label")
    panel.deleteLater()


def test_a_hub_that_comes_back_by_itself_needs_nobody(window: MainWindow):
    paint(window, "devices_hub")
    assert window.devices.heading.text() == "Work on: the hub is tried again by itself"
    window.devices.paint((views.DEVICES[2], views.HUB_AWAY))
    assert window.devices.heading.text() == "Rack reader needs you"
    window.devices.paint((views.DEVICES[2], replace(views.HUB_AWAY, waits=False)))
    assert window.devices.heading.text() == "2 devices need you"


def test_a_window_is_called_by_its_bench(window: MainWindow):
    paint(window, "today")
    assert window.windowTitle() == views.STRIP.bench
