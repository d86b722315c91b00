"""The simulated laboratory: benches, a hub and a network on virtual time. What must be true of them: sim_truths.

Everything is drawn from one seed: the same seed gives the same trace, event by event.
"""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any, TypeVar

import sim_bases
import sim_faults
import sim_truths
from sim_bench import START, Bench, Crashed
from sim_broken import Broken
from sim_faults import MINUTE, Plan, plan_of
from sim_file import fresh_file
from sim_hub import SCOPE, Hub
from sim_versions import side_by_side
from sim_work import Work
from sqlcipher3 import dbapi2 as driver

from gms_desktop.domain.identifiers import accession
from gms_desktop.journal import store
from gms_desktop.register.ledger import Ledger, PremiseFailed
from gms_desktop.sync import engine, outbox, rebase, replica
from gms_desktop.sync.messages import Answer, Page, PullAnswer, Push, PushAnswer

__all__ = ["Broken", "World"]

T = TypeVar("T")
SETTLED_WITHIN = 6 * MINUTE
"""Milliseconds from the last fault, or the last recovery of the hub, until all must be level."""
MOST_JOBS = 40


@dataclass(frozen=True)
class Told:
    """What a bench told its operator: this is recorded, and judged like this."""

    bench: str
    id: str
    hash: bytes
    verdict: str


@dataclass(order=True)
class _Event:
    at: int
    place: int
    run: Callable[[], object] = field(compare=False)


