"""``hub status``, ``verify``, ``follow``, ``base``, ``recover`` and ``hand-over``: looking after a hub at work."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from gms_desktop.cli.hub_reached import Say, faults_in_words, reached, scope_of
from gms_desktop.errors import Refused

if TYPE_CHECKING:
    from gms_desktop.sync.hub.recovering import Changed, Recovery
    from gms_desktop.sync.hub.state import BenchState, LaboratoryState
    from gms_desktop.sync.hub.verify import Proof

DONE, SEE_TO = 0, 1
_MOST_MISSING = 20


def status(database: str, say: Say) -> int:
    """Say how each laboratory stands. 1 when a person should see to something.

    Raises:
        Refused, Unavailable: when there is no hub to ask.
    """
    from gms_desktop.sync.hub.state import following_since, laboratories

    wanting: list[str] = []
    with reached(database) as connection:
        since = following_since(connection)
        say(f"hub follow       {f'runs since {since:%d/%m/%Y %H:%M %Z}' if since else 'does not run'}")
        if since is None:
            wanting.append("hub follow does not run: start gms-desktop hub follow under its service manager.")
        for one in laboratories(connection):
            for line in _lines(one):
                say(line)
            wanting += _wanting(one)
    for sentence in wanting:
        say(f"See to: {sentence}")
    return SEE_TO if wanting else DONE


def _lines(one: LaboratoryState) -> Iterator[str]:
    yield f"{one.name}{' (rehearsal)' if one.rehearsal else ''}  scope {one.scope}"
    yield f"  Order            position {one.position}, epoch {one.epoch}"
    behind = (
        "not followed" if one.followed is None else f"folded to {one.followed}, {one.position - one.followed} to go"
    )
    yield f"  Register         {behind}"
    for base in one.bases:
        yield f"  Base             position {base.position}, {base.size:,} bytes, {base.made_at:%d/%m/%Y %H:%M %Z}"
    for bench in one.benches:
        yield f"  {_bench(bench)}"


def _bench(bench: BenchState) -> str:
    seen = f"last entry {bench.last_entry_at:%d/%m/%Y %H:%M %Z}" if bench.last_entry_at else "nothing shared yet"
    there = ", connected" if bench.connected else ""
    writers = f", writers {' '.join(bench.writers)}" if bench.writers else ""
    return f"{bench.name:<16} {bench.login}  {bench.state}, {seen}{there}, {bench.spare_codes} spare codes{writers}"


def _wanting(one: LaboratoryState) -> Iterator[str]:
    if one.waits_for_recovery:
        yield f"{one.name}: its server was restored or took over: gms-desktop hub recover begin --scope {one.scope}"
    if one.recovery is not None:
        yield f"{one.name}: a recovery is open. {_told(one.recovery)}"
    if one.trouble:
        yield f"{one.name}: the register stays at {one.followed}: {one.trouble}"
    elif one.followed is None or one.position - one.followed > 5_000:
        yield f"{one.name}: the register is behind. gms-desktop hub follow keeps it."
    for bench in one.benches:
        if bench.state == "active" and bench.spare_codes == 0:
            yield f"{bench.name} has no short code to spare. Run: gms-desktop hub short-codes {bench.login}"


def verify(database: str, scope: str, say: Say) -> int:
    """Prove one laboratory, or all. 1 when something does not hold.

    Raises:
        Refused, Unavailable: when there is no hub to prove.
    """
    from gms_desktop.sync.hub.verify import verify as prove

    clean = True
    with reached(database) as connection:
        known = connection.execute("SELECT scope FROM hub.scope ORDER BY scope").fetchall()
        for one in [scope_of(connection, scope)] if scope else [str(row[0]) for row in known]:
            proof = prove(connection, one)
            verdicts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(proof.verdicts.items()))
            register = "none" if proof.register_at is None else f"equal to the fold up to {proof.register_at}"
            say(f"{one}")
            say(f"  Entries          {proof.entries} ({verdicts or 'none'}), each judged again")
            say(f"  Writers          {proof.writers}")
            say(f"  Private values   {proof.private}, {proof.erased} of them erased")
            for line in _files(proof):
                say(line)
            say(f"  Register         {register if proof.clean else 'see below'}")
            for finding in proof.findings:
                say(f"Does not hold: {finding}")
            clean = clean and proof.clean
    say("Everything holds." if clean else "Keep the database as it is and report it.")
    return DONE if clean else SEE_TO


def _files(proof: Proof) -> Iterator[str]:
    files = proof.files
    yield (
        f"  Files            {files.cited} cited: {files.whole} here ({files.bytes:,} bytes, each as its hash says), "
        f"{files.emptied} erased, {files.under_way} in part, {len(files.missing)} still at their bench"
    )
    for one in files.missing[:_MOST_MISSING]:
        yield f"    still at its bench since {one.at[:10]}: {one.sha256[:12]}…, cited by {one.writer}/{one.seq}"


def follow(database: str, say: Say, *, once: bool) -> int:
    """Follow until a signal or Ctrl-C says stop; a server that goes away is waited for.

    Raises:
        Refused: when another process follows, or there is no hub.
        Unavailable: when the hub cannot be reached at the start.
    """
    import psycopg

    from gms_desktop.sync.hub.follow import AlreadyFollowed, Follower

    stop = threading.Event()
    with suppress(ValueError):  # only a main thread is told of signals
        signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    with reached(database):
        pass
    try:
        while not stop.is_set():
            try:
                Follower(database, say).run(stop, once=once)
            except psycopg.OperationalError as fault:
                say(f"The hub's database went away ({type(fault).__name__}). Asking again.")
                stop.wait(5)
                continue
            if once:
                break
    except AlreadyFollowed as fault:
        raise Refused(str(fault)) from fault
    except KeyboardInterrupt:
        say("Stopped.")
    return DONE


def base(database: str, scope: str, say: Say) -> int:
    """Make a base now.

    Raises:
        Refused, Unavailable: when there is no hub.
    """
    from gms_desktop.sync.hub import base as making

    with reached(database) as connection:
        scope = scope_of(connection, scope)
    with faults_in_words():
        made = making.make(database, scope)
    say(
        "There is nothing newer to make a base of."
        if made is None
        else f"Base at {made.position}, {made.size:,} bytes."
    )
    return DONE


def recover_begin(database: str, scope: str, reason: str, by: str, gigabytes: int, say: Say) -> int:
    """Open a recovery, which keeps at most so many gigabytes of what one bench alone gives back.

    Raises:
        Refused: one is open already, or no reason is given.
        Unavailable: when the hub cannot be reached.
    """
    from gms_desktop.sync.hub import recovering

    with reached(database) as connection:
        scope = scope_of(connection, scope)
        number = recovering.begin(connection, scope, reason, by, gigabytes * 10**9)
    say(f"Recovery {number} of {scope} is open. Benches that have more than the hub give it back by themselves,")
    say("within a minute of being switched on. Wait for every bench that may have: gms-desktop hub status shows")
    say("how many came. Then: gms-desktop hub recover close.")
    return DONE


def recover_close(database: str, scope: str, by: str, place: list[str], leave: list[str], say: Say) -> int:
    """Close the open recovery and list what a person must look at. 1 when there is something.

    Raises:
        Refused: none is open, or entries that nothing proves were named neither in ``place`` nor in ``leave``.
        Unavailable: when the hub cannot be reached.
    """
    from gms_desktop.sync.hub import recovering

    with reached(database) as connection:
        scope = scope_of(connection, scope)
        closed = recovering.close(connection, scope, by, place, leave)
    say(
        f"Recovery {closed.number} of {scope} is closed: {closed.placed} entries are back in their order, "
        f"{closed.there} were there, {closed.left_out} were left out."
    )
    for one in closed.changed:
        say(f"  {_changed(one)}")
    return SEE_TO if closed.changed else DONE


def recover_show(database: str, scope: str, say: Say) -> int:
    """Tell every recovery.

    Raises:
        Refused, Unavailable: when there is no hub.
    """
    from gms_desktop.sync.hub import recovering

    with reached(database) as connection:
        scope = scope_of(connection, scope)
        known = recovering.recoveries(connection, scope)
        for one in known:
            say(_told(one))
        waiting = recovering.unproved(connection, scope) if known and known[0].ended_at is None else ()
        if waiting:
            say("Proved by nobody so far; recover close asks of each whether it is placed:")
        for unproved in waiting:
            say(f"  {recovering.in_words(unproved)}")
        for line in recovering.changed(connection, scope, known[0].number) if known else ():
            say(f"  {_changed(line)}")
    if not known:
        say(f"{scope} was never recovered.")
    return DONE


def hand_over(database: str, scope: str, writer: str, login: str, say: Say) -> int:
    """Give a writer to a bench.

    Raises:
        Refused: no such writer or bench.
        Unavailable: when the hub cannot be reached.
    """
    from gms_desktop.sync.hub import recovering

    with reached(database) as connection:
        recovering.hand_over(connection, scope_of(connection, scope), writer, login)
    say(f"{writer} belongs to {login}.")
    return DONE


def _told(one: Recovery) -> str:
    opened = f"Recovery {one.number}, opened {one.began_at:%d/%m/%Y %H:%M %Z} by {one.opened_by}: {one.reason}."
    if one.ended_at is None:
        full = (
            f" More than this recovery keeps of one came from {', '.join(one.turned_away)}." if one.turned_away else ""
        )
        silent = f" Not heard so far: {', '.join(one.silent)}." if one.silent else ""
        return f"{opened} {one.benches} benches gave back {one.entries} entries so far.{full}{silent}"
    return f"{opened} Closed {one.ended_at:%d/%m/%Y %H:%M %Z} by {one.closed_by}."


def _changed(one: Changed) -> str:
    if one.outcome == "left":
        return f"{one.entry}, formerly at {one.former_position}: left out, {one.why}. Its own bench sends it again."
    on_word = f" Placed {one.why}." if one.why else ""
    return (
        f"{one.entry}, formerly at {one.former_position}: was {one.former_verdict}, is {one.verdict} at {one.position}."
        f"{on_word}"
    )
