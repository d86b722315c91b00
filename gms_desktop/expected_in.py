"""A file of expected requests taken in at one bench: read and kept, planned in slices, written as one act."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import expect, kept_files, site_rules

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.rights import Actor


def take_in(bench: Bench, name: str, content: bytes, mapping: dict[str, Any] | None) -> Future[expect.Plan]:
    """Take a file in, as :meth:`gms_desktop.bench.Bench.take_in` says."""
    begun = bench.recorder.read(
        lambda ledger: (site_rules.severities(ledger.db), ledger.identity(), kept_files.now(ledger))
    )
    # It is theirs who began it, whoever locks or takes over the bench while it is planned and written.
    actor, first = bench.sessions.actor(), Draft("import.taken_in", {})
    bench.recorder.read(lambda ledger: bench.sessions.entitled(ledger, [first], actor)).result()
    profile, act, at = begun.result()
    reading = expect.read_file(name, content, mapping, profile)
    kept_files.keep_import(bench.file.files, reading, content, act, at)
    planned = partial(expect.plan, reading=reading, act=act)
    return bench.recorder.write_in_slices(planned, partial(land, bench=bench, actor=actor))


def land(ledger: Ledger, made: expect.Plan, bench: Bench, actor: Actor | None) -> Generator[None, None, expect.Plan]:
    """Write what was planned, in steps."""
    if made.refused:
        return made
    by, entitled = actor.operator if actor else None, partial(bench.sessions.entitled, actor=actor)
    landed = yield from expect.land(ledger, made, by, entitled)
    bench.note_saved()
    return landed
