"""At the Send away screen of a joined window: a consignment is packed and handed over by keys, answered by files."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from at_the_bench import AtTheBench, application
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gms_desktop.domain.commands import Command
from gms_desktop.exchange.consignments import signed_file
from gms_desktop.exchange.consignments.contents import (
    Acknowledgement,
    Found,
    Item,
    Manifest,
    Outcome,
    Party,
    Person,
)
from gms_desktop.exchange.consignments.series import split
from gms_desktop.register import consignment_look_up, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import send_documents, site_rules
from gms_desktop.services.views import Answer
from ui.actions import Place
from ui.payloads import Given
from ui.screens.preview import PreviewScreen

KEY = signed_file.laboratory_key(b"the receiving laboratory's own secret")
pytestmark = pytest.mark.timeout(120)
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def shown(person: AtTheBench):
    return person.window.send_away.view


def comes_to(person: AtTheBench, title: str) -> None:
    person.until(lambda: shown(person).verdict is not None and shown(person).verdict.title == title)
    assert person.window.place is Place.SEND_AWAY


def answers(person: AtTheBench, given: Command, *choices: str, **fields: str) -> None:
    person.gives(given)
    person.until(lambda: shown(person).question is not None)
    person.window.command_given.emit(Given(given, Answer(choices, fields=tuple(fields.items())), ""))


def looks_at_its_papers(person: AtTheBench, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Its PDFs are paged through by keys, made larger, printed where there is a printer, saved, and put away."""

    def presses(key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        QTest.keyClick(person.window.windowHandle(), key, held)

    presses(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: isinstance(person.window.screen_in_view, PreviewScreen))
    view = person.window.screen_in_view
    assert isinstance(view, PreviewScreen)
    person.until(lambda: view.where.text() == "Paper 1 of 2     Page 1 of 1")
    assert view.heading.text().endswith("-letter.pdf")
    letter = view.page.accessibleDescription()
    assert "J. Rider" not in letter
    assert "EXAMPLE pathology laboratory" in letter
    fits = view.page.pixmap().width()
    assert view.view.verticalScrollBar().maximum() == 0
    presses(Qt.Key.Key_F7, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: view.page.pixmap().width() > fits)
    presses(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: view.page.pixmap().width() == fits)
    presses(Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: view.where.text().startswith("Paper 2 of 2     Page 1 of "))
    assert view.heading.text().endswith("-packing-list.pdf")
    with monkeypatch.context() as without_printer:
        without_printer.setenv("PATH", "")
        presses(Qt.Key.Key_P, BOTH)
        person.until(view.verdict.isVisible)
    copy = folder / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(copy), ""))
    presses(Qt.Key.Key_S, BOTH)
    person.until(copy.is_file)
    [kept] = folder.glob("*-packing-list.pdf")
    person.until(lambda: copy.read_bytes() == kept.read_bytes())
    presses(Qt.Key.Key_F11, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: person.window.screen_in_view is person.window.send_away)
    assert view.page.pixmap().isNull()


def approves(person: AtTheBench) -> None:
    """The receiver's organisation stands in its profile, and its key among the known ones."""
    folder = files("resources").joinpath("rules")
    coded = 'code = "blocks"\nods = "RR8"\n'
    printed = signed_file.fingerprint(KEY.public_key().public_bytes_raw())
    named = f'[[sender]]\nods = "RR8"\nname = "Second laboratory"\nfingerprints = ["{printed}"]\n'
    texts = {
        "destinations": folder.joinpath("destinations.toml").read_text("utf-8").replace('code = "blocks"\n', coded),
        "senders": folder.joinpath("senders.toml").read_text("utf-8").replace("sender = []\n", named),
    }

    def approved(ledger: Ledger) -> None:
        session = look_up.session(ledger.db, person.bench.desk.place.bench)
        assert session is not None
        for name, text in texts.items():
            own = text.replace("EXAMPLE-1", "1").replace("BLANK-1", "1")
            ledger.append([site_rules.approval(own, name, session["operator"])], session["operator"])

    person.bench.recorder.write(approved).result()


def signed_answer(person: AtTheBench, number: str, outcome: Outcome) -> bytes:
    """What the receiver sends back."""

    def kept(ledger: Ledger) -> tuple[str, str]:
        [row] = consignment_look_up.standing(ledger.db, 5)
        return row["number"], send_documents.kept(ledger.db, row["id"])[send_documents.SIGNED]

    consignment, manifest = person.bench.recorder.read(kept).result()
    now = datetime.now(UTC).isoformat()
    answer = Acknowledgement(
        sender=Party(name="Second laboratory", ods="RR8"),
        receiver=Party(name="Rehearsal laboratory"),
        consignment=consignment,
        manifest=manifest,
        received_at=now,
        items=(Found(number=number, outcome=outcome),),
        written_at=now,
    )
    return signed_file.sign(answer, KEY)


