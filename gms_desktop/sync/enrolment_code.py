"""The enrolment code: one text that tells a bench where its hub is and lets it in once. Typed or scanned.

``GMS1/host/port/database/login/secret/check``. The secret is 26 characters of Crockford's base 32 (130 bits), in groups
of five for the eye; the check is 20 bits of SHA-256 over the rest. Capitals and small letters are the same, O is read
as 0 and I and L as 1 in secret and check; groups may be written with or without hyphens, blanks are ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, unquote

from gms_desktop.domain.identifiers.accession import ALPHABET

SECRET_LENGTH = 26
_FORM = "GMS1"
_CONFUSED = str.maketrans("OIL", "011")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class NotAnEnrolmentCode(ValueError):
    """The text is no enrolment code; the words say what was expected."""


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """Where the hub is, the bench's login there, and its first password.

    Attributes:
        host: name or address in small letters, or the folder of a local socket.
        port: 1 to 65535.
        database: small letters, digits and underscores.
        login: small letters, digits and underscores.
        secret: 26 characters of Crockford's base 32.
    """

    host: str
    port: int
    database: str
    login: str
    secret: str

    def __post_init__(self) -> None:
        folded = self.host if self.host.startswith("/") else self.host.lower()
        if not self.host or self.host != folded or any(c.isspace() or not c.isprintable() for c in self.host):
            raise NotAnEnrolmentCode(f"The host of a hub is a name, an address or a folder, not {self.host!r}.")
        if not 1 <= self.port <= 65535:
            raise NotAnEnrolmentCode(f"A port is a number from 1 to 65535, not {self.port}.")
        if not (_NAME.fullmatch(self.database) and _NAME.fullmatch(self.login)):
            raise NotAnEnrolmentCode("Database and login are small letters, digits and underscores.")
        if len(self.secret) != SECRET_LENGTH or not set(self.secret) <= set(ALPHABET):
            raise NotAnEnrolmentCode(f"The secret of a code has {SECRET_LENGTH} characters.")

    def __str__(self) -> str:
        groups = "-".join(self.secret[start : start + 5] for start in range(0, SECRET_LENGTH, 5))
        host = quote(self.host, safe=":[]")
        return f"{_FORM}/{host}/{self.port}/{self.database}/{self.login}/{groups}/{_check(self)}"

    def __repr__(self) -> str:
        return f"EnrolmentCode({self.host!r}, {self.port}, {self.database!r}, {self.login!r}, secret kept)"


def parse(text: str) -> EnrolmentCode:
    """Read a code as typed or scanned.

    Raises:
        NotAnEnrolmentCode: when a part is missing, has a wrong form, or the check does not agree.
    """
    parts = "".join(text.split()).split("/")
    if len(parts) != 7 or parts[0].upper() != _FORM:
        raise NotAnEnrolmentCode("An enrolment code begins with GMS1/ and has seven parts. Scan or type it again.")
    host = unquote(parts[1])
    if not (parts[2].isascii() and parts[2].isdigit() and len(parts[2]) <= 5):
        raise NotAnEnrolmentCode("The port in the code is no number. Scan or type it again.")
    secret = _plain(parts[5])
    code = EnrolmentCode(
        host if host.startswith("/") else host.lower(), int(parts[2]), parts[3].lower(), parts[4].lower(), secret
    )
    if _plain(parts[6]) != _check(code):
        raise NotAnEnrolmentCode("A character of the code is wrong: its check does not agree. Scan or type it again.")
    return code


def _plain(text: str) -> str:
    return text.replace("-", "").upper().translate(_CONFUSED)


def _check(code: EnrolmentCode) -> str:
    said = "\n".join((code.host, str(code.port), code.database, code.login, code.secret))
    bits = int.from_bytes(sha256(said.encode()).digest()[:3], "big")
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(4))
