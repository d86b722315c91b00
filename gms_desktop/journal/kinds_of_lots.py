"""What entries about lots of reagents state."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises

ENTERED = "lot gtin number expiry serial count additional elements unread bench"


def entered(body: Body) -> Premises:
    """A kit of a lot is here. Two benches that enter one lot enter the same: it belongs to none of them."""
    subject = f"lot:{body['lot']}"
    return Premises((subject,), ((f"id:{subject}", subject),))