def drops(person: AtTheBench, path: Path) -> None:
    """Drag a file over the screen and let it go."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    assert person.window.send_away.acceptDrops()
    let_go = QDropEvent(QPointF(40, 40), Qt.DropAction.CopyAction, carried, buttons, keys)
    # Qt hands a drop on only after a drag of its own, which no test has.
    person.window.send_away.dropEvent(let_go)


def test_a_specimen_is_packed_closed_and_handed_over_without_leaving_the_screen(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with application(app, tmp_path, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.signs_in()
        person.scans("Q26-118901-1")
        number = person.printed(1)
        assert person.scans(number) == "Accepted"
        approves(person)
        person.goes_to(Place.SEND_AWAY)
        answers(person, Command.SEND_OPEN, "blocks")
        comes_to(person, "Consignment open")
        person.desk.scanner.scan(number)
        comes_to(person, "Packed")
        assert [one.title for one in shown(person).items] == [f"specimen {number}"]
        person.gives(Command.SEND_CLOSE)
        comes_to(person, "Closed")
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_W, BOTH)
        comes_to(person, "Papers saved")
        assert len(list(tmp_path.glob("*-letter.pdf"))) == 1
        looks_at_its_papers(person, monkeypatch, tmp_path)
        label = tmp_path / "label.pdf"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(label), ""))
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_P, BOTH)
        comes_to(person, "Label written")
        assert label.read_bytes().startswith(b"%PDF")
        said = {"courier": "EXAMPLE courier", "reference": "", "signed": "J. Rider", "at": ""}
        answers(person, Command.SEND_HAND_OVER, **said)
        person.until(lambda: shown(person).state.startswith("Handed over"))
        answer = tmp_path / "answer.gmsc"
        answer.write_bytes(signed_answer(person, number, Outcome.MISSING))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(answer), ""))
        QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_O, BOTH)
        comes_to(person, "Arrived, not as sent")
        later = tmp_path / "later.gmsc"
        later.write_bytes(signed_answer(person, number, Outcome.RECEIVED))
        drops(person, later)
        comes_to(person, "Arrived")
        assert [name for name, _ in shown(person).facts if name.startswith("Answer ")] == ["Answer 2", "Answer 1"]
        logger = tmp_path / "logger.csv"
        logger.write_text("Time,Temperature (C)\n2026-11-23 10:00,4.5\n")
        drops(person, logger)
        comes_to(person, "No limits laid down")
        answers_what_was_sent_here(person, tmp_path)
        reads_the_letter_code_by_code(person, tmp_path)


def answers_what_was_sent_here(person: AtTheBench, folder: Path) -> None:
    """A consignment that came with a signed file: nothing of it is booked in, and its answer says so."""
    item = Item(number="ZB7Q00301", sort="piece", codes=("ZB7Q00301",), person=Person(surname="Llŷr", forename="Ffion"))
    sent = Manifest(
        sender=Party(name="Second laboratory", ods="RR8"),
        receiver=Party(name="Rehearsal laboratory", ods="ZZ999"),
        consignment="C-1",
        closed_at="2026-11-20T14:00:00+00:00",
        items=(item,),
    )
    person.bench.take_in("C-1.gmsc", signed_file.sign(sent, KEY)).result()
    person.gives(Command.SEND_ASIDE)
    person.until(lambda: any(line.title.startswith("C-1  from") for line in shown(person).listed))
    person.desk.scanner.scan("C-1")
    comes_to(person, "Sent to us: C-1")
    assert [line.detail for line in shown(person).items] == ["not booked in"]
    assert dict(shown(person).facts)["Its key"] == "compared with the sender"
    answers(person, Command.SEND_ANSWER, "rest", at="21/11/2026 09:00")
    comes_to(person, "Answer written")
    QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_W, BOTH)
    comes_to(person, "Answer saved")
    said = signed_file.read((folder / "C-1-answer-1.gmsc").read_bytes()).contents
    assert isinstance(said, Acknowledgement)
    assert [(one.number, one.outcome) for one in said.items] == [("ZB7Q00301", Outcome.MISSING)]


def reads_the_letter_code_by_code(person: AtTheBench, folder: Path) -> None:
    """A receiver's bench reads the same from the letter, code by code, and takes it in with the last."""
    [signed] = folder.glob("*-manifest.gmsc")
    *codes, last = split(signed.read_bytes())[::-1]
    for place, code in enumerate(codes, start=1):
        person.desk.scanner.scan(code)
        comes_to(person, f"{place} of {len(codes) + 1} codes")
    person.desk.scanner.scan(last)
    comes_to(person, "Imported")
