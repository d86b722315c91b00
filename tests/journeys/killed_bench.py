"""A bench that is to be killed: started bare by the test, forked for each life, scanning until it is no more.

What it says on standard output it says after the bench has answered: that much was acknowledged.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from bench_top import OKAFOR, PIN, BenchClock

from devices.values import PrinterCondition, PrinterStatus, Scan, Sent
from gms_desktop.bench import Bench
from gms_desktop.bench_file import BenchFile
from gms_desktop.domain.commands import Command
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.services.views import Answer, ReceiveView
from gms_desktop.settings import Settings
from gms_desktop.starting import SystemChance

WAIT_S = 20.0
TUBES = ["Q26-118834-1", "Q26-118835-1", "Q26-118836-1", "Q26-118901-1", "Q26-118902-1", "Q26-118950", "Q26-118951-1"]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Fate:
    """Where this life ends: at the count-th time that a point is reached, or never by itself."""

    point: str
    count: int

    def reached(self, point: str) -> None:
        if point == self.point:
            self.count -= 1
            if self.count <= 0:
                die()


class FatefulConnection:
    """The bench's connection, except that its life may end right before or right after a commit."""

    def __init__(self, raw: Any, fate: Fate) -> None:
        self._raw = raw
        self._fate = fate

    def execute(self, sql: str, *params: Any) -> Any:
        if sql == "COMMIT":
            self._fate.reached("before commit")
            done = self._raw.execute(sql, *params)
            self._fate.reached("after commit")
            return done
        return self._raw.execute(sql, *params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


class FatefulPrinter:
    """A printer that writes labels into a folder; the bench's life may end before, or after, one came out."""

    name = "Label printer"

    def __init__(self, folder: Path, fate: Fate, clock: BenchClock) -> None:
        self._folder, self._fate, self._clock = folder, fate, clock
        folder.mkdir(exist_ok=True)

    def status(self) -> PrinterStatus:
        return PrinterStatus(PrinterCondition.READY, b"", self._clock.now())

    def send(self, zpl: bytes) -> Sent:
        self._fate.reached("before print")
        with (self._folder / f"{len(list(self._folder.iterdir())):05}.zpl").open("wb") as out:
            out.write(zpl)
        self._fate.reached("after print")
        return Sent.SENT


def state(view: ReceiveView) -> dict[str, Any]:
    """What must be where it was: the open request and the tube in hand with its number."""
    current = next((tube for tube in view.tubes if tube.current), None)
    return {
        "open": view.tubes_title,
        "in hand": current.accession if current else "",
        "tubes": [[tube.key, tube.accession] for tube in view.tubes],
    }


def say(**what: Any) -> None:
    os.write(1, (json.dumps(what) + "\n").encode())


class Life:
    """One life of the bench."""

    def __init__(self, folder: Path, seed: int, fate: Fate) -> None:
        self.random = random.Random(seed)
        self.seed, self.scans = seed, 0
        # Each life works an hour later than the one before.
        self.clock = BenchClock()
        self.clock.forward(3600.0 * seed)
        file = BenchFile(folder, self.clock, SystemChance(), "test")
        file.take()

        def begin(ledger: Ledger) -> None:
            made_up.begin(ledger, file.pepper)

        printer = FatefulPrinter(folder.parent / "printed", fate, self.clock)
        self.changed = Event()
        settings = Settings(bench="Rehearsal bench", rehearsal=True)
        self.bench = Bench(file, settings, printer, begin, self.changed.set)
        self.bench.start()
        made_up.take_in_once(self.bench)
        self.bench.recorder.read(lambda ledger: self._watch(ledger, fate)).result(WAIT_S)

    @staticmethod
    def _watch(ledger: Ledger, fate: Fate) -> None:
        raw: Any = FatefulConnection(ledger.db.raw, fate)
        ledger.db.raw = raw

    def sign_in(self) -> None:
        self.scan(OKAFOR.badge)
        self.bench.pin(PIN).result(WAIT_S)
        say(done="sign in", ready=True, view=state(self.bench.receive_view().result(WAIT_S)))

    def scan(self, code: str) -> None:
        self.clock.forward(5)
        self.scans += 1
        name = f"scan {self.scans} of life {self.seed}"
        say(doing=name)
        answered = self.bench.scan(Scan(code.encode(), code, None, self.clock.now(), name)).result(WAIT_S)
        say(done=name, title=answered.verdict.title, view=state(answered.receive))

    def give(self, command: Command, answer: Answer | None = None) -> None:
        self.clock.forward(1)
        say(doing=command.value)
        answered = self.bench.command(command, answer).result(WAIT_S)
        say(done=command.value, title=answered.verdict.title, view=state(answered.receive))

    def work(self) -> None:
        """Scan what lies about, mostly the label in hand, for ever."""
        while True:
            self.random.choice(self._choices())()

    def _choices(self) -> list[Callable[[], None]]:
        view = self.bench.receive_view().result(WAIT_S)
        if view.question:
            another = Answer(tuple(choice.code for choice in view.question.choices[:1]))
            question = view.question.command
            return [lambda: self.give(question, another), lambda: self.give(Command.CANCEL)]
        number = next((tube.accession for tube in view.tubes if tube.current), "")
        while any("label prints" in tube.state for tube in view.tubes if tube.current):
            # A person waits for the label to come out.
            self.changed.wait(WAIT_S)
            self.changed.clear()
            view = self.bench.receive_view().result(WAIT_S)
        tube = self.random.choice(TUBES)
        if not number:
            return [lambda: self.scan(tube)] * 6 + [lambda: self.give(Command.UNDO), lambda: self.scan("JUNK-1")]
        held = Answer(("missing-paperwork",))
        return [
            *[lambda: self.scan(number)] * 6,
            lambda: self.scan(tube),
            lambda: self.give(Command.HOLD, held),
            lambda: self.give(Command.PRINT_AGAIN, Answer(("unreadable",))),
            lambda: self.give(Command.UNDO),
        ]


def main() -> None:
    """Fork one life for each line ``folder seed point count`` and wait for its end."""
    for line in sys.stdin:
        folder, seed, point, count = json.loads(line)
        child = os.fork()
        if child == 0:
            life = Life(Path(folder), seed, Fate(point, count))
            life.sign_in()
            life.work()
        say(born=child)
        _, status = os.waitpid(child, 0)
        say(dead=child, killed=os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)


if __name__ == "__main__":
    main()
