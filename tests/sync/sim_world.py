"""The simulated laboratory: benches, a hub and a network on virtual time, and what must always be true of them.

Everything is drawn from one seed: the same seed gives the same trace, event by event.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any, TypeVar

from sim_bench import START, Bench, Crashed, fresh_file, full_disk
from sim_hub import SCOPE, Hub
from sim_work import Work
from sqlcipher3 import dbapi2 as driver

from gms_desktop.domain.identifiers import accession
from gms_desktop.journal import store
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.entry import from_bytes
from gms_desktop.register import versions
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.register.ledger import PremiseFailed
from gms_desktop.register.verify import scratch_database, verify
from gms_desktop.sync import digests_compared, engine, rebase, replica
from gms_desktop.sync.messages import Page, PullAnswer

T = TypeVar("T")
MINUTE = 60_000
HOUR = 60 * MINUTE
_positions = text_statement("SELECT count(position), coalesce(max(position), 0) FROM entry")
_descends = text_statement("SELECT hash FROM entry WHERE writer = :writer AND seq = :seq")
_withdrawn = text_statement("SELECT writer, seq, hash, why FROM withdrawn")


class Broken(AssertionError):
    """Something that must always be true is not."""


@dataclass
class Plan:
    """How much happens, and how likely each fault is at each turn of a bench.

    The numbers are drawn from the seed, so that some worlds are nearly calm and some are nothing but trouble.
    """

    benches: int
    turns: int
    loss: float
    slow: float
    cut: float
    crash: float
    full: float
    outage: float
    clock: float
    restore_bench: float
    clone: float
    restore_hub: float
    standby: float
    newer: float
    poison: float


def plan_of(random: Random) -> Plan:
    """A plan drawn from the seed."""

    def sometimes(chance: float, most: float) -> float:
        return random.random() * most if random.random() < chance else 0.0

    return Plan(
        benches=random.choice((2, 2, 3, 3, 4)),
        turns=random.randrange(30, 110),
        loss=sometimes(0.7, 0.3),
        slow=sometimes(0.5, 0.3),
        cut=sometimes(0.4, 0.2),
        crash=sometimes(0.6, 0.08),
        full=sometimes(0.3, 0.05),
        outage=sometimes(0.7, 0.06),
        clock=sometimes(0.3, 0.05),
        restore_bench=sometimes(0.3, 0.02),
        clone=sometimes(0.2, 0.02),
        restore_hub=sometimes(0.3, 0.02),
        standby=sometimes(0.25, 0.02),
        newer=sometimes(0.3, 0.05),
        poison=sometimes(0.3, 0.03),
    )


@dataclass(frozen=True)
class Told:
    """What a bench told its operator: this is recorded."""

    bench: str
    id: str
    hash: bytes


@dataclass(order=True)
class _Event:
    at: int
    place: int
    run: Callable[[], object] = field(compare=False)


class World:
    """Benches and a hub from a seed."""

    def __init__(self, seed: int, plan: Plan | None = None) -> None:
        self.seed = seed
        self.random = Random(seed)
        self.plan = plan or plan_of(self.random)
        self.now = 0
        self.hub = Hub()
        self.standby: Hub | None = None
        self.hub_up = True
        self.page_size = self.random.choice((3, 20, 200))
        self.calm = False
        self.trace = sha256()
        self.last_notes: list[str] = []
        self.told: list[Told] = []
        self.excused: set[str] = set()
        self.hub_lost: set[str] = set()
        self.restored: set[str] = set()
        self.flips: list[str] = []
        self.differences: list[str] = []
        self.cut_off: dict[str, int] = {}
        self._events: list[_Event] = []
        self._places = itertools.count()
        self._codes = itertools.count(1)
        self._backups: list[tuple[Any, str]] = []
        self._hub_backups: list[Hub] = []
        self.benches: list[Bench] = []
        self.work: dict[str, Work] = {}

    # --- time and trace ---

    def at(self, when: int, run: Callable[[], object]) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self._events, _Event(when, next(self._places), run))

    def note(self, *said: object) -> None:
        """Put an event into the trace."""
        line = f"{self.now} {' '.join(map(str, said))}"
        self.trace.update(line.encode() + b"\n")
        self.last_notes.append(line)

    def stamp(self) -> str:
        """The hub's time, as text."""
        return (START + timedelta(milliseconds=self.now)).isoformat()

    def short_code(self) -> str:
        """A short code that the hub has never given before."""
        number = next(self._codes)
        return "".join(accession.ALPHABET[number >> shift & 31] for shift in (10, 5, 0))

    # --- the network ---

    def to_hub(
        self, bench: Bench, ask: Callable[[Hub], T], answer: Callable[[T], object], *, sure: bool = False
    ) -> None:
        """Send a question to the hub and its answer back, as well as the network does today."""
        if not sure and (self._cut_off(bench) or self._unlucky(self.plan.loss)):
            return
        self.at(self.now + self._delay(), lambda: self._at_hub(bench, ask, answer, sure))
        if self._unlucky(self.plan.loss / 3):
            # A request that is sent twice: the first copy's answer is lost.
            self.at(self.now + self._delay(), lambda: self._at_hub(bench, ask, lambda _said: None, sure))

    def _at_hub(self, bench: Bench, ask: Callable[[Hub], T], answer: Callable[[T], object], sure: bool) -> None:
        if not self.hub_up and not sure:
            return
        said = ask(self.hub)
        if not sure and (self._cut_off(bench) or self._unlucky(self.plan.loss)):
            return
        if isinstance(said, PullAnswer) and said.page is not None and self._unlucky(self.plan.cut):
            said = replace(said, page=self._cut(said.page))  # type: ignore[assignment]
        self.at(self.now + self._delay(), lambda: answer(said))

    def _cut(self, page: Page) -> Page:
        """A page that lost its end, or an entry in its middle, on the way."""
        entries = list(page.entries)
        if entries:
            del entries[self.random.randrange(len(entries))]
        return replace(page, entries=tuple(entries))

    def _delay(self) -> int:
        return self.random.randrange(500, 30_000) if self._unlucky(self.plan.slow) else self.random.randrange(1, 80)

    def _unlucky(self, chance: float) -> bool:
        return not self.calm and self.random.random() < chance

    def _cut_off(self, bench: Bench) -> bool:
        return self.cut_off.get(bench.name, -1) > self.now and not self.calm

    # --- the run ---

    def run(self) -> World:
        """Let everything happen, then let all faults end, and see that all is level.

        Raises:
            Broken: when something is not as it must be.
        """
        self._begin()
        for _ in range(self.plan.turns):
            self._turn()
            self._until(self.now + self.random.randrange(20, 4_000))
        self._heal()
        self._settle()
        self._level()
        return self

    def _begin(self) -> None:
        first = self._open_bench("bench 1", fresh_file())
        with first.transaction():
            first.ledger = first.ledger
        for number in range(2, self.plan.benches + 1):
            self._open_bench(f"bench {number}", fresh_file())

    def _open_bench(self, name: str, raw: Any, *, fresh: bool = True) -> Bench:
        from gms_desktop.register.ledger import Ledger

        bench = Bench(self, name, raw, self.seed * 100 + len(self.benches) + 1)
        self.benches.append(bench)
        if fresh:
            ledger = Ledger(bench.db, bench.chance, bench.clock, "0.1")
            with bench.db.write():
                ledger.begin_writer(SCOPE, self.short_code(), "set up", name)
                replica.put_standing(bench.db, replica.standing(bench.db, SCOPE))
        bench.start()
        self.work[name] = Work(bench, Random(self.random.random()), first=len(self.benches) == 1)
        return bench

    def _turn(self) -> None:
        bench = self.random.choice(self.benches)
        self._trouble(bench)
        if bench.up:
            self.act(bench)

    def act(self, bench: Bench) -> None:
        """One act of a person at a bench."""
        self._may_fail(bench)
        try:
            with bench.transaction():
                entries = self.work[bench.name].act()
        except Crashed:
            self._restart_later(bench)
            return
        except PremiseFailed:
            self.note(bench.name, "refused at the bench")
            return
        except driver.OperationalError:
            self.note(bench.name, "disk full")
            return
        bench.faulty.calm()
        hashes = {one.entry.id: one.hash for one in store.since(bench.db, bench.last_n() - len(entries)).__next__()} if entries else {}
        for entry in entries:
            self.told.append(Told(bench.name, entry.id, hashes[entry.id]))
        self.note(bench.name, "acts", *(entry.kind for entry in entries))
        self.check(bench)
        bench.happens(engine.Recorded(bench.waiting()))

    def _may_fail(self, bench: Bench) -> None:
        statements, after = self.random.randrange(1, 25), self.random.random() < 0.5
        if self._unlucky(self.plan.crash):
            bench.faulty.fail(statements, Crashed, after=after)
        elif self._unlucky(self.plan.full):
            bench.faulty.fail(statements, full_disk, after=False)

    def _restart_later(self, bench: Bench) -> None:
        self.note(bench.name, "crashed")
        self.at(self.now + self.random.randrange(100, 20_000), lambda: self.restart(bench))

    def restart(self, bench: Bench) -> None:
        """Open the application again."""
        if not bench.up:
            bench.start()
            self.check(bench)

    def _trouble(self, bench: Bench) -> None:
        plan = self.plan
        if self._unlucky(plan.outage):
            self.cut_off[bench.name] = self.now + self.random.choice((5_000, 5 * MINUTE, 8 * HOUR))
            self.note(bench.name, "cut off until", self.cut_off[bench.name])
            if self.random.random() < 0.2:
                self.at(self.now + self.random.randrange(1000, 10 * MINUTE), self._hub_returns)
                self.hub_up = False
        if self._unlucky(plan.clock):
            bench.clock.skew = timedelta(days=self.random.uniform(-7, 7))
        if self._unlucky(plan.crash) and bench.up:
            # A crash in the middle of whatever the bench does next, a page being taken in or a push being noted.
            bench.faulty.fail(self.random.randrange(1, 60), Crashed, after=self.random.random() < 0.5)
            self.at(self.now + self.random.randrange(2_000, 20_000), lambda: self.restart(bench))
        if self._unlucky(0.05) and bench.up:
            self._backups.append((bench.copy_of_file(), bench.name))
            self._hub_backups.append(self.hub.copy())
        if self._unlucky(plan.restore_bench) and self._backups:
            self._restore_bench(bench)
        if self._unlucky(plan.clone) and len(self.benches) < 6:
            self._clone(bench)
        if self._unlucky(plan.restore_hub) and self._hub_backups:
            self._hub_goes_back(self.random.choice(self._hub_backups).copy(), told=self.random.random() < 0.7)
        if self._unlucky(plan.standby):
            self.standby = self.hub.copy()
        elif self._unlucky(plan.standby) and self.standby is not None:
            self._hub_goes_back(self.standby, told=True)
            self.standby = None
        if self._unlucky(plan.newer):
            self.work[bench.name].next_is_newer = True
        if self._unlucky(plan.poison):
            self.work[bench.name].next_is_poison = True
        if self._unlucky(0.02) and bench.up:
            bench.faulty.calm()
            bench.stop()
            self._restart_later(bench)

    def _hub_returns(self) -> None:
        self.hub_up = True

    def _restore_bench(self, bench: Bench) -> None:
        copies = [raw for raw, name in self._backups if name == bench.name]
        if not copies:
            return
        bench.stop()
        self._lost_with(bench)
        bench.faulty.raw = self._copy(self.random.choice(copies))
        noticed = self.random.random() < 0.6
        self.note(bench.name, "is restored from a backup, noticed:", noticed)
        self._begin_again(bench, "restored backup", noticed)

    def _clone(self, bench: Bench) -> None:
        if not bench.up:
            return
        raw = bench.copy_of_file()
        noticed = self.random.random() < 0.5
        name = f"bench {len(self.benches) + 1}"
        self.note(bench.name, "is cloned as", name, "noticed:", noticed)
        clone = self._open_bench(name, raw, fresh=False)
        self.work[name].take_over(self.work[bench.name])
        clone.stop()
        self._begin_again(clone, "other machine", noticed)

    def _begin_again(self, bench: Bench, cause: str, noticed: bool) -> None:
        bench.start()
        if noticed:
            with bench.transaction():
                bench.ledger.begin_writer(SCOPE, self.short_code(), cause, bench.name)
            bench.happens(engine.Recorded(bench.waiting()))

    def _lost_with(self, bench: Bench) -> None:
        self.restored.add(bench.name)
        """What was on the bench's only disk and nowhere else is gone: a person is told of that gap."""
        there = {from_bytes(one.content).id for one in self.hub.placed}
        mine = {told.id for told in self.told if told.bench == bench.name}
        self.excused |= mine - there

    def _copy(self, raw: Any) -> Any:
        copy = driver.connect(":memory:", isolation_level=None)
        raw.backup(copy)
        return copy

    def _hub_goes_back(self, former: Hub, *, told: bool) -> None:
        kept = {one.hash for one in former.placed}
        self.hub_lost |= {from_bytes(one.content).id for one in self.hub.placed if one.hash not in kept}
        self.note("the hub goes back from", self.hub.head, "to", former.head)
        timeline = self.hub.timeline + (1 if told else 0)
        seen, recovery = self.hub.timeline_seen, max(self.hub.recovery, former.recovery)
        self.hub = former
        self.hub.timeline, self.hub.timeline_seen, self.hub.recovery = timeline, seen, recovery
        self.hub.recovering = False
        self.at(self.now + self.random.randrange(1_000, 10 * MINUTE), self._recover)

    def _recover(self) -> None:
        self.note("recovery opens")
        self.hub.open_recovery()
        hub = self.hub
        self.at(self.now + self.random.randrange(30_000, 10 * MINUTE), lambda: self._recovered(hub))

    def _recovered(self, hub: Hub) -> None:
        if hub is self.hub and hub.recovering:
            hub.close_recovery(self.stamp())
            self.note("recovery closed at", hub.head)

    # --- what must be true ---

    def took(self, bench: Bench, page: Page, taken: rebase.Taken) -> None:
        """A bench took a page: its flips are told, its file must be whole."""
        self.note(bench.name, "took", page.after, taken.standing.position, taken.placed, len(taken.flips))
        self.flips += [flip.entry.id for flip in taken.flips]
        self.check(bench)

    def found_difference(self, bench: Bench, tables: tuple[str, ...]) -> None:
        """A bench's register differed from the hub's: the fold is not what it must be."""
        self.differences.append(f"{bench.name}: {tables}")

    def check(self, bench: Bench) -> None:
        """The cursor stands at the last placed entry, and none before it is missing."""
        count, last = bench.db.tuples(_positions)[0]
        standing = bench.standing()
        if not (count == last == standing.position):
            raise Broken(f"seed {self.seed}: {bench.name} stands at {standing.position}, holds {count} up to {last}")

    def _heal(self) -> None:
        self.note("all faults end")
        self.calm, self.hub_up = True, True
        self.cut_off.clear()
        for bench in self.benches:
            bench.faulty.calm()
            bench.clock.skew = timedelta(0)
            self.restart(bench)
        if self.hub.timeline != self.hub.timeline_seen:
            self._recover()

    def _settle(self) -> None:
        end = self.now + 3 * HOUR
        while self.now < end:
            self._until(self.now + 30_000)
            if all(self._is_level(bench) for bench in self.benches):
                return
            if any(b.state.trouble is engine.Trouble.FORGOT for b in self.benches) and not self.hub.recovering:
                self._recover()
        who = [f"{b.name}: {b.state} at {b.standing().position} of {self.hub.head}" for b in self.benches if not self._is_level(b)]
        raise Broken(f"seed {self.seed}: not level after three hours: {who}")

    def _is_level(self, bench: Bench) -> bool:
        at = bench.standing()
        return bench.up and bench.waiting() == 0 and at.position == self.hub.head and not bench.unplaced.rows()

    def _until(self, end: int) -> None:
        while self._events and self._events[0].at <= end:
            event = heapq.heappop(self._events)
            self.now = max(self.now, event.at)
            try:
                event.run()
            except Crashed:
                continue
        self.now = end

    def _level(self) -> None:
        self._journal_whole()
        self._nothing_lost()
        wanted = self._folded()
        for bench in self.benches:
            self.check(bench)
            if bench.standing().order_hash != self.hub.order[-1]:
                raise Broken(f"seed {self.seed}: {bench.name} has another order")
            mine = digests_compared.placed_digests(bench.db, bench.ledger.driver.digests, bench.unplaced)
            other = {name for name in {*mine, *wanted} if mine.get(name, _NONE) != wanted.get(name, _NONE)}
            if other:
                raise Broken(f"seed {self.seed}: {bench.name} differs in {sorted(other)}")
            found = verify(bench.db, scratch_database())
            if not found.clean:
                raise Broken(f"seed {self.seed}: {bench.name}: {found.findings[:3]}")
        if self.differences:
            raise Broken(f"seed {self.seed}: digests differed on the way: {self.differences[:3]}")

    def _journal_whole(self) -> None:
        heads: dict[str, tuple[int, bytes]] = {}
        for place, one in enumerate(self.hub.placed, start=1):
            entry = from_bytes(one.content)
            seq, last = heads.get(entry.writer, (0, first_hash(entry.writer, SCOPE)))
            if one.position != place or entry.seq != seq + 1 or next_hash(last, one.content) != one.hash:
                raise Broken(f"seed {self.seed}: the hub's order is broken at {place}: {entry.id}")
            heads[entry.writer] = (entry.seq, one.hash)

    def _nothing_lost(self) -> None:
        """Everything a person was told is recorded is at the hub: itself, or recorded again under a new writer."""
        there = {one.hash for one in self.hub.placed}
        again = {old for one in self.hub.placed for old in from_bytes(one.content).because}
        for told in self.told:
            # Hub and bench both went back to a copy: what stood on neither is gone, and both say so.
            both = told.id in self.hub_lost and told.bench in self.restored
            if told.hash not in there and told.id not in again and told.id not in self.excused and not both:
                raise Broken(f"seed {self.seed}: {told.id} of {told.bench} was recorded and is lost")

    def _folded(self) -> dict[str, str]:
        db = scratch_database()
        versions.bring_up(db)
        fresh = Driver(db)
        with db.write():
            arrived = [Arrived(one.position, from_bytes(one.content)) for one in self.hub.placed]
            rulings = fresh.fold(arrived, remember=False)
        for one, ruling in zip(self.hub.placed, rulings, strict=True):
            if one.verdict != ruling.judgement.value:
                raise Broken(f"seed {self.seed}: position {one.position} was judged {one.verdict} and is {ruling}")
        return fresh.digests.as_text()


_NONE = f"{0:032x}"
