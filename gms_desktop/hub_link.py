"""Ties a bench to its hub: begins the sync behind the open bench, says in words how it stands and what it told.

Nothing here is on the way of a scan: the network is only ever called by the sync's own threads.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from gms_desktop import hub_words
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.recorder import Recorder
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.hub_fault_words import in_words
from gms_desktop.services.views import DeviceLine
from gms_desktop.settings import HubSettings, Settings

if TYPE_CHECKING:
    from gms_desktop.bench_file import BenchFile
    from gms_desktop.files.store import FileStore
    from gms_desktop.hub_joining import Joined
    from gms_desktop.services.flip_words import FlipNotice
    from gms_desktop.sync.engine import State
    from gms_desktop.sync.room_beside import Progress
    from gms_desktop.sync.runner import Sync, Told
    from gms_desktop.sync.status import SyncStatus

_log = logging.getLogger(__name__)
_ENOUGH_S = 0.5
# So often it is looked again whether the disk has room by now.
_ROOM_EVERY_S = 30.0
_STRIP = 76


class HubLink:
    """The link of one open bench; without a hub in the settings it does nothing and says so."""

    def __init__(self, recorder: Recorder, file: BenchFile, changed: Callable[[], None]) -> None:
        """Make it; :meth:`begin` starts it.

        Args:
            recorder: the bench's.
            file: the bench's file, for its secrets, clock and notices.
            changed: told, from any thread, that strip, notices or screens should be painted again.
        """
        self.settings = HubSettings()
        self.alerted: Callable[[], None] = lambda: None
        self._recorder, self._file, self._changed = recorder, file, changed
        self._time_zone = "Europe/London"
        self._beginning: threading.Thread | None = None
        self._sync: Sync | None = None
        self._gate = threading.Lock()
        self._closed = False
        self._stop = threading.Event()
        self._again = threading.Event()
        self._fault = ""
        self._no_room = ""
        self._joining: Progress | None = None
        self._of_cases: list[FlipNotice] = []
        self._said: tuple[object, ...] = ()
        self._said_at = 0.0

    def begin(self, settings: HubSettings, time_zone: str) -> None:
        """Begin to share with the hub that the settings name, behind the open bench. With none: nothing."""
        self.settings, self._time_zone = settings, time_zone
        if settings.host:
            self._stop, self._again = threading.Event(), threading.Event()
            self._beginning = threading.Thread(target=self._begin, name="hub link", daemon=True)
            self._beginning.start()

    def recorded(self, ledger: Ledger) -> None:
        """On the recorder's thread, after what the bench wrote: say how much waits now."""
        sync = self._sync
        if sync is not None:
            sync.recorded(sync.here.waiting(ledger))
        if self._of_cases:
            self._take_settled(ledger)

    def join(self, code: str, certificate: str, settings: Settings) -> Joined:
        """Join the hub that the code names and share with it from now on. Waits for the hub: never on the main thread.

        Args:
            code: as typed or scanned.
            certificate: file of the authority that signed the hub's certificate; ``""`` for those this machine trusts.
            settings: the bench's, written with the hub in them.

        Raises:
            Refused: when the code, the hub or the bench is not the right one; nothing was changed.
            Unavailable: when the hub gave no answer.
            OSError: when the settings could not be written.
        """
        from gms_desktop import settings as settings_file
        from gms_desktop.hub_joining import Joined, meet

        scope = self._recorder.read(lambda ledger: ledger.head.scope).result()
        hub, met = meet(self._file, code, scope, settings, certificate=certificate)
        joined = Joined(replace(settings, hub=hub), hub_words.joined(met.greeting.laboratory, met.greeting.bench, 0))
        settings_file.write(self._file.folder, joined.settings)
        self._end()
        self._fault = ""
        self.begin(hub, self._time_zone)
        return joined

    def close(self) -> None:
        """End the sync, before the recorder; what was not sent is sent at the next start."""
        # What is folded for a first joining is cut short before it is waited for.
        self._stop.set()
        self._again.set()
        with self._gate:
            self._closed = True
        self._end()

    def _end(self) -> None:
        self._stop.set()
        self._again.set()
        if self._beginning is not None:
            self._beginning.join()
        sync, self._sync = self._sync, None
        if sync is not None:
            sync.close()

    # In words

    def saved(self, saved: str) -> str:
        """The foot strip's line: without a hub what was saved when, else how the sync stands."""
        if not self.settings.host:
            return f"Saved here {saved}" if saved else "Saved here"
        status = self._status()
        if status is None:
            if self._joining is not None:
                return _joining(self._joining)
            if self._no_room:
                return hub_words.NO_ROOM_TO_JOIN
            return f"Saved here {saved}. {self._fault}".strip(". ") if self._fault else hub_words.STARTING
        return _short(status.line)

    def try_now(self) -> None:
        """A person asks to try the hub at once."""
        self._again.set()
        if self._sync is not None:
            self._sync.try_now()

    @property
    def state(self) -> State | None:
        """The sync's state, from any thread; None while there is no sync."""
        return self._sync.state if self._sync is not None else None

    @property
    def is_level(self) -> bool:
        """Whether all is shared: nothing waits here, and all that the hub is known to have is here."""
        state = self.state
        return state is not None and state.shared_at is not None and not state.waiting and state.position >= state.head

    @property
    def agreed(self) -> tuple[bool, str]:
        """Whether the hub is away, and when this bench last agreed with it (UTC text); empty where it never did."""
        state, sync = self.state, self._sync
        if not self.settings.host or state is None or sync is None:
            return bool(self.settings.host), ""
        away = state.alone_since is not None or state.shared_at is None or self.needs_somebody
        if state.shared_at is None:
            return away, ""
        return away, instant(datetime.now(UTC) - timedelta(milliseconds=sync.now() - state.shared_at))

    @property
    def needs_somebody(self) -> bool:
        """Whether a person must do something before the bench can share again."""
        status = self._status()
        return bool(self._fault) or (status is not None and status.level.value == "act")

    def line(self) -> DeviceLine | None:
        """The hub among the devices: how it stands, the last fault, clocks and heads; None without a hub."""
        from importlib.metadata import version

        hub = self.settings
        if not hub.host:
            return None
        place = f"{hub.host}:{hub.port}, {hub.database}"
        status, sync = self._status(), self._sync
        if status is None or sync is None:
            return self._not_begun(place)
        from gms_desktop.sync.status import Level, clock_words

        failing = bool(sync.state.push.failures or sync.state.pull.failures)
        ready = status.level in {Level.SHARED, Level.ON_ITS_WAY} and not failing
        told = in_words(sync.last_fault)
        fault = told if failing and told != status.more else ""
        said = (f"{status.line.rstrip('.')}.", status.more, fault, clock_words(sync.clock_offset))
        figures = (
            f"Hub at entry {sync.state.head:,}, this bench at {sync.state.position:,}, {sync.state.waiting:,} to send.",
            _clock_measured(sync.clock_offset),
            f"Version here {version('gms-desktop')}.",
        )
        detail = "\n".join(" ".join(part for part in parts if part) for parts in (said, figures))
        state = hub_words.TRYING if failing and status.level is Level.ON_ITS_WAY else hub_words.STATES[status.level]
        again = "" if ready else hub_words.TRY_NOW
        waits = not ready and status.level is not Level.ACT
        return DeviceLine("Hub", "central database", place, state, detail, ready, _without(ready), again, waits)

    def _not_begun(self, place: str) -> DeviceLine:
        come, fault = self._joining, self._fault
        if come is not None:
            detail = f"{_joining(come)}. {hub_words.JOINING_WORKS}"
            return DeviceLine("Hub", "central database", place, hub_words.JOINING, detail, ready=True)
        state, again = ("needs you", hub_words.TRY_NOW) if fault else ("starting", "")
        return DeviceLine("Hub", "central database", place, state, fault, not fault, hub_words.OFFLINE_WORKS, again)

    def _status(self) -> SyncStatus | None:
        sync = self._sync
        if sync is None:
            return None
        from gms_desktop.sync.status import shut_out, status

        found = status(sync.state, in_words(sync.last_fault), sync.now(), datetime.now(UTC), self._local)
        return shut_out(found, sync.state, sync.shut_out) if sync.shut_out else found

    def _local(self, at: datetime) -> str:
        return dates.to_local(at, self._time_zone).strftime("%H:%M")

    # On threads of its own

    def _begin(self) -> None:
        from gms_desktop.sync.at_the_bench import Stopped
        from gms_desktop.sync.room_beside import NoRoom

        stop, again = self._stop, self._again
        while not stop.is_set():
            again.clear()
            try:
                self._begin_sync(stop)
            except Stopped:
                pass
            except NoRoom as fault:
                self._joining = None
                self._lacks_room(str(fault))
                again.wait(_ROOM_EVERY_S)
                continue
            except Exception as fault:
                _log.exception("the sync could not begin")
                self._failed(hub_words.not_begun(str(fault)))
            break
        self._joining = None
        self._changed()

    def _begin_sync(self, stop: threading.Event) -> None:
        from gms_desktop.hub_joining import address_of, secret_name
        from gms_desktop.sync.carrying import signing_key
        from gms_desktop.sync.postgres_transport import PostgresHub
        from gms_desktop.sync.runner import Sync
        from gms_desktop.sync.signatures import Signer

        kept = self._file.secrets.get(secret_name(self.settings.login))
        if kept is None:
            self._failed(hub_words.LET_IN_NO_MORE)
            return
        scope = self._recorder.read(lambda ledger: ledger.head.scope, urgent=False).result()
        connect = partial(PostgresHub, address_of(self.settings), kept.decode(), scope)
        files = self._files()
        with self._gate:
            if self._closed:
                return
        sync = Sync(
            self._recorder,
            connect,
            self._file.clock,
            self._file.chance,
            self._told,
            self._moved,
            files,
            self._file.folder,
            Signer(partial(signing_key, self._file.secrets)),
            stop,
            self._come,
        )
        self._has_room()
        self._sync = sync

    def _lacks_room(self, sentence: str) -> None:
        """The figures in it are others each time: what was said of it before is taken back."""
        if sentence != self._no_room:
            self._has_room()
            self._no_room = sentence
            self._failed(sentence)

    def _has_room(self) -> None:
        if not self._no_room:
            return
        if self._no_room in self._file.notices:
            self._file.notices.remove(self._no_room)
        self._fault = self._no_room = ""
        self._changed()

    def _come(self, progress: Progress) -> None:
        """How far the first joining has come: painted as often as anybody reads it."""
        self._has_room()
        self._joining = progress
        now = time.monotonic()
        if now - self._said_at >= _ENOUGH_S:
            self._said_at = now
            self._changed()

    def _files(self) -> FileStore | None:
        try:
            return self._file.files
        except (Refused, Unavailable) as fault:
            # Entries go on without: what stops the files is told, and stops nothing else.
            self._notice((str(fault),))
            return None

    def _failed(self, sentence: str) -> None:
        self._fault = sentence
        self._notice((sentence,))

    def _moved(self) -> None:
        """The sync's state is another: paint again when its words are, or what others did has arrived."""
        sync = self._sync
        if sync is None:
            return
        from gms_desktop.sync.status import Level

        status, state = self._status(), sync.state
        said = (status, state.position if status is not None and status.level is Level.SHARED else 0)
        now = sync.now() / 1000
        if said == self._said or (_same_level(said, self._said) and now - self._said_at < _ENOUGH_S):
            return
        self._said, self._said_at = said, now
        self._changed()

    def _told(self, told: Told) -> None:
        from gms_desktop.services.flip_words import notices

        found: list[str] = []
        if told.flips:
            flipped = self._recorder.read(lambda ledger: notices(ledger, told.flips), urgent=False).result()
            found += [one.words for one in flipped]
            self._of_cases += flipped
        if told.rehomed is not None:
            found.append(hub_words.rehomed(len(told.rehomed.entries), told.rehomed.numbers))
        if told.rebuilt:
            found.append(hub_words.rebuilt(told.rebuilt))
        if told.withdrawn:
            found.append(hub_words.withdrawn(told.withdrawn))
        self._notice(found)

    def _take_settled(self, ledger: Ledger) -> None:
        """A notice does not outlive the case that it is about."""
        from gms_desktop.services.flip_words import settled

        over = settled(ledger, self._of_cases)
        for one in over:
            self._of_cases.remove(one)
            if one.words in self._file.notices:
                self._file.notices.remove(one.words)
        if over:
            self._changed()

    def _notice(self, sentences: list[str] | tuple[str, ...]) -> None:
        fresh = [one for one in sentences if one not in self._file.notices]
        if fresh:
            self._file.notices.extend(fresh)
            self._changed()
            self.alerted()


def _joining(progress: Progress) -> str:
    return hub_words.joining(progress.done, progress.total)


def _same_level(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return bool(other) and getattr(one[0], "level", None) is getattr(other[0], "level", None)


def _short(line: str) -> str:
    """Short enough for the strip: the Devices screen says all of it."""
    if len(line) <= _STRIP:
        return line
    return f"{line[:_STRIP].rpartition(' ')[0]} … see Devices"


def _without(ready: bool) -> str:
    return "" if ready else hub_words.OFFLINE_WORKS


def _clock_measured(offset: int | None) -> str:
    if offset is None:
        return ""
    way = "ahead of" if offset < 0 else "behind"
    return f"This computer's clock is {abs(offset) / 1000:.1f} s {way} the hub's."
