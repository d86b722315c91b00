"""A bench joins its laboratory's hub by the code that the hub gave for it.

The password is in the secret store before the code is spent, and the settings name the hub last: whatever is cut short
is done again with the same code.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop import file_words, hub_words
from gms_desktop import settings as settings_file
from gms_desktop.bench_file import BenchFile
from gms_desktop.domain.identifiers import accession
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import secret_store, sqlite_file, store
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.set_up import FirstStart, set_up
from gms_desktop.settings import HubSettings, Settings

if TYPE_CHECKING:
    from gms_desktop.sync.base_file import FetchedBase
    from gms_desktop.sync.joining import Met
    from gms_desktop.sync.postgres_transport import HubAddress, PostgresHub
    from gms_desktop.sync.transport import Greeting

Tell = Callable[[str], None]
_SYSTEM = "system"


@dataclass(frozen=True)
class Joined:
    """A bench that has joined: its settings, already written, and words for a person."""

    settings: Settings
    words: str


@dataclass(frozen=True)
class _Here:
    """What this bench is before it joins: the scope of its file, if it has one, and whether that holds any history."""

    scope: str | None
    has_history: bool


def secret_name(login: str) -> str:
    """Under what name the bench's secret store keeps the password of a login."""
    return f"hub-{login}"


def address_of(hub: HubSettings) -> HubAddress:
    """Where the settings say that the hub is."""
    from gms_desktop.sync.postgres_transport import HubAddress

    return HubAddress(hub.host, hub.port, hub.database, hub.login, hub.tls, hub.root_certificate)


def join(
    file: BenchFile,
    code: str,
    settings: Settings,
    first: FirstStart | None = None,
    certificate: str = "",
    tell: Tell = lambda _words: None,
) -> Joined:
    """Join with a bench whose file no window has open: a fresh one gets the laboratory's history from the hub.

    Args:
        file: the bench's file, taken by the caller.
        code: as typed or scanned.
        settings: to write, with the hub in them; a bench without a name gets the one that the hub knows it by.
        first: how the laboratory begins, for the first bench of a hub that holds nothing yet.
        certificate: file of the authority that signed the hub's certificate; ``""`` for those this machine trusts.
        tell: is told how far the history has come.

    Raises:
        Refused: when the code, the hub or the bench is not the right one; nothing was changed.
        Unavailable: when the hub gave no answer.
    """
    here = _here(file)
    hub, met = meet(file, code, here.scope, settings, certificate=certificate)
    settings = replace(settings, hub=hub, bench=settings.bench.strip() or met.greeting.bench)
    entries = 0 if here.has_history else _receive(file, met, settings.bench, first, tell)
    settings_file.write(file.folder, settings)
    return Joined(settings, hub_words.joined(met.greeting.laboratory, settings.bench, entries))


def meet(
    file: BenchFile, code: str, scope: str | None, settings: Settings, *, certificate: str = ""
) -> tuple[HubSettings, Met]:
    """Prove the code to the hub and get in, when it is the right hub for this bench.

    Args:
        file: the bench's file, for its secrets.
        code: as typed or scanned.
        scope: the laboratory of this bench's history; None for a bench that has none.
        settings: the bench's.
        certificate: as :func:`join` takes it.

    Raises:
        Refused: when the code, the hub or the bench is not the right one; the code is not spent then.
        Unavailable: when the hub gave no answer.
    """
    from gms_desktop.sync import joining
    from gms_desktop.sync.enrolment_code import NotAnEnrolmentCode, parse
    from gms_desktop.sync.transport import HubRefusesBench, HubUnavailable

    try:
        said = parse(code)
    except NotAnEnrolmentCode as fault:
        raise Refused(str(fault) if code.strip() else hub_words.NO_CODE) from fault
    known = settings.hub
    if (said.host, said.port, said.database) == (known.host, known.port, known.database) and said.login != known.login:
        # The hub knows this bench's writer under its login, and takes nothing of it from another.
        raise Refused(hub_words.other_login(known.login))
    address = joining.address_of(said, joining.tls_for(said.host), _kept(file.folder, certificate.strip()) or _SYSTEM)
    password = _password(file.secrets, said.login)
    try:
        met = joining.meet(said, address, password, file.pepper, lambda hub: _check(hub, scope, settings))
    except HubRefusesBench as fault:
        raise Refused(str(fault)) from fault
    except HubUnavailable as fault:
        raise Unavailable(str(fault), still_works="The code is still good. Try again when the hub answers.") from fault
    if scope is not None and met.pepper != file.pepper:
        raise Refused(hub_words.other_pepper(met.greeting.laboratory))
    file.secrets.put("pepper", met.pepper)
    return (
        HubSettings(address.host, address.port, address.database, address.login, address.tls, address.root_certificate),
        met,
    )


def _kept(folder: Path, certificate: str) -> str:
    """A copy of the authority's file among the bench's own: the stick that it came on is taken away again."""
    if not certificate:
        return ""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        content = Path(certificate).read_bytes()
        load_pem_x509_certificates(content)
    except OSError as fault:
        raise Refused(file_words.not_read(Path(certificate), fault, certificate)) from fault
    except ValueError as fault:
        raise Refused(hub_words.no_certificate(certificate)) from fault
    copy = folder / f"hub-authority-{sha256(content).hexdigest()[:8]}.crt"
    if not copy.exists():
        folder.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    return str(copy)


