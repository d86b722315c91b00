"""A bench in the simulated laboratory: real file, ledger, fold and sync code; time and network are made up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sim_file import copied
from sim_versions import speaks
from sqlcipher3 import dbapi2 as driver

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.private import PrivateValue
from gms_desktop.register import rebuild
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync import at_the_bench, engine, exchange, giving_back, going_back, outbox, rebase, replica
from gms_desktop.sync.at_the_bench import Steps
from gms_desktop.sync.messages import Page, PullAnswer, Push, PushAnswer, Sent, Standing
from gms_desktop.sync.unplaced import Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim_world import World

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
# Of a register folded beside: so few entries at once that a bench may be killed at any stage of it, so often a step.
LOT, STEP_EVERY = 7, 3


class Crashed(BaseException):
    """The process is gone in the middle of whatever it did."""


class Faulty:
    """A driver's connection that may fail at the n-th statement: the process is killed, or the disk is full."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.fail_in: int | None = None
        self.fault: Callable[[], BaseException] = Crashed
        self.after = False
        self.count = 0
        self.said: list[str] = []

    def execute(self, sql: str, params: Any = None, /) -> Any:
        """Run a statement, unless it is the one that fails."""
        return self._run(lambda: self.raw.execute(sql, params or {}), sql)

    def cursor(self) -> Any:
        """A cursor whose statements count as well."""
        return _FaultyCursor(self)

    def _run(self, run: Callable[[], Any], sql: str) -> Any:
        if sql == "ROLLBACK":
            return run()
        self.count += 1
        if self.fail_in is not None:
            self.said.append(sql)
        failing = self.fail_in is not None and self.count >= self.fail_in
        if failing and not self.after:
            self.fail_in = None
            raise self.fault()
        done = run()
        if failing:
            self.fail_in = None
            raise self.fault()
        return done

    def fail(self, statements: int, fault: Callable[[], BaseException], *, after: bool) -> None:
        """Fail before, or right after, the n-th statement from now."""
        self.count, self.fail_in, self.fault, self.after = 0, statements, fault, after
        self.said = []

    def calm(self) -> None:
        """Nothing fails any more."""
        self.fail_in = None

    def close(self) -> None:
        """Close."""
        self.raw.close()


class _FaultyCursor:
    def __init__(self, connection: Faulty) -> None:
        self._connection = connection
        self._cursor = connection.raw.cursor()

    def executemany(self, sql: str, rows: Any) -> Any:
        return self._connection._run(lambda: self._cursor.executemany(sql, rows), sql)


def full_disk() -> BaseException:
    """What SQLite says when there is no room left."""
    fault: BaseException = driver.OperationalError("database or disk is full")
    return fault


