"""Racks as one bench sees them: the screen, and readings that come in from a reader or a file."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from devices.values import RackReading, RackScan
from gms_desktop import tube_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused
from gms_desktop.register import rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import rack_commands, rack_compared, rack_scans, rack_taking, rack_view
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.rack_views import RackView

if TYPE_CHECKING:
    from devices.rack_readers.conversation import LeavesFiles, RackReader
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered
    from gms_desktop.settings import RackReaderSettings

_log = logging.getLogger(__name__)


class RackDesk:
    """The work at racks at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._made: tuple[RackReaderSettings, RackReader | None] | None = None
        self._reading: RackReader | None = None
        self._begun_at = ""
        self._begun_by: str | None = None

    def view(self, verdict: Verdict | None = None, *, not_read: bool = False) -> Future[RackView]:
        """The Racks screen.

        Args:
            verdict: what was said last.
            not_read: whether a reading was begun and did not come: the one before it counts no more.
        """
        has_reader = self.has_reader

        def seen(ledger: Ledger) -> RackView:
            if not_read:
                self._overtake(ledger)
            return replace(rack_view.view(ledger, self._bench.desk, verdict), has_reader=has_reader)

        return self._bench.recorder.read(seen)

    @property
    def has_reader(self) -> bool:
        """Whether this bench has a rack reader."""
        return self._bench.settings.rack_reader.protocol != "none"

    def read(self) -> RackReading:
        """Read the rack that stands in the reader now: takes up to two minutes, so never on the main thread.

        Raises:
            Refused: when the settings do not say where the reader is.
        """
        reader = self._reader()
        if reader is None:
            raise Refused("This bench has no rack reader. Choose the file that the reader wrote.")
        self._reading, self._begun_at = reader, self._bench.desk.rack.rack
        self._begun_by = self._bench.operator_id()
        self._bench.asked.rack_reading = reading = reader.read()
        self._bench.changed()
        return reading

    def _reader(self) -> RackReader | None:
        """The reader that the settings name: the same one each time, since it knows which scan it told before."""
        from gms_desktop.rack_readers import reader_of

        said = self._bench.settings.rack_reader
        if self._made is None or self._made[0] != said:
            self._made = (said, reader_of(said))
        return self._made[1]

    def cancel(self) -> None:
        """End a reading that is under way."""
        if self._reading is not None:
            self._reading.cancel()

    def take(self, reading: RackScan, *, read_here: bool = False) -> Future[Answered]:
        """Take a reading in; answered with what the comparison came to, once the reading is on disk.

        Args:
            reading: what was read.
            read_here: whether it is what ``read`` gave, rather than a file.
        """
        begun_at = self._begun_at if read_here else None
        begun_by = self._begun_by if read_here else self._bench.operator_id()

        kept = set[str]()

        def taken(ledger: Ledger) -> Answered:
            bench = self._bench
            kept.clear()
            now = bench.operator_id()
            if now is None or now != begun_by:
                # A reading takes up to two minutes: meanwhile the screen may have been locked.
                return bench.answer(ledger, Outcome(tube_words.read_for_nobody(), place=rack_scans.PLACE), None)
            outcome = rack_taking.take(ledger, bench.desk, reading, begun_at)
            kept.update(draft.kind for draft in outcome.drafts)
            if read_here and not outcome.drafts:
                self._overtake(ledger)
            answered = bench.answer(ledger, outcome, None)
            here = rack_compared.compared(ledger.db, bench.desk.rack) if outcome.drafts else None
            return (
                replace(answered, verdict=rack_commands.read_words(here, self._bench.desk.rack.purpose))
                if here
                else answered
            )

        done = self._bench.doing(taken)
        if read_here and self._reading is not None:
            done.add_done_callback(partial(self._recorded, self._reading, reading, kept))
        return done

    def _recorded(self, reader: RackReader, reading: RackScan, kept: set[str], done: Future[Answered]) -> None:
        """The file of a reading is put away once it is on disk; by a thread, since its folder may be a share."""
        from devices.rack_readers.conversation import LeavesFiles

        if kept and isinstance(reader, LeavesFiles) and not done.cancelled() and done.exception() is None:
            Thread(target=self._put_away, args=(reader, reading), name="rack file", daemon=True).start()

    def _put_away(self, reader: LeavesFiles, reading: RackScan) -> None:
        try:
            reader.committed(reading)
        except OSError as fault:
            # It stays where it lies, and is never taken again: only what comes after the next asking is.
            _log.warning("the file of a rack was not put away: %s", fault.strerror)

    def _overtake(self, ledger: Ledger) -> None:
        """Whoever reads a rack again means that it may have changed: what was read before is not saved any more."""
        at = self._bench.desk.rack
        row = rack_look_up.rack(ledger.db, at.rack) if at.rack else None
        if row is not None and row["read"]:
            self._bench.desk.rack = replace(at, overtaken=row["read"], well="")
