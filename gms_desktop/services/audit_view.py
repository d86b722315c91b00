"""The audit trail on screen: the first entries of what is asked for; a file has all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from gms_desktop import protection_words as say
from gms_desktop.documents.audit_trail import Trace
from gms_desktop.errors import Refused
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.audit_files import read
from gms_desktop.services.audit_trail import trail

FIRST = 200


@dataclass(frozen=True)
class AuditView:
    """The audit trail, or a part of it.

    Attributes:
        heading: how much is in view.
        asked: as it was typed: ``from``, ``to``, ``person``, ``kind``, ``about``.
        rows: the first entries, oldest first.
        problems: why it cannot be shown.
        read: whether it was looked for at all.
    """

    heading: str
    asked: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Trace, ...] = ()
    problems: tuple[str, ...] = ()
    read: bool = False


def view(ledger: Ledger, asked: Mapping[str, str], time_zone: str) -> AuditView:
    """The audit trail on screen; what cannot be asked for says why."""
    try:
        wanted = read(ledger, asked, time_zone)
    except Refused as fault:
        return AuditView(say.AUDIT_CHOOSE, asked, problems=(str(fault),))
    found = tuple(islice(trail(ledger, wanted, time_zone), FIRST + 1))
    return AuditView(say.audit_heading(len(found[:FIRST]), more=len(found) > FIRST), asked, found[:FIRST], read=True)
