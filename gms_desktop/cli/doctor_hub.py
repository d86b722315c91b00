"""The doctor's look at the hub: where the bench is enrolled, what was shared, does it answer, clock, certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.doctor_lines import Line, span, to_do, well
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import secret_store, sqlite_file, store
from gms_desktop.journal.database import Database
from gms_desktop.settings import HubSettings, Settings

WARN_BEFORE = timedelta(days=21)
_LATE = timedelta(hours=24)


def hub_lines(data: Path, said: Settings) -> Iterator[Line]:
    """Lines about the hub of a bench that is set up."""
    hub = said.hub
    if not hub.host:
        yield well("Hub", "none: this bench works on its own. gms-desktop join CODE lets it join one.")
        return
    yield well("Hub", f"{said.bench} is {hub.login} at {hub.host}:{hub.port}, database {hub.database}")
    yield from _shared(data)
    yield _answers(data, hub)
    if hub.tls == "verify-full":
        yield _certificate(hub)


def _shared(data: Path) -> Iterator[Line]:
    try:
        with reading(data / DATABASE, data) as db:
            yield _waiting(db, datetime.now(UTC))
    except (Refused, Unavailable, sqlite_file.DriverError):
        # What ails the file is told by the lines about the file.
        return


def _waiting(db: Database, now: datetime) -> Line:
    from gms_desktop.sync import outbox, replica

    ledger = look_at(db)
    count = outbox.waiting(db, ledger.head)
    if not count:
        last = store.by_identity(db, f"{ledger.head.writer}/{ledger.head.last_seq}")
        up_to = f", up to what was recorded on {_minute(last.entry.occurred_at)}" if last is not None else ""
        position = replica.standing(db, ledger.head.scope).position
        return well("Shared", f"everything{up_to}; this bench is at entry {position:,}")
    oldest = next(
        (one.entry.occurred_at for writer in replica.own_writers(db) for one in _unsent(db, writer)), instant(now)
    )
    age = now - datetime.fromisoformat(oldest)
    words = f"{count} entries wait to be shared, the oldest since {_minute(oldest)}, {span(max(age, timedelta(0)))}"
    if age < _LATE:
        return well("Shared", f"{words}. They are saved here.")
    return to_do("Shared", f"{words}. They are saved here. If the hub stays away: gms-desktop carry-out FILE.")


def _unsent(db: Database, writer: str) -> list[store.Stored]:
    from gms_desktop.sync import replica

    return store.of_writer_after(db, writer, replica.acked_seq(db, writer))[:1]


def _answers(data: Path, hub: HubSettings) -> Line:
    from gms_desktop.hub_joining import address_of, secret_name
    from gms_desktop.sync.heard import LinesInUse
    from gms_desktop.sync.postgres_transport import PostgresHub
    from gms_desktop.sync.status import clock_words
    from gms_desktop.sync.transport import HubUnavailable

    kept = secret_store.secrets_of(data).get(secret_name(hub.login))
    if kept is None:
        again = f"Ask for a new code (gms-desktop hub invite {hub.login}) and join with it."
        return to_do("Hub answers", f"the hub's password is not on this computer. {again} Everything is saved here.")
    asked = PostgresHub(address_of(hub), kept.decode(), "")
    try:
        before = datetime.now(UTC)
        found = asked.greet()
        now = datetime.now(UTC)
    except LinesInUse:
        return well("Hub answers", "it does; the open window holds the lines it has for this bench, see Devices there")
    except HubUnavailable as fault:
        return to_do("Hub answers", f"{fault} Benches work on and keep what they record.")
    finally:
        asked.close()
    offset = round(((found.server_time - before) - (now - before) / 2).total_seconds() * 1000)
    if found.state != "active":
        return to_do("Hub answers", f"this bench is {found.state} there, not active. Ask whoever looks after the hub.")
    if clock_words(offset):
        return to_do("Hub answers", clock_words(offset))
    recovering = "; it is being recovered, this bench gives back what it lost by itself" if found.recovering else ""
    clock = f"this computer's clock is {abs(offset) / 1000:.1f} s {'behind' if offset > 0 else 'ahead'}"
    took = (now - before).total_seconds() * 1000
    return well(
        "Hub answers", f"{found.laboratory}, entry {found.head.position:,}, in {took:.0f} ms; {clock}{recovering}"
    )


def _certificate(hub: HubSettings) -> Line:
    from gms_desktop.hub_joining import address_of
    from gms_desktop.sync import certificate

    shown = certificate.look(address_of(hub))
    if shown.trouble or shown.until is None:
        return to_do("Certificate", shown.trouble or "the hub showed none")
    left = shown.until - datetime.now(UTC)
    words = f"the hub's holds until {shown.until:%d/%m/%Y}, {left.days} days"
    if left < WARN_BEFORE:
        return to_do("Certificate", f"{words}. Tell whoever looks after the hub: it needs a new one before then.")
    return well("Certificate", words)


def _minute(at: str) -> str:
    return dates.display_minute(dates.to_local(datetime.fromisoformat(at), "Europe/London"))