class BenchClock:
    """A bench's own clock: the world's time, and how wrong it is."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.skew = timedelta(0)
        self._ticks = 0

    def now(self) -> datetime:
        self._ticks += 1
        return START + timedelta(milliseconds=self._world.now, microseconds=self._ticks % 1000) + self.skew


class Bench:
    """One bench. Everything it remembers is in its file; whatever else it has is lost in a crash."""

    def __init__(self, world: World, name: str, raw: Any, number: int) -> None:
        self.world = world
        self.name = name
        self.faulty = Faulty(raw)
        self.db = Database(self.faulty, "sqlite")
        self.clock = BenchClock(world)
        self.chance = CountedChance(number * 1_000_000)
        self.up = False
        self.life = 0
        self.wake: int | None = None
        self.state = engine.begin(number, 0, 0)
        self.notices: list[str] = []
        self.lacks: str | None = None
        self.unbuilt = self.upgraded = False
        self.noticed = ""
        self.asked = {engine.Way.PUSH: 0, engine.Way.PULL: 0}
        self.ahead: Push | None = None
        self.exchanges = 0
        self.jobs = 0
        self.long_work = ""
        self.gave = self.stood = 0
        self.gone_back_for_nothing = 0
        self.flips: tuple[rebase.Flip, ...] = ()

    # --- life and death ---

    def start(self) -> None:
        """The application is opened: all it knows is what its file says."""
        self.up, self.life, self.wake, self.long_work, self.ahead = True, self.life + 1, None, "", None
        self.asked = {engine.Way.PUSH: self.world.now, engine.Way.PULL: self.world.now}
        self.faulty.calm()
        if self.faulty.raw.in_transaction:
            self.faulty.raw.execute("ROLLBACK")
        if self.unbuilt:
            # A newer version shows nothing before it has folded everything anew: it begins again until that is done.
            rebuild.rebuild(self.db)
            self.unbuilt = False
        self.ledger = Ledger(self.db, self.chance, self.clock, "0.1")
        self.unplaced = Unplaced(self.ledger)
        position = replica.standing(self.db, self.scope).position
        self.state = engine.begin(self.chance.bits(60), self.waiting(), position)
        self.world.note(self.name, "starts", position)
        self.happens(engine.Tick())

    def stop(self) -> None:
        """The process is gone."""
        self.up = False
        self.world.note(self.name, "is gone")

    @property
    def scope(self) -> str:
        return self.ledger.head.scope

    def waiting(self) -> int:
        return outbox.waiting(self.db, self.ledger.head)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction of the recorder; what is rolled back is read again. It may fail at any statement."""
        self.world.may_fail(self)
        if self.long_work:
            self.world.may_fail_beside(self)
        try:
            with speaks(self.lacks), self.db.write():
                yield
            self.faulty.calm()
        except Crashed:
            self.stop()
            self.world.restart_later(self)
            raise
        except BaseException:
            self.faulty.calm()
            self.ledger.reload()
            self.unplaced.forget()
            raise

    # --- the engine ---

    def happens(self, event: engine.Event) -> None:
        """Let the engine decide, and do it."""
        if not self.up:
            return
        if self.state.waiting == 0:
            self.asked[engine.Way.PUSH] = self.world.now
        self.state, actions = engine.step(self.state, event, self.world.now)
        for action in actions:
            if self.up:
                self._do(action)
        self._wake_at(engine.wakes_at(self.state))

    def _wake_at(self, at: int) -> None:
        at = max(at, self.world.now + 50)
        if self.up and (self.wake is None or at < self.wake):
            self.wake, life = at, self.life
            self.world.at(at, lambda: self._woken(life, at))

    def _woken(self, life: int, at: int) -> None:
        if life == self.life and self.wake == at:
            self.wake = None
            self.happens(engine.Tick())

    def _do(self, action: engine.Action) -> None:
        match action:
            case engine.DoPush():
                self.asked[engine.Way.PUSH] = self.world.now
                self._push(action)
            case engine.DoPull(number=number):
                self.asked[engine.Way.PULL] = self.world.now
                self._pull(number)
            case engine.DoGreet(number=number):
                self._greet(number)
            case engine.Rehome(writer=writer, seq=seq):
                self._job("rehome", lambda: self._rehome(writer, seq))
            case engine.Rebuild(tables=tables):
                self.notices.append(f"digest differs: {tables}")
                self.world.found_difference(self, tables)
                self.rebuild()
            case engine.Reoffer(position=position):
                self._reoffer(position)
            case engine.GoBack(position=position):
                self.go_back(position, self.world.hub.epoch)

    def _later(self, event: engine.Event) -> None:
        life = self.life
        self.world.at(self.world.now, lambda: self.happens(event) if life == self.life else None)

    def _push(self, action: engine.DoPush) -> None:
        try:
            with self.transaction():
                push = self._next_push(action.most)
        except (Crashed, driver.OperationalError):
            self._later(engine.Failed(action.number))
            return
        if push is None:
            self._later(engine.NothingToPush(action.number))
            return
        life = self.life
        self.world.to_hub(
            self,
            lambda hub: self.world.pushed_to(hub, self, push),
            lambda said: self._pushed(life, action.number, push, said),
        )

    def _next_push(self, most: int) -> Push | None:
        """What is sent, and, where it is a full batch, what follows it, read while it is under way."""
        ahead, self.ahead = self.ahead, None
        still = outbox.still_next(self.db, self.scope, ahead) if ahead and len(ahead.entries) <= most else None
        push = still or outbox.next_push(self.db, self.scope, most)
        if push is not None and outbox.is_full(push, most):
            self.ahead = outbox.next_push(self.db, self.scope, 2 * most, push)
        return push

    def _pushed(self, life: int, number: int, push: Push, said: PushAnswer) -> None:
        if life != self.life or not self.up:
            return
        self.exchanges += 1
        self.world.note(
            self.name, "pushed", push.writer, push.first_seq, len(push.entries), said.answer, said.acked_seq
        )
        try:
            with self.transaction():
                outbox.note_answer(self.db, push, said)
                waiting = self.waiting()
                # The same answer once more is no news.
                outbox.note_answer(self.db, push, said)
                again = self.waiting()
        except (Crashed, driver.OperationalError):
            self._later(engine.Failed(number))
            return
        self.world.noted(self, push, said, waiting, again)
        self.happens(engine.Pushed(number, said.answer, waiting, said.head, push.writer, said.detail))

    def _pull(self, number: int) -> None:
        at, life = replica.standing(self.db, self.scope), self.life
        most, digests = self.world.page_size, self.world.wants_digests()
        self.world.to_hub(
            self, lambda hub: hub.pull(at, most, digests=digests), lambda said: self._pulled(life, number, said, at)
        )

    def _pulled(self, life: int, number: int, said: PullAnswer, asked: Standing) -> None:
        if life != self.life or not self.up:
            return
        if self.long_work:
            # Pages and what takes long are done by one worker, one after the other: this one was asked for before.
            self._later(engine.Failed(number))
            return
        # Where the file stands, not where the engine believes it: an answer that came too late was taken in as well.
        at = replica.standing(self.db, self.scope).position
        event = engine.Pulled(number, said.answer, at, said.head, self.state.waiting, detail=said.detail)
        try:
            if said.page is not None and not self._nothing_new(said.page):
                event = self._take(number, said, asked)
        except (Crashed, driver.OperationalError, rebase.PageDiffers):
            self._later(engine.Failed(number))
            return
        self.happens(event)

    def _nothing_new(self, page: Page) -> bool:
        return not page.entries and not page.digests and page.standing == replica.standing(self.db, self.scope)

    def _take(self, number: int, said: PullAnswer, asked: Standing) -> engine.Pulled:
        page = said.page
        assert page is not None
        # An answer that came too late follows what this bench was, not what it is: it is looked at as a whole.
        in_slices = self.world.wider is not None and asked == self.standing()
        slices = exchange._Slices(page, asked) if in_slices else None
        try:
            while True:
                part = slices.next(self.world) if slices else page  # type: ignore[arg-type]
                with self.transaction():
                    taken = rebase.take_page(self.ledger, self.unplaced, part)
                    waiting = self.waiting()
                if slices is None or slices.done or taken.update_needed is not None:
                    break
                self.world.took(self, part, taken)
        except rebase.Forked as fork:
            return engine.Pulled(
                number, said.answer, self.state.position, page.head, self.state.waiting, forked=(fork.writer, fork.seq)
            )
        self.exchanges += 1
        self.world.took(self, page, taken)
        self.world.once_more(self, page)
        return engine.Pulled(
            number, said.answer, taken.standing.position, page.head, waiting, taken.update_needed, taken.differing
        )

    def _greet(self, number: int) -> None:
        at, life = self.standing(), self.life
        begin = exchange._begins(self.ledger, self.scope)
        entries = replica.order_after(self.db, begin.position, at.position, at.position)
        known = int(at.epoch.rpartition("/")[2] or 0)

        def answered(said: tuple[int, bool, int, int]) -> None:
            if life == self.life and not self.long_work:
                head, recovering, recovery, common = said
                unheard = giving_back.unheard(self.db, recovery)
                greeted = engine.Greeted(number, head, recovering, recovery > known, common, (), recovery, unheard)
                self.happens(greeted)

        self.world.to_hub(
            self, lambda hub: (hub.head, hub.recovering, hub.recovery, hub.common(entries, at, begin)), answered
        )

    # --- jobs in the bench's own file ---

    def _job(self, name: str, job: Callable[[], object]) -> None:
        fault, self.flips = "", ()
        self.exchanges += 1
        self.jobs += 1
        self.world.at_work(self, name)
        try:
            with self.transaction():
                job()
                self.ledger.reload()
                self.unplaced.forget()
        except Crashed:
            return
        except driver.OperationalError:
            fault = "the disk is full"
        except going_back.OrderDiffers as raised:
            # As at a bench: the job came to nothing, and the engine asks for it again.
            fault = str(raised)
        self.world.note(self.name, name, fault)
        self.world.tell_flips(self, () if fault else self.flips)
        position = replica.standing(self.db, self.scope).position
        self._later(engine.Done(name, position, self.waiting(), fault))

    def _rehome(self, writer: str, seq: int) -> None:
        done = going_back.rehome(self.ledger, self.unplaced, writer, seq, self.world.short_code(), self.name)
        self.flips = done.flips
        self.notices.append(f"re-homed {len(done.entries)} of {writer}")

    def _reoffer(self, position: int) -> None:
        (placed, values), self.stood = giving_back.offers(self.db, position, 10**9, 10**12), self.standing().position
        (gone, further), _ = giving_back.offers_of_gone(self.db, giving_back.FIRST, 10**9, 10**12)
        self._give([*placed, *gone], (*values, *further), 0)

    def _give(self, entries: list[tuple[int, Sent]], private: tuple[PrivateValue, ...], recovery: int) -> None:
        """Give back the next lot of it; where the world's recoveries close at any moment, over its network."""
        closing, life = self.world.closing, self.life
        size = closing.randrange(1, 12) if closing else max(1, len(entries))
        lot, rest = entries[:size], entries[size:]
        self.gave += 1
        lots = self.gave

        def answered(said: int) -> None:
            if (life, lots) != (self.life, self.gave) or not self.up:
                return
            self.gave += 1
            if said and rest:
                self._give(rest, (), recovery or said)
            elif said:
                self._gave_all(recovery or said)
            else:
                self.world.note(self.name, "gives back to a recovery that is closed")
                self.happens(engine.Done("reoffer", self.standing().position, self.waiting(), "it is closed"))

        def no_answer() -> None:
            if (life, lots) == (self.life, self.gave):
                self.happens(engine.Done("reoffer", self.standing().position, self.waiting(), "no answer"))

        self.world.to_hub(self, lambda hub: hub.reoffer(lot, private), answered, sure=closing is None)
        if closing:
            self.world.at(self.world.now + engine.PATIENCE, no_answer)
            self.world.may_close_in_the_middle()

    def _gave_all(self, recovery: int) -> None:
        fault = ""
        try:
            with self.transaction() if self.world.closing else self.db.write():
                giving_back.note_all_given(self.db, recovery, self.stood)
        except Crashed:
            return
        except driver.OperationalError:
            fault = "the disk is full"
        self.happens(engine.Done("reoffer", self.standing().position, self.waiting(), fault))

    def rebuild(self) -> None:
        work = at_the_bench.Rebuilding(LOT, 0.0)
        self._steps("rebuild", work, lambda: work.finish(self.ledger, self.unplaced))

    def go_back(self, position: int, epoch: str) -> None:
        work = going_back_to(self, position, epoch)

        def finish() -> None:
            self.flips = going_back.go_back(self.ledger, self.unplaced, work).flips

        self._steps("go back", work, finish)

    def _steps(self, name: str, work: Steps, finish: Callable[[], object]) -> None:
        """Work beside what the bench does otherwise: each step in a transaction of its own, at any of which it ends."""
        self.long_work, life = name, self.life

        def step() -> None:
            if life != self.life or not self.up:
                return
            more = False
            try:
                with self.transaction():
                    more = work.step(self.ledger)
            except Crashed:
                return
            except driver.OperationalError:
                self._ended(name, "the disk is full")
                return
            self.world.at(self.world.now + STEP_EVERY, step if more else end)

        def end() -> None:
            if life == self.life and self.up:
                self._job(name, finish)
                self.long_work = ""

        step()

    def _ended(self, name: str, fault: str) -> None:
        self.long_work = ""
        self.world.note(self.name, name, fault)
        self._later(engine.Done(name, self.standing().position, self.waiting(), fault))

    # --- copies ---

    def copy_of_file(self) -> Any:
        """The file as a backup has it now."""
        return copied(self.faulty.raw)

    def upgrade(self) -> None:
        """A newer version is installed: it knows what the older one did not, and folds everything anew."""
        self.stop()
        self.lacks, self.unbuilt, self.upgraded = None, True, True
        self.start()

    def standing(self) -> Standing:
        return replica.standing(self.db, self.scope)

    def last_n(self) -> int:
        return store.last_n(self.db)


def going_back_to(bench: Bench, position: int, epoch: str) -> going_back.GoingBack:
    """Going back to a position of a bench's own order, in the smallest steps."""
    order_hash = dict(replica.orders(bench.db, bench.scope))[position]
    return going_back.GoingBack(Standing(position, order_hash, epoch), LOT, 0.0)
