"""The sync engine: a pure state machine that says what to do next. No thread, socket, clock or chance is in here.

``step(state, event, now)`` gives the next state and what is to be done. Times are milliseconds of any steady clock.
Push and pull go their own ways: neither waits for the other, and a failed one never stops the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from gms_desktop.sync.lanes import SHORTEST_WAIT, Lane, failed, jitter, later, rest
from gms_desktop.sync.messages import MOST_ENTRIES, Answer
from gms_desktop.sync.what_to_do import Action, DoGreet, DoPull, DoPush, GoBack, Rebuild, Rehome, Reoffer

__all__ = ["Action", "Answer", "DoGreet", "DoPull", "DoPush", "GoBack", "Rebuild", "Rehome", "Reoffer"]

POLL = 1_000
PATIENCE = 20_000
AFTER_REFUSAL = 60_000
SELDOM = 600_000
RECOVERY_POLL = 5_000
GREET_EVERY = 60_000
NOTICE_AFTER = 1_000
"""How long the hub may owe an answer before it is told; longer where its answers have been slow."""
_SLOWEST_NOTICE = 10_000
REBUILD_EVERY = 3_600_000
_SMALLEST_BATCH = 10


class Way(StrEnum):
    """An exchange with the hub that runs on its own."""

    PUSH = "push"
    PULL = "pull"
    GREET = "greet"


class Trouble(StrEnum):
    """What stops an exchange until a person or another version does something."""

    NONE = ""
    UPDATE = "update"
    REFUSED = "refused"
    FORGOT = "forgot"
    RECOVERING = "recovering"
    DIFFERS = "differs"
    NO_ROOM = "no room"
    FAULT = "fault"


_OF_THE_REGISTER = frozenset({Trouble.DIFFERS, Trouble.NO_ROOM})


@dataclass(frozen=True, slots=True)
class State:
    """What the engine knows. Whatever must outlast a restart is in the bench's file, none of it here.

    Attributes:
        seed: where the next jitter comes from.
        waiting: own entries that the hub has not acknowledged.
        waiting_since: when the oldest of them began to wait.
        position: where this replica stands; ``head``: where the hub does, as far as it said.
        batch: how many entries the next push takes.
        trouble: why the hub's order cannot be followed; ``push_trouble``: why nothing is sent. ``words``: the hub's.
        rebuilt_at: when the register was last built anew because it differed from the hub's.
        working: a job in the bench's own file that must end before the next exchange of that name begins.
        giving_back: the recovery, and the position after which this bench gives back in it what it holds.
        unheard: entries of other benches that the hub lacks and that came too late for its recovery.
        alone_since: since when the hub gives no answer, once that has lasted long enough to be told.
        pace: how long the slowest of the last pulls took; it fades.
    """

    seed: int
    waiting: int = 0
    waiting_since: int | None = None
    position: int = 0
    head: int = 0
    batch: int = 100
    push: Lane = field(default_factory=Lane)
    pull: Lane = field(default_factory=Lane)
    greet: Lane = field(default_factory=Lane)
    trouble: Trouble = Trouble.NONE
    push_trouble: Trouble = Trouble.NONE
    words: str = ""
    working: str = ""
    next_number: int = 1
    shared_at: int | None = None
    giving_back: tuple[int, int] | None = None
    unheard: int = 0
    unheard_since: int | None = None
    rebuilt_at: int | None = None
    alone_since: int | None = None
    pace: int = 0


# --- what happens ---


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The bench wrote entries: so many wait now."""

    waiting: int


@dataclass(frozen=True, slots=True)
class Hinted:
    """The hub, or somebody, says that there is something new."""

    head: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A person asks to try at once, whatever came to nothing before."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An exchange came to nothing: the network, the hub, or this machine; ``refused``: the hub does not let it in."""

    number: int
    why: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Pushed:
    """The hub answered a push, and what it acknowledged is written down."""

    number: int
    answer: Answer
    waiting: int
    head: int = 0
    writer: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NothingToPush:
    """There was nothing to send."""

    number: int


