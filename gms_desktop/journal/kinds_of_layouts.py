"""What entries about label layouts state: one proposed and approved, tried on a printer, released there."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises

PROPOSED = "name version effective sha256 text comment by"
# The serial number is empty where a printer does not tell it; ``former`` is that of another one that stood there.
TRIED = "trial layout version sha256 model dpi serial former printer label code bench"
RELEASED = "release layout version sha256 model dpi serial printer label code symbology bench"


def proposed(body: Body) -> Premises:
    """A laboratory's own text is proposed under its name; whoever approves it looks at the newest proposal."""
    subject, who = f"site_data:{body['name']}", f"operator:{body['by']}"
    return Premises((subject,), ((f"id:{subject}", subject),), ((f"id:{who}", who),))


def approved(body: Body) -> Premises:
    """A laboratory's own text stands from now on: an administrator approves it."""
    subject = f"site_data:{body['name']}"
    approver = (f"role:{body['by']}:administrator", f"operator:{body['by']}")
    return Premises((subject,), ((f"id:{subject}", subject),), (approver,))


def tried(body: Body) -> Premises:
    """A label of a layout leaves for a printer on which none of it was scanned back yet."""
    subject = f"label_trial:{body['trial']}"
    return Premises((subject,), ((f"id:{subject}", subject),))


def released(body: Body) -> Premises:
    """A printed label was scanned back. Two benches that release the same for one model release it once."""
    subject = f"label_release:{body['release']}"
    return Premises((subject,), ((f"id:{subject}", subject),))
