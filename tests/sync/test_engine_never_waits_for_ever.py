"""Whatever ends badly at a bench, the sync tries again later and says so; it never waits for what does not come."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gms_desktop.sync import engine
from gms_desktop.sync.engine import Answer, Done, GoBack, Greeted, Pulled, Rebuild, State, Tick, Trouble
from gms_desktop.sync.status import Level, status

LEVEL = State(seed=1, position=1000, head=1000)


def pulled(state: State, now: int, differing: tuple[str, ...] = ()) -> tuple[State, tuple[engine.Action, ...]]:
    state, _ = engine.step(state, Tick(), now)
    assert state.pull.number is not None
    return engine.step(state, Pulled(state.pull.number, Answer.OK, 1000, 1000, 0, differing=differing), now)


def line(state: State, now: int) -> tuple[Level, str]:
    found = status(state, "", now, datetime(2026, 3, 2, 8, tzinfo=UTC), lambda at: at.strftime("%H:%M"))
    return found.level, found.line


def test_a_register_that_differs_again_is_not_built_anew_again_and_again_but_told() -> None:
    state, actions = pulled(LEVEL, 0, ("specimen",))
    assert Rebuild(("specimen",)) in actions
    state, _ = engine.step(state, Done("rebuild", 1000, 0), 10)
    state, actions = pulled(state, 2_000, ("specimen",))
    assert not [one for one in actions if isinstance(one, Rebuild)]
    assert line(state, 2_000) == (Level.ACT, "Saved here. Register differs")
    assert state.pull.number is not None
    later = Pulled(state.pull.number, Answer.OK, 1000, 1000, 0, differing=("specimen",))
    state, actions = engine.step(state, later, engine.REBUILD_EVERY)
    assert Rebuild(("specimen",)) in actions


def test_a_bench_that_is_level_is_not_built_anew_at_each_greeting() -> None:
    state, _ = engine.step(LEVEL, Tick(), 0)
    assert state.greet.number is not None
    said = Greeted(state.greet.number, 1000, recovering=False, recovered=False, common=1000, differing=("label",))
    state, actions = engine.step(state, said, 1)
    assert Rebuild(("label",)) in actions
    state, _ = engine.step(state, Done("rebuild", 1000, 0), 2)
    state, actions = engine.step(state, Tick(), 3)
    assert state.greet.number is not None
    again = Greeted(state.greet.number, 1000, recovering=False, recovered=False, common=1000, differing=("label",))
    state, actions = engine.step(state, again, 4)
    assert not [one for one in actions if isinstance(one, Rebuild)]
    assert state.trouble is Trouble.DIFFERS


@pytest.mark.parametrize("job", ["go back", "rebuild", "rehome"])
def test_a_job_that_comes_to_nothing_is_told_in_its_own_words_and_exchanges_go_on(job: str) -> None:
    state, _ = engine.step(State(seed=1, working=job), Done(job, 0, 3, "Let this bench join again."), 0)
    assert not state.working
    found = status(state, "", 0, datetime(2026, 3, 2, 8, tzinfo=UTC), lambda at: at.strftime("%H:%M"))
    assert (found.level, found.more) == (Level.ACT, "Let this bench join again.")
    state, actions = engine.step(state, Tick(), 10_000)
    assert len(actions) == 3
    assert not [one for one in actions if isinstance(one, GoBack)]
