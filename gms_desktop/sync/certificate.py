"""Looks at the certificate that a hub shows: why this computer does not trust it, and until when it holds.

The driver says only that a certificate was not verified. This asks the server for it once more, in the way PostgreSQL
begins TLS (SSLRequest, "Frontend/Backend Protocol" of its manual), and sends nothing after.
"""

from __future__ import annotations

import socket
import ssl
import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from gms_desktop.sync.postgres_transport import HubAddress

SECONDS = 5.0
_SSL_REQUEST = struct.pack(">II", 8, 80_877_103)
# Codes of OpenSSL, X509_V_ERR_… in its x509_vfy.h.
_NOT_YET, _EXPIRED, _OTHER_NAMES = 9, 10, frozenset({62, 64})
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Shown:
    """The certificate that a hub shows.

    Attributes:
        trouble: why it is not trusted, in words with what to do; ``""`` when it is.
        until: until when it holds; None when none was shown.
    """

    trouble: str
    until: datetime | None


def look(address: HubAddress) -> Shown:
    """What certificate the hub at an address shows, and whether this computer trusts it."""
    root = address.root_certificate
    if root != SYSTEM and not Path(root).is_file():
        return Shown(
            f"The file of the hub's authority, {root}, is not there. Join again with --certificate FILE.", None
        )
    try:
        trusting = ssl.create_default_context(cafile=None if root == SYSTEM else root)
    except (ssl.SSLError, OSError):
        return Shown(f"{root} holds no certificate of an authority. Ask for the right file, in PEM form.", None)
    verdict: ssl.SSLCertVerificationError | None = None
    try:
        _handshake(address, trusting)
    except ssl.SSLCertVerificationError as fault:
        verdict = fault
    except (OSError, EOFError) as fault:
        return Shown(f"{address.host} did not begin TLS as a hub does ({_first_line(fault)}).", None)
    found = _unproved(address)
    until = found.not_valid_after_utc if found is not None else None
    return Shown("" if verdict is None else _why(address, verdict.verify_code, found), until)


def _unproved(address: HubAddress) -> Certificate | None:
    """The certificate as it is shown, trusted or not: only to say what is in it."""
    from cryptography.x509 import load_der_x509_certificate

    anyones = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anyones.check_hostname, anyones.verify_mode = False, ssl.CERT_NONE
    with suppress(OSError, EOFError, ValueError):
        return load_der_x509_certificate(_handshake(address, anyones))
    return None


def _handshake(address: HubAddress, context: ssl.SSLContext) -> bytes:
    host = address.host.strip("[]")
    with socket.create_connection((host, address.port), SECONDS) as line:
        line.settimeout(SECONDS)
        line.sendall(_SSL_REQUEST)
        if line.recv(1) != b"S":
            raise EOFError("it speaks no TLS")
        with context.wrap_socket(line, server_hostname=host) as secured:
            return secured.getpeercert(binary_form=True) or b""


def _why(address: HubAddress, code: int, found: Certificate | None) -> str:
    day = "%d/%m/%Y"
    if code == _EXPIRED and found is not None:
        return f"The hub's certificate ran out on {found.not_valid_after_utc:{day}}: the hub needs a new one."
    if code == _NOT_YET and found is not None:
        return (
            f"The hub's certificate holds only from {found.not_valid_before_utc:{day}}; this computer's clock says "
            f"{datetime.now(UTC):{day}}. Set the clock right, or have the certificate made again."
        )
    if code in _OTHER_NAMES:
        return (
            f"The hub's certificate is for {_names(found) or 'other names'}, not for {address.host}. Ask for a code "
            "with a name that is in it (hub enrol --reach NAME), or for a certificate with this one."
        )
    signed = f" It is signed by {found.issuer.rfc4514_string()}." if found is not None else ""
    given = "another authority than the one in " + address.root_certificate
    by = "an authority that this computer does not trust" if address.root_certificate == SYSTEM else given
    return (
        f"The hub's certificate comes from {by}.{signed} Ask for the file of the hub's authority and join with it: "
        "gms-desktop join CODE --certificate FILE, or the field beside the code."
    )


def _names(found: Certificate | None) -> str:
    from cryptography.x509 import DNSName, ExtensionNotFound, IPAddress, SubjectAlternativeName

    if found is None:
        return ""
    try:
        said = found.extensions.get_extension_for_class(SubjectAlternativeName).value
    except ExtensionNotFound:
        return ""
    return ", ".join([*said.get_values_for_type(DNSName), *map(str, said.get_values_for_type(IPAddress))])


def _first_line(fault: Exception) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0]
