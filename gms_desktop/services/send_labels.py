"""The label of a consignment's box or bag as PDF, for a bench without a printer for such labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop import send_words
from gms_desktop.errors import Refused
from gms_desktop.register import consignment_look_up
from gms_desktop.services import parcel_labels, thing_labels

if TYPE_CHECKING:
    from gms_desktop.register.ledger import Ledger
    from gms_desktop.services.receive import Desk


def label(ledger: Ledger, desk: Desk) -> bytes:
    """The label of the box or bag that is open, or of the first box, as PDF.

    Raises:
        Refused: no consignment is in view, or the address does not fit.
    """
    # Drawing and decoding are loaded with the first label.
    from gms_desktop.documents.label import LabelTooLong

    stuck = parcel_labels.in_hand(desk.send)
    try:
        return thing_labels.as_pdf(ledger.db, stuck, send_words.label_first())
    except LabelTooLong as fault:
        row = consignment_look_up.consignment(ledger.db, desk.send.consignment)
        raise Refused(send_words.address_too_long(str(row["name"]) if row else "")) from fault
