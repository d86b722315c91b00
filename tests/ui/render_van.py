"""Receives the morning van at the rehearsal's own window and leaves a picture of every screen of it.

Each is painted light and dark, at 1440 x 900 and at 1024 x 768. Its own process, since Qt takes its scale factor only
at the start: ``QT_SCALE_FACTOR=1.5 python tests/ui/render_van.py FOLDER``. Every step is one that a person takes:
a thing of the made-up bench top is clicked, a button in view is pressed, a field is filled.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from at_the_bench import AtTheBench, application
from PySide6.QtWidgets import QWidget

from gms_desktop.domain.commands import Command
from gms_desktop.rehearsal.van_steps import STATED, VAN
from ui.actions import Place
from ui.app import make_application
from ui.payloads import PinGiven
from ui.theme.tokens import ThemeName
from ui.theme.wear import wear
from ui.widgets.offer_bar import OfferButton
from ui.widgets.question_panel import QuestionPanel

_SIZES = ((1440, 900), (1024, 768))
_FORM = {
    "pathway": "FASP",
    "due": "30/04/2027",
    "weight": "68.5 kg",
    "fetuses": "1",
    "conditions": "T21/T13/T18",
    "chance": "120",
    "offered": "yes",
}
_TUBE_LINES = ("=absent", "request number", "surname", "forename", "birth date", "nhs number", "hospital number")


class AtTheVan:
    """A person who receives the van by what stands on the screen and beside it."""

    def __init__(self, person: AtTheBench, folder: Path | None) -> None:
        self.person = person
        self._folder = folder
        self._shot = 0
        self._worn = ThemeName.LIGHT
        self._themes = list(ThemeName)[::-1]

    @property
    def panel(self) -> QuestionPanel:
        """The question of the screen in view."""
        screen = self.person.window.screen_in_view
        assert screen is not None
        return next(one for one in screen.findChildren(QuestionPanel) if one.isVisible())

    def clicks(self, code: str, *, last: bool = False) -> None:
        """Click a thing of the van: the first step that has this code, or the last."""
        top, before = self.person.application.bench_top, self.person.entries()
        assert top is not None
        cards = [card for card in top.van.steps if card.step.code == code]
        cards[-1 if last else 0].button.click()
        self._answered(before)

    def clicks_label(self) -> str:
        """Click the newest printed label."""
        view = self.person.bench.receive_view().result()
        number = next(tube.accession for tube in view.tubes if tube.current)
        self.person.until(lambda: number in self._printed())
        self.scans(number)
        return number

    def _printed(self) -> str:
        return "\n".join(payload.decode("utf-8", "replace") for payload in self.person.desk.printer.labels)

    def scans(self, code: str) -> None:
        before = self.person.entries()
        self.person.desk.scanner.scan(code)
        self._answered(before)

    def _answered(self, before: int) -> None:
        self.person.until(lambda: self.person.entries() > before)
        self._settle()

    def _settle(self) -> None:
        for _ in range(2):
            self.person.settle()

    def presses(self, command: Command) -> None:
        """Press the button of a command; it must be in view."""
        buttons = self.person.window.findChildren(OfferButton)
        button = next(one for one in buttons if one.offer.command is command and one.isVisible())
        button.click()
        self._settle()

    def answers(self, *choices: str, comment: str = "", **fields: str) -> None:
        """Fill the question in."""
        if choices:
            self.panel.choices.choose(*choices)
        for name, value in fields.items():
            self.panel.fields[name].put(value)
        if comment:
            self.panel.comment.put(comment)

    def confirms(self) -> None:
        self.panel.confirm.click()
        self._settle()

    def goes(self, place: Place) -> None:
        self.person.goes_to(place)
        self._settle()

    def shows(self, name: str) -> None:
        """Leave a picture of what is in view, in both themes and sizes."""
        if self._folder is None:
            return
        self._shot += 1
        window = self.person.window
        # Dressing the window takes longest: each picture begins in what the one before ended in.
        self._themes.reverse()
        for theme in self._themes:
            if theme is not self._worn:
                wear(self.person.app, theme)
                self._worn = theme
                self._again()
            for width, height in _SIZES:
                window.resize(width, height)
                for _ in range(3):
                    self.person.app.processEvents()
                window.grab().save(str(self._folder / f"{self._shot:02d}-{name}-{width}-{theme.value}.png"))

    def shows_desk(self, top: QWidget, name: str) -> None:
        if self._folder is not None:
            self.person.settle()
            top.grab().save(str(self._folder / f"00-{name}.png"))

    def _again(self) -> None:
        """Buttons take their icons' colour when they are painted."""
        joined = self.person.application.joined
        assert joined is not None
        joined._enter()
        self._settle()


