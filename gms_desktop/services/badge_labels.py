"""Badges that the bench prints: their codes are written down nowhere, and a badge opens nothing until it is given.

The code of each copy is made of the laboratory's secret and of the copy's identity, so that it is the same after a
restart and another on every copy, and stands neither in the journal nor on a screen.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from hashlib import sha256
from typing import TYPE_CHECKING

from gms_desktop import people_words
from gms_desktop.domain.label_queue import OUT
from gms_desktop.domain.label_sorts import LabelSort
from gms_desktop.domain.rights import Role
from gms_desktop.errors import Refused
from gms_desktop.register import label_look_up, look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import arrive, layout_release, people

if TYPE_CHECKING:
    from devices.values import Scan
    from gms_desktop.journal.database import Database, Row
    from gms_desktop.register.ledger import Ledger
    from gms_desktop.services.arrive import Place

SUBJECT = "operator"
UNSAID = "BADGE"
"""What stands in the journal where another label's code would."""
_CODE = re.compile(r"BADGE-[A-Z2-7]{12}")


def code(secret: bytes, label: str) -> str:
    """What one copy of a badge carries.

    Args:
        secret: what the benches of the laboratory share.
        label: the copy.
    """
    drawn = hmac.new(secret, b"badge label\0" + label.encode(), sha256).digest()
    return f"BADGE-{b32encode(drawn).decode()[:12]}"


def data(db: Database, operator: str) -> dict[str, object]:
    """What stands on a person's badge, but for its code; nothing where the person or their name is not known."""
    row = look_up.row(db, "operator", operator)
    laboratory = look_up.laboratory(db)
    if row is None or laboratory is None:
        return {}
    held = look_up.roles(db, operator)
    role = next((one.value for one in Role if one in held and one is not Role.ADMINISTRATOR), ", ".join(held))
    said = {"code": UNSAID, "name": people.name_of(db, operator), "role": role, "laboratory": str(laboratory["name"])}
    return {name: value for name, value in said.items() if value}


def first(place: Place, operator: str) -> Draft:
    """The intention to print a badge for somebody who has none."""
    return arrive.thing_draft(place, LabelSort.BADGE.value, f"{SUBJECT}:{operator}", UNSAID, 1, None)


def given(ledger: Ledger, operator: str, said: Scan, secret: bytes) -> tuple[Draft, ...]:
    """What is recorded of a printed badge's label when the badge is scanned to be given to a person.

    Raises:
        Refused: it was printed for somebody else, or that copy was spoiled.
    """
    copy = _copy(ledger.db, said.text.strip(), secret)
    if copy is None:
        return ()
    whose = str(copy["subject"]).partition(":")[2]
    if whose != operator:
        raise Refused(people_words.badge_of_another(people.name_of(ledger.db, whose)))
    if copy["state"] == "spoiled":
        raise Refused(people_words.BADGE_SPOILED)
    if copy["state"] not in OUT:
        return ()
    told = {"by": said.entered.value, "device": said.source}
    released = layout_release.of_label(ledger.db, copy["id"], said, UNSAID)
    verified = Draft("label.verified", {"label": copy["id"]}, input=told)
    return verified, *((released,) if released is not None else ())


def _copy(db: Database, text: str, secret: bytes) -> Row | None:
    """The copy that carries a code."""
    if not _CODE.fullmatch(text):
        return None
    copies = (row for one in look_up.operators(db) for row in label_look_up.of_subject(db, f"{SUBJECT}:{one['id']}"))
    return next((row for row in copies if hmac.compare_digest(code(secret, row["id"]), text)), None)
