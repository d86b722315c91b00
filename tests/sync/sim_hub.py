"""The hub as a model: the same promises as the SQL, in memory. The real one is held to the same scenarios elsewhere."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sim_file import fresh_file

from gms_desktop.journal import store
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry, from_bytes
from gms_desktop.journal.private import PrivateValue, agrees
from gms_desktop.judge.premises import Judgement, Ruling, changes_of, judge
from gms_desktop.register import versions
from gms_desktop.register.base import RegisterBase
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.sync import common_order
from gms_desktop.sync.messages import (
    Answer,
    HubDigest,
    Page,
    Placed,
    PullAnswer,
    Push,
    PushAnswer,
    Sent,
    Standing,
    first_order_hash,
    next_order_hash,
)

SCOPE = "lab1"


@lru_cache(maxsize=20_000)
def parsed(content: bytes) -> Entry:
    """The entry of these bytes: the hub and those who watch it read each one many times."""
    return from_bytes(content)


class HubRegister:
    """The hub's own register: the same fold, entry by entry in the agreed order."""

    def __init__(self) -> None:
        self.db = Database(fresh_file(), "sqlite")
        self.driver = Driver(self.db)
        self.position = 0
        self.rulings: list[Ruling] = []

    def follow(self, placed: list[Placed]) -> None:
        """Fold what was placed since."""
        arrived = [
            Arrived(one.position, parsed(one.content), Judgement(one.verdict)) for one in placed[self.position :]
        ]
        with self.db.write():
            self.rulings += self.driver.fold_new(arrived, remember=False)
            self.driver.digests.save(len(placed))
        self.position = len(placed)

    def digests(self) -> tuple[HubDigest, ...]:
        """The digest of each table as it stands."""
        found, version = self.driver.digests.as_text(), versions.register_version()
        return tuple(HubDigest(self.position, name, digest, version) for name, digest in found.items())


