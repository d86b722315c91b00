"""A line that goes dead is told within two seconds, a slow one is not called dead."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from gms_desktop.sync import engine
from gms_desktop.sync.engine import Pulled, Tick, begin, step
from gms_desktop.sync.messages import Answer
from gms_desktop.sync.status import Level, status


def level_at(now: int) -> engine.State:
    """A state with everything shared, its next poll not yet begun."""
    state, _ = step(begin(7, 0, 0), Tick(), now)
    state, _ = step(state, Pulled(number(state), Answer.OK, 5, 5, 0), now)
    return state


def number(state: engine.State) -> int:
    assert state.pull.number is not None
    return state.pull.number


def said(state: engine.State, now: int) -> tuple[Level, str]:
    found = status(state, "", now, datetime(2026, 3, 2, 14, 2, tzinfo=UTC), lambda at: at.strftime("%H:%M"))
    return found.level, found.line


def test_a_poll_without_an_answer_is_told_after_a_second_and_forgotten_with_the_answer() -> None:
    state = level_at(0)
    now = state.pull.next_at
    state, _ = step(state, Tick(), now)
    assert said(state, now)[1].startswith("All shared 14:0")
    assert engine.wakes_at(state) == now + engine.NOTICE_AFTER
    assert now + engine.NOTICE_AFTER <= 2_000
    now += engine.NOTICE_AFTER
    state, _ = step(state, Tick(), now)
    assert said(state, now)[0] is Level.ALONE
    assert said(state, now)[1].startswith("Saved here, hub not reached since")
    state, _ = step(state, Pulled(number(state), Answer.OK, 5, 5, 0), now + 1)
    assert said(state, now + 1)[0] is Level.SHARED


def test_a_hub_whose_answers_are_slow_is_given_three_times_as_long() -> None:
    state = level_at(0)
    state, _ = step(state, Tick(), state.pull.next_at)
    began = state.pull.since
    state, _ = step(state, Pulled(number(state), Answer.OK, 5, 5, 0), began + 900)
    state, _ = step(state, Tick(), state.pull.next_at)
    assert engine.wakes_at(state) == state.pull.since + 2_700


def test_a_long_page_is_no_silence() -> None:
    state = level_at(0)
    state, _ = step(state, Pulled(0, Answer.OK, 5, 5, 0), 1)
    state, _ = step(state, engine.Hinted(900), 2)
    assert state.pull.number is not None
    state, _ = step(state, Tick(), 5_000)
    assert state.alone_since is None


def test_a_cable_that_goes_silent_is_told_within_two_seconds(laboratory: Any, two: Any) -> None:
    one = two[0]
    one.level()
    # What is slow while benches join is no measure of the line.
    one.until(lambda state: state.pace < 300, "to have quick answers")
    one.cable.silence()
    began = time.monotonic()
    one.until(lambda state: state.alone_since is not None, "to notice")
    assert time.monotonic() - began < 2.5, "two seconds, and half a one for a busy machine"
    assert one.bench.strip().saved.startswith("Saved here, hub not reached since")
    one.cable.plug()
    laboratory.level()
    one.until(lambda state: state.alone_since is None, "to be back")
