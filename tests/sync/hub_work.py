"""A bench with a real file that works and shares with a real hub: what it writes is pushed, what is placed is taken."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub_parts import EnrolledBench, HubOfTest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from corpus import SteppedClock, Work

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import versions
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.sync import outbox, rebase, replica
from gms_desktop.sync.messages import MOST_ENTRIES, Answer, Standing
from gms_desktop.sync.unplaced import Unplaced

KEY = bytes(range(32))


@dataclass
class WorkingBench:
    """A bench file, its ledger, and its own way to the hub."""

    enrolled: EnrolledBench
    ledger: Ledger
    unplaced: Unplaced
    work: Work

    @property
    def scope(self) -> str:
        return self.ledger.head.scope

    def act(self, requests: int = 1) -> None:
        """Expect and receive that many requests of two tubes each, label and decide as a bench does."""
        with self.ledger.db.write():
            asked = [self.work.expected() for _ in range(requests)]
            self.ledger.append(asked, None)
            came = [self.work.received(request, place) for request in asked for place in (1, 2)]
            written = self.ledger.append(came, None)
            labels = [self.work.labelled(one) for one in came]
            later = [self.work.decided(one, entry.id) for one, entry in zip(came, written, strict=True)]
            self.ledger.append([*labels, *(self.work.verified(one) for one in labels), *later], None)

    def push(self) -> Answer:
        """Send everything; the hub's last answer."""
        while True:
            with self.ledger.db.write():
                batch = outbox.next_push(self.ledger.db, self.scope)
            if batch is None:
                return Answer.OK
            said = self.enrolled.hub.push(batch)
            with self.ledger.db.write():
                outbox.note_answer(self.ledger.db, batch, said)
            if said.answer not in {Answer.OK, Answer.DUP}:
                return said.answer

    def pull(self) -> tuple[str, ...]:
        """Take everything in; tables whose digest was not the hub's."""
        differing: list[str] = []
        while True:
            before = self.standing()
            said = self.enrolled.hub.pull(before, MOST_ENTRIES)
            assert said.page is not None, said
            if not said.page.entries:
                return tuple(differing)
            with self.ledger.db.write():
                taken = rebase.take_page(self.ledger, self.unplaced, said.page)
            differing += taken.differing

    def share(self) -> tuple[str, ...]:
        """Push, then pull."""
        assert self.push() is Answer.OK
        return self.pull()

    def standing(self) -> Standing:
        return replica.standing(self.ledger.db, self.scope)

    def digests(self) -> dict[str, str]:
        return self.ledger.driver.digests.as_text()


def working_bench(hub: HubOfTest, path: Path, name: str = "Bench 1", number: int = 1) -> WorkingBench:
    """A bench that joined the hub, began, and, as the first one, set the laboratory up."""
    enrolled = hub.bench(name)
    db = open_for_writing(path, KEY)
    versions.bring_up(db)
    ledger = Ledger(db, CountedChance(number << 48), SteppedClock(), "0.1.0")
    with db.write():
        ledger.begin_writer(enrolled.writer.scope, enrolled.enrolment.short_codes[0], "set up", name)
        if number == 1:
            said: dict[str, Any] = {"laboratory": ledger.head.scope, "name": "EXAMPLE", "ods": "R0A", "letter": "L"}
            ledger.append(
                [Draft("laboratory.set_up", {**said, "time_zone": "Europe/London", "rehearsal": False})], None
            )
        replica.put_standing(db, replica.standing(db, ledger.head.scope))
    return WorkingBench(enrolled, ledger, Unplaced(ledger), Work(ledger, made=number * 100_000))
