"""The hub's database as its administrator reaches it; every fault of the way there is a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gms_desktop.errors import Refused, Unavailable

if TYPE_CHECKING:
    import psycopg

Say = Callable[[str], None]


@contextmanager
def reached(database: str) -> Iterator[psycopg.Connection]:
    """A connection that commits each statement, to a database that is a hub of this version.

    Raises:
        Refused: when it is no hub, or one of another version.
        Unavailable: when it cannot be reached.
    """
    import psycopg

    from gms_desktop.sync.hub import migrations

    with faults_in_words(), psycopg.connect(database, autocommit=True) as connection:
        found = migrations.revision(connection)
        if found is None:
            raise Refused("This database is no hub yet. Run: gms-desktop hub init NAME.")
        if found not in migrations.KNOWN:
            raise Refused(f"The hub is at {found}, which is newer than this version. Use the newer gms-desktop.")
        if found != migrations.HEAD:
            raise Refused(f"The hub is at {found}; this version needs {migrations.HEAD}. Run: gms-desktop hub migrate.")
        yield connection


@contextmanager
def faults_in_words() -> Iterator[None]:
    """Turn what the driver and the hub's own functions raise into what a person is told."""
    import psycopg

    from gms_desktop.sync.hub.enrol import CannotEnrol
    from gms_desktop.sync.hub.migrations import NewerHub

    try:
        yield
    except (CannotEnrol, NewerHub) as fault:
        raise Refused(str(fault)) from fault
    except psycopg.OperationalError as fault:
        raise Unavailable(
            f"The hub's database does not answer ({_said(fault)}). Check --database and that the server runs.",
            still_works="Benches work on and keep what they record.",
        ) from fault
    except psycopg.errors.InsufficientPrivilege as fault:
        raise Refused(f"This account may not do that at the hub ({_said(fault)}). Use its administrator.") from fault
    except psycopg.ProgrammingError as fault:
        if fault.sqlstate is None:
            raise Refused(f"--database is no address of a database ({_said(fault)}): postgresql://…") from fault
        raise


def _said(fault: psycopg.Error) -> str:
    return " ".join((fault.diag.message_primary or str(fault)).split())


def scope_of(connection: psycopg.Connection, named: str) -> str:
    """The laboratory that is meant: the one named, or the only one.

    Raises:
        Refused: when there is none, no such one, or several and none is named.
    """
    known = [str(scope) for (scope,) in connection.execute("SELECT scope FROM hub.scope ORDER BY scope").fetchall()]
    if named and named not in known:
        raise Refused(f"The hub has no laboratory {named}. It has: {', '.join(known) or 'none'}.")
    if not named and len(known) != 1:
        raise Refused(f"Say which laboratory with --scope. The hub has: {', '.join(known) or 'none'}.")
    return named or known[0]
