"""Drafts the letter that asks for another specimen, keeps it, and records that it was issued."""

from __future__ import annotations

import json
from hashlib import sha256

from gms_desktop import words
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.repeat_request import Letter
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, deliveries, hold_terms, irreplaceable, kept_files, rights, site_rules
from gms_desktop.services.find import local_minute
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people import name_of
from gms_desktop.services.people_words import person
from gms_desktop.services.receive import Desk

SORT = case_documents.REPEAT_REQUEST


def draft(ledger: Ledger, desk: Desk, specimen: Row) -> Outcome:
    """Draft the letter about a rejected specimen; once drafted it stands under the files of the specimen on Find."""
    from gms_desktop.documents.repeat_request_pdf import repeat_request_pdf

    number = str(specimen["accession"])
    if desk.files is None:
        return Outcome(words.refused("Not drafted", "This bench keeps no files. Draft the letter at another bench."))
    actor = rights.actor(ledger.db, desk.place.bench)
    document = ledger.identity()
    try:
        content = repeat_request_pdf(letter(ledger, specimen, actor.operator if actor else None), document)
        desk.files().put(content, kept_files.PDF, f"document:{document}", kept_files.now(ledger))
    except (LabelUnreadable, Refused, Unavailable) as fault:
        return Outcome(words.refused("Not drafted", str(fault)))
    digest = sha256(content).hexdigest()
    former = standing(ledger.db, specimen["id"])
    body = {"document": document, "sort": SORT, "form": "pdf", "sha256": digest, "start": None, "end": None}
    # The letter is called by the patient whom it names, among that patient's values: erased with them, it is emptied.
    # No number stands in it: whoever looks for a number is to find its specimen, not the patient.
    pen, patient = ledger.pen(), f"patient:{specimen['patient']}"
    named = pen.write(f"{person(ledger.db, specimen['patient']).name}, request for another specimen.pdf", patient)
    about = {"about": [f"specimen:{specimen['id']}", patient], "file": named}
    about["replaces"] = former[-1].body["document"] if former else None
    return Outcome(_drafted(number), (Draft("document.issued", body | about, pen.values),))


def _drafted(number: str) -> Verdict:
    said = (
        f"The letter that asks for another specimen in place of {number} is among its files. Save a copy, sign, send."
    )
    return Verdict(VerdictKind.FINISHED, "Letter drafted", said)


def standing(db: Database, specimen: str) -> list[Entry]:
    """The letters about a specimen that were neither recalled nor replaced, oldest first."""
    return [one for one in case_documents.about(db, f"specimen:{specimen}") if one.body["sort"] == SORT]


def letter(ledger: Ledger, specimen: Row, operator: str | None) -> Letter:
    """What the letter says."""
    db = ledger.db
    laboratory = look_up.laboratory(db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    request, who, zone = (
        hold_terms.request_of(db, specimen["id"]),
        person(db, specimen["patient"]),
        laboratory["time_zone"],
    )
    known = site_rules.reason_words(db)
    comment = store.private_values(db, [f"specimen:{specimen['id']}"]).get(specimen["comment_private"] or "")
    requestor = hold_terms.requestor(db, request)
    sender = str((request or {}).get("sender") or specimen["sender"] or "")
    return Letter(
        laboratory=laboratory["name"],
        made_at=local_minute(kept_files.now(ledger), zone),
        made_by=name_of(db, operator) if operator else "the application",
        to=tuple(line for line in (requestor, f"Organisation {sender}" if sender else "") if line)
        or ("The requestor",),
        patient=(
            ("Name", who.name),
            ("Date of birth", who.born_words),
            ("NHS number", who.nhs_words),
            ("Hospital number", who.hospital_words),
        ),
        specimen=(
            ("Our number", str(specimen["accession"])),
            ("Your number", str(specimen["sender_code"] or "")),
            ("Type", specimen["type"]),
            ("Test", str((request or {}).get("test") or "")),
            ("Collected", str(specimen["collected"] or "")),
            ("Physically received", deliveries.received_words(db, specimen, zone)),
            ("Booked in", local_minute(specimen["received_at"], zone)),
        ),
        reasons=tuple(known.get(code, code) for code in json.loads(specimen["reasons"] or "[]")),
        comment=comment or "",
        irreplaceable=irreplaceable.is_irreplaceable(db, specimen["type"]),
        rehearsal=bool(laboratory["rehearsal"]),
    )