class World:
    """Benches and a hub from a seed."""

    def __init__(
        self,
        seed: int,
        plan: Plan | None = None,
        anew: float = 0.0,
        *,
        wider: bool = False,
        bases: float = 0.0,
        closing: bool = False,
    ) -> None:
        """Begin.

        Args:
            seed: all is drawn from it.
            plan: what goes wrong, when it is not drawn.
            anew: how often, at a turn, a register is folded anew or gone back with though nothing asks for it.
            wider: pages are taken in slices, each in a transaction of its own, and settled cases are opened again.
            bases: how often, at a turn, a newer base is put under a register, and entries below it are taken away.
                The hub never goes back then: a bench whose base is not the hub's any more has to join again.
            closing: the hub goes back often; benches give back in lots over the network, and a recovery is closed at
                any moment, also in the middle of it. Where a bench says that the hub lacks what it was not asked
                for, the hub is recovered once more.
        """
        self.seed = seed
        self.random = Random(seed)
        # Of its own: what is drawn for it leaves all else that happens to a seed as it is.
        self.anew, self.anew_random = anew, Random(f"{seed} anew")
        self.wider = Random(f"{seed} wider") if wider else None
        self.plan = plan or plan_of(self.random)
        self.bases, self.bases_random = bases, Random(f"{seed} bases")
        if bases:
            self.plan = replace(self.plan, restore_hub=0.0, standby=0.0)
        self.closing = Random(f"{seed} closing") if closing else None
        if closing:
            rates = {"restore_hub": 0.03, "standby": 0.04, "restore_bench": 0.06}
            self.plan = replace(self.plan, **{name: max(r, getattr(self.plan, name)) for name, r in rates.items()})
        self.now = 0
        self.hub = Hub(stricter=self.plan.stricter)
        self.hub_up = True
        self.hub_life = 0
        self.hub_went_back = False
        self.near_the_end = False
        self.lost_order: list[bytes] | None = None
        self.page_size = self.random.choice((3, 20, 200))
        self.calm = False
        self.calm_since = 0
        self.trace = sha256()
        self.last_notes: deque[str] = deque(maxlen=400)
        self.told: list[Told] = []
        self.last_said: dict[tuple[str, str], str] = {}
        self.excused: set[bytes] = set()
        self.hub_lost: set[bytes] = set()
        self.restored: set[str] = set()
        self.copied: set[str] = set()
        self.differences: list[str] = []
        self.based = 0
        self.cut_off: dict[str, int] = {}
        self.no_push: dict[str, int] = {}
        self.acked: dict[tuple[str, str], int] = {}
        self.sent_again: dict[tuple[str, str, int], int] = {}
        self._events: list[_Event] = []
        self._places = itertools.count()
        self._codes = itertools.count(1)
        self._told_here: dict[str, list[Told]] = {}
        self.backups: list[tuple[Any, str]] = []
        self.hub_backups: list[Hub] = []
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

    def unlucky(self, chance: float) -> bool:
        """Whether something goes wrong that does so at this rate."""
        return not self.calm and self.random.random() < chance

    # --- the network ---

    def to_hub(
        self, bench: Bench, ask: Callable[[Hub], T], answer: Callable[[T], object], *, sure: bool = False
    ) -> None:
        """Send a question to the hub and its answer back, as well as the network does today."""
        if not sure and (self._cut_off(bench) or self.unlucky(self.plan.loss)):
            return
        self.at(self.now + self._delay(), lambda: self._at_hub(bench, ask, answer, sure))
        if self.unlucky(self.plan.loss / 3):
            # A request that is sent twice: the first copy's answer is lost.
            self.at(self.now + self._delay(), lambda: self._at_hub(bench, ask, lambda _said: None, sure))

    def _at_hub(self, bench: Bench, ask: Callable[[Hub], T], answer: Callable[[T], object], sure: bool) -> None:
        if not self.hub_up and not sure:
            return
        said, life = ask(self.hub), self.hub_life
        if not sure and (self._cut_off(bench) or self.unlucky(self.plan.loss)):
            return
        if isinstance(said, PullAnswer) and said.page is not None and self.unlucky(self.plan.cut):
            said = replace(said, page=self._cut(said.page))  # type: ignore[assignment]
        self.at(self.now + self._delay(), lambda: answer(said) if sure or life == self.hub_life else None)

    def _cut(self, page: Page) -> Page:
        """A page that lost its end, or an entry in its middle, on the way, or whose entries changed places."""
        entries = list(page.entries)
        if len(entries) > 1 and self.random.random() < 0.3:
            self.random.shuffle(entries)
        elif entries and self.random.random() < 0.5:
            del entries[self.random.randrange(len(entries)) :]
        elif entries:
            del entries[self.random.randrange(len(entries))]
        return replace(page, entries=tuple(entries))

    def _delay(self) -> int:
        return self.random.randrange(500, 30_000) if self.unlucky(self.plan.slow) else self.random.randrange(1, 80)

    def _cut_off(self, bench: Bench) -> bool:
        return self.cut_off.get(bench.name, -1) > self.now and not self.calm

    def pushed_to(self, hub: Hub, bench: Bench, push: Push) -> PushAnswer:
        """The hub's answer to a push: for a while it may take none from a bench."""
        if self.no_push.get(bench.name, -1) > self.now and not self.calm:
            return PushAnswer(self.random.choice((Answer.BUSY, Answer.REFUSED, Answer.UPGRADE)), detail="not now")
        sim_faults.dies_after_an_answer(self, hub)
        return hub.append(push, self.stamp())

    def wants_digests(self) -> bool:
        """Whether the hub puts digests into the next page."""
        return self.random.random() < self.plan.digests * (0.1 if self.calm else 1)

    def hub_is_away(self, milliseconds: int) -> None:
        """Nobody hears the hub for a while."""
        self.hub_up = False
        self.at(self.now + milliseconds, self._hub_returns)

    def _hub_returns(self) -> None:
        self.hub_up = True

    # --- the run ---

    def run(self) -> World:
        """Let everything happen, then let all faults end, and see that all is level.

        Raises:
            Broken: when something is not as it must be.
        """
        try:
            with side_by_side():
                self._run()
        except Broken as broken:
            raise Broken(f"seed {self.seed}: {broken}") from None
        return self

    def _run(self) -> None:
        for number in range(1, self.plan.benches + 1):
            self.open_bench(f"bench {number}", fresh_file())
        for turn in range(self.plan.turns):
            self.near_the_end = turn >= self.plan.turns - 5
            self._turn()
            self._until(self.now + self.random.randrange(20, 2_500))
            for bench in self.benches:
                sim_truths.asks_the_hub(self, bench)
        self._heal()
        self._settle()
        for bench in [one for one in self.benches if one.lacks]:
            sim_truths.freezes_what_it_cannot_fold(self, bench)
            sim_truths.file_is_whole(self, bench)
            bench.upgrade()
        self._settle()
        sim_truths.level(self)
        if self.differences:
            raise Broken(f"digests differed on the way: {self.differences[:3]}")

    def open_bench(self, name: str, raw: Any, *, fresh: bool = True) -> Bench:
        """Start a bench on a file."""
        bench = Bench(self, name, raw, self.seed * 100 + len(self.benches) + 1)
        self.benches.append(bench)
        if fresh:
            sim_faults.begin_older(self, bench)
            ledger = Ledger(bench.db, bench.chance, bench.clock, "0.1")
            with bench.db.write():
                ledger.begin_writer(SCOPE, self.short_code(), "set up", name)
                replica.put_standing(bench.db, replica.standing(bench.db, SCOPE))
        bench.start()
        self.work[name] = Work(bench, Random(self.random.random()), first=len(self.benches) == 1, wider=self.wider)
        return bench

    def _turn(self) -> None:
        bench = self.random.choice(self.benches)
        sim_faults.before_a_turn(self, bench)
        sim_faults.folds_anew(self, bench)
        sim_bases.keeps_its_base_new(self, bench)
        # After the hub died near the end people go home: nothing more is sent that would bring to light what it lost.
        if bench.up and not (self.near_the_end and self.hub_went_back):
            self.act(bench)
        if self.unlucky(self.plan.idle):
            self.note("nobody does anything for some minutes")
            self._until(self.now + self.random.randrange(2 * MINUTE, 4 * MINUTE))

    def act(self, bench: Bench) -> None:
        """One act of a person at a bench."""
        try:
            with bench.transaction():
                entries = self.work[bench.name].act()
        except Crashed:
            return
        except PremiseFailed:
            self.note(bench.name, "refused at the bench")
            return
        except driver.OperationalError:
            self.note(bench.name, "disk full")
            return
        rows = next(store.since(bench.db, bench.last_n() - len(entries)), []) if entries else []
        for row in rows:
            self._tell(Told(bench.name, row.entry.id, row.hash, row.verdict))
        self.note(bench.name, "acts", *(entry.kind for entry in entries))
        sim_truths.cursor_stands_at_last_placed(self, bench)
        bench.happens(engine.Recorded(bench.waiting()))

    def may_fail(self, bench: Bench) -> None:
        """The next transaction of a bench may be its last."""
        sim_faults.a_transaction_may_fail(self, bench)

    def may_fail_beside(self, bench: Bench) -> None:
        """A step of what takes long may be the last."""
        sim_faults.a_step_may_fail(self, bench)

    def _tell(self, told: Told) -> None:
        self.told.append(told)
        self._told_here.setdefault(told.bench, []).append(told)
        self.last_said[told.bench, told.id] = told.verdict

    def told_at(self, bench: Bench) -> list[Told]:
        """What a bench told its operator since its file was last put back."""
        return self._told_here.get(bench.name, [])

    def restart_later(self, bench: Bench) -> None:
        """Somebody will open the application again."""
        self.note(bench.name, "crashed")
        self.at(self.now + self.random.randrange(100, 20_000), lambda: self.restart(bench))

    def restart(self, bench: Bench) -> None:
        """Open the application again."""
        if bench.up:
            return
        bench.start()
        sim_faults.begin_writer_if_noticed(self, bench)
        if bench.up:
            sim_truths.cursor_stands_at_last_placed(self, bench)
            sim_truths.told_is_there(self, bench)
            if self.unlucky(0.2):
                sim_truths.file_is_whole(self, bench)

    def lost_with(self, bench: Bench) -> None:
        """What was on the bench's only disk and nowhere else is gone: a person is told of that gap."""
        self.restored.add(bench.name)
        self.copied.add(bench.name)
        there = {one.hash for one in self.hub.placed}
        self.excused |= {told.hash for told in self.told if told.bench == bench.name} - there
        self._told_here[bench.name] = []
        self.acked = {key: seq for key, seq in self.acked.items() if key[0] != bench.name}

    def recover(self) -> None:
        """A person says that the hub has gone back."""
        self.note("recovery opens")
        self.hub.open_recovery()
        hub = self.hub
        if self.closing and self.closing.random() < 0.7:
            length = self.closing.randrange(10, 8_000)
        else:
            length = self.random.randrange(20_000, MINUTE if self.calm else 3 * MINUTE)
        self.at(self.now + length, lambda: self._recovered(hub))

    def may_close_in_the_middle(self) -> None:
        """A bench is giving back; whoever recovers the hub may not wait for it."""
        if self.closing and self.closing.random() < 0.1:
            hub = self.hub
            self.at(self.now + self.closing.randrange(200), lambda: self._recovered(hub))

    def _recovered(self, hub: Hub) -> None:
        if hub is self.hub and hub.recovering:
            hub.close_recovery(self.stamp())
            self.note("recovery closed at", hub.head)
            sim_truths.recovered_in_former_order(self)
            self.lost_order = None
            self.calm_since = self.now

    # --- what a bench does is watched ---

    def noted(self, bench: Bench, push: Push, said: PushAnswer, waiting: int, again: int) -> None:
        """I5: the same answer, noted twice, is noted once."""
        if again != waiting:
            raise Broken(f"{bench.name} noted an answer twice: {waiting} waited, now {again}")
        if said.answer in {Answer.OK, Answer.DUP}:
            self._not_sent_again(bench, push)
            sent = push.first_seq + len(push.entries) - 1
            known = self.acked.get((bench.name, push.writer), 0)
            self.acked[bench.name, push.writer] = max(min(said.acked_seq, sent), known)

    def _not_sent_again(self, bench: Bench, push: Push) -> None:
        """F13: what the hub acknowledged is not sent again, as long as the hub never went back."""
        known = self.acked.get((bench.name, push.writer), 0)
        if push.first_seq > known or self.hub_went_back:
            return
        # A page that was asked for before the push looks like that of a hub which lost it: that makes it go twice.
        again = (bench.name, push.writer, push.first_seq)
        self.sent_again[again] = self.sent_again.get(again, 0) + 1
        if self.sent_again[again] > 3:
            raise Broken(f"{bench.name} sends {push.first_seq} of {push.writer} again and again: {known} are known")

    def took(self, bench: Bench, page: Page, taken: rebase.Taken) -> None:
        """A bench took a page: its flips are told, its file must be whole."""
        self.note(bench.name, "took", page.after, taken.standing.position, taken.placed, len(taken.flips))
        self.tell_flips(bench, taken.flips)
        sim_truths.cursor_stands_at_last_placed(self, bench)
        if self.unlucky(0.01):
            sim_truths.file_is_whole(self, bench)

    def fitting(self, contents: Sequence[bytes]) -> int:
        """How many entries of a page make the next slice: as many as chance has it."""
        return len(contents) if self.wider is None else self.wider.randrange(1, len(contents) + 1) if contents else 0

    def at_work(self, bench: Bench, job: str) -> None:
        """I6: no fault makes a bench leave writers, go back or build anew without end."""
        if bench.jobs > MOST_JOBS:
            raise Broken(f"{bench.name} does nothing but {job}")

    def tell_flips(self, bench: Bench, flips: tuple[rebase.Flip, ...]) -> None:
        """A person is told that a verdict is another now."""
        for flip in flips:
            self.last_said[bench.name, flip.entry.id] = flip.now

    def once_more(self, bench: Bench, page: Page) -> None:
        """I5: the same page comes again, now and then."""
        if not page.entries or not self.unlucky(self.plan.again):
            return
        before = sim_truths.state_of(bench)
        try:
            with bench.transaction():
                rebase.take_page(bench.ledger, bench.unplaced, page)
        except rebase.PageDiffers:
            pass
        sim_truths.changed_nothing(bench, page, before)

    def found_difference(self, bench: Bench, tables: tuple[str, ...]) -> None:
        """A bench's register differed from the hub's: the fold is not what it must be."""
        self.differences.append(f"{bench.name}: {tables}")

    # --- the end ---

    def _heal(self) -> None:
        self.note("all faults end")
        self.calm, self.hub_up, self.calm_since = True, True, self.now
        for bench in self.benches:
            bench.faulty.calm()
            bench.clock.skew = timedelta(0)
            self.restart(bench)
        if self.hub.timeline != self.hub.timeline_seen:
            self.recover()

    def _settle(self) -> None:
        """I6: soon after the last fault all are level."""
        self.calm_since = max(self.now, self.calm_since)
        before = {bench.name: bench.exchanges for bench in self.benches}
        while self.now - self.calm_since < SETTLED_WITHIN:
            if all(self._is_level(bench) for bench in self.benches) and not (self.hub.recovering or self._unheard()):
                return
            self._until(self.now + 5_000)
            for bench in self.benches:
                sim_truths.asks_the_hub(self, bench)
                sim_truths.few_exchanges(self, bench, bench.exchanges - before[bench.name])
            forgot = any(b.state.trouble is engine.Trouble.FORGOT for b in self.benches)
            told = self.closing and any(b.state.unheard for b in self.benches)
            if (forgot or told) and not self.hub.recovering:
                self.recover()
            if self.hub.recovering:
                self.calm_since = self.now
                before = {bench.name: bench.exchanges for bench in self.benches}
        who = [f"{b.name}: {b.state} at {b.standing().position}" for b in self.benches if not self._is_level(b)]
        raise Broken(f"not level after {SETTLED_WITHIN} ms: hub at {self.hub.head}; {who}")

    def _unheard(self) -> bool:
        return self.closing is not None and any(sim_truths.unheard(self, bench) for bench in self.benches)

    def _is_level(self, bench: Bench) -> bool:
        at = bench.standing()
        waits = outbox.waiting(bench.db, bench.ledger.head)
        return bench.up and waits == 0 and at.position == self.hub.head and not bench.unplaced.rows()

    def _until(self, end: int) -> None:
        while self._events and self._events[0].at <= end:
            event = heapq.heappop(self._events)
            self.now = max(self.now, event.at)
            try:
                event.run()
            except Crashed:
                continue
        self.now = end
