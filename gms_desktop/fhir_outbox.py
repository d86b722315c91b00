"""The folder from which the integration engine takes what became of specimens: written beside the work, never lost.

Each entry of this bench that says something of a specimen becomes one file, named by the entry, whole from the moment
it has its name. How far that came stands in the bench's own folder: after a crash the last file may be written once
more, under the same name and with the same ids. With no folder set nothing is read and nothing written; from its first
day on the folder gets what happens then, nothing of the time before.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from devices.folder_reasons import of_folder
from gms_desktop import outbox_words as say
from gms_desktop.journal import store
from gms_desktop.judge.premises import Judgement
from gms_desktop.services.views import DeviceLine

if TYPE_CHECKING:
    from gms_desktop.exchange.fhir.status import Status
    from gms_desktop.journal.entry import Entry
    from gms_desktop.recorder import Recorder
    from gms_desktop.register.ledger import Ledger

STATE = "fhir-outbox.json"
_MOST, _A_FEW = 200, 10
_AGAIN_S, _LAST_S = 60.0, 10.0


@dataclass(frozen=True, slots=True)
class Reached:
    """Up to which entry the folder was told: the writer, and the entry's number in its chain."""

    writer: str
    seq: int


@dataclass(frozen=True, slots=True)
class _Lot:
    entries: tuple[Entry, ...]
    reached: Reached
    more: bool


class FhirOutbox:
    """Writes on a thread of its own, which is begun with the first folder that is set."""

    def __init__(
        self,
        recorder: Recorder,
        bench_folder: Path,
        folder: str,
        changed: Callable[[], None] = lambda: None,
        again_s: float = _AGAIN_S,
    ) -> None:
        """Write nothing yet.

        Args:
            recorder: entries are read through it.
            bench_folder: where it is noted how far the folder was told.
            folder: the integration engine's; empty for none.
            changed: told, from the thread, that something was written, or the folder went away or came back.
            again_s: seconds until a folder that was away is tried again.
        """
        self._recorder, self._state, self._changed, self._again_s = recorder, bench_folder / STATE, changed, again_s
        self._folder, self._trouble, self._many, self._last = folder, "", 0, ""
        self._seen = -1
        self._wanted, self._ended = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """From now on: what happened before the first folder was set is told to nobody."""
        if self._folder:
            self._recorder.read(self._from_here)

    def wear(self, folder: str) -> None:
        """Another folder, or none, from now on."""
        if folder != self._folder:
            self._folder, self._trouble, self._seen = folder, "", -1
            self.begin()

    def _from_here(self, ledger: Ledger) -> None:
        with suppress(OSError):
            if self._reached() is None:
                self._keep(Reached(ledger.head.writer, ledger.head.last_seq))

    def look(self, ledger: Ledger) -> None:
        """Begin with what is new; asked on the recorder's thread when nothing waits, and over at once."""
        if not self._folder or ledger.head.last_seq == self._seen:
            return
        self._seen = ledger.head.last_seq
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="fhir-outbox", daemon=True)
            self._thread.start()
        self._wanted.set()

    def close(self) -> None:
        """Write what is in hand, and end the thread."""
        self._ended.set()
        self._wanted.set()
        if self._thread is not None:
            # A share that hangs must not keep the application open: what is in hand comes again with the next start.
            self._thread.join(_LAST_S)

    def line(self) -> DeviceLine | None:
        """The folder among the devices; None where none is set."""
        if not self._folder:
            return None
        if self._trouble:
            return DeviceLine(say.NAME, say.KIND, self._folder, "away", self._trouble, ready=False, without=say.WITHOUT)
        said = say.written(self._many, self._last) if self._many else ""
        return DeviceLine(say.NAME, say.KIND, self._folder, "ready" if said else say.NOT_ASKED, said, ready=True)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wanted.wait(self._again_s if self._trouble else None)
            self._wanted.clear()
            try:
                while self._folder and not self._ended.is_set() and self._turn(self._folder):
                    pass
            except OSError as fault:
                self._tell(say.away(self._folder, of_folder(fault)))
            except Exception as fault:
                # The recorder is closed, and the next start goes on from here; or a fault of ours, which is told.
                if not self._ended.is_set():
                    self._tell(say.fault(type(fault).__name__))

    def _turn(self, folder: str) -> bool:
        """Write one lot; whether more may wait."""
        from gms_desktop.exchange.fhir.status import bundle

        lot, many = self._recorder.read(self._lot, urgent=False).result(), 0
        for entry in lot.entries:
            if told := self._told(entry):
                _write(Path(folder), f"{entry.writer}-{entry.seq:010d}.json", bundle(told, entry.occurred_at))
                many, self._last = many + 1, datetime.now(UTC).astimezone().strftime("%H:%M")
        self._many += many
        self._keep(lot.reached)
        if not many:
            # A folder that is away is seen also while there is nothing to tell.
            os.scandir(folder).close()
        self._tell("", wrote=bool(many))
        return lot.more

    def _told(self, entry: Entry) -> tuple[Status, ...]:
        """What an entry says, a few things at a time: a scan never waits for a whole consignment."""
        from gms_desktop.services import fhir_statuses

        if entry.kind not in fhir_statuses.KINDS:
            return ()
        said: list[Iterator[Status]] = []
        found: list[Status] = []

        def some(ledger: Ledger) -> list[Status]:
            said[:] = said or [fhir_statuses.statuses(ledger.db, entry)]
            return list(islice(said[0], _A_FEW))

        while part := self._recorder.read(some, urgent=False).result():
            found += part
        return tuple(found)

    def _lot(self, ledger: Ledger) -> _Lot:
        head = ledger.head
        reached = self._reached() or Reached(head.writer, head.last_seq)
        stored = store.of_writer_after(ledger.db, reached.writer, reached.seq, _MOST)
        if stored:
            entries = tuple(one.entry for one in stored if one.verdict != Judgement.REFUSED)
            return _Lot(entries, Reached(reached.writer, stored[-1].entry.seq), more=True)
        # A bench that was set up anew, or restored, goes on as another writer.
        moved_on = reached.writer != head.writer
        return _Lot((), Reached(head.writer, 0) if moved_on else reached, more=moved_on)

    def _reached(self) -> Reached | None:
        try:
            said = json.loads(self._state.read_text("utf-8"))
            return Reached(str(said["writer"]), int(said["seq"]))
        except FileNotFoundError:
            return None
        except (ValueError, LookupError, TypeError) as fault:
            raise OSError(0, f"{self._state} is not readable") from fault

    def _keep(self, reached: Reached) -> None:
        fresh = self._state.with_suffix(".new")
        fresh.write_text(json.dumps({"writer": reached.writer, "seq": reached.seq}), "utf-8")
        fresh.replace(self._state)

    def _tell(self, trouble: str, *, wrote: bool = False) -> None:
        was, self._trouble = self._trouble, trouble
        if wrote or was != trouble:
            self._changed()


def _write(folder: Path, name: str, content: bytes) -> None:
    """A whole file under its name: the engine never sees half of one."""
    half = folder / f".{name}.part"
    try:
        with half.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        half.replace(folder / name)
    except OSError:
        with suppress(OSError):
            half.unlink()
        raise
