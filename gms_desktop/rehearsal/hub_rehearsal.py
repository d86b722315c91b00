"""A rehearsal's laboratory with a hub: a real PostgreSQL, the hub's own process, and a cable to each of two benches."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from devices.simulators.cable import Cable, State
from gms_desktop import settings as settings_file
from gms_desktop.bench import Bench
from gms_desktop.hub_joining import join
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.hub_server import HubServer
from gms_desktop.settings import PrinterSettings, Settings
from gms_desktop.starting import SystemChance, bench_file, start_bench

SCOPE = "lab-rehearsal"
BENCHES = 2
WAIT_S = 60.0
_DATABASE = "gms"
_LOOK_S = 0.05
Tell = Callable[[str], None]


class HubRehearsal:
    """The hub with its cables. Stop and start it, pull and plug each bench's cable, in any order.

    Attributes:
        cables: one for each bench, first to last.
        folder: where each bench has its data folder; left when the rehearsal ends only if it was given.
    """

    def __init__(self, tell: Tell, folder: Path | None = None, benches: int = BENCHES) -> None:
        """Start the server, make the hub and enrol the benches.

        Args:
            tell: is told each step.
            folder: for the benches' data; None for one that goes with the rehearsal.
            benches: how many.

        Raises:
            Refused: when there is no PostgreSQL here.
            Unavailable: when it does not start.
        """
        from gms_desktop.sync.hub.laboratory import Laboratory, init

        self.tell = tell
        self._ends = ExitStack()
        self.folder = folder or self._made_folder("gms-rehearsal-")
        self.server = HubServer(self._made_folder("gms-hub-"))
        try:
            self.server.start()
            self._ends.callback(self.server.stop)
            self.dsn = self.server.create(_DATABASE)
            init(self.dsn, Laboratory(SCOPE, made_up.FIRST.laboratory, rehearsal=True))
            self.cables = [
                self._ends.enter_context(Cable(self.server.host, self.server.port, seed)) for seed in range(benches)
            ]
            self._stop = threading.Event()
            self._follower = threading.Thread(target=self._follow, name="hub follow", daemon=True)
            self._follower.start()
            self._ends.callback(self._end_follower)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End everything: benches are closed before, by whoever opened them."""
        self._ends.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def enrolment(self, number: int) -> str:
        """A fresh enrolment code for a bench, 1 and up: it leads over that bench's cable."""
        import psycopg

        from gms_desktop.sync.hub.enrol import Place, enrol

        cable = self.cables[number - 1]
        with psycopg.connect(self.dsn, autocommit=True) as admin:
            place = Place(cable.host, cable.port, _DATABASE)
            return str(enrol(admin, place, bench_name(number), SCOPE, SystemChance()).code)

    def data(self, number: int) -> Path:
        """The data folder of a bench: as ``gms-desktop rehearse --data`` takes it."""
        return self.folder / f"bench-{number}"

    def prepare(self) -> None:
        """Join every bench: the first begins the laboratory, the others take its history in."""
        self.join(1)
        bench = self.open(1)
        try:
            made_up.take_in_once(bench)
            made_up.expect_the_van(bench)
            bench.recorder.write(lambda ledger: _others(ledger, bench.file.pepper)).result()
            self.wait(lambda: bench.hub.is_level, "the first bench to share its beginning")
        finally:
            bench.close()
        for number in range(2, len(self.cables) + 1):
            self.join(number)

    def join(self, number: int, settings: Settings | None = None) -> None:
        """Let a bench join, as the command line would."""
        file = bench_file(made_up.rehearsal_folder(self.data(number)))
        file.take()
        try:
            joined = join(file, self.enrolment(number), settings or _settings(number), made_up.FIRST)
        finally:
            file.release()
        self.tell(f"{bench_name(number)}: {joined.words}")

    def open(self, number: int, settings: Settings | None = None, changed: Callable[[], None] = lambda: None) -> Bench:
        """Open a bench that has joined, with its own settings or with others and the same hub."""
        folder = made_up.rehearsal_folder(self.data(number))
        own = settings_file.read(folder)
        assert own is not None
        return start_bench(folder, replace(settings, hub=own.hub, bench=own.bench) if settings else own, None, changed)

    def wait(self, holds: Callable[[], bool], what: str, seconds: float = WAIT_S) -> None:
        """Wait until something holds.

        Raises:
            TimeoutError: when it never did.
        """
        looked = threading.Event()
        for _ in range(int(seconds / _LOOK_S)):
            if holds():
                return
            looked.wait(_LOOK_S)
        raise TimeoutError(f"waited {seconds:.0f} s in vain for {what}")

    @property
    def plugged(self) -> list[bool]:
        """Which cables are plugged in, first to last."""
        return [cable.state is State.PLUGGED for cable in self.cables]

    def stop_hub(self) -> None:
        """Stop the hub at once, as a power cut would."""
        self.server.stop()

    def start_hub(self) -> None:
        """Start it again."""
        if not self.server.running:
            self.server.start()

    def _made_folder(self, prefix: str) -> Path:
        folder = Path(tempfile.mkdtemp(prefix=prefix))
        self._ends.callback(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def _follow(self) -> None:
        """The hub's own process, here a thread: started again whenever the server comes back."""
        import psycopg

        from gms_desktop.sync.hub.follow import AlreadyFollowed, Follower

        while not self._stop.is_set():
            if self.server.running:
                with suppress(psycopg.Error, AlreadyFollowed):
                    Follower(self.dsn).run(self._stop)
            self._stop.wait(0.3)

    def _end_follower(self) -> None:
        self._stop.set()
        self._follower.join()


def turn(cable: Cable) -> None:
    """Pull a cable that is plugged in, and the other way round."""
    if cable.state is State.PLUGGED:
        cable.pull()
    else:
        cable.plug()


def bench_name(number: int) -> str:
    """What a bench of the rehearsal is called."""
    return f"Rehearsal bench {number}"


def _settings(number: int) -> Settings:
    return Settings(bench=bench_name(number), rehearsal=True, printer=PrinterSettings(mode="folder"))


def _others(ledger: Ledger, pepper: bytes) -> None:
    known = look_up.operators(ledger.db)
    if len(known) < len(made_up.PEOPLE):
        made_up.add_the_others(ledger, pepper, str(known[0]["id"]))