def receive(van: AtTheVan) -> None:
    """The whole delivery, from top to bottom of the desk's list."""
    _arrives(van)
    _urgent_baby(van)
    _leak(van)
    _family(van)
    _twins(van)
    _marrow(van)
    _nipt(van)
    _cancelled(van)
    _counted(van)


def _arrives(van: AtTheVan) -> None:
    van.goes(Place.TODAY)
    van.shows("today-before")
    van.goes(Place.RECEIVE)
    van.shows("receive-nothing-yet")
    van.presses(Command.NEW_DELIVERY)
    van.answers(
        "in-order", carrier="DX van", bags="BAG-101 BAG-102", urgent="BAG-101", stated=str(STATED), temperature="4"
    )
    van.shows("new-delivery")
    van.confirms()
    van.shows("delivery-open")


def _urgent_baby(van: AtTheVan) -> None:
    van.clicks("Q26-119006-1")
    van.shows("urgent-compare")
    van.clicks_label()
    van.shows("urgent-who-was-told")
    van.answers("phone", whom="Priya at extraction")
    van.confirms()
    van.shows("urgent-told")


def _leak(van: AtTheVan) -> None:
    van.clicks("BAG-102")
    van.shows("bag-open")
    van.presses(Command.BAG_LEAKS)
    van.answers("BAG-102", comment="A tube broke")
    van.shows("leak-asked")
    van.confirms()
    van.shows("leak-marked")


def _family(van: AtTheVan) -> None:
    van.clicks("r30000000002")
    van.shows("family-whose-tube")
    van.clicks("Q26-119012-1")
    van.shows("family-another-member")
    for place in ("0", "1", "2"):
        van.clicks(f"Q26-11901{place}-1", last=True)
        if place == "0":
            van.shows("family-compare-leak")
        van.clicks_label()
        if place == "1":
            van.shows("family-next-member")
    van.shows("family-complete")


def _twins(van: AtTheVan) -> None:
    for place in ("1", "2"):
        van.clicks(f"Q26-11900{place}-1")
        if place == "1":
            van.shows("twin-compare")
        van.clicks_label()
        if place == "1":
            van.shows("twin-apart-asked")
        van.answers("apart:nhs number")
        van.confirms()
        if place == "1":
            van.shows("twin-told-apart")
        van.clicks_label()
    van.shows("twins-done")


def _marrow(van: AtTheVan) -> None:
    van.clicks("Q26-119003")
    van.shows("marrow-form")
    van.presses(Command.NO_CODE)
    van.shows("marrow-no-code")
    if van.person.window.receive.question.isVisible():
        van.confirms()
    van.presses(Command.SOMETHING_DIFFERS)
    van.answers(*_TUBE_LINES)
    van.shows("marrow-absent-asked")
    van.confirms()
    van.shows("marrow-absent")
    van.clicks_label()
    van.shows("marrow-label-too-early")
    van.presses(Command.REJECT)
    van.answers("unlabelled")
    van.confirms()
    van.shows("marrow-irreplaceable-asked-twice")
    van.panel.cancel.click()
    van._settle()
    van.presses(Command.ACCEPT_AT_DISCRETION)
    van.answers("unlabelled", comment="Cannot be taken again; Dr Mensah confirms whose it is")
    van.shows("marrow-at-discretion")
    van.confirms()
    van.clicks_label()
    van.shows("marrow-accepted")


