"""Saves a large run in slices, so that no scan waits for it: worked out, then written as one act, or not at all."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from gms_desktop.domain.commands import Command
from gms_desktop.register.ledger import Ledger, PremiseFailed
from gms_desktop.services import measure_commands
from gms_desktop.services.answers import Answered
from gms_desktop.services.at_measure import AtMeasure
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.rights import NotAllowed
from gms_desktop.services.second_person import SecondWanted

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


_AT_ONCE = 64


@dataclass(frozen=True)
class _Plan:
    """What is recorded, and after which entry of the journal it was worked out."""

    outcome: Outcome
    after: int


def save(bench: Bench) -> Future[Answered]:
    """Save the open file; a crash before the end leaves nothing of it, and the file where it was."""
    at, answered = bench.desk.measure, Future[Answered]()
    told = replace(bench.desk, told={"by": "hand", "device": "screen"})
    steps = bench.recorder.write_in_slices(
        lambda ledger: _planned(ledger, told, at), lambda ledger, made: _landed(bench, ledger, told, at, made)
    )
    steps.add_done_callback(partial(_settle, bench, at, answered))
    return answered


def _planned(ledger: Ledger, desk: Desk, at: AtMeasure, kept: tuple[str, ...] = ()) -> Generator[None, None, _Plan]:
    after = ledger.head.last_seq
    outcome = yield from measure_commands.saved_in_steps(ledger, desk, at, kept)
    return _Plan(outcome, after)


def _landed(
    bench: Bench, ledger: Ledger, desk: Desk, at: AtMeasure, made: _Plan
) -> Generator[None, None, tuple[Answered, bool]]:
    """Write what was planned, worked out anew where something else was recorded meanwhile."""
    if made.after != ledger.head.last_seq:
        runs = tuple(str(one.body["run"]) for one in made.outcome.drafts if one.kind == "run.imported")
        made = yield from _planned(ledger, desk, at, runs)
    drafts, witness = [], None
    for start in range(0, len(made.outcome.drafts), _AT_ONCE):
        lot, witness = bench.gated(ledger, replace(made.outcome, drafts=made.outcome.drafts[start : start + _AT_ONCE]))
        drafts += lot
        yield
    if drafts:
        yield from ledger.append_in_steps(drafts, bench.operator_id(), witness)
        bench.note_saved()
    return bench.answer(ledger, replace(made.outcome, drafts=()), None), bool(drafts)


def _settle(bench: Bench, at: AtMeasure, answered: Future[Answered], done: Future[tuple[Answered, bool]]) -> None:
    fault = done.exception()
    if isinstance(fault, (PremiseFailed, NotAllowed, SecondWanted)):
        # What a person is told of these, or asked for, is the same as for a small run.
        bench.command_at_once(Command.SAVE_RUN).add_done_callback(partial(pass_on, answered))
    elif fault is not None:
        answered.set_exception(fault)
    else:
        said, saved = done.result()
        if saved and bench.desk.measure.sha256 == at.sha256:
            bench.desk.measure = AtMeasure()
        answered.set_result(said)


def pass_on(answered: Future[Answered], done: Future[Answered]) -> None:
    """What came of one is what comes of the other."""
    fault = done.exception()
    if fault is not None:
        answered.set_exception(fault)
    else:
        answered.set_result(done.result())
