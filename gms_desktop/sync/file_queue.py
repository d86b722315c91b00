"""Files travel behind the entries, chunk by chunk, and go on at the first chunk that is missing.

They are given to the hub once it has the entry that cites them, and fetched from it when somebody asks. One step moves
one chunk at most, so that whoever drives this can look for entries to send between any two.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from gms_desktop.domain.minting import Clock, instant
from gms_desktop.files import chunks
from gms_desktop.files.kept import Kept
from gms_desktop.files.store import FileStore
from gms_desktop.recorder import Recorder
from gms_desktop.register import files_cited
from gms_desktop.register.files_cited import Citation
from gms_desktop.sync import replica
from gms_desktop.sync.transport import FileAtHub, FileChunk, Given, Hub, HubUnavailable

_log = logging.getLogger(__name__)

KEEP_DAYS = 90
"""A file is given up at a bench only when it has been there for so long, and the hub has confirmed it."""

LOOK_SECONDS = 3.0
PRUNE_SECONDS = 3600.0
_LATER = 30.0
_MUCH_LATER = 3600.0
_FIRST_REST, _LONGEST_REST = 5.0, 600.0


@dataclass
class _Giving:
    """A file on its way to the hub: who cites it, and the chunks that the hub has not."""

    file: Kept
    cited: Citation
    missing: deque[int]


@dataclass
class FileQueue:
    """The files of one bench and what is left to do about them. For one thread.

    Attributes:
        files: the bench's store.
        recorder: for what the journal says of a file; asked only behind the scans.
        scope: the laboratory.
        clock: the bench's.
        changed: told that a file came, or was shared.
        keep_days: files younger than this are not given up.
        steady: seconds of a clock that never goes back.
        trouble: why the last file was not taken, in words; ``""`` when it was.
    """

    files: FileStore
    recorder: Recorder
    scope: str
    clock: Clock
    changed: Callable[[], None] = lambda: None
    keep_days: int = KEEP_DAYS
    steady: Callable[[], float] = time.monotonic
    trouble: str = ""
    _giving: _Giving | None = None
    _not_before: dict[str, float] = field(default_factory=dict)
    _rests_until: float = 0.0
    _failures: int = 0
    _pruned_at: float | None = None
    _erased: dict[str, str] = field(default_factory=dict)

    def step(self, hub: Hub) -> bool:
        """Move one chunk, or do one small thing.

        Returns:
            Whether there may be more to do at once.
        """
        if self.steady() < self._rests_until:
            return False
        try:
            done = self._tend() or self._fetch(hub) or self._give(hub)
        except HubUnavailable:
            self._rest(min(_LONGEST_REST, _FIRST_REST * 2**self._failures))
            self._failures = min(self._failures + 1, 10)
            return False
        except Exception:
            # A fault in here must never reach the entries that this worker sends.
            _log.exception("a file came to nothing on its way")
            self._rest(_LONGEST_REST)
            return False
        self._failures = 0
        if not done:
            self._rest(LOOK_SECONDS)
        return done

    def _rest(self, seconds: float) -> None:
        self._giving = None
        self._rests_until = self.steady() + seconds

    def _put_off(self, sha256: str, seconds: float) -> None:
        self._not_before[sha256] = self.steady() + seconds

    def _due(self, files: list[Kept]) -> Kept | None:
        now = self.steady()
        return next((one for one in files if self._not_before.get(one.sha256, now) <= now), None)

    def _now(self) -> str:
        return instant(self.clock.now())

    def _epoch(self) -> str:
        standing = self.recorder.read(lambda ledger: replica.standing(ledger.db, self.scope), urgent=False)
        return standing.result().epoch

    # --- what is erased, and what the hub has ---

    def _tend(self) -> bool:
        erased = self.recorder.read(lambda ledger: files_cited.erased_subjects(ledger.db), urgent=False).result()
        if erased != self._erased:
            kept = self.files.citations()
            due = self.recorder.read(lambda ledger: files_cited.erased(ledger.db, kept), urgent=False).result()
            self._erased = erased
            if self.files.empty(due):
                self.changed()
        if self._pruned_at is None or self.steady() - self._pruned_at >= PRUNE_SECONDS:
            self._pruned_at = self.steady()
            before = instant(self.clock.now() - timedelta(days=self.keep_days))
            self.files.prune(before, self._now(), self._epoch())
        return False

    # --- from the hub ---

    def _fetch(self, hub: Hub) -> bool:
        wanted = self._due(self.files.wanted())
        if wanted is None:
            return False
        known = hub.file(wanted.sha256)
        if known is None or not known.complete:
            return self._not_there(wanted, known)
        if (known.size, known.media_type) != (wanted.size, wanted.media_type):
            self.files.expect(Kept(wanted.sha256, known.size, known.media_type, wanted.made_at, wanted.state))
        missing = self.files.missing(wanted.sha256)
        if missing:
            content = hub.file_chunk(wanted.sha256, missing[0])
            if content is None:
                return self._not_there(wanted, None)
            self.files.put_chunk(wanted.sha256, missing[0], content)
        if len(missing) <= 1:
            self._came(wanted)
        return True

    def _not_there(self, wanted: Kept, known: FileAtHub | None) -> bool:
        if known is not None and known.emptied:
            self.files.empty([wanted.sha256])
            self.changed()
        self._put_off(wanted.sha256, _LATER)
        return True

    def _came(self, wanted: Kept) -> None:
        now = self._now()
        if not self.files.finish(wanted.sha256, now, now, self._epoch()):
            _log.error("a file that the hub gave is not what its hash says")
            self._put_off(wanted.sha256, _MUCH_LATER)
        self.changed()

    # --- to the hub ---

    def _give(self, hub: Hub) -> bool:
        giving = self._giving
        if giving is None:
            one = self._due(self.files.to_give(self._epoch()))
            if one is None:
                return False
            giving = self._begin(hub, one)
            self._giving = giving
            return True
        file, number = giving.file, giving.missing[0]
        content = self.files.chunk(file.sha256, number)
        if content is None:
            # Emptied or given up meanwhile.
            self._giving = None
            return True
        cited = giving.cited
        answer, words = hub.give_file_chunk(
            FileChunk(file.sha256, file.size, file.media_type, cited.writer, cited.seq, number, content)
        )
        self._answered(giving, answer, words)
        return True

    def _begin(self, hub: Hub, one: Kept) -> _Giving | None:
        known = hub.file(one.sha256)
        if known is not None and (known.complete or known.emptied):
            self._known_whole(one, known)
            return None
        subjects = self.files.subjects(one.sha256)
        cited = self.recorder.read(
            lambda ledger: next(filter(None, (files_cited.citing(ledger.db, s, one.sha256) for s in subjects)), None),
            urgent=False,
        ).result()
        if cited is None:
            self._put_off(one.sha256, _LATER)
            return None
        numbers = set(known.numbers) if known else set()
        missing = deque(number for number in range(chunks.count(one.size)) if number not in numbers)
        return _Giving(one, cited, missing or deque([0]))

    def _known_whole(self, one: Kept, known: FileAtHub) -> None:
        if known.emptied:
            self.files.empty([one.sha256])
        else:
            self.files.confirm(one.sha256, self._now(), self._epoch())
        self.changed()

    def _answered(self, giving: _Giving, answer: Given, words: str) -> None:
        sha256 = giving.file.sha256
        if answer is Given.OK:
            giving.missing.popleft()
            if giving.missing:
                return
        self._giving = None
        match answer:
            case Given.COMPLETE:
                self.trouble = ""
                self.files.confirm(sha256, self._now(), self._epoch())
                self.changed()
            case Given.EMPTIED:
                self.files.empty([sha256])
                self.changed()
            case Given.UNCITED | Given.BUSY:
                self._put_off(sha256, _LATER)
            case Given.DIFFERS | Given.REFUSED | Given.UPGRADE:
                self.trouble = words or "What the hub received of a file is not the file. Run: gms-desktop verify."
                _log.error("the hub did not take a file: %s", answer.value)
                self._put_off(sha256, _MUCH_LATER)