@dataclass
class Hub:
    """One scope of a hub.

    Attributes:
        placed: the journal in the agreed order; ``known`` is the same by writer and seq.
        order: the order hash after each position, that before the first one included.
        holders: who holds each key.
        heads: seq and hash of each writer's last entry.
        private: values by commitment; ``erased`` ones are gone for good.
        epoch_seen: the epoch in which the hub last worked: another one means that it was restored or promoted.
        offered: entries that benches re-offered, by position, while a recovery window is open.
        stricter: the hub is of another version, and rules otherwise than the benches on one entry of so many.
        register: the hub's own fold, made when digests are first asked for.
        known_digests: those of each position, by order hash.
    """

    timeline: int = 1
    recovery: int = 0
    recovering: bool = False
    placed: list[Placed] = field(default_factory=list)
    order: list[bytes] = field(default_factory=lambda: [first_order_hash(SCOPE)])
    holders: dict[str, str | None] = field(default_factory=dict)
    heads: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    known: dict[tuple[str, int], bytes] = field(default_factory=dict)
    private: dict[str, PrivateValue] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    timeline_seen: int = 1
    offered: dict[int, dict[bytes, Sent]] = field(default_factory=dict)
    stricter: int = 0
    register: HubRegister | None = None
    known_digests: dict[bytes, tuple[HubDigest, ...]] = field(default_factory=dict)

    @property
    def epoch(self) -> str:
        """System, timeline and recovery number."""
        return f"7001/{self.timeline_seen}/{self.recovery}"

    @property
    def head(self) -> int:
        """The last position."""
        return len(self.placed)

    def copy(self) -> Hub:
        """As a backup or a standby has it at this moment."""
        made = copy(self)
        made.placed, made.order = list(self.placed), list(self.order)
        made.holders, made.heads = dict(self.holders), dict(self.heads)
        made.known = dict(self.known)
        made.private, made.erased = dict(self.private), set(self.erased)
        made.offered, made.register, made.known_digests = {}, None, dict(self.known_digests)
        return made

    def in_history(self, standing: Standing) -> bool:
        """Whether the bench's order is a part of the hub's."""
        return standing.position <= self.head and self.order[standing.position] == standing.order_hash

    def append(self, push: Push, received_at: str) -> PushAnswer:
        """Take a batch in, whole or not at all."""
        seq, last = self.heads.get(push.writer, (0, first_hash(push.writer, SCOPE)))
        if self.recovering or self.timeline != self.timeline_seen:
            return self._said(Answer.HISTORY, push.writer, "the hub is being recovered")
        if not self.in_history(push.standing):
            return self._said(Answer.HISTORY, push.writer)
        entries = [parsed(sent.content) for sent in push.entries]
        for place, entry in enumerate(entries):
            if (entry.writer, entry.seq, entry.scope) != (push.writer, push.first_seq + place, SCOPE):
                return self._said(Answer.REFUSED, push.writer, "the bytes differ from the call")
        if push.first_seq > seq + 1:
            return self._said(Answer.GAP, push.writer, str(seq))
        known = {entry.seq: self._hash_of(entry) for entry in entries if entry.seq <= seq}
        skip = len(known)
        if any(self._hash_of(entry) != push.entries[place].hash for place, entry in enumerate(entries[:skip])):
            return self._said(Answer.FORK, push.writer)
        for sent in push.entries[skip:]:
            if next_hash(last, sent.content) != sent.hash:
                return self._said(Answer.FORK, push.writer)
            last = sent.hash
        if not self._took(push.private):
            return self._said(Answer.REFUSED, push.writer, "a private value differs from its commitment")
        for entry, sent in zip(entries[skip:], push.entries[skip:], strict=True):
            self._place(entry, sent, received_at)
        return self._said(Answer.OK if skip < len(entries) else Answer.DUP, push.writer)

    def _took(self, private: tuple[PrivateValue, ...]) -> bool:
        if not all(agrees(value) for value in private):
            return False
        for value in private:
            if value.commitment not in self.erased:
                self.private.setdefault(value.commitment, value)
        return True

    def _hash_of(self, entry: Entry) -> bytes | None:
        return self.known.get((entry.writer, entry.seq))

    def _place(self, entry: Entry, sent: Sent, received_at: str) -> None:
        ruling = self._ruling(entry, sent)
        self.holders.update(ruling.changes)
        verdict = ruling.judgement.value
        self.placed.append(Placed(self.head + 1, verdict, received_at, sent.hash, sent.content))
        self.order.append(next_order_hash(self.order[-1], sent.hash, verdict))
        self.heads[entry.writer] = (entry.seq, sent.hash)
        self.known[entry.writer, entry.seq] = sent.hash
        if entry.kind == "private.erased" and ruling.judgement is not Judgement.REFUSED:
            for commitment in entry.body["commitments"]:
                self.erased.add(commitment)
                if commitment in self.private:
                    self.private[commitment] = replace(self.private[commitment], value=None)

    def _ruling(self, entry: Entry, sent: Sent) -> Ruling:
        """The verdict: a hub of another version may find what no bench would."""
        ruling = judge(entry, self.holders)
        drawn = sent.hash[0] * 256 + sent.hash[1]
        if not self.stricter or drawn % self.stricter or entry.kind.startswith("writer.") or not entry.premises.touches:
            return ruling
        if ruling.judgement is not Judgement.ACCEPTED:
            return Ruling(Judgement.ACCEPTED, (), changes_of(entry, self.holders, Judgement.ACCEPTED))
        if drawn // self.stricter % 2:
            return Ruling(Judgement.CONTESTED, (), changes_of(entry, self.holders, Judgement.CONTESTED))
        return Ruling(Judgement.REFUSED, (), changes_of(entry, self.holders, Judgement.REFUSED))

    def pull(self, standing: Standing, most: int, *, digests: bool = False) -> PullAnswer:
        """The page after a bench's standing."""
        if self.timeline != self.timeline_seen or self.recovering:
            return PullAnswer(Answer.HISTORY, None, self.head, self.epoch, "the hub is being recovered")
        if not self.in_history(standing):
            return PullAnswer(Answer.HISTORY, None, self.head, self.epoch)
        entries = tuple(self.placed[standing.position : standing.position + most])
        end = standing.position + len(entries)
        cited = {commitment for one in entries for commitment in parsed(one.content).private}
        private = tuple(self.private[commitment] for commitment in sorted(cited & self.private.keys()))
        reached = Standing(end, self.order[end], self.epoch)
        page = Page(standing.position, entries, private, reached, self.head, self._digests(end) if digests else ())
        return PullAnswer(Answer.OK, page, self.head, self.epoch)

    def _digests(self, end: int) -> tuple[HubDigest, ...]:
        """Those of the positions up to there that were made: the hub makes them at its head, now and then."""
        if self.register is None:
            self.register = HubRegister()
        self.register.follow(self.placed)
        self.known_digests[self.order[-1]] = self.register.digests()
        return self.known_digests.get(self.order[end], ())

    def common(self, entries: list[tuple[int, bytes, str]], mine: Standing, begin: Standing) -> int:
        """The last position at which a bench's order, of which these are the entries after ``begin``, is the hub's."""
        below = begin.position
        return common_order.common(
            lambda positions: {at: self.order[at] for at in positions if at <= self.head},
            lambda after, until: entries[after - below : until - below],
            mine,
            begin,
        )

    def base(self) -> tuple[RegisterBase, Database]:
        """The register at the head, and where its rows are."""
        if self.register is None:
            self.register = HubRegister()
        self.register.follow(self.placed)
        digests = json.loads(store.meta(self.register.db, "digests") or "{}")
        known = {name: (one[0], one[1]) for name, one in digests.items() if name != "n"}
        version = versions.register_version()
        return RegisterBase(SCOPE, self.head, self.order[-1], version, known, dict(self.heads)), self.register.db

    # --- after a restore or a promotion ---

    def open_recovery(self) -> None:
        """A person says that the hub has gone back: benches may give what they hold."""
        self.recovering, self.timeline_seen = True, self.timeline
        self.recovery += 1
        self.offered = {}

    def reoffer(self, entries: list[tuple[int, Sent]], private: tuple[PrivateValue, ...]) -> int:
        """Take what a bench holds of positions that are lost; the recovery's number, 0 when none is open any more."""
        if not self.recovering:
            return 0
        for position, sent in entries:
            self.offered.setdefault(position, {})[sent.hash] = sent
        for value in private:
            if agrees(value) and value.commitment not in self.erased:
                self.private.setdefault(value.commitment, value)
        return self.recovery

    def close_recovery(self, received_at: str) -> None:
        """Restore the former order of what was given, as far as each writer's chain goes on."""
        for _, offers in sorted(self.offered.items()):
            for sent in offers.values():
                entry = parsed(sent.content)
                seq, last = self.heads.get(entry.writer, (0, first_hash(entry.writer, SCOPE)))
                if entry.seq == seq + 1 and next_hash(last, sent.content) == sent.hash:
                    self._place(entry, sent, received_at)
        self.recovering, self.offered = False, {}

    def _said(self, answer: Answer, writer: str, detail: str = "") -> PushAnswer:
        return PushAnswer(answer, self.heads.get(writer, (0, b""))[0], self.head, self.epoch, detail)