@dataclass(frozen=True, slots=True)
class Pulled:
    """The hub answered a pull; a page it gave is in the bench's file.

    Attributes:
        number: the exchange's.
        answer: the hub's.
        position: where the replica stands now.
        head: the hub's last position.
        waiting: own entries that the hub has not acknowledged.
        update_needed: this version cannot fold what follows.
        differing: tables whose digest is not the hub's.
        forked: the own writer under whose name the hub has other content, and the seq of the first of it.
        detail: the hub's words.
    """

    number: int
    answer: Answer
    position: int
    head: int
    waiting: int
    update_needed: str | None = None
    differing: tuple[str, ...] = ()
    forked: tuple[str, int] | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Greeted:
    """The hub said how it stands.

    Attributes:
        number: the exchange's.
        head: the hub's last position.
        recovering: a recovery window is open.
        recovered: one was closed since this replica last followed the hub.
        common: the last position up to which the hub's order is this replica's.
        differing: tables whose digest there is not the hub's.
        recovery: the number of the hub's last recovery.
        unheard: entries of other benches that left this bench's order, have not come again, and were not given back in
            that recovery.
    """

    number: int
    head: int
    recovering: bool
    recovered: bool
    common: int
    differing: tuple[str, ...] = ()
    recovery: int = 0
    unheard: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A job in the bench's own file ended; ``fault`` says why it did not succeed, ``lacks_room``: for a full disk."""

    job: str
    position: int
    waiting: int
    fault: str = ""
    lacks_room: bool = False


Event = Tick | Recorded | Hinted | Asked | Failed | Pushed | NothingToPush | Pulled | Greeted | Done


def begin(seed: int, waiting: int, position: int) -> State:
    """The state at a start, from what the bench's file says."""
    return State(seed=seed, waiting=waiting, position=position)


def step(state: State, event: Event, now: int) -> tuple[State, tuple[Action, ...]]:
    """The next state after an event, and what is to be done."""
    state, actions = _take(state, event, now)
    state = _abandon(state, now)
    state = replace(state, waiting_since=(state.waiting_since or now) if state.waiting else None)
    state, started = _start(state, now)
    quiet = _quiet_since(state)
    alone = quiet if quiet is not None and now - quiet >= _notice_after(state) else None
    return replace(state, alone_since=alone), (*actions, *started)


def wakes_at(state: State) -> int:
    """When something is to be done at the latest, if nothing happens before."""
    lanes = [state.pull, state.greet, *([state.push] if state.waiting else [])]
    moments = [lane.next_at if lane.number is None else lane.since + PATIENCE for lane in lanes]
    quiet = _quiet_since(state)
    if quiet is not None and state.alone_since is None:
        moments.append(quiet + _notice_after(state))
    return min(moments)


def _notice_after(state: State) -> int:
    return min(_SLOWEST_NOTICE, max(NOTICE_AFTER, 3 * state.pace))


def _quiet_since(state: State) -> int | None:
    """Since when the hub owes an answer: to what came to nothing, or, where all else is here, to whether there is more.

    A page that is long in coming or in being taken in is none of it: then there is more than this replica has.
    """
    found = [lane.failing_since for lane in (state.push, state.pull) if lane.failing_since is not None]
    if state.pull.number is not None and state.position >= state.head and not state.working:
        found.append(state.pull.since)
    return min(found, default=None)


def _take(state: State, event: Event, now: int) -> tuple[State, tuple[Action, ...]]:
    match event:
        case Tick():
            return state, ()
        case Recorded(waiting=waiting):
            return replace(state, waiting=waiting), ()
        case Hinted(head=head):
            lane = state.pull if state.pull.failures else replace(state.pull, next_at=now)
            return replace(state, head=max(head, state.head), pull=lane), ()
        case Asked():
            for way in Way:
                lane = _lane(state, way)
                state = _with(state, way, later(lane, min(now, lane.next_at)))
            return state, ()
        case Failed(number=number):
            return _failed(state, number, now), ()
        case Pushed():
            return _pushed(state, event, now) if event.number == state.push.number else (state, ())
        case NothingToPush(number=number):
            done = replace(state, push=rest(state.push, now), waiting=0)
            return (done if number == state.push.number else state), ()
        case Pulled():
            return _pulled(state, event, now) if event.number == state.pull.number else (state, ())
        case Greeted():
            return _greeted(state, event, now) if event.number == state.greet.number else (state, ())
        case Done():
            return _done(state, event, now), ()


