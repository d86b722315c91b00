"""What a bench does at its first contact with a hub: it proves the code and puts a password of its own in its place."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop.sync.enrolment_code import EnrolmentCode
from gms_desktop.sync.postgres_transport import HubAddress, Tls, heard
from gms_desktop.sync.transport import HubRefusesBench


def address_of(code: EnrolmentCode, tls: Tls = "verify-full", root_certificate: str = "system") -> HubAddress:
    """Where the code says that the hub is."""
    return HubAddress(code.host, code.port, code.database, code.login, tls, root_certificate)


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


def _opens(address: HubAddress, password: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(**address.parameters(), password=password) as connection:  # type: ignore[arg-type]
            row = connection.execute("SELECT state FROM hub.greet()").fetchone()
            return row is not None and row[0] == "active"
    except psycopg.Error:
        return False
