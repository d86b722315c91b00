"""``hub follow``: the one process beside the database. It keeps the register, makes digests and bases, sends hints.

Benches do without it: they push, pull and judge while it is away, and it goes on where it was when it is back.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

import psycopg
from psycopg import sql

from gms_desktop.sync.hub import base, reporting
from gms_desktop.sync.hub.hub_register import HubRegister
from gms_desktop.sync.transport import hint_channel

HINT_SECONDS = 0.25
"""At most 4 hints a second a laboratory."""
HOLDS_AT_MOST = 5
"""Seconds that a bench's session may hold the head row of its laboratory."""
IDLE_SECONDS = 1.0
_LOOK_SECONDS = 0.05
ONE_FOLLOWER = 7_315_902_817
"""The advisory lock that the one following process of a hub holds."""

_HEADS = "SELECT scope, position FROM hub.scope ORDER BY scope"
# A session that has written something has a transaction number: at the hub that is one inside append.
_HOLDERS = """SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
    WHERE a.usename IN (SELECT b.login FROM hub.bench b) AND a.backend_xid IS NOT NULL
        AND a.xact_start < clock_timestamp() - make_interval(secs => %s)"""

Say = Callable[[str], None]


class AlreadyFollowed(Exception):
    """Another process follows this hub."""


@dataclass
class _Laboratory:
    """One laboratory while it is followed: its register, and what was said and done when."""

    register: HubRegister
    head: int = -1
    hinted: int = -1
    hinted_at: float = 0.0
    busy_at: float = 0.0
    noted: bool = False
    current: bool = False
    told: str = ""


@dataclass
class Follower:
    """Follows every laboratory of a hub.

    Attributes:
        dsn: of an administrator of the hub.
        say: told, in words, what a person who looks after the hub should see.
        plan: when bases are made.
    """

    dsn: str
    say: Say = lambda _line: None
    plan: base.Plan = field(default_factory=base.Plan)
    _laboratories: dict[str, _Laboratory] = field(default_factory=dict)
    _watched_at: float = 0.0
    _maker: Thread | None = None

    def run(self, stop: Event, *, once: bool = False) -> None:
        """Follow until told to stop.

        Args:
            stop: set by whoever wants an end.
            once: end when everything that is there is folded.

        Raises:
            AlreadyFollowed: when another process does.
            psycopg.Error: when the server goes away; whoever runs this starts it again.
        """
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            _take_turn(connection)
            try:
                self._run(connection, stop, once=once)
            finally:
                if self._maker is not None:
                    self._maker.join()
                for one in self._laboratories.values():
                    one.register.close()
                self._laboratories.clear()
                # The server lets go of it by itself only when it has seen the line end, and the next may come before.
                with contextlib.suppress(psycopg.Error):
                    connection.execute("SELECT pg_advisory_unlock(%s)", (ONE_FOLLOWER,))

    def _run(self, connection: psycopg.Connection, stop: Event, *, once: bool) -> None:
        while not stop.is_set():
            self._watch(connection)
            for scope, head in connection.execute(_HEADS).fetchall():
                self._see(connection, scope, head)
            more = [self._follow(connection, one, at_once=once) for one in self._laboratories.values()]
            if once and not any(more):
                return
            if not any(more):
                stop.wait(_LOOK_SECONDS)

    def _see(self, connection: psycopg.Connection, scope: str, head: int) -> None:
        one = self._laboratories.get(scope)
        if one is None:
            one = self._laboratories[scope] = _Laboratory(HubRegister(self.dsn, scope))
            self.say(f"{scope}: following from position {one.register.standing().position} of {head}.")
        now = time.monotonic()
        if head != one.head:
            one.head, one.busy_at, one.noted = head, now, False
        if one.head != one.hinted and now - one.hinted_at >= HINT_SECONDS:
            channel = sql.Identifier(hint_channel(scope))
            connection.execute(sql.SQL("NOTIFY {}, {}").format(channel, sql.Literal(str(one.head))))
            one.hinted, one.hinted_at = one.head, now

    def _follow(self, connection: psycopg.Connection, one: _Laboratory, *, at_once: bool) -> bool:
        """Fold a stretch; what is left for when there is nothing to fold. Whether there is more at once."""
        if one.register.step():
            one.busy_at, one.noted = time.monotonic(), False
            return True
        if one.register.trouble != one.told:
            one.told = one.register.trouble
            self.say(f"{one.register.scope}: {one.told or 'following again'}.")
        if not one.register.trouble and not one.current:
            self._caught_up(connection, one)
        if not one.noted and (at_once or time.monotonic() - one.busy_at >= IDLE_SECONDS):
            one.register.note_digests()
            one.noted = True
            self._make_base(connection, one.register.scope, wait=at_once)
        return False

    def _make_base(self, connection: psycopg.Connection, scope: str, *, wait: bool) -> None:
        """In a thread of its own, since it takes minutes for a large laboratory; one at a time."""
        if self._maker is not None and self._maker.is_alive():
            return
        if base.due(connection, scope, self.plan):
            self._maker = Thread(target=self._made_base, args=(scope,), name="base")
            self._maker.start()
            if wait:
                self._maker.join()

    def _made_base(self, scope: str) -> None:
        try:
            made = base.make(self.dsn, scope)
        except Exception as fault:  # a base is a convenience: the register goes on without it
            self.say(f"{scope}: no base was made ({type(fault).__name__}: {fault}).")
            return
        if made is not None:
            self.say(f"{scope}: base at position {made.position} made, {made.size} bytes.")

    def _caught_up(self, connection: psycopg.Connection, one: _Laboratory) -> None:
        one.register.drop_former()
        reporting.make_views(connection)
        one.current = True

    def _watch(self, connection: psycopg.Connection) -> None:
        """End sessions of benches that sit on the head row: everybody else of their laboratory waits for it."""
        now = time.monotonic()
        if now - self._watched_at >= 1.0:
            self._watched_at = now
            for _ in connection.execute(_HOLDERS, (HOLDS_AT_MOST,)).fetchall():
                self.say(f"a session of a bench held its laboratory's order for over {HOLDS_AT_MOST} s and was ended.")


def _take_turn(connection: psycopg.Connection) -> None:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (ONE_FOLLOWER,)).fetchone()
    if row is None or not row[0]:
        raise AlreadyFollowed("Another process follows this hub already. One is enough; end it first.")