def _nipt(van: AtTheVan) -> None:
    van.clicks("Q26-118700-1")
    van.shows("nipt-compare")
    first = van.clicks_label()
    van.goes(Place.FIND)
    van.scans(first)
    van.shows("nipt-find")
    van.presses(Command.NIPT_FORM)
    van.shows("nipt-form-empty")
    van.answers(**_FORM, sampled="09/11/2026", sequence="First sample")
    van.confirms()
    van.shows("nipt-form-recorded")
    van.presses(Command.NIPT_JUDGE)
    van.answers("2")
    van.shows("nipt-judge")
    van.confirms()
    van.answers("5", repeat_asked="yes")
    van.shows("nipt-judge-reasons")
    van.confirms()
    van.shows("nipt-rejected")
    van.goes(Place.RECEIVE)
    van.clicks("Q26-119004-1")
    repeat = van.clicks_label()
    van.goes(Place.FIND)
    van.scans(repeat)
    van.presses(Command.NIPT_FORM)
    van.answers(**_FORM, sampled="19/11/2026", sequence="Repeat sample", first=first, repeat_reason="1")
    van.shows("nipt-repeat-form")
    van.confirms()
    van.presses(Command.NIPT_JUDGE)
    van.answers("5")
    van.confirms()
    van.shows("nipt-repeat-judged")


def _cancelled(van: AtTheVan) -> None:
    van.clicks("Q26-119005")
    van.shows("cancel-find")
    van.presses(Command.CANCEL_REQUEST)
    van.answers("telephone", asked_by="Dr Whitfield", reason="Ordered twice")
    van.shows("cancel-asked")
    van.confirms()
    van.shows("cancel-done")
    van.goes(Place.RECEIVE)
    van.clicks("Q26-119005-1")
    van.shows("cancelled-tube")
    van.presses(Command.SURPLUS)
    van.shows("cancelled-surplus-asked")
    van.answers(van.panel.choices._toggles[0].choice.code)
    van.confirms()
    van.shows("cancelled-surplus")
    van.clicks_label()
    van.shows("cancelled-done")


def _counted(van: AtTheVan) -> None:
    van.presses(Command.CLOSE_DELIVERY)
    van.shows("count-differs")
    van.panel.cancel.click()
    van._settle()
    van.presses(Command.NOT_FOR_US)
    van.answers("other-laboratory", what="Pot marked histology", to="Histology, level 2")
    van.shows("not-for-us")
    van.confirms()
    van.presses(Command.CLOSE_DELIVERY)
    van.shows("count-agrees")
    for place in (Place.TODAY, Place.HANDOVER, Place.EXPECTED, Place.REPORTS):
        van.goes(place)
        van.shows(place.value)
    van.goes(Place.FIND)
    for name, code in (("baby", "Q26-119006-1"), ("marrow", "Q26-119003"), ("trio", "r30000000002")):
        van.scans(code)
        van.shows(f"find-{name}")


@contextmanager
def at_the_van(data: Path, folder: Path | None) -> Iterator[AtTheVan]:
    """A rehearsal whose person is signed in."""
    app = make_application(["render"], ThemeName.LIGHT, "DejaVu Sans")
    with application(app, data, rehearsal=True) as person:
        person.until(lambda: person.application.joined is not None)
        person.scans("BADGE-OKAFOR")
        person.until(lambda: person.bench.session.awaiting is not None)
        person.window.pin_given.emit(PinGiven("2468"))
        person.until(lambda: not person.window.locked)
        yield AtTheVan(person, folder)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, at_the_van(Path(data), folder) as van:
        top = van.person.application.bench_top
        assert top is not None
        assert len(top.van.steps) == len(VAN)
        van.shows_desk(top, "desk")
        receive(van)
        van.shows_desk(top, "desk-after")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