def _pushed(state: State, said: Pushed, now: int) -> tuple[State, tuple[Action, ...]]:
    state = replace(state, waiting=said.waiting, head=max(state.head, said.head))
    match said.answer:
        case Answer.OK | Answer.DUP:
            pull = state.pull if state.pull.failures else replace(state.pull, next_at=min(state.pull.next_at, now))
            batch = min(MOST_ENTRIES, state.batch * 2)
            went = replace(state, push=rest(state.push, now), pull=pull, batch=batch, push_trouble=Trouble.NONE)
            return (_shared(went, now)), ()
        case Answer.GAP:
            # The first time at once: the hub has said where it is. When that does not help, slower and slower.
            lane = failed(state.push, state.seed, now)
            return replace(state, push=replace(lane, next_at=now) if lane.failures == 1 else lane), ()
        case Answer.FORK:
            resting = replace(state, push=rest(state.push, now), working="rehome")
            return resting, (Rehome(said.writer),)
        case Answer.BUSY:
            return replace(
                state, push=failed(state.push, state.seed, now), batch=max(_SMALLEST_BATCH, state.batch // 2)
            ), ()
        case Answer.HISTORY:
            return _lost_history(state, Way.PUSH, said.detail, now), ()
        case _:
            trouble = Trouble.UPDATE if said.answer is Answer.UPGRADE else Trouble.REFUSED
            lane = later(rest(state.push, now), now + AFTER_REFUSAL)
            return replace(state, push=lane, push_trouble=trouble, words=said.detail), ()


def _pulled(state: State, said: Pulled, now: int) -> tuple[State, tuple[Action, ...]]:
    state = replace(state, pace=max(now - state.pull.since, state.pace * 7 // 8))
    state = replace(state, position=said.position, head=max(said.head, said.position), waiting=said.waiting)
    if said.forked:
        return replace(state, pull=rest(state.pull, now), working="rehome"), (Rehome(*said.forked),)
    if said.update_needed is not None or said.answer is Answer.UPGRADE:
        lane = later(rest(state.pull, now), now + SELDOM)
        return replace(state, pull=lane, trouble=Trouble.UPDATE, words=said.update_needed or said.detail), ()
    if said.answer is Answer.HISTORY:
        return _lost_history(state, Way.PULL, said.detail, now), ()
    if said.answer is not Answer.OK:
        refused = said.answer is Answer.REFUSED
        trouble = Trouble.REFUSED if refused else state.trouble
        return replace(state, pull=failed(state.pull, state.seed, now), trouble=trouble, words=said.detail), ()
    if said.differing:
        return _differs(replace(state, pull=rest(state.pull, now)), said.differing, now)
    seed, wait = jitter(state.seed, POLL // 2, POLL)
    next_at = now if state.position < state.head else now + wait
    lane = later(rest(state.pull, now), next_at)
    trouble = state.trouble if state.trouble in _OF_THE_REGISTER else Trouble.NONE
    return _shared(replace(state, seed=seed, pull=lane, trouble=trouble, giving_back=None), now), ()


def _differs(state: State, tables: tuple[str, ...], now: int) -> tuple[State, tuple[Action, ...]]:
    """Build the register anew; not again and again, since nobody can work beside it."""
    if state.rebuilt_at is not None and now - state.rebuilt_at < REBUILD_EVERY:
        return replace(state, trouble=Trouble.DIFFERS, words=", ".join(tables)), ()
    trouble = state.trouble if state.trouble is Trouble.NO_ROOM else Trouble.NONE
    return replace(state, trouble=trouble, working="rebuild", rebuilt_at=now), (Rebuild(tables),)


def _lost_history(state: State, way: Way, words: str, now: int) -> State:
    """The hub's order is not this bench's: ask how it stands before anything else is exchanged."""
    state = _with(state, way, later(rest(_lane(state, way), now), now + RECOVERY_POLL))
    trouble = state.trouble if state.trouble in {Trouble.RECOVERING, Trouble.NO_ROOM} else Trouble.FORGOT
    return replace(state, trouble=trouble, words=words, greet=replace(state.greet, next_at=now))


def _greeted(state: State, said: Greeted, now: int) -> tuple[State, tuple[Action, ...]]:
    soon = state.trouble in {Trouble.FORGOT, Trouble.RECOVERING}
    lane = later(rest(state.greet, now), now + (RECOVERY_POLL if soon else GREET_EVERY))
    state = _unheard(replace(state, greet=lane, head=said.head), said, now)
    if said.recovering:
        return _give_back(replace(state, trouble=Trouble.RECOVERING), said)
    if said.common >= state.position:
        level = not said.recovering and (soon or state.trouble is Trouble.DIFFERS)
        level = level or (state.trouble is Trouble.NO_ROOM and not said.differing)
        state = replace(state, trouble=Trouble.NONE if level else state.trouble)
        return _differs(state, said.differing, now) if said.differing and not state.working else (state, ())
    if not said.recovered:
        # It has forgotten and nobody has said so yet: until then nothing here is taken back.
        return replace(state, trouble=Trouble.FORGOT), ()
    return replace(state, working="go back", trouble=Trouble.RECOVERING), (GoBack(said.common),)


def _give_back(state: State, said: Greeted) -> tuple[State, tuple[Action, ...]]:
    """Once in each recovery, also when there is nothing to give: whoever closes it knows then whom it has heard."""
    giving = (said.recovery, said.common)
    if state.giving_back == giving:
        return state, ()
    return replace(state, giving_back=giving, working="reoffer"), (Reoffer(said.common),)


def _unheard(state: State, said: Greeted, now: int) -> State:
    """What the hub lacks is known where this replica has all that the hub has: most comes again from its own bench."""
    if not said.unheard or said.recovering or said.common < state.position or state.position < said.head:
        return replace(state, unheard=0, unheard_since=None)
    since = now if state.unheard_since is None else state.unheard_since
    return replace(state, unheard=said.unheard, unheard_since=since)


def _done(state: State, said: Done, now: int) -> State:
    state = replace(state, working="", position=said.position, waiting=said.waiting)
    if said.lacks_room:
        # Asked again whether it fits as often as the hub is asked how it stands; nothing else waits for it.
        pull, greet = later(state.pull, now + RECOVERY_POLL), later(state.greet, now + RECOVERY_POLL)
        return replace(state, trouble=Trouble.NO_ROOM, words=said.fault, rebuilt_at=None, pull=pull, greet=greet)
    state = replace(state, trouble=Trouble.NONE if state.trouble is Trouble.NO_ROOM else state.trouble)
    if said.fault:
        again = now + SHORTEST_WAIT * 10
        if said.job == "reoffer":
            told = replace(state, giving_back=None)
        else:
            told = replace(state, trouble=Trouble.FAULT, words=said.fault)
        told = replace(told, push=later(state.push, again), pull=later(state.pull, again))
        return replace(told, greet=later(state.greet, again))
    return replace(state, push=later(state.push, now), pull=later(state.pull, now), greet=later(state.greet, now))


def _start(state: State, now: int) -> tuple[State, tuple[Action, ...]]:
    actions: list[Action] = []
    if state.working:
        return state, ()
    if state.waiting and _may(state.push, now):
        actions.append(DoPush(state.next_number, state.batch))
        state = _begun(state, Way.PUSH, now)
    if _may(state.pull, now):
        actions.append(DoPull(state.next_number))
        state = _begun(state, Way.PULL, now)
    if _may(state.greet, now):
        actions.append(DoGreet(state.next_number))
        state = _begun(state, Way.GREET, now)
    return state, tuple(actions)


def _may(lane: Lane, now: int) -> bool:
    return lane.number is None and lane.next_at <= now


def _begun(state: State, way: Way, now: int) -> State:
    lane = replace(_lane(state, way), number=state.next_number, since=now)
    return replace(_with(state, way, lane), next_number=state.next_number + 1)


def _abandon(state: State, now: int) -> State:
    """Give up what has had no answer for too long: a half-open connection says nothing for ever."""
    for way in Way:
        lane = _lane(state, way)
        if lane.number is not None and now - lane.since >= PATIENCE:
            state = _failed(state, lane.number, now)
    return state


def _failed(state: State, number: int, now: int) -> State:
    for way in Way:
        lane = _lane(state, way)
        if lane.number == number:
            seed, _ = jitter(state.seed, 0, 1)
            batch = max(_SMALLEST_BATCH, state.batch // 2) if way is Way.PUSH else state.batch
            return replace(_with(state, way, failed(lane, state.seed, now)), seed=seed, batch=batch)
    return state


def _shared(state: State, now: int) -> State:
    level = state.waiting == 0 and state.position >= state.head
    return replace(state, shared_at=now) if level else state


def _lane(state: State, way: Way) -> Lane:
    return {Way.PUSH: state.push, Way.PULL: state.pull, Way.GREET: state.greet}[way]


def _with(state: State, way: Way, lane: Lane) -> State:
    if way is Way.PUSH:
        return replace(state, push=lane)
    return replace(state, pull=lane) if way is Way.PULL else replace(state, greet=lane)
