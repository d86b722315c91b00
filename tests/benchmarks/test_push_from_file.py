"""How much of a push out of a bench's own file is waiting for the hub, when the hub is a machine of its own?"""

from __future__ import annotations

import gc
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from corpus import copy_of, corpus, reopen
from figures import report

from gms_desktop.recorder import Recorder
from gms_desktop.sync import engine, exchange
from gms_desktop.sync.messages import MOST_ENTRIES, Answer, Push, PushAnswer
from gms_desktop.sync.unplaced import Unplaced

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

ENTRIES = 20_000
# What a hub takes for an entry on a calm machine, encoding and line included (test_hub_push.py).
JUDGED_IN = 92e-6
LEAST = 0.5


@dataclass
class Elsewhere:
    """A hub that takes none of this machine's processor: each batch is answered when its time is over."""

    seconds: float = 0.0

    def push(self, push: Push) -> PushAnswer:
        """All of it is taken."""
        began = time.perf_counter()
        Event().wait(len(push.entries) * JUDGED_IN)
        self.seconds += time.perf_counter() - began
        return PushAnswer(Answer.OK, push.last_seq, push.last_seq)


@pytest.fixture(autouse=True)
def no_garbage() -> Iterator[None]:
    """A bench looks for garbage on its main thread only (benchmarks.md, the whole application)."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_a_day_of_work_leaves_the_file_about_as_fast_as_the_hub_judges_it(tmp_path: Path) -> None:
    ledger = reopen(copy_of(corpus(ENTRIES), tmp_path))
    recorder = Recorder(lambda: ledger)
    recorder.opened.result()
    here, hub = exchange.Replica(recorder, Unplaced(ledger), ledger.head.scope), Elsewhere()
    began, used = time.perf_counter(), time.process_time()
    for number in itertools.count(1):
        if isinstance(exchange.push(here, cast("Any", hub), number, MOST_ENTRIES), engine.NothingToPush):
            break
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    recorder.close()
    said = f"{ENTRIES / seconds:.0f} entries/s, {processor / ENTRIES * 1e6:.0f} µs of the bench's processor an entry"
    share = hub.seconds / seconds
    report("push out of the file, the hub's share of the time", said, share, f"at least {LEAST}", share >= LEAST)
