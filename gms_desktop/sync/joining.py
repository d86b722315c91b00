"""What a bench does at its first contact with a hub: it proves the code and puts a password of its own in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gms_desktop.sync.enrolment_code import EnrolmentCode
from gms_desktop.sync.heard import heard
from gms_desktop.sync.postgres_transport import HubAddress, PostgresHub, Tls
from gms_desktop.sync.transport import Greeting, HubRefusesBench, HubUnavailable

_THIS_MACHINE = frozenset({"127.0.0.1", "[::1]", "localhost"})
ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Met:
    """A hub that has let this bench in: where it is, what it says of itself, and the laboratory's pepper."""

    address: HubAddress
    greeting: Greeting
    pepper: bytes


def address_of(code: EnrolmentCode, tls: Tls = "verify-full", root_certificate: str = "system") -> HubAddress:
    """Where the code says that the hub is."""
    return HubAddress(code.host, code.port, code.database, code.login, tls, root_certificate)


def tls_for(host: str) -> Tls:
    """A hub on this very machine needs no certificate: nothing of the talk with it goes over a wire."""
    return "disable" if host.startswith("/") or host in _THIS_MACHINE else "verify-full"


def meet(
    code: EnrolmentCode, address: HubAddress, password: str, pepper: bytes, check: Callable[[Greeting], None]
) -> Met:
    """Find out whose hub it is, and only when that is right take the code up and share the pepper.

    Args:
        code: as typed or scanned.
        address: where the hub is.
        password: the bench's own from now on; the caller has put it in its secret store before.
        pepper: this bench's, which the laboratory takes as its own while it has none.
        check: looks at the hub's greeting before the code is spent, and raises what is wrong with it.

    Raises:
        HubRefusesBench: when the code was used by another, withdrawn, or is over 24 hours old.
        HubUnavailable: when the hub gave no answer.
    """
    try:
        greeting = _greeting(address, code.secret)
    except HubRefusesBench:
        # Perhaps the code was taken up in an earlier try whose answer was lost: then the new password opens the door.
        try:
            greeting = _greeting(address, password)
        except HubRefusesBench as fault:
            raise HubRefusesBench(_spent(str(fault), code.login)) from fault
    check(greeting)
    if greeting.state != ACTIVE:
        take_up(code, address, password)
    return Met(address, _greeting(address, password), share_pepper(address, password, pepper))


def _spent(said: str, login: str) -> str:
    """Why neither the code nor the bench's own password opens the door; other refusals have words of their own."""
    if "password" not in said:
        return said
    return (
        "This code opens nothing here: it was used at another computer, or a newer one was given out. Each bench has a "
        "code of its own. For this one ask for a new code: gms-desktop hub enrol NAME, or gms-desktop hub invite "
        f"{login} when it is the bench {login}."
    )


def take_up(code: EnrolmentCode, address: HubAddress, password: str) -> HubAddress:
    """Make the bench active under ``password``, which the caller has put in its secret store before.

    Again is no harm: when the answer was lost after the password was changed, the new password opens the door.

    Raises:
        HubRefusesBench: when the code was used by another, withdrawn, or is over 24 hours old.
        HubUnavailable: when the hub gave no answer.
    """
    import psycopg
    from psycopg import sql

    address = replace(address, login=code.login)
    try:
        with psycopg.connect(**address.parameters(), password=code.secret) as connection:  # type: ignore[arg-type]
            row = connection.execute("SELECT taken, detail FROM hub.take_up()").fetchone()
            if row is None or not row[0]:
                raise HubRefusesBench(row[1] if row else "The hub gave no answer to the code.")
            verifier = connection.pgconn.encrypt_password(password.encode(), code.login.encode(), b"scram-sha-256")
            connection.execute(sql.SQL("ALTER ROLE CURRENT_USER PASSWORD {}").format(sql.Literal(verifier.decode())))
    except psycopg.Error as fault:
        if not _opens(address, password):
            raise heard(fault, address) from fault
    return address


def share_pepper(address: HubAddress, password: str, mine: bytes) -> bytes:
    """The laboratory's pepper: what the hub has, or ``mine`` when this bench is the first to bring one.

    Raises:
        HubUnavailable: when the hub gave no answer.
    """
    import psycopg

    try:
        with psycopg.connect(**address.parameters(), password=password) as connection:  # type: ignore[arg-type]
            row = connection.execute("SELECT hub.share_pepper(%s::bytea)", (mine,)).fetchone()
    except psycopg.Error as fault:
        raise heard(fault, address) from fault
    if row is None:
        raise HubUnavailable("The hub gave no pepper.")
    return bytes(row[0])


def _greeting(address: HubAddress, password: str) -> Greeting:
    hub = PostgresHub(address, password, "")
    try:
        return hub.greet()
    finally:
        hub.close()


def _opens(address: HubAddress, password: str) -> bool:
    try:
        return _greeting(address, password).state == ACTIVE
    except HubUnavailable:
        return False
