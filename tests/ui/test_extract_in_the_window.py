"""At the Extract screen of a joined window: a batch begun by a scan, filled, ended, its eluate scanned into a tube."""

from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gms_desktop.domain.commands import Command
from gms_desktop.services.extract_view import ExtractView
from gms_desktop.services.rack_views import Sign
from gms_desktop.services.views import Answer
from ui.actions import Place
from ui.payloads import Given, ScreenWanted
from ui.widgets.text import Words

pytestmark = pytest.mark.timeout(120)
KIT, TUBE = "0109506000134352" + "17271231" + "1012AB", "FD20024619"


def shown(person: AtTheBench) -> ExtractView:
    return person.window.extract._view


def title(person: AtTheBench, code: str, expected: str) -> None:
    person.desk.scanner.scan(code)
    says(person, expected)


def says(person: AtTheBench, expected: str) -> None:
    def said() -> bool:
        verdict = shown(person).verdict
        return verdict is not None and verdict.title.startswith(expected)

    person.until(said)
    assert person.window.place is Place.EXTRACT


def gives(person: AtTheBench, command: Command, answer: Answer | None = None, argument: str = "") -> None:
    person.window.command_given.emit(Given(command, answer, argument))


def released(person: AtTheBench) -> None:
    """On Find, by its keys: the lots are listed, and the only one is released with its acceptance test."""
    person.goes_to(Place.FIND)
    find = person.window.find_screen
    find.lots.click()
    person.until(lambda: [offer.command for offer in find._offered][:1] == [Command.RELEASE_LOT])
    gives(person, Command.RELEASE_LOT, Answer((), "Ten samples: the same", (("words", "Extraction kit"),)))
    person.until(lambda: any(words.text() == "released for use" for words in find.findChildren(Words)))
    person.goes_to(Place.EXTRACT)


def presses(person: AtTheBench, key: Qt.Key, more: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(person.window.windowHandle(), key, Qt.KeyboardModifier.ControlModifier | more)


def given_up(person: AtTheBench, number: str) -> None:
    """By their keys: a specimen is taken out and put back, then the batch is dropped and begun again."""
    question, shift = person.window.extract.question, Qt.KeyboardModifier.ShiftModifier
    for asks, confirmed in (((Qt.Key.Key_F5,), "Taken out"), ((Qt.Key.Key_F5, shift), "Batch dropped")):
        if confirmed == "Taken out":
            title(person, number, "In A01")
        presses(person, *asks)
        person.until(question.isVisible)
        question.choices.choose("urgent-first")
        question.confirm.click()
        says(person, confirmed)
        title(person, number, "Into A01" if confirmed == "Taken out" else "Begin a batch")
    gives(person, Command.BEGIN_BATCH, Answer(("dna-blood",), "", (("instrument", "Robot 1"), ("input", ""))))
    says(person, "Batch begun")
    person.until(lambda: shown(person).in_hand == "B01")


def taken_by_hand(person: AtTheBench) -> None:
    """On Find, by its key: what was taken from a tube outside any worklist is recorded, and what is left is shown."""
    person.goes_to(Place.FIND)
    find = person.window.find_screen
    person.desk.scanner.scan(TUBE)
    person.until(lambda: any(offer.command is Command.VOLUME_LEFT for offer in find._offered))
    for how, volume in (("left, measured", "40 µl"), ("taken", "2.5 µl")):
        presses(person, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
        person.until(find.question.isVisible)
        find.question.choices.choose(how)
        find.question.fields["volume"].edit.setText(volume)
        find.question.confirm.click()
        person.until(lambda: not find.question.isVisible())
    person.until(lambda: any("37.5 µl" in words.text() for words in find.findChildren(Words)))


def test_a_batch_is_begun_by_a_scan_filled_ended_and_its_eluate_scanned_into_a_tube(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.scans("Q26-118901-1")
        number = person.printed(1)
        assert person.scans(number) == "Accepted"
        person.goes_to(Place.EXTRACT)
        person.until(lambda: any(item.code == number for work in shown(person).worklists for item in work.items))
        title(person, number, "Begin a batch")
        gives(person, Command.BEGIN_BATCH, Answer(("dna-blood",), "", (("instrument", "Robot 1"), ("input", ""))))
        says(person, "Batch begun")
        person.until(lambda: shown(person).in_hand == "B01")
        given_up(person, number)
        gives(person, Command.PLACE_BLANK)
        says(person, "Into B01")
        title(person, f"]d2{KIT}", "Lot not released")
        released(person)
        title(person, f"]d2{KIT}", "Lot recorded")
        sheet = tmp_path / "sheet.pdf"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(sheet), ""))
        QTest.keyClick(
            person.window.windowHandle(),
            Qt.Key.Key_W,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        says(person, "Sheet written")
        assert sheet.read_bytes().startswith(b"%PDF")
        gives(person, Command.START_BATCH)
        says(person, "Batch started")
        gives(person, Command.END_BATCH)
        says(person, "Batch ended")
        person.until(lambda: shown(person).positions[0].sign is Sign.ARROWS)
        person.window.extract.map.chosen.emit("A01")
        says(person, "A01")
        gives(person, Command.BATCH_ASIDE)
        says(person, "Batch put aside")
        [batch] = [item for work in shown(person).worklists for item in work.items if item.screen == "extract"]
        assert batch.detail == "ended, 1 to scan out"
        person.window.screen_wanted.emit(ScreenWanted(Place.EXTRACT, batch.code))
        says(person, "Batch")
        title(person, number, "Now its tube")
        title(person, TUBE, "Bound")
        person.until(lambda: shown(person).positions[0].sign is Sign.DISC)
        taken_by_hand(person)