def _password(kept: secret_store.SecretStore, login: str) -> str:
    """The bench's own password under a login, kept before it is used: a try cut short is made again with it."""
    name = secret_name(login)
    password = kept.get(name)
    if password is None:
        password = secrets.token_urlsafe(32).encode()
        kept.put(name, password)
    return password.decode()


def _check(hub: Greeting, scope: str | None, settings: Settings) -> None:
    from gms_desktop.sync.transport import PROTOCOL

    if hub.rehearsal != settings.rehearsal:
        raise Refused(hub_words.rehearsal_only(hub.rehearsal))
    if hub.least_protocol > PROTOCOL:
        raise Refused(hub_words.too_new(hub.least_protocol))
    if scope is not None and hub.scope != scope:
        raise Refused(hub_words.other_laboratory(hub.laboratory, hub.scope, scope))


def _here(file: BenchFile) -> _Here:
    key = secret_store.key_of(file.secrets)
    if key is None or not file.path.exists():
        return _Here(None, has_history=False)
    db = sqlite_file.open_for_reading(file.path, key)
    try:
        writers = store.writers(db)
        return _Here(writers[0].scope if writers else None, look_up.laboratory(db) is not None)
    finally:
        db.close()


def _receive(file: BenchFile, met: Met, bench: str, first: FirstStart | None, tell: Tell) -> int:
    """Begin as a writer of the laboratory and take its history in. How many entries came."""
    from gms_desktop.sync.postgres_transport import PostgresHub

    if met.greeting.head.position == 0 and first is None:
        raise Refused(hub_words.empty_laboratory(met.greeting.laboratory))
    password = file.secrets.get(secret_name(met.address.login)) or b""
    hub = PostgresHub(met.address, password.decode(), met.greeting.scope)
    try:
        fetched = _fetch_base(file, hub, met, tell)
        ledger = file.open(lambda fresh: _begin(fresh, met, bench, first, fetched))
        try:
            _loaded(ledger, fetched)
            return (fetched.position if fetched else 0) + _pull(ledger, hub, met, tell)
        finally:
            ledger.db.close()
    finally:
        hub.close()


def _fetch_base(file: BenchFile, hub: PostgresHub, met: Met, tell: Tell) -> FetchedBase | None:
    """The laboratory's history up to the newest base, in one piece; None where it has to come entry by entry."""
    from gms_desktop.sync import base_file
    from gms_desktop.sync.transport import HubUnavailable

    offered = base_file.offered(met.greeting)
    if offered is None or _here(file).scope is not None:
        return None
    try:
        return base_file.fetch(
            hub, offered, file.folder, lambda came, size: tell(f"Received {came:,} of {size:,} bytes of the base")
        )
    except HubUnavailable as fault:
        raise Unavailable(
            str(fault), still_works="What has come is kept. Join again with the same code to go on."
        ) from fault
    except base_file.BaseDiffers:
        # The entries themselves prove what they are, and take longer.
        return None


def _loaded(ledger: Ledger, fetched: FetchedBase | None) -> None:
    from gms_desktop.sync import base_file

    if fetched is not None:
        base_file.detach(ledger.db)
        base_file.remove(fetched.path.parent)


def _begin(ledger: Ledger, met: Met, bench: str, first: FirstStart | None, fetched: FetchedBase | None) -> None:
    from gms_desktop.sync import base_file, replica

    hub = met.greeting
    if fetched is not None:
        base_file.load(ledger.db, base_file.attach(ledger.db, fetched), hub.head.epoch)
        ledger.reload()
    short_code = next(iter(hub.short_codes), "") or accession.short_code_from_bits(ledger.chance.bits(30))
    if hub.head.position == 0 and first is not None:
        set_up(ledger, first, met.pepper, scope=hub.scope, short_code=short_code)
    else:
        ledger.begin_writer(hub.scope, short_code, "joined", bench)
    replica.put_standing(ledger.db, replica.standing(ledger.db, hub.scope))


def _pull(ledger: Ledger, hub: PostgresHub, met: Met, tell: Tell) -> int:
    from gms_desktop.sync import pins
    from gms_desktop.sync.history import take_history
    from gms_desktop.sync.messages import MOST_ENTRIES, Page
    from gms_desktop.sync.rebase import Taken
    from gms_desktop.sync.transport import HubUnavailable

    def told(taken: Taken, page: Page) -> None:
        if taken.update_needed is not None:
            raise Refused(f"The hub holds {taken.update_needed}. Update this bench, then join again.")
        tell(f"Received {taken.standing.position:,} of {page.head:,} entries")

    try:
        came = take_history(ledger, lambda standing: hub.pull(standing, MOST_ENTRIES), told)
        with ledger.db.write():
            pins.take(ledger, met.greeting.head.epoch, hub.credentials(0))
    except HubUnavailable as fault:
        raise Unavailable(
            str(fault), still_works="What has come is kept. Join again with the same code to go on."
        ) from fault
    return came
