"""What entries about downtime numbers state: set aside, issued, used once, or out of use."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises


def _exists(subject: str) -> tuple[str, str]:
    return f"id:{subject}", subject


def number_issued(body: Body) -> Premises:
    """A number of a pack may be used from now on."""
    number = f"downtime:{body['number']}"
    return Premises((number,), (_exists(number),), (), (_exists(f"downtime_pack:{body['pack']}"),))


def number_used(body: Body) -> Premises:
    """A number of the outage stands on a specimen."""
    number, specimen = f"downtime:{body['number']}", f"specimen:{body['specimen']}"
    return Premises((number, specimen), ((number, specimen),), (), (_exists(number), _exists(specimen)))


def number_spoiled(body: Body) -> Premises:
    """A number is out of use."""
    # It holds itself: no specimen can have it after this.
    number = f"downtime:{body['number']}"
    return Premises((number,), ((number, number),), (), (_exists(number),))


def range_defined(body: Body) -> Premises:
    """Numbers are set aside for one bench."""
    subject = f"downtime_range:{body['range']}"
    definer = (f"role:{body['by']}:administrator", f"operator:{body['by']}")
    return Premises((subject,), (_exists(subject),), (definer, _exists(f"writer:{body['writer']}")))
