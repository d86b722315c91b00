"""What a bench and its hub say to each other. Plain values: any transport carries them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from gms_desktop.journal.private import PrivateValue

MOST_ENTRIES = 500
MOST_BYTES = 1_000_000


class Answer(StrEnum):
    """What the hub says to a push or a pull.

    ok: done. dup: the hub has all of it already. gap: an entry before these is missing, ``acked_seq`` says which.
    fork: this writer has sent other content before (a restored or cloned bench). history: the hub's order differs from
    the bench's. busy: later. upgrade: this version may not speak to the hub any more. refused: the hub takes no such
    thing, ``detail`` says why.
    """

    OK = "ok"
    DUP = "dup"
    GAP = "gap"
    FORK = "fork"
    HISTORY = "history"
    BUSY = "busy"
    UPGRADE = "upgrade"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a journal has come in the agreed order of a scope.

    Attributes:
        position: the last entry's, 0 before the first.
        order_hash: the running hash over all entries and verdicts up to there.
        epoch: the hub's system identifier, timeline and recovery number, ``""`` before the first word with it.
    """

    position: int
    order_hash: bytes
    epoch: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """An entry on its way to the hub: its chain hash and its bytes; the verdict that it had where it is given back."""

    hash: bytes
    content: bytes
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class HeadSignature:
    """A bench's word for how far a writer has come: its last entry's hash, signed with the bench's Ed25519 key.

    Attributes:
        writer: whose; ``seq`` the entry's; ``hash`` its chain hash.
        public: the key, 32 bytes; ``signature`` 64 bytes.
    """

    writer: str
    seq: int
    hash: bytes
    public: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Push:
    """A batch of one writer's entries in their order, with the private values they cite, and where the bench stands."""

    scope: str
    writer: str
    first_seq: int
    entries: tuple[Sent, ...]
    private: tuple[PrivateValue, ...]
    standing: Standing

    @property
    def last_seq(self) -> int:
        """The seq of its last entry."""
        return self.first_seq + len(self.entries) - 1


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """The hub's answer to a push.

    Attributes:
        answer: see :class:`Answer`.
        acked_seq: the writer's last entry that the hub has.
        head: the hub's last position.
        epoch: the hub's epoch.
        detail: what a person or a log is told.
    """

    answer: Answer
    acked_seq: int = 0
    head: int = 0
    epoch: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its place in the agreed order and the verdict that stands for every replica."""

    position: int
    verdict: str
    received_at: str
    hash: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class HubDigest:
    """The digest of one register table as the hub has it at a position.

    ``version`` is that of the hub's register: a bench whose tables have another shape has other digests.
    """

    position: int
    table: str
    digest: str
    version: str


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the agreed order.

    Attributes:
        after: the position that the first entry follows.
        entries: dense, in order.
        private: the values that these entries cite, as far as they were not erased.
        standing: the hub's own standing after the last entry of the page.
        head: the hub's last position.
        digests: of positions within the page.
    """

    after: int
    entries: tuple[Placed, ...]
    private: tuple[PrivateValue, ...]
    standing: Standing
    head: int
    digests: tuple[HubDigest, ...] = ()


@dataclass(frozen=True, slots=True)
class PullAnswer:
    """The hub's answer to a pull: a page, or why there is none. ``head`` and ``epoch`` are the hub's."""

    answer: Answer
    page: Page | None = None
    head: int = 0
    epoch: str = ""
    detail: str = ""


def first_order_hash(scope: str) -> bytes:
    """The order hash before a scope's first entry: SHA-256 of the scope."""
    return sha256(scope.encode()).digest()


def next_order_hash(previous: bytes, entry_hash: bytes, verdict: str) -> bytes:
    """The order hash after an entry: SHA-256 of the one before it, the entry's chain hash and its verdict."""
    return sha256(previous + entry_hash + verdict.encode()).digest()
