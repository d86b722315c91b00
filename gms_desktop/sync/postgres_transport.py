"""The hub over PostgreSQL's own protocol: one connection, opened when it is needed, given up at the first fault."""

from __future__ import annotations

import contextlib
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from gms_desktop.journal.private import PrivateValue
from gms_desktop.sync.heard import STATEMENT_SECONDS, Turned, heard
from gms_desktop.sync.messages import (
    Answer,
    HeadSignature,
    HubDigest,
    Page,
    Placed,
    PullAnswer,
    Push,
    PushAnswer,
    Sent,
    Standing,
)
from gms_desktop.sync.transport import (
    PROTOCOL,
    BaseOnOffer,
    FileAtHub,
    FileChunk,
    Given,
    Greeting,
    HubCredential,
    HubRefusesBench,
    HubUnavailable,
    hint_channel,
)

if TYPE_CHECKING:
    import psycopg

CONNECT_SECONDS = 5
SILENCE_SECONDS = 40.0
"""How long an answer may take on the bench's own clock: longer than the hub itself allows a statement."""

_OPTIONS = f"-c statement_timeout={STATEMENT_SECONDS}s -c idle_in_transaction_session_timeout=5s -c TimeZone=UTC"

_APPEND = (
    "SELECT answer, acked_seq, head, epoch, detail FROM hub.append(%b::integer, %b::text, %b::text, %b::bigint, "
    "%b::bytea[], %b::bytea[], %b::text[], %b::text[], %b::bytea[], %b::text[], %b::bigint, %b::bytea, %b::text)"
)
_PULL = (
    "SELECT answer, head, epoch, detail, verdicts, received_at, hashes, contents, order_hash, subjects, commitments, "
    "salts, private_values, digest_positions, digest_tables, digests, digest_versions "
    "FROM hub.pull(%b::integer, %b::text, %b::bigint, %b::bytea, %b::text, %b::integer)"
)
_GREET = (
    "SELECT scope, laboratory, rehearsal, bench, state, least_protocol, server_time, epoch, head, order_hash, "
    "recovering, base_versions, base_positions, base_sizes, base_sha256s, short_codes FROM hub.greet()"
)

_ORDERS = "SELECT position, order_hash FROM hub.entry WHERE scope = %b::text AND position = ANY(%b::bigint[])"
_DIGESTS = (
    "SELECT position, table_name, digest, register_version FROM hub.digest "
    "WHERE scope = %b::text AND position = %b::bigint"
)
_REOFFER = (
    "SELECT hub.reoffer(%b::bigint[], %b::bytea[], %b::bytea[], %b::text[], %b::text[], %b::text[], %b::bytea[], "
    "%b::text[])::text"
)
_NAME_KEY = "SELECT hub.name_key(%b::bytea)::text"
_SIGN = "SELECT hub.sign(%b::text, %b::bigint, %b::bytea, %b::bytea, %b::bytea)"
_SIGNATURES = "SELECT writer, seq, hash, public, signature FROM hub.signature WHERE scope = %b::text ORDER BY writer"
_REOFFER_SIGNATURES = (
    "SELECT hub.reoffer_signatures(%b::text[], %b::bigint[], %b::bytea[], %b::bytea[], %b::bytea[])::text"
)
_CHUNK = (
    "SELECT content FROM hub.base_chunk "
    "WHERE scope = %b::text AND position = %b::bigint AND register_version = %b::text AND number = %b::integer"
)
_CREDENTIALS = (
    "SELECT operator, pin, verifier, number FROM hub.credential "
    "WHERE scope = %b::text AND number > %b::bigint ORDER BY number"
)
_GIVE_CREDENTIALS = "SELECT hub.give_credentials(%b::text[], %b::integer[], %b::text[])::text"

_FILE = (
    "SELECT f.size, f.media_type, f.complete, f.emptied, ARRAY(SELECT c.number FROM hub.file_chunk c "
    "WHERE c.scope = f.scope AND c.sha256 = f.sha256 ORDER BY c.number) "
    "FROM hub.file f WHERE f.scope = %b::text AND f.sha256 = %b::text"
)
_GIVE_FILE_CHUNK = (
    "SELECT answer, detail FROM hub.give_chunk(%b::integer, %b::text, %b::bigint, %b::text, %b::text, %b::bigint, "
    "%b::integer, %b::bytea)"
)
_FILE_CHUNK = "SELECT content FROM hub.file_chunk WHERE scope = %b::text AND sha256 = %b::text AND number = %b::integer"

