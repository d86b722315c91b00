"""What a fault of the driver means to a bench: an answer of the hub after all, or words that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop.sync import certificate
from gms_desktop.sync.messages import Answer
from gms_desktop.sync.transport import HubRefusesBench, HubUnavailable, RecoveryClosed

if TYPE_CHECKING:
    import psycopg

    from gms_desktop.sync.postgres_transport import HubAddress

STATEMENT_SECONDS = 30


class Turned(Exception):
    """A fault of the driver that is an answer of the hub."""

    def __init__(self, answer: Answer, words: str) -> None:
        """Make it: the answer, and what the hub said."""
        super().__init__(words)
        self.answer = answer


class LinesInUse(HubUnavailable):
    """The hub has no further line for this bench: the application holds those that it has."""


_BUSY = frozenset({"40001", "40P01", "55P03"})
_NO_RECOVERY = "GMCLO"
_STRANGER = frozenset({"28P01", "28000", "42501"})
_FULL = frozenset({"53100", "53200"})
_OTHER_VERSION = frozenset({"42883", "42P01", "3F000", "42703"})
# What refuses a connection has no code of its own in the driver: only the server's words.
_WRONG_PASSWORD = ("password authentication failed", "no password supplied")
_CERTIFICATE = ("certificate", "SSL", "root.crt")


def heard(fault: psycopg.Error, address: HubAddress) -> Exception:
    """What a fault of the driver means: an answer after all, or that the hub is unavailable, in words."""
    state = fault.sqlstate or ""
    said = " ".join((fault.diag.message_primary or str(fault)).split())
    if state in _BUSY:
        return Turned(Answer.BUSY, "The hub is busy. The bench sends again by itself.")
    if isinstance(fault, _unreadable()):
        return Turned(Answer.REFUSED, f"The hub could not read what was sent: {said}")
    if state == _NO_RECOVERY:
        return RecoveryClosed(said)
    refused = _not_let_in(state, said, address)
    if refused:
        return HubRefusesBench(refused)
    if "too many connections for role" in said:
        return LinesInUse(f"The hub has two lines for this bench, and both are in use. ({said})")
    if "too many clients" in said or "remaining connection slots" in said:
        return HubUnavailable(
            f"The hub has no line free: its max_connections are used up. Tell its administrator. ({said})"
        )
    if state in _OTHER_VERSION:
        return HubUnavailable(f"The hub is of another version than this bench. Update the hub. ({said})")
    if state in _FULL:
        return HubUnavailable(f"The hub has no room left. Tell who looks after it. ({said})")
    if state == "57014":
        return HubUnavailable(f"The hub took over {STATEMENT_SECONDS} s and was told to stop. ({said})")
    if any(words in said for words in _CERTIFICATE):
        return HubUnavailable(_not_proved(said, address))
    return HubUnavailable(f"The hub at {address.host} cannot be reached. ({said})")


def _not_let_in(state: str, said: str, address: HubAddress) -> str:
    """What is said to a bench that the hub's server does not let in; ``""`` when it was something else."""
    login = address.login
    if state == "28P01" or any(words in said for words in _WRONG_PASSWORD):
        return (
            f"The hub did not let the login {login} in: its password is another now, since a newer code was given out "
            "for it or the hub was restored. Enrol this bench again: ask for a new code (gms-desktop hub invite "
            f"{login}) and enter it in Settings. ({said})"
        )
    if "is not permitted to log in" in said:
        return (
            f"This bench was taken off the hub (login {login}). Ask its administrator; to come back, Enrol this bench "
            f"again: gms-desktop hub invite {login}. ({said})"
        )
    if "pg_hba.conf" in said:
        return (
            f"The hub's server does not let this computer in. Its administrator has to give it a line in pg_hba.conf: "
            f"hostssl {address.database} +gms_bench <network of the benches> scram-sha-256. ({said})"
        )
    if state == "3D000" or ("database" in said and "does not exist" in said):
        return (
            f"There is no database {address.database} at {address.host}. Ask the hub's administrator: it was moved or "
            f"renamed. ({said})"
        )
    if state in _STRANGER or ("role" in said and "does not exist" in said):
        return f"The hub does not know the login {login}. Enrol this bench again: ask for a new code. ({said})"
    return ""


def _not_proved(said: str, address: HubAddress) -> str:
    why = certificate.look(address).trouble if address.tls == "verify-full" else ""
    return f"{address.host} could not prove that it is the hub: nothing was sent. {why} ({said})".replace("  ", " ")


def _unreadable() -> type[Exception]:
    from psycopg import DataError

    return DataError
