"""A downtime number scanned in any screen leads to its form; the form entered leads to the tube and its label."""

from __future__ import annotations

import fixtures_downtime as views
from at_the_bench import AtTheBench
from painted import paint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import downtime
from gms_desktop.services.views import Answer
from ui.actions import Place
from ui.downtime_file import write_account, write_pack
from ui.main_window import MainWindow
from ui.payloads import AccountWanted, Given, PackWanted


def heard_of(signal) -> list:
    heard: list = []
    signal.connect(heard.append)
    return heard


def numbers(person: AtTheBench) -> list[str]:
    return [line.number for line in person.bench.downtime().result().report.numbers]


def with_a_pack(person: AtTheBench, folder, many: int = 2) -> list[str]:
    person.signs_in()
    person.goes_to(Place.DOWNTIME)
    person.gives(Command.DOWNTIME_RANGE, Answer(fields=(("name", "Reception"), ("size", "20"))))
    write_pack(person.bench, many, folder / "pack.pdf")
    return numbers(person)


def test_the_form_goes_up_with_its_number_and_with_all_that_was_entered(window: MainWindow, app: QApplication):
    paint(window, "downtime_form")
    heard = heard_of(window.command_given)
    entry = window.downtime.entry
    entry.paper.fields["when"].edit.setText("20-Nov-2026 13:40")
    entry.paper.fields["who"].edit.setText("Jo Porter")
    entry.paper.choices["outcome"].toggle("on hold").click()
    entry.tube.fields["surname"].edit.setText("Example")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    [given] = heard
    assert given.command is Command.DOWNTIME_ENTER
    assert given.answer.subject == "UZK7Q3ZD005T"
    said = dict(given.answer.fields)
    assert (said["when"], said["who"], said["outcome"]) == ("20-Nov-2026 13:40", "Jo Porter", "on hold")
    assert (said["surname"], said["person"], said["which"]) == ("Example", "person", "")


def test_which_hour_is_asked_only_when_it_came_twice_and_the_tubes_own_fields_only_without_a_request(
    window: MainWindow, app: QApplication
):
    paint(window, "downtime_form")
    entry = window.downtime.entry
    assert not entry.paper.choices["which"].isVisible()
    assert entry.tube.isVisible()
    paint(window, "downtime_tied")
    assert entry.paper.choices["which"].isVisible()
    assert not entry.tube.isVisible()
    heard = heard_of(window.command_given)
    entry.enter.click()
    assert "surname" not in dict(heard[0].answer.fields)


def test_what_was_entered_stays_with_its_problems_and_goes_with_the_next_number(window: MainWindow, app: QApplication):
    from dataclasses import replace

    paint(window, "downtime_form")
    field = window.downtime.entry.paper.fields["who"]
    field.edit.setText("Jo Porter")
    window.downtime.paint(views.DOWNTIME_TIED)
    assert field.text == "Jo Porter"
    assert views.DOWNTIME_FORM.entry is not None
    other = replace(views.DOWNTIME_FORM.entry, number="UZK7Q3ZD006W")
    window.downtime.paint(replace(views.DOWNTIME_FORM, entry=other))
    assert field.text == ""


def test_a_pack_and_an_account_are_asked_for(window: MainWindow, app: QApplication):
    paint(window, "downtime")
    packs, accounts = heard_of(window.pack_wanted), heard_of(window.account_wanted)
    account = window.downtime.account
    account.count.edit.setText(" 40 ")
    account.print_pack.click()
    account.pdf.click()
    account.xlsx.click()
    assert packs == [PackWanted("40")]
    assert accounts == [AccountWanted("pdf"), AccountWanted("xlsx")]


def test_nothing_can_be_printed_before_numbers_are_set_aside(window: MainWindow, app: QApplication):
    paint(window, "downtime_empty")
    app.processEvents()
    heard = heard_of(window.command_given)
    assert not window.downtime.account.print_pack.isEnabled()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    assert heard == [Given(Command.DOWNTIME_RANGE)]


def test_a_number_scanned_on_any_screen_opens_its_form_and_the_form_leads_to_the_tube(rehearsal: AtTheBench, tmp_path):
    number = with_a_pack(rehearsal, tmp_path)[0]
    rehearsal.goes_to(Place.TODAY)
    rehearsal.scans(number)
    rehearsal.until(lambda: rehearsal.window.place is Place.DOWNTIME)
    screen = rehearsal.window.downtime
    rehearsal.until(screen.entry.isVisible)
    rehearsal.scans("Q26-118901-1")
    rehearsal.until(lambda: not screen.entry.tube.isVisible())
    screen.entry.paper.fields["when"].edit.setText("unknown")
    screen.entry.paper.fields["who"].edit.setText("Jo Porter")
    screen.entry.enter.click()
    rehearsal.until(lambda: rehearsal.window.place is Place.RECEIVE)
    accession = rehearsal.printed(1)
    rehearsal.until(lambda: "label awaited" in {tube.state for tube in rehearsal.bench.receive_view().result().tubes})
    assert rehearsal.scans(accession) == "Accepted"
    [line] = [one for one in rehearsal.bench.downtime().result().report.numbers if one.number == number]
    assert (line.specimen, line.happened, line.who) == (accession, "unknown", "Jo Porter")


def test_a_number_that_is_refused_says_so_on_the_downtime_screen(rehearsal: AtTheBench, tmp_path):
    with_a_pack(rehearsal, tmp_path)
    rehearsal.goes_to(Place.DOWNTIME)
    rehearsal.scans(downtime.mint("K", "AAA", 1))
    verdict = rehearsal.window.downtime.verdict
    rehearsal.until(lambda: verdict.accessibleName().startswith("Not ours"))
    assert rehearsal.window.place is Place.DOWNTIME


def test_going_back_from_a_form_changes_nothing(rehearsal: AtTheBench, tmp_path):
    number = with_a_pack(rehearsal, tmp_path)[0]
    rehearsal.scans(number)
    screen = rehearsal.window.downtime
    rehearsal.until(screen.entry.isVisible)
    rehearsal.gives(Command.CANCEL)
    rehearsal.until(lambda: not screen.entry.isVisible())
    assert rehearsal.bench.downtime().result().report.totals[-1] == ("open", 2)


def test_a_pack_printed_from_the_screen_is_saved_where_a_person_says(rehearsal: AtTheBench, tmp_path, monkeypatch):
    path = tmp_path / "winter.pdf"
    rehearsal.signs_in()
    rehearsal.goes_to(Place.DOWNTIME)
    rehearsal.gives(Command.DOWNTIME_RANGE, Answer(fields=(("name", "Reception"), ("size", "20"))))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    rehearsal.window.pack_wanted.emit(PackWanted("2"))
    rehearsal.until(lambda: any("winter.pdf" in notice for notice in rehearsal.bench.file.notices))
    assert path.read_bytes().startswith(b"%PDF")
    assert len(numbers(rehearsal)) == 2
    account = tmp_path / "account.pdf"
    assert str(account) in write_account(rehearsal.bench, "pdf", account)
    rehearsal.window.pack_wanted.emit(PackWanted("two"))
    rehearsal.until(lambda: any("in digits" in notice for notice in rehearsal.bench.file.notices))