Tls = Literal["verify-full", "disable"]
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class HubAddress:
    """Where a hub is and who calls.

    Attributes:
        host: name, address, or the folder of a local socket.
        port: TCP port.
        database: the database's name.
        login: the bench's own login.
        tls: ``verify-full`` checks the server's certificate and name; ``disable`` is for this machine only.
        root_certificate: file of the certificate authority, or ``system`` for those that the machine trusts.
    """

    host: str
    port: int
    database: str
    login: str
    tls: Tls = "verify-full"
    root_certificate: str = "system"

    def parameters(self) -> dict[str, str | int]:
        """The settings of a connection: what ends a call that goes nowhere is among them."""
        trust = {"sslrootcert": self.root_certificate} if self.tls == "verify-full" else {}
        return {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": self.login,
            "sslmode": self.tls,
            **trust,
            "gssencmode": "disable",
            "connect_timeout": CONNECT_SECONDS,
            "keepalives": 1,
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
            "application_name": "gms_desktop",
            "options": _OPTIONS,
        }


class PostgresHub:
    """A hub at an address. For one thread."""

    def __init__(self, address: HubAddress, password: str, scope: str, silence: float = SILENCE_SECONDS) -> None:
        self._address = address
        self._password = password
        self._scope = scope
        self._silence = silence
        self._connection: psycopg.Connection | None = None
        self._listens = False
        self._watch: _Watch | None = None
        self._cut = False

    def greet(self) -> Greeting:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        row = self._ask(_GREET, ())
        if row is None:
            raise HubRefusesBench(f"The hub does not know the login {self._address.login}. Enrol this bench again.")
        (scope, laboratory, rehearsal, bench, state, least, time, epoch, head, order_hash, recovering) = row[:11]
        bases = zip(*row[11:15], strict=True)
        return Greeting(
            scope,
            laboratory,
            rehearsal,
            bench,
            state,
            least,
            time,
            Standing(head or 0, order_hash or b"", epoch),
            recovering,
            tuple(BaseOnOffer(*one) for one in bases),
            tuple(row[15]),
        )

    def push(self, push: Push) -> PushAnswer:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        stands = push.standing
        values = (
            PROTOCOL,
            push.scope,
            push.writer,
            push.first_seq,
            [one.hash for one in push.entries],
            [one.content for one in push.entries],
            *_columns(push.private),
            stands.position,
            stands.order_hash,
            stands.epoch,
        )
        row, failed = self._answered(_APPEND, values)
        if row is None:
            return PushAnswer(failed[0], detail=failed[1])
        return PushAnswer(Answer(row[0]), *row[1:])

    def pull(self, standing: Standing, limit: int) -> PullAnswer:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        asked = (PROTOCOL, self._scope, standing.position, standing.order_hash, standing.epoch, limit)
        row, failed = self._answered(_PULL, asked)
        if row is None:
            return PullAnswer(failed[0], detail=failed[1])
        answer, head, epoch, detail = row[:4]
        page = _page(standing.position, head, epoch, row[4:]) if answer == Answer.OK else None
        return PullAnswer(Answer(answer), page, head, epoch, detail)

    def orders(self, positions: Sequence[int]) -> dict[int, bytes]:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        return {row[0]: row[1] for row in self._all(_ORDERS, (self._scope, list(positions)))}

    def digests(self, position: int) -> tuple[HubDigest, ...]:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        return tuple(HubDigest(*row) for row in self._all(_DIGESTS, (self._scope, position)))

    def reoffer(self, entries: Sequence[tuple[int, Sent]], private: Sequence[PrivateValue]) -> None:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        values = (
            [position for position, _ in entries],
            [sent.hash for _, sent in entries],
            [sent.content for _, sent in entries],
            [sent.verdict for _, sent in entries],
            *_columns(private),
        )
        self._all(_REOFFER, values)

    def name_key(self, public: bytes) -> None:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        self._all(_NAME_KEY, (public,))

    def sign(self, signed: HeadSignature) -> bool:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        values = (signed.writer, signed.seq, signed.hash, signed.public, signed.signature)
        return any(row[0] for row in self._all(_SIGN, values))

    def signatures(self) -> tuple[HeadSignature, ...]:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        return tuple(HeadSignature(*row) for row in self._all(_SIGNATURES, (self._scope,)))

    def reoffer_signatures(self, signed: Sequence[HeadSignature]) -> None:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        columns = ("writer", "seq", "hash", "public", "signature")
        self._all(_REOFFER_SIGNATURES, tuple([getattr(one, column) for one in signed] for column in columns))

    def base(self, offered: BaseOnOffer, first: int = 0) -> Iterator[bytes]:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        for number in itertools.count(first):
            rows = self._all(_CHUNK, (self._scope, offered.position, offered.register_version, number))
            if not rows:
                return
            yield rows[0][0]

    def credentials(self, after: int) -> tuple[HubCredential, ...]:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        return tuple(HubCredential(*row) for row in self._all(_CREDENTIALS, (self._scope, after)))

    def give_credentials(self, rows: Sequence[HubCredential]) -> None:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        columns = ([one.operator for one in rows], [one.pin for one in rows], [one.verifier for one in rows])
        self._all(_GIVE_CREDENTIALS, columns)

    def file(self, sha256: str) -> FileAtHub | None:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        rows = self._all(_FILE, (self._scope, sha256))
        for size, media_type, complete, emptied, numbers in rows:
            return FileAtHub(size, media_type, complete, emptied, tuple(numbers))
        return None

    def give_file_chunk(self, chunk: FileChunk) -> tuple[Given, str]:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        told = (chunk.sha256, chunk.size, chunk.media_type, chunk.writer, chunk.seq, chunk.number, chunk.content)
        row, failed = self._answered(_GIVE_FILE_CHUNK, (PROTOCOL, *told))
        if row is None:
            return Given(failed[0].value), failed[1]
        return Given(row[0]), row[1]

    def file_chunk(self, sha256: str, number: int) -> bytes | None:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        rows = self._all(_FILE_CHUNK, (self._scope, sha256, number))
        return rows[0][0] if rows else None

    def hint(self, seconds: float) -> int | None:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        import psycopg

        connection = self._connection
        if connection is None:
            raise HubUnavailable("The hub is not connected.")
        try:
            if not self._listens:
                connection.execute(f"LISTEN {hint_channel(self._scope)}")
                self._listens = True
            for hint in connection.notifies(timeout=seconds, stop_after=1):
                return int(hint.payload) if hint.payload.isdecimal() else 0
        except psycopg.Error as fault:
            raise self._as_heard(fault) from fault
        return None

    def cut(self) -> None:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        self._cut = True
        if (watch := self._watch) is not None:
            _shut(watch.line)

    def close(self) -> None:
        """See :class:`~gms_desktop.sync.transport.Hub`."""
        connection, self._connection = self._connection, None
        watch, self._watch = self._watch, None
        self._listens = False
        if watch is not None:
            watch.end()
        if connection is not None:
            connection.close()

    def _answered(self, query: str, values: tuple[Any, ...]) -> tuple[tuple[Any, ...] | None, tuple[Answer, str]]:
        try:
            return self._ask(query, values), (Answer.OK, "")
        except Turned as turned:
            return None, (turned.answer, str(turned))

    def _ask(self, query: str, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
        rows = self._rows(query, values)
        return rows[0] if rows else None

    def _all(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """The rows; an answer other than ok counts as none here, since these questions know no other."""
        try:
            return self._rows(query, values)
        except Turned as turned:
            raise HubUnavailable(str(turned)) from turned

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        def ask(connection: psycopg.Connection) -> list[tuple[Any, ...]]:
            with connection.cursor(binary=True) as cursor:
                return cursor.execute(query.encode(), values, prepare=True).fetchall()

        return self._with_connection(ask)

    def _with_connection(self, ask: Callable[[psycopg.Connection], Said]) -> Said:
        import psycopg

        if self._cut:
            raise HubUnavailable("This bench is closing.")
        try:
            if self._connection is None:
                self._connection = psycopg.connect(
                    **self._address.parameters(),  # type: ignore[arg-type]
                    password=self._password,
                    autocommit=True,
                )
            if self._cut:
                raise HubUnavailable("This bench is closing.")
            if self._watch is None:
                self._watch = _Watch(self._connection, self._silence)
            with self._watch:
                return ask(self._connection)
        except psycopg.Error as fault:
            raise self._as_heard(fault) from fault

    def _as_heard(self, fault: psycopg.Error) -> Exception:
        broken = self._connection is None or self._connection.broken or self._connection.closed
        if broken or not fault.sqlstate:
            self.close()
        return heard(fault, self._address)


def _columns(private: Sequence[PrivateValue]) -> tuple[list[str], list[str], list[bytes], list[str | None]]:
    subjects, commitments = [one.subject for one in private], [one.commitment for one in private]
    return subjects, commitments, [one.salt for one in private], [one.value for one in private]


class _Watch:
    """Shuts the line when an answer does not come: a half-open one would otherwise be waited on for ever.

    One thread for a connection, which wakes once in the time that an answer may take: no call has to wake it.
    """

    def __init__(self, connection: psycopg.Connection, seconds: float) -> None:
        self.line = socket.socket(fileno=socket.dup(connection.fileno()))
        self._seconds = seconds
        self._asked: float | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hub line", daemon=True)
        self._thread.start()

    def __enter__(self) -> None:
        self._asked = time.monotonic()

    def __exit__(self, *_raised: object) -> None:
        self._asked = None

    def end(self) -> None:
        self._ended.set()
        self._thread.join()
        self.line.close()

    def _run(self) -> None:
        left = self._seconds
        while not self._ended.wait(left):
            asked = self._asked
            left = self._seconds if asked is None else asked + self._seconds - time.monotonic()
            if left <= 0:
                _shut(self.line)
                return


def _shut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _page(after: int, head: int, epoch: str, row: tuple[Any, ...]) -> Page:
    verdicts, received, hashes, contents, order_hash, subjects, commitments, salts, values = row[:9]
    places = range(after + 1, after + 1 + len(verdicts))
    return Page(
        after,
        tuple(map(Placed, places, verdicts, received, hashes, contents)),
        tuple(map(PrivateValue, commitments, salts, values, subjects)),
        Standing(after + len(verdicts), order_hash, epoch),
        head,
        tuple(map(HubDigest, *row[9:13])),
    )
