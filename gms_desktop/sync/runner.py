"""Keeps a bench level with its hub: the engine decides, two workers talk to the hub, the recorder writes.

Push and pull have a worker and a connection each, so that neither waits for the other (ARCHITECTURE section 9).
Whatever a worker meets, it ends in an event: nothing of the sync can stop a scan, and no fault ends a thread.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from gms_desktop.domain.identifiers import accession
from gms_desktop.domain.minting import Chance, Clock
from gms_desktop.files.store import FileStore
from gms_desktop.journal import store
from gms_desktop.recorder import Recorder
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import at_the_bench, engine, exchange, going_back, rebase, replica
from gms_desktop.sync.at_the_bench import Remembering
from gms_desktop.sync.base_keeping import BaseKeeping
from gms_desktop.sync.exchange import Replica
from gms_desktop.sync.file_queue import FileQueue
from gms_desktop.sync.messages import Standing, first_order_hash
from gms_desktop.sync.room_beside import NoRoom, Progress
from gms_desktop.sync.signatures import Signer
from gms_desktop.sync.transport import Hub, HubRefusesBench, HubUnavailable, RecoveryClosed
from gms_desktop.sync.unplaced import Unplaced

_log = logging.getLogger(__name__)
_HINT_SECONDS = 0.1
_SHORT_CODES = "short_codes"
Job = Callable[[Hub], engine.Event]


@dataclass(frozen=True, slots=True)
class Told:
    """What a person must be told of the sync.

    Attributes:
        flips: own entries whose verdict is another now.
        rehomed: a writer that was left, because somebody else went on as it.
        rebuilt: tables that were not the hub's, and were made anew.
        withdrawn: how many entries of others left the order because the hub's is another one now.
    """

    flips: tuple[rebase.Flip, ...] = ()
    rehomed: going_back.Rehomed | None = None
    rebuilt: tuple[str, ...] = ()
    withdrawn: int = 0


@dataclass
class _Worker:
    """One thread, one connection, one job at a time."""

    name: str
    connect: Callable[[], Hub]
    happened: Callable[[engine.Event], None]
    listens: bool = False
    between: Callable[[Hub], bool] | None = None
    jobs: queue.SimpleQueue[tuple[Job, int] | None] = field(default_factory=queue.SimpleQueue)
    _hub: Hub | None = None

    def cut(self) -> None:
        """Have whatever is asked of the hub come to nothing at once. From any thread."""
        if self._hub is not None:
            self._hub.cut()

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        hub = self._hub = self.connect()
        connected = more = False
        while True:
            try:
                todo = self.jobs.get(timeout=0 if more or (self.listens and connected) else 0.5)
            except queue.Empty:
                if not more:
                    connected = connected and self._listen(hub)
                more = self.between is not None and self.between(hub)
                continue
            if todo is None:
                break
            more = False
            connected = self._do(hub, *todo)
        with suppress(Exception):
            hub.close()

    def _listen(self, hub: Hub) -> bool:
        try:
            head = hub.hint(_HINT_SECONDS)
        except HubUnavailable:
            return False
        except Exception:
            _log.exception("listening to the hub came to nothing")
            return False
        if head is not None:
            self.happened(engine.Hinted(head))
        return True

    def _do(self, hub: Hub, job: Job, number: int) -> bool:
        try:
            event = job(hub)
        except HubUnavailable as fault:
            refused = isinstance(fault, HubRefusesBench)
            event, hub_there = engine.Failed(number, str(fault), refused), False
        except Exception as fault:
            _log.exception("an exchange with the hub came to nothing")
            event, hub_there = engine.Failed(number, str(fault)), False
        else:
            hub_there = True
        self.happened(event)
        return hub_there


class Sync:
    """The sync of one bench. ``state`` may be read from any thread."""

    def __init__(
        self,
        recorder: Recorder,
        connect: Callable[[], Hub],
        clock: Clock,
        chance: Chance,
        told: Callable[[Told], None] = lambda _told: None,
        changed: Callable[[], None] = lambda: None,
        files: FileStore | None = None,
        folder: Path | None = None,
        signer: Signer | None = None,
        stop: threading.Event | None = None,
        joining: Callable[[Progress], None] = lambda _progress: None,
    ) -> None:
        """Begin.

        Args:
            recorder: the bench's recorder, open.
            connect: makes a way to the hub; it calls when it is first asked something.
            clock: the bench's clock.
            chance: for jitter and, when the hub has issued no short code, for one of our own.
            told: told from any thread what a person must know.
            changed: told from any thread that the state is another.
            files: the bench's file store; its files travel while no entry waits to be sent.
            folder: the bench's data folder, where a base that is fetched is kept; None: none is.
            signer: signs how far this bench's writers have come; None: nothing is signed.
            stop: set, also while this begins, when the application ends: what takes long goes on at the next start.
            joining: told how far the first joining of a bench has come that has long worked without a hub.

        Raises:
            Stopped: when it was.
            NoRoom: when the disk has too little room for that joining.
        """
        self._clock, self._chance, self._told, self._changed = clock, chance, told, changed
        self._events: queue.SimpleQueue[engine.Event | None] = queue.SimpleQueue()
        self._stop = stop or threading.Event()
        remembering = Remembering()
        at_the_bench.carry_out(recorder, remembering, remembering.finish, self._stop, told=joining)
        self.here, waiting, position = recorder.write(self._begin(recorder), urgent=False).result()
        self.here.signer = signer
        self.state = engine.begin(chance.bits(60), waiting, position)
        self.last_fault = ""
        # The hub's words when it does not let this bench in any more; empty again as soon as it does.
        self.shut_out = ""
        self.clock_offset: int | None = None
        self.files = FileQueue(files, recorder, self.here.scope, clock, changed) if files is not None else None
        self._base = BaseKeeping(recorder, folder, clock, self.now, lambda: self.state.waiting > 0) if folder else None
        self._workers = {
            engine.Way.PUSH: _Worker("sync push", connect, self._events.put, between=self._between),
            engine.Way.PULL: _Worker("sync pull", connect, self._events.put, listens=True),
        }
        self._threads = [worker.start() for worker in self._workers.values()]
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._thread.start()

    @staticmethod
    def _begin(recorder: Recorder) -> Callable[[Ledger], tuple[Replica, int, int]]:
        def begin(ledger: Ledger) -> tuple[Replica, int, int]:
            here = Replica(recorder, Unplaced(ledger), ledger.head.scope)
            standing = replica.standing(ledger.db, here.scope)
            return here, here.waiting(ledger), standing.position

        return begin

    def recorded(self, waiting: int) -> None:
        """The bench wrote something: so many entries wait now. From the recorder's thread."""
        self._events.put(engine.Recorded(waiting))

    def try_now(self) -> None:
        """A person asks to try at once."""
        self._events.put(engine.Asked())

    def close(self) -> None:
        """End the threads; what was not sent is sent at the next start. What is under way is cut off."""
        self._stop.set()
        self._events.put(None)
        self._thread.join()
        for worker in self._workers.values():
            worker.jobs.put(None)
            worker.cut()
        for thread in self._threads:
            thread.join()
        if self._base is not None:
            self._base.end()

    def _between(self, hub: Hub) -> bool:
        """On the push worker, when it has nothing to send and all is well: a chunk of a file, or a step of the base."""
        state = self.state
        well = not (state.trouble or state.push_trouble or state.push.failures or state.pull.failures)
        if not well or state.waiting or state.shared_at is None or state.working:
            return False
        try:
            return (self.files is not None and self.files.step(hub)) or (
                self._base is not None and self._base.step(hub)
            )
        except HubUnavailable:
            return False
        except Exception:
            _log.exception("what is done between exchanges came to nothing")
            return False

    @staticmethod
    def now() -> int:
        """Milliseconds of a steady clock."""
        return time.monotonic_ns() // 1_000_000

    def _run(self) -> None:
        event: engine.Event | None = engine.Tick()
        while event is not None:
            if isinstance(event, engine.Failed):
                self.last_fault = event.why
                self.shut_out = event.why if event.refused else self.shut_out
            elif isinstance(event, (engine.Pushed, engine.Pulled, engine.Greeted)):
                self.shut_out = ""
            before = self.state
            self.state, actions = engine.step(before, event, self.now())
            for action in actions:
                self._start(action)
            if self.state != before:
                self._say()
            try:
                event = self._events.get(timeout=max(0.0, (engine.wakes_at(self.state) - self.now()) / 1000))
            except queue.Empty:
                event = engine.Tick()

    def _say(self) -> None:
        try:
            self._changed()
        except Exception:
            _log.exception("the sync's state was not shown")

    def _start(self, action: engine.Action) -> None:
        here = self.here
        match action:
            case engine.DoPush(number=number, most=most):
                self._ask(engine.Way.PUSH, number, lambda hub: exchange.push(here, hub, number, most))
            case engine.DoPull(number=number):
                self._ask(engine.Way.PULL, number, lambda hub: exchange.pull(here, hub, number, self._took))
            case engine.DoGreet(number=number):
                self._ask(
                    engine.Way.PULL, number, lambda hub: exchange.greet(here, hub, number, self._clock, self._learned)
                )
            case engine.Rehome(writer=writer, seq=seq):
                self._job("rehome", lambda _hub: self._rehome(writer, seq))
            case engine.Rebuild(tables=tables):
                self._job("rebuild", lambda _hub: self._rebuild(tables))
            case engine.Reoffer(position=position):
                self._job("reoffer", lambda hub: exchange.reoffer(here, hub, position))
            case engine.GoBack(position=position):
                self._job("go back", lambda hub: self._go_back(hub, position))

    def _ask(self, way: engine.Way, number: int, job: Job) -> None:
        self._workers[way].jobs.put((job, number))

    def _job(self, name: str, job: Callable[[Hub], None]) -> None:
        def run(hub: Hub) -> engine.Event:
            fault, lacks_room = "", False
            try:
                job(hub)
            except NoRoom as raised:
                fault, lacks_room = str(raised), True
            except RecoveryClosed as raised:
                # Nothing ails this bench: it asks the hub how it stands, and goes back to where both agree.
                _log.info("%s of the sync ended before its end: %s", name, raised)
                fault = str(raised)
            except Exception as raised:
                _log.exception("%s of the sync came to nothing", name)
                fault = str(raised) or type(raised).__name__
            try:
                position = self.here.standing().position
                waiting = self.here.recorder.read(self.here.waiting, urgent=False).result()
            except Exception as raised:
                # The engine waits for this: whatever happens, it has to be told that the job ended.
                _log.exception("%s of the sync: its end was not read", name)
                position, waiting = self.state.position, self.state.waiting
                fault = fault or str(raised) or type(raised).__name__
            return engine.Done(name, position, waiting, fault, lacks_room)

        self._ask(engine.Way.PULL, 0, run)

    def _took(self, taken: rebase.Taken) -> None:
        if taken.flips:
            self._told(Told(flips=taken.flips))

    def _learned(self, offset: int, short_codes: Sequence[str]) -> None:
        self.clock_offset = offset

        def note(ledger: Ledger) -> None:
            ledger.clock_measured(offset)
            store.put_meta(ledger.db, _SHORT_CODES, " ".join(short_codes))

        self.here.recorder.write(note, urgent=False).result()

    def _rehome(self, writer: str, seq: int) -> None:
        def rehome(ledger: Ledger) -> going_back.Rehomed:
            known = look_up.incarnation(ledger.db, ledger.head.writer)
            bench = str(known["bench"]) if known else "Bench"
            code = spare_short_code(ledger, self._chance)
            return going_back.rehome(ledger, self.here.unplaced, writer, seq, code, bench)

        done = self.here.recorder.write(rehome, urgent=False).result()
        self._told(Told(flips=done.flips, rehomed=done))

    def _rebuild(self, tables: tuple[str, ...]) -> None:
        work = at_the_bench.Rebuilding()
        unplaced = self.here.unplaced
        at_the_bench.carry_out(self.here.recorder, work, lambda ledger: work.finish(ledger, unplaced), self._stop)
        self._told(Told(rebuilt=tables))

    def _go_back(self, hub: Hub, position: int) -> None:
        epoch, unplaced = hub.greet().head.epoch, self.here.unplaced
        order_hash = hub.orders([position]).get(position, first_order_hash(self.here.scope))
        work = going_back.GoingBack(Standing(position, order_hash, epoch))
        gone = at_the_bench.carry_out(
            self.here.recorder, work, lambda ledger: going_back.go_back(ledger, unplaced, work), self._stop
        )
        if gone.flips or gone.withdrawn:
            self._told(Told(flips=gone.flips, withdrawn=gone.withdrawn))


def spare_short_code(ledger: Ledger, chance: Chance) -> str:
    """A short code for a new writer: one that the hub issued to this bench and no writer has, else a random one."""
    issued = (store.meta(ledger.db, _SHORT_CODES) or "").split()
    used = {head.short_code for head in store.writers(ledger.db)}
    spare = [code for code in issued if code not in used]
    return spare[0] if spare else accession.short_code_from_bits(chance.bits(30))
