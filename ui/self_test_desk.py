"""Teaches the bench its scanner: listens to the codes of the self-test sheet, says what it found, and keeps that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from devices.scanners import self_test
from devices.scanners.self_test import CODES, GS, Heard, Refusal, Stroke, Taught
from devices.values import Entered, Scan
from gms_desktop import self_test_words as words
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.settings import ScannerSettings, Settings
from ui.actions import Place, meanings
from ui.app import plain_application
from ui.key_listening import KeyListening
from ui.screens.self_test import CodeLine, SelfTestView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from ui.main_window import MainWindow


def taught_settings(former: ScannerSettings, taught: Taught, *, typing: bool) -> ScannerSettings:
    """The settings of a scanner that was found to be set like this."""
    arrived = {GS: "kept", "": "dropped"}.get(taught.separator, taught.separator)
    return replace(
        former,
        mode="keyboard" if typing else former.mode,
        prefix=taught.prefix,
        suffix=taught.suffix,
        terminator=taught.terminator,
        aim="sent" if taught.aim else "not sent",
        separator=arrived,
        layout=words.state_words(taught.state) if typing else "",
    )


class SelfTestDesk(QObject):
    """One self-test, from the first code to the settings."""

    def __init__(
        self,
        window: MainWindow,
        bench: Bench,
        keep: Callable[[Settings], str],
        told: Callable[[str], None],
        sound: Callable[[VerdictKind], None],
    ) -> None:
        """Wait for somebody to want it.

        Args:
            window: has the screen.
            bench: whose scanner it is.
            keep: saves settings; the sentence says why not, and is empty when it did.
            told: shows a notice.
            sound: plays a verdict.
        """
        super().__init__(window)
        self._window, self._bench, self._keep, self._told, self._sound = window, bench, keep, told, sound
        self._keys = KeyListening(plain_application(), self)
        self._keys.heard.connect(self._typed)
        self._heard: dict[int, Heard] = {}
        self._typing = True
        self._joined = False

    @property
    def in_view(self) -> bool:
        """Whether the test is under way."""
        return self._joined and self._window.screen_in_view is self._window.self_test

    @Slot()
    def begin(self) -> None:
        """Show the screen and forget what was heard before."""
        if not self._joined:
            self._join()
        self._heard.clear()
        self._window.show_over(self._window.self_test)
        self._keys.listen(on=True)
        self._paint(None)

    def takes(self, said: Scan) -> bool:
        """Whether a scan is one of the test: any scan, while the screen is in view."""
        if not self.in_view or said.entered is Entered.TYPED:
            return False
        if said.keyed is None:
            self._hear(_strokes(said, self._bench.settings.scanner.protocol), typing=False)
        return True

    def _join(self) -> None:
        screen, self._joined = self._window.self_test, True
        screen.save_wanted.connect(self._save)
        screen.again_wanted.connect(self.begin)
        screen.back_wanted.connect(self._back)
        screen.left.connect(self._left)

    @Slot()
    def _left(self) -> None:
        self._keys.listen(on=False)

    @Slot()
    def _back(self) -> None:
        self._window.go(Place.DEVICES)

    @Slot(tuple)
    def _typed(self, strokes: tuple[Stroke, ...]) -> None:
        self._hear(strokes, typing=True)

    def _hear(self, strokes: tuple[Stroke, ...], *, typing: bool) -> None:
        if typing != self._typing:
            # Two scanners, one that types and one on a port, are two tests.
            self._heard.clear()
        self._typing = typing
        heard = self_test.hear(strokes, meanings(), typing=typing)
        if isinstance(heard, Refusal):
            self._say(words.refused(heard))
            return
        self._heard[heard.number] = heard
        taught = self._taught
        if isinstance(taught, Refusal):
            self._say(words.refused(taught))
        else:
            self._say(words.ready(taught) if taught else words.read(heard, typing=typing))

    @property
    def _taught(self) -> Taught | Refusal | None:
        return self_test.teach(self._heard, typing=self._typing)

    def _say(self, verdict: Verdict) -> None:
        self._sound(verdict.kind)
        self._paint(verdict)

    def _paint(self, verdict: Verdict | None) -> None:
        taught = self._taught
        missing = next((number for number in CODES if number not in self._heard), 0)
        known = isinstance(taught, Taught)
        lines = tuple(self._line(number) for number in CODES)
        self._window.self_test.paint(
            SelfTestView(
                heading=words.order(missing) if missing else words.known(taught),
                codes=lines,
                verdict=verdict,
                found=words.found(taught, typing=self._typing) if isinstance(taught, Taught) else (),
                may_save=known,
            )
        )

    def _line(self, number: int) -> CodeLine:
        heard = self._heard.get(number)
        title = f"{number}. {words.SHEET_CODES[number][0]}"
        if heard is None:
            return CodeLine(title, words.AWAITED)
        dropped = heard.number == 3 and not heard.separator
        odd = dropped or (self._typing and (heard.caps or heard.state is not None))
        kind = VerdictKind.ATTENTION if odd else VerdictKind.FINISHED
        return CodeLine(title, words.heard(heard, typing=self._typing), kind)

    @Slot()
    def _save(self) -> None:
        taught = self._taught
        if not isinstance(taught, Taught):
            return
        settings = self._bench.settings
        scanner = taught_settings(settings.scanner, taught, typing=self._typing)
        problem = self._keep(replace(settings, scanner=scanner))
        if problem:
            self._say(words.not_saved(problem))
            return
        self._window.go(Place.DEVICES)
        self._sound(VerdictKind.FINISHED)
        self._told(words.SAVED)


def _strokes(said: Scan, protocol: str) -> tuple[Stroke, ...]:
    """The bytes of a scanner on a port; one that speaks in packets wraps its codes in nothing."""
    packed = f"{said.symbology or ''}{said.text}\r"
    text = said.raw.decode("utf-8", "replace") if protocol == "plain" else packed
    return tuple(Stroke(sign) for sign in text)
