"""The way to the hub, whatever carries it: what can be asked of a hub, and what becomes of a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from gms_desktop.journal.private import PrivateValue
from gms_desktop.sync.messages import HeadSignature, HubDigest, PullAnswer, Push, PushAnswer, Sent, Standing

PROTOCOL = 1
"""The version of this conversation; a hub refuses versions below the least that it still understands."""


def hint_channel(scope: str) -> str:
    """The NOTIFY channel on which the hub's process says that a scope has something new; the payload is its head."""
    return f"gms_hint_{sha256(scope.encode()).hexdigest()[:16]}"


class HubUnavailable(Exception):
    """The hub gave no answer; the words say to a person what happened. Nothing is known to have been done there."""


class HubRefusesBench(HubUnavailable):
    """The hub does not know this bench or its password: trying again does not help, a person must act."""


class RecoveryClosed(HubUnavailable):
    """Nothing is given back to the hub now: no recovery is open, or not any more. What was given until then counts."""


@dataclass(frozen=True, slots=True)
class BaseOnOffer:
    """The newest base for one version of the register: at which position, its size in bytes and its SHA-256."""

    register_version: str
    position: int
    size: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the hub says of itself.

    Attributes:
        scope: the laboratory that this bench is enrolled for.
        laboratory: its name.
        rehearsal: whether the hub is one for rehearsals.
        bench: the name under which the bench is enrolled.
        state: ``invited``, ``active`` or ``revoked``. Only an active bench is told head, bases and short codes.
        least_protocol: the oldest version of the conversation that the hub understands.
        server_time: the hub's clock, aware UTC: for measuring the bench's clock, never for order.
        head: the hub's last position and order hash, with its epoch.
        recovering: whether the hub takes nothing because it is being recovered.
        bases: the newest base of each version of the register.
        short_codes: issued to this bench and not used.
    """

    scope: str
    laboratory: str
    rehearsal: bool
    bench: str
    state: str
    least_protocol: int
    server_time: datetime
    head: Standing
    recovering: bool
    bases: tuple[BaseOnOffer, ...]
    short_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HubCredential:
    """A PIN verifier as it travels beside the journal: ``number`` is the hub's, 0 before it has one."""

    operator: str
    pin: int
    verifier: str
    number: int = 0


class Given(StrEnum):
    """What the hub said to a chunk of a file.

    ``ok``: taken; ``complete``: it has the whole file; ``uncited``: the entry that cites it is not there yet;
    ``emptied``: the file was erased for good; ``differs``: the whole was not the file, and was thrown away.
    """

    OK = "ok"
    COMPLETE = "complete"
    UNCITED = "uncited"
    EMPTIED = "emptied"
    DIFFERS = "differs"
    BUSY = "busy"
    UPGRADE = "upgrade"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileChunk:
    """One chunk of a file on its way to the hub, with the entry that cites the file."""

    sha256: str
    size: int
    media_type: str
    writer: str
    seq: int
    number: int
    content: bytes


@dataclass(frozen=True, slots=True)
class FileAtHub:
    """A file as the hub has it.

    Attributes:
        size: in bytes.
        media_type: such as ``text/csv``.
        complete: whether all of it is there, checked against its hash.
        emptied: whether it was erased for good.
        numbers: the chunks that are there.
    """

    size: int
    media_type: str
    complete: bool
    emptied: bool
    numbers: tuple[int, ...]


class Hub(Protocol):
    """A hub as a bench sees it. Every call returns an answer or raises :class:`HubUnavailable`; none waits for ever."""

    def greet(self) -> Greeting:
        """Ask who is there, and how late it is."""
        ...

    def push(self, push: Push) -> PushAnswer:
        """Offer a batch."""
        ...

    def pull(self, standing: Standing, limit: int) -> PullAnswer:
        """Ask for what follows ``standing``: at most ``limit`` entries and about 1 MB."""
        ...

    def orders(self, positions: Sequence[int]) -> dict[int, bytes]:
        """The order hash after each of these positions, as far as the hub has them; a recovery does not hide them."""
        ...

    def digests(self, position: int) -> tuple[HubDigest, ...]:
        """The digests of the hub's register at a position; nothing where it has kept none."""
        ...

    def reoffer(self, entries: Sequence[tuple[int, Sent]], private: Sequence[PrivateValue]) -> None:
        """Give the hub, in its recovery window, entries with the positions they had: at most 500 or about 1 MB.

        None at all says that this bench has given everything.

        Raises:
            RecoveryClosed: when no recovery is open.
        """
        ...

    def name_key(self, public: bytes) -> None:
        """Name a public key of this bench: what it signs was written here."""
        ...

    def sign(self, signed: HeadSignature) -> bool:
        """Give the hub the signature over an own entry that it has; whether it knew the key and the entry."""
        ...

    def signatures(self) -> tuple[HeadSignature, ...]:
        """The newest signature of each writer of the laboratory."""
        ...

    def reoffer_signatures(self, signed: Sequence[HeadSignature]) -> None:
        """Give the hub, in its recovery window, signatures of any writer: at most 1000."""
        ...

    def base(self, offered: BaseOnOffer, first: int = 0) -> Iterator[bytes]:
        """The chunks of a base in order, from the ``first``: the key, then the file in pieces of 256 kB."""
        ...

    def credentials(self, after: int) -> tuple[HubCredential, ...]:
        """PIN verifiers with a number above ``after``."""
        ...

    def give_credentials(self, rows: Sequence[HubCredential]) -> None:
        """Give the hub verifiers that were set here; it numbers them. One that it has already is left as it is."""
        ...

    def file(self, sha256: str) -> FileAtHub | None:
        """How much of a file the hub has; None when it knows nothing of it."""
        ...

    def give_file_chunk(self, chunk: FileChunk) -> tuple[Given, str]:
        """Give the hub one chunk of a file that an entry there cites; its answer and its words."""
        ...

    def file_chunk(self, sha256: str, number: int) -> bytes | None:
        """One chunk of a file, or None when the hub has it not."""
        ...

    def hint(self, seconds: float) -> int | None:
        """Wait at most so long for the hub to say that there is something new: its head, or None."""
        ...

    def cut(self) -> None:
        """From any thread: what is under way and all that follows comes to nothing at once."""
        ...

    def close(self) -> None:
        """Let go of the hub; the next question calls again."""
        ...
