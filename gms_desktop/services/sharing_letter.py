"""The letter to the other laboratory of a shared request: which, how it stands now, and what of it they have."""

from __future__ import annotations

from gms_desktop import sharing_words as words
from gms_desktop.documents.shared_request import SharedLetter, shared_request_pdf
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up, look_up, rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import shared_requests
from gms_desktop.services.find import local_minute
from gms_desktop.services.imprints import imprint
from gms_desktop.services.receive import Desk


def letter(ledger: Ledger, desk: Desk, request: Row, share: Row, last: Row, document: str, besides: str) -> bytes:
    """The letter as PDF.

    Args:
        ledger: the bench's.
        desk: its memory.
        request: the one that is shared.
        share: with whom.
        last: its cancellation, or that it is wanted again.
        document: the letter's own identity, which stands on it as Data Matrix.
        besides: what it says besides.

    Raises:
        LabelUnreadable: when the code does not read back from the page.
    """
    db = ledger.db
    codes = [f"{one['code']} ({one['ods']})" if one["ods"] else str(one["code"]) for one in _codes(db, request)]
    said = (
        ("Request", ", ".join(codes)),
        ("Referral", request["referral"] or ""),
        ("Test", request["test"] or ""),
        (shared_requests.standing(last).capitalize(), local_minute(last["at"], desk.time_zone)),
        ("How we heard", last["how"] or ""),
    )
    made = SharedLetter(
        code=document,
        to=shared_requests.laboratory(share),
        standing=shared_requests.standing(last),
        facts=tuple((name, str(value)) for name, value in said if value),
        sent=tuple(_sent(db, request)),
        besides=besides,
    )
    return shared_request_pdf(made, imprint(ledger, ledger.head.writer))


def _codes(db: Database, request: Row) -> list[Row]:
    return list(look_up.codes_of_request(db, request["id"]))


def _sent(db: Database, request: Row) -> list[str]:
    """What of the request has left, by its numbers, with the consignment that it left in and for whom."""
    found = []
    for specimen in look_up.specimens_of_request(db, request["id"]):
        things = [("specimen", specimen["id"], specimen["accession"])]
        things += [("tube", tube["id"], tube["code"]) for tube in rack_look_up.tubes_of_specimen(db, specimen["id"])]
        for sort, name, number in things:
            row = consignment_look_up.packed_in(db, sort, name)
            if row is not None and State(row["state"]) in LEFT:
                found.append(words.left_in(str(number), str(row["number"]), str(row["name"])))
    return found
