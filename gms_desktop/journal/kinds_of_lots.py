"""What entries about lots of reagents state."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind

_ENTERED = "lot gtin number expiry serial count additional elements unread words bench"


def entered(body: Body) -> Premises:
    """A kit of a lot is here. Two benches that enter one lot enter the same: it belongs to none of them."""
    subject = f"lot:{body['lot']}"
    return Premises((subject,), ((f"id:{subject}", subject),))


def released(body: Body) -> Premises:
    """A lot may be used: decided on what was known of it."""
    lot = f"lot:{body['lot']}"
    return Premises((lot,), requires=(exists(lot), (f"last:{lot}", body["rests_on"])))


def ended(body: Body) -> Premises:
    """A lot is used no more: it is used up, or was withdrawn. Never refused: to use none of it does no harm."""
    lot = f"lot:{body['lot']}"
    return Premises((lot,), expects=(exists(lot),))


ROWS = (
    kind("lot.entered", Nature.FACT, _ENTERED, entered),
    kind("lot.released", Nature.DECISION, "lot words note rests_on bench", released),
    kind("lot.ended", Nature.FACT, "lot how note bench", ended),
)
