"""Plays a record of scans into a rehearsal, through a simulated scanner's real bytes, and says what is answered now.

Codes of labels differ from bench to bench: the label that comes out now stands for the one that came out then.
"""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from devices.values import Entered, Scan
from gms_desktop.bench import Bench
from gms_desktop.bench_file import DATABASE
from gms_desktop.errors import Refused
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.labels_read import number_on
from gms_desktop.services.answers import Answered
from gms_desktop.services.scan_record import Line, Recorded, from_text
from gms_desktop.starting import scanner_of, start_bench

Say = Callable[[str], None]
IsRehearsal = Callable[[Path], bool]
AS_THEN, OTHERWISE = 0, 1
_ANSWER_S = 10.0


def replay(path: Path, folder: Path, pace: float, say: Say, is_rehearsal: IsRehearsal) -> int:
    """Play a record.

    Args:
        path: the record.
        folder: a rehearsal's data folder; one that is empty or not there becomes the made-up laboratory.
        pace: 1 as it was recorded, 10 ten times as fast; 0 as fast as the answers come.
        say: prints a line.
        is_rehearsal: whether the bench in a folder is one.

    Returns:
        0 when every answer was as then, 1 when one was not.

    Raises:
        Refused: the record cannot be read, or the folder holds a real bench.
    """
    if pace < 0:
        raise Refused("A pace is 0 for as fast as it goes, 1 as it was recorded, or more.")
    try:
        lines = from_text(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(f"{path} cannot be read. Name a file that gms-desktop device record has written.") from fault
    fresh = _is_fresh(folder, is_rehearsal)
    with (
        tempfile.TemporaryDirectory(prefix="gms-desktop-replay-") as at,
        SimulatedScanner(Path(at), over="socket") as scanner,
        SimulatedZplPrinter() as printer,
    ):
        settings = made_up.settings(scanner.url, printer.host, printer.port)
        bench = start_bench(folder, settings, made_up.begin if fresh else None)
        player = _Player(bench, scanner, printer, say)
        reader = scanner_of(settings, bench, player.on_scan)
        try:
            made_up.take_in_once(bench)
            player.play(lines, pace)
        finally:
            if reader is not None:
                reader.close()
            bench.close()
    return player.told()


def _is_fresh(folder: Path, is_rehearsal: IsRehearsal) -> bool:
    """Whether a rehearsal begins in this folder.

    Raises:
        Refused: it holds a real bench, or something else.
    """
    if (folder / DATABASE).exists():
        if not is_rehearsal(folder):
            raise Refused(f"{folder} holds a real bench. Scans are played into a rehearsal only: name another folder.")
        return False
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} holds other files. Name an empty folder, or that of a rehearsal.")
    (folder / "secrets").mkdir(parents=True)
    return True


@dataclass
class _Player:
    """One play: what has come of it so far."""

    bench: Bench
    scanner: SimulatedScanner
    printer: SimulatedZplPrinter
    say: Say
    _count: Counter[Line] = field(default_factory=Counter)
    _otherwise: int = 0
    _numbers: dict[str, str] = field(default_factory=dict)
    _labels: int = 0
    _open: int = 0
    _answers: list[Future[Answered]] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)
    _pause: threading.Event = field(default_factory=threading.Event)

    def on_scan(self, said: Scan) -> None:
        """The scanner's thread hands a scan over."""
        with self._arrived:
            self._answers.append(self.bench.scan(said))
            self._arrived.notify_all()

    def play(self, lines: tuple[Recorded, ...], pace: float) -> None:
        """Play the lines in their order; each waits for the answer to the one before."""
        before: datetime | None = None
        for one in lines:
            at = datetime.fromisoformat(one.at)
            if pace and before is not None:
                self._pause.wait(max(0.0, (at - before).total_seconds()) / pace)
            before = at
            self._count[one.line] += 1
            self._play(one)

    def _play(self, one: Recorded) -> None:
        if one.line is Line.SCAN:
            self._compare(one, self._scan(one))
        elif one.line is Line.SESSION:
            self._session(one.who)
        elif one.line is Line.LABEL:
            self._label(one.text)

    def _session(self, who: int) -> None:
        """Whoever worked then is somebody made up now; a badge that is on already would lock."""
        if who == self._open:
            return
        self._open = who
        if not who:
            self.bench.lock().result(_ANSWER_S)
            return
        person = made_up.PEOPLE[(who - 1) % len(made_up.PEOPLE)]
        self._sent(lambda: self.scanner.scan(person.badge))
        told = self.bench.pin(made_up.SHORT_PIN).result(_ANSWER_S)
        if not told.ok:
            self.say(f"{person.name} could not sign in: {told.words}")

    def _label(self, then: str) -> None:
        """The next label that comes out stands for the one that came out then."""
        if self.printer.wait_for_labels(self._labels + 1, _ANSWER_S):
            self._numbers[then] = number_on(self.printer.labels[self._labels])[0]
            self._labels += 1
        else:
            self.say(f"No label comes out where {then} was printed then.")

    def _scan(self, one: Recorded) -> Answered | None:
        text = self._numbers.get(one.text, one.text)
        if one.entered == Entered.TYPED.value:
            typed = Scan(text.encode(), text, None, datetime.now(UTC), "keyboard", Entered.TYPED)
            return self.bench.scan(typed).result(_ANSWER_S)
        return self._sent(lambda: self.scanner.scan(text, one.symbology or ""))

    def _sent(self, send: Callable[[], None]) -> Answered | None:
        """What is answered to what the scanner sends; none when no scan came of it."""
        before = len(self._answers)
        send()
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self._answers) > before, _ANSWER_S):
                return None
        return self._answers[before].result(_ANSWER_S)

    def _compare(self, one: Recorded, now: Answered | None) -> None:
        title = one.title
        for then, new in self._numbers.items():
            title = title.replace(then, new)
        if now is not None and (now.verdict.kind.value, now.verdict.title) == (one.verdict, title):
            return
        self._otherwise += 1
        said = f"{now.verdict.kind.value}, {now.verdict.title}. {now.verdict.sentence}" if now else "no scan at all."
        self.say(f"{one.at[11:19]}  {one.text}: then {one.verdict}, {one.title}; now {said}")

    def told(self) -> int:
        """Say what it came to."""
        count = self._count
        played = count[Line.SCAN]
        self.say(f"{played} scans played: {played - self._otherwise} answered as then, {self._otherwise} otherwise.")
        self.say(
            f"Not played: may identify a patient or could not be read: {count[Line.PRIVATE]}; badges, for which "
            f"somebody made up signed in: {count[Line.BADGE]}; done by key or file: {count[Line.DONE]}."
        )
        return OTHERWISE if self._otherwise else AS_THEN
