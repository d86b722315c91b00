"""Takes a Test Directory in at a bench: read and kept off the recorder's thread, recorded as one act in slices."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from gms_desktop import words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.exchange.test_directory import DirectoryReading, DirectorySource
from gms_desktop.register.ledger import Ledger, PremiseFailed
from gms_desktop.services import directory_import, kept_files, rights
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.rights import Actor, NotAllowed

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


class DirectoryDesk:
    """The Test Directory as one bench takes it in."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def take_in(self, source: DirectorySource) -> Verdict:
        """Read an edition, keep it as it came and put it in force; waits for the bench, so never on the main thread.

        Returns:
            What it came to, in words: also that it cannot be read, or is not this person's to do.

        Raises:
            Refused, Unavailable: when the file cannot be kept: then nothing of it is taken in.
        """
        bench = self._bench
        actor = bench.sessions.actor()
        if actor is None:
            return words.locked_scan()
        try:
            act, at = bench.recorder.read(lambda ledger: self._begun(ledger, actor)).result()
            reading = source.read()
            directory_import.keep(bench.file.files, reading, source.content, act, at)
            # In slices between which scans go first: an edition has some hundred entries.
            verdict = bench.recorder.write_in_slices(
                lambda ledger: self._prepared(ledger, reading, act, actor),
                lambda ledger, outcome: self._recorded(ledger, outcome, actor),
            ).result()
        except NotAllowed as fault:
            return fault.verdict
        except PremiseFailed:
            return words.refused("Changed meanwhile", directory_import.CHANGED)
        bench.note_saved()
        return verdict

    def _begun(self, ledger: Ledger, actor: Actor) -> tuple[str, str]:
        # Before anything of the file is kept here.
        rights.permitted(ledger, actor, directory_import.JOB, self._bench.time_zone)
        return ledger.identity(), kept_files.now(ledger)

    def _prepared(
        self, ledger: Ledger, reading: DirectoryReading, act: str, actor: Actor
    ) -> Generator[None, None, Outcome]:
        yield
        return directory_import.taken_in(ledger, reading, act, actor, self._bench.time_zone)

    def _recorded(self, ledger: Ledger, outcome: Outcome, actor: Actor) -> Generator[None, None, Verdict]:
        if not outcome.drafts:
            return outcome.verdict
        passed = directory_import.passed(ledger, outcome, actor, self._bench.time_zone, None)
        yield from ledger.append_in_steps(passed.drafts, actor.operator, passed.witness)
        if not passed.countersigned_later:
            return outcome.verdict
        return replace(outcome.verdict, sentence=f"{outcome.verdict.sentence} {directory_import.COUNTERSIGNED}")
